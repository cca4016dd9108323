//! One door for all services: takes the request in, strikes a fault if one is armed, lets a service answer, keeps the
//! state, and only then sends the answer.
//!
//! Answers only to loopback names, so that no web page elsewhere can reach it under a name of its own.

use std::net::SocketAddr;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::body::to_bytes;
use axum::extract::{ConnectInfo, Request, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::call::Call;
use super::refusal::Refusal;
use super::reply::{Reply, sent};
use super::spoiled;
use crate::rehearsal::faults::connections::Switches;
use crate::rehearsal::faults::fault::{FaultKind, Met};
use crate::rehearsal::faults::{other_administrators, throttling};
use crate::rehearsal::identity::answers::error_reply;
use crate::rehearsal::identity::visit::Denied;
use crate::rehearsal::identity::{oauth, people, sign_in_faults, tokens};
use crate::rehearsal::state::time;
use crate::rehearsal::state::world::World;
use crate::rehearsal::{arm, graph};

/// Bodies larger than this are refused.
pub const MAX_BODY: usize = 4 * 1024 * 1024;
/// How long a hanging request is held at most: tenant seconds.
const HANG: i64 = 600;
/// How often is looked whether it still has to hang.
const LOOK: Duration = Duration::from_millis(20);
/// How far ahead a clock is that is wrong, milliseconds.
const HOUR: i64 = 3600 * 1000;
/// Tenant seconds a lagging answer takes.
const LAG: i64 = 30;

/// What every request sees.
#[derive(Clone)]
pub struct Shared {
    pub world: Arc<Mutex<World>>,
    pub switches: Switches,
    /// `http` or `https`.
    pub scheme: &'static str,
}

impl Shared {
    fn world(&self) -> MutexGuard<'_, World> {
        self.world.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Answers any request.
pub async fn serve(
    State(shared): State<Shared>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    request: Request,
) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BODY).await else { return sent(Reply::empty(413)) };
    let call = Call::new(&parts, bytes.to_vec(), shared.scheme);
    let line = format!("{} {}", call.method, call.path);
    let fault = if call.path.starts_with("/people/") && !call.path.ends_with("security-info") {
        None
    } else {
        let mut world = shared.world();
        let met = if sign_in_faults::is_met(&world, &call) { Met::Yes } else { Met::No };
        let struck = world.take_fault(&faulty_line(&call, &line), met);
        // A use that cannot be kept now is kept with the next change, which says so where that fails too.
        let _kept = world.keep();
        struck.or_else(|| world.outage(&call.path))
    };
    let reply = dated(&shared, struck(&shared, fault, peer, call).await);
    shared.world().remember(format!("{line} {}", reply.status));
    sent(reply)
}

/// What faults look for: `METHOD /path`, and at the token endpoint the kind of grant behind it.
fn faulty_line(call: &Call, line: &str) -> String {
    if !line.ends_with("/token") {
        return line.to_owned();
    }
    format!("{line} {}", call.form().get("grant_type").map(String::as_str).unwrap_or_default())
}

/// With the tenant's own time in `Date`, where the server underneath would write this machine's.
fn dated(shared: &Shared, reply: Reply) -> Reply {
    let world = shared.world();
    let has_date = reply.headers.iter().any(|(name, _)| name == "date");
    if has_date || world.state().ahead == 0 {
        return reply;
    }
    reply.with("date", &time::http_date(world.clock()))
}

