//! Whether the sign-in service knows the tenant, asked before anybody is sent there: in a browser an unknown tenant ends
//! on a page that never comes back.
//!
//! `/{tenant}/v2.0/.well-known/openid-configuration` needs no token (OpenID Connect Discovery 1.0). That an unknown tenant
//! is answered with 400 and AADSTS90002 is common knowledge and in no description at hand, so only this very answer
//! stops a sign-in; any other refusal leaves it to the sign-in itself. A service that is out (5xx) is told as such.

use std::time::Duration;

use serde_json::Value;

use super::oauth::{self, Client, OAuthError};
use crate::domain::connection::sign_in::{Audience, SignInWay};
use crate::domain::text::{clean, cut};
use crate::domain::trouble::Trouble;
use crate::tenant::fault::Fault;
use crate::tenant::http::{Request, Response};
use crate::tenant::session::Session;

/// The service's number for a tenant it does not know.
const UNKNOWN: u32 = 90002;
/// How often a look that got no answer is repeated.
const REPEATS: u32 = 2;

/// Looks whether the service knows the tenant, and keeps who issues its tokens.
///
/// # Errors
///
/// When the service does not know the tenant, or (where the sign-in needs it from here) cannot be reached.
pub(super) async fn check(session: &Session, client: &Client, way: SignInWay) -> Result<(), Trouble> {
    let ask = Request::get(Audience::Graph, metadata(session, client));
    let answer = match looked(session, &ask.url).await {
        Ok(answer) => answer,
        // A managed identity's tokens come from the machine it runs on, which may reach nothing else.
        Err(_) if way == SignInWay::ManagedIdentity => return Ok(()),
        Err(fault) => return Err(fault.during("The sign-in cannot begin.")),
    };
    if is_unwell(&answer) && way != SignInWay::ManagedIdentity {
        return Err(oauth::unwell(answer.status.as_u16()).with_request(&answer.request));
    }
    if let Some(fault) = answer.page(&ask).filter(|_| answer.status.is_success()) {
        return Err(fault.during("The sign-in cannot begin."));
    }
    let error: OAuthError = serde_json::from_slice(&answer.body).unwrap_or_default();
    if error.number() == Some(UNKNOWN) {
        return Err(unknown(&client.tenant, &error).with_request(&answer.request));
    }
    session.keep_issuer(named_issuer(&answer));
    Ok(())
}

/// Who issues this tenant's id tokens: as the service's own metadata says, which is looked at once; where that says
/// nothing, as it usually is. `{tenantid}` stands for the tenant.
pub(super) async fn issuer(session: &Session, client: &Client) -> Result<String, Fault> {
    let usual = || format!("{}/{{tenantid}}/v2.0", session.profile.login);
    if let Some(known) = session.issuer() {
        return Ok(known);
    }
    let answer = looked(session, &metadata(session, client)).await?;
    session.keep_issuer(named_issuer(&answer));
    Ok(session.issuer().unwrap_or_else(usual))
}

/// Where the tenant's metadata lies.
fn metadata(session: &Session, client: &Client) -> String {
    format!("{}/{}/v2.0/.well-known/openid-configuration", session.profile.login, client.tenant)
}

/// `issuer` of the metadata (OpenID Connect Discovery 1.0, 3).
fn named_issuer(answer: &Response) -> Option<String> {
    let metadata: Value = serde_json::from_slice(&answer.body).ok()?;
    metadata.get("issuer")?.as_str().map(str::to_owned)
}

/// Looks again a few times where the trouble passes by itself.
async fn looked(session: &Session, url: &str) -> Result<Response, Fault> {
    let mut tries = 0;
    loop {
        match session.http.look(url).await {
            Err(fault) if fault.is_passing() && tries < REPEATS => tries += 1,
            Ok(answer) if is_unwell(&answer) && tries < REPEATS => tries += 1,
            done => return done,
        }
        session.pause(Duration::from_secs(2 << tries)).await;
    }
}

/// Whether the sign-in service itself is out: a browser sent there would show its error page and never come back.
fn is_unwell(answer: &Response) -> bool {
    answer.status.is_server_error()
}

/// Why nobody came back, where the service is out now.
pub(super) async fn outage(session: &Session, client: &Client) -> Option<Trouble> {
    match session.http.look(&metadata(session, client)).await {
        Ok(answer) => {
            let trouble = || oauth::unwell(answer.status.as_u16()).with_request(&answer.request);
            is_unwell(&answer).then(trouble)
        }
        Err(fault) => Some(fault.during("The sign-in was not finished.")),
    }
}

fn unknown(tenant: &str, error: &OAuthError) -> Trouble {
    Trouble::new(
        format!("There is no tenant {tenant}."),
        format!(
            "The sign-in service of this cloud does not know it: {}",
            cut(&clean(&error.error_description), 200)
        ),
        "Check the id or the domain behind --tenant (Entra admin center > Overview), and the cloud: a tenant of a \
         national cloud is known there only (--cloud).",
    )
}
