//! Who comes to sign in, who is in, and a refusal: what the files of this room hand to each other.
//!
//! Decides nothing.

use super::apps::Resource;

/// Who comes, with what, for what.
#[derive(Clone, Debug)]
pub struct Visit {
    /// User principal name; none for the seed's operator.
    pub upn: Option<String>,
    pub client: String,
    pub resource: Resource,
    /// `deviceCodeFlow`, or none.
    pub flow: Option<String>,
    /// The id that came along, for the log to repeat; none where none came.
    pub correlation: Option<String>,
}

/// Somebody who is in.
#[derive(Clone, Debug)]
pub struct Session {
    /// Object id.
    pub user: String,
    /// As [`Proof::methods`].
    pub methods: Vec<String>,
    /// Authentication contexts that were asked for and met.
    pub contexts: Vec<String>,
}

/// A refused sign-in: an AADSTS number, the OAuth error and the words.
#[derive(Clone, Debug)]
pub struct Denied {
    pub code: u32,
    pub error: &'static str,
    pub message: String,
}

impl Denied {
    /// Any refusal.
    pub fn new(code: u32, error: &'static str, message: impl Into<String>) -> Self {
        Self { code, error, message: message.into() }
    }

    /// `AADSTS…: …`, as it stands in `error_description`.
    pub fn description(&self) -> String {
        format!("AADSTS{}: {}", self.code, self.message)
    }
}
