//! What each check is called in a checklist, and what to do when it fails.
//!
//! The id is the contract with `steps`; the verdict itself is worked out there, never here.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::places::{Place, placed};
use super::words::list;
use crate::domain::check::cause::{Cause, Next};
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::slot::Slot;

/// Label and remedy of one check, from `assets/guide/checks.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CheckWords {
    /// Which check.
    pub id: CheckId,
    /// Checklist line, at most 60 characters, may hold `{account}`.
    pub label: String,
    /// One to three sentences: what to do when the check fails. It names steps in braces (`placed`).
    pub remedy: String,
    /// What to do for a reason that wants something else.
    #[serde(default)]
    pub because: BTreeMap<Cause, String>,
}

/// What to do for a reason, whatever the check; from `assets/guide/causes.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CauseWords {
    /// Which reason.
    pub id: Cause,
    /// What to do.
    pub remedy: String,
}

static CAUSES: LazyLock<Vec<CauseWords>> = LazyLock::new(|| list("causes.toml", "cause"));

/// What to do about `finding`, as it is read at `place`: what whoever refused it said, or what is said of its reason, or of
/// the check.
pub fn remedy(finding: &Finding, place: Place) -> String {
    placed(remedy_words(finding), place)
}

fn remedy_words(finding: &Finding) -> &str {
    let usual = check(finding.check);
    let said = match &finding.next {
        Next::Told => Some(""),
        Next::Said(words) => Some(words.as_str()),
        Next::Because(cause) => {
            let own = usual.and_then(|words| words.because.get(cause));
            let shared = CAUSES.iter().find(|words| words.id == *cause).map(|words| &words.remedy);
            own.or(shared).map(String::as_str)
        }
        Next::Usual => None,
    };
    said.or_else(|| usual.map(|words| words.remedy.as_str())).unwrap_or_default()
}

static CHECKS: LazyLock<Vec<CheckWords>> = LazyLock::new(|| list("checks.toml", "check"));

/// Every check, in the order of the steps.
pub fn checks() -> &'static [CheckWords] {
    &CHECKS
}

/// What a finding is about, in the words of the guide: the label of `check`, said of the account in `slot`.
pub fn label(id: CheckId, slot: Option<Slot>) -> String {
    let words = check(id).map_or(id.name(), |words| words.label.as_str());
    let account = slot.map_or("The accounts".to_owned(), |slot| format!("{slot} account"));
    super::fill(words, &[("account", &account)])
}

/// The words of the check with this id, or `None` when it is only vouched for and no line of a checklist.
pub fn check(id: CheckId) -> Option<&'static CheckWords> {
    checks().iter().find(|words| words.id == id)
}
