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
//!
//! This file starts and stops it.

mod arm;
mod error;
mod faults;
mod graph;
mod http;
mod identity;
mod state;

use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use axum::Router;
use axum_server::Handle;
use axum_server::tls_rustls::RustlsAcceptor;
use serde::Serialize;
use tokio::task::JoinHandle;

use faults::connections::{CuttingAcceptor, Switches};
use http::{router, tls};
use state::model::State;
use state::world::World;
use state::{seed, store, time};

pub use error::RehearsalError;
pub use faults::fault::{Fault, FaultKind};
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
    /// Faults armed from the start.
    pub faults: Vec<Fault>,
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
        }
    }
}

/// A rehearsal tenant that is up. Dropping it does not stop it; [`Running::stop`] does.
pub struct Running {
    addresses: Addresses,
    handle: Handle<SocketAddr>,
    server: JoinHandle<std::io::Result<()>>,
    world: Arc<Mutex<World>>,
}

impl Running {
    /// How many faults have not struck yet, counted by their uses.
    pub fn faults_left(&self) -> u32 {
        let world = self.world.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        world.faults.iter().map(|fault| fault.times).sum()
    }

    /// Where its services are.
    pub fn addresses(&self) -> &Addresses {
        &self.addresses
    }

    /// Stops it; answers under way get a moment to leave. Nothing is lost, as every change was kept at once.
    pub async fn stop(self) {
        self.handle.graceful_shutdown(Some(Duration::from_millis(200)));
        // The server's own result says nothing a caller could act on any more.
        let _ = self.server.await;
    }
}

/// Names of the tenants a rehearsal can begin with.
pub fn seeds() -> &'static [&'static str] {
    seed::grow::NAMES
}

/// Starts a rehearsal tenant and returns once it accepts connections.
pub async fn start(options: Options) -> Result<Running, RehearsalError> {
    let state = kept_or_new(&options)?;
    let mut world = World::new(state, options.state, options.time_scale);
    world.faults = options.faults;
    world.keep()?;
    let (listener, address) = listen(options.port)?;
    let scheme = if options.tls.is_some() { "https" } else { "http" };
    let world = Arc::new(Mutex::new(world));
    let shared = router::Shared { world: Arc::clone(&world), switches: Switches::default(), scheme };
    let certificates = options.tls.as_deref().map(tls::config).transpose()?;
    let (handle, server) = spawn(listener, (shared, certificates))?;
    handle.listening().await;
    Ok(Running { addresses: Addresses::at(&format!("{scheme}://{address}")), handle, server, world })
}

fn kept_or_new(options: &Options) -> Result<State, RehearsalError> {
    match store::read(&options.state)? {
        Some(kept) if kept.seed == options.seed => Ok(kept),
        Some(kept) => Err(RehearsalError::OtherSeed { kept: kept.seed, asked: options.seed.clone() }),
        None => seed::grow::tenant(&options.seed, time::now()),
    }
}

fn listen(port: u16) -> Result<(TcpListener, SocketAddr), RehearsalError> {
    let io = |source| RehearsalError::Io { what: "listening on loopback", source };
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).map_err(io)?;
    listener.set_nonblocking(true).map_err(io)?;
    let address = listener.local_addr().map_err(io)?;
    Ok((listener, address))
}

type Server = (Handle<SocketAddr>, JoinHandle<std::io::Result<()>>);

fn spawn(
    listener: TcpListener,
    what: (router::Shared, Option<axum_server::tls_rustls::RustlsConfig>),
) -> Result<Server, RehearsalError> {
    let (shared, certificates) = what;
    let acceptor = CuttingAcceptor::new(shared.switches.clone());
    let service = Router::new().fallback(router::serve).with_state(shared);
    let service = service.into_make_service_with_connect_info::<SocketAddr>();
    let handle = Handle::new();
    let plain = axum_server::from_tcp(listener)
        .map_err(|source| RehearsalError::Io { what: "listening on loopback", source })?
        .handle(handle.clone());
    let server = match certificates {
        Some(config) => {
            let secure = plain.acceptor(RustlsAcceptor::new(config).acceptor(acceptor));
            tokio::spawn(secure.serve(service))
        }
        None => tokio::spawn(plain.acceptor(acceptor).serve(service)),
    };
    Ok((handle, server))
}
