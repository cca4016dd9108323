//! The review: the rows of its board, what it froze when it began, and how a finding stands against the review before.
//!
//! Nouns only. Which checks a row has stands in `steps::review`, the journey in `journeys::review`.

mod digest;
mod entries;
mod mend;
mod since;
mod wish;

pub use digest::digest;
pub use entries::{Begun, Closed, Reviews, Signature, Signed};
pub use mend::Mend;
pub use since::{Effective, Since, since};
pub use wish::{By, FailOn, Format, Scope, Wish};

/// One row of a review's board.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReviewRow {
    /// A point of the checklist, 1 to 9.
    Point(u8),
    /// The upkeep table: what comes round.
    Upkeep,
    /// Sign-ins and changes since the last review.
    Changes,
    /// Who gets in when something fails.
    Lockout,
}

impl ReviewRow {
    /// Every row, in the order of the board.
    pub const ALL: [Self; 12] = [
        Self::Point(1),
        Self::Point(2),
        Self::Point(3),
        Self::Point(4),
        Self::Point(5),
        Self::Point(6),
        Self::Point(7),
        Self::Point(8),
        Self::Point(9),
        Self::Upkeep,
        Self::Changes,
        Self::Lockout,
    ];

    /// The row that is about what this step of a setup, 1 to 9, is about.
    pub const fn of_step(step: u8) -> Self {
        match step {
            2 => Self::Point(3),
            3 => Self::Point(4),
            5 | 6 => Self::Point(5),
            7 => Self::Point(6),
            8 => Self::Point(7),
            9 => Self::Point(9),
            _ => Self::Point(1),
        }
    }

    /// Its place on the board, counted from zero.
    pub fn index(self) -> usize {
        Self::ALL.iter().position(|row| *row == self).unwrap_or_default()
    }

    /// Its place on the board as it is shown, counted from one.
    pub fn number(self) -> u8 {
        u8::try_from(self.index() + 1).unwrap_or(u8::MAX)
    }
}
