//! Signing in with a browser: it goes to the sign-in service and returns to this machine with a code.
//!
//! Authorization code with PKCE (contract 10). What comes back must answer to this very request: the state is looked at
//! where it returns, the id token in [`super::id_token`].

use std::time::Duration;

use super::id_token::{self, Expected as ExpectedToken};
use super::known;
use super::oauth::{self, Client, OAuthError};
use super::redirect::{Expected, RedirectListener};
use super::tokens::Signed;
use super::wish::{OneTime, Wish};
use crate::domain::connection::sign_in::Prompt;
use crate::domain::trouble::Trouble;
use crate::tenant::fault::Fault;
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
    /// The address that leads to the page, once.
    short: String,
    issuer: String,
    expected: Expected,
    once: OneTime,
    scope: String,
    client: Client,
}

impl Visit {
    /// What the person is shown: the whole address, and one that is short enough to be typed.
    pub fn prompt(&self) -> Prompt {
        Prompt::Browser { address: self.url.clone(), short: self.short.clone() }
    }
}

/// Signs somebody in with `client`: `show` is told the page. Where the tokens are lost on the way, the page is shown once
/// more: only a new sign-in brings others.
pub(super) async fn sign_in(
    session: &Session,
    client: &Client,
    wish: &Wish,
    show: impl Fn(Prompt),
) -> Result<Signed, Fault> {
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
) -> Result<Signed, Fault> {
    let visit = begin(session, client, wish).await?;
    show(visit.prompt());
    finish(session, visit).await
}

/// Starts a sign-in with `client`.
async fn begin(session: &Session, client: &Client, wish: &Wish) -> Result<Visit, Trouble> {
    let issuer = known::issuer(session, client).await.map_err(Fault::into_trouble)?;
    let listener = RedirectListener::bind()?;
    let (redirect_uri, short) = (listener.redirect_uri(), listener.short());
    let once = OneTime::new()?;
    let url = wish.address(&session.profile, client, &once, &redirect_uri)?;
    let expected = listener.expect(&once.state, &url);
    session.expect(expected.redirection());
    Ok(Visit {
        url,
        redirect_uri,
        short,
        issuer,
        expected,
        once,
        scope: wish.scope.clone(),
        client: client.clone(),
    })
}

/// Waits for the browser and exchanges its code for tokens, which belong to the right tenant and this sign-in.
async fn finish(session: &Session, visit: Visit) -> Result<Signed, Fault> {
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
    let expected = ExpectedToken {
        client: &visit.client,
        issuer: &visit.issuer,
        nonce: Some(&visit.once.nonce),
        now: grant.at.unwrap_or_else(|| session.service_time()),
    };
    let who = id_token::check(&grant, &expected)?;
    Ok(Signed { who, grant })
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
