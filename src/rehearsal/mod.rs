//! The rehearsal tenant: a simulated Microsoft Entra tenant behind a real HTTP server on loopback.
//!
//! It speaks Graph v1.0, Azure Resource Manager, Log Analytics and OAuth as far as this product uses them, with their
//! lags, limits, licences and refusals, so that the very code that changes a live tenant can be tried here first. It
//! keeps itself in one file, shares no types with the client side, and is not a test double: people rehearse on it.
//! It does not try to be complete: an operation the product never calls is answered like an unknown path.
//!
//! | room | what is in it |
//! |---|---|
//! | `http` | calls, replies, refusals, OData, certificates, and the router in front of all services |
//! | `identity` | OAuth endpoints, tokens, scopes, the people who sign in, Conditional Access |
//! | `graph`, `arm` | Microsoft Graph; Azure Resource Manager and Log Analytics: one file for each area |
//! | `state` | what the tenant remembers, questions about it, its clock, its file, the seeds it grows from |
//! | `faults` | what goes wrong: faults by name and place, cut connections, throttles, other administrators |
//! | `control` | a port of its own, to change the tenant by name while it runs |
//! | `known` | what it is called, for texts that speak of it |
//!
//! This file starts and stops it.

mod arm;
mod control;
mod error;
mod faults;
mod graph;
mod http;
mod identity;
mod known;
mod state;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::{RustlsAcceptor, RustlsConfig};
use serde::Serialize;
use serde_json::{Map, Value};
use tokio::task::JoinHandle;

use faults::connections::{CuttingAcceptor, Switches};
use http::{router, tls};
use state::model::State;
use state::world::{Mailboxes, World};
use state::{seed, store, time};

pub use error::RehearsalError;
pub use faults::fault::{Fault, FaultKind, Turns, kind_of};
pub use known::Known;
pub use state::model::TENANT_ID;

/// How to start a rehearsal tenant.
#[derive(Clone, Debug)]
pub struct Options {
    /// The JSON file it keeps itself in; made from the seed where it does not exist yet.
    pub state: PathBuf,
    /// One of [`seeds`].
    pub seed: String,
    /// Port on 127.0.0.1; 0 takes any free one.
    pub port: u16,
    /// Serve https, and write the authority to `ca.pem` in this folder.
    pub tls: Option<PathBuf>,
    /// Factor for every tenant duration: 1.0 is real time, 0.02 is fifty times faster.
    pub time_scale: f64,
    /// Faults armed from the start, besides those that it still holds.
    pub faults: Vec<Fault>,
    /// Whether it can be changed by name while it runs.
    pub control: Control,
}

/// Whether a rehearsal tenant opens its control port.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Control {
    /// Nobody can change it but through its services.
    #[default]
    Off,
    /// Whoever is told its address can: see [`Addresses::control`].
    On,
}

/// Base addresses of the services, without a trailing slash.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Addresses {
    /// Sign-in: `{login}/{tenant}/oauth2/v2.0/…`.
    pub login: String,
    /// Graph, without the version: `{graph}/v1.0/…`.
    pub graph: String,
    /// Azure Resource Manager.
    pub arm: String,
    /// Log Analytics: `{logs}/v1/workspaces/…`.
    pub logs: String,
    /// Stands for the portal.
    pub portal: String,
    /// Where the simulated person registers a security key.
    pub security_info: String,
    /// The control port, where it was asked for. Whoever knows this address can break the tenant.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<String>,
}

impl Addresses {
    fn at(origin: &str) -> Self {
        Self {
            login: format!("{origin}/login"),
            graph: format!("{origin}/graph"),
            arm: format!("{origin}/arm"),
            logs: format!("{origin}/logs"),
            portal: format!("{origin}/portal"),
            security_info: format!("{origin}/people/security-info"),
            control: None,
        }
    }
}

/// A rehearsal tenant that is up. Dropping it does not stop it; [`Running::stop`] does.
pub struct Running {
    addresses: Addresses,
    servers: Vec<Server>,
    world: Arc<Mutex<World>>,
}

impl Running {
    /// How many faults have not struck yet, counted by their uses.
    pub fn faults_left(&self) -> u32 {
        let world = self.world.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        world.state().faults.iter().map(|fault| fault.times).sum()
    }

    /// The requests that met a fault since it is served: `METHOD /path`.
    pub fn struck(&self) -> Vec<String> {
        self.world.lock().unwrap_or_else(std::sync::PoisonError::into_inner).struck.clone()
    }

    /// How far its clock is ahead of this machine's: see the change `time-passes` of the control port.
    pub fn ahead(&self) -> jiff::SignedDuration {
        let world = self.world.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        jiff::SignedDuration::from_millis(world.state().ahead)
    }

    /// From now on the recipients of alerts confirm their mailboxes only when this page is opened.
    pub fn mailboxes_wait(&self) -> String {
        let mut world = self.world.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        world.mailboxes = Mailboxes::WhenTold;
        self.addresses.security_info.replace("/security-info", "/mailboxes")
    }

    /// What it is called, and who and what in it goes by which name.
    pub fn known(&self) -> Known {
        let world = self.world.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        Known::of(world.state())
    }

