//! Vouching: a named person says, with date and note, what no API can see. It counts for one tenant.

use jiff::civil::Date;

use crate::domain::ask::Attest;
use crate::domain::evidence::Entry;
use crate::domain::text::clean;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Attesting, Model, Stage};
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::{frame, overview};

/// Begins with the question who vouches.
pub(super) fn begin(model: &mut Model, attest: Attest) -> Vec<Effect> {
    model.stage = Stage::Attesting(Attesting {
        about: attest.about,
        statement: attest.statement,
        note_prompt: attest.note,
        person: None,
        note: None,
    });
    Vec::new()
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let preset = model.person.clone();
    let Stage::Attesting(attesting) = &mut model.stage else { return Vec::new() };
    match msg {
        Msg::Answer(text) if attesting.person.is_none() => {
            let person = if text.trim().is_empty() { preset } else { clean(text.trim()) };
            if !person.is_empty() {
                attesting.person = Some(person);
            }
            Vec::new()
        }
        Msg::Answer(text) if attesting.note.is_none() => {
            attesting.note = Some(clean(text.trim()));
            Vec::new()
        }
        Msg::Consent => {
            let (Some(person), Some(note)) = (attesting.person.clone(), attesting.note.clone()) else {
                return Vec::new();
            };
            let date = model.session.today;
            vouch(model, (person, date, note))
        }
        Msg::Vouch { person, date, note } => vouch(model, (person, date, note)),
        Msg::Back => match (attesting.note.take(), attesting.person.take()) {
            (Some(_), person) => {
                attesting.person = person;
                Vec::new()
            }
            (None, Some(_)) => Vec::new(),
            (None, None) => overview::show(model),
        },
        Msg::Skip => overview::show(model),
        _ => Vec::new(),
    }
}

fn vouch(model: &mut Model, (person, date, note): (String, Date, String)) -> Vec<Effect> {
    let Stage::Attesting(attesting) = &model.stage else { return Vec::new() };
    let (about, tenant) = (attesting.about.clone(), model.case().tenant().to_owned());
    model.person.clone_from(&person);
    overview::show(model);
    vec![Effect::Remember(Entry::Attested { about, tenant, person, date, note })]
}

/// The questions, one at a time, and the statement with everything filled in.
pub(super) fn screen(model: &Model, attesting: &Attesting) -> Screen {
    let mut screen = frame::with_rail(model, "Vouch for it");
    screen.prose.push(Block::Text(attesting.statement.clone()));
    let text = |prompt: &str, preset: &str| {
        Some(Question::Text { prompt: prompt.to_owned(), preset: preset.to_owned(), problem: None })
    };
    match (&attesting.person, &attesting.note) {
        (None, _) => screen.question = text("Who vouches for it (name and role)", &model.person),
        (Some(_), None) => screen.question = text(&attesting.note_prompt, ""),
        (Some(person), Some(note)) => {
            screen.prose.push(Block::Pairs(vec![
                ("Person".to_owned(), person.clone()),
                ("Date".to_owned(), model.session.today.to_string()),
                ("Note".to_owned(), note.clone()),
            ]));
            screen.choices.push(Choice::safe('v', "Yes, this is so; put it into the record", Msg::Consent));
        }
    }
    screen.choices.push(Choice::safe('s', "Not now", Msg::Skip));
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    screen
}
