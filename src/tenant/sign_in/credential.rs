//! Credentials that need no person: the Azure CLI, and apps with a secret, a certificate or an identity of Azure's own.
//!
//! They come from Microsoft's `azure_identity`. Its requests go out through our own client, with our certificates and
//! proxies. A client secret it never gets: it would keep it in ordinary memory for as long as it lives, so it is put in on
//! [the way out](super::way_out).

use std::sync::Arc;

use azure_core::cloud::CustomConfiguration;
use azure_core::credentials::{Secret as TheirSecret, TokenCredential};
use azure_core::error::ErrorKind;
use azure_core::http::{ClientOptions, RetryOptions, Transport};
use azure_identity::{
    AzureCliCredential, AzureCliCredentialOptions, ClientAssertionCredential,
    ClientAssertionCredentialOptions, ClientSecretCredential, ClientSecretCredentialOptions,
    ManagedIdentityCredential, ManagedIdentityCredentialOptions, UserAssignedId, WorkloadIdentityCredential,
    WorkloadIdentityCredentialOptions,
};

use super::assertion::Assertion;
use super::azure_cli::OwnEnvironment;
use super::oauth::{Client, GRAPH_POWERSHELL, OAuthError};
use super::way_out::{PLACEHOLDER, SECRET_PLACEHOLDER, WayOut};
use crate::domain::connection::sign_in::SignInWay;
use crate::domain::secret::Secret;
use crate::domain::text::{clean, cut};
use crate::domain::trouble::Trouble;
use crate::tenant::profile::{Profile, plain};

fn options(out: WayOut) -> ClientOptions {
    let mut cloud = CustomConfiguration::default();
    PLACEHOLDER.clone_into(&mut cloud.authority_host);
    ClientOptions {
        transport: Some(Transport::new(Arc::new(out))),
        cloud: Some(Arc::new(cloud.into())),
        retry: RetryOptions::none(),
        ..ClientOptions::default()
    }
}

/// The credential of this way. `proof` is the client secret, or the certificate with its key as PEM.
pub(super) fn of(
    profile: &Profile,
    way: SignInWay,
    client: &Client,
    proof: Option<&Secret>,
) -> Result<Arc<dyn TokenCredential>, Trouble> {
    // No connection is kept: its buffers would keep what was sent.
    let http = profile.client()?.pool_max_idle_per_host(0);
    let http = http.build().map_err(|error| wrong(way, &plain(&error)))?;
    let secret = proof.filter(|_| way == SignInWay::ClientSecret).map(Secret::lent);
    let has_secret = secret.is_some();
    let options = options(WayOut { client: http, profile: profile.clone(), secret });
    let made = match way {
        SignInWay::AzureCli => azure_cli(client),
        SignInWay::ClientSecret if has_secret => by_secret(client, options),
        SignInWay::ClientSecret => return Err(no_proof()),
        SignInWay::ClientCertificate => {
            let assertion = Assertion::new(profile, client, proof.ok_or_else(no_proof)?)?;
            by_assertion(client, assertion, options)
        }
        SignInWay::ManagedIdentity => managed(client, direct(options, profile)?),
        SignInWay::WorkloadIdentity => workload(client, options),
        SignInWay::Browser | SignInWay::DeviceCode => return Err(no_proof()),
    };
    made.map_err(|error| trouble(way, &error))
}

type Made = azure_core::Result<Arc<dyn TokenCredential>>;

fn azure_cli(client: &Client) -> Made {
    let options = AzureCliCredentialOptions {
        tenant_id: Some(client.tenant.clone()),
        executor: Some(Arc::new(OwnEnvironment)),
        ..AzureCliCredentialOptions::default()
    };
    Ok(AzureCliCredential::new(Some(options))?)
}

