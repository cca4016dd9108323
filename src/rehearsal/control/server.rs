//! The control port: JSON over HTTP, for whoever was given its address.
//!
//! The address ends in 32 random bytes, so that another user of the machine cannot break an exercise; any other path
//! is answered 404. Always plain HTTP, as it never leaves the machine.

use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::catalog;
use super::given::Refused;
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::reply::{Reply, sent};
use crate::rehearsal::identity::hashing::random;
use crate::rehearsal::state::world::World;

/// Bodies larger than this are refused.
const MAX_BODY: usize = 64 * 1024;

/// What every request sees.
#[derive(Clone)]
pub struct Shared {
    world: Arc<Mutex<World>>,
    /// The one path that is answered.
    path: String,
}

impl Shared {
    /// A control of that tenant, under a fresh path.
    pub fn new(world: Arc<Mutex<World>>) -> Self {
        Self { world, path: format!("/{}", URL_SAFE_NO_PAD.encode(random::<32>())) }
    }

    /// Path of its address.
    pub fn path(&self) -> &str {
        &self.path
    }
}

/// Answers any request.
pub async fn serve(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(bytes) = to_bytes(body, MAX_BODY).await else { return sent(Reply::empty(413)) };
    sent(answered(&shared, &Call::new(&parts, bytes.to_vec(), "http")))
}

fn answered(shared: &Shared, call: &Call) -> Reply {
    if !call.is_to_loopback() {
        return Reply::empty(421);
    }
    if verify_slices_are_equal(call.path.as_bytes(), shared.path.as_bytes()).is_err() {
        return Reply::empty(404);
    }
    let mut world = shared.world.lock().unwrap_or_else(PoisonError::into_inner);
    world.now = world.clock();
    let answer = match call.method.as_str() {
        "GET" => catalog::overview(&world),
        "POST" => catalog::make(&mut world, &call.body),
        _ => return Reply::empty(405).with("allow", "GET, POST"),
    };
    answer.map_or_else(|refused| refusal(&refused), |body| Reply::json(200, body))
}

fn refusal(refused: &Refused) -> Reply {
    let (status, body) = told(refused);
    Reply::json(status, body)
}

/// With which status and in which words.
fn told(refused: &Refused) -> (u16, Value) {
    match refused {
        Refused::InOrder { change, why } => {
            let (status, mut body) = told(why);
            body["change"] = json!(change);
            (status, body)
        }
        Refused::NotAChange(reason) => {
            let error =
                format!("This is no change: {reason}. Send {{\"change\": NAME, \"parameters\": {{}}}}.");
            (400, json!({"error": error, "changes": catalog::names()}))
        }
        Refused::UnknownChange(name) => {
            let error = format!("There is no change called \"{name}\".");
            (404, json!({"error": error, "changes": catalog::names()}))
        }
        Refused::BadParameter { parameter, reason } => {
            let error = format!("The parameter \"{parameter}\" cannot be used: {reason}.");
            (400, json!({"error": error, "parameter": parameter}))
        }
        Refused::NotKept(reason) => (500, json!({"error": format!("Nothing was changed: {reason}.")})),
    }
}
