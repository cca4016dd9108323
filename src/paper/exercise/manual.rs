//! The situation manual, for players: what the exercise is for, how it is played, where it begins. Nothing of what is to come.

use crate::domain::exercise::scenario::Role;
use crate::domain::text::clean;
use crate::paper::exercise::Printed;
use crate::paper::page::{Piece, Sheet, Table, pair};
use crate::paper::pieces::{heads, listed, told};

/// What the exercise is for, said to everybody.
const PURPOSE: &str = "You practice what happens on the day on which nobody can sign in as usual. A simulated tenant breaks; \
                       what you do to it works as it would in life, and nothing of it reaches the real one. What comes \
                       out of it is a report and a list of what is to be better, never a mark for anybody.";

/// The situation manual.
pub fn manual(printed: &Printed<'_>) -> Sheet {
    let scenario = printed.scenario;
    let lines = |all: &[String]| all.iter().map(|text| clean(text)).collect::<Vec<_>>().into_iter();
    let mut pieces = vec![
        Piece::Title(format!("Situation manual: {}", clean(&scenario.title))),
        Piece::Pairs(vec![
            pair("Exercise", printed.exercise),
            pair("Time", format!("{} minutes, and the hot wash after it", scenario.minutes)),
            pair("For", scenario.audience.join("; ")),
        ]),
    ];
    pieces.extend(told("Purpose", [PURPOSE.to_owned()].into_iter()));
    pieces.extend(listed("What it is to show", scenario.objectives.iter().map(|one| clean(&one.text))));
    pieces.extend(listed("How it is played", lines(&scenario.ground_rules)));
    pieces.extend(listed("What is not as in life", lines(&scenario.artificialities)));
    pieces.push(Piece::Section("Who takes part".to_owned()));
    pieces.push(Piece::Table(people(printed)));
    pieces.extend(told("The situation", lines(&scenario.opening)));
    printed.sheet("situation-manual", pieces)
}

fn people(printed: &Printed<'_>) -> Table {
    let row = |role: &Role| {
        let person = printed.person(&role.id);
        vec![clean(&role.title), clean(if person.is_empty() { "________________" } else { person })]
    };
    let rows = printed.scenario.roles.iter().map(row).collect();
    Table { heads: heads(&[("Role", 50), ("Played by", 50)]), rows }
}
