//! One request as the simulated services see it.
//!
//! Everything foreign is taken apart here, once, so that no service ever indexes into a header or a body by hand.
//! Knows nothing of Graph or ARM.

use std::collections::BTreeMap;

use axum::http::request::Parts;
use serde_json::Value;

use super::json::Object;
use super::refusal::Refusal;

/// A request after its service prefix has been cut off.
#[derive(Clone, Debug, Default)]
pub struct Call {
    /// Upper case.
    pub method: String,
    /// Path below the service's prefix, percent-encoded as it came, beginning with `/`.
    pub path: String,
    /// Decoded pairs in their order.
    pub query: Vec<(String, String)>,
    /// Lower-case names.
    pub headers: BTreeMap<String, String>,
    /// As it came.
    pub body: Vec<u8>,
    /// Scheme, host and port under which the caller reached this server.
    pub origin: String,
    /// The service's prefix, for links.
    pub prefix: String,
}

impl Call {
    /// Takes a request apart; `https` follows from how the server listens.
    pub fn new(parts: &Parts, body: Vec<u8>, scheme: &str) -> Self {
        let headers = header_map(parts);
        let host = headers.get("host").cloned().unwrap_or_else(|| "127.0.0.1".to_owned());
        Self {
            method: parts.method.as_str().to_uppercase(),
            path: parts.uri.path().to_owned(),
            query: pairs(parts.uri.query().unwrap_or_default()),
            headers,
            body,
            origin: format!("{scheme}://{host}"),
            prefix: String::new(),
        }
    }

    /// This call as it is seen from below `prefix`.
    pub fn below(mut self, prefix: &str) -> Self {
        let rest = self.path.get(prefix.len()..).unwrap_or_default();
        self.path = if rest.is_empty() { "/".to_owned() } else { rest.to_owned() };
        prefix.clone_into(&mut self.prefix);
        self
    }

    /// Decoded path segments, empty ones left out.
    pub fn segments(&self) -> Vec<String> {
        self.path.split('/').filter(|part| !part.is_empty()).map(percent_decoded).collect()
    }

    /// The first query parameter of that name, compared without case; a leading `$` may be left out by callers.
    pub fn query(&self, name: &str) -> Option<&str> {
        let hit = self.query.iter().find(|(key, _)| key.eq_ignore_ascii_case(name));
        hit.map(|(_, value)| value.as_str())
    }

    /// One header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(String::as_str)
    }

    /// The body as a JSON object.
    pub fn object(&self) -> Result<Object, Refusal> {
        match serde_json::from_slice(&self.body) {
            Ok(Value::Object(object)) => Ok(object),
            Ok(_) | Err(_) => Err(Refusal::bad_request(
                "Unable to read JSON request payload. Please ensure \
                 Content-Type header is set and payload is of valid JSON format.",
            )),
        }
    }

    /// The body as form fields, or the query where there is no body.
    pub fn form(&self) -> BTreeMap<String, String> {
        let text = String::from_utf8_lossy(&self.body);
        let fields = if self.body.is_empty() { self.query.clone() } else { pairs(&text) };
        fields.into_iter().collect()
    }

    /// Whether it was sent to a loopback name, as no web page elsewhere can do under a name of its own.
    pub fn is_to_loopback(&self) -> bool {
        let host = self.header("host").unwrap_or("127.0.0.1");
        let name = host.rsplit_once(':').map_or(host, |(name, _)| name);
        ["127.0.0.1", "localhost", "[::1]"].contains(&name)
    }

    /// Whether a browser asks, so that a page is expected.
    pub fn wants_page(&self) -> bool {
        self.header("accept").is_some_and(|accept| accept.contains("text/html"))
    }

    /// Address of this very call, without its query.
    pub fn address(&self) -> String {
        format!("{}{}{}", self.origin, self.prefix, self.path)
    }
}

/// Form or query text as decoded pairs.
pub fn pairs(text: &str) -> Vec<(String, String)> {
    url::form_urlencoded::parse(text.as_bytes()).into_owned().collect()
}

fn header_map(parts: &Parts) -> BTreeMap<String, String> {
    let readable = |value: &axum::http::HeaderValue| String::from_utf8_lossy(value.as_bytes()).into_owned();
    parts.headers.iter().map(|(name, value)| (name.as_str().to_owned(), readable(value))).collect()
}

fn percent_decoded(part: &str) -> String {
    let plus_kept = part.replace('+', "%2B");
    let decoded = url::form_urlencoded::parse(plus_kept.as_bytes()).next();
    match decoded {
        // A segment such as `a=b` would be split into key and value: put it together again.
        Some((key, value)) if part.contains('=') => format!("{key}={value}"),
        Some((key, _)) => key.into_owned(),
        None => String::new(),
    }
}
