//! Signing in, in plain sight: a [`source::Source`] answers every request with a token or with the sign-in that is
//! needed; the person sees that sign-in and carries it out; then the work goes on.
//!
//! Interactive ways are a browser that returns here and a code for another device. Credentials of apps and of the Azure
//! CLI sit behind the same source. Tokens for Graph and for Azure may come from two sources.

use std::io::Read as _;
use std::path::Path;

use super::fault::Fault;
use super::named_file;
use super::profile::Profile;
use super::session::Session;
use crate::domain::connection::sign_in::{Demand, Prompt, SignInWay, Who};
use crate::domain::encoding;
use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;

pub(super) mod aside;
mod assertion;
mod azure_cli;
mod azure_test;
mod browser;
pub(super) mod confirm;
mod credential;
mod device;
mod id_token;
mod known;
pub(super) mod oauth;
pub(super) mod redirect;
pub(super) mod source;
pub(super) mod test_sign_in;
pub(super) mod tokens;
mod visitors;
mod way_out;
mod wish;

pub use aside::Asked;
use oauth::Client;
pub use oauth::GRAPH_POWERSHELL;
use source::{Source, Sources};
pub use test_sign_in::TestSignIn;
use wish::Wish;

/// How to sign in, as the command line and the plan say. No `Debug`: it may hold an app's secret.
pub struct SignIn {
    /// For Graph, and for Azure unless another way is named.
    pub way: SignInWay,
    /// For Azure and Log Analytics.
    pub azure: Option<SignInWay>,
    /// Application id; Microsoft Graph PowerShell's when not named.
    pub client_id: Option<String>,
    /// The client secret, when it was in a file.
    pub secret: Option<Secret>,
    /// The certificate with its key, as PEM.
    pub certificate: Option<Secret>,
    /// Who has to confirm whoever signed in.
    pub asked: Asked,
}

impl SignIn {
    /// A browser and the shared public client.
    pub fn browser() -> Self {
        Self {
            way: SignInWay::Browser,
            azure: None,
            client_id: None,
            secret: None,
            certificate: None,
            asked: Asked::RealPeople,
        }
    }
}

/// The sources for `tenant`.
pub(super) fn sources(profile: &Profile, tenant: &str, how: &SignIn) -> Result<Sources, Trouble> {
    let id = how.client_id.clone().unwrap_or_else(|| GRAPH_POWERSHELL.to_owned());
    let client = Client { tenant: tenant.to_owned(), id };
    let graph = source(profile, how.way, client.clone(), how)?;
    let azure = how.azure.filter(|azure| *azure != how.way);
    let azure = azure.map(|way| source(profile, way, client, how)).transpose()?;
    Ok(Sources { graph, azure })
}

fn source(profile: &Profile, way: SignInWay, client: Client, how: &SignIn) -> Result<Source, Trouble> {
    if way.is_shown() {
        return Ok(Source::of_person(way, client));
    }
    let is_secret = way == SignInWay::ClientSecret;
    let is_certificate = way == SignInWay::ClientCertificate;
    if (is_secret || is_certificate) && client.id == GRAPH_POWERSHELL {
        return Err(no_app(way));
    }
    if is_secret && how.secret.is_none() {
        return Ok(Source::of_credential(way, client, None));
    }
    let proof = if is_secret { how.secret.as_ref() } else { how.certificate.as_ref() };
    let credential = credential::of(profile, way, &client, proof)?;
    Ok(Source::of_credential(way, client, Some(credential)))
}

fn no_app(way: SignInWay) -> Trouble {
    Trouble::new(
        format!("--sign-in {} needs an app of your own.", way.name()),
        "No application id was given.",
        "Register one (breakglass guide registration) and name it with --client-id.",
    )
}

/// How a sign-in ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Ended {
    /// There are tokens now.
    SignedIn,
    /// Somebody signed in whom a person has to confirm; until then nothing is done as that one.
    ToConfirm(Who),
    /// The client secret has to be typed first.
    SecretWanted,
}

/// Carries out the sign-in that `demand` asks for; `show` is told what the person has to see.
pub(super) async fn sign_in(
    session: &Session,
    demand: &Demand,
    show: impl Fn(Prompt),
) -> Result<Ended, Trouble> {
    let source = session.source(demand.audience);
    known::check(session, &source.client, source.way).await?;
    // Whoever was not confirmed before is out of the way now.
    confirm::drop_aside(session);
    let signed = match source.way {
        SignInWay::Browser => {
            let wish = Wish::operator(&session.profile, demand);
            browser::sign_in(session, &source.client, &wish, show).await.map_err(Fault::into_trouble)?
        }
        SignInWay::DeviceCode => device::sign_in(session, &source.client, demand, show).await?,
        _ if source.lacks_secret().await => {
            show(Prompt::Secret);
            return Ok(Ended::SecretWanted);
        }
        _ => {
            session.token(demand.audience).await.map_err(Fault::into_trouble)?;
            return Ok(Ended::SignedIn);
        }
    };
    let new_face = confirm::keep(session, demand.audience, signed).await;
    Ok(new_face.map_or(Ended::SignedIn, Ended::ToConfirm))
}

/// Reads a file that holds a secret: only its owner may read it.
pub fn read_private(path: &Path) -> Result<Secret, Trouble> {
    let refused = |why: String| {
        Trouble::new(
            format!("{} is not used.", path.display()),
            why,
            "Check the path and the file, and make it readable by you only: chmod 600 FILE.",
        )
    };
    // What was opened is looked at, not what lay there before.
    let mut file = named_file::open(path).map_err(|error| refused(error.to_string()))?;
    let data = file.metadata().map_err(|error| refused(error.to_string()))?;
    if is_open_to_others(&data) {
        return Err(refused("Others on this machine may read it, and it holds a secret.".to_owned()));
    }
    if is_of_another(&data) {
        return Err(refused("It belongs to another user of this machine, who may change it.".to_owned()));
    }
    // One more, so that the buffer never grows and leaves a copy behind.
    let size = usize::try_from(data.len()).unwrap_or(0) + 1;
    let mut bytes = zeroize::Zeroizing::new(Vec::with_capacity(size));
    file.read_to_end(&mut bytes).map_err(|error| refused(error.to_string()))?;
    let text = encoding::text_of(&bytes).map_err(refused)?;
    Ok(Secret::new(zeroize::Zeroizing::new(text.trim().to_owned())))
}

#[cfg(unix)]
fn is_open_to_others(data: &std::fs::Metadata) -> bool {
    use std::os::unix::fs::PermissionsExt as _;
    data.permissions().mode() & 0o077 != 0
}

#[cfg(not(unix))]
fn is_open_to_others(_: &std::fs::Metadata) -> bool {
    false
}

/// The administrator of the computer is nobody else.
#[cfg(unix)]
fn is_of_another(data: &std::fs::Metadata) -> bool {
    let owner = std::os::unix::fs::MetadataExt::uid(data);
    owner != 0 && owner != rustix::process::geteuid().as_raw()
}

#[cfg(not(unix))]
fn is_of_another(_: &std::fs::Metadata) -> bool {
    false
}
