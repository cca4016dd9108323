//! What was just done, in one line: an entry of the record as it is told when the board comes back.
//!
//! Writes are told by whoever writes, many at a time; what is looked up or noted by the way is told nowhere.

use crate::domain::record::{Checked, Entry, Gone, Slip, SlipKind, SlipState};
use crate::guide;

/// The line, where a person has done what the entry tells; `before` is what is told already and was not read yet.
pub(super) fn told(entry: &Entry, before: Option<&str>) -> Option<String> {
    match entry {
        Entry::Slip(slip) if slip.state == SlipState::Confirmed => Some(slip_told(slip)),
        Entry::Key { slot, key, .. } => Some(format!("Key {} of the {slot} account is registered.", key + 1)),
        Entry::Attested { about, person, .. } => {
            let all = format!("In the record, attested by {person}: all of it.");
            let is_more = before.is_some_and(|before| before.starts_with("In the record"));
            let label = about.check().map(|check| guide::label(check, about.slot())).filter(|_| !is_more);
            Some(label.map_or(all, |label| format!("In the record, attested by {person}: {label}.")))
        }
        Entry::Tested(test) => Some(match test.passed {
            true => format!("The sign-in test of the {} account worked.", test.slot),
            false => {
                format!("The sign-in test of the {} account failed; that stands in the record.", test.slot)
            }
        }),
        Entry::Documented { files, .. } => Some(format!("The pages are written: {} files.", files.len())),
        Entry::FileGone { slip, how: Gone::Destroyed, .. } => {
            Some(format!("The file of slip {slip} was overwritten and removed."))
        }
        Entry::FileGone { slip, how: Gone::NotThere, .. } => {
            Some(format!("The file of slip {slip} was not there any more; that stands in the record."))
        }
        Entry::HandedOver { step, to, .. } => Some(format!("Step {step} is handed over to {to}.")),
        _ => None,
    }
}

fn slip_told(slip: &Slip) -> String {
    let what = match slip.kind {
        SlipKind::Password => format!("the password of the {} account", slip.slot),
        SlipKind::Pin { key } => format!("the PIN of key {} of the {} account", key + 1, slip.slot),
    };
    let checked = match slip.checked {
        Some(Checked::FileReadBack) => "is in its file and was read back",
        Some(Checked::ReadFromSystem) => "is in its system and came back from there",
        Some(Checked::ChosenAndTypedTwice) => "was chosen and typed twice",
        Some(Checked::TypedBack) | None => "is on paper and typed back",
    };
    format!("Slip {}, {what}, {checked}.", slip.number)
}
