//! One HTTP request and its answer: the wire, and nothing about what the answer means.
//!
//! Every request carries a fresh `client-request-id`. Redirects are never followed, because they would carry the
//! token along. Bodies and answers live in memory that is wiped; what is secret goes over a connection of its own
//! that is not kept. Retries and tokens are [`super::session`].

use std::time::Duration;

use bytes::Bytes;
use reqwest::header::{ACCEPT, AUTHORIZATION, CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, StatusCode};
use serde::de::DeserializeOwned;
use serde_json::Value;
use zeroize::Zeroizing;

use super::fault::{About, Fault, Kind};
use super::profile::{Profile, plain};
use super::retry_after;
pub(super) use crate::domain::connection::sign_in::Audience;
use crate::domain::trouble::Trouble;

/// How long an answer may take, tenant seconds.
const PATIENCE: Duration = Duration::from_mins(1);
/// However fast tenant time runs, a real machine is given this long.
const LEAST_PATIENCE: Duration = Duration::from_secs(2);
/// The largest answer that is read, bytes.
const LARGEST: usize = 32 * 1024 * 1024;
/// As much is set aside for an answer before it comes, bytes.
const USUAL: usize = 64 * 1024;

impl Audience {
    /// The service's address in this profile.
    pub fn address(self, profile: &Profile) -> &str {
        match self {
            Audience::Graph | Audience::Risk => &profile.graph,
            Audience::Arm => &profile.arm,
            Audience::Logs => &profile.logs,
        }
    }

    /// For whom its tokens are made out in this profile.
    pub fn resource(self, profile: &Profile) -> &str {
        match self {
            Audience::Arm => &profile.arm_audience,
            other => other.address(profile),
        }
    }
}

/// Whether body or answer hold a secret.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Discretion {
    Ordinary,
    Secret,
}

/// A request. No `Debug`: its body may hold a secret.
pub(super) struct Request {
    pub audience: Audience,
    pub method: Method,
    /// The whole address.
    pub url: String,
    pub body: Option<Bytes>,
    pub discretion: Discretion,
}

impl Request {
    /// Reads the address.
    pub fn get(audience: Audience, url: String) -> Self {
        Self { audience, method: Method::GET, url, body: None, discretion: Discretion::Ordinary }
    }

    /// Asks a question that needs a body; it changes nothing.
    pub fn question(audience: Audience, url: String, body: &Value) -> Self {
        let body = Some(Bytes::from(body.to_string()));
        Self { audience, method: Method::POST, url, body, discretion: Discretion::Ordinary }
    }

    /// The address without its query.
    pub fn path(&self) -> &str {
        self.url.split('?').next().unwrap_or(&self.url)
    }
}

/// An answer that arrived whole. No `Debug`: its body may hold a secret.
pub(super) struct Response {
    pub status: StatusCode,
    /// `client-request-id` it answers to.
    pub request: String,
    pub body: Zeroizing<Vec<u8>>,
    headers: HeaderMap,
}

impl Response {
    /// The body as `T`.
    pub fn json<T: DeserializeOwned>(&self, ask: &Request) -> Result<T, Fault> {
        serde_json::from_slice(&self.body).map_err(|_| Fault::garbled(&self.body, self.about(ask)))
    }

    /// A web page where a service answers JSON or nothing: somebody in between answered, and nothing is known to be done.
    pub fn page(&self, ask: &Request) -> Option<Fault> {
        super::fault::looks_like_a_page(&self.body).then(|| Fault::garbled(&self.body, self.about(ask)))
    }

    /// The refusal in this answer.
    pub fn fault(&self, ask: &Request) -> Fault {
        let told = match ask.discretion {
            Discretion::Ordinary => Fault::answered,
            Discretion::Secret => Fault::answered_without_words,
        };
        let mut fault = told(self.status.as_u16(), &self.body, self.about(ask));
        fault.retry_after = self.retry_after();
        fault
    }

    /// Tenant time that the server asks to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        retry_after::wait(self.header("retry-after")?, self.header("date"))
    }

    /// Where a long operation is followed.
    pub fn location(&self) -> Option<&str> {
        self.header("location")
    }

    /// The service's own time, to the second.
    pub fn time(&self) -> Option<jiff::Timestamp> {
        jiff::fmt::rfc2822::DateTimeParser::new().parse_timestamp(self.header("date")?).ok()
    }

    /// Where Azure tells the state of a long operation.
    pub fn operation(&self) -> Option<&str> {
        self.header("azure-asyncoperation")
    }

    /// The claims that a new sign-in must bring (contract 10), from `WWW-Authenticate`.
    pub fn claims(&self) -> Option<String> {
        let challenge = self.header("www-authenticate")?;
        let start = challenge.find("claims=\"")? + "claims=\"".len();
        let encoded = challenge[start..].split('"').next()?;
        super::challenge::claims(std::str::from_utf8(&super::jwt::decoded(encoded)?).ok()?)
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name)?.to_str().ok()
    }

    fn about<'a>(&'a self, ask: &'a Request) -> About<'a> {
        About { service: ask.audience, method: ask.method.as_str(), path: ask.path(), request: &self.request }
    }
}

/// The two clients.
#[derive(Clone)]
pub(super) struct Http {
    ordinary: reqwest::Client,
    secret: reqwest::Client,
}

