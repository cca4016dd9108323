//! Whether a clock can be right. Dates stand on paper, in the record and in requests, and are counted with: a clock at the
//! beginning or the end of time is told before anything is dated by it.

use jiff::civil::Date;

use crate::domain::trouble::Trouble;
use crate::tenant::Clock;

/// Years that a clock may show: none is before this program was made, and calendars of a hundred years and more count from
/// the last without leaving what dates can hold (9999).
const YEARS: std::ops::RangeInclusive<i16> = 2020..=2200;

/// The day by this clock.
///
/// # Errors
///
/// It is no day on which anything can be dated.
pub fn today(clock: Clock) -> Result<Date, Trouble> {
    let today = clock.today();
    if YEARS.contains(&today.year()) { Ok(today) } else { Err(wrong(today)) }
}

fn wrong(today: Date) -> Trouble {
    Trouble::new(
        format!("The clock cannot be right: it says {today}."),
        "Dates stand on paper and in the record, and sign-ins fail where a clock is wrong.",
        "Set the date of this computer, then run it again; of a rehearsal tenant that has gone too far ahead: breakglass \
         rehearsal reset.",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::SignedDuration;

    #[test]
    fn a_clock_at_the_end_of_time_is_told() {
        assert!(today(Clock::default()).is_ok());
        for hours in [24 * 365 * 300, i64::MAX / 3600, -24 * 365 * 300, i64::MIN / 3600] {
            let told =
                today(Clock::ahead_by(SignedDuration::from_hours(hours))).expect_err("it is not right");
            assert!(told.what.contains("clock cannot be right"), "{told}");
        }
    }
}
