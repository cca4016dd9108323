//! Slips, as they move on, and which of them count.

use crate::domain::record::evidence::Evidence;
use crate::domain::record::{Checked, Slip, SlipKind, SlipState};
use crate::domain::slot::Slot;

impl Evidence {
    /// From the line on in which a slip was made, or is first heard of, it is there.
    pub(super) fn moved_on(&mut self, slip: &Slip) {
        let since = self.since(Some(slip.date));
        match slip.state {
            SlipState::Made => drop(self.slips_since.insert(slip.number, since)),
            SlipState::Confirmed => drop(self.slips_since.entry(slip.number).or_insert(since)),
        }
        if slip.state == SlipState::Made {
            self.files_gone.retain(|gone| slip.file.as_ref() != Some(gone));
        }
        self.slip_confirmed(slip);
        self.slips.insert(slip.number, slip.clone());
    }

    /// The latest slip of `kind` for `slot`.
    pub fn slip(&self, slot: Slot, kind: SlipKind) -> Option<&Slip> {
        self.slips.values().rev().find(|s| s.slot == slot && s.kind == kind)
    }

    /// Slips of an account that count and that only a file vouches for, in the order of their numbers.
    pub fn slips_in_files(&self, slot: Slot) -> Vec<&Slip> {
        let own = self.slips.values().filter(|slip| slip.slot == slot);
        own.filter(|slip| slip.checked == Some(Checked::FileReadBack))
            .filter(|slip| self.slip(slot, slip.kind) == Some(slip))
            .collect()
    }

    /// The number the next slip gets.
    pub fn next_slip(&self) -> u32 {
        self.slips.keys().next_back().map_or(1, |n| n + 1)
    }
}
