//! The cloud profile: everything in which one tenant's surroundings differ from another's (promise 8).
//!
//! Addresses, trusted certificates, how an address is opened, how fast time runs, and the mark. Global, national
//! and rehearsal clouds are values of [`Profile`]; no code below asks which of them it talks to.

use std::cmp::Ordering;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::SignedDuration;
use serde::Deserialize;
use url::Url;

use super::clock::Clock;
use super::named_file;
use super::opener::Opener;
use crate::domain::connection::cloud::Cloud;
use crate::domain::connection::loopback::{is_here, leads_here};
use crate::domain::mark::Mark;
use crate::domain::trouble::Trouble;

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
    /// What time it is there: ahead of this machine only for a rehearsal in which time has passed.
    pub clock: Clock,
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
    /// How many days its clock is ahead of this machine's.
    #[serde(default)]
    days_ahead: u32,
    #[serde(default)]
    mark: Mark,
}

fn real_time() -> f64 {
    1.0
}

impl Profile {
    /// Reads a profile file. Unknown keys are refused, and so is plain http to anywhere but this machine. What would
    /// lift a guard (another mark than live, another time) is refused unless every service is on this machine.
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
        simulated_only_here(&file)?;
        let arm_audience = file.arm_audience.as_ref().unwrap_or(&file.arm);
        let entra = file.entra.as_ref().unwrap_or(&file.portal);
        let profile = Self {
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
            clock: Clock::ahead_by(SignedDuration::from_hours(24 * i64::from(file.days_ahead))),
            mark: file.mark,
        };
        profile.fits_its_mark().map(|()| profile)
    }

    /// A tenant duration in real time; one that no clock can hold is the longest there is.
    pub fn scaled(&self, time: Duration) -> Duration {
        Duration::try_from_secs_f64(time.as_secs_f64() * self.time_scale).unwrap_or(Duration::MAX)
    }

    /// Whether no service of it speaks TLS: a rehearsal on this machine. Nothing else is trusted then.
    fn is_plain(&self) -> bool {
        [&self.login, &self.graph, &self.arm, &self.logs].iter().all(|address| address.starts_with("http://"))
    }

    /// A client builder for this profile's addresses: HTTP/1.1, the system's trust and the extra certificates,
    /// and no proxy for addresses on this machine.
    pub(super) fn client(&self) -> Result<reqwest::ClientBuilder, Trouble> {
        let mut builder = reqwest::Client::builder().http1_only();
        if leads_here(&self.graph) {
            // A rehearsal never goes through a proxy; a live tenant goes through the one that the environment names.
            builder = builder.no_proxy();
        }
        if self.is_plain() {
            // Reading the system's certificates costs more than the whole first frame.
            return Ok(builder.tls_certs_only(std::iter::empty::<reqwest::Certificate>()));
        }
        let Some(path) = &self.ca_bundle else { return Ok(builder) };
        Ok(builder.tls_certs_merge(certificates(path)?))
    }
}

