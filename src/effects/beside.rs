//! What runs beside the worker, because a person may give it up: signing in, testing a sign-in, watching an area.
//!
//! Each ends by itself or is stopped; what comes of it arrives as messages. The receiver is gone only when the program
//! is leaving.

use std::time::Duration;

use tokio::sync::mpsc::UnboundedSender;

use crate::domain::connection::sign_in::Demand;
use crate::domain::facts::query::Query;
use crate::domain::facts::{Area, Facts};
use crate::domain::paper::printing::Job;
use crate::domain::trouble::Trouble;
use crate::effects::clock;
use crate::effects::print::{Wire, ipp};
use crate::journeys::message::{Msg, Needed, NeededBy, TestSeen};
use crate::tenant::{Ended, Tenant};

/// Opens an address for a person.
pub(super) async fn open(tenant: &Tenant, (messages, address): (&UnboundedSender<Msg>, &str)) {
    // The address stays on the screen, so a browser that does not open is no failure.
    let _shown = tenant.profile().open(address).await;
    drop(messages.send(Msg::Tick(clock::now())));
}

/// The message that a sign-in is needed.
pub(super) fn needed(demand: Demand, by: NeededBy) -> Msg {
    Msg::SignInNeeded(Box::new(Needed { demand, by }))
}

/// Signs in; what the person has to see, and the end, arrive as messages.
pub(super) async fn sign_in(tenant: Tenant, messages: UnboundedSender<Msg>, demand: Demand) {
    // The receiver is gone only when the program is leaving.
    let tell = |msg| drop(messages.send(msg));
    match tenant.sign_in(&demand, |prompt| tell(Msg::SignInAt(prompt))).await {
        Ok(Ended::SignedIn) => tell(Msg::SignedIn(Ok(()))),
        Ok(Ended::SecretWanted) => {}
        Err(trouble) => tell(Msg::SignedIn(Err(trouble))),
    }
}

/// Tests the sign-in of an account.
pub(super) async fn test(tenant: Tenant, messages: UnboundedSender<Msg>, (upn, id): (String, String)) {
    let result = tenant.test((&upn, &id), |prompt| drop(messages.send(Msg::SignInAt(prompt))));
    let seen = result.await.map(|seen| TestSeen {
        administrator: seen.administrator,
        seconds: seen.seconds,
        at: clock::now(),
    });
    drop(messages.send(Msg::Tested(seen)));
}

/// What is watched, and how often.
pub(super) struct Watched {
    pub area: Area,
    pub query: Query,
    pub known: Facts,
    pub every: Duration,
}

/// Reads one area again and again until it is given up, or until a sign-in is needed.
pub(super) async fn watch(tenant: Tenant, messages: UnboundedSender<Msg>, watched: Watched) {
    loop {
        tokio::time::sleep(tenant.profile().scaled(watched.every)).await;
        let facts = tenant.read(watched.area, &watched.query, &watched.known).await;
        if let Some(demand) = tenant.take_demand() {
            return drop(messages.send(needed(demand, NeededBy::Watching(watched.area))));
        }
        let ticked = messages.send(Msg::Tick(clock::now()));
        if ticked.is_err() || messages.send(Msg::Read(Box::new(facts))).is_err() {
            return;
        }
    }
}

/// How often a job at a printer is looked at.
const JOB_PACE: Duration = Duration::from_secs(1);

/// Looks at a job until it is over; only what changed is told.
pub(super) async fn watch_job(wire: Wire, job: Job, messages: UnboundedSender<Msg>) {
    let mut told = None;
    loop {
        let state = ipp::look(&wire, &job).await;
        let over = state.is_over();
        if told.as_ref() != Some(&state) && messages.send(Msg::JobSeen(state.clone())).is_err() || over {
            return;
        }
        told = Some(state);
        tokio::time::sleep(JOB_PACE).await;
    }
}

/// The printers that the print system knows: name and address of each.
pub(super) async fn find_printers(wire: &Wire) -> Result<Vec<(String, String)>, Trouble> {
    let found = ipp::find(wire).await?;
    Ok(found.into_iter().map(|printer| (printer.name, printer.address)).collect())
}
