//! A signed-in person's connection: finds the token, waits for a turn, sends, and repeats reads that may pass.
//!
//! Writes are sent once by [`Session::once`]; whether they may be repeated is for [`super::write`] to find out.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::fault::{Fault, Kind};
use super::http::{Answer, Ask, Audience, Http};
use super::oauth::{self, Client};
use super::pace::wait_for_turn;
use super::profile::Profile;
use super::tokens::{Bearer, Grant, Jar};
use super::wire::Page;
use crate::trouble::Trouble;

/// First wait before a read is repeated, tenant time; it doubles up to [`LAST_WAIT`] (throttling.md).
const FIRST_WAIT: Duration = Duration::from_secs(2);
/// Last wait before a read is repeated, tenant time.
const LAST_WAIT: Duration = Duration::from_secs(32);
/// How often a read is repeated: after 2, 4, 8, 16 and 32 seconds.
const REPEATS: usize = 5;
/// The longest that a server may ask to wait, tenant time.
const LONGEST_ASKED: Duration = Duration::from_mins(5);
/// More pages than any tenant has: a list that never ends is refused.
const MOST_PAGES: usize = 5000;

/// One person's connection to one tenant.
pub(super) struct Session {
    pub profile: Arc<Profile>,
    pub client: Client,
    pub http: Http,
    jar: tokio::sync::Mutex<Option<Jar>>,
    signed_in: AtomicBool,
    /// Claims that the next sign-in must ask for (contract 10).
    claims: Mutex<Option<String>>,
}

impl Session {
    /// A connection without anybody signed in.
    pub fn new(profile: Arc<Profile>, client: Client) -> Result<Self, Trouble> {
        let http = Http::new(&profile)?;
        let (jar, claims) = (tokio::sync::Mutex::new(None), Mutex::new(None));
        Ok(Self { profile, client, http, jar, signed_in: AtomicBool::new(false), claims })
    }

    /// Keeps the tokens of who just signed in.
    pub async fn sign_in(&self, grant: Grant) {
        *self.jar.lock().await = Some(Jar::new(grant));
        self.signed_in.store(true, Ordering::Release);
        self.remember_claims(None);
    }

    /// Whether somebody is signed in.
    pub fn is_signed_in(&self) -> bool {
        self.signed_in.load(Ordering::Acquire)
    }

    /// Claims that the next sign-in must ask for.
    pub fn claims(&self) -> Option<String> {
        self.claims.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Keeps the claims that a refusal asked for.
    pub fn remember_claims(&self, claims: Option<String>) {
        *self.claims.lock().unwrap_or_else(PoisonError::into_inner) = claims;
    }

    /// The Graph token, for the scopes that stand in it.
    pub async fn graph_token(&self) -> Result<Bearer, Fault> {
        self.token(Audience::Graph).await
    }

    /// An absolute address of a service.
    pub fn url(&self, audience: Audience, path: &str) -> String {
        format!("{}{path}", audience.address(&self.profile))
    }

    /// Reads one object below Graph's `/v1.0`.
    pub async fn graph<T: DeserializeOwned>(&self, path: &str) -> Result<T, Fault> {
        self.read(Audience::Graph, &format!("/v1.0{path}")).await
    }

    /// Reads all pages of a list below Graph's `/v1.0`.
    pub async fn graph_list<T: DeserializeOwned>(&self, path: &str) -> Result<Vec<T>, Fault> {
        self.list(Audience::Graph, &format!("/v1.0{path}")).await
    }

    /// Reads one object.
    pub async fn read<T: DeserializeOwned>(&self, audience: Audience, path: &str) -> Result<T, Fault> {
        let ask = Ask::get(audience, self.url(audience, path));
        self.fetch(&ask).await?.json(&ask)
    }

    /// Asks a question with a body; it changes nothing, so it is repeated like a read.
    pub async fn question<T: DeserializeOwned>(
        &self,
        to: (Audience, &str),
        body: &Value,
    ) -> Result<T, Fault> {
        let ask = Ask::question(to.0, self.url(to.0, to.1), body);
        self.fetch(&ask).await?.json(&ask)
    }

    /// Reads all pages of a list. A next link is followed as it came, but only on the same host: elsewhere it would
    /// give the token away.
    pub async fn list<T: DeserializeOwned>(&self, audience: Audience, path: &str) -> Result<Vec<T>, Fault> {
        let mut all = Vec::new();
        let mut url = self.url(audience, path);
        for _ in 0..MOST_PAGES {
            let ask = Ask::get(audience, url);
            let page: Page<T> = self.fetch(&ask).await?.json(&ask)?;
            all.extend(page.value);
            let Some(next) = page.next else { return Ok(all) };
            self.same_host(audience, &next)?;
            url = next;
        }
        Err(endless().into())
    }

    /// Refuses an address that is not at the service's own host.
    pub fn same_host(&self, audience: Audience, link: &str) -> Result<(), Trouble> {
        let origin = |text: &str| Url::parse(text).ok().map(|url| url.origin());
        let home = origin(audience.address(&self.profile));
        if home.is_some() && origin(link) == home { Ok(()) } else { Err(foreign(link)) }
    }

    /// Sends a read, repeating it while the trouble may pass.
    pub async fn fetch(&self, ask: &Ask) -> Result<Answer, Fault> {
        let waits = ExponentialBuilder::default()
            .with_min_delay(self.profile.scaled(FIRST_WAIT))
            .with_max_delay(self.profile.scaled(LAST_WAIT))
            .with_max_times(REPEATS)
            .with_jitter();
        (|| self.attempt(ask))
            .retry(waits)
            .when(Fault::is_passing)
            .adjust(|fault: &Fault, wait| wait.map(|own| self.asked_wait(fault).unwrap_or(own)))
            .await
    }

    /// The wait that the server asked for, in real time.
    pub fn asked_wait(&self, fault: &Fault) -> Option<Duration> {
        fault.retry_after.map(|wait| self.profile.scaled(wait.min(LONGEST_ASKED)))
    }

    /// Waits, in tenant time.
    pub async fn pause(&self, time: Duration) {
        tokio::time::sleep(self.profile.scaled(time)).await;
    }

    async fn attempt(&self, ask: &Ask) -> Result<Answer, Fault> {
        let answer = self.once(ask).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(answer.fault(ask)) }
    }

