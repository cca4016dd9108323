//! A simulated person signs in: account, Conditional Access, mandatory MFA, security defaults, and a line in the log.
//!
//! The person always uses the strongest method the account has. Nobody types a password here: whoever plays a person
//! is taken to know it. The log line becomes readable about two tenant minutes later.

use serde_json::{Value, json};

use super::apps::Resource;
use super::conditional_access as engine;
use super::conditional_access::{Attempt, Proof, Target};
use super::sign_in_log::{Line, log};
use super::visit::{Denied, Session, Visit};
use crate::rehearsal::state::directory;
use crate::rehearsal::state::methods::works;
use crate::rehearsal::state::model::User;
use crate::rehearsal::state::world::World;

/// Plays the person. Writes the log whatever comes out.
pub fn sign_in(world: &mut World, visit: &Visit) -> Result<Session, Denied> {
    let key = visit.upn.clone().unwrap_or_else(|| world.state().operator.clone());
    let user = directory::user(world, &key).cloned().map_err(|_| unknown(&key))?;
    let proof = proof_of(world, &user);
    let mut attempt =
        engine::attempt(world, &user, Target::Applications(vec![visit.resource.app().to_owned()]));
    attempt.flow.clone_from(&visit.flow);
    let (applied, verdict) = judged(world, &attempt, &proof);
    let verdict = admitted(&user).and(verdict).and(beyond_policies(world, &attempt, visit.resource, &proof));
    log(world, visit, &Line { user: &user, applied, denied: verdict.as_ref().err(), attempt: &attempt });
    verdict.map(|()| Session { user: user.id().to_owned(), methods: proof.methods, contexts: Vec::new() })
}

/// Policies are asked again where a refresh token is used, for the service it is used for: nobody gets into one service
/// with a sign-in that only another would take. The error is that of a sign-in that a person has to make anew (contract
/// 10 has the words; that a refusal by policy comes as `invalid_grant` here is common knowledge, UNVERIFIED). Uses of
/// refresh tokens do not show in this log (contract 9).
pub fn admitted_to(world: &World, session: &Session, resource: Resource) -> Result<(), Denied> {
    let user = directory::user(world, &session.user).map_err(|_| unknown(&session.user))?;
    let proof = Proof { methods: session.methods.clone(), managed_device: user.at_managed_device };
    let attempt = engine::attempt(world, user, Target::Applications(vec![resource.app().to_owned()]));
    let (_, verdict) = judged(world, &attempt, &proof);
    let verdict = verdict.and(beyond_policies(world, &attempt, resource, &proof));
    verdict.map_err(|denied| Denied { error: "invalid_grant", ..denied })
}

/// The strongest proof an account can give in a browser, without a pass.
pub fn proof_of(world: &World, user: &User) -> Proof {
    let kinds = [("fido2", "fido"), ("microsoftAuthenticator", "app"), ("phone", "phone")];
    let strongest =
        kinds.iter().find(|(kind, _)| works(world, user, kind)).map_or("pwd", |(_, method)| method);
    Proof { methods: vec![strongest.to_owned()], managed_device: user.at_managed_device }
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
fn beyond_policies(
    world: &World,
    attempt: &Attempt,
    resource: Resource,
    proof: &Proof,
) -> Result<(), Denied> {
    let mandatory = resource == Resource::Arm;
    let defaults = world.state().security_defaults && !attempt.roles.is_empty();
    if (mandatory || defaults) && !proof.strong() {
        let message = "Due to a configuration change made by your administrator, or because you moved to a new \
             location, you must enroll in multi-factor authentication.";
        return Err(Denied::new(50079, "interaction_required", message));
    }
    Ok(())
}
