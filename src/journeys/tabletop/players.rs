//! The players' view: the situation, the messages, what has to be decided, and the clock. What is ahead, what is private
//! and what the checks see is not on it.

use crate::domain::exercise::clock::told;
use crate::domain::exercise::event::{Mode, Readers};
use crate::domain::exercise::play::{DecisionState, Sent};
use crate::domain::exercise::scenario::{Decision, Inject};
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Screen};
use crate::journeys::tabletop::{Msg, Tabletop, View, lists, table};

/// So many of the newest messages are shown whole; those before by their titles.
const WHOLE: usize = 2;

impl Tabletop {
    /// What the players see; `None` where no exercise is under way.
    pub fn players(&self, desk: &Desk) -> Option<Screen<Msg>> {
        let table = table(desk)?;
        let view = View { desk, table: &table, now: self.clock.at(desk.session.now), mode: self.clock.mode };
        let mut screen = frame::of(desk, table.scenario.title.clone());
        screen.clock = Some(clock(&view));
        (screen.trouble, screen.done) = (None, None);
        screen.prose = situation(&view);
        Some(screen)
    }
}

fn clock(view: &View<'_>) -> String {
    match (&view.table.play, view.mode) {
        (play, _) if play.ended.is_some() => "the play has ended".to_owned(),
        (play, _) if play.opened.is_none() => "it begins soon".to_owned(),
        (_, Mode::Real) => told(view.now),
        (_, mode) => format!("{} {}", told(view.now), mode.words()),
    }
}

/// The situation as the players have it.
pub(super) fn situation(view: &View<'_>) -> Vec<Block> {
    let (play, scenario) = (&view.table.play, view.table.scenario);
    if play.ended.is_some() {
        return vec![Block::Text("Thank you. The hot wash follows.".to_owned())];
    }
    let mut blocks: Vec<Block> = Vec::new();
    if play.opened.is_none() {
        blocks.push(Block::Heading("How it is played".to_owned()));
        blocks.push(Block::List(scenario.ground_rules.clone()));
        if !scenario.artificialities.is_empty() {
            blocks.push(Block::Heading("Not as in life".to_owned()));
            blocks.push(Block::List(scenario.artificialities.clone()));
        }
        return blocks;
    }
    let mut sent: Vec<(&Inject, &Sent)> =
        play.sent.iter().filter_map(|(id, sent)| Some((scenario.inject(id)?, sent))).collect();
    sent.sort_by_key(|(_, sent)| sent.place);
    let before = sent.len().saturating_sub(WHOLE);
    if before == 0 {
        blocks.extend(scenario.opening.iter().cloned().map(Block::Text));
    } else {
        let titles = sent[..before].iter().map(|(inject, sent)| (told(sent.at), inject.title.clone()));
        blocks.push(Block::Pairs(titles.collect()));
    }
    for (inject, sent) in &sent[before..] {
        blocks.push(Block::Heading(format!(
            "{}  {}, {}",
            told(sent.at),
            lists::to(view, inject),
            inject.by.word()
        )));
        blocks.extend(lists::message(inject));
    }
    blocks.extend(open(view));
    blocks.extend(said(view));
    blocks
}

/// What has to be decided, with its options.
fn open(view: &View<'_>) -> Vec<Block> {
    let (play, scenario) = (&view.table.play, view.table.scenario);
    let is_open = |one: &&Decision| matches!(play.decision(one), DecisionState::Open(_));
    let open = scenario.decisions.iter().filter(is_open);
    let blocks = open.flat_map(|decision| {
        let owner = play.person(scenario, &decision.owner);
        let options = decision.options.iter().map(|option| option.text.clone());
        [
            Block::Heading(format!("To decide ({owner}): {}", decision.question)),
            Block::List(options.collect()),
        ]
    });
    blocks.collect()
}

/// Who is away, what is gone, and what everybody was told.
fn said(view: &View<'_>) -> Vec<Block> {
    let (play, scenario) = (&view.table.play, view.table.scenario);
    let away = play.away.iter().map(|role| format!("{} is away.", play.person(scenario, role)));
    let gone = play.gone.iter().map(|channel| format!("There is no {} now.", channel.word()));
    let notes = play.notes.iter().filter(|note| note.to == Readers::Everybody);
    let notes = notes.map(|note| format!("{}: {}", told(note.at), note.text));
    let lines: Vec<String> = away.chain(gone).chain(notes).collect();
    if lines.is_empty() { Vec::new() } else { vec![Block::List(lines)] }
}
