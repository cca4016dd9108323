//! `plan check --live`: what a run against a live tenant, with nobody at the console, would still miss.

use crate::domain::check::subject::CheckSubject;
use crate::domain::plan::{Attestation, Plan};
use crate::rehearsal::TENANT_ID;
use crate::steps;

/// What would be missed, as lines, and whether a word is missing.
pub struct Missing {
    /// The lines, with headings.
    pub lines: Vec<String>,
    /// How many words of named persons the plan does not have.
    pub words: usize,
}

/// Goes through the plan for a live tenant; words for the rehearsal tenant count for nothing there.
pub fn missing(plan: &Plan) -> Missing {
    let needed = steps::words_needed(plan);
    let named = |about: &CheckSubject| {
        let of_all = steps::custody::of_all(about);
        let is_said = |word: &&Attestation| word.about == *about || Some(&word.about) == of_all.as_ref();
        plan.attestations.iter().filter(is_said).find(|word| word.tenant != TENANT_ID)
    };
    let words = needed.iter().filter(|about| named(about).is_none()).count();
    let mut lines = vec![format!(
        "A live run with nobody at the console asks for {} words of named persons; {words} are missing. Each is an \
         [[attestations]] of the plan with the id of your tenant, and counts when it is newer than the slip, page or mail \
         it is about: run once, let people do and look, put their words in, run again.",
        needed.len()
    )];
    lines.extend(needed.iter().map(|about| line(plan, about, named(about))));
    lines.push("What no plan does in place of a person:".to_owned());
    lines.extend(steps::done_by_people(plan).into_iter().map(|done| format!("  - {done}")));
    Missing { lines, words }
}

fn line(plan: &Plan, about: &CheckSubject, word: Option<&Attestation>) -> String {
    let label = steps::word_says(plan, about);
    let said = word.map_or_else(|| "missing".to_owned(), |word| format!("{}, {}", word.person, word.date));
    format!("  {:<28} {said:<26} {label}", about.as_str())
}
