//! Every request the program can send, against the API descriptions of Microsoft Graph and Azure: path, method, query,
//! body, enum values, unknown properties, and the permissions that are asked for. OAuth's own requests apart.
//!
//! The descriptions lie beside the project, not in it; without them the tests say so and pass.

use std::collections::BTreeSet;
use std::path::PathBuf;

use breakglass::domain::connection::sign_in::GRAPH_SCOPES;
use breakglass::domain::facts::policy::State;
use breakglass::domain::plan::Recipient;
use breakglass::domain::secret::SecretId;
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::{
    Action, ActionKind, PassUse, PolicyMethod, Protection, Repair, RoleRoute, Rule, RuleKind,
};
use breakglass::domain::write::call::{Service, action_group_id, rule_id, workspace_id};
use serde_json::{Value, json};

use crate::served::Served;
use crate::support::words;

const ID: &str = "11111111-2222-4333-8444-555555555555";

/// Scalar properties of a user, and the members of a group, that were left out when the description was cut down (its
/// README says so).
const PRUNED: [&str; 4] = ["department", "companyName", "officeLocation", "members@odata.bind"];

/// Both descriptions, or nothing where they are not at hand.
fn descriptions() -> Option<[Value; 2]> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../shared/contract/openapi");
    let read = |name: &str| {
        let text = std::fs::read_to_string(folder.join(name)).ok()?;
        serde_json::from_str(&text).ok()
    };
    let found = read("graph-v1.0.json").zip(read("arm.json"));
    if found.is_none() {
        eprintln!("skipped: the API descriptions are not at hand in {}", folder.display());
    }
    found.map(|(graph, arm)| [graph, arm])
}

/// A request: service, method, path below the service with its query, body.
struct Request {
    service: Service,
    method: String,
    path: String,
    body: Value,
}

/// What is wrong with a request; empty when it is right. Also which of our scopes allow it.
struct Checked {
    wrong: Vec<String>,
    allowed_by: BTreeSet<String>,
}

fn check(descriptions: &[Value; 2], request: &Request) -> Checked {
    let description = match request.service {
        Service::Graph => &descriptions[0],
        Service::Arm => &descriptions[1],
    };
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    let path = path.strip_prefix("/v1.0").filter(|_| request.service == Service::Graph).unwrap_or(path);
    let mut checked = Checked { wrong: Vec::new(), allowed_by: BTreeSet::new() };
    let Some(operation) = operation(description, (path, &request.method.to_lowercase())) else {
        checked.wrong.push("no such operation".to_owned());
        return checked;
    };
    checked.wrong.extend(query_wrong(operation, query));
    checked.wrong.extend(body_wrong((description, operation), &request.body));
    if request.service == Service::Graph {
        let listed = operation["x-ms-delegated-permissions"].as_array().into_iter().flatten();
        let listed: BTreeSet<&str> = listed.filter_map(|p| p["scope"].as_str()).collect();
        // A permission to write covers reading.
        let covers = |scope: &&&str| {
            listed.contains(**scope) || listed.contains(scope.replace("ReadWrite", "Read").as_str())
        };
        let ours = GRAPH_SCOPES.iter().filter(covers);
        checked.allowed_by = ours.map(|scope| (*scope).to_owned()).collect();
        if checked.allowed_by.is_empty() && !listed.is_empty() {
            checked.wrong.push(format!("none of our scopes is among {listed:?}"));
        }
    }
    checked
}

/// The operation whose path fits best: as few placeholders as possible.
fn operation<'a>(description: &'a Value, (path, method): (&str, &str)) -> Option<&'a Value> {
    let segments: Vec<&str> = path.split('/').collect();
    let fits = |template: &str| {
        let parts: Vec<&str> = template.split('/').collect();
        let alike =
            |(part, segment): (&&str, &&str)| part.starts_with('{') || part.eq_ignore_ascii_case(segment);
        parts.len() == segments.len() && parts.iter().zip(&segments).all(alike)
    };
    let paths = description["paths"].as_object()?;
    let best = paths.iter().filter(|(template, item)| fits(template) && !item[method].is_null());
    best.min_by_key(|(template, _)| template.matches('{').count()).map(|(_, item)| &item[method])
}

