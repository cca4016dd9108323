//! The nine steps against a table of small worlds in `cases/*.toml`: what each step finds, writes and asks.

mod azure;
mod evidence;
mod facts;

use std::collections::BTreeMap;

use crate::support::order::step_of;
use breakglass::domain::check::ask::Ask;
use breakglass::domain::check::case::Case;
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::{AreaFacts, Facts, Reading};
use breakglass::domain::plan::{Accepted, DefaultsDecision, Plan, RoleOrder, plan_file};
use breakglass::domain::slot::Slot;
use breakglass::guide;
use breakglass::steps::STEPS;
use jiff::Timestamp;
use jiff::civil::date;
use serde::Deserialize;
use serde_json::{Value, json};

const DOMAIN: &str = "contoso.onmicrosoft.com";
const GROUP: &str = "group";

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<World>,
}

/// A small world; what is left out is as a fresh tenant with P2 has it.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct World {
    name: String,
    step: u8,
    #[serde(default = "p2")]
    licenses: String,
    /// Slots whose accounts exist.
    #[serde(default)]
    accounts: Vec<String>,
    /// `slot fault`: disabled, guest, synced, licensed, filled, expires, password-changed, unattested, synced-key.
    #[serde(default)]
    faults: Vec<String>,
    /// Slots, or `unread`.
    #[serde(default)]
    deleted: Vec<String>,
    /// `slot kind`: permanent, eligible, activated, group, ending.
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    keys: Vec<String>,
    /// Slots with a key that nobody planned.
    #[serde(default)]
    spare_keys: Vec<String>,
    /// Slots whose key the record saw registered.
    #[serde(default)]
    seen_keys: Vec<String>,
    #[serde(default)]
    phones: Vec<String>,
    /// ours, others, blocked, attested, unknown; every key when left out.
    #[serde(default)]
    key_rule: String,
    /// Closed methods: fido2, pass.
    #[serde(default)]
    closed: Vec<String>,
    /// `slot policy`, enforced.
    #[serde(default)]
    stops: Vec<String>,
    /// Members of the exclusion group; slots or names. Absent: there is no group.
    group: Option<Vec<String>>,
    #[serde(default)]
    ordinary: bool,
    #[serde(default)]
    owners: Vec<String>,
    /// `name kind state`: kind all, excluded, each, workload, none, only, managed.
    #[serde(default)]
    policies: Vec<String>,
    #[serde(default)]
    applies: Vec<String>,
    #[serde(default)]
    defaults: bool,
    /// none, empty, unreadable, rights and states of a subscription, or complete with one thing wrong (`azure.rs`).
    #[serde(default = "no_azure")]
    azure: String,
    #[serde(default)]
    slips: Vec<String>,
    #[serde(default)]
    pins: Vec<String>,
    #[serde(default)]
    revoked: Vec<String>,
    /// `slot outcome`: passed, failed, powerless, weak, by-hand, no-azure, azure-not-tried, other-key, unread-methods.
    #[serde(default)]
    tests: Vec<String>,
    /// `slot what`: what came after its test.
    #[serde(default)]
    overtaken: Vec<String>,
    /// Slots whose test was seen in the log in a run before.
    #[serde(default)]
    logged: Vec<String>,
    /// Slots with which somebody signed in five minutes after the test, from elsewhere.
    #[serde(default)]
    strangers: Vec<String>,
    /// `slot` or `slot policy`.
    #[serde(default)]
    signed_in: Vec<String>,
    #[serde(default)]
    attested: Vec<String>,
    #[serde(default)]
    notified: bool,
    /// Days before the tests since when the logs are sent.
    logging_days: Option<i64>,
    /// Days before the day of the table that sign-in tests lie.
    #[serde(default)]
    tested_days: i64,
    #[serde(default)]
    documents: bool,
    #[serde(default)]
    refused: Vec<String>,
    /// after-proof, keep-on, turn-off, one-place, wet-safe, key-model, bin-accepted.
    #[serde(default)]
    plan: Vec<String>,
    /// `check` or `check:slot` to verdict.
    #[serde(default)]
    finds: BTreeMap<String, String>,
    /// Of some of those: a part of what is told.
    #[serde(default)]
    details: BTreeMap<String, String>,
    /// Of some of those: a part of what to do about it.
    #[serde(default)]
    remedies: BTreeMap<String, String>,
    writes: Option<Vec<String>>,
    asks: Option<Vec<String>>,
}

