//! Files that hold a secret, followed from the line that tells of them to the line that says they are gone.

use jiff::civil::Date;

use crate::domain::record::evidence::Evidence;
use crate::domain::record::{Checked, Slip, SlipState};
use crate::domain::slot::Slot;

/// A file with a secret, as far as the record knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeftFile {
    /// The number of its slip.
    pub slip: u32,
    /// Whose slip that is.
    pub slot: Slot,
    /// Where it lies.
    pub file: String,
    /// Since when.
    pub date: Date,
    /// What it is still good for.
    pub use_: FileUse,
}

/// What the file of a slip is still good for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FileUse {
    /// Only the file was read back: it may be the only place of the secret, and has to be printed.
    ToPrint,
    /// Its slip is on paper.
    OnPaper,
    /// Its slip does not count: it was given up or replaced.
    Void,
}

impl LeftFile {
    /// Which slip, how old, and where.
    pub fn words(&self, today: Date) -> String {
        let days = today.since(self.date).map_or(0, |span| span.get_days());
        let age = match days {
            ..=0 => "of today".to_owned(),
            1 => "one day old".to_owned(),
            days => format!("{days} days old"),
        };
        let void = if self.use_ == FileUse::Void { ", void" } else { "" };
        format!("slip {}{void}, {age}: {}", self.slip, self.file)
    }
}

impl Evidence {
    /// Files of slips that are still there, as far as the record knows, in the order of the slips.
    pub fn files_left(&self) -> Vec<LeftFile> {
        self.slips.values().flat_map(|slip| self.files_of(slip)).collect()
    }

    fn files_of(&self, slip: &Slip) -> Vec<LeftFile> {
        let use_ = match (slip.state, slip.checked) {
            // A blank slip holds no secret.
            (_, Some(Checked::ChosenAndTypedTwice)) => return Vec::new(),
            (SlipState::Confirmed, Some(Checked::FileReadBack)) if self.is_latest(slip) => FileUse::ToPrint,
            (SlipState::Confirmed, _) if self.is_latest(slip) => FileUse::OnPaper,
            _ => FileUse::Void,
        };
        let files = slip.halves.iter().filter_map(|half| half.file.clone()).chain(slip.file.clone());
        let left = files.filter(|file| !self.files_gone.contains(file));
        left.map(|file| LeftFile { slip: slip.number, slot: slip.slot, file, date: slip.date, use_ })
            .collect()
    }

    fn is_latest(&self, slip: &Slip) -> bool {
        self.slip(slip.slot, slip.kind) == Some(slip)
    }
}
