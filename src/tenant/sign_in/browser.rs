//! Signing in with a browser: it goes to the sign-in service and returns to this machine with a code.
//!
//! Authorization code with PKCE (contract 10). What comes back must answer to this very request: state, nonce and
//! tenant are checked.

use std::time::Duration;

use super::known;
use super::oauth::{self, Client, OAuthError};
use super::redirect::{Expected, RedirectListener};
use super::tokens::Grant;
use super::wish::{OneTime, Wish};
use crate::domain::connection::sign_in::Prompt;
use crate::domain::text::is_guid;
use crate::domain::trouble::Trouble;
use crate::tenant::fault::Fault;
use crate::tenant::jwt;
use crate::tenant::session::Session;

/// How long the browser may take, tenant time.
const PATIENCE: Duration = Duration::from_mins(10);
/// However fast tenant time runs, a browser is given this long.
const LEAST_PATIENCE: Duration = Duration::from_secs(30);

/// A sign-in that has been started: somebody has to open its address. Dropping it gives it up: what returns afterwards
/// is not taken.
pub(super) struct Visit {
    url: String,
    redirect_uri: String,
    expected: Expected,
    once: OneTime,
    scope: String,
    client: Client,
}

impl Visit {
    /// What the person is shown: the whole address, and one that is short enough to be typed.
    pub fn prompt(&self) -> Prompt {
        Prompt::Browser { address: self.url.clone(), short: format!("{}/", self.redirect_uri) }
    }
}

/// Signs somebody in with `client`: `show` is told the page. Where the tokens are lost on the way, the page is shown once
/// more: only a new sign-in brings others.
pub(super) async fn sign_in(
    session: &Session,
    client: &Client,
    wish: &Wish,
    show: impl Fn(Prompt),
) -> Result<Grant, Fault> {
    match visited(session, client, wish, &show).await {
        Err(fault) if oauth::is_spent(&fault) => visited(session, client, wish, &show).await,
        done => done,
    }
}

async fn visited(
    session: &Session,
    client: &Client,
    wish: &Wish,
    show: impl Fn(Prompt),
) -> Result<Grant, Fault> {
    let visit = begin(session, client, wish).await?;
    show(visit.prompt());
    finish(session, visit).await
}

/// Starts a sign-in with `client`.
async fn begin(session: &Session, client: &Client, wish: &Wish) -> Result<Visit, Trouble> {
    let listener = RedirectListener::bind().await?;
    let redirect_uri = listener.redirect_uri();
    let once = OneTime::new()?;
    let url = wish.address(&session.profile, client, &once, &redirect_uri)?;
    let expected = listener.expect(&once.state, &url);
    session.expect(expected.redirection());
    Ok(Visit { url, redirect_uri, expected, once, scope: wish.scope.clone(), client: client.clone() })
}

/// Waits for the browser and exchanges its code for tokens, which belong to the right tenant and this sign-in.
async fn finish(session: &Session, visit: Visit) -> Result<Grant, Fault> {
    let patience = session.profile.scaled(PATIENCE).max(LEAST_PATIENCE);
    let returned = tokio::time::timeout(patience, visit.expected.wait()).await;
    let Some(authorization) = returned.ok().flatten() else {
        return Err(known::outage(session, &visit.client).await.unwrap_or_else(too_late).into());
    };
    let code = authorization.map_err(OAuthError::into_fault)?;
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code.as_str()),
        ("redirect_uri", &visit.redirect_uri),
        ("code_verifier", &visit.once.verifier),
        ("scope", &visit.scope),
    ];
    let grant = oauth::redeemed(session.service(), &visit.client, &fields).await?;
    check(&grant, &visit.client, Some(&visit.once.nonce))?;
    Ok(grant)
}

/// The id token must be for this tenant, and answer to this very request where that had a nonce.
///
/// How long it lives is not looked at: it comes straight from the token endpoint, and this machine's clock may be off.
pub(super) fn check(grant: &Grant, client: &Client, nonce: Option<&str>) -> Result<(), Trouble> {
    let claims =
        grant.id_token.as_ref().and_then(|token| jwt::claims(token)).ok_or_else(|| not_ours("id token"))?;
    if nonce.is_some_and(|nonce| claims.nonce != nonce) {
        return Err(not_ours("nonce"));
    }
    // A tenant named by a domain was resolved by the sign-in service itself; only an id can be compared.
    let other = is_guid(&client.tenant) && !claims.tid.eq_ignore_ascii_case(&client.tenant);
    if other { Err(wrong_tenant(&claims.tid)) } else { Ok(()) }
}

fn too_late() -> Trouble {
    Trouble::new(
        "The sign-in was not finished.",
        "The browser did not return in ten minutes. Where its page says that access is blocked or asks for a device or \
         a place, a Conditional Access policy stops the sign-in, and the browser stays there.",
        "Start the sign-in again. Where a policy locks administrators out: breakglass repair blocked-by-policy, signed \
         in as the other emergency access account. A tenant that the page does not know is corrected with --tenant.",
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
        format!("It is for another tenant ({}).", crate::domain::text::clean(id)),
        "Sign in with an account of this tenant, or change --tenant.",
    )
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;

    use super::*;

    const TENANT: &str = "5eed0000-0000-4000-8000-fab21c000001";

    fn grant(tid: &str, nonce: &str) -> Grant {
        let claims = serde_json::json!({"tid": tid, "nonce": nonce}).to_string();
        let id_token = format!("e30.{}.sig", URL_SAFE_NO_PAD.encode(claims));
        let answer = serde_json::json!({"access_token": "a", "id_token": id_token});
        serde_json::from_value(answer).expect("a grant")
    }

    fn client(tenant: &str) -> Client {
        Client { tenant: tenant.to_owned(), id: "app".to_owned() }
    }

    #[test]
    fn an_answer_to_another_sign_in_or_for_another_tenant_is_refused() {
        let asked = Some("mine");
        assert!(check(&grant(TENANT, "mine"), &client(TENANT), asked).is_ok());
        let other = check(&grant(TENANT, "theirs"), &client(TENANT), asked).expect_err("another nonce");
        assert!(other.why.contains("wrong nonce"), "{other}");
        let elsewhere = check(&grant("other", "mine"), &client(TENANT), asked).expect_err("another tenant");
        assert!(elsewhere.why.contains("another tenant"), "{elsewhere}");
        assert!(check(&grant("any", "mine"), &client("contoso.example"), asked).is_ok());
    }
}