fn p2() -> String {
    "p2".to_owned()
}

fn no_azure() -> String {
    "none".to_owned()
}

fn slot(name: &str) -> Slot {
    Slot::new(["first", "second"].iter().position(|s| *s == name).expect("first or second"))
}

fn id(name: &str) -> String {
    format!("id-{name}")
}

fn at(hour: i64) -> Timestamp {
    Timestamp::from_second(1_795_356_800 + hour * 3_600).expect("a time")
}

/// `"second eligible"` in two.
fn two(text: &str) -> (&str, &str) {
    text.split_once(' ').unwrap_or((text, ""))
}

impl World {
    fn has(list: &[String], word: &str) -> bool {
        list.iter().any(|item| item == word)
    }

    fn plan(&self) -> Plan {
        let mut plan = plan_file::read(plan_file::example()).expect("the example is a plan");
        // The guide's order and one key for each account keep the cases short.
        plan.role.order = RoleOrder::AsInGuide;
        plan.accounts.iter_mut().for_each(|account| account.keys.truncate(1));
        for tweak in &self.plan {
            match tweak.as_str() {
                "after-proof" => plan.role.order = RoleOrder::AfterProof,
                "keep-on" => plan.security_defaults.decision = DefaultsDecision::KeepOn,
                "turn-off" => plan.security_defaults.decision = DefaultsDecision::TurnOff,
                "one-place" => plan.accounts[1].safe = plan.accounts[0].safe.clone(),
                "key-model" => {
                    plan.accounts[0].keys[0].aaguid = Some("5eed5eed-0000-4000-8000-00000000f1d0".to_owned());
                }
                "bin-accepted" => plan.accepts.push(Accepted {
                    check: "account.exists".into(),
                    reason: "Nobody here may look into it.".to_owned(),
                    tenant: None,
                    person: None,
                    approver: None,
                    until: None,
                }),
                "system" => {
                    plan.systems = crate::domain::plan_systems::with_system().systems;
                    plan.accounts[0].safe = "V".to_owned();
                }
                "wet-safe" => plan.safes[3].waterproof = false,
                other => panic!("{other} is no tweak of a plan"),
            }
        }
        plan
    }

    fn check(&self) {
        let (plan, facts, evidence) = (self.plan(), self.facts(), self.evidence());
        let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
        let step = &STEPS[usize::from(self.step) - 1];
        let findings = step.checks(&case);
        for (subject, verdict) in &self.finds {
            let found = findings.iter().find(|f| f.subject().as_str() == subject);
            let found = found.unwrap_or_else(|| panic!("{}: nothing found about {subject}", self.name));
            let seen = serde_json::to_value(found.verdict).expect("a word");
            assert_eq!(seen, *verdict, "{}: {subject}: {}", self.name, found.detail);
            let part = self.details.get(subject).map_or("", String::as_str);
            assert!(found.detail.contains(part), "{}: {subject}: {}", self.name, found.detail);
            let (remedy, part) = (
                guide::remedy(found, guide::Place::Setup),
                self.remedies.get(subject).map_or("", String::as_str),
            );
            assert!(remedy.contains(part), "{}: {subject}: {} {remedy}", self.name, found.detail);
        }
        for action in step.actions(&case) {
            assert!(step_of(&action).contains(&step.id), "{}: {}", self.name, action.sentence());
        }
        let writes: Vec<String> = step.actions(&case).iter().map(|action| action.key().to_string()).collect();
        let asks: Vec<String> = step.asks(&case).iter().map(Ask::key).collect();
        if let Some(expected) = &self.writes {
            assert_eq!(&writes, expected, "{}: writes", self.name);
        }
        if let Some(expected) = &self.asks {
            assert_eq!(&asks, expected, "{}: asks", self.name);
        }
    }
}

