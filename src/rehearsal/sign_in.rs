//! A simulated person signs in: account, Conditional Access, mandatory MFA, security defaults, and a line in the log.
//!
//! The person always uses the strongest method the account has. Nobody types a password here: whoever plays a person
//! is taken to know it. The log line becomes readable about two tenant minutes later.

use serde_json::{Value, json};

use super::conditional_access::{self as engine, Attempt, Proof, Target};
use super::directory;
use super::hashing::new_id;
use super::state::{Logged, User};
use super::world::World;

/// Application id of Microsoft Graph.
pub const GRAPH_APP: &str = "00000003-0000-0000-c000-000000000000";
/// Application id of Azure Resource Manager, as the contract gives it.
pub const ARM_APP: &str = "797f4846-ba00-4fd7-ba43-dac1f8f63013";
/// Application id that stands for the Log Analytics API here.
pub const LOGS_APP: &str = "ca7f3f0b-7d91-482c-8e09-c5d840d0eac5";

/// What a token is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Resource {
    Graph,
    Arm,
    Logs,
}

impl Resource {
    /// Its application id.
    pub fn app(self) -> &'static str {
        match self {
            Self::Graph => GRAPH_APP,
            Self::Arm => ARM_APP,
            Self::Logs => LOGS_APP,
        }
    }

    /// Its name in the sign-in log.
    pub fn name(self) -> &'static str {
        match self {
            Self::Graph => "Microsoft Graph",
            Self::Arm => "Windows Azure Service Management API",
            Self::Logs => "Log Analytics API",
        }
    }
}

/// Who comes, with what, for what.
#[derive(Clone, Debug)]
pub struct Visit {
    /// User principal name; none for the seed's operator.
    pub upn: Option<String>,
    pub client: String,
    pub resource: Resource,
    /// `deviceCodeFlow`, or none.
    pub flow: Option<String>,
}

/// Somebody who is in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Object id.
    pub user: String,
    /// As [`Proof::methods`].
    pub methods: Vec<String>,
    /// Authentication contexts that were asked for and met.
    pub contexts: Vec<String>,
}

/// A refused sign-in: an AADSTS number, the OAuth error and the words.
#[derive(Clone, Debug)]
pub struct Denied {
    pub code: u32,
    pub error: &'static str,
    pub message: String,
}

impl Denied {
    /// Any refusal.
    pub fn new(code: u32, error: &'static str, message: impl Into<String>) -> Self {
        Self { code, error, message: message.into() }
    }

    /// `AADSTS…: …`, as it stands in `error_description`.
    pub fn description(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.message)
    }
}

/// Plays the person. Writes the log whatever comes out.
pub fn sign_in(world: &mut World, visit: &Visit) -> Result<Session, Denied> {
    let key = visit.upn.clone().unwrap_or_else(|| world.state().operator.clone());
    let user = directory::user(world, &key).cloned().map_err(|_| unknown(&key))?;
    let proof = proof_of(&user);
    let mut attempt =
        engine::attempt(world, &user, Target::Applications(vec![visit.resource.app().to_owned()]));
    attempt.flow.clone_from(&visit.flow);
    let (applied, verdict) = judged(world, &attempt, &proof);
    let verdict =
        admitted(&user).and(verdict).and(beyond_policies(world, &attempt, (visit.resource, &proof)));
    log(world, visit, &Line { user: &user, applied, denied: verdict.as_ref().err(), attempt: &attempt });
    verdict.map(|()| Session { user: user.id().to_owned(), methods: proof.methods, contexts: Vec::new() })
}

/// The strongest proof an account can give in a browser, without a pass.
pub fn proof_of(user: &User) -> Proof {
    let kinds = [("fido2", "fido"), ("microsoftAuthenticator", "app"), ("phone", "phone")];
    let strongest = kinds.iter().find(|(kind, _)| user.has(kind)).map_or("pwd", |(_, method)| method);
    Proof { methods: vec![strongest.to_owned()], managed_device: user.at_managed_device }
}

/// The `amr` values of a session.
pub fn amr(methods: &[String]) -> Vec<&'static str> {
    match methods.first().map(String::as_str) {
        Some("fido") => vec!["fido", "mfa"],
        Some("app" | "phone" | "tap") => vec!["pwd", "mfa"],
        Some(_) | None => vec!["pwd"],
    }
}

fn unknown(key: &str) -> Denied {
    Denied::new(50034, "invalid_grant", format!("The user account {key} does not exist in this directory."))
}

fn admitted(user: &User) -> Result<(), Denied> {
    if user.enabled() {
        return Ok(());
    }
    Err(Denied::new(50057, "access_denied", "The user account is disabled."))
}

