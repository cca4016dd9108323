//! The one error people read: what happened, why, and what to do next.
//!
//! Every layer turns its own errors into a `Trouble` before they reach a screen.
//! It never carries a secret, and foreign text in it has been cleaned of control characters.

use serde::{Deserialize, Serialize};

use crate::domain::text::clean;

/// What happened, why, and what to do next, in three short sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What happened, as the person sees it.
    pub what: String,
    /// Why, as far as it is known; names a missing licence. People read it as [`Trouble::reason`].
    pub why: String,
    /// The permission and the role that were missing, where that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Box<Missing>>,
    /// What to do next.
    pub next: String,
    /// `client-request-id` of the call that failed, for a support case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
}

/// What a refused request needs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Missing {
    /// The scope; for Azure, what it is the right to do.
    pub permission: String,
    /// The least role.
    pub role: String,
}

impl std::fmt::Display for Missing {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "permission {}, role {}", self.permission, self.role)
    }
}

impl Trouble {
    /// A trouble in three sentences; each is cleaned of control characters.
    pub fn new(what: impl AsRef<str>, why: impl AsRef<str>, next: impl AsRef<str>) -> Self {
        Self {
            what: clean(what.as_ref()),
            why: clean(why.as_ref()),
            missing: None,
            next: clean(next.as_ref()),
            request: None,
        }
    }

    /// Why it happened, with what is missing: what stands after "why" wherever a trouble is shown.
    pub fn reason(&self) -> String {
        match &self.missing {
            Some(missing) => format!("{} Missing: {missing}.", self.why),
            None => self.why.clone(),
        }
    }

    /// This trouble behind another one that is said first, as one.
    #[must_use]
    pub fn behind(self, first: &Self) -> Self {
        let joined = |one: &str, other: &str| format!("{one} {other}");
        Self {
            what: joined(&first.what, &self.what),
            why: joined(&first.reason(), &self.why),
            next: joined(&first.next, &self.next),
            ..self
        }
    }

    /// This trouble, with the id under which the server can find the call.
    #[must_use]
    pub fn with_request(mut self, id: impl Into<String>) -> Self {
        self.request = Some(id.into());
        self
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}\n  why:  {}\n  next: {}", self.what, self.reason(), self.next)?;
        match &self.request {
            Some(id) => write!(f, "\n  request: {id}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Trouble {}
