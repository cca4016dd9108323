//! Who gets in when something fails, by a table of small tenants (`lockout.toml`): cell by cell, and what the check makes of it.

use std::collections::BTreeMap;

use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::Verdict;
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{
    Account, Accounts, Administrator, Approval, Approver, Area, Facts, Group, Groups, Holding, HoldingKind,
    InSlot, Licenses, MethodKind, Operator, Organization, Reading, Registered, Roles,
};
use breakglass::domain::plan::{Plan, plan_file};
use breakglass::domain::record::Evidence;
use breakglass::domain::slot::Slot;
use breakglass::journeys::report::review::matrix;
use breakglass::journeys::review::lockout;
use breakglass::journeys::screen::Block;
use breakglass::steps::review::lockout::{Can, Matrix, checks};
use jiff::Timestamp;
use jiff::civil::date;
use serde::Deserialize;
use serde_json::json;

use crate::support::in_process::InProcess;

const DOMAIN: &str = "contoso.onmicrosoft.com";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Tenant>,
}

/// A small tenant; left out, it is as a setup leaves it, with one everyday administrator who is the operator.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tenant {
    name: String,
    /// Words about the first account: phone, app, password, disabled, gone, outside, eligible, activated, ending, no-role.
    #[serde(default)]
    first: Vec<String>,
    #[serde(default)]
    second: Vec<String>,
    /// Words about the everyday administrator: eligible, federated, nameless, app, group, disabled.
    #[serde(default)]
    other: Vec<String>,
    /// free, no-p2, lacking, no-policy, unread-methods, unread-policies, unread-roles, unread-accounts, no-operator, one-place;
    /// of approvals, which are unread when left out: no-approval, approval, approver-gone, approver-unread, nobody-approves.
    #[serde(default)]
    tenant: Vec<String>,
    verdict: Verdict,
    #[serde(default)]
    says: Vec<String>,
    /// By the head of a column: first, second, other.
    #[serde(default)]
    cells: BTreeMap<String, Vec<String>>,
}

impl Tenant {
    fn is(&self, word: &str) -> bool {
        self.tenant.iter().any(|own| own == word)
    }

    fn words(&self, slot: Slot) -> &[String] {
        if slot == Slot::FIRST { &self.first } else { &self.second }
    }

    fn plan(&self) -> Plan {
        let mut plan = plan_file::read(plan_file::example()).expect("the example is a plan");
        if self.is("one-place") {
            for safe in &mut plan.safes {
                safe.place = "Sample Building North".to_owned();
            }
        }
        plan
    }

    fn facts(&self) -> Facts {
        let read = |word: &str| !self.is(word);
        let mut facts = Facts {
            organization: Reading::Read(organization()),
            licenses: Reading::Read(Licenses { p1: read("free"), p2: read("free") && read("no-p2") }),
            group: Reading::Read(self.groups()),
            ..Facts::default()
        };
        let operator = Operator {
            id: "everyday".to_owned(),
            upn: "everyday@contoso.com".to_owned(),
            roles: Vec::new(),
            eligible: None,
            scopes: Vec::new(),
        };
        if read("no-operator") && !self.other.iter().any(|word| word == "nameless") {
            facts.operator = Reading::Read(operator);
        }
        if read("unread-accounts") {
            facts.accounts = Reading::Read(self.accounts());
        }
        if read("unread-roles") {
            facts.roles = Reading::Read(self.roles());
        }
        if read("unread-methods") {
            facts.methods = Reading::Read(Slot::all().take(2).flat_map(|slot| self.methods(slot)).collect());
        }
        if read("unread-policies") {
            facts.policies = Reading::Read(self.policies());
        }
        facts
    }

    fn accounts(&self) -> Accounts {
        let there = Slot::all().take(2).filter(|slot| !has(self.words(*slot), "gone"));
        let in_slots = there.map(|slot| {
            let mut account =
                Account::as_set_up(slot.key(), &format!("{}@{DOMAIN}", slot.key()), "An account");
            account.enabled = !has(self.words(slot), "disabled");
            InSlot { slot, account }
        });
        Accounts { in_slots: in_slots.collect(), ..Accounts::default() }
    }

