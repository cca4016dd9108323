//! A review's checks of exercises: that one is held twice a year, and that what is to be better after one is made better, each
//! improvement by its owner and its day.

use jiff::civil::Date;

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::exercise::held::Held;
use crate::domain::record::{OpenImprovement, Retest};
use crate::domain::text::{clean, counted, sentence};
use crate::steps::review::said::{Statement, set_up_on};
use crate::steps::shared::look::{Seen, fail, needs_person, pass, report};

/// Whether people have practiced, and what has become of what they found.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    let exercises = &case.evidence.exercises;
    let (open, retests) = (exercises.open(), exercises.retests(case.today));
    let is_done = open.is_empty() && retests.is_empty() && !exercises.held.is_empty();
    let none = is_done.then(|| report(CheckId::ExerciseImprovements, Ok(pass("none is open"))));
    let about = |one: &OpenImprovement<'_>, seen: Seen| {
        report(CheckId::ExerciseImprovements, Ok(seen)).about(clean(&one.name()))
    };
    let open = open.iter().map(|one| about(one, improvement(case, one)));
    let retests = retests.iter().map(|one| about(&one.of, retest(case, one)));
    let held = report(CheckId::ExerciseHeld, Ok(held(case)));
    [held].into_iter().chain(open).chain(retests).chain(none).collect()
}

/// What a person says of it.
pub(in crate::steps) fn asks(case: &Case<'_>) -> Vec<Ask> {
    let exercises = &case.evidence.exercises;
    let made = exercises.open().into_iter().map(|open| Ask::Attest(made(&open)));
    let retests = exercises.retests(case.today).into_iter().map(|one| Ask::Attest(tried_again(&one)));
    held_ask(case).into_iter().chain(made).chain(retests).collect()
}

fn tried_again(retest: &Retest<'_>) -> Attest {
    let of = &retest.of;
    Attest {
        about: CheckId::ExerciseImprovements.about(&of.name()),
        statement: format!(
            "Tried again, and it holds: {} (improvement after: {})",
            what(of),
            clean(&of.held.title)
        ),
        note: "How it was tried again, on which day, and what it came to".to_owned(),
    }
}

fn made(open: &OpenImprovement<'_>) -> Attest {
    Attest {
        about: CheckId::ExerciseImprovements.about(&open.name()),
        statement: format!("{} (improvement after: {})", what(open), clean(&open.held.title)),
        note: "What shows it, and when it was tried again".to_owned(),
    }
}

fn held_ask(case: &Case<'_>) -> Option<Ask> {
    let statement =
        "An exercise was held elsewhere, with the people who would be there on the day".to_owned();
    let note = "Which one, on which day, and what it came to".to_owned();
    let attest = Attest { about: CheckId::ExerciseHeld.whole(), statement, note };
    (!held(case).is_pass()).then_some(Ask::Attest(attest))
}

/// The last exercise of a team, or somebody's word about one that was held without this program: the later one counts.
fn held(case: &Case<'_>) -> Seen {
    let elsewhere = elsewhere(case);
    let word = case.word(&elsewhere.about).map(|word| word.date);
    match case.evidence.exercises.last() {
        Some(last) if word.is_none_or(|day| day <= last.date) => of_team(case, last),
        _ => elsewhere.seen(case),
    }
}

fn of_team(case: &Case<'_>, last: &Held) -> Seen {
    let told = format!("{} on {}, led by {}", clean(&last.title), last.date, clean(&last.facilitator));
    match case.last_day(&CheckId::ExerciseHeld.whole(), last.date) {
        Some(next) if next < case.today => {
            fail(format!("the last one was {told}; the next was due on {next}"))
        }
        Some(next) => pass(format!("{told}; the next by {next}")),
        None => pass(told),
    }
}

fn elsewhere(case: &Case<'_>) -> Statement {
    Statement {
        about: CheckId::ExerciseHeld.whole(),
        since: set_up_on(case),
        open: "nobody has practiced with these accounts yet",
    }
}

/// An open improvement: what is to be done, by whom, until when, and when it is tried again.
fn improvement(case: &Case<'_>, open: &OpenImprovement<'_>) -> Seen {
    let one = open.improvement;
    let day = |word: &str, day: Option<Date>| day.map(|day| format!(", {word} {day}")).unwrap_or_default();
    let (due, retest) = (day("by", one.due), day("tried again on", one.retest));
    let told = format!("{} {}{due}{retest}", what(open), clean(&one.owner));
    match usize::try_from(open.overdue_days(case.today)).unwrap_or_default() {
        0 => needs_person(told),
        days => fail(format!("{told}; {} overdue", counted(days, "day", "days"))),
    }
}

/// An improvement that was made, and that nothing has shown since.
fn retest(case: &Case<'_>, retest: &Retest<'_>) -> Seen {
    let Retest { of, made, day } = retest;
    let told = format!(
        "{} Made by the word of {} on {}, to be tried again on {day}; no exercise since has reached it",
        what(of),
        clean(&made.person),
        made.date
    );
    match usize::try_from((case.today - *day).get_days()).unwrap_or_default() {
        0 => needs_person(told),
        days => fail(format!("{told}; {} overdue", counted(days, "day", "days"))),
    }
}

fn what(open: &OpenImprovement<'_>) -> String {
    let one = open.improvement;
    let words = if one.action.trim().is_empty() { &one.issue } else { &one.action };
    sentence(&clean(words))
}
