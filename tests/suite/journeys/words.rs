//! Somebody's word counts for the thing that it was said of: not for a newer slip, newer pages or another safe, and not
//! for one that is not there yet. On a rehearsal tenant simulated people say it anew, and the record says so.

use breakglass::domain::check::subject::CheckSubject;
use breakglass::domain::mark::Mark;
use breakglass::domain::record::{Entry, SlipKind, SlipState, Voice};
use breakglass::journeys::effect::RecordEffect;
use breakglass::journeys::model::Model;
use breakglass::journeys::tasks::attest;
use breakglass::journeys::{Effect, Msg, update};
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::support::model::model;
use crate::support::sample::{a_slip, a_word, pages};
use crate::support::session::session;

fn remember(model: &mut Model, entry: &Entry) {
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, entry);
}

fn says(model: &Model, about: &str) -> bool {
    model.desk.case().attested(&CheckSubject::from(about))
}

fn slip(number: u32, kind: SlipKind, day: Date) -> Entry {
    let state = SlipState::Confirmed;
    Entry::Slip(breakglass::domain::record::Slip { number, state, date: day, ..a_slip(kind) })
}

#[test]
fn a_word_is_about_the_slip_of_its_day_and_no_newer_one() {
    let abouts = ["paper.safe:first", "paper.sealed:first", "paper.slip:first"];
    let mut model = model();
    for about in abouts {
        remember(&mut model, &a_word(about, date(2026, 11, 23)));
        assert!(!says(&model, about), "{about}: there is no slip yet");
    }
    remember(&mut model, &slip(1, SlipKind::Password, date(2026, 11, 23)));
    for about in abouts {
        assert!(!says(&model, about), "{about}: it was said before the slip was made");
        remember(&mut model, &a_word(about, date(2026, 11, 2)));
        assert!(!says(&model, about), "{about}: of a day before the slip");
        remember(&mut model, &a_word(about, date(2026, 11, 23)));
        assert!(says(&model, about), "{about}");
    }
    remember(&mut model, &slip(2, SlipKind::Pin { key: 0 }, date(2026, 11, 23)));
    assert!(!says(&model, "paper.sealed:first"), "a new PIN lies in a new envelope");
    assert!(says(&model, "paper.safe:first"), "the password lies where it lay");
    remember(&mut model, &slip(3, SlipKind::Password, date(2026, 11, 23)));
    assert!(abouts.iter().all(|about| !says(&model, about)), "a new password");
}

#[test]
fn a_word_about_pages_is_about_these_pages_and_about_a_procedure_about_what_it_says() {
    let mut model = model();
    for about in ["paper.document", "paper.procedure"] {
        remember(&mut model, &a_word(about, date(2026, 11, 23)));
        assert!(!says(&model, about), "{about}: nothing is written yet");
    }
    let written = pages(model.desk.plan());
    remember(&mut model, &written);
    for about in ["paper.document", "paper.procedure"] {
        remember(&mut model, &a_word(about, date(2026, 11, 23)));
        assert!(says(&model, about), "{about}");
    }
    remember(&mut model, &written);
    assert!(!says(&model, "paper.document"), "the pages were written again");
    assert!(says(&model, "paper.procedure"), "the procedure says what it said");
    model.desk.world.plan_mut().procedure.approvers.push("Somebody else".to_owned());
    assert!(!says(&model, "paper.procedure"), "another procedure was approved");
}

#[test]
fn a_word_about_a_safe_or_a_notification_is_about_that_one() {
    let mut model = model();
    let said = |model: &mut Model, about: &str| {
        let thing = model.desk.case().thing(&about.into()).and_then(|t| t.name().map(str::to_owned));
        let Entry::Attested { about, tenant, person, date, note, voice, .. } =
            a_word(about, date(2026, 11, 23))
        else {
            unreachable!("a word")
        };
        remember(model, &Entry::Attested { about, tenant, person, date, note, thing, voice });
    };
    said(&mut model, "paper.proof:A1");
    assert!(says(&model, "paper.proof:A1"));
    model.desk.world.plan_mut().safes[0].place = "Another building".to_owned();
    assert!(!says(&model, "paper.proof:A1"), "a safe of that name elsewhere");
    let sent =
        Entry::Notified { sent: true, detail: String::new(), date: Some(date(2026, 11, 23)), group: None };
    remember(&mut model, &sent);
    said(&mut model, "alerts.notification");
    assert!(says(&model, "alerts.notification"));
    remember(&mut model, &sent);
    assert!(!says(&model, "alerts.notification"), "another one was sent");
}

