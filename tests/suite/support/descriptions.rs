//! The API descriptions of Microsoft Graph and Azure, and whether a request is one that they describe.

use std::collections::BTreeSet;
use std::path::PathBuf;

use breakglass::domain::connection::sign_in::GRAPH_SCOPES;
use breakglass::domain::write::call::Service;
use serde_json::{Value, json};

/// Scalar properties of a user, and the members of a group, that were left out when the description was cut down (its
/// README says so).
const PRUNED: [&str; 4] = ["department", "companyName", "officeLocation", "members@odata.bind"];

/// Both descriptions, or nothing where they are not at hand.
pub fn descriptions() -> Option<[Value; 2]> {
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
pub struct Request {
    pub service: Service,
    pub method: String,
    pub path: String,
    pub body: Value,
}

/// What is wrong with a request; empty when it is right. Also which of our scopes allow it.
pub struct Checked {
    pub wrong: Vec<String>,
    pub allowed_by: BTreeSet<String>,
}

pub fn check(descriptions: &[Value; 2], request: &Request) -> Checked {
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
pub fn operation<'a>(description: &'a Value, (path, method): (&str, &str)) -> Option<&'a Value> {
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
pub fn resolved<'a>(description: &'a Value, schema: &'a Value) -> &'a Value {
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
                    // A map of names that people chose, such as tags.
                    None if schemas.iter().any(|s| s["additionalProperties"].is_object()) => {}
                    None => wrong.push(format!("{at}: unknown property {name}")),
                }
            }
        }
        _ => {}
    }
}

/// Every object schema whose properties count: bases, and the derived type that `@odata.type` names.
pub fn members_of<'a>(description: &'a Value, (schema, value): (&'a Value, &Value)) -> Vec<&'a Value> {
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

pub fn collect<'a>(description: &'a Value, schema: &'a Value, found: &mut Vec<&'a Value>) {
    let schema = resolved(description, schema);
    found.push(schema);
    for base in schema["allOf"].as_array().into_iter().flatten() {
        collect(description, base, found);
    }
}
