//! Faults by name and place, so that a client's worst days can be rehearsed.
//!
//! A fault waits for a request whose `METHOD /path` contains its text, does its harm and is used up. Nothing here is
//! part of Microsoft's services.

use serde::{Deserialize, Serialize};

/// One fault, armed for a number of requests.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fault {
    /// What happens.
    pub name: FaultKind,
    /// Substring of `METHOD /path`, such as `POST /graph/v1.0/users`; the empty text hits every request.
    pub path: String,
    /// How many requests it hits; 0 counts as none.
    pub times: u32,
}

/// What can go wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum FaultKind {
    /// The answer comes thirty tenant seconds late.
    Lag,
    /// 429 without a word about when to come back.
    TooManyRequests,
    /// 429 with `Retry-After: 2`.
    TooManyRequestsRetryAfter,
    /// 503.
    Unavailable,
    /// No answer at all, on an open connection.
    Hang,
    /// The connection dies and nothing was done.
    DropBeforeCommit,
    /// The connection dies although everything was done.
    DropAfterCommit,
    /// Only the first half of the answer's body.
    Truncated,
    /// A web page where JSON was expected.
    Html,
    /// A next link that leads to another host.
    ForeignNextLink,
}

/// Takes the first fault that fits, one use of it.
pub fn take(faults: &mut Vec<Fault>, line: &str) -> Option<FaultKind> {
    let hit = faults.iter_mut().find(|fault| fault.times > 0 && line.contains(&fault.path))?;
    hit.times -= 1;
    let kind = hit.name;
    faults.retain(|fault| fault.times > 0);
    Some(kind)
}
