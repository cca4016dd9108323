//! FLOOR 2: Entra and Azure over HTTP: signing in, reading areas, and single writes.
//!
//! Live, national and rehearsal tenants differ in their [`Profile`] only. Reads never fail, they say what could not
//! be read; a write is sent once, and is sent again only after looking whether it happened. Nothing is decided here:
//! what to read and what to write comes from the floors below.

use std::sync::Arc;

use crate::domain::action::Action;
use crate::domain::evidence::Outcome;
use crate::domain::facts::{Area, AreaFacts, Facts};
use crate::domain::policy::Policy;
use crate::domain::query::Query;
use crate::domain::secret::Secret;
use crate::trouble::Trouble;

mod fault;
mod http;
mod jwt;
mod loopback;
mod needs;
mod oauth;
mod pace;
mod profile;
mod read;
mod session;
mod sign_in;
mod tokens;
mod wire;
mod write;

pub use profile::{Mark, Opener, Profile};
pub use sign_in::{PendingSignIn, TestSignIn};

use oauth::{Client, Wish};
use read::Reader;
use session::Session;

/// A connection to one tenant. Clones share the sign-in.
#[derive(Clone)]
pub struct Tenant {
    session: Arc<Session>,
}

/// What a write brought.
#[derive(Debug, Default)]
pub struct Receipt {
    /// Id of what was made.
    pub id: Option<String>,
    /// `client-request-id` of the call that was answered.
    pub request: Option<String>,
    /// The secret that the tenant made: the value of a Temporary Access Pass, shown only once.
    pub secret: Option<Secret>,
}

/// A write that was not confirmed.
#[derive(Debug)]
pub struct Refusal {
    /// [`Outcome::Refused`] when the tenant said no, [`Outcome::Unknown`] when it has to be looked up.
    pub outcome: Outcome,
    /// What happened.
    pub trouble: Trouble,
}

impl Tenant {
    /// A connection to `tenant` (id or domain) with the app `client_id`; nobody is signed in yet.
    pub fn new(profile: Profile, tenant: &str, client_id: &str) -> Result<Self, Trouble> {
        if !is_name(tenant) || !is_name(client_id) {
            return Err(Trouble::new(
                "The tenant cannot be named like this.",
                "A tenant is an id or a domain, an app is an id.",
                "Correct --tenant or --client-id.",
            ));
        }
        let client = Client { tenant: tenant.to_owned(), id: client_id.to_owned() };
        Ok(Self { session: Arc::new(Session::new(Arc::new(profile), client)?) })
    }

    /// The surroundings of the tenant.
    pub fn profile(&self) -> &Profile {
        &self.session.profile
    }

    /// Starts the operator's sign-in: somebody has to open its address.
    pub async fn begin_sign_in(&self) -> Result<PendingSignIn, Trouble> {
        let wish = Wish::operator(self.profile(), self.session.claims());
        sign_in::begin(&self.session, wish).await
    }

    /// Waits for the browser, ten tenant minutes at most, and keeps the tokens in memory.
    pub async fn finish_sign_in(&self, mut pending: PendingSignIn) -> Result<(), Trouble> {
        let grant = sign_in::finish(&self.session, &mut pending).await?;
        self.session.sign_in(grant).await;
        Ok(())
    }

    /// Whether somebody is signed in, as far as is known.
    pub fn is_signed_in(&self) -> bool {
        self.session.is_signed_in()
    }

    /// Starts the sign-in test of the account `upn`; best opened in a private window.
    pub async fn begin_test(&self, upn: &str) -> Result<PendingSignIn, Trouble> {
        sign_in::begin(&self.session, Wish::test(self.profile(), upn)).await
    }

    /// Finishes the test: the account with object id `expected_oid` signed in, what it is and can read. Its tokens
    /// are dropped; the operator stays signed in.
    pub async fn finish_test(
        &self,
        pending: PendingSignIn,
        expected_oid: &str,
    ) -> Result<TestSignIn, Trouble> {
        sign_in::finish_test(&self.session, pending, expected_oid).await
    }

    /// Reads one area. `known` are areas read before: the organization names the domain, accounts their ids,
    /// licenses what can be asked, policies which groups they exclude.
    pub async fn read(&self, area: Area, query: &Query, known: &Facts) -> AreaFacts {
        Reader { session: &self.session, query, known }.read(area).await
    }

    /// Reads one policy, fresh.
    pub async fn policy(&self, id: &str) -> Result<Policy, Trouble> {
        let read = read::policy(&self.session, id).await;
        read.map_err(|fault| fault.during("Could not read the policy."))
    }

    /// Carries one action out, and returns when it is known to have happened. `secret` is what stands in the body in
    /// place of the mark; it is borrowed for this call.
    pub async fn write(&self, action: &Action, secret: Option<&Secret>) -> Result<Receipt, Refusal> {
        write::write(&self.session, action, secret).await
    }
}

/// Only what an address may hold as it is: this text becomes a part of one.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))
}
