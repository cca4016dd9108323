//! What is waited for beside the workers, because a person may give it up: signing in, testing a sign-in, watching an
//! area or a job.
//!
//! Each ends by itself or is aborted, and with it ends whatever listens for its answer; what comes of it arrives as
//! messages. The receiver is gone only when the program is leaving.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::domain::connection::sign_in::{Audience, Demand};
use crate::domain::paper::printing::{Job, JobState};
use crate::domain::record::TestedWith;
use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;
use crate::effects::clock::Clock;
use crate::effects::print::{Wire, ipp};
use crate::journeys::effect::{SignInReplies, TestReplies, TestSeen, Watch};
use crate::journeys::message::{Msg, Needed, NeededBy, Now};
use crate::journeys::reply::Reply;
use crate::tenant::{Ended, Opener, Tenant};

type Messages = UnboundedSender<Msg>;

/// Who hears what comes of the waiting: where messages go, and which message each answer becomes.
pub(super) struct Hearer<R> {
    /// Where messages go.
    pub messages: Messages,
    /// Which message each answer becomes.
    pub replies: R,
}

impl<R> Hearer<R> {
    fn say(&self, msg: Msg) {
        drop(self.messages.send(msg));
    }
}

/// How often a job at a printer is looked at.
const JOB_PACE: Duration = Duration::from_secs(1);

/// Opens an address for a person. What could not be started is told at once: the address stays on the screen, and the
/// waiting goes on.
pub(super) async fn open(tenant: &Tenant, hearer: &Hearer<Reply<Trouble, Msg>>, address: &str) {
    let profile = tenant.profile();
    if let Err(trouble) = profile.open(address).await
        && profile.open != Opener::PlainHttp
    {
        // What a rehearsal's people met on a page shows in what is waited for.
        hearer.say(hearer.replies.with(trouble));
    }
    hearer.say(now(profile.clock));
}

/// The message that tells what time it is.
pub(super) fn now(clock: Clock) -> Msg {
    Msg::Tick(Now { at: clock.now(), today: clock.today() })
}

/// The message that a sign-in is needed.
pub(super) fn needed(demand: Demand, by: NeededBy) -> Msg {
    Msg::SignInNeeded(Box::new(Needed { demand, by }))
}

/// Signs in; what the person has to see, and the end, arrive as messages.
pub(super) async fn sign_in(tenant: Tenant, demand: Demand, hearer: Hearer<SignInReplies<Msg>>) {
    let SignInReplies { prompt: shown, seen, ended } = &hearer.replies;
    match tenant.sign_in(&demand, |prompt| hearer.say(shown.with(prompt))).await {
        Ok(Ended::SignedIn) => hearer.say(ended.with(Ok(()))),
        Ok(Ended::ToConfirm(who)) => hearer.say(seen.with(who)),
        Ok(Ended::SecretWanted) => {}
        Err(trouble) => hearer.say(ended.with(Err(trouble))),
    }
}

/// Signs an app in with the client secret that was typed.
pub(super) async fn client_secret(
    tenant: Tenant,
    secret: Arc<Secret>,
    audience: Audience,
    hearer: Hearer<SignInReplies<Msg>>,
) {
    match tenant.take_secret(audience, &secret).await {
        Ok(()) => sign_in(tenant, Demand { audience, claims: None }, hearer).await,
        Err(trouble) => hearer.say(hearer.replies.ended.with(Err(trouble))),
    }
}

/// Tests the sign-in of the account `upn` with object id `id`.
pub(super) async fn test(tenant: Tenant, upn: String, id: String, hearer: Hearer<TestReplies<Msg>>) {
    let TestReplies { prompt: shown, ended } = &hearer.replies;
    let result = tenant.test(&upn, &id, |prompt| hearer.say(shown.with(prompt))).await;
    let seen = result.map(|seen| TestSeen {
        administrator: seen.administrator,
        read: seen.read,
        azure: seen.azure,
        seconds: seen.seconds,
        at: tenant.profile().clock.now(),
        with: Box::new(TestedWith {
            key: None,
            password: seen.password,
            methods: Vec::new(),
            signed_in: seen.signed_in,
            apps: seen.apps,
            address: seen.address,
            correlations: seen.correlations,
        }),
    });
    hearer.say(ended.with(seen));
}

/// Reads one area again and again until it is given up, or until a sign-in is needed.
pub(super) async fn watch(tenant: Tenant, watch: Watch<Msg>, messages: Messages) {
    loop {
        tokio::time::sleep(tenant.profile().scaled(watch.every)).await;
        let facts = tenant.read(watch.area, &watch.query, &watch.known).await;
        if let Some(demand) = tenant.take_demand() {
            return drop(messages.send(needed(demand, NeededBy::Watch(watch))));
        }
        for msg in [now(tenant.profile().clock), Msg::Read(Box::new(facts)), watch.then.clone()] {
            if messages.send(msg).is_err() {
                return;
            }
        }
    }
}

/// Looks at a job until it is over; only what changed is told.
pub(super) async fn job(wire: Wire, job: Job, hearer: Hearer<Reply<JobState, Msg>>) {
    let mut told = None;
    loop {
        let state = ipp::look(&wire, &job).await;
        let over = state.is_over();
        let msg = hearer.replies.with(state.clone());
        if told.as_ref() != Some(&state) && hearer.messages.send(msg).is_err() || over {
            return;
        }
        told = Some(state);
        tokio::time::sleep(JOB_PACE).await;
    }
}
