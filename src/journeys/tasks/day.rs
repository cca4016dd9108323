//! A day that somebody types, as records and plans write it: `2026-11-29`.

use jiff::civil::Date;

use crate::domain::plan::{OLDEST, is_long_past};

/// The day that was typed; an empty answer means `preset`.
pub fn typed(text: &str, preset: Date) -> Result<Date, String> {
    match text.trim() {
        "" => Ok(preset),
        text => text.parse().map_err(|_| format!("\"{text}\" is no day; type it like {preset}.")),
    }
}

/// The same for a day that is behind us, or today, and not as long past as a slip of the pen.
pub fn past(text: &str, today: Date) -> Result<Date, String> {
    match typed(text, today)? {
        day if day > today => Err(format!("{day} is still to come; nobody has seen anything on it yet.")),
        day if is_long_past(day, today) => {
            Err(format!("{day} is more than {OLDEST} years ago; nobody saw then what is there now."))
        }
        day => Ok(day),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_is_of_a_day_on_which_somebody_can_have_seen_what_is_there() {
        let today = jiff::civil::date(2026, 11, 29);
        let refused = |text| past(text, today).expect_err(text);
        assert!(refused("1999-01-01").contains("more than 10 years ago"));
        assert!(refused("2026-11-30").contains("still to come"));
        assert_eq!(past("2016-01-01", today), Ok(jiff::civil::date(2016, 1, 1)));
        assert_eq!(past("", today), Ok(today));
    }
}
