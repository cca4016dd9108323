//! Answers of Graph, of Azure and of the sign-in service, changed in a few places on their way, and everything that the
//! program makes of them.
//!
//! A rehearsal tenant in which much has drifted answers; a proxy in front of it does the changing. So paging, waiting and
//! reading are the real ones, and every answer is one that could nearly have been.

use std::sync::{Arc, LazyLock, Mutex};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Response, header};
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use breakglass::domain::check::case::Case;
use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::connection::sign_in::{Demand, Prompt, SignInWay};
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, Facts};
use breakglass::domain::mark::Mark;
use breakglass::domain::plan::{Plan, plan_file};
use breakglass::domain::record::Evidence;
use breakglass::domain::review::ReviewRow;
use breakglass::rehearsal::{self, Control, Running};
use breakglass::steps::Subject;
use breakglass::tenant::{Clock, Opener, Profile, SignIn, Tenant};
use serde_json::Value;
use tokio::runtime::Runtime;

use super::mangled::Mangle;
use super::{are_clean, is_clean, is_told_cleanly};

const SEED: &str = "drifted";
/// So much faster than life that no wait is felt.
const TIME_SCALE: f64 = 0.000_01;
/// The largest request or answer that passes, bytes.
const LARGEST: usize = 8 * 1024 * 1024;
/// So many places are changed at most; more only hide one another.
const MOST: usize = 3;

/// A whole review reads answers of which some were changed, and tells what it found.
pub fn answers(bytes: &[u8]) {
    let world = &*WORLD;
    let _alone = world.alone.lock();
    world.runtime.block_on(async {
        world.proxy.begin(Changed::Services, bytes);
        let facts = world.read(&world.tenant).await;
        world.proxy.begin(Changed::Nothing, &[]);
        judge(&world.plan, &facts);
    });
}

/// Somebody signs in, and the sign-in service says strange things.
pub fn tokens(bytes: &[u8]) {
    let Some((way, bytes)) = bytes.split_first() else { return };
    let way = if way % 2 == 0 { SignInWay::Browser } else { SignInWay::DeviceCode };
    let world = &*WORLD;
    let _alone = world.alone.lock();
    world.runtime.block_on(async {
        let tenant = world.tenant(way);
        world.proxy.begin(Changed::SignIn, bytes);
        let ended = sign_in(&tenant, world.tenant.profile()).await;
        world.proxy.begin(Changed::Nothing, &[]);
        if let Err(trouble) = ended {
            is_told_cleanly(&trouble);
        }
    });
}

/// Everything that boards and reports say of these facts.
fn judge(plan: &Plan, facts: &Facts) {
    let evidence = Evidence::default();
    let today = jiff::civil::date(2026, 11, 23);
    let case = Case { plan, facts, evidence: &evidence, today };
    for subject in Subject::steps().chain(ReviewRow::ALL.into_iter().map(Subject::Review)) {
        for finding in subject.checks(&case) {
            is_clean(&finding.detail);
        }
        for action in subject.actions(&case) {
            is_clean(&action.sentence());
        }
        let _asked = subject.asks(&case);
        are_clean(subject.by_hand(&case));
        if let Some(trouble) = subject.trouble(&case) {
            is_told_cleanly(&trouble);
        }
    }
}

static WORLD: LazyLock<World> = LazyLock::new(World::new);

struct World {
    runtime: Runtime,
    /// One at a time: what is changed holds for all that is asked.
    alone: Mutex<()>,
    proxy: Arc<Proxy>,
    plan: Plan,
    /// With the operator signed in.
    tenant: Tenant,
    origin: String,
    _folder: tempfile::TempDir,
    _running: Running,
}

impl World {
    fn new() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        let state = folder.path().join("tenant.json");
        let (running, proxy, origin, tenant) = runtime.block_on(async {
            let running = rehearsal::start(options(state)).await.expect("the rehearsal starts");
            let behind = running.addresses().login.replace("/login", "");
            let (proxy, origin) = Proxy::before(behind).await;
            let tenant = joined(&origin, SignInWay::Browser);
            sign_in(&tenant, tenant.profile()).await.expect("the operator signs in");
            (running, proxy, origin, tenant)
        });
        let alone = Mutex::default();
        Self { runtime, alone, proxy, plan: plan(), tenant, origin, _folder: folder, _running: running }
    }

    fn tenant(&self, way: SignInWay) -> Tenant {
        joined(&self.origin, way)
    }

    async fn read(&self, tenant: &Tenant) -> Facts {
        let query = Query::of(&self.plan, &Evidence::default());
        let mut facts = Facts::default();
        for area in Area::REVIEW {
            let read = tenant.read(area, &query, &facts).await;
            facts.absorb(read);
        }
        facts
    }
}

fn options(state: std::path::PathBuf) -> rehearsal::Options {
    let seed = SEED.to_owned();
    let (port, tls, faults, control) = (0, None, Vec::new(), Control::Off);
    rehearsal::Options { state, seed, port, tls, time_scale: TIME_SCALE, faults, control }
}

/// The example, with the accounts that the seed has.
fn plan() -> Plan {
    let mut plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    for (account, name) in plan.accounts.iter_mut().zip(rehearsal::emergency_accounts(SEED)) {
        account.user_name = name.split('@').next().unwrap_or_default().to_owned();
    }
    plan
}