/// Answers with the fault, if any, on top.
async fn struck(shared: &Shared, fault: Option<FaultKind>, peer: SocketAddr, call: Call) -> Reply {
    let path = call.path.clone();
    match fault {
        None => committed(shared, call),
        Some(FaultKind::Lag) => {
            let wait = shared.world().real(LAG);
            tokio::time::sleep(wait).await;
            committed(shared, call)
        }
        Some(FaultKind::TooManyRequests) => refused(shared, &path, &throttling::too_many()),
        Some(FaultKind::TooManyRequestsRetryAfter) => {
            refused(shared, &path, &throttling::too_many().with("retry-after", "2"))
        }
        Some(FaultKind::TooManyRequestsRetryAfterDate) => refused(shared, &path, &throttling::until_a_date()),
        Some(FaultKind::TooManyRequestsRetryAfterList) => {
            refused(shared, &path, &throttling::too_many().with("retry-after", "0, 1.5"))
        }
        Some(FaultKind::TooManyRequestsRetryAfterDecimal) => {
            refused(shared, &path, &throttling::too_many().with("retry-after", "1.5"))
        }
        Some(FaultKind::TooManyRequestsRetryAfterAbsurd) => {
            refused(shared, &path, &throttling::too_many().with("retry-after", "18446744073709551615"))
        }
        Some(FaultKind::InternalError) => refused(
            shared,
            &path,
            &Refusal::new(500, "InternalServerError", "Something went wrong inside the service."),
        ),
        Some(FaultKind::Unavailable) => refused(
            shared,
            &path,
            &Refusal::new(503, "ServiceUnavailable", "The service is temporarily unavailable."),
        ),
        Some(FaultKind::Hang) => {
            held(shared, &path).await;
            cut(shared, peer)
        }
        Some(FaultKind::DropBeforeCommit) => cut(shared, peer),
        Some(FaultKind::DropAfterCommit) => {
            committed(shared, call);
            cut(shared, peer)
        }
        Some(FaultKind::SessionsRevoked) => {
            other_administrators::interfere(&mut shared.world(), FaultKind::SessionsRevoked, &call);
            refused(shared, &path, &tokens::unauthorized("The session was revoked."))
        }
        Some(
            kind @ (FaultKind::RoleRevoked
            | FaultKind::PolicyEdited
            | FaultKind::PolicyDeleted
            | FaultKind::GroupDeleted),
        ) => {
            other_administrators::interfere(&mut shared.world(), kind, &call);
            committed(shared, call)
        }
        Some(FaultKind::Truncated) => spoiled::halved(committed(shared, call)),
        Some(FaultKind::EchoBody) => {
            let body = String::from_utf8_lossy(&call.body);
            refused(shared, &path, &Refusal::bad_request(format!("Invalid value in the body: {body}")))
        }
        Some(FaultKind::Html) => Reply::page(200, "<p>Please sign in to this network."),
        Some(FaultKind::WrongType) => spoiled::retyped(committed(shared, call)),
        Some(FaultKind::AbsurdNumbers) => spoiled::absurd(committed(shared, call)),
        Some(FaultKind::ForeignNextLink) => spoiled::misled(committed(shared, call)),
        Some(FaultKind::Ahead) => {
            let date = time::http_date(shared.world().clock() + HOUR);
            committed(shared, call).with("date", &date)
        }
        Some(FaultKind::ClaimsChallenge) => refused(shared, &path, &challenge()),
        Some(FaultKind::ContextRequired) => refused(shared, &path, &context_required()),
        Some(FaultKind::Forbidden) => refused(shared, &path, &Refusal::denied()),
        Some(FaultKind::FilterRefused) => {
            let refusal = Refusal::new(400, "BadRequest", "Invalid filter clause: it is not supported here.");
            refused(shared, &path, &refusal)
        }
        Some(FaultKind::Unauthorized) => {
            refused(shared, &path, &tokens::unauthorized("Access token is revoked."))
        }
        Some(
            kind @ (FaultKind::Declined
            | FaultKind::Expired
            | FaultKind::SlowDown
            | FaultKind::WrongState
            | FaultKind::MissingConsent
            | FaultKind::Blocked
            | FaultKind::OtherTenant
            | FaultKind::OtherIssuer
            | FaultKind::OtherApp
            | FaultKind::TokenEnded
            | FaultKind::TokenNotYet
            | FaultKind::Unsigned
            | FaultKind::ClockSkew),
        ) => sign_in_faults::struck(&mut shared.world(), kind, &call.below("/login")),
    }
}

/// Holds a request without an answer: while the outage lasts that it met, and never longer than a patient client waits.
async fn held(shared: &Shared, path: &str) {
    let outage = shared.world().outage(path);
    let ends = Instant::now() + shared.world().real(HANG);
    while Instant::now() < ends && shared.world().outage(path) == outage {
        tokio::time::sleep(LOOK).await;
    }
}

/// A service wants a stronger token (contract 10).
fn challenge() -> Refusal {
    let claims = STANDARD.encode(sign_in_faults::CHALLENGE);
    let header = format!("Bearer realm=\"\", error=\"insufficient_claims\", claims=\"{claims}\"");
    Refusal::new(401, "InvalidAuthenticationToken", "Continuous access evaluation resulted in a challenge.")
        .with("www-authenticate", &header)
}

/// Privileged Identity Management wants a stronger token, and hides that in its message (contract 3).
fn context_required() -> Refusal {
    let claims: String = url::form_urlencoded::byte_serialize(sign_in_faults::CHALLENGE.as_bytes()).collect();
    Refusal::new(400, "RoleAssignmentRequestAcrsValidationFailed", format!("&claims={claims}"))
}

/// Lets the service answer and keeps the state before anybody hears of it.
fn committed(shared: &Shared, call: Call) -> Reply {
    let path = call.path.clone();
    let mut world = shared.world();
    world.now = world.clock();
    let reply = dispatched(&mut world, call);
    match world.keep() {
        Ok(()) => reply,
        Err(error) => {
            drop(world);
            refused(shared, &path, &Refusal::new(503, "ServiceUnavailable", error.to_string()))
        }
    }
}

fn dispatched(world: &mut World, call: Call) -> Reply {
    if !call.is_to_loopback() {
        return Reply::page(421, "<p>This server answers on loopback names only.");
    }
    match call.path.split('/').nth(1).unwrap_or_default() {
        "login" => oauth::answer(world, &call.below("/login")),
        "graph" => graph::service::answer(world, &call.below("/graph")),
        "arm" => arm::service::answer(world, &call.below("/arm")),
        "logs" => arm::service::answer_logs(world, &call.below("/logs")),
        "people" => people::answer(world, &call.below("/people")),
        "portal" => Reply::page(
            200,
            "<p>Here a real tenant has its portal. A rehearsal has none: look at the terminal.",
        ),
        "" => Reply::page(200, "<p>A simulated tenant. Nothing here is real."),
        _ => Reply::page(404, "<p>There is no such page."),
    }
}

/// A refusal in the shape of the service it was meant for.
fn refused(shared: &Shared, path: &str, refusal: &Refusal) -> Reply {
    if path.starts_with("/login") {
        let denied = Denied::new(90_033, "temporarily_unavailable", refusal.message.clone());
        let headers = refusal.headers.clone();
        return Reply { status: refusal.status, headers, ..error_reply(&shared.world(), &denied) };
    }
    if path.starts_with("/arm") || path.starts_with("/logs") {
        return refusal.as_arm();
    }
    refusal.as_graph(&graph::request::fresh_ids(&shared.world()))
}

fn cut(shared: &Shared, peer: SocketAddr) -> Reply {
    shared.switches.cut(peer);
    Reply::empty(500)
}
