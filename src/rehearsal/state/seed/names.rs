//! What the short words of a policy stand for: people and groups by their names, as ids.
//!
//! Reads the tenant it is given, whether that is just being made from a seed or has been running for days.

use serde_json::Value;

use crate::rehearsal::state::model::{Group, User};

/// Everybody and everything a policy can name.
pub struct Names<'a> {
    pub users: &'a [User],
    pub groups: &'a [Group],
    pub strengths: &'a [Value],
    /// Belongs to every user principal name that is written without one.
    pub domain: &'a str,
    pub now: i64,
}

impl Names<'_> {
    /// Object id of a person.
    pub fn user(&self, upn: &str) -> Option<String> {
        let full = full_upn(self.domain, upn);
        let found = self.users.iter().find(|user| user.upn().eq_ignore_ascii_case(&full));
        found.map(|user| user.id().to_owned())
    }

    /// Object id of a group.
    pub fn group(&self, name: &str) -> Option<String> {
        self.groups.iter().find(|group| group.name() == name).map(|group| group.id().to_owned())
    }
}

/// A user principal name with its domain.
pub fn full_upn(domain: &str, upn: &str) -> String {
    if upn.contains('@') { upn.to_owned() } else { format!("{upn}@{domain}") }
}
