//! Vouching: a named person says, with date and note, what no API can see. It counts for one tenant.

use jiff::civil::Date;

use crate::domain::check::ask::Attest;
use crate::domain::record::Entry;
use crate::domain::text::clean;
use crate::journeys::frame;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Attesting, Model, Stage};
use crate::journeys::screen::{Block, Choice, Question, Screen};

/// Nobody vouches without a name.
const NAMELESS: &str = "A name is needed: somebody has to stand for it. Not now leaves it open.";

/// Begins with the question who vouches, for one statement or for several at once.
pub(super) fn begin(model: &mut Model, about: Vec<Attest>) -> Vec<Effect> {
    let back = Box::new(model.stage.clone());
    model.stage = Stage::Attesting(Attesting { about, back, person: None, note: None, problem: None });
    Vec::new()
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let preset = model.person.clone();
    let Stage::Attesting(attesting) = &mut model.stage else { return Vec::new() };
    match msg {
        Msg::Answer(text) if attesting.person.is_none() => {
            let person = if text.trim().is_empty() { preset } else { clean(text.trim()) };
            attesting.problem = person.is_empty().then_some(NAMELESS);
            attesting.person = Some(person).filter(|person| !person.is_empty());
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
            (None, None) => leave(model),
        },
        Msg::Skip => leave(model),
        _ => Vec::new(),
    }
}

/// Back to where the question was begun.
fn leave(model: &mut Model) -> Vec<Effect> {
    if let Stage::Attesting(attesting) = &model.stage {
        model.stage = (*attesting.back).clone();
    }
    Vec::new()
}

fn vouch(model: &mut Model, (person, date, note): (String, Date, String)) -> Vec<Effect> {
    let Stage::Attesting(attesting) = &model.stage else { return Vec::new() };
    let tenant = model.case().tenant().to_owned();
    let word = |attest: &Attest| {
        let (about, tenant) = (attest.about.clone(), tenant.clone());
        Effect::Remember(Entry::Attested { about, tenant, person: person.clone(), date, note: note.clone() })
    };
    let words = attesting.about.iter().map(word).collect();
    model.said = Some(format!("The word of {person} stands in the record."));
    model.person.clone_from(&person);
    leave(model);
    words
}

fn or_none(note: &str) -> String {
    if note.is_empty() { "none".to_owned() } else { note.to_owned() }
}

/// What may be noted: the statement's own, or one note for all of them.
fn note_prompt(about: &[Attest]) -> &str {
    match about {
        [one] => &one.note,
        _ => "What was looked at, if that is worth a note",
    }
}

/// The questions, one at a time, and the statement with everything filled in.
pub(super) fn screen(model: &Model, attesting: &Attesting) -> Screen {
    let mut screen = frame::with_rail(model, "Vouch for it");
    screen.prose.push(match attesting.about.as_slice() {
        [one] => Block::Text(one.statement.clone()),
        several => Block::List(several.iter().map(|attest| attest.statement.clone()).collect()),
    });
    let text = |prompt: &str, preset: &str| {
        let problem = attesting.problem.map(str::to_owned);
        Some(Question::Text { prompt: prompt.to_owned(), preset: preset.to_owned(), problem })
    };
    match (&attesting.person, &attesting.note) {
        (None, _) => screen.question = text("Who vouches for it (name and role)", &model.person),
        (Some(_), None) => screen.question = text(note_prompt(&attesting.about), ""),
        (Some(person), Some(note)) => {
            screen.prose.push(Block::Pairs(vec![
                ("Person".to_owned(), person.clone()),
                ("Date".to_owned(), model.session.today.to_string()),
                (note_prompt(&attesting.about).to_owned(), or_none(note)),
            ]));
            screen.choices.push(Choice::safe('v', "Yes, this is so; put it into the record", Msg::Consent));
        }
    }
    screen.choices.push(Choice::safe('s', "Not now", Msg::Skip));
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    screen
}