/// Every policy that concerns the attempt with its result for the log, and the first refusal among enforced ones.
fn judged(world: &World, attempt: &Attempt, proof: &Proof) -> (Vec<Value>, Result<(), Denied>) {
    let mut applied = Vec::new();
    let mut verdict = Ok(());
    for policy in &world.state().policies {
        let concerned = engine::concerns(&policy.body, attempt, &world.state().locations).is_ok();
        let met = engine::satisfied(&policy.body, proof);
        let state = policy.body["state"].as_str().unwrap_or_default();
        let result = result_word(state, concerned, met);
        if result == "failure" && verdict.is_ok() {
            verdict = Err(caught(policy.name()));
        }
        applied.push(json!({"id": policy.id(), "displayName": policy.name(), "result": result,
            "enforcedGrantControls": [], "enforcedSessionControls": []}));
    }
    (applied, verdict)
}

fn result_word(state: &str, concerned: bool, met: bool) -> &'static str {
    match (state, concerned, met) {
        ("enabled", true, true) => "success",
        ("enabled", true, false) => "failure",
        ("enabled", false, _) => "notApplied",
        ("enabledForReportingButNotEnforced", true, true) => "reportOnlySuccess",
        ("enabledForReportingButNotEnforced", true, false) => "reportOnlyFailure",
        ("enabledForReportingButNotEnforced", false, _) => "reportOnlyNotApplied",
        _ => "notEnabled",
    }
}

fn caught(policy: &str) -> Denied {
    let message = format!(
        "Access has been blocked by Conditional Access policies. The access policy does not allow \
         token issuance. Policy: {policy}"
    );
    Denied::new(53003, "access_denied", message)
}

/// Mandatory MFA for Azure, and security defaults for administrators: neither knows exclusions.
fn beyond_policies(world: &World, attempt: &Attempt, visit: (Resource, &Proof)) -> Result<(), Denied> {
    let (resource, proof) = visit;
    let mandatory = resource == Resource::Arm;
    let defaults = world.state().security_defaults && !attempt.roles.is_empty();
    if (mandatory || defaults) && !proof.strong() {
        let message = "Due to a configuration change made by your administrator, or because you moved to a new \
             location, you must enroll in multi-factor authentication.";
        return Err(Denied::new(50079, "interaction_required", message));
    }
    Ok(())
}

/// What goes into a line of the log.
struct Line<'a> {
    user: &'a User,
    applied: Vec<Value>,
    denied: Option<&'a Denied>,
    attempt: &'a Attempt,
}

fn log(world: &mut World, visit: &Visit, line: &Line<'_>) {
    let body = entry(world, visit, line);
    let (happened_at, visible_at) = (world.now, world.now + world.minutes(2));
    world.edit().sign_ins.push(Logged { body, happened_at, visible_at });
}

fn entry(world: &World, visit: &Visit, line: &Line<'_>) -> Value {
    let failed = line.denied.is_some();
    // A failed sign-in says nothing about policies unless a policy was what stopped it.
    let told = line.denied.is_none_or(|denied| denied.code == 53003);
    let applied = if told { line.applied.clone() } else { Vec::new() };
    json!({
        "id": new_id(), "createdDateTime": world.stamp(), "userId": line.user.id(),
        "userDisplayName": line.user.body.get("displayName"), "userPrincipalName": line.user.upn(),
        "appId": visit.client, "appDisplayName": app_name(&visit.client),
        "ipAddress": line.attempt.address, "clientAppUsed": "Browser", "correlationId": new_id(),
        "conditionalAccessStatus": status_word(&applied, failed), "isInteractive": true, "riskDetail": "none",
        "riskLevelAggregated": "none", "riskLevelDuringSignIn": "none", "riskState": "none",
        "riskEventTypes": [], "riskEventTypes_v2": [], "resourceDisplayName": visit.resource.name(),
        "resourceId": visit.resource.app(), "homeTenantId": super::TENANT_ID, "resourceTenantId": super::TENANT_ID,
        "status": {"errorCode": line.denied.map_or(0, |denied| denied.code),
            "failureReason": line.denied.map_or("Other.", |denied| denied.message.as_str()),
            "additionalDetails": null},
        "deviceDetail": {"deviceId": "", "displayName": null, "operatingSystem": "Windows", "browser": "Rehearsal",
            "isCompliant": line.user.at_managed_device, "isManaged": line.user.at_managed_device, "trustType": null},
        "location": {"city": "Fabrikam", "state": null, "countryOrRegion": "US",
            "geoCoordinates": {"altitude": null, "latitude": null, "longitude": null}},
        "appliedConditionalAccessPolicies": applied})
}

fn status_word(applied: &[Value], failed: bool) -> &'static str {
    let any = |word: &str| applied.iter().any(|policy| policy["result"] == word);
    if any("failure") {
        "failure"
    } else if any("success") && !failed {
        "success"
    } else {
        "notApplied"
    }
}

fn app_name(client: &str) -> &'static str {
    match client {
        super::scopes::GRAPH_POWERSHELL => "Microsoft Graph Command Line Tools",
        super::scopes::AZURE_CLI => "Microsoft Azure CLI",
        _ => "Rehearsal client",
    }
}
