//! A signed-in person's connection: finds the token, waits for a turn, sends, and repeats reads that may pass.
//!
//! Writes are sent once by [`Session::once`]; whether they may be repeated is for [`super::write`] to find out.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use jiff::{SignedDuration, Timestamp};
use reqwest::StatusCode;
use serde::de::DeserializeOwned;
use serde_json::Value;
use url::Url;

use super::fault::{Fault, Kind};
use super::http::{Audience, Http, Request, Response};
use super::pace::wait_for_turn;
use super::patience::{self, patiently};
use super::profile::Profile;
use super::sign_in::aside::{Asked, Signing};
use super::sign_in::oauth::{Client, GRAPH_POWERSHELL, Service};
use super::sign_in::redirect::Redirection;
use super::sign_in::source::{Source, Sources, Supplied, is_azure};
use super::sign_in::tokens::Bearer;
use super::trace::{self, Trace};
use super::wire::Page;
use crate::domain::connection::sign_in::Demand;
use crate::domain::trouble::Trouble;

/// Differences of two clocks up to this one are none.
const ROUNDED: SignedDuration = SignedDuration::from_secs(2);
/// More pages than any tenant has: a list that never ends is refused.
const MOST_PAGES: usize = 5000;
/// A service whose date is further away than this has no clock that helps anybody.
const FURTHEST: SignedDuration = SignedDuration::from_hours(31 * 24);

/// One person's connection to one tenant.
pub(super) struct Session {
    pub profile: Arc<Profile>,
    pub http: Http,
    graph: Source,
    /// The source for Azure, where it is another one.
    azure: Option<Source>,
    /// The sign-in that something was refused for.
    demand: Mutex<Option<Demand>>,
    /// The claims that a refused write asked of the latest sign-in.
    challenged: Mutex<Option<String>>,
    /// Where the return of a browser is awaited.
    redirection: Mutex<Option<Redirection>>,
    /// Who issues id tokens, once the service said so; shared with who is beside.
    issuer: Arc<Mutex<Option<String>>>,
    /// A sign-in that nobody has confirmed, and whom the latest confirmation was about.
    signing: Mutex<Signing>,
    /// How far the services' clock is ahead of this machine's.
    ahead: Mutex<SignedDuration>,
    /// Who is told what was sent.
    trace: Option<Trace>,
}

impl Session {
    /// A connection without anybody signed in.
    pub fn new(profile: Arc<Profile>, sources: Sources) -> Result<Self, Trouble> {
        let http = Http::new(&profile)?;
        Ok(Self {
            profile,
            http,
            graph: sources.graph,
            azure: sources.azure,
            demand: Mutex::default(),
            challenged: Mutex::default(),
            redirection: Mutex::default(),
            issuer: Arc::default(),
            signing: Mutex::default(),
            ahead: Mutex::default(),
            trace: None,
        })
    }

