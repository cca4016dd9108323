//! Vouching: a named person says, with date and note, what no API can see. It counts for one tenant, and for the thing
//! that it was said of.
//!
//! Where nobody is there the plan has the word. It can only speak of what was there before this run began: nobody has
//! sealed an envelope whose slip is made now. On a rehearsal tenant the plan's people are simulated, so they look again
//! after the act and say it anew; the record says that they are simulated.

use jiff::civil::Date;

use crate::domain::check::ask::Attest;
use crate::domain::check::subject::CheckSubject;
use crate::domain::check::thing::{Thing, last_day};
use crate::domain::mark::Mark;
use crate::domain::plan::Attestation;
use crate::domain::record::{Entry, Voice};
use crate::domain::text::clean;
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::turn::Turn;
use crate::steps::custody;

/// Nobody vouches without a name.
const NAMELESS: &str = "A name is needed: somebody has to stand for it. Not now leaves it open.";

/// Vouching, in three questions.
#[derive(Debug, Clone, PartialEq)]
pub struct Attesting {
    /// What is vouched for: one statement, or a whole list at once.
    pub about: Vec<Attest>,
    /// Who, once told.
    pub person: Option<String>,
    /// What was noted, once told.
    pub note: Option<String>,
    /// What was wrong with the last answer.
    pub problem: Option<&'static str>,
}

/// What a person says, or the plan for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// The answer to the question on the screen.
    Answer(String),
    /// Yes, it is so; the record takes it.
    Yes,
    /// The plan has the whole word.
    Vouch(Word),
    /// Not now.
    Skip,
    /// Back one question.
    Back,
}

/// The word of a named person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// Who vouches.
    pub person: String,
    /// When.
    pub date: Date,
    /// What was noted.
    pub note: String,
    /// Whose voice it is.
    pub voice: Voice,
}

impl Attesting {
    /// Begins with the question who vouches, for one statement or for several at once.
    pub fn begin(about: Vec<Attest>) -> Self {
        Self { about, person: None, note: None, problem: None }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::Answer(text) => self.answered(desk, &text),
            Msg::Yes => {
                let (Some(person), Some(note)) = (self.person.clone(), self.note.clone()) else {
                    return Turn::stay();
                };
                return self
                    .vouch(desk, &Word { person, date: desk.world.today(), note, voice: Voice::Person });
            }
            Msg::Vouch(word) => return self.vouch(desk, &word),
            Msg::Skip => return Turn::over(),
            Msg::Back if self.note.take().is_some() || self.person.take().is_some() => {}
            Msg::Back => return Turn::over(),
        }
        Turn::stay()
    }

    fn answered(&mut self, desk: &Desk, text: &str) {
        let typed = clean(text.trim());
        if self.person.is_some() {
            self.note.get_or_insert(typed);
            return;
        }
        let person = if typed.is_empty() { desk.person.clone() } else { typed };
        self.problem = person.is_empty().then_some(NAMELESS);
        self.person = Some(person).filter(|person| !person.is_empty());
    }

    fn vouch(&self, desk: &mut Desk, word: &Word) -> Turn<Msg> {
        let tenant = desk.case().tenant().to_owned();
        let entry = |attest: &Attest| {
            let Word { person, date, note, voice } = word.clone();
            let (about, tenant) = (attest.about.clone(), tenant.clone());
            let thing = desk.case().thing(&about).and_then(|thing| thing.name().map(str::to_owned));
            Entry::Attested { about, tenant, person, date, note, thing, voice }
        };
        let entries: Vec<Entry> = self.about.iter().map(entry).collect();
        desk.done = Some(format!("The word of {} stands in the record.", word.person));
        desk.person.clone_from(&word.person);
        Turn::over().with(entries.into_iter().map(Effect::remember))
    }

    /// What the plan says about it, or nothing: then it stays open.
    pub fn answer(&self, desk: &Desk) -> Msg {
        let about = self.about.first().map(|attest| &attest.about);
        about.and_then(|about| planned(desk, about)).map_or(Msg::Skip, Msg::Vouch)
    }

    /// The questions, one at a time, and the statement with everything filled in.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "Vouch for it");
        screen.prose.push(match self.about.as_slice() {
            [one] => Block::Text(one.statement.clone()),
            several => Block::List(several.iter().map(|attest| attest.statement.clone()).collect()),
        });
        let ask = |prompt: &str, preset: &str| {
            let problem = self.problem.map(str::to_owned);
            Some(Question::text(prompt, Msg::Answer).preset(preset).refused(problem))
        };
        match (&self.person, &self.note) {
            (None, _) => screen.question = ask("Who vouches for it (name and role)", &desk.person),
            (Some(_), None) => screen.question = ask(note_prompt(&self.about), ""),
            (Some(person), Some(note)) => {
                screen.prose.push(Block::Pairs(vec![
                    ("Person".to_owned(), person.clone()),
                    ("Date".to_owned(), desk.world.today().to_string()),
                    (note_prompt(&self.about).to_owned(), or_none(note)),
                ]));
                screen.choices.push(Choice::safe('v', "Yes, this is so; put it into the record", Msg::Yes));
            }
        }
        screen.choices.push(Choice::safe('s', "Not now", Msg::Skip));
        screen.choices.push(Choice::back("Back", Msg::Back));
        screen
    }
}

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
    let is_over = last_day(subject, word.date).is_some_and(|last| last < desk.world.today());
    is_in_time && !is_spent && !is_over
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
