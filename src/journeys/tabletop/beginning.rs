//! Before it begins: what it is about, who leads it, who plays what.

use crate::domain::exercise::event::{Cast, Mode, Players};
use crate::domain::exercise::scenario::Scenario;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, Handout, RecordEffect};
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Leave, Question, Screen};
use crate::journeys::tabletop::{Act, At, Msg, Tabletop, View, hot_wash};
use crate::journeys::tasks::who;
use crate::journeys::turn::Turn;

impl Tabletop {
    /// Somebody leads it, or plays alone: the cast follows, or the exercise begins.
    pub(super) fn led(&mut self, desk: &mut Desk, leader: &str) -> Turn<Msg> {
        match who::typed(leader) {
            Err(_) => self.enter(At::Leader(Some("A name is needed: it stands in the report.".to_owned()))),
            Ok(leader) => self.cast(desk, leader, Vec::new()),
        }
    }

    /// The next role, or the beginning.
    pub(super) fn cast(&mut self, desk: &mut Desk, leader: String, names: Vec<String>) -> Turn<Msg> {
        let Some(seat) = &desk.exercise else { return Turn::stay() };
        let roles = &seat.scenario.roles;
        let is_solo = seat.players == Players::Solo;
        if names.len() < roles.len() && !is_solo {
            return self.enter(At::Cast { leader, names });
        }
        let cast = roles.iter().zip(names).map(|(role, person)| Cast { role: role.id.clone(), person });
        let cast = cast.collect();
        self.act(desk, Act::Open { facilitator: leader, cast, mode: Mode::Real })
    }
}

/// The papers that are handed out before, and the guide of whoever leads.
pub(super) fn papers(desk: &Desk) -> Option<Effect<Msg>> {
    let seat = desk.exercise.as_ref()?;
    Some(Effect::Record(RecordEffect::WritePapers(Handout {
        exercise: seat.name.clone(),
        scenario: seat.scenario.clone(),
        tenant: hot_wash::tenant(desk),
        date: desk.world.today(),
        size: desk.plan().paper.size,
    })))
}

/// What an exercise is about, for whoever leads it.
pub(super) fn about(scenario: &Scenario) -> Vec<Block> {
    let mut blocks = vec![
        Block::Text(scenario.summary.clone()),
        Block::Pairs(vec![
            ("for".to_owned(), scenario.audience.join(", ")),
            ("takes".to_owned(), format!("{} minutes, and a hot wash", scenario.minutes)),
            (
                "roles".to_owned(),
                scenario.roles.iter().map(|role| role.title.as_str()).collect::<Vec<_>>().join(", "),
            ),
        ]),
        Block::Heading("What it is to show".to_owned()),
        Block::List(scenario.objectives.iter().map(|objective| objective.text.clone()).collect()),
    ];
    if !scenario.before.is_empty() {
        blocks.push(Block::Heading("Ready before".to_owned()));
        blocks.push(Block::List(scenario.before.clone()));
    }
    blocks
}

/// The first screen of an exercise that was not begun.
pub(super) fn brief(view: &View<'_>) -> Screen<Msg> {
    let mut screen = frame::of(view.desk, view.table.scenario.title.clone());
    screen.prose = about(view.table.scenario);
    screen.prose.push(Block::Text(
        "The exercise has a tenant of its own on this machine. Nothing in it can reach a real one."
            .to_owned(),
    ));
    screen.choices = vec![
        Choice::safe('s', "Begin", Msg::To(At::Leader(None))),
        Choice::safe('m', "Write the papers", Msg::Papers)
            .explained("cards, situation manual, facilitator's guide"),
        Choice::back("Not now", Msg::Home).explained("it stays ready"),
    ];
    screen.leave = Some(Leave::asking("Leave"));
    screen
}

/// Who leads it.
pub(super) fn leader(view: &View<'_>, problem: Option<String>) -> Screen<Msg> {
    let is_alone = view.desk.exercise.as_ref().is_some_and(|seat| seat.players == Players::Solo);
    let (title, words) = match is_alone {
        true => ("Who plays?", "The name stands in the report."),
        false => ("Who leads the exercise?", "The name stands in the report. Whoever leads does not play."),
    };
    let mut screen = frame::of(view.desk, title);
    screen.prose.push(Block::Text(words.to_owned()));
    screen.question =
        Some(Question::text("Name", Msg::Typed).preset(view.desk.person.clone()).refused(problem));
    screen.choices = vec![Choice::back("Back", Msg::Back)];
    screen
}

/// Who plays the next role.
pub(super) fn cast(view: &View<'_>, number: usize) -> Screen<Msg> {
    let roles = &view.table.scenario.roles;
    let mut screen = frame::of(view.desk, format!("Who plays? Role {} of {}", number + 1, roles.len()));
    if let Some(role) = roles.get(number) {
        screen.prose.push(Block::Heading(role.title.clone()));
        screen.prose.push(Block::Text(role.does.clone()));
        screen.question = Some(Question::text("Name, or nothing where nobody does", Msg::Typed));
    }
    screen.choices = vec![Choice::back("Back", Msg::Back)];
    screen
}