impl Http {
    /// Clients for this profile.
    pub fn new(profile: &Profile) -> Result<Self, Trouble> {
        let patience = profile.scaled(PATIENCE).max(LEAST_PATIENCE);
        let build = |idle: usize| {
            let builder = profile.client()?.redirect(reqwest::redirect::Policy::none()).timeout(patience);
            builder.pool_max_idle_per_host(idle).build().map_err(|e| no_client(&e))
        };
        Ok(Self { ordinary: build(4)?, secret: build(0)? })
    }

    /// Sends `ask` with the token `bearer` and reads the whole answer.
    pub async fn send(&self, ask: &Request, bearer: &str) -> Result<Response, Fault> {
        let request = uuid::Uuid::new_v4().to_string();
        let headers = headers(&request, bearer)?;
        let client = self.client(ask.discretion);
        let mut builder = client.request(ask.method.clone(), &ask.url).headers(headers);
        if ask.url.contains("$count=true") {
            // Counting, and filtering by type, go by an index that must be asked for by name (contract 15.2).
            builder = builder.header("ConsistencyLevel", "eventual");
        }
        if let Some(body) = &ask.body {
            builder = builder.header(CONTENT_TYPE, "application/json").body(body.clone());
        }
        self.answer(builder, request).await
    }

    /// Reads what the sign-in service tells everybody; no token is sent.
    pub async fn look(&self, url: &str) -> Result<Response, Fault> {
        let request = uuid::Uuid::new_v4().to_string();
        let builder = self.ordinary.get(url).header("client-request-id", &request);
        self.answer(builder.header(ACCEPT, "application/json"), request).await
    }

    /// Posts a form to the sign-in service.
    pub async fn form(&self, url: &str, fields: &[(&str, &str)]) -> Result<Response, Fault> {
        let request = uuid::Uuid::new_v4().to_string();
        let builder =
            self.secret.post(url).header("client-request-id", &request).header(ACCEPT, "application/json");
        self.answer(builder.form(fields), request).await
    }

    fn client(&self, discretion: Discretion) -> &reqwest::Client {
        match discretion {
            Discretion::Ordinary => &self.ordinary,
            Discretion::Secret => &self.secret,
        }
    }

    async fn answer(&self, builder: reqwest::RequestBuilder, request: String) -> Result<Response, Fault> {
        let response = builder.send().await.map_err(|e| lost(&e, &request))?;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = read(response, &request).await?;
        Ok(Response { status, request, body, headers })
    }
}

/// The token stands in a header that is not shown by `Debug` of the library.
fn headers(request: &str, bearer: &str) -> Result<HeaderMap, Trouble> {
    let line = Zeroizing::new(format!("Bearer {bearer}"));
    let mut token = HeaderValue::from_str(&line).map_err(|_| {
        Trouble::new(
            "The token cannot be used.",
            "It holds characters that no header may hold.",
            "Sign in again.",
        )
    })?;
    token.set_sensitive(true);
    let id = HeaderValue::from_str(request).unwrap_or(HeaderValue::from_static("unknown"));
    Ok(HeaderMap::from_iter([
        (AUTHORIZATION, token),
        (ACCEPT, HeaderValue::from_static("application/json")),
        (HeaderName::from_static("client-request-id"), id),
    ]))
}

async fn read(mut response: reqwest::Response, request: &str) -> Result<Zeroizing<Vec<u8>>, Fault> {
    // What the answer says of its length is no reason to set memory aside for more than came.
    let expected = response.content_length().and_then(|n| usize::try_from(n).ok()).unwrap_or(USUAL);
    let mut body = Zeroizing::new(Vec::with_capacity(expected.min(USUAL)));
    while let Some(chunk) = response.chunk().await.map_err(|e| lost(&e, request))? {
        if body.len() + chunk.len() > LARGEST {
            let trouble = Trouble::new("The answer is too large.", "More than 32 MB came.", "Try again.");
            return Err(Fault::unanswered(Kind::Lost, trouble.with_request(request)));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn lost(error: &reqwest::Error, request: &str) -> Fault {
    let kind = match (error.is_builder(), error.is_connect()) {
        (true, _) => Kind::Refused,
        (false, true) => Kind::NotSent,
        (false, false) => Kind::Lost,
    };
    let (what, why) = ("There was no answer.", plain(error));
    let next = match (why.contains("certificate"), error.is_connect() && proxy_is_named()) {
        (true, _) => {
            "If this network inspects TLS, name its authority with --ca-file (ca_bundle in a cloud profile); else \
             check the clock of this machine and the address."
        }
        (false, true) => "Check the network and the proxy that HTTPS_PROXY names, and try again.",
        (false, false) => "Check the network and try again.",
    };
    Fault::unanswered(kind, Trouble::new(what, why, next).with_request(request))
}

/// Whether the environment sends requests through a proxy.
fn proxy_is_named() -> bool {
    ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"]
        .iter()
        .any(|name| std::env::var_os(name).is_some_and(|proxy| !proxy.is_empty()))
}

fn no_client(error: &reqwest::Error) -> Trouble {
    Trouble::new("No connection can be prepared.", plain(error), "Check the certificates of this machine.")
}