    /// Where its services are.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Stops it; answers under way get a moment to leave. Nothing is lost, as every change was kept at once.
    pub async fn stop(self) {
        for server in &self.servers {
            server.handle.graceful_shutdown(Some(Duration::from_millis(200)));
        }
        for server in self.servers {
            // The server's own result says nothing a caller could act on any more.
            let _ended = server.task.await;
        }
    }
}

/// Names of the tenants a rehearsal can begin with.
pub fn seeds() -> &'static [&'static str] {
    seed::grow::NAMES
}

/// The emergency access accounts that a tenant of this seed begins with, by the names they sign in with, in their order.
pub fn emergency_accounts(seed: &str) -> Vec<String> {
    seed::grow::emergency_accounts(seed)
}

/// What is wrong with a change of this name and its parameters, as far as that can be told without a tenant; nothing where it
/// can be asked for.
pub fn objection(change: &str, parameters: &Map<String, Value>) -> Option<String> {
    control::catalog::objection(change, parameters.clone())
}

/// How far the clock of the tenant kept in `state` is ahead of this machine's; nothing where none is kept.
pub fn kept_ahead(state: &Path) -> jiff::SignedDuration {
    // A state that cannot be read is told of when the tenant is started.
    let kept = store::read(state).ok().flatten();
    kept.map_or(jiff::SignedDuration::ZERO, |kept| jiff::SignedDuration::from_millis(kept.ahead))
}

/// Starts a rehearsal tenant and returns once it accepts connections.
pub async fn start(options: Options) -> Result<Running, RehearsalError> {
    let mut world = kept_or_new(&options)?;
    if !options.faults.is_empty() {
        world.edit().faults.extend(options.faults);
    }
    world.keep()?;
    let world = Arc::new(Mutex::new(world));
    let services = listen(options.port)?;
    let scheme = if options.tls.is_some() { "https" } else { "http" };
    let mut addresses = Addresses::at(&format!("{scheme}://{}", services.address));
    let shared = router::Shared { world: Arc::clone(&world), switches: Switches::default(), scheme };
    let certificates = options.tls.as_deref().map(tls::config).transpose()?;
    let mut servers = vec![serve_services(services, shared, certificates)?];
    if options.control == Control::On {
        let shared = control::server::Shared::new(Arc::clone(&world));
        let listening = listen(0)?;
        addresses.control = Some(format!("http://{}{}", listening.address, shared.path()));
        servers.push(serve_control(listening, shared)?);
    }
    for server in &servers {
        server.handle.listening().await;
    }
    Ok(Running { addresses, servers, world })
}

fn kept_or_new(options: &Options) -> Result<World, RehearsalError> {
    let world = |state: State| World::new(state, options.state.clone(), options.time_scale);
    match store::read(&options.state)? {
        Some(kept) if kept.seed == options.seed => {
            store::check_writable(&options.state)?;
            Ok(world(kept).already_kept())
        }
        Some(kept) => Err(RehearsalError::OtherSeed { kept: kept.seed, asked: options.seed.clone() }),
        None => drifted(world(seed::grow::tenant(&options.seed, time::now())?), &options.seed),
    }
}

/// A new tenant with everything that has drifted in its seed.
fn drifted(mut world: World, seed: &str) -> Result<World, RehearsalError> {
    for name in seed::grow::drifts(seed)? {
        control::catalog::drifted(&mut world, &name).map_err(|reason| seed::grow::broken(seed, reason))?;
    }
    Ok(world)
}

/// A port that is taken.
struct Listening {
    listener: TcpListener,
    address: SocketAddr,
}

/// A server on one of them.
struct Server {
    handle: Handle<SocketAddr>,
    task: JoinHandle<std::io::Result<()>>,
}

fn not_listening(source: std::io::Error) -> RehearsalError {
    RehearsalError::Io { what: "listening on loopback", source }
}

fn listen(port: u16) -> Result<Listening, RehearsalError> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(|error| match error.kind() {
        std::io::ErrorKind::AddrInUse => RehearsalError::PortTaken(port),
        _ => not_listening(error),
    })?;
    listener.set_nonblocking(true).map_err(not_listening)?;
    let address = listener.local_addr().map_err(not_listening)?;
    Ok(Listening { listener, address })
}

fn serve_services(
    listening: Listening,
    shared: router::Shared,
    certificates: Option<RustlsConfig>,
) -> Result<Server, RehearsalError> {
    let acceptor = CuttingAcceptor::new(shared.switches.clone());
    let service = Router::new().fallback(router::serve).with_state(shared);
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    let plain = axum_server::from_tcp(listening.listener).map_err(not_listening)?.handle(handle.clone());
    let task = match certificates {
        Some(config) => {
            let secure = plain.acceptor(RustlsAcceptor::new(config).acceptor(acceptor));
            tokio::spawn(secure.serve(service))
        }
        None => tokio::spawn(plain.acceptor(acceptor).serve(service)),
    };
    Ok(Server { handle, task })
}

fn serve_control(listening: Listening, shared: control::server::Shared) -> Result<Server, RehearsalError> {
    let service = Router::new().fallback(control::server::serve).with_state(shared);
    let handle = Handle::new();
    let server = axum_server::from_tcp(listening.listener).map_err(not_listening)?.handle(handle.clone());
    Ok(Server { handle, task: tokio::spawn(server.serve(service.into_make_service())) })
}
