//! Every request the program can send, against the API descriptions of Microsoft Graph and Azure: path, method, query,
//! body, enum values, unknown properties, and the permissions that are asked for. OAuth's own requests apart.
//!
//! The descriptions lie beside the project, not in it; without them the tests say so and pass.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use breakglass::domain::connection::sign_in::{Audience, GRAPH_SCOPES};
use breakglass::domain::facts::policy::State;
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, Facts, Original};
use breakglass::domain::plan::{Recipient, Ticket, plan_file};
use breakglass::domain::record::Evidence;
use breakglass::domain::secret::SecretId;
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::{
    Action, ActionKind, PassUse, PolicyMethod, Protection, RecycleBin, Repair, RoleRoute, Rule, RuleKind,
};
use breakglass::domain::write::call::{Service, action_group_id, rule_id, workspace_id};
use breakglass::tenant::{Sent, needs};
use serde_json::{Value, json};

use crate::support::descriptions::{Request, check, descriptions};
use crate::support::in_process::InProcess;
use crate::support::served::Served;
use crate::support::words;

const ID: &str = "11111111-2222-4333-8444-555555555555";

/// One of each action the program knows, and more where one kind has several bodies.
pub fn samples() -> Vec<Action> {
    let (slot, id) = (Slot::FIRST, ID.to_owned());
    let text = |text: &str| text.to_owned();
    let workspace = workspace_id(ID, "rg", "law");
    let group = action_group_id(ID, "rg");
    let recipients = vec![Recipient {
        name: text("Operations"),
        email: text("ops@example.com"),
        sms: Some(text("+1 2065550100")),
    }];
    let repairs = ["otherMails", "businessPhones", "department", "jobTitle", "mobilePhone", "usageLocation"];
    let repairs = repairs.map(|name| Repair::Clear(text(name)));
    let opened = |method: PolicyMethod| Action::OpenMethod {
        method,
        target: Some(json!({"targetType": "group", "id": ID, "isRegistrationRequired": false})),
        original: Original::new("", json!({"state": "disabled", "includeTargets": []})),
    };
    let rule = |kind: RuleKind| Rule {
        kind,
        id: rule_id(ID, "rg", kind),
        region: text("westeurope"),
        workspace: workspace.clone(),
        action_group: group.clone(),
        watched: vec![ID.to_owned()],
        query: text("SigninLogs | take 1"),
        original: None,
    };
    let original = json!({"id": ID, "displayName": "P", "state": "enabled",
        "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": [ID]},
            "applications": {"includeApplications": ["All"]}, "clientAppTypes": ["all"]},
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]}, "sessionControls": null});
    vec![
        Action::CreateUser { slot, upn: text("a@b.example"), display_name: text("A"), bin: RecycleBin::Read },
        Action::RepairUser {
            slot,
            id: id.clone(),
            repairs: [vec![Repair::Enable, Repair::NeverExpire], repairs.to_vec()].concat(),
        },
        Action::RemoveLicense { slot, id: id.clone(), sku: id.clone() },
        Action::AssignRole { slot, principal: id.clone(), route: RoleRoute::Direct },
        Action::AssignRole { slot, principal: id.clone(), route: RoleRoute::PastPim },
        Action::AssignRole {
            slot,
            principal: id.clone(),
            route: RoleRoute::Pim {
                justification: text("why"),
                ticket: Some(Ticket { number: text("1"), system: text("S") }),
            },
        },
        opened(PolicyMethod::Fido2),
        opened(PolicyMethod::TemporaryPass),
        opened(PolicyMethod::Sms),
        Action::IssuePass { slot, id: id.clone(), use_once: PassUse::Once, minutes: 60 },
        Action::DeletePass { slot, id: id.clone(), pass: id.clone() },
        Action::AddPhone { slot, id: id.clone(), number: text("+1 5555550100") },
        Action::ReplacePhone { slot, id: id.clone(), phone: id.clone(), number: text("+1 5555550101") },
        Action::DeletePhone { slot, id: id.clone(), phone: id.clone() },
        Action::DeleteKey { slot, id: id.clone(), key: id.clone(), name: text("key") },
        Action::CreateGroup {
            name: text("G"),
            description: text("D"),
            protection: Protection::RoleAssignable,
            members: vec![(slot, id.clone())],
        },
        Action::AddMember { group: id.clone(), slot, id: id.clone() },
        Action::RemoveMember { group: id.clone(), id: id.clone(), name: text("n") },
        Action::AddOwner { group: id.clone(), slot, id: id.clone() },
        Action::RemoveOwner { group: id.clone(), id: id.clone(), name: text("n") },
        Action::ExcludeGroup {
            policy: id.clone(),
            name: text("P"),
            state: State::Enabled,
            groups: vec![id.clone()],
            group: id.clone(),
        },
        Action::RestorePolicy { policy: id.clone(), name: text("P"), original: original.into() },
        Action::EnablePolicy { policy: id.clone(), name: text("P") },
        Action::DisableSecurityDefaults,
        Action::RegisterProvider { subscription: id.clone(), namespace: text("Microsoft.Insights") },
        Action::PutResourceGroup { subscription: id.clone(), name: text("rg"), region: text("westeurope") },
        Action::PutWorkspace {
            subscription: id.clone(),
            resource_group: text("rg"),
            name: text("law"),
            region: text("westeurope"),
        },
        Action::PutDiagnosticSetting {
            workspace: workspace.clone(),
            categories: vec![text("SignInLogs"), text("AuditLogs")],
            original: None,
        },
        Action::PutActionGroup { id: group.clone(), recipients: recipients.clone(), original: None },
        Action::PutRule(rule(RuleKind::SignIn)),
        Action::PutRule(rule(RuleKind::Audit)),
        Action::TestNotification { id: group.clone(), recipients },
        Action::SetPassword { slot, id: id.clone(), secret: SecretId(1) },
        Action::RevokeSessions { slot, id: id.clone() },
        Action::LeaveUnit { slot, id: id.clone(), unit: id.clone(), name: text("unit") },
        Action::EnterUnit { slot, id: id.clone(), unit: id, name: text("unit") },
    ]
}

