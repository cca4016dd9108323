//! Before anything is written: what the operator holds, what each step needs, and who must not set up at all.

use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::Verdict;
use breakglass::domain::facts::monitoring::AlertRule;
use breakglass::domain::facts::{
    Facts, Licenses, Monitoring, Operator, Original, Permission, Reading, Rights,
};
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::Evidence;
use breakglass::steps::{self, Lack};
use serde_json::{Value, json};

use crate::support::served::Served;
use crate::support::{Home, Person, choice, words};

const CONDITIONAL_ACCESS: &str = "b1be1c3e-b65d-4f19-8427-f6fa0d97feb9";
const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

fn facts(roles: &[&str], eligible: Option<&[&str]>, scopes: &[&str]) -> Facts {
    let own = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect::<Vec<String>>();
    let operator = Operator {
        id: "me".to_owned(),
        upn: "me@contoso.example".to_owned(),
        roles: roles.iter().map(|r| ((*r).to_owned(), String::new())).collect(),
        eligible: eligible.map(own),
        scopes: own(scopes),
    };
    Facts {
        operator: Reading::Read(operator),
        licenses: Reading::Read(Licenses { p1: true, p2: true }),
        monitoring: Reading::Read(Monitoring::default()),
        ..Facts::default()
    }
}

fn with_case<T>(facts: &Facts, look: impl FnOnce(&Case<'_>) -> T) -> T {
    let plan = plan_file::read(plan_file::example()).expect("a plan");
    let evidence = Evidence::default();
    look(&Case { plan: &plan, facts, evidence: &evidence, today: jiff::civil::date(2026, 11, 23) })
}

fn lack<'a>(lacks: &'a [Lack], what: &str) -> &'a Lack {
    lacks
        .iter()
        .find(|lack| lack.what.contains(what))
        .unwrap_or_else(|| panic!("{what} is not in {lacks:#?}"))
}

#[test]
fn what_is_missing_is_named_with_its_steps_and_who_grants_it() {
    let facts = facts(&[CONDITIONAL_ACCESS], Some(&[]), &["User.ReadWrite.All", "Policy.Read.All"]);
    let lacks = with_case(&facts, steps::lacks);
    assert_eq!(lack(&lacks, "role Privileged Role Administrator").steps, [2, 5]);
    assert!(lack(&lacks, "role User Administrator").who.contains("Privileged Role Administrator"));
    assert_eq!(lack(&lacks, "permission Policy.ReadWrite.ConditionalAccess").steps, [5]);
    assert_eq!(lack(&lacks, "an Azure subscription").steps, [7]);
    assert!(!lacks.iter().any(|l| l.what.contains("role Conditional Access")), "{lacks:#?}");
    assert!(!lacks.iter().any(|l| l.what == "permission User.ReadWrite.All"), "{lacks:#?}");
}

#[test]
fn what_could_be_activated_is_told_as_the_operator_s_own() {
    let facts = facts(&[], Some(&[GLOBAL_ADMINISTRATOR]), &[]);
    let lacks = with_case(&facts, steps::lacks);
    assert!(lack(&lacks, "role Security Administrator").who.contains("activate it"), "{lacks:#?}");
    let findings = with_case(&facts, steps::connect_checks);
    let role = findings.iter().find(|f| f.check.name() == "connect.role").expect("a finding");
    assert_eq!(role.verdict, Verdict::NeedsPerson);
    assert!(role.detail.contains("eligible, not activated"), "{}", role.detail);
}

#[test]
fn a_global_administrator_with_every_scope_lacks_nothing_but_azure() {
    let facts = facts(&[GLOBAL_ADMINISTRATOR], None, &[]);
    let lacks = with_case(&facts, steps::lacks);
    assert_eq!(lacks.len(), 1, "{lacks:#?}");
    assert_eq!(lacks[0].steps, [7]);
}

#[test]
fn a_rule_of_others_hides_no_missing_right_to_make_ours() {
    let all = ["*/read", "*/workspaces/write", "*/actionGroups/write"].map(str::to_owned).to_vec();
    let may = vec![Permission { actions: all, not_actions: Vec::new() }];
    let theirs = json!({"properties": {"enabled": true, "criteria": {"allOf": [{"query": "Heartbeat"}]}}});
    let theirs =
        AlertRule { id: "/s/theirs".to_owned(), name: "t".to_owned(), original: Original::new("v", theirs) };
    let monitoring = Monitoring {
        subscription: Some(("sub".to_owned(), "Sample".to_owned())),
        rights: Rights { subscription: may, group: Vec::new() },
        resource_group: true,
        rules: vec![theirs],
        ..Monitoring::default()
    };
    let mut facts = facts(&[GLOBAL_ADMINISTRATOR], None, &[]);
    facts.monitoring = Reading::Read(monitoring);
    let lacks = with_case(&facts, steps::lacks);
    assert!(lack(&lacks, "Azure rights").what.contains("scheduledQueryRules/write"), "{lacks:#?}");
}

#[test]
fn an_emergency_account_is_turned_away_and_nothing_is_written() {
    let home = Home::new();
    let output = home.setup("locked-out").output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "{}", words(&output));
    assert!(words(&output).contains("northwind.lamp"), "{}", words(&output));
    assert!(words(&output).contains("cannot set the accounts up"), "{}", words(&output));
    assert!(home.journal().iter().all(|l| l["entry"]["entry"] != "intends"));
}

/// Takes every active role from the operator and makes them eligible.
fn only_eligible(state: &mut Value) {
    let operator = state["operator"].clone();
    let mut held = Vec::new();
    if let Some(all) = state["assignments"].as_array_mut() {
        held = all.iter().filter(|a| a["principal"] == operator).cloned().collect();
        all.retain(|a| a["principal"] != operator);
    }
    state["eligibilities"].as_array_mut().expect("a list").extend(held);
}

#[test]
fn the_first_look_shows_what_is_missing_before_the_plan() {
    let mut served = Served::new("fresh", Vec::new());
    served.changed(only_eligible, Vec::new());
    let mut command = served.home.breakglass();
    command.arg("--plain").args(served.options());
    let mut person = Person::at(command);
    let shown = person.next_question().expect("the home screen");
    person.type_line(&choice(&shown, "Set up the accounts").expect("a choice"));
    let looked = person.next_question().expect("the first look");
    person.leave();
    for text in ["Missing, for which steps, and who can grant it", "role User Administrator", "eligible, not"]
    {
        assert!(looked.contains(text), "{text} is not on:\n{looked}");
    }
}
