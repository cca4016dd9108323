//! Who plays what, and who is away: the die or an inject takes somebody away, or whoever leads says so.

use crate::domain::exercise::scenario::Role;
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::tabletop::framed::framed;
use crate::journeys::tabletop::{Act, At, Msg, View};

/// The roles, with who plays each.
pub(super) fn people(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "Who plays what");
    let line = |role: &Role| {
        let label = match named(view, role) {
            Some(person) => format!("{}: {person}", role.title),
            None => format!("{}: nobody", role.title),
        };
        let value = if is_away(view, role) { "away" } else { "here" };
        Choice::listed(label, value, Msg::To(At::Person(role.id.clone())))
    };
    screen.choices = view.table.scenario.roles.iter().map(line).collect();
    screen.suggested = (!screen.choices.is_empty()).then_some(Choice::<Msg>::LISTED);
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

/// One of them, who can be taken away.
pub(super) fn person(view: &View<'_>, role: &str) -> Screen<Msg> {
    let mut screen = framed(view, "Who plays what");
    if let Some(role) = view.table.scenario.role(role) {
        screen.prose.push(Block::Heading(role.title.clone()));
        screen.prose.push(Block::Text(role.does.clone()));
        let who = named(view, role).unwrap_or("nobody").to_owned();
        let stands = if is_away(view, role) { "away" } else { "here" };
        screen
            .prose
            .push(Block::Pairs(vec![("played by".to_owned(), who), ("is".to_owned(), stands.to_owned())]));
        if !is_away(view, role) {
            screen.prose.push(Block::Text(
                "Whoever is away says nothing any more; what this role has to decide, a deputy decides."
                    .to_owned(),
            ));
            let away = Msg::Act(Act::Away { role: role.id.clone() });
            screen.choices.push(Choice::safe('a', "Away from now on", away));
        }
    }
    screen.choices.push(Choice::back("Back", Msg::Back));
    screen
}

fn is_away(view: &View<'_>, role: &Role) -> bool {
    view.table.play.away.contains(&role.id)
}

/// Who plays a role, where somebody was named.
fn named<'a>(view: &'a View<'_>, role: &Role) -> Option<&'a str> {
    let cast = view.table.play.opened.iter().flat_map(|opened| &opened.cast);
    let mut named = cast.filter(|cast| cast.role == role.id).map(|cast| cast.person.as_str());
    named.rfind(|person| !person.is_empty())
}
