//! One answer of a simulated service, before it becomes bytes: JSON, a page for a person, or nothing.
//!
//! Knows neither Graph nor ARM.

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
