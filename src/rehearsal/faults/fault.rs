//! Faults by name and place, so that a client's worst days can be rehearsed.
//!
//! A fault waits for a request whose `METHOD /path` contains its text, does its harm and is used up. Nothing here is
//! part of Microsoft's services.

use std::collections::BTreeSet;

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
    /// The requests it waits for; any where it is left out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Turns>,
}

/// Which requests a fault waits for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Turns {
    /// By their numbers, counted from 1 since the tenant is served.
    Numbered {
        /// The first of them.
        first: u32,
        /// How far apart they are; the first is the only one where it is left out.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        every: Option<u32>,
    },
    /// The next one of each of these kinds ([`kind_of`]).
    NextOf {
        /// The kinds that it has not struck yet.
        kinds: BTreeSet<String>,
    },
}

impl Turns {
    fn come(&self, target: &Target<'_>) -> bool {
        match self {
            Self::Numbered { first, every } => {
                let since = target.number.checked_sub(*first);
                since.is_some_and(|since| {
                    since == 0 || every.is_some_and(|every| since.checked_rem(every) == Some(0))
                })
            }
            Self::NextOf { kinds } => kinds.contains(&kind_of(target.line)),
        }
    }

    /// A kind that was struck is spared from then on.
    fn struck(&mut self, line: &str) {
        if let Self::NextOf { kinds } = self {
            kinds.remove(&kind_of(line));
        }
    }
}

/// The kind of a request: `METHOD /path` with an ellipsis for each id in it.
pub fn kind_of(line: &str) -> String {
    /// Nothing that is no id is longer.
    const LONGEST_NAME: usize = 30;
    let is_id = |part: &str| part.parse::<uuid::Uuid>().is_ok() || part.len() > LONGEST_NAME;
    let parts: Vec<&str> = line.split('/').map(|part| if is_id(part) { "…" } else { part }).collect();
    parts.join("/")
}

/// A request as faults see it.
#[derive(Clone, Copy, Debug)]
pub struct Target<'a> {
    /// `METHOD /path`, and at the token endpoint the kind of grant behind it.
    pub line: &'a str,
    /// Which one it is since the tenant is served, counted from 1.
    pub number: u32,
    /// Whether its token brings what challenges ask for.
    pub met: Met,
}

impl Fault {
    fn fits(&self, target: &Target<'_>) -> bool {
        let is_its_turn = self.request.as_ref().is_none_or(|turns| turns.come(target));
        self.times > 0 && is_its_turn && target.line.contains(&self.path)
    }
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
    /// 429 with the moment two tenant seconds ahead, and the answer's own date.
    TooManyRequestsRetryAfterDate,
    /// 429 with two waits in one line, one of them with a fraction, as proxies make it.
    TooManyRequestsRetryAfterList,
    /// 429 with a wait that has a fraction.
    TooManyRequestsRetryAfterDecimal,
    /// 429 with a wait beyond all reason.
    TooManyRequestsRetryAfterAbsurd,
    /// 500.
    InternalError,
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
    /// 400 whose message repeats the body of the request.
    EchoBody,
    /// A web page where JSON was expected.
    Html,
    /// It was done, and every member of the answer has another type than it should.
    WrongType,
    /// It was done, and every number in the answer is one that no clock can hold; so are those in its text.
    AbsurdNumbers,
    /// A next link that leads to another host.
    ForeignNextLink,
    /// Somebody takes every role from the operator, just before the request is answered.
    RoleRevoked,
    /// Somebody ends the operator's sessions: 401, and no refresh of tokens issued before.
    SessionsRevoked,
    /// Somebody edits the policy that the request is about; one of a method then excludes one group more.
    PolicyEdited,
    /// Somebody deletes it.
    PolicyDeleted,
    /// Somebody deletes the groups that the request names.
    GroupDeleted,
    /// Signing in: the person declines.
    Declined,
    /// Signing in: the code, or the refresh token, has ended.
    Expired,
    /// Signing in: the program asks too often.
    SlowDown,
    /// Signing in: the browser comes back with another state.
    WrongState,
    /// Signing in: nobody has consented.
    MissingConsent,
    /// Signing in: a policy blocks it.
    Blocked,
    /// Signing in: the id token is for another tenant.
    OtherTenant,
    /// Signing in: the id token is of another issuer.
    OtherIssuer,
    /// Signing in: the id token is made out for another app.
    OtherApp,
    /// Signing in: the id token has ended.
    TokenEnded,
    /// Signing in: the id token is not good yet.
    TokenNotYet,
    /// Signing in: the id token says that nobody signed it.
    Unsigned,
    /// Signing in: an app's statement is out of its time.
    ClockSkew,
    /// The service's clock is an hour ahead of the caller's.
    Ahead,
    /// A service: 401 with claims, until a token brings them; used up by the token that does.
    ClaimsChallenge,
    /// Privileged Identity Management: 400 with claims inside its message, until a token brings them.
    ContextRequired,
    /// A service: 401 without a word about claims, as for a token that was revoked.
    Unauthorized,
    /// Graph: 403, as for a caller whose role does not reach that far.
    Forbidden,
    /// Graph: 400, as for a filter that this service does not take.
    FilterRefused,
}

impl FaultKind {
    /// Whether it strikes until a token meets it.
    fn is_challenge(self) -> bool {
        matches!(self, FaultKind::ClaimsChallenge | FaultKind::ContextRequired)
    }
}

/// Whether the token of a request brings what challenges ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Met {
    /// It does.
    Yes,
    /// It does not.
    No,
}

/// Takes the first fault that fits, one use of it. A challenge is used up by the request that meets it, which passes.
pub fn take(faults: &mut Vec<Fault>, target: &Target<'_>) -> Option<FaultKind> {
    let hit = faults.iter_mut().find(|fault| fault.fits(target))?;
    let kind = hit.name;
    if kind.is_challenge() && target.met == Met::No {
        return Some(kind);
    }
    hit.times -= 1;
    if let Some(turns) = &mut hit.request {
        turns.struck(target.line);
    }
    faults.retain(|fault| fault.times > 0);
    (!kind.is_challenge()).then_some(kind)
}
