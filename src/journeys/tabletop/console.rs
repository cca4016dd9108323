//! The console: what the facilitator has before them, or whoever plays alone.

use crate::domain::check::finding::Verdict;
use crate::domain::exercise::clock::{MINUTE, told};
use crate::domain::exercise::event::Mode;
use crate::domain::exercise::play::{DecisionState, InjectState, MilestoneState, Play};
use crate::domain::exercise::rating::minutes;
use crate::domain::exercise::scenario::{Decision, Inject, Milestone};
use crate::domain::text::counted;
use crate::journeys::screen::{Block, Choice, Row, Screen};
use crate::journeys::tabletop::framed::framed;
use crate::journeys::tabletop::{Act, At, Msg, Readers, View, lists, players};

/// The console.
pub(super) fn screen(view: &View<'_>) -> Screen<Msg> {
    match view.table.play.is_solo() {
        true => alone(view),
        false => facilitator(view),
    }
}

fn facilitator(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, &view.table.scenario.title);
    screen.prose.push(Block::Pairs(pairs(view)));
    screen.prose.extend(last(view));
    screen.checklist = rows(view);
    screen.choices = clock(view);
    screen.choices.extend([
        Choice::safe('i', "Injects", Msg::To(At::Injects)).explained(injects(view)),
        Choice::safe('d', "Decisions", Msg::To(At::Decisions)).explained(decisions(view)),
        Choice::safe('t', "The team does something on the tenant", Msg::To(At::Team)),
        Choice::safe('e', "Mark what was done", Msg::To(At::Expected)).explained(unmarked(view)),
    ]);
    screen.choices.extend(card(view));
    screen.choices.extend([
        Choice::safe('w', "Who plays what", Msg::To(At::People)),
        Choice::safe('n', "Private note", Msg::To(At::Note(Readers::Facilitator))),
        Choice::safe('m', "Note for everybody", Msg::To(At::Note(Readers::Everybody))),
        Choice::safe('v', "Timeline", Msg::To(At::Timeline)),
        Choice::safe('c', "Let the checks look now", Msg::Act(Act::Look)),
        Choice::safe('f', "End the play", Msg::To(At::Ending)).explained("the hot wash follows"),
        Choice::back("Interrupt", Msg::To(At::Interrupting)).explained("it goes on where it stands"),
    ]);
    screen.suggested = suggested(view);
    screen
}

/// For one person alone: what the players see, and what can be done.
fn alone(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, &view.table.scenario.title);
    screen.prose = players::situation(view);
    screen.choices = clock(view);
    screen.choices.extend([
        Choice::safe('t', "Do something on the tenant", Msg::To(At::Team)),
        Choice::safe('d', "Decide", Msg::To(At::Decisions)).explained(decisions(view)),
    ]);
    screen.choices.extend(card(view));
    screen.choices.extend([
        Choice::safe('g', "A hint", Msg::To(At::Hints)).explained("it is counted"),
        Choice::safe('n', "Note", Msg::To(At::Note(Readers::Everybody))),
        Choice::safe('v', "What has happened", Msg::To(At::Timeline)),
        Choice::safe('f', "End the play", Msg::To(At::Ending)).explained("what it came to follows"),
        Choice::back("Interrupt", Msg::To(At::Interrupting)).explained("it goes on where it stands"),
    ]);
    screen.suggested = suggested(view);
    screen
}

/// Whether the exercise is to be interrupted: by a slip of the finger nobody is to lose the room's attention.
pub(super) fn interrupting(view: &View<'_>) -> Screen<Msg> {
    let mut screen = framed(view, "Interrupt the exercise?");
    screen.prose.push(Block::Text(
        "The clock stands from then on. The exercise goes on from here once it is begun again, by the same command or from \
         the list of exercises."
            .to_owned(),
    ));
    screen.choices =
        vec![Choice::safe('i', "Interrupt it", Msg::Home), Choice::back("Go on playing", Msg::Back)];
    screen.suggested = Some('b');
    screen
}

/// The key that leads on: the clock where it stands, the end where everything was reached.
fn suggested(view: &View<'_>) -> Option<char> {
    match view.mode {
        _ if view.table.play.is_through(view.table.scenario) => Some('f'),
        Mode::Paused => Some('p'),
        Mode::Turns => Some('u'),
        Mode::Real => Some('t'),
    }
}

/// What can be done with the clock.
fn clock(view: &View<'_>) -> Vec<Choice<Msg>> {
    let go = |label: &str, mode| Choice::safe('p', label, Msg::Act(Act::Clock { mode }));
    let turn = |label: String| Choice::safe('u', label, Msg::Act(Act::Turn { minutes: None }));
    let minutes = view.table.scenario.turn;
    match view.mode {
        Mode::Real => vec![go("Pause the clock", Mode::Paused), turn(format!("{minutes} minutes go by"))],
        Mode::Paused => vec![
            go("Let the clock run", Mode::Real),
            turn(format!("{minutes} minutes go by")),
            Choice::safe('r', "Play by turns", Msg::Act(Act::Clock { mode: Mode::Turns })),
        ],
        Mode::Turns => {
            vec![turn(format!("Next turn, {minutes} minutes")), go("Let the clock run", Mode::Real)]
        }
    }
}