/// Changes of what others have made in Azure: everything of it goes back.
fn changes_in_azure() -> Vec<Action> {
    let text = str::to_owned;
    let (group, workspace) = (action_group_id(ID, "rg"), workspace_id(ID, "rg", "law"));
    let muted = Original::new(
        "2026-03-01",
        json!({"id": ID, "etag": "x", "kind": "LogAlert", "location": "westeurope", "tags": {"owner": "soc"},
        "properties": {"createdWithApiVersion": "2023-12-01", "description": "ours", "enabled": false, "severity": 3,
            "scopes": [ID], "evaluationFrequency": "PT1H", "windowSize": "PT1H", "muteActionsDuration": "P1D",
            "criteria": {"allOf": [{"query": "x", "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 5}]},
            "actions": {"actionGroups": [ID], "customProperties": {"team": "soc"}}}}),
    );
    let told = Original::new(
        "2026-09-01",
        json!({"id": ID, "name": "ag", "type": "t", "location": "Global", "tags": {"owner": "soc"}, "properties": {
            "groupShortName": "SOC", "enabled": true, "emailReceivers": [{"name": "SecOps", "emailAddress": "a@example.com",
                "status": "Enabled", "verificationStatus": "Verified", "useCommonAlertSchema": true}],
            "smsReceivers": [{"name": "on call", "countryCode": "1", "phoneNumber": "2065550100", "status": "Enabled"}],
            "webhookReceivers": [{"name": "siem", "serviceUri": "https://siem.example.com/hook"}]}}),
    );
    let sent = Original::new(
        "2017-04-01",
        json!({"id": ID, "name": "emergency-access-logs", "location": null, "properties": {"workspaceId": ID,
            "eventHubName": "hub", "logs": [{"category": "RiskyUsers", "enabled": true}]}}),
    );
    let recipients = vec![Recipient { name: text("Ops"), email: text("b@example.com"), sms: None }];
    let categories = vec![text("AuditLogs")];
    vec![
        Action::PutDiagnosticSetting { workspace: workspace.clone(), categories, original: Some(sent) },
        Action::PutActionGroup { id: group.clone(), recipients, original: Some(told) },
        Action::PutRule(Rule {
            kind: RuleKind::SignIn,
            id: rule_id(ID, "rg", RuleKind::SignIn),
            region: text("westeurope"),
            workspace,
            action_group: group,
            watched: vec![text(ID)],
            query: text("SigninLogs | take 1"),
            original: Some(muted),
        }),
    ]
}

#[test]
fn every_write_is_one_that_the_services_describe() {
    let sampled: BTreeSet<ActionKind> = samples().iter().map(Action::kind).collect();
    for kind in ActionKind::all() {
        assert!(sampled.contains(&kind), "no sample of {}", kind.name());
    }
    let Some(descriptions) = descriptions() else { return };
    for action in samples().into_iter().chain(changes_in_azure()) {
        let call = action.call();
        let request = Request {
            service: call.service,
            method: call.verb.as_str().to_owned(),
            path: call.path,
            body: call.body,
        };
        let wrong = check(&descriptions, &request).wrong;
        assert!(
            wrong.is_empty(),
            "{}: {} {}: {wrong:#?}",
            action.kind().name(),
            request.method,
            request.path
        );
    }
}

/// What whole setups really sent, as `-v` tells it.
fn sent(seed: &str) -> Vec<Request> {
    let mut served = Served::new(seed, Vec::new());
    let output = served.setup().arg("-v").output().expect("it runs");
    assert!(matches!(output.status.code(), Some(0 | 2)), "{}", words(&output));
    let origin = served.origin();
    served.stop();
    let file = served.home.record().join(breakglass::app::REQUESTS);
    let text = std::fs::read_to_string(file).expect("what was sent");
    text.lines().filter_map(|line| request(&origin, line)).collect()
}

fn request(origin: &str, line: &str) -> Option<Request> {
    let sent: Value = serde_json::from_str(line).expect("JSON");
    let below = sent["url"].as_str()?.strip_prefix(origin)?;
    let (service, path) = match below.strip_prefix("/graph") {
        Some(path) => (Service::Graph, path),
        // Log Analytics stands in the description of Azure.
        None => (Service::Arm, below.strip_prefix("/arm").or(below.strip_prefix("/logs"))?),
    };
    if path.contains("/operationStatuses/") {
        // The place of a long operation is followed as Azure wrote it; no description has it.
        return None;
    }
    if path.contains("/Microsoft.AlertsManagement/actionRules") {
        // Not in the descriptions at hand (contract 16): its refusal leaves the rules unknown.
        return None;
    }
    let method = sent["method"].as_str()?.to_owned();
    Some(Request { service, method, path: path.to_owned(), body: sent["body"].clone() })
}

/// Everything that a review reads of a tenant in which much has drifted, and two things that the record knows are gone.
async fn read_by_a_review() -> Vec<Request> {
    let tenant = InProcess::start("drifted").await;
    let lines: Arc<Mutex<Vec<String>>> = Arc::default();
    let kept = Arc::clone(&lines);
    let told = move |sent: &Sent| {
        let line = serde_json::to_string(sent).expect("JSON");
        kept.lock().expect("one at a time").push(line);
    };
    let client = tenant.traced(Arc::new(told)).await;
    let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    let mut query = Query::of(&plan, &Evidence::default());
    query.accounts[0].id = Some(ID.to_owned());
    query.group_id = Some(ID.to_owned());
    let mut facts = Facts::default();
    for area in Area::REVIEW {
        let read = client.read(area, &query, &facts).await;
        facts.absorb(read);
    }
    assert!(facts.around.get().is_some_and(|around| around.contexts.get().is_some()), "{:?}", facts.around);
    let lines = lines.lock().expect("one at a time");
    lines.iter().filter_map(|line| request(&tenant.origin(), line)).collect()
}

#[tokio::test]
async fn everything_that_a_review_reads_is_described_and_changes_nothing() {
    let Some(descriptions) = descriptions() else { return };
    let requests = read_by_a_review().await;
    for part in
        ["/deletedItems/", "/authorizationPolicy", "/transitiveMemberOf", "/groups/deadbeef", "evaluate"]
    {
        assert!(requests.iter().any(|request| request.path.contains(part)), "{part} was never asked");
    }
    for request in requests {
        let (checked, path) =
            (check(&descriptions, &request), request.path.split('?').next().unwrap_or_default());
        let is_sound = checked.wrong.is_empty() || is_in_no_slice(path);
        assert!(is_sound, "{} {}: {:#?}", request.method, request.path, checked.wrong);
        assert!(request.method == "GET" || path.ends_with("evaluate") || path.ends_with("query"), "{path}");
        let services: &[Audience] = match request.service {
            Service::Graph => &[Audience::Graph],
            Service::Arm => &[Audience::Arm, Audience::Logs],
        };
        let mut rows = services.iter().filter_map(|service| needs::of(*service, &request.method, path));
        assert!(rows.next().is_some(), "a refusal of {} {path} would name nothing", request.method);
    }
}

/// The regions of a subscription are in none of the slices; where they cannot be read, the list that is built in counts.
/// Nor are risky users; where they cannot be read, a person looks.
fn is_in_no_slice(path: &str) -> bool {
    path.ends_with("/locations") || path.contains("/identityProtection/riskyUsers/")
}

#[test]
fn a_wrong_request_is_noticed() {
    let Some(descriptions) = descriptions() else { return };
    let wrong = |method: &str, path: &str, body: Value| {
        let (method, path) = (method.to_owned(), path.to_owned());
        !check(&descriptions, &Request { service: Service::Graph, method, path, body }).wrong.is_empty()
    };
    assert!(wrong("POST", "/v1.0/users", json!({"displayNam": "x"})));
    assert!(wrong("PATCH", "/v1.0/identity/conditionalAccess/policies/x", json!({"state": "on"})));
    assert!(wrong("GET", "/v1.0/organization?$slect=id", Value::Null));
    assert!(wrong("PUT", "/v1.0/users", Value::Null));
    assert!(!wrong("GET", "/v1.0/organization?$select=id", Value::Null));
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[test]
    fn everything_that_whole_setups_send_is_described_and_allowed_by_what_is_asked_for() {
        let Some(descriptions) = descriptions() else { return };
        let mut used = BTreeSet::new();
        for seed in ["fresh", "p1", "free", "existing"] {
            let requests = sent(seed);
            assert!(requests.len() > 100, "{seed}: only {} requests", requests.len());
            for request in requests {
                let checked = check(&descriptions, &request);
                let wrong = checked.wrong;
                let path = request.path.split('?').next().unwrap_or_default();
                assert!(
                    wrong.is_empty() || is_in_no_slice(path),
                    "{seed}: {} {}: {wrong:#?}\n{}",
                    request.method,
                    request.path,
                    request.body
                );
                let services: &[Audience] = match request.service {
                    Service::Graph => &[Audience::Graph],
                    Service::Arm => &[Audience::Arm, Audience::Logs],
                };
                let path = request.path.split('?').next().unwrap_or_default();
                let is_known =
                    services.iter().any(|service| needs::of(*service, &request.method, path).is_some());
                assert!(is_known, "{seed}: a refusal of {} {path} would name nothing", request.method);
                used.extend(checked.allowed_by);
            }
        }
        // Accounts in a restricted management unit are not in these tenants.
        used.insert("AdministrativeUnit.ReadWrite.All".to_owned());
        let idle: Vec<&str> = GRAPH_SCOPES.into_iter().filter(|scope| !used.contains(*scope)).collect();
        assert!(idle.is_empty(), "asked for without need: {idle:?}");
    }
}