    fn roles(&self) -> Roles {
        let held = |principal: &str, words: &[String]| Holding {
            principal: principal.to_owned(),
            kind: match () {
                () if has(words, "eligible") => HoldingKind::Eligible,
                () if has(words, "activated") => HoldingKind::Activated,
                () => HoldingKind::Assigned,
            },
            scope: "/".to_owned(),
            ends: has(words, "ending").then_some(Timestamp::UNIX_EPOCH),
            through_group: false,
        };
        let ours = Slot::all().take(2).filter(|slot| {
            let words = self.words(*slot);
            !has(words, "no-role") && !has(words, "gone")
        });
        let mut holdings: Vec<Holding> = ours.map(|slot| held(slot.key(), self.words(slot))).collect();
        holdings.push(held("everyday", &self.other));
        let domain = if has(&self.other, "federated") { "federated.example.com" } else { "contoso.com" };
        let everyday = Administrator {
            id: "everyday".to_owned(),
            upn: if has(&self.other, "group") { String::new() } else { format!("everyday@{domain}") },
            name: "Everyday group".to_owned(),
            enabled: Some(!has(&self.other, "disabled")),
            is_person: !has(&self.other, "app"),
        };
        let people = if has(&self.other, "nameless") { Vec::new() } else { vec![everyday] };
        Roles { holdings, people, approval: self.approval(), ..Roles::default() }
    }

    fn approval(&self) -> Option<Approval> {
        let by = |is_there| Approver { name: "approver@contoso.com".to_owned(), is_there };
        let known = [
            ("no-approval", Approval::NotNeeded),
            ("approval", Approval::Needed(vec![by(Some(true))])),
            ("approver-gone", Approval::Needed(vec![by(Some(false))])),
            ("approver-unread", Approval::Needed(vec![by(None)])),
            ("nobody-approves", Approval::Needed(Vec::new())),
        ];
        known.into_iter().find(|(word, _)| self.is(word)).map(|(_, approval)| approval)
    }

    fn methods(&self, slot: Slot) -> Vec<Registered> {
        let words = self.words(slot);
        let kind = match () {
            () if has(words, "phone") => MethodKind::Phone,
            () if has(words, "app") => MethodKind::Other,
            () if has(words, "password") => MethodKind::Password,
            () => MethodKind::Fido2,
        };
        vec![Registered::new(slot, MethodKind::Password, "password"), Registered::new(slot, kind, "method")]
    }

    fn groups(&self) -> Groups {
        let inside = Slot::all().take(2).filter(|slot| !has(self.words(*slot), "outside"));
        let group = Group {
            id: "group".to_owned(),
            name: "Exclusions".to_owned(),
            description: String::new(),
            role_assignable: true,
            dynamic: false,
            members: inside.map(|slot| (slot.key().to_owned(), slot.key().to_owned())).collect(),
            owners: Vec::new(),
        };
        Groups { found: Some(group), others: Vec::new() }
    }

    fn policies(&self) -> Vec<Policy> {
        let of = |name: &str, groups: &[&str]| {
            Policy::from_raw(&json!({"id": name, "displayName": name, "state": "enabled",
                "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": groups}}}))
            .expect("a policy")
        };
        match (self.is("no-policy"), self.is("lacking")) {
            (true, _) => Vec::new(),
            (false, true) => vec![of("CA001", &["group"]), of("CA002", &[])],
            (false, false) => vec![of("CA001", &["group"]), of("CA003", &["group"])],
        }
    }
}

fn has(words: &[String], wanted: &str) -> bool {
    words.iter().any(|word| word == wanted)
}

fn organization() -> Organization {
    Organization {
        id: "tenant".to_owned(),
        name: "Contoso".to_owned(),
        initial_domain: DOMAIN.to_owned(),
        initial_is_managed: true,
        domains: vec![DOMAIN.to_owned(), "contoso.com".to_owned(), "federated.example.com".to_owned()],
        federated: vec!["federated.example.com".to_owned()],
    }
}

fn table() -> Vec<Tenant> {
    let table: Table = toml::from_str(include_str!("lockout.toml")).expect("the table");
    table.case
}

