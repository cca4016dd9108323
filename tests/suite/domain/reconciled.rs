//! A write of which no answer is known is looked up: for each kind of write, what the tenant says before it was made and
//! afterwards.

use std::collections::BTreeSet;

use breakglass::domain::check::case::Case;
use breakglass::domain::facts::{
    Accounts, Facts, Groups, MethodKind, MethodPolicy, MethodState, Monitoring, Original, PassLifetime,
    Reading, Registered, Roles,
};
use breakglass::domain::plan::Plan;
use breakglass::domain::record::{Evidence, Found};
use breakglass::domain::secret::SecretId;
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::{
    Action, ActionKind, PassUse, PolicyMethod, Protection, RecycleBin, Repair, RoleRoute, Rule, RuleKind,
};
use breakglass::domain::write::call::{action_group_id, rule_id, workspace_id};
use breakglass::domain::write::expect::{GROUP_PLACEHOLDER, account_placeholder};
use breakglass::domain::write::reconciled::{Reconciled, reconciled};
use serde_json::json;

use crate::support::model::policy;
use crate::support::sample;

const FIRST: Slot = Slot::FIRST;
const SUBSCRIPTION: &str = "11111111-2222-4333-8444-555555555555";

/// A write, and what lies there before it.
type Row = (fn(&mut Facts), Action);

fn nothing() -> Facts {
    Facts {
        accounts: Reading::Read(Accounts::default()),
        roles: Reading::Read(Roles::default()),
        methods: Reading::Read(Vec::new()),
        method_policy: Reading::Read(closed()),
        group: Reading::Read(Groups::default()),
        policies: Reading::Read(vec![policy(&json!({}))]),
        defaults: Reading::Read(true),
        monitoring: Reading::Read(Monitoring {
            settings: Reading::Read(Vec::new()),
            unregistered: vec!["Microsoft.Insights".to_owned()],
            ..Monitoring::default()
        }),
        ..sample::facts("Fabrikam")
    }
}

fn closed() -> MethodPolicy {
    MethodPolicy {
        fido2: MethodState::default(),
        fido2_self_service: false,
        key_rules: Box::default(),
        temporary_pass: MethodState::default(),
        pass_once_only: false,
        pass_lifetime: PassLifetime::default(),
        sms: MethodState::default(),
        certificate: MethodState::default(),
    }
}

fn has_method(facts: &mut Facts, kind: MethodKind, id: &str) {
    facts.methods.get_mut().expect("methods").push(Registered::new(FIRST, kind, id));
}

