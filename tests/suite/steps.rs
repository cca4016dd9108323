//! The nine steps against a table of small worlds in `cases/*.toml`: what each step finds, writes and asks.

use std::collections::BTreeMap;

use breakglass::domain::check::ask::Ask;
use breakglass::domain::check::case::Case;
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::{
    Account, Accounts, ActionGroup, AlertRule, AreaFacts, DiagnosticSetting, Facts, Group, Groups, Holding,
    HoldingKind, InSlot, Licenses, MethodKind, MethodPolicy, MethodState, Monitoring, Organization, Reading,
    Registered, Roles, SignIn, Workspace, WouldApply,
};
use breakglass::domain::plan::plan_file;
use breakglass::domain::plan::{DefaultsDecision, Plan, RoleOrder};
use breakglass::domain::record::{Attested, Evidence, Slip, SlipKind, SlipState, Test};
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::domain::write::action::RuleKind;
use breakglass::domain::write::call;
use breakglass::rehearsal::TENANT_ID;
use breakglass::steps::STEPS;
use jiff::{Timestamp, civil::date};
use serde::Deserialize;
use serde_json::json;

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
    /// `slot fault`: disabled, guest, synced, licensed, filled, expires, password-changed.
    #[serde(default)]
    faults: Vec<String>,
    #[serde(default)]
    deleted: Vec<String>,
    /// `slot kind`: permanent, eligible, activated, group, ending.
    #[serde(default)]
    roles: Vec<String>,
    #[serde(default)]
    keys: Vec<String>,
    #[serde(default)]
    phones: Vec<String>,
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
    /// none, no-rights, empty, pending, complete, by-name, silent, unreadable.
    #[serde(default = "no_azure")]
    azure: String,
    #[serde(default)]
    slips: Vec<String>,
    #[serde(default)]
    pins: Vec<String>,
    #[serde(default)]
    revoked: Vec<String>,
    /// `slot outcome`: passed, failed, powerless.
    #[serde(default)]
    tests: Vec<String>,
    /// `slot` or `slot policy`.
    #[serde(default)]
    signed_in: Vec<String>,
    #[serde(default)]
    attested: Vec<String>,
    #[serde(default)]
    notified: bool,
    #[serde(default)]
    documents: bool,
    #[serde(default)]
    refused: Vec<String>,
    /// after-proof, keep-on, turn-off, one-place, wet-safe.
    #[serde(default)]
    plan: Vec<String>,
    /// `check` or `check:slot` to verdict.
    #[serde(default)]
    finds: BTreeMap<String, String>,
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
    Timestamp::from_second(1_790_000_000 + hour * 3_600).expect("a time")
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
                "wet-safe" => plan.safes[3].waterproof = false,
                other => panic!("{other} is no tweak of a plan"),
            }
        }
        plan
    }

    fn facts(&self) -> Facts {
        let licensed = self.licenses != "none";
        let unlicensed = || Trouble::new("Not licensed.", "No Entra ID P1.", "Buy it.");
        Facts {
            cloud: breakglass::domain::connection::cloud::Cloud::Global,
            organization: Reading::Read(Organization {
                id: TENANT_ID.to_owned(),
                name: "Contoso".to_owned(),
                initial_domain: DOMAIN.to_owned(),
                initial_is_managed: true,
                domains: Vec::new(),
                federated: Vec::new(),
            }),
            licenses: Reading::Read(Licenses { p1: licensed, p2: self.licenses == "p2" }),
            accounts: Reading::Read(self.accounts()),
            roles: Reading::Read(self.roles()),
            methods: Reading::Read(self.methods()),
            method_policy: Reading::Read(self.method_policy()),
            registration: Reading::Read(Self::would(&self.stops)),
            group: Reading::Read(Groups { found: self.group(), others: Vec::new() }),
            policies: match licensed {
                true => Reading::Read(self.policies.iter().map(|p| policy(p)).collect()),
                false => Reading::Unreadable(unlicensed()),
            },
            what_if: Reading::Read(Self::would(&self.applies)),
            defaults: Reading::Read(self.defaults),
            monitoring: self.monitoring(),
            sign_ins: Reading::Read(self.sign_ins()),
            operator: Reading::NotYet,
        }
    }

    fn accounts(&self) -> Accounts {
        let in_slots =
            self.accounts.iter().map(|name| InSlot { slot: slot(name), account: self.account(name) });
        let deleted = self.deleted.iter().map(|name| (slot(name), id(name)));
        Accounts { in_slots: in_slots.collect(), candidates: Vec::new(), deleted: deleted.collect() }
    }

    fn account(&self, name: &str) -> Account {
        let has = |fault: &str| Self::has(&self.faults, &format!("{name} {fault}"));
        let planned = self.plan().account(slot(name)).expect("planned").user_name.clone();
        Account {
            id: id(name),
            upn: format!("{planned}@{DOMAIN}"),
            display_name: name.to_owned(),
            enabled: !has("disabled"),
            member: !has("guest"),
            cloud_only: !has("synced"),
            licenses: if has("licensed") { vec!["sku".to_owned()] } else { Vec::new() },
            filled: if has("filled") { vec!["department".to_owned()] } else { Vec::new() },
            password_never_expires: !has("expires"),
            password_changed: Some(if has("password-changed") { at(5) } else { at(1) }),
            sessions_valid_from: Some(at(2)),
            restricted: false,
            units: Vec::new(),
        }
    }

    fn roles(&self) -> Roles {
        let holding = |text: &String| {
            let (name, kind) = two(text);
            Holding {
                principal: id(name),
                kind: match kind {
                    "eligible" => HoldingKind::Eligible,
                    "activated" => HoldingKind::Activated,
                    _ => HoldingKind::Assigned,
                },
                scope: "/".to_owned(),
                ends: (kind == "ending").then(|| at(1000)),
                through_group: kind == "group",
            }
        };
        let permanent_allowed = (self.licenses == "p2").then_some(true);
        Roles { holdings: self.roles.iter().map(holding).collect(), administrators: 3, permanent_allowed }
    }

    fn methods(&self) -> Vec<Registered> {
        let one = |name: &String, kind| Registered {
            slot: slot(name),
            id: format!("method-{name}"),
            kind,
            name: "key".to_owned(),
            aaguid: None,
            model: None,
            number: None,
        };
        let keys = self.keys.iter().map(|name| one(name, MethodKind::Fido2));
        keys.chain(self.phones.iter().map(|name| one(name, MethodKind::Phone))).collect()
    }

    fn method_policy(&self) -> MethodPolicy {
        let state = |name: &str| MethodState {
            enabled: !Self::has(&self.closed, name),
            includes: vec!["all_users".to_owned()],
            excludes: Vec::new(),
            targets: vec![json!({"targetType": "group", "id": "all_users"})],
        };
        MethodPolicy {
            fido2: state("fido2"),
            fido2_self_service: true,
            temporary_pass: state("pass"),
            pass_once_only: false,
            sms: state("sms"),
            certificate: MethodState::default(),
        }
    }

    fn would(list: &[String]) -> Vec<WouldApply> {
        let one = |text: &String| {
            let (name, policy) = two(text);
            WouldApply {
                slot: slot(name),
                policy: policy.to_owned(),
                name: policy.to_owned(),
                enforced: true,
                context: "portal".to_owned(),
            }
        };
        list.iter().map(one).collect()
    }

    fn group(&self) -> Option<Group> {
        let people = |names: &[String]| names.iter().map(|n| (id(n), n.clone())).collect();
        self.group.as_ref().map(|members| Group {
            id: GROUP.to_owned(),
            name: "Conditional Access - Emergency Access Exclusions".to_owned(),
            description: "DO NOT MODIFY".to_owned(),
            role_assignable: !self.ordinary,
            dynamic: false,
            members: people(members),
            owners: people(&self.owners),
        })
    }

    fn monitoring(&self) -> Reading<Monitoring> {
        let subscription = Some(("sub".to_owned(), "Sample".to_owned()));
        let empty = Monitoring {
            subscription: subscription.clone(),
            subscriptions: 1,
            settings: Reading::Read(Vec::new()),
            ..Monitoring::default()
        };
        match self.azure.as_str() {
            "none" => Reading::Read(Monitoring::default()),
            "unreadable" => {
                Reading::Unreadable(Trouble::new("Azure did not answer.", "No token.", "Sign in."))
            }
            "empty" => Reading::Read(empty),
            "no-rights" => {
                Reading::Read(Monitoring { missing_rights: vec!["workspaces/write".to_owned()], ..empty })
            }
            kind => Reading::Read(self.complete(kind)),
        }
    }

    fn complete(&self, kind: &str) -> Monitoring {
        let (group, workspace) =
            (call::action_group_id("sub", "rg-identity-alerts"), call::workspace_id("sub", "rg", "law"));
        let ids: Vec<String> = self.accounts.iter().map(|name| id(name)).collect();
        let query = match kind {
            "by-name" => "SigninLogs | where UserPrincipalName startswith 'emergency'".to_owned(),
            _ => call::sign_in_query(&ids),
        };
        let rule = |kind, query: &str| AlertRule {
            id: call::rule_id("sub", "rg-identity-alerts", kind),
            name: "rule".to_owned(),
            enabled: true,
            severity: 0,
            query: query.to_owned(),
            action_groups: vec![group.clone()],
        };
        let confirmed = Some(kind != "pending");
        let recipients = ["security-operations@example.com", "identity-team@example.com"];
        Monitoring {
            subscription: Some(("sub".to_owned(), "Sample".to_owned())),
            subscriptions: 1,
            resource_group: true,
            workspace: Some(Workspace {
                id: workspace.clone(),
                name: "law".to_owned(),
                region: "westeurope".to_owned(),
                customer_id: "c".to_owned(),
                retention_days: Some(90),
            }),
            settings: Reading::Read(vec![DiagnosticSetting {
                name: "theirs".to_owned(),
                workspace: Some(workspace),
                elsewhere: false,
                categories: vec!["SignInLogs".to_owned(), "AuditLogs".to_owned()],
            }]),
            action_group: Some(ActionGroup {
                id: group.clone(),
                enabled: true,
                recipients: recipients.map(|r| (r.to_owned(), confirmed)).to_vec(),
            }),
            rules: vec![
                rule(RuleKind::SignIn, &query),
                rule(RuleKind::Audit, &call::audit_query(&ids, None)),
            ],
            rows: (kind != "silent").then_some(4),
            ..Monitoring::default()
        }
    }

    fn sign_ins(&self) -> Vec<SignIn> {
        let one = |text: &String| {
            let (name, policy) = two(text);
            SignIn {
                slot: slot(name),
                id: "log".to_owned(),
                at: at(3),
                error: 0,
                policies: Some(policy.to_owned()).filter(|p| !p.is_empty()).into_iter().collect(),
                application: "portal".to_owned(),
                address: String::new(),
            }
        };
        self.signed_in.iter().map(one).collect()
    }

    fn evidence(&self) -> Evidence {
        let mut evidence = Evidence { group: Some(GROUP.to_owned()), ..Evidence::default() };
        let slips =
            self.slips.iter().map(|text| two(text)).map(|(name, state)| (name, state, SlipKind::Password));
        let pins = self.pins.iter().map(|name| (name.as_str(), "", SlipKind::Pin { key: 0 }));
        for (number, (name, state, kind)) in (1..).zip(slips.chain(pins)) {
            let state = if state == "made" { SlipState::Made } else { SlipState::Confirmed };
            evidence.slips.insert(number, a_slip((number, slot(name)), kind, state));
        }
        for name in &self.revoked {
            evidence.revoked.insert(slot(name), at(4));
        }
        for text in &self.tests {
            evidence.tests.push(a_test(text));
        }
        for about in &self.attested {
            let attested =
                Attested { person: "Sample".to_owned(), date: date(2026, 11, 1), note: String::new() };
            evidence.attested.insert(about.as_str().into(), attested);
        }
        for key in &self.refused {
            evidence.refused.insert(key.as_str().into(), Trouble::new("Refused.", "By hand.", "Portal."));
        }
        evidence.notified = self.notified.then(|| (at(3), true));
        evidence.documents = if self.documents { vec!["document".to_owned()] } else { Vec::new() };
        evidence
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

fn a_slip((number, slot): (u32, Slot), kind: SlipKind, state: SlipState) -> Slip {
    Slip {
        number,
        slot,
        kind,
        state,
        date: date(2026, 11, 1),
        replaces: None,
        route: String::new(),
        changed: Some(at(1)),
        checked: None,
        file: None,
        safe: String::new(),
        halves: Vec::new(),
    }
}

fn a_test(text: &str) -> Test {
    let (name, outcome) = two(text);
    Test {
        slot: slot(name),
        at: at(3),
        person: "Sample".to_owned(),
        passed: outcome != "failed",
        administrator: outcome == "passed",
        issues: String::new(),
        seconds: 9,
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
        "only" => json!({"includeGroups": [GROUP]}),
        _ => json!({"includeUsers": ["All"], "excludeGroups": ["another"]}),
    };
    let clients =
        (kind == "workload").then(|| json!({"includeServicePrincipals": ["ServicePrincipalsInMyTenant"]}));
    let state = match state {
        "report" => "enabledForReportingButNotEnforced",
        other => other,
    };
    let raw = json!({"id": name, "displayName": name, "state": state,
        "conditions": {"users": users, "clientApplications": clients}});
    Policy::from_raw(raw).expect("a policy")
}

#[test]
fn every_case_of_the_table_holds() {
    let table: Table = toml::from_str(include_str!("cases/steps.toml")).expect("the table is TOML");
    assert!(table.case.len() >= 40, "the table has shrunk to {}", table.case.len());
    for world in &table.case {
        world.check();
    }
}

#[test]
fn projected_to_its_end_a_fresh_tenant_leaves_nothing_to_write() {
    let table: Table = toml::from_str(include_str!("cases/steps.toml")).expect("the table is TOML");
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
    let table: Table = toml::from_str(include_str!("cases/steps.toml")).expect("the table is TOML");
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