fn card(view: &View<'_>) -> Option<Choice<Msg>> {
    let cards = &view.table.scenario.cards;
    let opened = view.table.play.cards.len();
    (!cards.is_empty()).then(|| {
        Choice::safe('o', "Open a card", Msg::To(At::Cards))
            .explained(format!("{opened} of {} opened", cards.len()))
    })
}

/// What was sent last.
fn last(view: &View<'_>) -> Vec<Block> {
    match newest(view) {
        None => view.table.scenario.opening.iter().cloned().map(Block::Text).collect(),
        // Its title stands above.
        Some((inject, _)) => inject.text.iter().cloned().map(Block::Text).collect(),
    }
}

/// The inject that was sent last, and when.
fn newest<'a>(view: &View<'a>) -> Option<(&'a Inject, u32)> {
    let newest = view.table.play.sent.iter().max_by_key(|(_, sent)| sent.place);
    newest.and_then(|(id, sent)| Some((view.table.scenario.inject(id)?, sent.at)))
}

fn pairs(view: &View<'_>) -> Vec<(String, String)> {
    let (play, scenario) = (&view.table.play, view.table.scenario);
    let mut pairs = Vec::new();
    let mut add = |name: &str, words: String| pairs.push((name.to_owned(), words));
    if let Some((inject, at)) = newest(view) {
        add("last", format!("{} at {}", inject.title, told(at)));
    }
    if let Some((inject, at)) = next(view) {
        add("next", format!("{} at {}", inject.title, told(at)));
    }
    let held = scenario.injects.iter().filter(|it| matches!(play.inject(it), InjectState::HeldUp(_)));
    let held: Vec<&str> = held.map(|inject| inject.title.as_str()).collect();
    if !held.is_empty() {
        add("held up", format!("{}: what it comes by is gone", held.join(", ")));
    }
    let away: Vec<&str> = play.away.iter().map(|role| play.person(scenario, role)).collect();
    if !away.is_empty() {
        add("away", away.join(", "));
    }
    if !play.gone.is_empty() {
        let gone: Vec<&str> = play.gone.iter().map(|channel| channel.word()).collect();
        add("gone", gone.join(", "));
    }
    pairs
}

/// The inject that comes next by itself.
fn next<'a>(view: &View<'a>) -> Option<(&'a Inject, u32)> {
    let timed =
        view.table.scenario.injects.iter().filter_map(|inject| match view.table.play.inject(inject) {
            InjectState::At(at) => Some((inject, at)),
            _ => None,
        });
    timed.min_by_key(|(_, at)| *at)
}

/// Milestones and open decisions, as far as they have come up.
fn rows(view: &View<'_>) -> Vec<Row> {
    let scenario = view.table.scenario;
    let milestones = scenario.milestones.iter().map(|one| milestone(view, one));
    let decisions = scenario.decisions.iter().filter_map(|one| decision(view, one));
    decisions.chain(milestones).collect()
}

fn milestone(view: &View<'_>, milestone: &Milestone) -> Row {
    let within = milestone.within;
    let (verdict, detail) = match view.table.play.milestone(milestone) {
        MilestoneState::NotYet => (Verdict::Unknown, "not called for yet".to_owned()),
        MilestoneState::Counts(since) => {
            (Verdict::Unknown, format!("counts since {}, {within} min are good", told(since)))
        }
        MilestoneState::Lost(since) => {
            (Verdict::Fail, format!("open since {}, {within} min are good", told(since)))
        }
        MilestoneState::Reached { since, at } => {
            (Verdict::Pass, format!("at {}, after {}", told(at), minutes(at.saturating_sub(since))))
        }
    };
    Row { label: milestone.title.clone(), verdict, detail }
}

fn decision(view: &View<'_>, decision: &Decision) -> Option<Row> {
    let play = &view.table.play;
    let (verdict, detail) = match play.decision(decision) {
        DecisionState::NotYet => return None,
        DecisionState::Open(since) => {
            let owner = play.person(view.table.scenario, &decision.owner);
            let away = if play.away.contains(&decision.owner) { ", who is away" } else { "" };
            let late = since.saturating_add(decision.within.saturating_mul(MINUTE));
            (Verdict::NeedsPerson, format!("{owner}{away}, until {}", told(late)))
        }
        DecisionState::Taken { at, .. } => (Verdict::Pass, taken(play, decision, at)),
    };
    Some(Row { label: decision.question.clone(), verdict, detail })
}

fn taken(play: &Play, decision: &Decision, at: u32) -> String {
    let taken = play.decided.get(&decision.id);
    let option = taken.and_then(|taken| decision.option(&taken.option)).map_or("", |option| &option.text);
    format!("{} at {}: {option}", taken.map_or("", |taken| &taken.owner), told(at))
}

fn injects(view: &View<'_>) -> String {
    let all = view.table.scenario.injects.len();
    format!("{} of {all} sent", view.table.play.sent.len())
}

fn decisions(view: &View<'_>) -> String {
    let is_open = |one: &&Decision| matches!(view.table.play.decision(one), DecisionState::Open(_));
    let open = view.table.scenario.decisions.iter().filter(is_open).count();
    if open == 0 { "none open".to_owned() } else { counted(open, "open", "open") }
}

fn unmarked(view: &View<'_>) -> String {
    match lists::unmarked(view.table) {
        0 => "nothing to mark".to_owned(),
        left => format!("{left} to mark"),
    }
}
