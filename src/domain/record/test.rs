//! A sign-in test: what came of it, and what exactly it used. It counts for that and for nothing else.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::slot::Slot;

/// A sign-in test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Test {
    /// Whose account.
    pub slot: Slot,
    /// When the sign-in ended.
    pub at: Timestamp,
    /// By whom.
    pub person: String,
    /// Whether it succeeded.
    pub passed: bool,
    /// Whether the account's own token showed Global Administrator.
    pub administrator: bool,
    /// What came of the administrative reads through Graph with the account's own token; not known of a test made by
    /// hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<AdministrativeRead>,
    /// What came of the account's own sign-in to Azure; `None` of a test by hand, and of one from before it was asked.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub azure: Option<AdministrativeRead>,
    /// What it used; not known of a test by hand.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Box<TestedWith>>,
    /// Issues met, empty for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub issues: String,
    /// Seconds from start to token.
    pub seconds: u64,
}

/// What a test used, and how its entry in the log is known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TestedWith {
    /// `lastPasswordChangeDateTime` of the account at that time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub password: Option<Timestamp>,
    /// Ids of the methods that were registered; empty when they could not be read.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub methods: Vec<String>,
    /// When the sign-in ended, by the services' clock.
    pub signed_in: Timestamp,
    /// Ids of the applications that it signed in with.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub apps: Vec<String>,
    /// The address on the Internet it came from, where the token told it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Ids that went along with the sign-ins, for the log to repeat.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub correlations: Vec<String>,
}

/// What came of an administrative read with an account's own token.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AdministrativeRead {
    /// It was answered.
    Worked,
    /// It was not, for this reason.
    Refused(String),
    /// It could not be asked, for a reason that says nothing about the account.
    NotAsked(String),
}

/// How much a test asked for (contract 16, first row).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    /// What an administrator needs on the day.
    Administrative,
    /// Somebody tells it, without a token to look at.
    ByHand,
    /// Only who signed in: policies with a resource exclusion may let such a sign-in pass and no other.
    Weak,
}

impl Test {
    /// How much it asked for. Tests from before Azure was asked are weak; one by hand took no time.
    pub fn strength(&self) -> Strength {
        match (&self.azure, &self.read) {
            (Some(_), _) => Strength::Administrative,
            (None, None) if self.with.is_none() && self.seconds == 0 => Strength::ByHand,
            (None, _) => Strength::Weak,
        }
    }

    /// Whether it went well in everything that was looked at: role, and what an administrator needs in Graph and Azure.
    pub fn is_whole(&self) -> bool {
        let went_well = |read: &Option<AdministrativeRead>| {
            read.as_ref().is_none_or(|read| *read == AdministrativeRead::Worked)
        };
        let strong = self.strength() != Strength::Weak;
        self.passed && self.administrator && strong && went_well(&self.read) && went_well(&self.azure)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(more: &str) -> Test {
        let text = format!(
            r#"{{"slot":0,"at":"2026-11-20T10:00:00Z","person":"A","passed":true,"administrator":true{more}}}"#
        );
        serde_json::from_str(&text).expect("a test as the record has it")
    }

    #[test]
    fn tests_of_earlier_records_are_read_and_prove_what_they_asked() {
        let by_hand = of(r#","seconds":0"#);
        assert_eq!((by_hand.strength(), by_hand.is_whole()), (Strength::ByHand, true));
        for weak in [r#","seconds":41"#, r#","read":"worked","seconds":0"#] {
            assert_eq!((of(weak).strength(), of(weak).is_whole()), (Strength::Weak, false), "{weak}");
        }
        let whole = of(r#","read":"worked","azure":"worked","seconds":3"#);
        assert_eq!((whole.strength(), whole.is_whole()), (Strength::Administrative, true));
        let refused = of(r#","read":"worked","azure":{"refused":"a policy"},"seconds":3"#);
        assert_eq!((refused.strength(), refused.is_whole()), (Strength::Administrative, false));
    }
}