#[test]
fn each_cell_is_what_the_facts_say() {
    for tenant in table() {
        let (plan, facts, evidence) = (tenant.plan(), tenant.facts(), Evidence::default());
        let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
        let matrix = Matrix::of(&case);
        for (head, wanted) in &tenant.cells {
            let column = matrix.columns.iter().position(|column| column.head() == head);
            let column =
                column.unwrap_or_else(|| panic!("{}: no column {head}: {:?}", tenant.name, matrix.columns));
            let found: Vec<&str> = matrix.rows.iter().map(|row| word(row.cells[column].can)).collect();
            let why: Vec<&str> = matrix.rows.iter().map(|row| row.cells[column].why.as_str()).collect();
            assert_eq!(&found, wanted, "{}, {head}: {why:?}", tenant.name);
        }
        let [finding] = &checks(&case)[..] else { panic!("one finding") };
        assert_eq!(finding.verdict, tenant.verdict, "{}: {}", tenant.name, finding.detail);
        for words in &tenant.says {
            assert!(finding.detail.contains(words), "{}: {words}: {}", tenant.name, finding.detail);
        }
    }
}

fn word(can: Can) -> &'static str {
    match can {
        Can::Yes => "yes",
        Can::No => "no",
        Can::Unknown => "?",
    }
}

#[test]
fn a_group_that_may_activate_the_role_stands_there_by_its_name() {
    let table = table();
    let mut tenant =
        table.into_iter().find(|tenant| tenant.other == ["nameless"]).expect("one without a name");
    tenant.other = vec!["group".to_owned()];
    tenant.tenant.push("no-operator".to_owned());
    let (plan, facts, evidence) = (tenant.plan(), tenant.facts(), Evidence::default());
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    assert_eq!(Matrix::of(&case).rows[2].who, "Everyday group");
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_may_activate_the_role_is_read_with_a_name() {
    let served = InProcess::start("fresh").await;
    let tenant = served.signed_in().await;
    let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    let (query, mut facts) = (Query::of(&plan, &Evidence::default()), Facts::default());
    for area in [Area::Organization, Area::Licenses, Area::Roles] {
        let read = tenant.read(area, &query, &facts).await;
        facts.absorb(read);
    }
    let people = &facts.roles.get().expect("it was read").people;
    assert!(people.iter().any(|one| one.upn.starts_with("morgan.roles@") && one.is_person), "{people:?}");
}

#[test]
fn the_table_fits_a_small_window_and_tells_why_a_no_is_one() {
    for tenant in table() {
        let (plan, facts, evidence) = (tenant.plan(), tenant.facts(), Evidence::default());
        let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
        let matrix = Matrix::of(&case);
        let blocks = lockout::blocks(&matrix);
        let grid = blocks.iter().find_map(|block| match block {
            Block::Grid(grid) => Some(grid),
            _ => None,
        });
        let grid = grid.expect("a table");
        for width in [58, 66, 74, 78, 100] {
            let lines = grid.lines(width);
            assert!(lines.iter().all(|line| line.chars().count() <= width), "{}: {lines:#?}", tenant.name);
            let heads: Vec<usize> = lines
                .iter()
                .filter(|line| line.starts_with(' ') && !line.is_empty())
                .map(|line| line.split_whitespace().count())
                .collect();
            assert_eq!(heads.iter().sum::<usize>(), matrix.columns.len(), "{}: {lines:#?}", tenant.name);
            let (most, least) = (heads.iter().max(), heads.iter().min());
            assert!(
                most <= least.map(|least| least * 2).as_ref(),
                "no table is left a single column: {lines:#?}"
            );
        }
        let told: Vec<&String> = blocks
            .iter()
            .filter_map(|block| match block {
                Block::List(items) => Some(items),
                _ => None,
            })
            .flatten()
            .filter(|said| !said.contains("is an object id"))
            .collect();
        let open = |row: &&breakglass::steps::review::lockout::LockoutRow| row.slot.is_some();
        let nos =
            matrix.rows.iter().filter(open).flat_map(|row| &row.cells).filter(|cell| cell.can != Can::Yes);
        assert_eq!(told.len(), nos.count(), "{}", tenant.name);
        let report = matrix::report(&matrix);
        assert_eq!((report.columns.len(), report.rows.len()), (matrix.columns.len(), matrix.rows.len()));
    }
}