/// Writes that leave a trace, each after the one before.
#[allow(clippy::too_many_lines, reason = "one row for each kind of write")]
fn rows(plan: &Plan) -> Vec<Row> {
    let text = str::to_owned;
    let (slot, id) = (FIRST, account_placeholder(FIRST));
    let (policy, group) = (text("CA1"), text(GROUP_PLACEHOLDER));
    let account = &plan.accounts[0];
    let as_it_is: fn(&mut Facts) = |_| ();
    let target = Some(json!({"targetType": "group", "id": GROUP_PLACEHOLDER}));
    let original = Original::new("", json!({"state": "disabled", "includeTargets": []}));
    let opened = |method| Action::OpenMethod { method, target: target.clone(), original: original.clone() };
    let rule = Rule {
        kind: RuleKind::SignIn,
        id: rule_id(SUBSCRIPTION, "rg", RuleKind::SignIn),
        region: text("westeurope"),
        workspace: workspace_id(SUBSCRIPTION, "rg", "law"),
        action_group: action_group_id(SUBSCRIPTION, "rg"),
        watched: vec![id.clone()],
        query: text("SigninLogs | take 1"),
        original: None,
    };
    let number = text("+1 5555550100");
    vec![
        (
            as_it_is,
            Action::CreateUser {
                slot,
                upn: format!("{}@fabrikamrehearsal.onmicrosoft.com", account.user_name),
                display_name: account.display_name.clone(),
                bin: RecycleBin::Read,
            },
        ),
        (with_license, Action::RemoveLicense { slot, id: id.clone(), sku: text("E5") }),
        (as_it_is, Action::AssignRole { slot, principal: id.clone(), route: RoleRoute::Direct }),
        (
            as_it_is,
            Action::CreateGroup {
                name: plan.group.name.clone(),
                description: text("D"),
                protection: Protection::RoleAssignable,
                members: Vec::new(),
            },
        ),
        (as_it_is, Action::AddMember { group: group.clone(), slot, id: id.clone() }),
        (with_stranger, Action::RemoveMember { group: group.clone(), id: text("x"), name: text("n") }),
        (as_it_is, Action::AddOwner { group: group.clone(), slot, id: id.clone() }),
        (with_stranger, Action::RemoveOwner { group: group.clone(), id: text("x"), name: text("n") }),
        (as_it_is, opened(PolicyMethod::Fido2)),
        (as_it_is, opened(PolicyMethod::TemporaryPass)),
        (as_it_is, opened(PolicyMethod::Sms)),
        (as_it_is, Action::IssuePass { slot, id: id.clone(), use_once: PassUse::Once, minutes: 60 }),
        (as_it_is, Action::DeletePass { slot, id: id.clone(), pass: text("pass") }),
        (as_it_is, Action::AddPhone { slot, id: id.clone(), number }),
        (
            |facts| {
                facts.methods.get_mut().expect("methods").clear();
                has_method(facts, MethodKind::Phone, "phone");
            },
            Action::DeletePhone { slot, id: id.clone(), phone: text("phone") },
        ),
        (
            |facts| has_method(facts, MethodKind::Fido2, "key"),
            Action::DeleteKey { slot, id: id.clone(), key: text("key"), name: text("n") },
        ),
        (
            as_it_is,
            Action::ExcludeGroup {
                policy: policy.clone(),
                name: text("P"),
                state: breakglass::domain::facts::policy::State::Disabled,
                groups: vec![group.clone()],
                group,
            },
        ),
        (as_it_is, Action::EnablePolicy { policy, name: text("P") }),
        (as_it_is, Action::DisableSecurityDefaults),
        (
            as_it_is,
            Action::RegisterProvider {
                subscription: text(SUBSCRIPTION),
                namespace: text("Microsoft.Insights"),
            },
        ),
        (
            as_it_is,
            Action::PutResourceGroup {
                subscription: text(SUBSCRIPTION),
                name: text("rg"),
                region: text("westeurope"),
            },
        ),
        (
            as_it_is,
            Action::PutWorkspace {
                subscription: text(SUBSCRIPTION),
                resource_group: text("rg"),
                name: text("law"),
                region: text("westeurope"),
            },
        ),
        (
            as_it_is,
            Action::PutDiagnosticSetting {
                workspace: workspace_id(SUBSCRIPTION, "rg", "law"),
                categories: vec![text("SignInLogs")],
                original: None,
            },
        ),
        (
            as_it_is,
            Action::PutActionGroup {
                id: action_group_id(SUBSCRIPTION, "rg"),
                recipients: plan.alerts.recipients.clone(),
                original: None,
            },
        ),
        (as_it_is, Action::PutRule(rule)),
        (as_it_is, Action::EnterUnit { slot, id: id.clone(), unit: text("unit"), name: text("n") }),
    ]
}

fn with_license(facts: &mut Facts) {
    facts.accounts.get_mut().expect("accounts").in_slots[0].account.licenses.push("E5".to_owned());
}

fn with_stranger(facts: &mut Facts) {
    let group = facts.group.get_mut().expect("groups").found.as_mut().expect("the group");
    group.members.push(("x".to_owned(), "n".to_owned()));
    group.owners.push(("x".to_owned(), "n".to_owned()));
}

/// Writes of which nothing tells whether they were made: by this run or by anybody.
fn without_a_trace() -> Vec<Action> {
    let (slot, id) = (FIRST, account_placeholder(FIRST));
    vec![
        Action::RestorePolicy { policy: "CA1".to_owned(), name: "P".to_owned(), original: json!({}).into() },
        Action::TestNotification { id: String::new(), recipients: Vec::new() },
        Action::SetPassword { slot, id: id.clone(), secret: SecretId(1) },
        Action::RevokeSessions { slot, id },
    ]
}

