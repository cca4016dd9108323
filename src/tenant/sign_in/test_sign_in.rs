//! The test of an emergency access account: it signs in with its own request, its token is used for three reads and
//! dropped. The operator stays signed in.

use std::time::Instant;

use super::browser;
use super::oauth::Wish;
use super::source::{Source, Sources};
use crate::domain::connection::sign_in::{Audience, Prompt, SignInWay};
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::GLOBAL_ADMINISTRATOR;
use crate::tenant::read::directory_roles;
use crate::tenant::session::Session;
use crate::tenant::wire::Me;

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

/// Signs in as `upn`, whose object id is `expected`, and looks at its roles and at one thing administrators read.
pub(in crate::tenant) async fn test(
    session: &Session,
    upn: &str,
    expected: &str,
    show: impl Fn(Prompt),
) -> Result<TestSignIn, Trouble> {
    let client = session.person();
    let started = Instant::now();
    let visit = browser::begin(session, &client, Wish::test(&session.profile, upn)).await?;
    show(visit.prompt());
    let grant = browser::finish(session, visit).await?;
    let source = Source::of_person(SignInWay::Browser, client);
    source.keep(Audience::Graph, grant).await;
    let own = session.beside(Sources { graph: source, azure: None });
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
        seconds: started.elapsed().as_secs(),
    })
}

fn wrong_account(upn: &str) -> Trouble {
    Trouble::new(
        "Another account signed in.",
        format!("{} signed in instead of the account to be tested.", clean(upn)),
        "Use a private window and start the test again.",
    )
}
