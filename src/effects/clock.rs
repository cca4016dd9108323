//! The clock: the only place where the time is read.

use jiff::{Timestamp, Zoned, civil::Date, tz::TimeZone};

/// This moment.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Today, where this computer is.
pub fn today() -> Date {
    Zoned::now().date()
}

/// `at` as people here write it: `2026-11-23 14:05`.
pub fn local(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}