fn query_wrong(operation: &Value, query: &str) -> Vec<String> {
    let given: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let parameters: Vec<&Value> =
        operation["parameters"].as_array().into_iter().flatten().filter(|p| p["in"] == "query").collect();
    let mut wrong = Vec::new();
    for (name, value) in &given {
        match parameters.iter().find(|p| p["name"].as_str().is_some_and(|n| n.eq_ignore_ascii_case(name))) {
            // A next link is followed as the server wrote it.
            None if name.eq_ignore_ascii_case("$skiptoken") => {}
            None => wrong.push(format!("no parameter {name}")),
            Some(parameter) => {
                let allowed = parameter["schema"]["enum"].as_array();
                if allowed.is_some_and(|all| !all.contains(&json!(value))) {
                    wrong.push(format!("{name}={value} is not one of {allowed:?}"));
                }
            }
        }
    }
    for parameter in parameters.iter().filter(|p| p["required"] == true) {
        let name = parameter["name"].as_str().unwrap_or_default();
        if !given.iter().any(|(n, _)| n.eq_ignore_ascii_case(name)) {
            wrong.push(format!("{name} is missing"));
        }
    }
    wrong
}

fn body_wrong((description, operation): (&Value, &Value), body: &Value) -> Vec<String> {
    let content = operation["requestBody"]["content"].as_object().and_then(|all| all.values().next());
    match (content, body) {
        (None, Value::Null) => Vec::new(),
        (None, _) => vec!["a body where none belongs".to_owned()],
        (Some(_), Value::Null) if operation["requestBody"]["required"] == true => {
            vec!["the body is missing".to_owned()]
        }
        (Some(_), Value::Null) => Vec::new(),
        (Some(content), body) => {
            let mut wrong = Vec::new();
            value_wrong(description, (&content["schema"], body), ("body", &mut wrong));
            wrong
        }
    }
}

/// A schema with its references followed: alternatives of which one has to fit.
fn resolved<'a>(description: &'a Value, schema: &'a Value) -> &'a Value {
    match schema["$ref"].as_str() {
        Some(reference) => {
            let target = description.pointer(reference.trim_start_matches('#'));
            resolved(description, target.expect("the reference leads somewhere"))
        }
        None => schema,
    }
}

fn value_wrong(
    description: &Value,
    (schema, value): (&Value, &Value),
    (at, wrong): (&str, &mut Vec<String>),
) {
    let schema = resolved(description, schema);
    for way in ["anyOf", "oneOf"] {
        if let Some(choices) = schema[way].as_array() {
            let attempts = choices.iter().map(|choice| {
                let mut own = Vec::new();
                value_wrong(description, (choice, value), (at, &mut own));
                own
            });
            let best = attempts.min_by_key(Vec::len).unwrap_or_default();
            return wrong.extend(best);
        }
    }
    if let Some(allowed) = schema["enum"].as_array()
        && !allowed.contains(value)
    {
        wrong.push(format!("{at}: {value} is not one of {allowed:?}"));
    }
    let fits = match schema["type"].as_str() {
        Some("string") => value.is_string() || value.is_null(),
        Some("boolean") => value.is_boolean() || value.is_null(),
        Some("integer") => value.is_i64() || value.is_null(),
        Some("number") => value.is_number() || value.is_null(),
        Some("array") => value.is_array(),
        Some("object") | None => true,
        Some(other) => panic!("{other} is a type nobody thought of"),
    };
    if !fits {
        wrong.push(format!("{at}: {value} is no {}", schema["type"]));
    }
    match value {
        Value::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                value_wrong(description, (&schema["items"], item), (&format!("{at}[{index}]"), wrong));
            }
        }
        Value::Object(members) => {
            let schemas = members_of(description, (schema, value));
            for (name, member) in members {
                match schemas.iter().find_map(|s| s["properties"].get(name)) {
                    Some(own) => value_wrong(description, (own, member), (&format!("{at}.{name}"), wrong)),
                    // An annotation of a known property, as OData writes it.
                    None if name.split_once('@').is_some_and(|(base, _)| {
                        base.is_empty() || schemas.iter().any(|s| s["properties"].get(base).is_some())
                    }) => {}
                    None if PRUNED.contains(&name.as_str()) => {}
                    None => wrong.push(format!("{at}: unknown property {name}")),
                }
            }
        }
        _ => {}
    }
}

