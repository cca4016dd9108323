//! An alert test with a stopwatch: a sign-in, its row in the log, the alert that it raised, and the mail that somebody got.
//! What no API tells, that a mail was read, is a named recipient's word.

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

use crate::domain::slot::Slot;

/// An alert test.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AlertTest {
    /// Whose sign-in raised it.
    pub slot: Slot,
    /// When that sign-in test ended: its identity beside the account.
    pub test: Timestamp,
    /// Who says whether the mail came: a recipient, or who asked them.
    pub person: String,
    /// On which day, where that person is.
    pub date: Date,
    /// Seconds from the sign-in until its row was seen in the tenant's log; `None` where it was not seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub row_seconds: Option<i64>,
    /// Seconds from the sign-in until the alert fired, as Azure tells it; `None` where no alert of that time was seen.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub alert_seconds: Option<i64>,
    /// Minutes from the sign-in until the mail, as the recipient states it; `None` where none came.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail_minutes: Option<u32>,
    /// Anything to note.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl AlertTest {
    /// Whether the alert reached a person.
    pub fn told_somebody(&self) -> bool {
        self.mail_minutes.is_some()
    }

    /// "row after 40 s, alert after 310 s, mail after 7 min".
    pub fn words(&self) -> String {
        let seconds = |what: &str, seconds: Option<i64>| match seconds {
            Some(seconds) => format!("{what} after {seconds} s"),
            None => format!("{what} not seen"),
        };
        let mail = match self.mail_minutes {
            Some(minutes) => format!("mail after {minutes} min"),
            None => "no mail".to_owned(),
        };
        format!("{}, {}, {mail}", seconds("row", self.row_seconds), seconds("alert", self.alert_seconds))
    }
}
