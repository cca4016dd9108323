//! `POST /identity/conditionalAccess/evaluate`: which policies would concern a sign-in that nobody makes.
//!
//! Disabled policies never apply; report-only ones do, as on the real service: the caller looks at `state`. Conditions
//! the caller leaves out are not guessed.

use serde_json::{Value, json};

use super::policies::licensed;
use super::request::{Outcome, Request};
use crate::rehearsal::http::json::Object;
use crate::rehearsal::http::odata::context;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::http::reply::Reply;
use crate::rehearsal::identity::conditional_access::{Attempt, REGISTER, Target, concerns};
use crate::rehearsal::state::directory;
use crate::rehearsal::state::directory::user;
use crate::rehearsal::state::model::Policy;
use crate::rehearsal::state::world::World;

/// Answers What-If.
pub fn evaluate(world: &mut World, ask: &Request<'_>) -> Outcome {
    licensed(world)?;
    let body = ask.call.object()?;
    let mut attempt = attempt(world, &body)?;
    let (now, lag) = (world.now, world.seconds(world.state().lags.memberships_in_what_if));
    if lag > 0 {
        for group in world.edit().lags.unknown_of(&attempt.user, now, lag) {
            attempt.groups.remove(&group);
        }
    }
    let applied_only = body.get("appliedPoliciesOnly").and_then(Value::as_bool).unwrap_or(false);
    let results = world.state().policies.iter().map(|policy| judged(world, policy, &attempt));
    let results: Vec<Value> =
        results.filter(|result| !applied_only || result["policyApplies"] == true).collect();
    let context = context(ask.call, "Collection(microsoft.graph.whatIfAnalysisResult)");
    Ok(Reply::json(200, json!({"@odata.context": context, "value": results})))
}

fn judged(world: &World, policy: &Policy, attempt: &Attempt) -> Value {
    let disabled = policy.body["state"] == "disabled";
    let concerned = concerns(&policy.body, attempt, &world.state().locations);
    let mut result = policy.body.clone();
    result["policyApplies"] = json!(!disabled && concerned.is_ok());
    result["analysisReasons"] = json!(match (disabled, concerned) {
        (true, _) => "policyNotEnabled",
        (false, Err(reason)) => reason,
        (false, Ok(())) => "notSet",
    });
    result
}

fn attempt(world: &World, body: &Object) -> Result<Attempt, Refusal> {
    let part =
        |name: &str| body.get(name).filter(|part| part.is_object()).cloned().ok_or_else(|| invalid(name));
    let (identity, context, conditions) =
        (part("signInIdentity")?, part("signInContext")?, part("signInConditions")?);
    let subject = user(world, identity["userId"].as_str().unwrap_or_default())?;
    let text = |name: &str| conditions[name].as_str().map(str::to_owned);
    Ok(Attempt {
        user: subject.id().to_owned(),
        guest: subject.guest(),
        groups: directory::groups_of(world, subject.id()),
        roles: directory::roles_of(world, subject.id()),
        target: target(&context)?,
        client_app: text("clientAppType"),
        platform: text("devicePlatform"),
        address: text("ipAddress"),
        sign_in_risk: text("signInRiskLevel"),
        user_risk: text("userRiskLevel"),
        flow: conditions["authenticationFlow"]["transferMethod"].as_str().map(str::to_owned),
    })
}

fn target(context: &Value) -> Result<Target, Refusal> {
    match context["@odata.type"].as_str().unwrap_or_default() {
        "#microsoft.graph.applicationContext" => {
            let ids = context["includeApplications"].as_array().into_iter().flatten();
            Ok(Target::Applications(ids.filter_map(Value::as_str).map(str::to_owned).collect()))
        }
        "#microsoft.graph.userActionContext" => match context["userAction"].as_str().unwrap_or_default() {
            "registerSecurityInformation" => Ok(Target::Action(REGISTER.to_owned())),
            "registerOrJoinDevices" => Ok(Target::Action("urn:user:registerdevice".to_owned())),
            _ => Err(invalid("userAction")),
        },
        "#microsoft.graph.authContext" => {
            Ok(Target::Context(context["authenticationContextValue"].as_str().unwrap_or_default().to_owned()))
        }
        _ => Err(invalid("signInContext")),
    }
}

fn invalid(name: &str) -> Refusal {
    Refusal::new(400, "BadRequest", format!("The property '{name}' is missing or not valid."))
}
