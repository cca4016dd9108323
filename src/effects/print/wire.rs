//! How requests of the Internet Printing Protocol travel: over HTTP to a printer, and through the socket of this
//! computer's print system where there is one.
//!
//! A client of our own that obeys no proxy, follows no redirect and keeps no connection. Nothing is retried: a page that
//! may have been printed is not sent twice.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use bytes::Bytes;
use zeroize::Zeroizing;

use crate::domain::trouble::Trouble;
use crate::effects::print::answer::LARGEST;
use crate::tenant;

/// How long a printer may take for an answer.
const PATIENCE: Duration = Duration::from_secs(30);
/// The port of IPP where an address names none (RFC 3510).
const PORT: u16 = 631;
/// Where the print system listens when nothing else is said (CUPS, client.conf(5)): Linux, older Linux, macOS.
const SOCKETS: [&str; 3] = ["/run/cups/cups.sock", "/var/run/cups/cups.sock", "/private/var/run/cupsd"];
/// The environment variable that says where it listens: a socket's path, or a host with or without a port.
const SERVER: &str = "CUPS_SERVER";

/// The way to printers.
#[derive(Debug, Clone, Default)]
pub struct Wire {
    /// Certificates trusted besides those of the system.
    trusted: Vec<reqwest::Certificate>,
    /// The socket of the print system; requests for this computer go through it.
    socket: Option<PathBuf>,
    /// Names that are looked up here before anybody else is asked.
    hosts: Vec<(String, SocketAddr)>,
    /// The print system's host where the environment names another one.
    host: Option<String>,
}

impl Wire {
    /// The way to printers from here, trusting the certificates in the PEM file `trusted` too.
    pub fn here(trusted: Option<&Path>) -> Result<Self, Trouble> {
        let trusted = trusted.map(tenant::certificates).transpose()?.unwrap_or_default();
        Ok(Self { trusted, ..Self::to(std::env::var(SERVER).ok().as_deref()) })
    }

    /// The print system that `server` names, or the one that is found.
    pub fn to(server: Option<&str>) -> Self {
        match server.map(str::trim).filter(|server| !server.is_empty()) {
            Some(path) if path.starts_with('/') => Self { socket: Some(path.into()), ..Self::default() },
            Some(host) => Self { host: Some(host.to_owned()), ..Self::default() },
            None => {
                let socket = SOCKETS.iter().map(PathBuf::from).find(|path| path.exists());
                Self { socket, ..Self::default() }
            }
        }
    }

    /// This way, on which `name` leads to `address`, as a file of hosts says it.
    #[must_use]
    pub fn knowing(mut self, name: &str, address: SocketAddr) -> Self {
        self.hosts.push((name.to_owned(), address));
        self
    }

    /// The address of the print system.
    pub fn server(&self) -> String {
        format!("ipp://{}/", self.host.as_deref().unwrap_or("localhost"))
    }

    /// Sends `body` to `printer` and returns what it answered.
    pub(super) async fn send(&self, printer: &str, body: Zeroizing<Vec<u8>>) -> Result<Bytes, Trouble> {
        let address = http(printer)?;
        let mut client = reqwest::Client::builder()
            .no_proxy()
            .http1_only()
            .pool_max_idle_per_host(0)
            .redirect(reqwest::redirect::Policy::none())
            .timeout(PATIENCE)
            .tls_certs_merge(self.trusted.clone());
        if let Some(socket) = self.socket.as_ref().filter(|_| is_here(&address)) {
            client = through(client, socket);
        }
        for (name, address) in &self.hosts {
            client = client.resolve(name, *address);
        }
        let client = client.build().map_err(|error| unreachable(printer, &error.to_string()))?;
        let sent =
            client.post(address).header("content-type", "application/ipp").body(Bytes::from_owner(body));
        let answer = sent.send().await.map_err(|error| not_sent(printer, &error))?;
        match answer.status() {
            status if status.is_success() => read(printer, answer).await,
            reqwest::StatusCode::UNAUTHORIZED | reqwest::StatusCode::FORBIDDEN => Err(locked(printer)),
            status => Err(unreachable(printer, &format!("It answered {status}."))),
        }
    }
}

/// What a printer answered, as far as any printer has something to say.
async fn read(printer: &str, mut answer: reqwest::Response) -> Result<Bytes, Trouble> {
    let mut all = Vec::new();
    while let Some(piece) = answer.chunk().await.map_err(|error| not_sent(printer, &error))? {
        if all.len() + piece.len() > LARGEST {
            return Err(unreachable(printer, "Its answer does not end."));
        }
        all.extend_from_slice(&piece);
    }
    Ok(all.into())
}

#[cfg(unix)]
fn through(client: reqwest::ClientBuilder, socket: &Path) -> reqwest::ClientBuilder {
    client.unix_socket(socket)
}

/// Only Unix has such sockets.
#[cfg(not(unix))]
fn through(client: reqwest::ClientBuilder, _socket: &Path) -> reqwest::ClientBuilder {
    client
}

/// Whether an address is that of this computer's print system.
fn is_here(address: &url::Url) -> bool {
    address.host_str() == Some("localhost") && address.port() == Some(PORT)
}

/// The HTTP address behind an IPP address (RFC 3510, RFC 7472).
pub(super) fn http(printer: &str) -> Result<url::Url, Trouble> {
    let mut address = url::Url::parse(printer).map_err(|_| no_address(printer))?;
    let scheme = match address.scheme() {
        "ipp" | "http" => "http",
        "ipps" | "https" => "https",
        _ => return Err(no_address(printer)),
    };
    let port =
        if address.scheme().starts_with("ipp") { address.port().or(Some(PORT)) } else { address.port() };
    // The `url` crate changes no scheme between special and other ones, so it is put together again.
    let host = address.host_str().ok_or_else(|| no_address(printer))?.to_owned();
    let (path, port) = (address.path().to_owned(), port.map(|p| format!(":{p}")).unwrap_or_default());
    address = url::Url::parse(&format!("{scheme}://{host}{port}{path}")).map_err(|_| no_address(printer))?;
    Ok(address)
}

/// What went wrong below HTTP, in words of our own; a certificate's fault is named as the library names it.
fn not_sent(printer: &str, error: &reqwest::Error) -> Trouble {
    let cause = tenant::plain(error);
    match (cause.contains("certificate"), error.is_connect(), error.is_timeout()) {
        (true, _, _) => untrusted(printer, &cause),
        (_, true, _) => unreachable(printer, "Nothing answers at this address."),
        (_, _, true) => unreachable(printer, "It did not answer in time."),
        _ => unreachable(printer, "The connection broke."),
    }
}

pub(super) fn no_address(printer: &str) -> Trouble {
    Trouble::new(
        format!("\"{printer}\" is no address of a printer."),
        "An address looks like ipp://printer.example.com/ipp/print.",
        "Correct it in the plan, or look at the printer's network page.",
    )
}

pub(super) fn unreachable(printer: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The printer {printer} could not be reached."),
        why,
        "Look whether it is on and in this network, or choose another route. Nothing is lost.",
    )
}

fn untrusted(printer: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The certificate of the printer {printer} is not trusted, so nothing was sent."),
        format!("Most printers make their own certificate. It was refused: {why}."),
        "Save it as PEM from the printer's web page and name the file with --ca-file, or choose another route. Nothing \
         is lost.",
    )
}

fn locked(printer: &str) -> Trouble {
    Trouble::new(
        format!("The printer {printer} wants a user and a password."),
        "This program gives it none.",
        "Print through lp, which can ask for them, or choose another route. Nothing is lost.",
    )
}
