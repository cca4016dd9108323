//! The screens of vouching: the list, one line of it, and the questions for who, when and what was noted.

use crate::domain::text::counted;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::tasks::attest::{At, Attesting, Msg, Part};
use crate::journeys::tasks::who;

/// What is on the screen of `attesting`.
pub(super) fn of(attesting: &Attesting, desk: &Desk) -> Screen<Msg> {
    let mut screen = frame::of(desk, "Vouch for it");
    let ask = |prompt: &str| Question::text(prompt, Msg::Answer).refused(attesting.problem.clone());
    match attesting.at {
        At::List => list(attesting, desk, &mut screen),
        At::Line(line) => one(attesting, desk, line, &mut screen),
        At::Note(line) => {
            let (attest, noted) = (&attesting.about[line], &attesting.lines[line].note);
            screen.prose.push(Block::Text(attest.statement.clone()));
            screen.question = Some(ask(&attest.note).preset(noted.clone()));
            screen.choices.push(Choice::back("Back", Msg::Back));
        }
        At::Who => {
            statements(attesting, &mut screen);
            screen.prose.push(Block::Text("Who vouches for it?".to_owned()));
            who::ask(&mut screen, desk, Msg::Person, Msg::Other);
            as_planned(attesting, desk, &mut screen);
            not_now(&mut screen);
        }
        At::Name => {
            statements(attesting, &mut screen);
            screen.question = Some(ask("Who vouches for it (name and role)"));
            as_planned(attesting, desk, &mut screen);
            not_now(&mut screen);
        }
        At::Day => {
            let day = attesting.date.unwrap_or(desk.world.today());
            screen.question = Some(ask("On which day it was seen").preset(day.to_string()));
            screen.choices.push(Choice::back("Back", Msg::Back));
        }
    }
    screen
}

fn statements(attesting: &Attesting, screen: &mut Screen<Msg>) {
    screen.prose.push(match attesting.about.as_slice() {
        [one] => Block::Text(one.statement.clone()),
        several => Block::List(several.iter().map(|attest| attest.statement.clone()).collect()),
    });
}

fn not_now(screen: &mut Screen<Msg>) {
    screen.choices.push(Choice::safe('s', "Not now", Msg::Skip));
    screen.choices.push(Choice::back("Back", Msg::Back));
}

/// Who and when, in front of whatever is vouched for.
fn pairs(attesting: &Attesting, desk: &Desk) -> Vec<(String, String)> {
    let person = attesting.person.clone().unwrap_or_default();
    let date = attesting.date.unwrap_or(desk.world.today());
    vec![("Person".to_owned(), person), ("Date".to_owned(), date.to_string())]
}

/// The plan's own word, where it has one that counts: it has a key of its own, and Enter does not take it.
fn as_planned(attesting: &Attesting, desk: &Desk, screen: &mut Screen<Msg>) {
    let words = attesting.planned(desk);
    let label = match words.as_slice() {
        [] => return,
        [(_, word)] if attesting.meant().len() == 1 => {
            format!("As the plan says: {}, {}", word.person, word.date)
        }
        several => {
            format!("As the plan says, each of its own person and day: {}", of_all(several.len(), attesting))
        }
    };
    let notes: Vec<&str> =
        words.iter().map(|(_, word)| word.note.as_str()).filter(|n| !n.is_empty()).collect();
    screen.choices.push(Choice::vouches('t', label, Msg::AsPlanned).explained(notes.join(" ")));
}

fn of_all(count: usize, attesting: &Attesting) -> String {
    format!("{count} of {}", attesting.meant().len())
}

/// Another person, another day, and what was wrong with what stands here.
fn whose(attesting: &Attesting, screen: &mut Screen<Msg>) {
    screen.prose.extend(attesting.problem.clone().map(Block::Text));
    screen.choices.push(Choice::safe('p', "Another person vouches", Msg::AnotherPerson));
    screen.choices.push(Choice::safe('d', "It was seen on another day", Msg::AnotherDay));
}

fn list(attesting: &Attesting, desk: &Desk, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Pairs(pairs(attesting, desk)));
    screen.prose.push(Block::Text(
        "Enter opens a line, for a note or to leave it out; it vouches for nothing.".to_owned(),
    ));
    let lines = attesting.about.iter().zip(&attesting.lines).enumerate();
    screen.choices.extend(lines.map(|(index, (attest, line))| {
        let beside = match line.part {
            Part::In => line.note.clone(),
            Part::Out => "left out".to_owned(),
        };
        Choice::listed(attest.statement.clone(), beside, Msg::Open(index))
    }));
    let count = attesting.meant().len();
    if count > 0 {
        let label = format!("Yes, {} so; put it into the record", are(count, attesting.about.len()));
        screen.choices.push(Choice::vouches('v', label, Msg::Yes));
    }
    as_planned(attesting, desk, screen);
    whose(attesting, screen);
    not_now(screen);
}

/// "all 4 are", "these 3 of 4 are", "this 1 of 4 is".
fn are(count: usize, all: usize) -> String {
    match (count, all) {
        (count, all) if count == all => format!("all {count} are"),
        (1, all) => format!("this 1 of {all} is"),
        (count, all) => format!("these {count} of {all} are"),
    }
}

fn one(attesting: &Attesting, desk: &Desk, line: usize, screen: &mut Screen<Msg>) {
    let (Some(attest), Some(beside)) = (attesting.about.get(line), attesting.lines.get(line)) else { return };
    screen.prose.push(Block::Text(attest.statement.clone()));
    let mut told = pairs(attesting, desk);
    told.push((
        attest.note.clone(),
        if beside.note.is_empty() { "none".to_owned() } else { beside.note.clone() },
    ));
    screen.prose.push(Block::Pairs(told));
    screen.choices.push(Choice::safe('n', "Note something beside it", Msg::Note(line)));
    screen.choices.push(Choice::vouches('v', "Yes, this is so; put it into the record", Msg::Yes));
    as_planned(attesting, desk, screen);
    let rest = attesting.about.len() - 1;
    if rest == 0 {
        whose(attesting, screen);
        return not_now(screen);
    }
    let (label, part) = match beside.part {
        Part::In => ("Leave it out", "it stays open"),
        Part::Out => ("Take it in again", ""),
    };
    screen.prose.extend(attesting.problem.clone().map(Block::Text));
    screen.choices.push(Choice::safe('x', label, Msg::Leave(line)).explained(part));
    let back = format!("Back to the list with {}", counted(rest, "other", "others"));
    screen.choices.push(Choice::back(back, Msg::Back));
}
