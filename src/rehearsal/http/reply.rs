//! One answer of a simulated service: JSON, a page for a person, or nothing; and how it becomes bytes.
//!
//! Knows neither Graph nor ARM.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header::HeaderName};
use axum::response::Response;
use serde_json::Value;

/// One answer.
#[derive(Clone, Debug)]
pub struct Reply {
    /// HTTP status.
    pub status: u16,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// What goes out.
    pub content: Content,
}

/// The body of an answer.
#[derive(Clone, Debug)]
pub enum Content {
    /// Nothing.
    Empty,
    /// JSON.
    Json(Value),
    /// A page for a person.
    Page(String),
}

impl Reply {
    /// A JSON answer.
    pub fn json(status: u16, body: Value) -> Self {
        Self { status, headers: Vec::new(), content: Content::Json(body) }
    }

    /// An answer without a body.
    pub fn empty(status: u16) -> Self {
        Self { status, headers: Vec::new(), content: Content::Empty }
    }

    /// A page; `body` is trusted markup, foreign text in it went through [`escaped`].
    pub fn page(status: u16, body: &str) -> Self {
        let head =
            "<!doctype html><meta charset=utf-8><title>Rehearsal tenant</title><h1>Rehearsal tenant</h1>";
        Self { status, headers: Vec::new(), content: Content::Page(format!("{head}{body}\n")) }
    }

    /// Sends the caller elsewhere.
    pub fn redirect(target: &str) -> Self {
        Self { status: 302, headers: Vec::new(), content: Content::Empty }.with("location", target)
    }

    /// With one header more.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        self.headers.push((name.to_owned(), value.to_owned()));
        self
    }
}

/// Text made safe inside markup and attributes.
pub fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
        .replace('\'', "&#39;")
}

/// Turns an answer into bytes.
pub fn sent(reply: Reply) -> Response {
    let (kind, body) = match reply.content {
        Content::Empty => (None, Body::empty()),
        Content::Json(value) => (Some("application/json; charset=utf-8"), Body::from(value.to_string())),
        Content::Page(text) => (Some("text/html; charset=utf-8"), Body::from(text)),
    };
    let mut response = Response::new(body);
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let kind = kind.map(|kind| ("content-type".to_owned(), kind.to_owned()));
    for (name, value) in kind.into_iter().chain(reply.headers) {
        if let (Ok(name), Ok(value)) = (HeaderName::try_from(name), HeaderValue::try_from(value)) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}
