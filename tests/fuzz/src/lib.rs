//! What is thrown at the program, and what must hold whatever it is: never a panic, never a control character before a
//! person, never something taken in that is not given out again the same.
//!
//! Each function takes bytes of anybody's making. The fuzz targets beside call them without end; `tests/suite/fuzzed`
//! calls the same ones a fixed number of times.

mod answers;
mod files;
mod keys;
mod mangled;
mod printer;

pub use answers::{answers, tokens};
pub use files::{plan, profile, record, scenario, tenants};
pub use keys::keys;
pub use printer::printer;

use breakglass::domain::trouble::Trouble;

/// What is told of it can be shown: something in every part, and no control characters.
fn is_told_cleanly(trouble: &Trouble) {
    for part in [&trouble.what, &trouble.why, &trouble.next] {
        assert!(!part.trim().is_empty(), "{trouble:?}");
        is_clean(part);
    }
}

/// No character that a terminal would obey.
fn is_clean(text: &str) {
    assert!(!text.chars().any(|c| c.is_control() && c != '\n'), "{text:?}");
}

fn are_clean(lines: &[String]) {
    for line in lines {
        is_clean(line);
    }
}
