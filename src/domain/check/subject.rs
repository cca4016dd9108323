//! What a finding, somebody's word or an accepted unknown is about: a check, or a check of one account or thing.
//!
//! It is one text, `check`, `check:slot` or `check:slot:part`, and that text is its identity: what a record or a plan says
//! is kept as it stands, known here or not. Whoever needs to know asks [`CheckSubject::unknown`].

use serde::{Deserialize, Serialize};

use crate::domain::check::id::CheckId;
use crate::domain::slot::Slot;
use crate::domain::text::known_near;

/// A check, and whom or what it concerns.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct CheckSubject(String);

impl CheckId {
    /// This check of the tenant as a whole.
    pub fn whole(self) -> CheckSubject {
        self.name().into()
    }

    /// This check of the account in `slot`.
    pub fn of(self, slot: Slot) -> CheckSubject {
        self.about(slot.key())
    }

    /// This check of something else that has a name of its own: a safe, a way to print.
    pub fn about(self, what: &str) -> CheckSubject {
        format!("{}:{what}", self.name()).into()
    }
}

impl CheckSubject {
    /// The text, as plans and records have it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The check, where it is one of ours.
    pub fn check(&self) -> Option<CheckId> {
        CheckId::named(self.parts().next().unwrap_or_default())
    }

    /// The account, where it is about one.
    pub fn slot(&self) -> Option<Slot> {
        let named = self.parts().nth(1)?;
        Slot::named(named)
    }

    /// What it is about beside the check: an account, a safe.
    pub fn thing(&self) -> Option<&str> {
        self.0.split_once(':').map(|(_, thing)| thing)
    }

    /// A part of it: one half of a password, one day.
    #[must_use]
    pub fn part(&self, part: &str) -> Self {
        Self(format!("{}:{part}", self.0))
    }

    /// Whether it is a part of `whole`.
    pub fn is_part_of(&self, whole: &Self) -> bool {
        self.0.strip_prefix(whole.as_str()).is_some_and(|rest| rest.starts_with(':'))
    }

    /// Why this is about nothing that there is: an unknown check, or an account that has no such name.
    pub fn unknown(&self) -> Option<String> {
        let Some(check) = self.check() else {
            return Some(CheckId::unknown(self.parts().next().unwrap_or_default()));
        };
        let thing = self.parts().nth(1).filter(|_| !names_things(check))?;
        let slots = || Slot::all().map(Slot::key);
        Slot::named(thing)
            .is_none()
            .then(|| format!("there is no account called \"{thing}\"{}", known_near(thing, slots())))
    }

    fn parts(&self) -> impl Iterator<Item = &str> {
        self.0.split(':')
    }
}

/// Checks that are vouched for safe by safe, printer by printer, policy by policy, log by
/// log, or improvement by improvement.
fn names_things(check: CheckId) -> bool {
    use CheckId::{ExerciseImprovements, LogGap, PaperCalibration, PaperProof, PaperSystem, PoliciesNew};
    matches!(check, PaperProof | PaperSystem | PaperCalibration | PoliciesNew | LogGap | ExerciseImprovements)
}

impl From<String> for CheckSubject {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for CheckSubject {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::fmt::Display for CheckSubject {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_subject_is_its_text() {
        let safe = CheckId::PaperSafe.of(Slot::FIRST);
        assert_eq!(safe.as_str(), "paper.safe:first");
        assert_eq!((safe.check(), safe.slot()), (Some(CheckId::PaperSafe), Some(Slot::FIRST)));
        let half = safe.part("half-a");
        assert_eq!(half.as_str(), "paper.safe:first:half-a");
        assert!(half.is_part_of(&safe) && !safe.is_part_of(&half) && half.unknown().is_none());
    }

    #[test]
    fn what_is_unknown_is_kept_and_told() {
        let subject: CheckSubject = serde_json::from_str("\"paper.saf:first\"").expect("any text");
        assert_eq!(subject.as_str(), "paper.saf:first");
        assert!(subject.unknown().is_some_and(|told| told.contains("paper.safe")));
        let slot = CheckSubject::from("paper.safe:frist");
        assert!(slot.unknown().is_some_and(|told| told.contains("first")));
        assert!(CheckId::PaperProof.about("B2").unknown().is_none());
    }
}
