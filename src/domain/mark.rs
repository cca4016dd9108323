//! The mark of a tenant: what stands on every screen, page and record, so that nobody takes a rehearsal for the real
//! thing (promise 8).
//!
//! A mark is compared as a value. Guards fail closed: text that names no mark counts as [`Mark::Live`]. Which addresses
//! a mark may be joined to is for the cloud profile to refuse, not for this file.

use serde::{Deserialize, Serialize};

/// What a tenant is marked as.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Mark {
    /// A simulated tenant.
    Rehearsal,
    /// A simulated tenant in an exercise with people.
    Exercise,
    /// A real tenant. What nobody has marked counts as one.
    #[default]
    Live,
    /// A real tenant without a connection to it.
    Manual,
}

impl Mark {
    /// Every mark.
    pub const ALL: [Mark; 4] = [Mark::Rehearsal, Mark::Exercise, Mark::Live, Mark::Manual];

    /// The mark as it is shown and recorded.
    pub fn as_str(self) -> &'static str {
        match self {
            Mark::Rehearsal => "REHEARSAL",
            Mark::Exercise => "EXERCISE",
            Mark::Live => "LIVE",
            Mark::Manual => "MANUAL",
        }
    }

    /// The mark that a record spells like this; [`Mark::Live`] when no mark is spelled so.
    pub fn recorded(text: &str) -> Self {
        Self::ALL.into_iter().find(|mark| mark.as_str() == text).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_recorded_mark_is_read_back_and_an_unknown_one_counts_as_live() {
        for mark in Mark::ALL {
            assert_eq!(Mark::recorded(mark.as_str()), mark);
        }
        for unknown in ["", "rehearsal", "REHEARSAL ", "SIMULATION"] {
            assert_eq!(Mark::recorded(unknown), Mark::Live, "{unknown:?}");
        }
        assert_eq!(Mark::default(), Mark::Live);
    }
}
