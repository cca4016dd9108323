//! FLOOR 2: Entra and Azure over HTTP: signing in, reading areas, and single writes.
//!
//! Live, national and rehearsal tenants differ in their [`Profile`] only. Reads never fail, they say what could not
//! be read; a write is sent once, and is sent again only after looking whether it happened. Nothing is decided here:
//! what to read and what to write comes from the floors below.

use std::sync::Arc;

use crate::domain::connection::sign_in::{Audience, Demand, Prompt};
use crate::domain::facts::policy::Policy;
use crate::domain::facts::query::Query;
use crate::domain::facts::{Area, AreaFacts, Facts};
use crate::domain::record::Outcome;
use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::domain::write::order::Others;

mod bounded;
mod browse;
mod challenge;
mod clock;
mod cloud;
mod exercise;
mod fault;
mod http;
mod jwt;
mod named_file;
pub mod needs;
mod opener;
mod pace;
mod patience;
mod profile;
mod read;
mod retry_after;
mod session;
mod sign_in;
mod trace;
mod wire;
mod write;

pub use clock::Clock;
pub use opener::Opener;
pub use profile::{Profile, certificates, plain};
pub use sign_in::{Asked, Ended, GRAPH_POWERSHELL, SignIn, TestSignIn, read_private};
pub use trace::{Sent, Trace};

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
    /// [`Outcome::Refused`] or [`Outcome::NotNow`] when the tenant said no, [`Outcome::Unknown`] when it has to be looked up.
    pub outcome: Outcome,
    /// What happened.
    pub trouble: Trouble,
    /// What was refused.
    pub blamed: Blamed,
    /// What becomes of the others of its list.
    pub others: Others,
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Blamed {
    /// The password in the write: another one may be taken.
    Password,
    /// Anything else.
    TheWrite,
}

impl Tenant {
    /// A connection to `tenant` (id or domain); nobody is signed in yet.
    pub fn new(profile: Profile, tenant: &str, how: &SignIn) -> Result<Self, Trouble> {
        Self::traced(profile, tenant, how, None)
    }

    /// A connection to `tenant` whose `trace` is told what is sent.
    pub fn traced(
        profile: Profile,
        tenant: &str,
        how: &SignIn,
        trace: Option<Trace>,
    ) -> Result<Self, Trouble> {
        if !is_name(tenant) || how.client_id.as_deref().is_some_and(|id| !is_name(id)) {
            return Err(Trouble::new(
                "The tenant cannot be named like this.",
                "A tenant is an id or a domain, an app is an id.",
                "Correct --tenant or --client-id.",
            ));
        }
        profile.fits_its_mark()?;
        let sources = sign_in::sources(&profile, tenant, how)?;
        let session = Session::new(Arc::new(profile), sources)?.asking(how.asked).traced(trace);
        Ok(Self { session: Arc::new(session) })
    }

    /// The surroundings of the tenant.
    pub fn profile(&self) -> &Profile {
        &self.session.profile
    }

    /// Signs the operator in as `demand` asks, and keeps the tokens in memory. `show` is told what the person has to
    /// see; a browser is awaited ten tenant minutes at most.
    pub async fn sign_in(&self, demand: &Demand, show: impl Fn(Prompt)) -> Result<Ended, Trouble> {
        sign_in::sign_in(&self.session, demand, show).await
    }

    /// A person has seen who signed in ([`Ended::ToConfirm`]) and says that this is right.
    pub async fn confirm(&self) {
        sign_in::confirm::confirm(&self.session).await;
    }

    /// The sign-in that something was refused for since the last look.
    pub fn take_demand(&self) -> Option<Demand> {
        self.session.take_demand()
    }

    /// Goes on without a sign-in for `audience`: what needs it stays unread. Azure and its logs are one to a person.
    pub async fn decline(&self, audience: Audience) {
        let all = match audience {
            Audience::Graph => vec![Audience::Graph],
            Audience::Risk => vec![Audience::Risk],
            Audience::Arm | Audience::Logs => vec![Audience::Arm, Audience::Logs],
        };
        for audience in all {
            self.session.source(audience).decline(audience).await;
        }
    }

    /// Takes the address that a browser on another computer ended at.
    pub fn take_address(&self, pasted: &Secret) -> Result<(), Trouble> {
        self.session.bring_back(pasted.expose())
    }

    /// Takes the client secret that was typed.
    pub async fn take_secret(&self, audience: Audience, secret: &Secret) -> Result<(), Trouble> {
        self.session.source(audience).arm_with(self.session.service(), secret).await
    }

    /// Tests the account `upn` with object id `expected`: it signs in, best in a private window; its tokens are dropped
    /// and the operator stays signed in.
    pub async fn test(
        &self,
        upn: &str,
        expected: &str,
        show: impl Fn(Prompt),
    ) -> Result<TestSignIn, Trouble> {
        sign_in::test_sign_in::test(&self.session, upn, expected, show).await
    }

    /// Reads one area. `known` are areas read before: the organization names the domain, accounts their ids,
    /// licenses what can be asked, policies which groups they exclude.
    pub async fn read(&self, area: Area, query: &Query, known: &Facts) -> AreaFacts {
        Reader { session: &self.session, query, known }.read(area).await
    }

    /// Reads one policy, fresh, before it is changed.
    ///
    /// # Errors
    ///
    /// What happened, and whether the other policies can be changed all the same.
    pub async fn policy(&self, id: &str) -> Result<Policy, (Trouble, Others)> {
        let read = read::policy(&self.session, id).await;
        read.map_err(|fault| {
            let others = fault.others();
            (fault.during("Could not read the policy."), others)
        })
    }

    /// The action, made of what is in Azure, or in a method policy, now: our part is changed in it, and the rest is sent back
    /// as it is. Refused when something else would be changed than was shown. Other actions stay as they are.
    ///
    /// # Errors
    ///
    /// What happened, and whether the other writes can be made all the same.
    pub async fn refreshed(&self, action: &Action) -> Result<Action, (Trouble, Others)> {
        write::fresh::refreshed(&self.session, action).await
    }

    /// What stands where `action` changes or removes something of an account or a policy, for the record.
    ///
    /// # Errors
    ///
    /// What happened, and whether the other writes can be made all the same.
    pub async fn original(&self, action: &Action) -> Result<Option<serde_json::Value>, (Trouble, Others)> {
        write::fresh::original(&self.session, action).await
    }

    /// Carries one action out, and returns when it is known to have happened. `secret` is what stands in the body in
    /// place of the mark; it is borrowed for this call. `say` is told what is waited for, where that takes minutes.
    pub async fn write(
        &self,
        action: &Action,
        secret: Option<&Secret>,
        say: impl Fn(&str) + Sync,
    ) -> Result<Receipt, Refusal> {
        write::write(&self.session, write::Order { action, secret }, &say).await
    }
}

/// Only what an address may hold as it is: this text becomes a part of one.
fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_'))
}
