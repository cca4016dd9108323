//! What stands between a program and its tenant: every request passes here, and somebody may look, or hold it for good,
//! before it goes on and after it was answered.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderName, StatusCode, header};
use axum::response::Response;

use crate::support::served::Served;

/// Whether a request goes on.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Go {
    On,
    /// It stays where it is, as if whoever asked were gone.
    Hold,
}

/// Hears of every moment: `before POST /graph/v1.0/users`, `after …`.
pub type Watcher = Box<dyn FnMut(&str) -> Go + Send>;

#[derive(Clone)]
struct Shared {
    client: reqwest::Client,
    /// Where requests go on to.
    target: Arc<Mutex<String>>,
    watcher: Arc<Mutex<Watcher>>,
}

/// The place between.
pub struct Between {
    origin: String,
    shared: Shared,
    _runtime: tokio::runtime::Runtime,
}

impl Between {
    pub fn new() -> Self {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        let origin = format!("http://{}", listener.local_addr().expect("its address"));
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let shared = Shared {
            client: client.build().expect("a client"),
            target: Arc::default(),
            watcher: Arc::new(Mutex::new(Box::new(|_| Go::On))),
        };
        listener.set_nonblocking(true).expect("a port");
        let service = Router::new().fallback(pass).with_state(shared.clone()).into_make_service();
        let guard = runtime.enter();
        let server = axum_server::from_tcp(listener).expect("a server");
        runtime.spawn(server.serve(service));
        drop(guard);
        Self { origin, shared, _runtime: runtime }
    }

    /// Stands before the tenant that is served now: its profile leads here.
    pub fn stand_before(&self, served: &Served) {
        let (file, tenant) = (served.home.path("cloud.toml"), served.origin());
        let profile = std::fs::read_to_string(&file).expect("the profile");
        std::fs::write(&file, profile.replace(&tenant, &self.origin)).expect("the profile can be written");
        *self.shared.target.lock().unwrap_or_else(PoisonError::into_inner) = tenant;
    }

    /// From now on this one hears.
    pub fn watch(&self, watcher: Watcher) {
        *self.shared.watcher.lock().unwrap_or_else(PoisonError::into_inner) = watcher;
    }

    /// Nobody hears any more.
    pub fn rest(&self) {
        self.watch(Box::new(|_| Go::On));
    }
}

impl Shared {
    async fn tell(&self, moment: &str) {
        let go = (self.watcher.lock().unwrap_or_else(PoisonError::into_inner))(moment);
        if go == Go::Hold {
            std::future::pending::<()>().await;
        }
    }
}

/// What belongs to one connection and is not handed on.
const OF_THE_CONNECTION: [HeaderName; 3] =
    [header::CONNECTION, header::TRANSFER_ENCODING, header::CONTENT_LENGTH];

async fn pass(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, usize::MAX).await.unwrap_or_default();
    let line = format!("{} {}", parts.method, parts.uri.path());
    shared.tell(&format!("before {line}")).await;
    let target = shared.target.lock().unwrap_or_else(PoisonError::into_inner).clone();
    let whole = parts.uri.path_and_query().map(ToString::to_string).unwrap_or_default();
    let mut headers = parts.headers;
    for name in OF_THE_CONNECTION {
        headers.remove(name);
    }
    let sent = shared.client.request(parts.method, format!("{target}{whole}")).headers(headers).body(body);
    let (status, headers, body) = match sent.send().await {
        Ok(answer) => {
            let (status, headers) = (answer.status(), answer.headers().clone());
            (status, headers, answer.bytes().await.unwrap_or_default())
        }
        Err(_) => (StatusCode::BAD_GATEWAY, header::HeaderMap::new(), bytes::Bytes::default()),
    };
    shared.tell(&format!("after {line}")).await;
    let mut answer = Response::new(Body::from(body));
    *answer.status_mut() = status;
    *answer.headers_mut() = headers;
    for name in OF_THE_CONNECTION {
        answer.headers_mut().remove(name);
    }
    answer
}
