//! What the plan says about a statement when nobody is there. It can only speak of what was there before the run began:
//! nobody has sealed an envelope whose slip is made now. On a rehearsal tenant the plan's people are simulated, so they look
//! again after the act and say it anew; the record says that they are simulated.

use crate::domain::check::subject::CheckSubject;
use crate::domain::check::thing::Thing;
use crate::domain::mark::Mark;
use crate::domain::plan::Attestation;
use crate::domain::record::Voice;
use crate::journeys::desk::Desk;
use crate::journeys::tasks::attest::Word;
use crate::steps::custody;

/// What the plan's people say about `subject` in this tenant, now that nobody else is there.
pub fn planned(desk: &Desk, subject: &CheckSubject) -> Option<Word> {
    let found = named(desk, subject)?;
    let word = Word {
        person: found.person.clone(),
        date: found.date,
        note: found.note.clone(),
        voice: Voice::Person,
    };
    match (counts(desk, subject, found), desk.session.mark) {
        (true, _) => Some(word),
        (false, Mark::Rehearsal | Mark::Exercise) => {
            Some(Word { date: desk.world.today(), voice: Voice::Simulated, ..word })
        }
        (false, Mark::Live | Mark::Manual) => None,
    }
}

/// Whether the plan has a word about `subject` that counts as it is written, without anybody looking again.
pub fn is_told(desk: &Desk, subject: &CheckSubject) -> bool {
    named(desk, subject).is_some_and(|found| counts(desk, subject, found))
}

/// The plan's words about `subject`; what the safes withstand may be said of all of them at once.
pub fn named<'a>(desk: &'a Desk, subject: &CheckSubject) -> Option<&'a Attestation> {
    let tenant = desk.case().tenant().to_owned();
    let word = |about: &CheckSubject| desk.plan().attestation(about, &tenant);
    word(subject).or_else(|| word(&custody::of_all(subject)?))
}

/// Whether the words of a plan, which were written before this run began, can be about the thing as it is now.
fn counts(desk: &Desk, subject: &CheckSubject, word: &Attestation) -> bool {
    let spoken = desk.evidence().attested.get(subject);
    // What the record has already, of a thing that was replaced since, is not said again of the new one.
    let is_spent = spoken.is_some_and(|old| {
        (&old.person, old.date, &old.note) == (&word.person, word.date, &word.note)
            && !desk.case().attested(subject)
    });
    let is_in_time = match desk.case().thing(subject) {
        None | Some(Thing::Lasting(_)) => true,
        Some(Thing::Since { since, .. }) => {
            since.line <= desk.world.begun_at() && since.day.is_none_or(|day| word.date >= day)
        }
        Some(Thing::NotThere) => false,
    };
    let is_over = desk.case().last_day(subject, word.date).is_some_and(|last| last < desk.world.today());
    is_in_time && !is_spent && !is_over
}
