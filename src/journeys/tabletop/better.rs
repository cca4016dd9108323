//! What is to be better after an exercise: each with what is done, by whom, until when, and when it is tried again.

use jiff::civil::Date;

use crate::domain::exercise::closing;
use crate::domain::exercise::event::Improvement;
use crate::domain::text::clean;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::tabletop::framed::framed;
use crate::journeys::tabletop::{At, Msg, Part, Table, View};

/// Improvements that were given, and those that follow from the ratings.
pub(super) fn improvements_of(table: &Table<'_>) -> Vec<Improvement> {
    let moments = &table.journal.moments;
    let mut all = closing::improvements(table.scenario, moments);
    all.extend(closing::proposed(table.scenario, moments));
    all
}

/// The improvement with this number, given or proposed.
fn improvement(table: &Table<'_>, number: u32) -> Option<Improvement> {
    improvements_of(table).into_iter().find(|one| one.number == number)
}

/// An improvement as it is with what is said about it now; what is left empty stays as it was.
pub(super) fn improved(table: &Table<'_>, said: &Improvement) -> Improvement {
    let known = improvement(table, said.number).unwrap_or_else(|| blank(said.number));
    let or = |new: &str, old: String| if new.trim().is_empty() { old } else { clean(new.trim()) };
    let days = said.days().or(known.days());
    Improvement {
        number: said.number,
        objective: or(&said.objective, known.objective),
        issue: or(&said.issue, known.issue),
        action: or(&said.action, known.action),
        owner: or(&said.owner, known.owner),
        due: days.due,
        retest: days.retest,
    }
}

/// Why its days do not fit, and what to do.
pub(super) fn unfit_days(table: &Table<'_>, improved: &Improvement) -> Option<String> {
    improved.days().unfit(table.play.opened.as_ref()?.date).map(|unfit| unfit.words)
}

fn blank(number: u32) -> Improvement {
    Improvement {
        number,
        objective: String::new(),
        issue: String::new(),
        action: String::new(),
        owner: String::new(),
        due: None,
        retest: None,
    }
}

/// What is to be better.
pub(super) fn improvements(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "What is to be better");
    screen.prose.push(Block::Text(
        "Each has something that is done, somebody who does it, a date, and a day on which it is tried again. They stand in \
         the next review until they are closed."
            .to_owned(),
    ));
    let all = improvements_of(view.table);
    let line = |one: &Improvement| {
        let value = if one.is_whole() { "said" } else { "to say" };
        let issue = if one.action.is_empty() { about(view.table, one) } else { one.action.clone() };
        let part = first_part(one).unwrap_or(Part::Action);
        Choice::listed(
            format!("{}. {issue}", one.number),
            value,
            Msg::To(At::Improving { number: one.number, part, problem: None }),
        )
    };
    screen.choices = all.iter().map(line).collect();
    screen.suggested = (!all.is_empty()).then_some(Choice::<Msg>::LISTED);
    // Whoever has said one finds the next.
    screen.suggested_line = all.iter().position(|one| !one.is_whole()).unwrap_or_default();
    let number = all.iter().map(|one| one.number).max().unwrap_or(0) + 1;
    screen.choices.push(Choice::safe(
        'a',
        "Add one",
        Msg::To(At::Improving { number, part: Part::Action, problem: None }),
    ));
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// The first part that is missing.
pub(super) fn first_part(one: &Improvement) -> Option<Part> {
    match one {
        one if one.action.trim().is_empty() => Some(Part::Action),
        one if one.owner.trim().is_empty() => Some(Part::Owner),
        one if one.due.is_none() => Some(Part::Due),
        one if one.retest.is_none() => Some(Part::Retest),
        _ => None,
    }
}

/// The part that is asked for behind `part`, once `improved` is what is said: the next that is missing, or, where nothing was
/// missing before, each of them in turn.
pub(super) fn next_part(table: &Table<'_>, improved: &Improvement, part: Part) -> Option<Part> {
    let was_whole = improvement(table, improved.number).is_some_and(|before| before.is_whole());
    match (was_whole, part) {
        (false, _) => first_part(improved),
        (true, Part::Action) => Some(Part::Owner),
        (true, Part::Owner) => Some(Part::Due),
        (true, Part::Due) => Some(Part::Retest),
        (true, Part::Retest) => None,
    }
}

/// One part of an improvement.
pub(super) fn improving(view: &View<'_>, number: u32, part: Part, problem: Option<String>) -> Screen<Msg> {
    let mut screen = framed(view, &format!("Improvement {number}"));
    let known = improvement(view.table, number);
    let said = known.iter().flat_map(|one| {
        let day = |day: Option<Date>| day.map(|day| day.to_string()).unwrap_or_default();
        let objective = view.table.scenario.objective(&one.objective);
        [
            ("about", objective.map(|known| known.text.clone()).unwrap_or_default()),
            ("issue", one.issue.clone()),
            ("done", one.action.clone()),
            ("by", one.owner.clone()),
            ("until", day(one.due)),
            ("retest", day(one.retest)),
        ]
    });
    let said = said.filter(|(_, words)| !words.is_empty());
    screen.prose.push(Block::Pairs(said.map(|(name, words)| (name.to_owned(), words)).collect()));
    let today = view.desk.world.today();
    let known = known.unwrap_or_else(|| blank(number));
    let question = match part {
        Part::Action => Question::text("What is done about it", Msg::Typed).preset(known.action),
        Part::Owner => Question::text("Who does it (name)", Msg::Typed).preset(known.owner),
        Part::Due => {
            let due = known.due.map_or_else(|| later(today, 30), |day| day.to_string());
            Question::text("Until when (a date)", Msg::Typed).preset(due)
        }
        Part::Retest => {
            let after = later(today, 60).max(later(known.due.unwrap_or(today), 30));
            let retest = known.retest.map_or(after, |day| day.to_string());
            Question::text("When it is tried again (a date)", Msg::Typed).preset(retest)
        }
    };
    screen.question = Some(question.refused(problem));
    screen.choices = vec![Choice::back("Back", Msg::Back)];
    screen
}

fn later(today: Date, days: i32) -> String {
    today.checked_add(jiff::Span::new().days(days)).unwrap_or(today).to_string()
}

/// What was typed, as the part that was asked for, and nothing else of it.
pub(super) fn part(number: u32, part: Part, text: &str, today: Date) -> Result<Improvement, String> {
    let date = || match text.trim().parse::<Date>() {
        Ok(day) if day < today => Err(format!("That day is over: take today ({today}) or a day after it.")),
        Ok(day) => Ok(day),
        Err(_) => Err("Write a date like 2027-01-31.".to_owned()),
    };
    let words = || match text.trim() {
        "" => Err("Something has to be said here.".to_owned()),
        words => Ok(words),
    };
    let blank = blank(number);
    Ok(match part {
        Part::Action => Improvement { action: words()?.to_owned(), ..blank },
        Part::Owner => Improvement { owner: words()?.to_owned(), ..blank },
        Part::Due => Improvement { due: Some(date()?), ..blank },
        Part::Retest => Improvement { retest: Some(date()?), ..blank },
    })
}

/// What went wrong, and with which objective.
fn about(table: &Table<'_>, one: &Improvement) -> String {
    match table.scenario.objective(&one.objective) {
        Some(objective) => format!("{} {}", objective.text, one.issue),
        None => one.issue.clone(),
    }
}
