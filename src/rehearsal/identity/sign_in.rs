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
    let verdict = verdict.and(beyond_policies(world, &attempt, visit.resource, &proof));
    let verdict = verdict.map_err(|denied| unanswered(world, &user, &attempt).unwrap_or(denied));
    let verdict = admitted(world, &user, &proof).and(verdict);
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
    let answers = |kind: &str| works(world, user, kind) && !world.state().troubles.method(kind, world.now);
    let strongest = kinds.iter().find(|(kind, _)| answers(kind)).map_or("pwd", |(_, method)| method);
    Proof { methods: vec![strongest.to_owned()], managed_device: user.at_managed_device }
}

/// What a sign-in to Graph with just this proof comes to, whatever else the account could prove: every policy with its result,
/// and whether somebody gets in.
pub fn attempted(
    world: &World,
    user: &User,
    attempt: &Attempt,
    proof: &Proof,
) -> (Vec<Value>, Result<(), Denied>) {
    let (applied, verdict) = judged(world, attempt, proof);
    let verdict = verdict.and(beyond_policies(world, attempt, Resource::Graph, proof));
    (applied, admitted(world, user, proof).and(verdict))
}

/// The refusal of somebody who would get in if a method that is out for everybody answered. That this number stands for a
/// second factor that was not answered is common knowledge, UNVERIFIED.
fn unanswered(world: &World, user: &User, attempt: &Attempt) -> Option<Denied> {
    let kinds = [("microsoftAuthenticator", "app"), ("phone", "phone"), ("fido2", "fido")];
    let is_out = |kind: &str| works(world, user, kind) && world.state().troubles.method(kind, world.now);
    let would_do = kinds.into_iter().filter(|(kind, _)| is_out(kind)).any(|(_, method)| {
        let proof = Proof { methods: vec![method.to_owned()], managed_device: user.at_managed_device };
        judged(world, attempt, &proof).1.is_ok()
    });
    would_do.then(|| {
        Denied::new(500_121, "access_denied", "Authentication failed during strong authentication request.")
    })
}

fn unknown(key: &str) -> Denied {
    Denied::new(50034, "invalid_grant", format!("The user account {key} does not exist in this directory."))
}

/// What stops somebody before any policy is asked: a server of the own domain that is down, an account that is disabled, a
/// password that nobody here knows. A key needs no password.
fn admitted(world: &World, user: &User, proof: &Proof) -> Result<(), Denied> {
    let domain = user.upn().rsplit('@').next().unwrap_or_default();
    if world.state().is_federated(domain) && world.state().troubles.domain(domain, world.now) {
        return Err(no_server(domain));
    }
    if !user.enabled() {
        return Err(Denied::new(50057, "access_denied", "The user account is disabled."));
    }
    let needs_password = proof.methods.iter().any(|method| method != "fido");
    if user.beside.password_unknown && needs_password {
        let message = "Error validating credentials due to invalid username or password.";
        return Err(Denied::new(50126, "access_denied", message));
    }
    Ok(())
}

/// In life the browser ends at a server that does not answer, and Entra says nothing. Here the answer comes back, so that
/// nobody waits for it; its number is that of a passing error, UNVERIFIED.
fn no_server(domain: &str) -> Denied {
    let message = format!(
        "A transient error has occurred. Please try again. The sign-in server of the federated domain {domain} does not \
         answer."
    );
    Denied::new(90_033, "temporarily_unavailable", message)
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