    /// The sign-in service, as this connection reaches it.
    pub fn service(&self) -> Service<'_> {
        Service { http: &self.http, profile: &self.profile }
    }

    /// A connection of somebody else beside this one, over the same clients.
    pub fn beside(&self, sources: Sources) -> Self {
        Self {
            profile: Arc::clone(&self.profile),
            http: self.http.clone(),
            graph: sources.graph,
            azure: sources.azure,
            demand: Mutex::default(),
            challenged: Mutex::default(),
            redirection: Mutex::default(),
            issuer: Arc::clone(&self.issuer),
            signing: Mutex::default(),
            ahead: Mutex::default(),
            trace: self.trace.clone(),
        }
    }

    /// Asks these about whoever signs in.
    pub fn asking(self, asked: Asked) -> Self {
        self.signing().asked = asked;
        self
    }

    /// Tells `trace` what is sent from now on.
    pub fn traced(self, trace: Option<Trace>) -> Self {
        Self { trace, ..self }
    }

    /// Where tokens for `audience` come from.
    pub fn source(&self, audience: Audience) -> &Source {
        match &self.azure {
            Some(azure) if is_azure(audience) => azure,
            _ => &self.graph,
        }
    }

    /// The app with which a person signs in through a browser: an app that proves itself has no page for people.
    pub fn person(&self) -> Client {
        match self.graph.way.is_app() {
            false => self.graph.client.clone(),
            true => Client { id: GRAPH_POWERSHELL.to_owned(), ..self.graph.client.clone() },
        }
    }

    /// The sign-in that something was refused for since the last look.
    pub fn take_demand(&self) -> Option<Demand> {
        self.demand.lock().unwrap_or_else(PoisonError::into_inner).take()
    }

    /// Says that a sign-in is needed; the error to stop with.
    fn needs(&self, demand: Demand) -> Fault {
        *self.demand.lock().unwrap_or_else(PoisonError::into_inner) = Some(demand);
        Self::signed_out()
    }

    /// A token for `audience` must bring `claims` from now on.
    pub async fn challenge(&self, audience: Audience, claims: String) {
        self.source(audience).demand(audience, claims).await;
        // What the source answers now is kept for whoever shows the sign-in.
        drop(self.token(audience).await);
    }

    /// Demands `claims` of the next sign-in, unless one was made for the same just before: a service that refuses what it
    /// asked for would ask for ever. False too where nobody is there to sign in.
    pub async fn challenge_once(&self, audience: Audience, claims: String) -> bool {
        if !self.source(audience).way.is_shown() {
            return false;
        }
        let again = {
            let mut last = self.challenged.lock().unwrap_or_else(PoisonError::into_inner);
            let again = last.as_ref() == Some(&claims);
            *last = (!again).then(|| claims.clone());
            again
        };
        if !again {
            self.challenge(audience, claims).await;
        }
        !again
    }

    /// What was asked of the latest sign-in was enough: the next time it is asked again.
    pub fn challenge_met(&self) {
        *self.challenged.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// The return of a browser is awaited here.
    pub fn expect(&self, redirection: Redirection) {
        *self.redirection.lock().unwrap_or_else(PoisonError::into_inner) = Some(redirection);
    }

    /// Who issues id tokens here, once that was read.
    pub fn issuer(&self) -> Option<String> {
        self.issuer.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// The service said who issues id tokens, or nothing.
    pub fn keep_issuer(&self, issuer: Option<String>) {
        *self.issuer.lock().unwrap_or_else(PoisonError::into_inner) = issuer;
    }

    /// Whom a sign-in is waiting for to be confirmed, and whom the latest confirmation was about.
    pub fn signing(&self) -> MutexGuard<'_, Signing> {
        self.signing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Brings an address back that a browser on another computer ended at.
    pub fn bring_back(&self, pasted: &str) -> Result<(), Trouble> {
        let redirection = self.redirection.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let nobody =
            || Trouble::new("Nobody waits for an address.", "No sign-in is under way.", "Start one.");
        redirection.ok_or_else(nobody)?.bring(pasted)
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
        let ask = Request::get(audience, self.url(audience, path));
        self.fetch(&ask).await?.json(&ask)
    }

    /// Asks a question with a body; it changes nothing, so it is repeated like a read.
    pub async fn question<T: DeserializeOwned>(
        &self,
        audience: Audience,
        path: &str,
        body: &Value,
    ) -> Result<T, Fault> {
        let ask = Request::question(audience, self.url(audience, path), body);
        self.fetch(&ask).await?.json(&ask)
    }

    /// Reads all pages of a list.
    pub async fn list<T: DeserializeOwned>(&self, audience: Audience, path: &str) -> Result<Vec<T>, Fault> {
        self.pages(audience, path, MOST_PAGES).await?.ok_or_else(|| endless().into())
    }

    /// Reads a list of Graph of at most so many pages; nothing of one that has more.
    pub async fn graph_list_up_to<T: DeserializeOwned>(
        &self,
        path: &str,
        most: usize,
    ) -> Result<Option<Vec<T>>, Fault> {
        self.pages(Audience::Graph, &format!("/v1.0{path}"), most).await
    }

    /// A next link is followed as it came, but only on the same host: elsewhere it would give the token away.
    async fn pages<T: DeserializeOwned>(
        &self,
        audience: Audience,
        path: &str,
        most: usize,
    ) -> Result<Option<Vec<T>>, Fault> {
        let mut all = Vec::new();
        let mut url = self.url(audience, path);
        for _ in 0..most {
            let ask = Request::get(audience, url);
            let page: Page<T> = self.fetch(&ask).await?.json(&ask)?;
            all.extend(page.value);
            let Some(next) = page.next else { return Ok(Some(all)) };
            self.same_host(audience, &next)?;
            if next == ask.url {
                return Err(endless().into());
            }
            url = next;
        }
        Ok(None)
    }

    /// Refuses an address that is not at the service's own host.
    pub fn same_host(&self, audience: Audience, link: &str) -> Result<(), Trouble> {
        let origin = |text: &str| Url::parse(text).ok().map(|url| url.origin());
        let home = origin(audience.address(&self.profile));
        if home.is_some() && origin(link) == home { Ok(()) } else { Err(foreign(link)) }
    }

    /// Sends a read, repeating it while the trouble may pass.
    pub async fn fetch(&self, ask: &Request) -> Result<Response, Fault> {
        patiently(&self.profile, || self.attempt(ask)).await
    }

    /// The wait that the server asked for, in real time.
    pub fn asked_wait(&self, fault: &Fault) -> Option<Duration> {
        fault.retry_after.map(|wait| patience::asked(&self.profile, wait))
    }

    /// Waits, in tenant time.
    pub async fn pause(&self, time: Duration) {
        tokio::time::sleep(self.profile.scaled(time)).await;
    }

    async fn attempt(&self, ask: &Request) -> Result<Response, Fault> {
        let answer = self.once(ask).await?;
        if answer.status.is_success() { Ok(answer) } else { Err(answer.fault(ask)) }
    }

    /// Sends `ask` once. A token that is refused is renewed once: a 401 was not carried out. A refusal that asks for a
    /// stronger sign-in (contract 8 and 10) is kept for whoever shows it.
    pub async fn once(&self, ask: &Request) -> Result<Response, Fault> {
        let answer = self.send(ask).await?;
        if answer.status.is_success() {
            return Ok(answer);
        }
        if let Some(claims) = answer.claims() {
            self.challenge(ask.audience, claims).await;
            return Err(answer.fault(ask).for_sign_in());
        }
        if answer.status != StatusCode::UNAUTHORIZED {
            return Ok(answer);
        }
        self.source(ask.audience).forget(ask.audience).await;
        self.send(ask).await
    }

    async fn send(&self, ask: &Request) -> Result<Response, Fault> {
        let token = self.token(ask.audience).await?;
        let _turn = wait_for_turn(&self.profile, ask.path()).await;
        let started = Instant::now();
        let answer = self.http.send(ask, &token).await;
        self.compare_clocks(&answer);
        if let Some(trace) = &self.trace {
            trace(&trace::sent(ask, &answer, started.elapsed()));
        }
        answer
    }

    fn compare_clocks(&self, answer: &Result<Response, Fault>) {
        let Some(theirs) = answer.as_ref().ok().and_then(Response::time) else { return };
        let ahead = theirs.duration_since(self.profile.clock.now());
        // A second more or less is what the header rounds away.
        let is_off = ahead.abs() > ROUNDED && ahead.abs() <= FURTHEST;
        let ahead = if is_off { ahead } else { SignedDuration::ZERO };
        *self.ahead.lock().unwrap_or_else(PoisonError::into_inner) = ahead;
    }

    /// The time as the services have it: a start that this machine's wrong clock puts into the future would make a role
    /// assignment wait for it.
    pub fn service_time(&self) -> Timestamp {
        let ahead = *self.ahead.lock().unwrap_or_else(PoisonError::into_inner);
        let now = self.profile.clock.now();
        now.checked_add(ahead).unwrap_or(now)
    }

    /// The token for a service, or the sign-in that is needed.
    pub async fn token(&self, audience: Audience) -> Result<Bearer, Fault> {
        match self.source(audience).token(self.service(), audience).await? {
            Supplied::Token(bearer) => Ok(bearer),
            Supplied::NeedsSignIn { claims } => Err(self.needs(Demand { audience, claims })),
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
