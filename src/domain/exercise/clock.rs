//! The clock of an exercise: it goes as any clock, stands still, or goes on by turns. It reads no clock of its own.

use jiff::Timestamp;

use super::event::Mode;

/// Seconds of a minute.
pub const MINUTE: u32 = 60;

/// How many times as fast it goes for one person alone: nobody has to be talked to or waited for, so that what takes a team
/// forty minutes takes twenty.
pub const ALONE: u32 = 2;

/// The clock.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Clock {
    /// How it goes.
    pub mode: Mode,
    /// What it showed when it was last set, seconds.
    shown: u32,
    /// When that was.
    set: Timestamp,
    /// How many times as fast as any clock it runs.
    pace: u32,
}

impl Clock {
    /// A clock that shows `seconds` at `now`.
    pub fn showing(seconds: u32, mode: Mode, now: Timestamp) -> Self {
        Self { mode, shown: seconds, set: now, pace: 1 }
    }

    /// The same, running so many times as fast.
    #[must_use]
    pub fn at_pace(self, pace: u32) -> Self {
        Self { pace, ..self }
    }

    /// What it shows at `now`, seconds. A time before it was set counts nothing.
    pub fn at(self, now: Timestamp) -> u32 {
        match self.mode {
            Mode::Real => {
                let passed = now.duration_since(self.set).as_secs().max(0);
                let passed = u32::try_from(passed).unwrap_or(u32::MAX);
                self.shown.saturating_add(passed.saturating_mul(self.pace))
            }
            Mode::Paused | Mode::Turns => self.shown,
        }
    }

    /// It goes like this from `now` on, from what it shows.
    #[must_use]
    pub fn going(self, mode: Mode, now: Timestamp) -> Self {
        Self::showing(self.at(now), mode, now).at_pace(self.pace)
    }

    /// So many minutes later than it is.
    #[must_use]
    pub fn later(self, minutes: u32, now: Timestamp) -> Self {
        let shown = self.at(now).saturating_add(minutes.saturating_mul(MINUTE));
        Self::showing(shown, self.mode, now).at_pace(self.pace)
    }
}

/// A time of the clock as people read it: `07:05`, or `1:02:00` from an hour on.
pub fn told(seconds: u32) -> String {
    let (hours, minutes, rest) = (seconds / 3600, seconds / MINUTE % 60, seconds % MINUTE);
    match hours {
        0 => format!("{minutes:02}:{rest:02}"),
        hours => format!("{hours}:{minutes:02}:{rest:02}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn after(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).expect("a time")
    }

    #[test]
    fn it_goes_stands_and_is_turned() {
        let clock = Clock::showing(0, Mode::Real, after(0));
        assert_eq!(clock.at(after(65)), 65);
        assert_eq!(clock.at(after(-5)), 0, "nothing goes back");
        let paused = clock.going(Mode::Paused, after(65));
        assert_eq!(paused.at(after(10_000)), 65);
        let again = paused.going(Mode::Real, after(10_000));
        assert_eq!(again.at(after(10_010)), 75);
        let turns = again.going(Mode::Turns, after(10_010)).later(5, after(20_000));
        assert_eq!(turns.at(after(30_000)), 375);
        let alone = Clock::showing(0, Mode::Real, after(0)).at_pace(ALONE);
        assert_eq!(alone.at(after(600)), 1200);
        let paused = alone.going(Mode::Paused, after(600)).later(5, after(700));
        assert_eq!(paused.going(Mode::Real, after(800)).at(after(810)), 1520);
        assert_eq!((told(375), told(3_725)), ("06:15".to_owned(), "1:02:05".to_owned()));
    }
}