/// The certificates in a PEM file, to be trusted besides those of the system.
pub fn certificates(path: &Path) -> Result<Vec<reqwest::Certificate>, Trouble> {
    let pem = named_file::read(path).map_err(|e| bad_bundle(&format!("{}: {e}", path.display())))?;
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
        "http" if is_here(&url) => {}
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

/// A live tenant asks for its name and keeps the services' pace. A file must not take that from a real one.
fn simulated_only_here(file: &File) -> Result<(), Trouble> {
    let services = [("login", &file.login), ("graph", &file.graph), ("arm", &file.arm), ("logs", &file.logs)];
    let elsewhere = services.into_iter().find(|(_, address)| !leads_here(address));
    let Some((name, address)) = elsewhere else { return Ok(()) };
    if file.mark != Mark::Live {
        let mark = file.mark.as_str().to_lowercase();
        return Err(not_here(&format!("mark = \"{mark}\""), name, address));
    }
    if file.days_ahead != 0 {
        return Err(not_here(&format!("days_ahead = {}", file.days_ahead), name, address));
    }
    match file.time_scale.total_cmp(&real_time()) {
        Ordering::Equal => Ok(()),
        Ordering::Less | Ordering::Greater => {
            Err(not_here(&format!("time_scale = {}", file.time_scale), name, address))
        }
    }
}

fn wrong(why: &str) -> Trouble {
    Trouble::new(
        "The cloud profile cannot be used.",
        why,
        "Correct it and start again: it needs login, graph, arm, logs, portal and security_info, as the README shows.",
    )
}

fn not_here(key: &str, name: &str, address: &str) -> Trouble {
    Trouble::new(
        "The cloud profile cannot be used.",
        format!("{key} is for a simulated tenant on this machine, but {name} is {address}."),
        format!(
            "Take the line {key} out for a real tenant, or let login, graph, arm and logs all lead to this machine \
             (127.0.0.1, [::1] or localhost)."
        ),
    )
}

fn bad_bundle(why: &str) -> Trouble {
    Trouble::new(
        "The certificate file cannot be used.",
        why,
        "Name a PEM file with --ca-file or in the profile.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A profile file whose services are at these addresses, with one more line.
    fn file([login, graph, arm, logs]: [&str; 4], line: &str) -> Result<Profile, Trouble> {
        // An exercise has nothing elsewhere, not even a page for people.
        let page = if line.contains("exercise") { "http://localhost:5" } else { "https://p.example.com" };
        Profile::from_toml(&format!(
            "login='{login}'\ngraph='{graph}'\narm='{arm}'\nlogs='{logs}'\nportal='{page}'\n\
             security_info='{page}'\n{line}\n"
        ))
    }

    const HERE: [&str; 4] =
        ["http://127.0.0.1:5/login", "http://localhost:5/graph", "https://[::1]:5/arm", "http://127.9.9.9:5"];
    const LIFTS: [&str; 6] = [
        "mark='rehearsal'",
        "mark='exercise'",
        "mark='manual'",
        "time_scale=0.001",
        "time_scale=2.0",
        "days_ahead=7",
    ];

    #[test]
    fn one_real_address_is_enough_to_refuse_another_mark_or_another_time() {
        for service in 0..4 {
            for line in LIFTS {
                let mut addresses = HERE;
                addresses[service] = "https://graph.microsoft.com";
                let refused = file(addresses, line).expect_err(line);
                let key = line.split('=').next().unwrap_or_default();
                assert!(
                    refused.why.contains(key) && refused.why.contains("graph.microsoft.com"),
                    "{refused}"
                );
                assert!(
                    refused.next.contains("Take the line") && refused.next.contains("127.0.0.1"),
                    "{refused}"
                );
            }
        }
    }

    #[test]
    fn names_that_only_look_like_this_machine_are_not_this_machine() {
        for other in ["https://localhost.example.com", "https://127.0.0.1.example.com", "https://128.0.0.1"] {
            let mut addresses = HERE;
            addresses[1] = other;
            assert!(file(addresses, "mark='rehearsal'").is_err(), "{other}");
        }
    }

    #[test]
    fn on_this_machine_every_mark_and_time_may_be_named_and_a_real_tenant_needs_neither() {
        for line in LIFTS {
            file(HERE, line).expect(line);
        }
        let real = [
            "https://l.example.com",
            "https://g.example.com",
            "https://a.example.com",
            "https://o.example.com",
        ];
        for line in ["", "mark='live'", "time_scale=1.0", "time_scale=1", "days_ahead=0"] {
            assert_eq!(file(real, line).expect(line).mark, Mark::Live);
        }
    }

    #[test]
    fn a_mark_that_is_none_is_refused_wherever_the_services_are() {
        assert!(file(HERE, "mark='simulation'").is_err());
    }
}
