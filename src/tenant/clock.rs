//! What time it is for a tenant: this machine's clock, and for a simulated tenant as far ahead as that tenant is.
//!
//! So a week, a quarter or a year can pass in an afternoon. Only a [`Profile`](super::Profile) of a tenant on this machine
//! can hold a clock that runs ahead; for a real tenant it is always this machine's.

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

/// A clock. The usual one is this machine's.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Clock {
    ahead: SignedDuration,
}

impl Clock {
    /// A clock that is ahead of this machine's.
    pub fn ahead_by(ahead: SignedDuration) -> Self {
        Self { ahead }
    }

    /// This moment.
    pub fn now(self) -> Timestamp {
        // A clock of this machine that no date can hold is at the end of time, as is one that is ahead too far.
        let here = Timestamp::try_from(std::time::SystemTime::now()).unwrap_or(Timestamp::MAX);
        let end = if self.ahead.is_negative() { Timestamp::MIN } else { Timestamp::MAX };
        here.checked_add(self.ahead).unwrap_or(end)
    }

    /// Today, where this computer is.
    pub fn today(self) -> Date {
        self.now().to_zoned(TimeZone::system()).date()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_clock_is_this_machine_s_and_another_is_ahead_of_it() {
        let (before, now) = (Timestamp::now(), Clock::default().now());
        assert!(before <= now && now <= Timestamp::now());
        let week = SignedDuration::from_hours(7 * 24);
        assert!(Clock::ahead_by(week).now().duration_since(now) >= week);
    }
}
