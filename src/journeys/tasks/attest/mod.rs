//! Vouching: a named person says, with a day and a note, what no API can see. It counts for one tenant, and for the thing
//! that it was said of.
//!
//! One statement or a whole list stand on one screen: who vouches and when, a note for each line, lines that are left out.
//! Enter goes to a line and never vouches; `v` does. What was said can be said anew as long as the step is open: the newer
//! word takes the place of the older one. Where nobody is there, the plan has the word ([`planned`]).

use jiff::civil::Date;

use crate::domain::check::ask::Attest;
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::check::thing::Thing;
use crate::domain::exercise::held::Improved;
use crate::domain::record::{Entry, Voice, improvement_of};
use crate::domain::text::clean;
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::screen::Screen;
use crate::journeys::tasks::{day, who};
use crate::journeys::turn::Turn;

mod planned;
mod screens;

pub use planned::{is_told, named, planned};

/// Vouching for one statement, or for a list of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Attesting {
    /// What is vouched for: one statement, or a whole list at once.
    pub about: Vec<Attest>,
    /// What each line of it says beside the statement.
    pub lines: Vec<Line>,
    /// Who, once told.
    pub person: Option<String>,
    /// When; today where no other day was named.
    pub date: Option<Date>,
    /// What is on the screen.
    pub at: At,
    /// What was wrong with the last answer.
    pub problem: Option<String>,
}

/// What a line says beside its statement.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line {
    /// What was noted.
    pub note: String,
    /// Whether it is among those that are vouched for.
    pub part: Part,
}

/// Whether a line is among those that are vouched for at once.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Part {
    /// It is.
    #[default]
    In,
    /// It is left open.
    Out,
}

/// What is on the screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// All statements, with everything filled in.
    List,
    /// One of them.
    Line(usize),
    /// What is noted beside it.
    Note(usize),
    /// Who vouches.
    Who,
    /// Who, typed.
    Name,
    /// When.
    Day,
}