fn by_secret(client: &Client, client_options: ClientOptions) -> Made {
    let options = ClientSecretCredentialOptions { client_options };
    let secret = TheirSecret::new(SECRET_PLACEHOLDER);
    Ok(ClientSecretCredential::new(&client.tenant, client.id.clone(), secret, Some(options))?)
}

fn by_assertion(client: &Client, assertion: Assertion, client_options: ClientOptions) -> Made {
    let options = ClientAssertionCredentialOptions { client_options };
    Ok(ClientAssertionCredential::new(client.tenant.clone(), client.id.clone(), assertion, Some(options))?)
}

/// The machine's own service is asked without a proxy: it exists only on the machine.
fn direct(options: ClientOptions, profile: &Profile) -> Result<ClientOptions, Trouble> {
    let built = profile.client()?.no_proxy().build();
    let client = built.map_err(|error| wrong(SignInWay::ManagedIdentity, &plain(&error)))?;
    let out = WayOut { client, profile: profile.clone(), secret: None };
    Ok(ClientOptions { transport: Some(Transport::new(Arc::new(out))), ..options })
}

/// Without an app of its own the machine's only identity is meant.
fn managed(client: &Client, client_options: ClientOptions) -> Made {
    let user_assigned_id =
        (client.id != GRAPH_POWERSHELL).then(|| UserAssignedId::ClientId(client.id.clone()));
    let options = ManagedIdentityCredentialOptions { user_assigned_id, client_options };
    Ok(ManagedIdentityCredential::new(Some(options))?)
}

/// Client and token file come from the pod's environment; a named app comes first.
fn workload(client: &Client, client_options: ClientOptions) -> Made {
    let client_id = (client.id != GRAPH_POWERSHELL).then(|| client.id.clone());
    let credential_options = ClientAssertionCredentialOptions { client_options };
    let options = WorkloadIdentityCredentialOptions {
        credential_options,
        client_id,
        tenant_id: Some(client.tenant.clone()),
        ..Default::default()
    };
    Ok(WorkloadIdentityCredential::new(Some(options))?)
}

/// An error of a credential as people read it. The request carried the app's secret or its proof, and the answer may repeat
/// that: of the service's words only the number is kept, and explained. The library's own hold no token.
pub(super) fn trouble(way: SignInWay, error: &azure_core::Error) -> Trouble {
    let said = error.to_string();
    let refused = |words: String| OAuthError { error_description: words, ..OAuthError::default() };
    if let Some(number) = refused(said.clone()).number() {
        let words = said.split_once("AADSTS").map(|(_, rest)| format!("AADSTS{rest}"));
        let words = words.filter(|_| way == SignInWay::AzureCli).unwrap_or_else(|| format!("AADSTS{number}"));
        return refused(words).trouble();
    }
    match error.kind() {
        ErrorKind::HttpResponse { status, .. } => {
            return wrong(way, &format!("The service answered {status}."));
        }
        ErrorKind::DataConversion => return wrong(way, "The answer of the service could not be read."),
        _ => {}
    }
    let said = said.lines().next().unwrap_or_default();
    wrong(way, &cut(&clean(said), 300))
}

fn wrong(way: SignInWay, why: &str) -> Trouble {
    let next = match way {
        SignInWay::AzureCli => "Install the Azure CLI (2.54 or newer), run az login, then try again.",
        SignInWay::ClientSecret => "Check --client-id, --tenant and the secret.",
        SignInWay::ClientCertificate => "Check --client-id, --tenant and the certificate file.",
        SignInWay::ManagedIdentity => "Run this on an Azure machine that has an identity.",
        SignInWay::WorkloadIdentity => "Run this in a pod with workload identity.",
        SignInWay::Browser | SignInWay::DeviceCode => "Try again.",
    };
    Trouble::new(format!("The sign-in with {} did not work.", way.name()), why, next)
}

fn no_proof() -> Trouble {
    Trouble::new(
        "The sign-in cannot begin.",
        "The app's secret or certificate is missing.",
        "Name it with --secret-file or --certificate.",
    )
}
