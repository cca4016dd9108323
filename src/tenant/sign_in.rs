//! Signing in: a browser goes to the sign-in service and returns to this machine with a code.
//!
//! Two kinds: the operator, whose tokens are kept for the run, and the test of an emergency access account, whose
//! token is used for three reads and dropped. Neither is hidden inside a request: a sign-in is something people see.

use std::sync::Arc;
use std::time::{Duration, Instant};

use uuid::Uuid;

use super::jwt;
use super::loopback::{Doorstep, Return};
use super::oauth::{self, OneTime, Wish};
use super::read::directory_roles;
use super::session::Session;
use super::tokens::Grant;
use super::wire::Me;
use crate::domain::action::GLOBAL_ADMINISTRATOR;
use crate::trouble::Trouble;

/// How long the browser may take, tenant time.
const PATIENCE: Duration = Duration::from_mins(10);
/// However fast tenant time runs, a browser is given this long.
const LEAST_PATIENCE: Duration = Duration::from_secs(30);

/// A sign-in that has been started: somebody has to open its address.
pub struct PendingSignIn {
    url: String,
    doorstep: Doorstep,
    once: OneTime,
    scope: String,
    started: Instant,
}

impl PendingSignIn {
    /// The address to open.
    pub fn url(&self) -> &str {
        &self.url
    }
}

/// A finished test of an emergency access account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TestSignIn {
    /// Object id of who signed in.
    pub oid: String,
    /// User principal name of who signed in.
    pub upn: String,
    /// Whether the account's own token shows Global Administrator.
    pub administrator: bool,
    /// Whether a read that administrators make worked; the trouble if not.
    pub read: Result<(), Trouble>,
    /// Seconds from start to the last read, the person's time included.
    pub seconds: u64,
}

/// Starts a sign-in.
pub(super) async fn begin(session: &Session, wish: Wish) -> Result<PendingSignIn, Trouble> {
    let doorstep = Doorstep::open().await?;
    let once = OneTime::new()?;
    let url = oauth::authorize_url(&session.profile, &session.client, (&wish, &once, &doorstep.redirect))?;
    Ok(PendingSignIn { url, doorstep, once, scope: wish.scope, started: Instant::now() })
}

/// Waits for the browser and exchanges its code for tokens, which belong to the right tenant and this sign-in.
pub(super) async fn finish(session: &Session, pending: &mut PendingSignIn) -> Result<Grant, Trouble> {
    let code = match arrived(session, pending).await?.result {
        Ok(code) => code,
        Err(error) => return Err(error.trouble()),
    };
    let fields = [
        ("code", code.as_str()),
        ("redirect_uri", &pending.doorstep.redirect),
        ("code_verifier", &pending.once.verifier),
        ("scope", &pending.scope),
    ];
    let service = (&session.http, &*session.profile);
    let grant = oauth::redeemed(service, &session.client, &fields).await;
    let grant = grant.map_err(|fault| fault.during("The sign-in did not work."))?;
    check(session, pending, &grant)?;
    Ok(grant)
}

async fn arrived(session: &Session, pending: &mut PendingSignIn) -> Result<Return, Trouble> {
    let patience = session.profile.scaled(PATIENCE).max(LEAST_PATIENCE);
    let answer = tokio::time::timeout(patience, pending.doorstep.answer()).await;
    let answer = answer.ok().flatten().ok_or_else(too_late)?;
    if answer.state == pending.once.state { Ok(answer) } else { Err(not_ours("state")) }
}

/// The id token must answer to this very request, for this tenant.
fn check(session: &Session, pending: &PendingSignIn, grant: &Grant) -> Result<(), Trouble> {
    let claims =
        grant.id_token.as_ref().and_then(|token| jwt::claims(token)).ok_or_else(|| not_ours("id token"))?;
    if claims.nonce != pending.once.nonce {
        return Err(not_ours("nonce"));
    }
    // A tenant named by a domain was resolved by the sign-in service itself; only an id can be compared.
    let other = session.client.tenant.parse::<Uuid>().is_ok()
        && !claims.tid.eq_ignore_ascii_case(&session.client.tenant);
    if other { Err(wrong_tenant(&claims.tid)) } else { Ok(()) }
}

/// Finishes the test of an account: the right account, its roles, and one read as an administrator.
pub(super) async fn finish_test(
    session: &Session,
    mut pending: PendingSignIn,
    expected: &str,
) -> Result<TestSignIn, Trouble> {
    let grant = finish(session, &mut pending).await?;
    let own = Session::new(Arc::clone(&session.profile), session.client.clone())?;
    own.sign_in(grant).await;
    let failed = "The account signed in, but could not be looked up.";
    let me: Me = own.graph("/me?$select=id,userPrincipalName").await.map_err(|fault| fault.during(failed))?;
    if !me.id.eq_ignore_ascii_case(expected) {
        return Err(wrong_account(&me.user_principal_name));
    }
    let roles = directory_roles(&own).await.map_err(|fault| fault.during(failed))?;
    let read = own.graph::<serde_json::Value>("/organization?$select=id,displayName").await;
    Ok(TestSignIn {
        oid: me.id,
        upn: me.user_principal_name,
        administrator: roles.iter().any(|(template, _)| template == GLOBAL_ADMINISTRATOR),
        read: read.map(drop).map_err(|fault| fault.during("The account could not read the organization.")),
        seconds: pending.started.elapsed().as_secs(),
    })
}

fn too_late() -> Trouble {
    Trouble::new(
        "The sign-in was not finished.",
        "The browser did not return in ten minutes.",
        "Start the sign-in again.",
    )
}

fn not_ours(what: &str) -> Trouble {
    Trouble::new(
        "The sign-in was not accepted.",
        format!("The answer does not belong to this sign-in (wrong {what})."),
        "Close other sign-in windows and start again.",
    )
}

fn wrong_tenant(id: &str) -> Trouble {
    Trouble::new(
        "The sign-in was not accepted.",
        format!("It is for another tenant ({id})."),
        "Sign in with an account of this tenant, or change --tenant.",
    )
}

fn wrong_account(upn: &str) -> Trouble {
    Trouble::new(
        "Another account signed in.",
        format!("{upn} signed in instead of the account to be tested."),
        "Use a private window and start the test again.",
    )
}
