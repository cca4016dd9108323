//! Vouching on one screen for a list, what was said said anew, and what was done done again from its step.

use breakglass::domain::check::ask::Ask;
use breakglass::domain::record::{Entry, SlipKind, SlipState};
use breakglass::domain::slot::Slot;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Weight;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::board;
use breakglass::journeys::{Effect, Msg, screen, update};
use breakglass::steps::{self, Again, STEPS, StepId, Subject};
use jiff::Timestamp;
use jiff::civil::date;

use crate::support::console::Console;
use crate::support::model::{answered, at_step, board as at_board, chosen, is_at_board, refused};
use crate::support::sample::{a_slip, a_word, pages, plan};

/// Step 8 with pages that are written, so that several things are to be vouched for.
fn paper() -> Model {
    let mut model = Console::new(plan(), (8, "password-slip:first")).model;
    let pages = pages(model.desk.plan());
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &pages);
    at_step(&mut model, 8);
    model
}

fn say(model: &mut Model, words: &str) -> Vec<Effect> {
    let msg = chosen(model, words);
    update(model, msg)
}

fn typed(model: &mut Model, text: &str) {
    let msg = answered(model, text);
    update(model, msg);
}

fn entries(effects: &[Effect]) -> Vec<Entry> {
    effects.iter().filter_map(Effect::as_entry).cloned().collect()
}

fn remember(model: &mut Model, entries: &[Entry]) {
    for entry in entries {
        update(model, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(entry.clone())));
    }
}

#[test]
fn a_list_is_vouched_for_on_one_screen_with_a_note_for_each_line_and_never_by_enter() {
    let mut model = paper();
    say(&mut model, "Attest: ");
    assert!(screen(&model).choices.iter().any(|choice| choice.label == "Sample Person A"), "known names");
    say(&mut model, "Sample Person A");
    let all = screen(&model).choices;
    let lines = all.iter().filter(|choice| choice.key == '\0').count();
    assert!(lines > 3, "{all:?}");
    for choice in &all {
        let mut model = model.clone();
        let effects = update(&mut model, choice.msg.clone());
        let vouches = choice.weight == Weight::Vouches;
        assert_eq!(entries(&effects).is_empty(), !vouches, "Enter on \"{}\" may not vouch", choice.label);
    }
    say(&mut model, "approved by");
    say(&mut model, "Note something");
    typed(&mut model, "Sample reference");
    say(&mut model, "custody log");
    say(&mut model, "Leave it out");
    say(&mut model, "another day");
    typed(&mut model, "2026-11-24");
    assert!(refused(&model).is_some_and(|why| why.contains("still to come")));
    typed(&mut model, "2026-11-23");
    let said = entries(&say(&mut model, "Yes, these "));
    assert_eq!(said.len(), lines - 1, "{said:?}");
    let of = |check: &str| {
        said.iter().find_map(|entry| match entry {
            Entry::Attested { about, note, date, .. } if about.as_str() == check => {
                Some((note.clone(), *date))
            }
            _ => None,
        })
    };
    assert_eq!(of("paper.procedure"), Some(("Sample reference".to_owned(), date(2026, 11, 23))));
    assert_eq!(of("paper.safe-log"), None);
    remember(&mut model, &said);
    assert!(is_at_board(&model), "{:?}", model.stack);
}

#[test]
fn one_line_is_vouched_for_by_itself_and_the_others_stay_on_the_list() {
    let mut model = paper();
    say(&mut model, "Attest: ");
    say(&mut model, "Sample Person A");
    say(&mut model, "approved by");
    let said = entries(&say(&mut model, "Yes, this is so"));
    assert!(
        matches!(said.as_slice(), [Entry::Attested { about, .. }] if about.as_str() == "paper.procedure")
    );
    remember(&mut model, &said);
    assert!(screen(&model).choices.iter().all(|choice| !choice.label.contains("approved by")));
    assert!(matches!(model.top(), Layer::Attest(_)));
}

#[test]
fn a_word_of_a_day_before_the_thing_was_there_is_not_taken() {
    let mut model = paper();
    say(&mut model, "Attest: ");
    say(&mut model, "Sample Person A");
    say(&mut model, "another day");
    typed(&mut model, "2026-11-22");
    assert!(say(&mut model, "Yes, all ").is_empty());
    let told = format!("{:?}", screen(&model).prose);
    assert!(told.contains("of 2026-11-23: nobody has seen it on 2026-11-22"), "{told}");
}

#[test]
fn what_was_said_can_be_said_anew_and_the_newer_word_counts() {
    let mut model = paper();
    let Entry::Attested { about, tenant, person, thing, voice, .. } =
        a_word("paper.procedure", date(2026, 11, 23))
    else {
        unreachable!("a word")
    };
    let (note, date) = ("wrong".to_owned(), date(2026, 11, 23));
    let wrong = Entry::Attested { about, tenant, person, date, note, thing, voice };
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &wrong);
    assert!(model.desk.case().attested(&"paper.procedure".into()));
    update(&mut model, at_board(board::Msg::Others));
    say(&mut model, "Say anew");
    let shown = format!("{:?}", screen(&model));
    assert!(shown.contains("approved by") && shown.contains("wrong"), "what was said stands there: {shown}");
    say(&mut model, "Note something");
    typed(&mut model, "right");
    let said = entries(&say(&mut model, "Yes, this is so"));
    remember(&mut model, &said);
    let word = model.desk.case().word(&"paper.procedure".into()).expect("a word").clone();
    assert_eq!(word.note, "right");
}

