//! The one error people read: what happened, why, and what to do next.
//!
//! Every layer turns its own errors into a `Trouble` before they reach a screen.
//! It never carries a secret, and foreign text in it has been cleaned of control characters.

use serde::{Deserialize, Serialize};

use crate::domain::text::{clean, ids_in};

/// What kind of trouble it is, where something is decided by that: its words are for people, and decide nothing.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Any; nothing is decided by it.
    #[default]
    Any,
    /// A sign-in that did not work.
    SignIn,
    /// An assignment that the settings of the role want to have an end.
    EndIsWanted,
}

impl Kind {
    /// Whether nothing is decided by it.
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks it like this")]
    fn is_any(&self) -> bool {
        *self == Self::Any
    }
}

/// What happened, why, and what to do next, in three short sentences.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Trouble {
    /// What kind it is.
    #[serde(default, skip_serializing_if = "Kind::is_any")]
    pub kind: Kind,
    /// What happened, as the person sees it.
    pub what: String,
    /// Why, as far as it is known; names a missing licence. People read it as [`Trouble::reason`].
    pub why: String,
    /// Why, point by point, where there are several reasons that want a line each; `why` has them all in one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub points: Option<Box<Points>>,
    /// The permission and the role that were missing, where that is the reason.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub missing: Option<Box<Missing>>,
    /// The ids that a server named, where there are any: its words may be cut in `why`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ids: Option<Box<Ids>>,
    /// What to do next.
    pub next: String,
    /// `client-request-id` of the call that failed, for a support case. Apart, as most have none and every result carries room
    /// for one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<Box<RequestId>>,
}

/// Under which a server can find a call.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RequestId(pub String);

/// Ids of objects.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ids(Vec<String>);

/// Reasons, one line each.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Points(pub Vec<String>);

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
            kind: Kind::Any,
            what: clean(what.as_ref()),
            why: clean(why.as_ref()),
            points: None,
            missing: None,
            ids: None,
            next: clean(next.as_ref()),
            request: None,
        }
    }

    /// This trouble, as one of this kind.
    #[must_use]
    pub fn of_kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    /// This trouble, with a line for each of several reasons.
    #[must_use]
    pub fn listing(mut self, points: &[String]) -> Self {
        self.points = Some(Box::new(Points(points.iter().map(|point| clean(point)).collect())));
        self
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

    /// This trouble, with the ids that `words` of a server name, whole.
    #[must_use]
    pub fn naming(mut self, words: &str) -> Self {
        let ids: Vec<String> = ids_in(words).map(str::to_owned).collect();
        self.ids = (!ids.is_empty()).then(|| Box::new(Ids(ids)));
        self
    }

    /// The ids that are named; a trouble that was recorded before they were kept apart names those in its reason.
    pub fn named(&self) -> impl Iterator<Item = &str> {
        let kept = self.ids.iter().flat_map(|ids| ids.0.iter().map(String::as_str));
        let words = if self.ids.is_none() { self.why.as_str() } else { "" };
        kept.chain(ids_in(words))
    }

    /// Changes each piece of its text, as `change` has it.
    pub fn each_text(&mut self, change: &mut dyn FnMut(&mut String)) {
        change(&mut self.what);
        change(&mut self.why);
        change(&mut self.next);
        self.points.iter_mut().flat_map(|points| &mut points.0).for_each(change);
    }

    /// This trouble, with the id under which the server can find the call.
    #[must_use]
    pub fn with_request(mut self, id: impl Into<String>) -> Self {
        self.request = Some(Box::new(RequestId(id.into())));
        self
    }
}

impl std::fmt::Display for Trouble {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let why = self.points.as_ref().map_or_else(|| self.reason(), |points| points.0.join("\n        "));
        write!(f, "{}\n  why:  {why}\n  next: {}", self.what, self.next)?;
        match &self.request {
            Some(id) => write!(f, "\n  request: {}", id.0),
            None => Ok(()),
        }
    }
}

impl std::error::Error for Trouble {}

#[cfg(test)]
mod tests {
    use super::*;

    const ID: &str = "deadbeef-0000-4000-8000-00000000dead";

    #[test]
    fn ids_are_found_whole_and_a_trouble_of_before_still_names_its_own() {
        let new = Trouble::new("what", "cut", "next").naming(&format!("… in ExcludeGroups: [{ID}]"));
        assert_eq!(new.named().collect::<Vec<_>>(), [ID]);
        let line = serde_json::to_string(&new).expect("it can be written");
        assert_eq!(serde_json::from_str::<Trouble>(&line).expect("it can be read"), new);
        let before = format!(r#"{{"what":"w","why":"it names {ID}.","next":"n"}}"#);
        let before: Trouble = serde_json::from_str(&before).expect("it can be read");
        assert_eq!(before.named().collect::<Vec<_>>(), [ID]);
        assert!(!serde_json::to_string(&before).expect("it can be written").contains("ids"));
        assert_eq!(Trouble::new("what", "why", "next").naming("nothing").named().count(), 0);
    }

    #[test]
    fn its_kind_is_kept_with_it_and_one_that_was_recorded_without_is_any() {
        let trouble = Trouble::new("what", "why", "next");
        let line = serde_json::to_string(&trouble).expect("it can be written");
        assert!(!line.contains("kind"), "{line}");
        assert_eq!(serde_json::from_str::<Trouble>(&line).expect("it can be read").kind, Kind::Any);
        let wanted = trouble.of_kind(Kind::EndIsWanted);
        let line = serde_json::to_string(&wanted).expect("it can be written");
        assert_eq!(serde_json::from_str::<Trouble>(&line).expect("it can be read"), wanted);
    }
}