/// What a person says, or the plan for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// The answer to the question on the screen.
    Answer(String),
    /// This person vouches.
    Person(String),
    /// A person whose name is to be typed.
    Other,
    /// Another person than the one on the screen.
    AnotherPerson,
    /// Another day than today.
    AnotherDay,
    /// This line, by itself.
    Open(usize),
    /// A note beside this line.
    Note(usize),
    /// This line is left open, or is not.
    Leave(usize),
    /// Yes, it is so; the record takes it.
    Yes,
    /// As the plan says, wherever it has a word that counts; a person has looked at it and takes it.
    AsPlanned,
    /// The plan has the whole word.
    Vouch(Word),
    /// Not now.
    Skip,
    /// Back.
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
    /// Begins with who vouches, where nobody did in this run yet; otherwise with the statements. What somebody said before
    /// about one of them stands beside it.
    pub fn begin(desk: &Desk, about: Vec<Attest>) -> Self {
        let said = |attest: &Attest| desk.case().said(&attest.about).cloned();
        let note = |attest: &Attest| said(attest).map(|word| word.note).unwrap_or_default();
        let lines = about.iter().map(|attest| Line { note: note(attest), part: Part::In }).collect();
        let before = about.first().and_then(said).map(|word| word.person);
        let person = Some(desk.person.clone()).filter(|person| !person.is_empty()).or(before);
        let mut attesting = Self { about, lines, person, date: None, at: At::List, problem: None };
        attesting.at = match (&attesting.person, who::known(desk).is_empty()) {
            (Some(_), _) => attesting.statements(),
            (None, false) => At::Who,
            (None, true) => At::Name,
        };
        attesting
    }

    /// Where the statements stand.
    fn statements(&self) -> At {
        if self.about.len() == 1 { At::Line(0) } else { At::List }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        self.problem = None;
        match msg {
            Msg::Answer(text) => self.answered(desk, &text),
            Msg::Person(name) => self.who(name),
            Msg::Other => self.at = At::Name,
            Msg::AnotherPerson => self.at = if who::known(desk).is_empty() { At::Name } else { At::Who },
            Msg::AnotherDay => self.at = At::Day,
            Msg::Open(line) => self.at = At::Line(line),
            Msg::Note(line) => self.at = At::Note(line),
            Msg::Leave(line) => self.leave(line),
            Msg::Yes => return self.yes(desk),
            Msg::AsPlanned => return self.as_planned(desk),
            Msg::Vouch(word) => return self.vouch_for_all(desk, &word),
            Msg::Skip => return Turn::over(),
            Msg::Back => return self.back(),
        }
        Turn::stay()
    }

    fn answered(&mut self, desk: &Desk, text: &str) {
        match self.at {
            At::Name => match who::typed(text) {
                Ok(name) => self.who(name),
                Err(problem) => self.problem = Some(problem.to_owned()),
            },
            At::Day => match day::past(text, desk.world.today()) {
                Ok(day) => (self.date, self.at) = (Some(day), self.statements()),
                Err(problem) => self.problem = Some(problem),
            },
            At::Note(line) => {
                if let Some(line) = self.lines.get_mut(line) {
                    line.note = clean(text.trim());
                }
                self.at = self.statements();
            }
            At::List | At::Line(_) | At::Who => {}
        }
    }

    fn who(&mut self, name: String) {
        self.person = Some(name);
        self.at = self.statements();
    }

    fn leave(&mut self, line: usize) {
        if let Some(line) = self.lines.get_mut(line) {
            line.part = match line.part {
                Part::In => Part::Out,
                Part::Out => Part::In,
            };
        }
        self.at = self.statements();
    }

    fn back(&mut self) -> Turn<Msg> {
        let is_first = self.at == self.statements() || self.person.is_none() && self.at != At::Name;
        match (self.at, is_first) {
            (_, true) => return Turn::over(),
            (At::Name, _) => self.at = At::Who,
            _ => self.at = self.statements(),
        }
        Turn::stay()
    }

    /// The lines that `v` vouches for on this screen.
    fn meant(&self) -> Vec<usize> {
        match self.at {
            At::Line(line) => vec![line],
            _ => (0..self.lines.len()).filter(|line| self.lines[*line].part == Part::In).collect(),
        }
    }

    /// Puts what stands on the screen into the record; what else is on the list stays there.
    fn yes(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let (meant, Some(person)) = (self.meant(), self.person.clone()) else { return Turn::stay() };
        let date = self.date.unwrap_or(desk.world.today());
        if let Some(problem) = meant.iter().find_map(|line| too_early(desk, &self.about[*line], date)) {
            self.problem = Some(problem);
            return Turn::stay();
        }
        if let Some(line) = self.unwritten(&meant) {
            (self.at, self.problem) =
                (At::Note(line), Some("What is known is written down first.".to_owned()));
            return Turn::stay();
        }
        let word = |line: usize| {
            let note = self.lines[line].note.clone();
            Word { person: person.clone(), date, note, voice: Voice::Person }
        };
        let entries: Vec<Entry> =
            meant.iter().map(|&line| entry(desk, self.about[line].about.clone(), word(line))).collect();
        said(desk, &[&person], entries.len());
        let effects: Vec<Effect<Msg>> = entries.into_iter().map(Effect::remember).collect();
        match self.at {
            At::Line(line) if self.about.len() > 1 => {
                self.about.remove(line);
                self.lines.remove(line);
                self.at = self.statements();
                Turn::stay().with(effects)
            }
            _ => Turn::over().with(effects),
        }
    }

    /// The first line that says something is written down here, and has nothing beside it.
    fn unwritten(&self, meant: &[usize]) -> Option<usize> {
        let is_unwritten = |line: &usize| {
            let check = self.about[*line].about.check();
            matches!(check, Some(CheckId::UseIncident | CheckId::ExerciseImprovements))
                && self.lines[*line].note.is_empty()
        };
        meant.iter().copied().find(is_unwritten)
    }

    /// The words of the plan about what is meant here, each of its own person and day.
    fn planned(&self, desk: &Desk) -> Vec<(usize, Word)> {
        let word = |line: usize| Some((line, planned(desk, &self.about[line].about)?));
        self.meant().into_iter().filter_map(word).collect()
    }

    /// Puts them into the record; what the plan says nothing about stays on the list.
    fn as_planned(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let words = self.planned(desk);
        if words.is_empty() {
            return Turn::stay();
        }
        let mut people: Vec<&str> = words.iter().map(|(_, word)| word.person.as_str()).collect();
        let mut seen = std::collections::BTreeSet::new();
        people.retain(|person| seen.insert(*person));
        said(desk, &people, words.len());
        let effects: Vec<Effect<Msg>> = words
            .iter()
            .map(|(line, word)| Effect::remember(entry(desk, self.about[*line].about.clone(), word.clone())))
            .collect();
        for (line, _) in words.iter().rev() {
            self.about.remove(*line);
            self.lines.remove(*line);
        }
        if self.about.is_empty() {
            return Turn::over().with(effects);
        }
        if self.person.is_some() {
            self.at = self.statements();
        }
        Turn::stay().with(effects)
    }

    fn vouch_for_all(&self, desk: &mut Desk, word: &Word) -> Turn<Msg> {
        let entries: Vec<Entry> =
            self.about.iter().map(|attest| entry(desk, attest.about.clone(), word.clone())).collect();
        said(desk, &[&word.person], entries.len());
        Turn::over().with(entries.into_iter().map(Effect::remember))
    }

    /// What the plan says about it, or nothing: then it stays open.
    pub fn answer(&self, desk: &Desk) -> Msg {
        let about = self.about.first().map(|attest| &attest.about);
        about.and_then(|about| planned(desk, about)).map_or(Msg::Skip, Msg::Vouch)
    }

    /// Who vouches, the statements, and what is noted beside them.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        screens::of(self, desk)
    }
}

fn said(desk: &mut Desk, people: &[&str], count: usize) {
    let person = people.join(" and of ");
    desk.did(match count {
        1 => format!("The word of {person} stands in the record."),
        count => format!("The word of {person} about {count} things stands in the record."),
    });
    if let Some(last) = people.last() {
        (*last).clone_into(&mut desk.person);
    }
}

/// What the record takes when `word` is given about `about`.
pub fn entry(desk: &Desk, about: CheckSubject, word: Word) -> Entry {
    let Word { person, date, note, voice } = word;
    if let Some((exercise, number)) = improvement_of(&about) {
        return Entry::Improved(Improved { exercise: exercise.to_owned(), number, person, date, note });
    }
    let tenant = desk.case().tenant().to_owned();
    let thing = desk.case().thing(&about).and_then(|thing| thing.name().map(str::to_owned));
    Entry::Attested { about, tenant, person, date, note, thing, voice }
}

/// A word of a day on which the thing was not there yet would count for nothing.
fn too_early(desk: &Desk, attest: &Attest, date: Date) -> Option<String> {
    match desk.case().thing(&attest.about)? {
        Thing::Since { name, since } => since.day.filter(|day| date < *day).map(|day| {
            format!("{} is of {day}: nobody has seen it on {date}.", crate::domain::text::capitalized(&name))
        }),
        Thing::Lasting(_) | Thing::NotThere => None,
    }
}
