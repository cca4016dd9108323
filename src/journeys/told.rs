//! What was just done, in one line: an entry of the record as it is told when the board comes back.
//!
//! Writes are told by whoever writes, many at a time; what is looked up or noted by the way is told nowhere.

use crate::domain::plan::Plan;
use crate::domain::record::{Checked, Entry, Gone, Slip, SlipKind, SlipState};
use crate::domain::text::capitalized;
use crate::guide;

/// The line, where a person has done what the entry tells; `before` is what is told already and was not read yet. Keys are
/// called as the plan has them.
pub(super) fn told(entry: &Entry, before: Option<&str>, plan: &Plan) -> Option<String> {
    match entry {
        Entry::Slip(slip) if slip.state == SlipState::Confirmed => Some(slip_told(slip, plan)),
        Entry::Key { slot, key, .. } => {
            let name = capitalized(&plan.key_name(*slot, *key));
            Some(format!("{name} of the {slot} account is registered."))
        }
        Entry::Attested { about, person, .. } => {
            let label = about.check().map(|check| guide::label(check, about.slot()));
            let before = before.and_then(|before| before.strip_prefix(ATTESTED));
            let told = match (before, label) {
                (Some(before), _) => format!("{}: all of it.", people(before, person)),
                (None, Some(label)) => format!("{person}: {label}."),
                (None, None) => format!("{person}: all of it."),
            };
            Some(format!("{ATTESTED}{told}"))
        }
        // One that failed is no success: whoever tests tells it as a trouble.
        Entry::Tested(test) => {
            test.passed.then(|| format!("The sign-in test of the {} account worked.", test.slot))
        }
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

/// How a line about statements begins.
const ATTESTED: &str = "In the record, attested by ";
/// What stands between those who said them.
const AND: &str = " and by ";

/// Everybody who said something: those in the line so far, and this one.
fn people(before: &str, person: &str) -> String {
    let known = before.split_once(": ").map_or(before, |(known, _)| known);
    match known.split(AND).any(|one| one == person) {
        true => known.to_owned(),
        false => format!("{known}{AND}{person}"),
    }
}

fn slip_told(slip: &Slip, plan: &Plan) -> String {
    let what = match slip.kind {
        SlipKind::Password => format!("the password of the {} account", slip.slot),
        SlipKind::Pin { key } => {
            format!("the PIN of {} of the {} account", plan.key_name(slip.slot, key), slip.slot)
        }
    };
    let checked = match slip.checked {
        Some(Checked::FileReadBack) => "is in its file and was read back",
        Some(Checked::ReadFromSystem) => "is in its system and came back from there",
        Some(Checked::ChosenAndTypedTwice) => "was chosen and typed twice",
        Some(Checked::TypedBack) | None => "is on paper and typed back",
    };
    format!("Slip {}, {what}, {checked}.", slip.number)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::record::Voice;

    fn word(person: &str) -> Entry {
        Entry::Attested {
            about: crate::domain::check::id::CheckId::PaperProcedure.whole(),
            tenant: String::new(),
            person: person.to_owned(),
            date: jiff::civil::date(2026, 11, 23),
            note: String::new(),
            thing: None,
            voice: Voice::Person,
        }
    }

    #[test]
    fn statements_of_several_people_name_each_of_them_once() {
        let plan = crate::journeys::preset_plan();
        let lines = ["A", "B", "A", "B"].map(word);
        let all =
            lines.iter().fold(None, |before: Option<String>, entry| told(entry, before.as_deref(), &plan));
        assert_eq!(all.as_deref(), Some("In the record, attested by A and by B: all of it."));
        let one = ["A", "A"].map(word);
        let all =
            one.iter().fold(None, |before: Option<String>, entry| told(entry, before.as_deref(), &plan));
        assert_eq!(all.as_deref(), Some("In the record, attested by A: all of it."));
    }
}
