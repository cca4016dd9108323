//! What step 5 costs, findings and writes together, as the number of policies grows: it must not grow with the square.

use std::hint::black_box;

use breakglass::domain::check::case::Case;
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::{
    Account, Accounts, Facts, Group, Groups, InSlot, Licenses, Reading, WouldApply,
};
use breakglass::domain::record::Evidence;
use breakglass::domain::slot::Slot;
use breakglass::steps::STEPS;
use divan::Bencher;
use serde_json::json;

const GROUP: &str = "9a000000-0000-4000-8000-000000000000";

/// Half of the policies lack the group; every one of them would apply to both accounts, in two contexts each.
#[divan::bench(args = [40, 300, 1000])]
fn findings_of_policies(bencher: Bencher, count: usize) {
    let (plan, facts, evidence) = (breakglass::journeys::preset_plan(), facts(count), Evidence::default());
    let case =
        Case { plan: &plan, facts: &facts, evidence: &evidence, today: jiff::civil::date(2026, 11, 23) };
    bencher.bench_local(|| (STEPS[4].checks(black_box(&case)), STEPS[4].actions(black_box(&case))));
}

fn facts(count: usize) -> Facts {
    let policies: Vec<Policy> = (0..count).filter_map(|n| Policy::from_raw(&raw(n))).collect();
    let would = policies.iter().flat_map(|policy| std::iter::repeat_n(policy, 2));
    let would = |slot| {
        let one = move |policy: &Policy| WouldApply {
            slot,
            policy: policy.id.clone(),
            name: policy.name.clone(),
            enforced: true,
            context: String::new(),
        };
        would.clone().map(one)
    };
    Facts {
        licenses: Reading::Read(Licenses { p1: true, p2: true }),
        accounts: Reading::Read(Accounts { in_slots: accounts(), ..Accounts::default() }),
        group: Reading::Read(Groups { found: Some(group()), others: Vec::new() }),
        what_if: Reading::Read(would(Slot::new(0)).chain(would(Slot::new(1))).collect()),
        policies: Reading::Read(policies),
        ..Facts::default()
    }
}

fn raw(n: usize) -> serde_json::Value {
    let excluded = if n.is_multiple_of(2) { "9b000000-0000-4000-8000-000000000000" } else { GROUP };
    json!({
        "id": format!("{n:08}-0000-4000-8000-000000000000"),
        "displayName": format!("CA{n:03} Require something of somebody"),
        "state": "enabled",
        "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": ["one", "two", excluded]}},
    })
}

fn accounts() -> Vec<InSlot> {
    let account = |slot: Slot| Account::as_set_up(slot.key(), slot.key(), slot.name());
    [0, 1].map(Slot::new).map(|slot| InSlot { slot, account: account(slot) }).into()
}

fn group() -> Group {
    Group {
        id: GROUP.to_owned(),
        name: "Conditional Access - Emergency Access Exclusions".to_owned(),
        description: String::new(),
        role_assignable: true,
        dynamic: false,
        members: accounts().into_iter().map(|a| (a.account.id, String::new())).collect(),
        owners: Vec::new(),
    }
}