/// What the plan's people say about the envelope of First, in a run that began at this line of the record.
fn unattended(mark: Mark, day: Date, is_made_before: bool) -> Option<Voice> {
    let mut evidence = breakglass::domain::record::Evidence::default();
    let made = slip(1, SlipKind::Password, date(2026, 11, 23));
    if is_made_before {
        evidence.add(Timestamp::UNIX_EPOCH, &made);
    }
    let mut plan = model().desk.plan().clone();
    plan.attestations.iter_mut().for_each(|word| word.date = day);
    let mut run = Model::new(session(mark), plan, evidence, date(2026, 11, 24));
    *run.desk.world.facts_mut() = model().desk.facts().clone();
    if !is_made_before {
        remember(&mut run, &made);
    }
    attest::planned(&run.desk, &"paper.safe:first".into()).map(|word| word.voice)
}

#[test]
fn the_plan_s_people_speak_of_what_was_there_before_the_run() {
    let (before, after) = (date(2026, 11, 2), date(2026, 11, 23));
    for mark in [Mark::Live, Mark::Manual] {
        assert_eq!(unattended(mark, after, true), Some(Voice::Person), "{mark:?}");
        assert_eq!(unattended(mark, before, true), None, "{mark:?}: said before the slip was made");
        assert_eq!(unattended(mark, after, false), None, "{mark:?}: the slip is made in this very run");
    }
    assert_eq!(unattended(Mark::Rehearsal, before, false), Some(Voice::Simulated));
    assert_eq!(unattended(Mark::Rehearsal, after, true), Some(Voice::Person));
}

#[test]
fn a_word_that_was_spent_on_one_slip_is_not_said_of_the_next() {
    let mut plan = model().desk.plan().clone();
    plan.attestations.iter_mut().for_each(|word| word.date = date(2026, 11, 23));
    let mut evidence = breakglass::domain::record::Evidence::default();
    let word =
        plan.attestation(&"paper.safe:first".into(), breakglass::rehearsal::TENANT_ID).expect("a word");
    let Entry::Attested { about, tenant, thing, voice, .. } = a_word("paper.safe:first", date(2026, 11, 23))
    else {
        unreachable!("a word")
    };
    let (person, note) = (word.person.clone(), word.note.clone());
    let spoken = Entry::Attested { about, tenant, person, date: word.date, note, thing, voice };
    let both = [1, 2].map(|number| slip(number, SlipKind::Password, date(2026, 11, 23)));
    for entry in [&both[0], &spoken, &both[1]] {
        evidence.add(Timestamp::UNIX_EPOCH, entry);
    }
    let mut run = Model::new(session(Mark::Live), plan, evidence, date(2026, 11, 24));
    *run.desk.world.facts_mut() = model().desk.facts().clone();
    assert_eq!(attest::planned(&run.desk, &"paper.safe:first".into()), None);
}

#[test]
fn what_is_said_at_the_screen_names_the_thing_it_was_said_of() {
    let mut model = model();
    remember(&mut model, &slip(4, SlipKind::Password, date(2026, 11, 23)));
    let about = breakglass::domain::check::ask::Attest {
        about: "paper.safe:first".into(),
        statement: String::new(),
        note: String::new(),
    };
    let layer =
        breakglass::journeys::stack::Layer::Attest(attest::Attesting::begin(&model.desk, vec![about]));
    model.stack.push(layer);
    update(&mut model, Msg::Attest(attest::Msg::Person("Sample".to_owned())));
    let effects = update(&mut model, Msg::Attest(attest::Msg::Yes));
    let [Effect::Record(RecordEffect::Remember(Entry::Attested { thing, .. }))] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    let named = thing.as_deref().unwrap_or_default();
    assert!(named.starts_with("slip 4 in A1"), "{named}");
}
