//! What was just done, in one line: an entry of the record as it is told when the board comes back.
//!
//! Writes are told by whoever writes, many at a time; what is looked up or noted by the way is told nowhere.

use crate::domain::plan::Plan;
use crate::domain::record::{Checked, Entry, Gone, Slip, SlipKind, SlipState, Test};
use crate::domain::text::{self, capitalized};
use crate::guide;
use crate::journeys::screen::JustDone;

/// The line, where a person has done what the entry tells; `before` is what is told already and was not read yet. Keys are
/// called as the plan has them.
pub(super) fn told(entry: &Entry, before: Option<&str>, plan: &Plan) -> Option<JustDone> {
    match entry {
        // One that failed is no success: whoever tests tells it as a trouble.
        Entry::Tested(test) => test.passed.then(|| tested(test)),
        _ => words(entry, before, plan).map(JustDone::wholly),
    }
}

/// A sign-in that worked, and what it was refused none the less.
fn tested(test: &Test) -> JustDone {
    let worked = format!("The sign-in test of the {} account worked", test.slot);
    match test.refused() {
        Some(refused) => JustDone::partly(text::sentence(&format!("{worked}, but {refused}"))),
        None => JustDone::wholly(format!("{worked}.")),
    }
}

fn words(entry: &Entry, before: Option<&str>, plan: &Plan) -> Option<String> {
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
            lines.iter().fold(None, |before: Option<String>, entry| words(entry, before.as_deref(), &plan));
        assert_eq!(all.as_deref(), Some("In the record, attested by A and by B: all of it."));
        let one = ["A", "A"].map(word);
        let all =
            one.iter().fold(None, |before: Option<String>, entry| words(entry, before.as_deref(), &plan));
        assert_eq!(all.as_deref(), Some("In the record, attested by A: all of it."));
    }

    #[test]
    fn a_sign_in_that_worked_and_was_refused_something_is_done_in_part() {
        let test = |azure: &str| -> Entry {
            let entry = format!(
                r#"{{"entry":"tested","slot":0,"at":"2026-11-23T10:00:00Z","person":"A","passed":true,"administrator":true,
                   "read":"worked","azure":{azure},"seconds":3}}"#
            );
            serde_json::from_str(&entry).expect("an entry")
        };
        let plan = crate::journeys::preset_plan();
        let told = |azure: &str| told(&test(azure), None, &plan).expect("it is told");
        let refused = told(r#"{"refused":"Multifactor authentication is required."}"#);
        let words = "The sign-in test of the First account worked, but Azure was refused: Multifactor authentication is required.";
        assert_eq!(refused, JustDone::partly(words));
        assert_eq!(told("\"worked\""), JustDone::wholly("The sign-in test of the First account worked."));
    }
}