fn joined(origin: &str, way: SignInWay) -> Tenant {
    let at = |service: &str| format!("{origin}/{service}");
    let profile = Profile {
        cloud: Cloud::Global,
        login: at("login"),
        graph: at("graph"),
        arm: at("arm"),
        arm_audience: at("arm"),
        logs: at("logs"),
        portal: at("login"),
        entra: at("login"),
        security_info: at("login"),
        ca_bundle: None,
        open: Opener::PlainHttp,
        time_scale: TIME_SCALE,
        clock: Clock::default(),
        mark: Mark::Rehearsal,
    };
    let how = SignIn { way, ..SignIn::browser() };
    Tenant::new(profile, rehearsal::TENANT_ID, &how).expect("a tenant")
}

/// The person of the rehearsal does what is shown.
async fn sign_in(tenant: &Tenant, profile: &Profile) -> Result<(), breakglass::domain::trouble::Trouble> {
    let show = |prompt: Prompt| {
        let profile = profile.clone();
        let (Prompt::Browser { short: address, .. } | Prompt::Code { address, .. }) = prompt else { return };
        tokio::spawn(async move { profile.open(&address).await });
    };
    tenant.sign_in(&Demand::default(), show).await.map(drop)
}

/// Whose answers are changed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Changed {
    Nothing,
    Services,
    SignIn,
}

impl Changed {
    fn is_about(self, path: &str) -> bool {
        match self {
            Self::Nothing => false,
            Self::Services => !path.starts_with("/login") && !path.starts_with("/people"),
            Self::SignIn => {
                path.starts_with("/login") && (path.ends_with("/token") || path.ends_with("/devicecode"))
            }
        }
    }
}

/// Stands between the program and the tenant.
struct Proxy {
    behind: String,
    front: String,
    client: reqwest::Client,
    orders: Mutex<Orders>,
}

struct Orders {
    changed: Changed,
    mangles: Vec<Mangle>,
    seen: u16,
}

impl Proxy {
    async fn before(behind: String) -> (Arc<Self>, String) {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let front = format!("http://{}", listener.local_addr().expect("an address"));
        let client = reqwest::Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
        let orders = Mutex::new(Orders { changed: Changed::Nothing, mangles: Vec::new(), seen: 0 });
        let client = client.build().expect("a client");
        let proxy = Arc::new(Self { behind, front: front.clone(), client, orders });
        let app = axum::Router::new().fallback(pass).with_state(Arc::clone(&proxy));
        tokio::spawn(async move { axum::serve(listener, app).await });
        (proxy, front)
    }

    fn begin(&self, changed: Changed, bytes: &[u8]) {
        let mangles = bytes.chunks(5).filter_map(Mangle::of).take(MOST).collect();
        *self.orders.lock().expect("orders") = Orders { changed, mangles, seen: 0 };
    }

    /// The answer to `path`, changed where it is its turn. A number may count further than there are answers, then it
    /// comes round.
    fn changed(&self, path: &str, body: &Bytes) -> Vec<u8> {
        let mut orders = self.orders.lock().expect("orders");
        if !orders.changed.is_about(path) {
            return body.to_vec();
        }
        let turn = orders.seen;
        orders.seen += 1;
        let is_due = |mangle: &&Mangle| mangle.answer % ANSWERS == turn;
        match orders.mangles.iter().find(is_due) {
            Some(mangle) => mangle.apply(body),
            None => body.to_vec(),
        }
    }

    /// Addresses in it lead through here, and who issued a token is here.
    fn through(&self, bytes: &[u8]) -> Bytes {
        let Ok(text) = std::str::from_utf8(bytes) else { return Bytes::copy_from_slice(bytes) };
        let text = text.replace(&self.behind, &self.front);
        match serde_json::from_str::<Value>(&text) {
            Ok(mut answer) if answer["id_token"].is_string() => {
                let token = answer["id_token"].as_str().and_then(|token| self.reissued(token));
                answer["id_token"] = token.map_or(Value::Null, Value::String);
                Bytes::from(answer.to_string())
            }
            _ => Bytes::from(text),
        }
    }

    /// The token with the issuer's address as it is seen in front of here. Nobody looks at its signature: it comes from the
    /// issuer itself.
    fn reissued(&self, token: &str) -> Option<String> {
        let (head, rest) = token.split_once('.')?;
        let (claims, signature) = rest.split_once('.')?;
        let claims = String::from_utf8(URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
        let claims = URL_SAFE_NO_PAD.encode(claims.replace(&self.behind, &self.front));
        Some(format!("{head}.{claims}.{signature}"))
    }
}

/// About as many answers as a review reads.
const ANSWERS: u16 = 120;

async fn pass(State(proxy): State<Arc<Proxy>>, request: Request) -> Response<Body> {
    let (head, body) = request.into_parts();
    let path = head.uri.path_and_query().map_or("/", |all| all.as_str()).to_owned();
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    let mut headers = head.headers;
    strip(&mut headers);
    let sent =
        proxy.client.request(head.method, format!("{}{path}", proxy.behind)).headers(headers).body(body);
    let Ok(answer) = sent.send().await else { return Response::new(Body::empty()) };
    let (status, mut headers) = (answer.status(), answer.headers().clone());
    strip(&mut headers);
    let location = headers.get(header::LOCATION).and_then(|at| at.to_str().ok()).map(str::to_owned);
    if let Some(at) = location.and_then(|at| at.replacen(&proxy.behind, &proxy.front, 1).parse().ok()) {
        headers.insert(header::LOCATION, at);
    }
    let body = answer.bytes().await.unwrap_or_default();
    let body = proxy.changed(head.uri.path(), &proxy.through(&body));
    let mut reply = Response::new(Body::from(body));
    (*reply.status_mut(), *reply.headers_mut()) = (status, headers);
    reply
}

/// What belongs to one connection only.
fn strip(headers: &mut HeaderMap) {
    for name in [header::HOST, header::CONTENT_LENGTH, header::TRANSFER_ENCODING, header::CONNECTION] {
        headers.remove(name);
    }
}