#[test]
fn a_new_slip_says_first_that_the_present_one_becomes_void() {
    let mut model = paper();
    let slip = breakglass::domain::record::Slip {
        number: 4,
        state: SlipState::Confirmed,
        ..a_slip(SlipKind::Password)
    };
    let changed = Some(Timestamp::UNIX_EPOCH);
    let accounts = model.desk.world.facts_mut().accounts.get_mut().expect("accounts");
    accounts.in_slots.iter_mut().for_each(|found| found.account.password_changed = changed);
    let slip = breakglass::domain::record::Slip { changed, ..slip };
    for entry in [Entry::Slip(slip), pages(model.desk.plan())] {
        model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &entry);
    }
    let subject = Subject::Step(StepId::CREDENTIALS);
    let asked = model.desk.world.derived(&subject);
    let offered = steps::again(&model.desk.case(), &subject, &asked.asks);
    assert_eq!(offered, [Again::Slip(Slot::FIRST, 4), Again::Pages]);
    let place = 0;
    update(&mut model, at_board(board::Msg::Again(place)));
    let shown = screen(&model);
    assert!(format!("{:?}", shown.prose).contains("slip 4 opens nothing any more"), "{shown:?}");
    let weights: Vec<Weight> = shown.choices.iter().map(|choice| choice.weight).collect();
    assert_eq!(weights, [Weight::Safe, Weight::Irreversible], "Enter goes back");
    say(&mut model, "Go on to the new slip");
    assert!(matches!(model.top(), Layer::Slip(_)), "{:?}", model.top());
}

#[test]
fn without_a_connection_nothing_is_asked_twice() {
    let mut model = paper();
    *model.desk.world.facts_mut() = breakglass::domain::facts::Facts::by_hand(None);
    let case = model.desk.case();
    let mut seen: Vec<(String, String)> = Vec::new();
    for step in &STEPS {
        for ask in step.asks(&case) {
            let Ask::Attest(attest) = ask else { continue };
            let about = attest.about.to_string();
            let twice =
                seen.iter().find(|(other, statement)| *statement == attest.statement && *other != about);
            assert_eq!(twice, None, "step {}: {about}", step.id);
            seen.push((about, attest.statement));
        }
    }
}

#[test]
fn sealing_is_asked_about_this_slip_by_its_number_and_the_live_check_names_each_safe() {
    let mut model = paper();
    let changed = Some(Timestamp::UNIX_EPOCH);
    let accounts = model.desk.world.facts_mut().accounts.get_mut().expect("accounts");
    accounts.in_slots.iter_mut().for_each(|found| found.account.password_changed = changed);
    let slip = breakglass::domain::record::Slip {
        number: 4,
        state: SlipState::Confirmed,
        changed,
        ..a_slip(SlipKind::Password)
    };
    let tested = r#"{"entry":"tested","slot":0,"at":"2026-11-23T10:00:00Z","person":"A","passed":true,"administrator":true,
        "seconds":9,"read":"worked","azure":"worked"}"#;
    let tested: Entry = serde_json::from_str(tested).expect("a test");
    let asks = |model: &Model| -> Vec<String> {
        STEPS
            .iter()
            .flat_map(|step| step.asks(&model.desk.case()))
            .map(|ask| ask.label(model.desk.plan()))
            .collect()
    };
    let told = |model: &Model, words: &str| asks(model).into_iter().find(|label| label.contains(words));
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &Entry::Slip(slip));
    assert_eq!(told(&model, "under a seal"), None, "nothing is sealed that a test is still to open");
    model.desk.world.evidence_mut().add(Timestamp::UNIX_EPOCH, &tested);
    let sealed = told(&model, "under a seal").expect("asked now");
    for words in [
        "opened: slip 4 in safe A1, Sample Building North, room 1.10, wall safe; the PINs of the First account in the same safe",
        "; the keys of the First account in safe A2, Sample Building North, room 3.05, key cabinet",
    ] {
        assert!(sealed.contains(words), "{words} is not in {sealed}");
    }
    assert!(told(&model, "The envelope with slip 4 lies in safe A1").is_some(), "{:?}", asks(&model));

    let plan = model.desk.plan();
    let lines: Vec<String> =
        steps::words_needed(plan).iter().map(|about| steps::word_says(plan, about)).collect();
    let said: std::collections::BTreeSet<&String> = lines.iter().collect();
    assert_eq!(said.len(), lines.len(), "no two lines say the same: {lines:#?}");
    assert!(
        lines.iter().any(|line| line.contains("Safe A1 (") && line.contains("withstands fire and water"))
    );
}

#[test]
fn a_test_by_hand_that_failed_is_told_on_the_board() {
    let mut model = paper();
    at_step(&mut model, 9);
    let test = breakglass::journeys::tasks::sign_in_test::SignInTest::begin(Slot::FIRST);
    model.stack.push(Layer::SignInTest(test));
    say(&mut model, "it failed");
    let names: Vec<String> = screen(&model).choices.into_iter().map(|choice| choice.label).collect();
    assert!(names.contains(&"Sample Person A".to_owned()), "names of the plan can be chosen: {names:?}");
    say(&mut model, "Somebody else");
    typed(&mut model, " ");
    assert!(refused(&model).is_some_and(|why| why.contains("A name is needed")));
    typed(&mut model, "Sample Tester");
    typed(&mut model, "the key was not accepted");
    let told = screen(&model).trouble.unwrap_or_else(|| panic!("{:?}", screen(&model)));
    assert!(told.what.contains("test of the First account failed"), "{told:?}");
    assert!(told.reason().contains("The key was not accepted."), "{told:?}");
}
