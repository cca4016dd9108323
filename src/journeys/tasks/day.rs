//! A day that somebody types, as records and plans write it: `2026-11-29`.

use jiff::civil::Date;

/// The day that was typed; an empty answer means `preset`.
pub fn typed(text: &str, preset: Date) -> Result<Date, String> {
    match text.trim() {
        "" => Ok(preset),
        text => text.parse().map_err(|_| format!("\"{text}\" is no day; type it like {preset}.")),
    }
}

/// The same for a day that is behind us, or today.
pub fn past(text: &str, today: Date) -> Result<Date, String> {
    match typed(text, today)? {
        day if day > today => Err(format!("{day} is still to come; nobody has seen anything on it yet.")),
        day => Ok(day),
    }
}
