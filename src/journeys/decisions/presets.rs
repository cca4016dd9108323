//! Presets: the recommended answer to every decision, before anyone has decided anything.

use crate::domain::facts::Facts;
use crate::domain::plan::{
    Account, Alerts, Group, Key, Layout, Method, Paper, Passwords, Plan, Policies, Procedure, Review, Role,
    SecurityDefaults, SignIn, Upkeep,
};

/// First halves of account names: plain things, so that a name is recognizable to those who know it.
const FIRST_WORDS: [&str; 8] =
    ["harbor", "meadow", "granite", "willow", "copper", "juniper", "amber", "summit"];
/// Second halves.
const SECOND_WORDS: [&str; 8] =
    ["lantern", "compass", "bridge", "anchor", "beacon", "ferry", "mill", "orchard"];

/// How safes are laid out before anybody has decided: nothing that one account needs lies at both sites.
pub(super) const LAYOUT: Layout = Layout::FourSafes;

/// Keys for each account: one can break.
const KEYS: usize = 2;

/// A plan made of recommended answers. What only the people know (places, names, mailboxes) is left empty.
pub fn plan() -> Plan {
    Plan {
        systems: Vec::new(),
        tenant: None,
        sign_in: SignIn::default(),
        passwords: Passwords::default(),
        role: Role::default(),
        group: Group::default(),
        policies: Policies::default(),
        security_defaults: SecurityDefaults::default(),
        alerts: Alerts::default(),
        procedure: Procedure::default(),
        paper: Paper::default(),
        upkeep: Upkeep::default(),
        review: Review::default(),
        accounts: vec![account(0, 0), account(1, 0)],
        safes: LAYOUT.safes(),
        accepts: Vec::new(),
        attestations: Vec::new(),
    }
}

/// The preset account for slot `index`; `turn` chooses among the words.
pub(super) fn account(index: usize, turn: usize) -> Account {
    let first = FIRST_WORDS[(turn + index * 3) % FIRST_WORDS.len()];
    let second = SECOND_WORDS[(turn / 8 + index * 5) % SECOND_WORDS.len()];
    let mut account = Account {
        user_name: format!("{first}.{second}"),
        display_name: format!("{} {}", capitalized(first), capitalized(second)),
        method: Method::SecurityKey,
        adopt: None,
        safe: String::new(),
        pin_safe: None,
        custodian: String::new(),
        keys: (0..KEYS).map(|number| key(index, number, "")).collect(),
        phone: None,
        second_half: None,
    };
    LAYOUT.lay(&mut account, index);
    account
}

/// The preset key `key` of the account in slot `index`.
pub(super) fn key(index: usize, key: usize, site: &str) -> Key {
    let name = format!("EA{} key {}", index + 1, key + 1);
    Key { name, serial: String::new(), aaguid: None, safe: site.to_owned() }
}

pub(super) fn capitalized(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_ascii_uppercase().to_string() + letters.as_str()).unwrap_or_default()
}

/// Puts accounts that exist into the slots of the plan, in this order.
pub fn adopt(plan: &mut Plan, accounts: &[String]) {
    while plan.accounts.len() < accounts.len() {
        let index = plan.accounts.len();
        plan.accounts.push(account(index, index * 8));
        plan.follow_safe(index);
    }
    for (planned, there) in plan.accounts.iter_mut().zip(accounts) {
        planned.adopt = Some(there.clone());
    }
}

/// The accounts that the plan adopts, slot by slot.
pub fn adopted(plan: &Plan) -> Vec<String> {
    plan.accounts.iter().map_while(|account| account.adopt.clone()).collect()
}

/// Fits presets to the tenant, and keeps the accounts that somebody named or chose.
pub fn fit(plan: &mut Plan, facts: &Facts) {
    let adopted = adopted(plan);
    adapt(plan, facts);
    adopt(plan, &adopted);
}

/// Fits the presets to the tenant: names that differ between tenants, an existing good workspace.
pub fn adapt(plan: &mut Plan, facts: &Facts) {
    if let Some(organization) = facts.organization.get() {
        let turn = organization.id.bytes().map(usize::from).sum::<usize>() % 64;
        for index in 0..plan.accounts.len() {
            plan.accounts[index] = account(index, turn);
        }
    }
    let workspace = facts.monitoring.get().and_then(|m| m.workspace.as_ref());
    if let Some(workspace) = workspace {
        plan.alerts.workspace.clone_from(&workspace.name);
        plan.alerts.region.clone_from(&workspace.region);
        if let Some(group) = workspace.id.split('/').nth(4) {
            group.clone_into(&mut plan.alerts.resource_group);
        }
    }
}
