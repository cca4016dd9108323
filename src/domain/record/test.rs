//! A sign-in test: what came of it, and what exactly it used. It counts for that and for nothing else.

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};
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
    /// The day it was where the tester was, which may be another one than in UTC; `None` in a record of an older program.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Date>,
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
    /// Id of the one key that it used, as the person who tested says; `None` where nobody said so. A test proves this one, or
    /// else one of `methods`, nobody knows which.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
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

impl TestedWith {
    /// Whether it used this key: the one that was named, or else the only way in that there was.
    pub fn proves(&self, key: &str) -> bool {
        match (&self.key, self.methods.as_slice()) {
            (Some(named), _) => named == key,
            (None, [only]) => only == key,
            (None, _) => false,
        }
    }

    /// Whether it proves a way in other than `method`: that one was not there, or another one was named.
    pub fn proves_another_than(&self, method: &str) -> bool {
        let is_new = !self.methods.is_empty() && !self.methods.iter().any(|known| known == method);
        is_new || self.key.as_deref().is_some_and(|key| key != method)
    }
}

impl Test {
    /// The day it was made on, as the calendar of the upkeep counts it.
    pub fn date(&self) -> Date {
        self.day.unwrap_or_else(|| self.at.to_zoned(TimeZone::UTC).date())
    }

    /// Id of the key that it used, where somebody said so.
    pub fn key(&self) -> Option<&str> {
        self.with.as_ref()?.key.as_deref()
    }

    /// How much it asked for. Tests from before Azure was asked are weak; one by hand took no time.
    pub fn strength(&self) -> Strength {
        match (&self.azure, &self.read) {
            (Some(_), _) => Strength::Administrative,
            (None, None) if self.with.is_none() && self.seconds == 0 => Strength::ByHand,
            (None, _) => Strength::Weak,
        }
    }

    /// What an administrator needs on the day and this sign-in was refused, in words.
    pub fn refused(&self) -> Option<String> {
        let asked = [("what an administrator reads", &self.read), ("Azure", &self.azure)];
        asked.into_iter().find_map(|(what, read)| match read {
            Some(AdministrativeRead::Refused(why)) => Some(format!("{what} was refused: {why}")),
            Some(AdministrativeRead::Worked | AdministrativeRead::NotAsked(_)) | None => None,
        })
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
    use crate::domain::record::{Entry, Evidence};

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

    #[test]
    fn a_test_proves_another_way_in_only_than_one_that_it_cannot_have_used() {
        let with = |methods: &[&str], key: Option<&str>| TestedWith {
            methods: methods.iter().map(|&id| id.to_owned()).collect(),
            key: key.map(str::to_owned),
            ..TestedWith::default()
        };
        for (tested, proves) in [
            (with(&["planned"], None), true),
            (with(&["planned", "spare"], None), false),
            (with(&["planned", "spare"], Some("planned")), true),
            (with(&["planned", "spare"], Some("spare")), false),
            (with(&[], None), false),
        ] {
            assert_eq!(tested.proves_another_than("spare"), proves, "{tested:?}");
        }
    }

    #[test]
    fn a_test_ends_when_the_key_that_it_used_is_replaced_and_not_when_another_one_is() {
        let at = Timestamp::UNIX_EPOCH;
        let seen = |key: usize, method: &str| Entry::Key {
            slot: Slot::FIRST,
            key,
            method: method.to_owned(),
            aaguid: String::new(),
            model: String::new(),
        };
        let mut test = of(r#","read":"worked","azure":"worked","seconds":3"#);
        let methods = vec!["a".to_owned(), "b".to_owned()];
        test.with =
            Some(Box::new(TestedWith { key: Some("a".to_owned()), methods, ..TestedWith::default() }));
        for (place, ended) in [(0, true), (1, false), (2, true)] {
            let entries = [seen(0, "a"), seen(1, "b"), Entry::Tested(test.clone()), seen(place, "another")];
            let evidence = Evidence::of(entries.iter().map(|entry| (at, entry)));
            assert_eq!(evidence.overtaken.contains_key(&Slot::FIRST), ended, "place {place}");
        }
    }
}
