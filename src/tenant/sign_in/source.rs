//! The token source: it answers with a token, or with the sign-in that is needed. It never signs anybody in by itself.
//!
//! Two kinds behind one answer. A person signs in where people see it and leaves tokens and a refresh token here; an
//! app, or the Azure CLI, is a credential that is asked for a token when one is needed. All of it lives in memory only
//! and is wiped as it is dropped.

use std::sync::Arc;
use std::time::Duration;

use azure_core::credentials::TokenCredential;
use tokio::sync::Mutex;
use zeroize::Zeroizing;

use super::credential;
use super::oauth::{self, Client, Service};
use super::tokens::{Bearer, Grant, Jar};
use crate::domain::connection::sign_in::{Audience, SignInWay};
use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;
use crate::tenant::fault::{Fault, Kind};

/// What a source answers.
pub(in crate::tenant) enum Supplied {
    /// Here it is.
    Token(Bearer),
    /// Somebody must sign in, and the new token must bring these claims.
    NeedsSignIn { claims: Option<String> },
}

/// The source for Graph and, where it differs, the one for Azure.
pub(in crate::tenant) struct Sources {
    pub graph: Source,
    pub azure: Option<Source>,
}

/// Which audience a source serves besides Graph.
pub(in crate::tenant) fn is_azure(audience: Audience) -> bool {
    matches!(audience, Audience::Arm | Audience::Logs)
}

/// One person's or app's tokens.
pub(in crate::tenant) struct Source {
    pub way: SignInWay,
    pub client: Client,
    jar: Mutex<Jar>,
    credential: Mutex<Option<Arc<dyn TokenCredential>>>,
}

impl Source {
    /// A source that a person fills by signing in.
    pub fn of_person(way: SignInWay, client: Client) -> Self {
        Self { way, client, jar: Mutex::default(), credential: Mutex::new(None) }
    }

    /// A source whose tokens come from a credential; none where its secret is still to be typed.
    pub fn of_credential(
        way: SignInWay,
        client: Client,
        credential: Option<Arc<dyn TokenCredential>>,
    ) -> Self {
        Self { way, client, jar: Mutex::default(), credential: Mutex::new(credential) }
    }

    /// A token for `audience`, or the sign-in that is needed first. Others wait meanwhile, so it is renewed once.
    pub async fn token(&self, service: Service<'_>, audience: Audience) -> Result<Supplied, Fault> {
        let mut jar = self.jar.lock().await;
        if jar.is_declined(audience) {
            return Err(without(audience));
        }
        if let Some(claims) = jar.demanded(audience).cloned() {
            return self.stronger(claims);
        }
        if let Some(token) = jar.token(audience) {
            return Ok(Supplied::Token(token));
        }
        match self.way.is_shown() {
            true => self.renewed(&mut jar, service, audience).await,
            false => self.given(&mut jar, service, audience).await,
        }
    }

    /// A person can sign in again; a credential has nobody to ask.
    fn stronger(&self, claims: String) -> Result<Supplied, Fault> {
        match self.way {
            SignInWay::Browser | SignInWay::DeviceCode => Ok(Supplied::NeedsSignIn { claims: Some(claims) }),
            SignInWay::AzureCli => Err(refused(Trouble::new(
                "The tenant asks for a stronger sign-in.",
                "The Azure CLI is signed in without it.",
                "Use --sign-in browser, or sign in again with az login and multifactor authentication.",
            ))),
            SignInWay::ClientSecret
            | SignInWay::ClientCertificate
            | SignInWay::ManagedIdentity
            | SignInWay::WorkloadIdentity => Err(refused(Trouble::new(
                "The tenant asks for a stronger sign-in.",
                "An app cannot give one.",
                "Do this with --sign-in browser.",
            ))),
        }
    }

    async fn renewed(
        &self,
        jar: &mut Jar,
        service: Service<'_>,
        audience: Audience,
    ) -> Result<Supplied, Fault> {
        let Some(refresh) = jar.refresh().cloned() else { return Ok(Supplied::NeedsSignIn { claims: None }) };
        match oauth::refreshed(service, &self.client, audience, &refresh).await {
            Ok(grant) => Ok(Supplied::Token(jar.put(audience, grant))),
            Err(fault) if fault.kind == Kind::SignIn => {
                if audience == Audience::Graph {
                    jar.empty();
                }
                let claims = Some(fault.message).filter(|claims| !claims.is_empty());
                if let Some(claims) = &claims {
                    jar.demand(audience, claims.clone());
                }
                Ok(Supplied::NeedsSignIn { claims })
            }
            Err(fault) => Err(fault),
        }
    }

    async fn given(
        &self,
        jar: &mut Jar,
        service: Service<'_>,
        audience: Audience,
    ) -> Result<Supplied, Fault> {
        let credential = self.credential.lock().await.clone();
        let Some(credential) = credential else { return Ok(Supplied::NeedsSignIn { claims: None }) };
        let scope = format!("{}/.default", audience.resource(service.profile));
        let given = credential.get_token(&[&scope], None).await;
        let given = given.map_err(|error| refused(credential::trouble(self.way, &error)))?;
        let left = given.expires_on - azure_core::time::OffsetDateTime::now_utc();
        let lifetime = Duration::from_secs(u64::try_from(left.whole_seconds()).unwrap_or_default());
        let token = Zeroizing::new(given.token.secret().to_owned());
        Ok(Supplied::Token(jar.put_token(audience, token, lifetime)))
    }

    /// Keeps what a sign-in brought.
    pub(super) async fn keep(&self, audience: Audience, grant: Grant) {
        let mut jar = self.jar.lock().await;
        if audience == Audience::Graph {
            jar.empty();
        }
        jar.put(audience, grant);
    }

    /// Takes the client secret that was typed.
    pub async fn arm_with(&self, service: Service<'_>, secret: &Secret) -> Result<(), Trouble> {
        let made = credential::of(service.profile, self.way, &self.client, Some(secret))?;
        *self.credential.lock().await = Some(made);
        Ok(())
    }

    /// Whether the secret is still to be typed.
    pub async fn lacks_secret(&self) -> bool {
        !self.way.is_shown() && self.credential.lock().await.is_none()
    }

    /// Forgets a token that was refused.
    pub async fn forget(&self, audience: Audience) {
        self.jar.lock().await.forget(audience);
    }

    /// The next token must bring `claims`.
    pub async fn demand(&self, audience: Audience, claims: String) {
        self.jar.lock().await.demand(audience, claims);
    }

    /// Nobody will sign in for `audience`: what needs it stays unread.
    pub async fn decline(&self, audience: Audience) {
        self.jar.lock().await.decline(audience);
    }
}

fn refused(trouble: Trouble) -> Fault {
    Fault::unanswered(Kind::Refused, trouble)
}

fn without(audience: Audience) -> Fault {
    let next = match audience {
        Audience::Arm | Audience::Logs => {
            "Run the program again and sign in when it asks, or name another way with --azure-sign-in."
        }
        Audience::Risk => {
            "Run the program again and consent when it asks, or look in the portal and vouch for it."
        }
        Audience::Graph => "Run the program again and sign in when it asks.",
    };
    refused(Trouble::new(
        "A sign-in is missing.",
        format!("{} wants a sign-in of its own, and it was chosen to go on without.", audience.words()),
        next,
    ))
}