    /// Sends `ask` once. A token that is refused is renewed once: a 401 was not carried out.
    pub async fn once(&self, ask: &Ask) -> Result<Answer, Fault> {
        let answer = self.send(ask).await?;
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        if let Some(claims) = answer.claims() {
            self.remember_claims(Some(claims));
            return Err(Self::signed_out());
        }
        if let Some(jar) = self.jar.lock().await.as_mut() {
            jar.forget(ask.audience);
        }
        self.send(ask).await
    }

    async fn send(&self, ask: &Ask) -> Result<Answer, Fault> {
        let token = self.token(ask.audience).await?;
        wait_for_turn(&self.profile, ask.path()).await;
        self.http.send(ask, &token).await
    }

    /// The token for a service, renewed when needed. Others wait meanwhile, so it is renewed once.
    async fn token(&self, audience: Audience) -> Result<Bearer, Fault> {
        let mut slot = self.jar.lock().await;
        let Some(jar) = slot.as_mut() else { return Err(Self::signed_out()) };
        if let Some(token) = jar.token(audience) {
            return Ok(token);
        }
        let Some(refresh) = jar.refresh() else { return Err(Self::signed_out()) };
        match oauth::refreshed((&self.http, &self.profile), &self.client, (audience, refresh)).await {
            Ok(grant) => Ok(jar.put(audience, grant)),
            Err(fault) if fault.kind == Kind::SignIn && audience == Audience::Graph => {
                *slot = None;
                self.signed_in.store(false, Ordering::Release);
                Err(fault)
            }
            Err(fault) => Err(fault),
        }
    }

    fn signed_out() -> Fault {
        let trouble = Trouble::new(
            "A sign-in is needed.",
            "Nobody is signed in, or the tenant asks for a fresh or stronger sign-in.",
            "Sign in, then continue.",
        );
        Fault::unanswered(Kind::SignIn, trouble)
    }
}

fn foreign(link: &str) -> Trouble {
    let host = Url::parse(link).ok().and_then(|url| url.host_str().map(str::to_owned));
    Trouble::new(
        "The list was not read to its end.",
        format!(
            "Its next page is on another host ({}); following it would give the token away.",
            host.unwrap_or_default()
        ),
        "Check the network for a proxy that rewrites answers, then try again.",
    )
}

fn endless() -> Trouble {
    Trouble::new("The list was not read to its end.", "It does not end.", "Try again later.")
}