/// Every object schema whose properties count: bases, and the derived type that `@odata.type` names.
fn members_of<'a>(description: &'a Value, (schema, value): (&'a Value, &Value)) -> Vec<&'a Value> {
    let mut found = Vec::new();
    collect(description, schema, &mut found);
    if let Some(kind) = value["@odata.type"].as_str() {
        let name = kind.trim_start_matches('#');
        if let Some(derived) = description["components"]["schemas"].get(name) {
            collect(description, derived, &mut found);
        }
    }
    found
}

fn collect<'a>(description: &'a Value, schema: &'a Value, found: &mut Vec<&'a Value>) {
    let schema = resolved(description, schema);
    found.push(schema);
    for base in schema["allOf"].as_array().into_iter().flatten() {
        collect(description, base, found);
    }
}

/// One of each action the program knows, and more where one kind has several bodies.
fn samples() -> Vec<Action> {
    let (slot, id) = (Slot::FIRST, ID.to_owned());
    let text = |text: &str| text.to_owned();
    let workspace = workspace_id(ID, "rg", "law");
    let group = action_group_id(ID, "rg");
    let recipients = vec![Recipient { name: text("Operations"), email: text("ops@example.com") }];
    let repairs = ["otherMails", "businessPhones", "department", "jobTitle", "mobilePhone", "usageLocation"];
    let repairs = repairs.map(|name| Repair::Clear(text(name)));
    let target = json!({"targetType": "group", "id": ID, "isRegistrationRequired": false});
    let rule = |kind: RuleKind| Rule {
        kind,
        id: rule_id(ID, "rg", kind),
        region: text("westeurope"),
        workspace: workspace.clone(),
        action_group: group.clone(),
        query: text("SigninLogs | take 1"),
    };
    let original = json!({"id": ID, "displayName": "P", "state": "enabled",
        "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": [ID]},
            "applications": {"includeApplications": ["All"]}, "clientAppTypes": ["all"]},
        "grantControls": {"operator": "OR", "builtInControls": ["mfa"]}, "sessionControls": null});
    vec![
        Action::CreateUser { slot, upn: text("a@b.example"), display_name: text("A") },
        Action::RepairUser {
            slot,
            id: id.clone(),
            repairs: [vec![Repair::Enable, Repair::NeverExpire], repairs.to_vec()].concat(),
        },
        Action::RemoveLicense { slot, id: id.clone(), sku: id.clone() },
        Action::AssignRole { slot, principal: id.clone(), route: RoleRoute::Direct },
        Action::AssignRole {
            slot,
            principal: id.clone(),
            route: RoleRoute::Pim { justification: text("why") },
        },
        Action::OpenMethod { method: PolicyMethod::Fido2, targets: vec![target.clone()] },
        Action::OpenMethod { method: PolicyMethod::TemporaryPass, targets: vec![target.clone()] },
        Action::OpenMethod { method: PolicyMethod::Sms, targets: vec![target] },
        Action::IssuePass { slot, id: id.clone(), use_once: PassUse::Once },
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
        Action::PutDiagnosticSetting { workspace: workspace.clone() },
        Action::PutActionGroup { id: group.clone(), recipients: recipients.clone() },
        Action::PutRule(rule(RuleKind::SignIn)),
        Action::PutRule(rule(RuleKind::Audit)),
        Action::TestNotification { id: group.clone(), recipients },
        Action::SetPassword { slot, id: id.clone(), secret: SecretId(1) },
        Action::RevokeSessions { slot, id: id.clone() },
        Action::LeaveUnit { slot, id: id.clone(), unit: id.clone(), name: text("unit") },
        Action::EnterUnit { slot, id: id.clone(), unit: id, name: text("unit") },
    ]
}

#[test]
fn every_write_is_one_that_the_services_describe() {
    let sampled: BTreeSet<ActionKind> = samples().iter().map(Action::kind).collect();
    for kind in ActionKind::all() {
        assert!(sampled.contains(&kind), "no sample of {}", kind.name());
    }
    let Some(descriptions) = descriptions() else { return };
    for action in samples() {
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
    let method = sent["method"].as_str()?.to_owned();
    Some(Request { service, method, path: path.to_owned(), body: sent["body"].clone() })
}

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
            assert!(
                wrong.is_empty(),
                "{seed}: {} {}: {wrong:#?}\n{}",
                request.method,
                request.path,
                request.body
            );
            used.extend(checked.allowed_by);
        }
    }
    // Accounts in a restricted management unit are not in these tenants.
    used.insert("AdministrativeUnit.ReadWrite.All".to_owned());
    let idle: Vec<&str> = GRAPH_SCOPES.into_iter().filter(|scope| !used.contains(*scope)).collect();
    assert!(idle.is_empty(), "asked for without need: {idle:?}");
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