#[test]
fn each_kind_of_write_is_told_from_one_that_was_not_made() {
    let plan = sample::plan();
    let evidence = Evidence::default();
    let mut facts = nothing();
    let mut tried = BTreeSet::new();
    let seen = |action: &Action, facts: &Facts| -> Reconciled {
        let case = Case { plan: &plan, facts, evidence: &evidence, today: jiff::civil::date(2026, 11, 30) };
        reconciled(&action.key(), &case).expect("everything was read")
    };
    for (before, action) in rows(&plan) {
        before(&mut facts);
        assert_eq!(seen(&action, &facts).found, Found::NotDone, "{}", action.key());
        action.expect(&mut facts);
        let after = seen(&action, &facts);
        assert_eq!(after.found, Found::Done, "{}", action.key());
        assert_eq!(after.slot, action.slot(), "{}", action.key());
        let makes = matches!(action, Action::CreateUser { .. } | Action::CreateGroup { .. });
        assert_eq!(after.id.is_some(), makes, "{}", action.key());
        tried.insert(action.kind());
    }
    for action in without_a_trace() {
        assert_eq!(seen(&action, &facts).found, Found::NotKnown, "{}", action.key());
        tried.insert(action.kind());
    }
    // Out of the unit again; corrected, as far as all of it is right; the number of a phone, as planned.
    let slot = FIRST;
    let leave = Action::LeaveUnit { slot, id: String::new(), unit: "unit".to_owned(), name: "n".to_owned() };
    assert_eq!(seen(&leave, &facts).found, Found::NotDone);
    facts.accounts.get_mut().expect("accounts").in_slots[0].account.units.clear();
    assert_eq!(seen(&leave, &facts).found, Found::Done);
    let repair = Action::RepairUser { slot, id: String::new(), repairs: vec![Repair::Enable] };
    assert_eq!(seen(&repair, &facts).found, Found::Done);
    facts.accounts.get_mut().expect("accounts").in_slots[0].account.enabled = false;
    assert_eq!(seen(&repair, &facts).found, Found::NotKnown);
    let (phone, number) = (String::new(), String::new());
    let replace = Action::ReplacePhone { slot, id: String::new(), phone, number };
    assert_eq!(seen(&replace, &facts).found, Found::NotKnown, "the plan has no phone for it");
    tried.extend([leave, repair, replace].map(|action| action.kind()));
    let left: Vec<ActionKind> = ActionKind::all().filter(|kind| !tried.contains(kind)).collect();
    assert!(left.is_empty(), "never tried: {left:?}");
}

#[test]
fn an_account_or_a_group_of_the_same_name_that_is_another_s_is_not_taken() {
    let plan = sample::plan();
    let evidence = Evidence::default();
    let mut facts = nothing();
    let name = format!("{}@fabrikamrehearsal.onmicrosoft.com", plan.accounts[0].user_name);
    let user = Action::CreateUser {
        slot: FIRST,
        upn: name,
        display_name: "Somebody Else".to_owned(),
        bin: RecycleBin::Read,
    };
    let group = Action::CreateGroup {
        name: plan.group.name.clone(),
        description: String::new(),
        protection: Protection::Ordinary,
        members: Vec::new(),
    };
    user.expect(&mut facts);
    group.expect(&mut facts);
    with_stranger(&mut facts);
    for action in [user, group] {
        let case =
            Case { plan: &plan, facts: &facts, evidence: &evidence, today: jiff::civil::date(2026, 11, 30) };
        let seen = reconciled(&action.key(), &case).expect("everything was read");
        assert_eq!((seen.found, seen.id), (Found::NotKnown, None), "{}", action.key());
    }
}

#[test]
fn nothing_is_said_of_what_was_not_read_and_nothing_known_of_another_version_s_writes() {
    let plan = sample::plan();
    let (facts, evidence) = (Facts::default(), Evidence::default());
    let case =
        Case { plan: &plan, facts: &facts, evidence: &evidence, today: jiff::civil::date(2026, 11, 30) };
    assert_eq!(reconciled(&ActionKind::ExcludeGroup.about("CA1"), &case), None);
    let seen = reconciled(&"dig-moat first".into(), &case).expect("it is closed");
    assert_eq!(seen.found, Found::NotKnown);
}
