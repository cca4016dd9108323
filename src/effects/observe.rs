//! A look at the tenant of an exercise by an app of its own: no policy about people catches it, and no token of whoever
//! plays is used. It reads and never writes.

use crate::journeys::message::Msg;
use crate::journeys::observing::Observe;
use crate::tenant::Tenant;
use std::sync::Arc;
use tokio::sync::mpsc::UnboundedSender;

/// Looks at every area that is wanted, and tells what was seen; what could not be read says so.
pub(in crate::effects) async fn observe(tenant: Tenant, look: Observe<Msg>, messages: UnboundedSender<Msg>) {
    let Observe { areas, query, mut known, tell } = look;
    for area in areas {
        let facts = tenant.read(area, &query, &known).await;
        Arc::make_mut(&mut known).absorb(facts);
    }
    // The receiver is gone only when the program is leaving.
    drop(messages.send(tell.with(known)));
}
