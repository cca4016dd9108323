//! What the record of an exercise tells of it: its moments, and what was done on its tenant between them.

use super::event::{Event, Moment, Opened};
use super::scenario::Deed;

/// The moments of an exercise, and what was done.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Journal {
    /// In order.
    pub moments: Vec<Moment>,
    /// What was done on its tenant, in order.
    pub done: Vec<Done>,
}

/// Something that was done on the exercise's tenant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Done {
    /// What.
    pub deed: Deed,
    /// How many moments stood before it.
    pub after: usize,
}

impl Journal {
    /// A moment was written.
    pub fn add(&mut self, moment: &Moment) {
        self.moments.push(moment.clone());
    }

    /// How it began, where it began.
    pub fn opened(&self) -> Option<&Opened> {
        self.moments.iter().find_map(|moment| match &moment.what {
            Event::Opened(opened) => Some(opened),
            _ => None,
        })
    }

    /// Whether this was done after the moment with this place in the journal, counted from 0.
    pub fn was_done_after(&self, deed: &Deed, moment: usize) -> bool {
        self.done.iter().any(|done| done.deed == *deed && done.after > moment)
    }
}
