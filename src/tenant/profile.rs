//! The cloud profile: everything in which one tenant's surroundings differ from another's (promise 8).
//!
//! Addresses, trusted certificates, how an address is opened, how fast time runs, and the mark. Global, national
//! and rehearsal clouds are values of [`Profile`]; no code below asks which of them it talks to.

use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Serialize};
use url::{Host, Url};

use super::opener::Opener;
use crate::domain::connection::cloud::Cloud;
use crate::domain::trouble::Trouble;

/// What a tenant is marked as, on every screen and page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// A simulated tenant.
    Rehearsal,
    /// A simulated tenant in an exercise with people.
    Exercise,
    /// A real tenant.
    Live,
    /// A real tenant without a connection to it.
    Manual,
}

impl Mark {
    /// The mark as it is shown.
    pub fn as_str(self) -> &'static str {
        match self {
            Mark::Rehearsal => "REHEARSAL",
            Mark::Exercise => "EXERCISE",
            Mark::Live => "LIVE",
            Mark::Manual => "MANUAL",
        }
    }
}

/// The surroundings of a tenant. Addresses have no slash at the end.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Which cloud's features the tenant has.
    pub cloud: Cloud,
    /// Where people sign in and tokens are issued.
    pub login: String,
    /// Microsoft Graph.
    pub graph: String,
    /// Azure Resource Manager.
    pub arm: String,
    /// For whom a token for Azure is made out.
    pub arm_audience: String,
    /// Log Analytics queries.
    pub logs: String,
    /// The portal, for people.
    pub portal: String,
    /// The Entra admin center, for people.
    pub entra: String,
    /// The page where an account registers its security keys.
    pub security_info: String,
    /// A PEM file of certificates trusted besides those of the system.
    pub ca_bundle: Option<PathBuf>,
    /// How an address is opened.
    pub open: Opener,
    /// Length of a tenant second in real seconds: 1 for real tenants, less for a rehearsal.
    pub time_scale: f64,
    /// What the tenant is marked as.
    pub mark: Mark,
}

/// The keys of a profile file.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(default)]
    cloud: Cloud,
    arm_audience: Option<String>,
    entra: Option<String>,
    login: String,
    graph: String,
    arm: String,
    logs: String,
    portal: String,
    security_info: String,
    ca_bundle: Option<PathBuf>,
    open: Option<String>,
    #[serde(default = "real_time")]
    time_scale: f64,
    #[serde(default = "live")]
    mark: Mark,
}

fn real_time() -> f64 {
    1.0
}

fn live() -> Mark {
    Mark::Live
}

impl Profile {
    /// Reads a profile file. Unknown keys are refused, and so is plain http to anywhere but this machine.
    ///
    /// `open` is a command, `http` for the rehearsal's own people, or left out to only show addresses. `cloud` says
    /// whose features the tenant has, `arm_audience` for whom Azure's tokens are, `entra` where the admin center is.
    pub fn from_toml(text: &str) -> Result<Self, Trouble> {
        let file: File = toml::from_str(text).map_err(|e| wrong(e.message()))?;
        let address =
            |name: &str, value: &str| safe_address(value).map_err(|why| wrong(&format!("{name}: {why}")));
        if !file.time_scale.is_finite() || file.time_scale <= 0.0 || file.time_scale > 10.0 {
            return Err(wrong("time_scale: must be above 0 and at most 10"));
        }
        let arm_audience = file.arm_audience.as_ref().unwrap_or(&file.arm);
        let entra = file.entra.as_ref().unwrap_or(&file.portal);
        Ok(Self {
            cloud: file.cloud,
            login: address("login", &file.login)?,
            graph: address("graph", &file.graph)?,
            arm: address("arm", &file.arm)?,
            arm_audience: address("arm_audience", arm_audience)?,
            logs: address("logs", &file.logs)?,
            portal: address("portal", &file.portal)?,
            entra: address("entra", entra)?,
            security_info: address("security_info", &file.security_info)?,
            ca_bundle: file.ca_bundle,
            open: Opener::of_profile(file.open),
            time_scale: file.time_scale,
            mark: file.mark,
        })
    }

    /// A tenant duration in real time.
    pub fn scaled(&self, time: Duration) -> Duration {
        time.mul_f64(self.time_scale)
    }

    /// A client builder for this profile's addresses: HTTP/1.1, the system's trust and the extra certificates,
    /// and no proxy for addresses on this machine.
    pub(super) fn client(&self) -> Result<reqwest::ClientBuilder, Trouble> {
        let mut builder = reqwest::Client::builder().http1_only();
        if is_loopback_url(&self.graph) {
            // A rehearsal never goes through a proxy; a live tenant goes through the one that the environment names.
            builder = builder.no_proxy();
        }
        let Some(path) = &self.ca_bundle else { return Ok(builder) };
        Ok(builder.tls_certs_merge(certificates(path)?))
    }
}

/// The certificates in a PEM file, to be trusted besides those of the system.
pub fn certificates(path: &Path) -> Result<Vec<reqwest::Certificate>, Trouble> {
    let pem = std::fs::read(path).map_err(|e| bad_bundle(&format!("{}: {e}", path.display())))?;
    let certificates = reqwest::Certificate::from_pem_bundle(&pem).map_err(|e| bad_bundle(&e.to_string()))?;
    match certificates.is_empty() {
        true => Err(bad_bundle(&format!("{} holds no certificate.", path.display()))),
        false => Ok(certificates),
    }
}

/// An error of the HTTP library without the address in it: an address may carry a one-time code.
pub fn plain(error: &reqwest::Error) -> String {
    let mut source: Option<&dyn std::error::Error> = std::error::Error::source(error);
    let mut text = kind_of(error).to_owned();
    while let Some(cause) = source {
        text = cause.to_string();
        source = cause.source();
    }
    text
}

fn kind_of(error: &reqwest::Error) -> &'static str {
    if error.is_timeout() {
        "there was no answer in time"
    } else if error.is_connect() {
        "no connection"
    } else {
        "the connection broke"
    }
}

fn safe_address(value: &str) -> Result<String, String> {
    let url = Url::parse(value).map_err(|e| e.to_string())?;
    match url.scheme() {
        "https" => {}
        "http" if is_loopback(&url) => {}
        _ => return Err("must be https (http only on this machine)".to_owned()),
    }
    if url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
        || url.password().is_some()
    {
        return Err("must be an address without user, query or fragment".to_owned());
    }
    Ok(value.trim_end_matches('/').to_owned())
}

fn is_loopback_url(text: &str) -> bool {
    Url::parse(text).is_ok_and(|url| is_loopback(&url))
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => IpAddr::from(ip).is_loopback(),
        Some(Host::Ipv6(ip)) => IpAddr::from(ip).is_loopback(),
        None => false,
    }
}

fn wrong(why: &str) -> Trouble {
    Trouble::new(
        "The cloud profile cannot be used.",
        why,
        "Correct it and start again: it needs login, graph, arm, logs, portal and security_info, as the README shows.",
    )
}

fn bad_bundle(why: &str) -> Trouble {
    Trouble::new(
        "The certificate file cannot be used.",
        why,
        "Name a PEM file with --ca-file or in the profile.",
    )
}
