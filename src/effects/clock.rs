//! Moments as people here write them. What time it is says the [`Clock`] of the tenant that is worked on; where there is
//! no tenant, this machine's.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

pub use crate::tenant::Clock;

/// This moment by this machine's clock.
pub fn now() -> Timestamp {
    Clock::default().now()
}

/// Today by this machine's clock.
pub fn today() -> Date {
    Clock::default().today()
}

/// `at` as people here write it: `2026-11-23 14:05`.
pub fn local(at: Timestamp) -> String {
    at.to_zoned(TimeZone::system()).strftime("%Y-%m-%d %H:%M").to_string()
}
