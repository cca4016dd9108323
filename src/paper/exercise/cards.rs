//! Cards: one for each role, and one for each paper that has to be opened, with the code that shows that it was.

use crate::domain::exercise::cards::code;
use crate::domain::exercise::scenario::{Card, Role};
use crate::domain::text::clean;
use crate::paper::exercise::Printed;
use crate::paper::page::{Piece, Sheet, pair};
use crate::paper::pieces::listed;

/// A card for each role: what this person knows and may do.
pub fn role_cards(printed: &Printed<'_>) -> Vec<Sheet> {
    printed.scenario.roles.iter().map(|role| role_card(printed, role)).collect()
}

fn role_card(printed: &Printed<'_>, role: &Role) -> Sheet {
    let scenario = printed.scenario;
    let mut pieces = vec![
        Piece::Title(clean(&role.title)),
        Piece::Pairs(vec![
            pair("Exercise", &scenario.title),
            pair("Role", &role.title),
            pair("Played by", printed.person(&role.id)),
        ]),
        Piece::Section("What you know and may do".to_owned()),
        Piece::Text(clean(&role.does)),
    ];
    pieces.extend(listed("How it is played", scenario.ground_rules.iter().map(|rule| clean(rule))));
    pieces.push(Piece::Section("Notes".to_owned()));
    pieces.push(Piece::Log(
        vec![("Time".to_owned(), 16), ("What I did, decided or was told".to_owned(), 84)],
        8,
    ));
    printed.sheet("role-card", pieces)
}

/// A card for each paper that has to be opened, to be put before the exercise where that paper lies.
pub fn paper_cards(printed: &Printed<'_>) -> Vec<Sheet> {
    printed.scenario.cards.iter().map(|card| paper_card(printed, card)).collect()
}

fn paper_card(printed: &Printed<'_>, card: &Card) -> Sheet {
    let pieces = vec![
        Piece::Title(clean(&card.title)),
        Piece::Text("This card stands for the paper in an exercise. Leave it where it belongs until it is asked for.".to_owned()),
        Piece::Section("What is on it".to_owned()),
        Piece::List(card.says.iter().map(|line| clean(line)).collect()),
        Piece::Section("The code".to_owned()),
        Piece::Label(vec![pair("Code", code(printed.exercise, &card.id)), pair("Exercise", printed.exercise)]),
        Piece::Small("Read the code to whoever sits at the console, or type it there: it shows that this card was opened. Spaces and the hyphen do not matter.".to_owned()),
    ];
    printed.sheet("paper-card", pieces)
}