fn policy(text: &str) -> Policy {
    let mut words = text.split(' ');
    let (name, kind) = (words.next().expect("a name"), words.next().unwrap_or("all"));
    let state = words.next().unwrap_or("enabled");
    let users = match kind {
        "excluded" => json!({"includeUsers": ["All"], "excludeGroups": [GROUP]}),
        "each" => json!({"includeUsers": ["All"], "excludeUsers": ["id-first", "id-second"]}),
        "none" => json!({"includeUsers": ["None"]}),
        "only" | "only-strength" | "only-block" | "only-located" => json!({"includeGroups": [GROUP]}),
        _ => json!({"includeUsers": ["All"], "excludeGroups": ["another"]}),
    };
    let clients =
        (kind == "workload").then(|| json!({"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]}));
    let state = match state {
        "report" => "enabledForReportingButNotEnforced",
        other => other,
    };
    let grant = match kind {
        "only-strength" => {
            json!({"operator": "OR", "authenticationStrength": {"allowedCombinations": ["fido2"]}})
        }
        "only-block" => json!({"operator": "OR", "builtInControls": ["block"]}),
        _ => Value::Null,
    };
    let places =
        (kind == "only-located").then(|| json!({"includeLocations": ["All"], "excludeLocations": ["x"]}));
    let raw = json!({"id": name, "displayName": name, "state": state, "grantControls": grant,
        "conditions": {"users": users, "clientApplications": clients, "locations": places}});
    Policy::from_raw(&raw).expect("a policy")
}

#[test]
fn every_case_of_the_table_holds() {
    let table: Table = toml::from_str(include_str!("../cases/steps.toml")).expect("the table is TOML");
    assert!(table.case.len() >= 40, "the table has shrunk to {}", table.case.len());
    for world in &table.case {
        world.check();
    }
}

#[test]
fn projected_to_its_end_a_fresh_tenant_leaves_nothing_to_write() {
    let table: Table = toml::from_str(include_str!("../cases/steps.toml")).expect("the table is TOML");
    let world = table.case.iter().find(|c| c.name == "a fresh tenant").expect("it is in the table");
    let (plan, evidence, mut facts) = (world.plan(), world.evidence(), world.facts());
    for round in 0.. {
        assert!(round < 100, "the steps never come to rest");
        let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
        let next = [1, 2, 4, 5].into_iter().find_map(|n| STEPS[n - 1].actions(&case).into_iter().next());
        let Some(action) = next else { break };
        action.expect(&mut facts);
    }
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: date(2026, 11, 23) };
    for number in [1, 2, 5] {
        for finding in STEPS[number - 1].checks(&case) {
            assert!(finding.passed(), "step {number}: {} {}", finding.subject(), finding.detail);
        }
    }
}

#[test]
fn what_was_asked_before_an_account_was_there_says_nothing_about_it() {
    let table: Table = toml::from_str(include_str!("../cases/steps.toml")).expect("the table is TOML");
    let world =
        table.case.iter().find(|c| c.name == "the first account is whole").expect("it is in the table");
    let (plan, evidence, mut facts) = (world.plan(), world.evidence(), world.facts());
    let accounts = std::mem::take(&mut facts.accounts);
    facts.registration = Reading::Read(Vec::new());
    let open = |facts: &Facts| {
        let case = Case { plan: &plan, facts, evidence: &evidence, today: date(2026, 11, 23) };
        let found = STEPS[2].checks(&case).into_iter().find(|f| f.check.name() == "method.registration-open");
        found.map(|f| f.passed())
    };
    facts.absorb(AreaFacts::Accounts(accounts));
    assert_eq!(open(&facts), Some(false), "nothing was asked about this account yet");
    facts.absorb(AreaFacts::Registration(Reading::Read(Vec::new())));
    assert_eq!(open(&facts), Some(true));
}
