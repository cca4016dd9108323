//! The way through the nine steps: which comes next, what stands beside a step's board, and how far one is.

use crate::domain::check::finding::Finding;
use crate::guide;
use crate::journeys::desk::{Desk, Offered};
use crate::journeys::frame;
use crate::journeys::report::waiting;
use crate::journeys::screen::{Block, Choice, Here, Leave, RailItem, Screen, StepState};
use crate::journeys::setup::{At, Msg, Setup};
use crate::journeys::tasks::board::{self, Offers};
use crate::journeys::turn::Turn;
use crate::steps::Subject;
use crate::steps::{STEPS, StepId};

/// The first step with a write or a task that was not offered yet.
pub(super) fn suggestion(desk: &Desk) -> Option<StepId> {
    STEPS.iter().map(|step| step.id).find(|id| has_more(desk, *id))
}

/// The first step with anything open that is not another team's, and that not only time brings.
pub(super) fn first_open(desk: &Desk) -> Option<StepId> {
    let theirs = |id: &StepId| desk.evidence().waiting.contains_key(&id.number());
    let is_open = |id: &StepId| {
        let checks = &desk.world.derived(&Subject::Step(*id)).checks;
        checks.iter().any(|finding| !frame::settled(desk, finding) && !frame::waits(desk, finding))
    };
    STEPS.iter().map(|step| step.id).find(|id| !theirs(id) && is_open(id))
}

/// Whether a step has a write or a task that was not offered yet. One that another team has is theirs until it is looked
/// up as done.
pub(super) fn has_more(desk: &Desk, id: StepId) -> bool {
    leaves(desk, &desk.offered, id)
}

fn leaves(desk: &Desk, offered: &Offered, id: StepId) -> bool {
    !desk.evidence().waiting.contains_key(&id.number())
        && offered.leaves(&desk.world.derived(&Subject::Step(id)))
}

impl Setup {
    /// Shows the board of a step.
    pub(super) fn go_to(&mut self, step: StepId) -> Turn<Msg> {
        (self.at, self.step) = (At::Step, step);
        self.seen.insert(step);
        Turn::stay()
    }

    /// Goes on: to the next step that has something to do or was not seen yet, or to the end.
    pub(super) fn next(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let here = desk.world.derived(&Subject::Step(self.step));
        desk.offered.all_of(&here);
        match self.way_on(desk) {
            Some(step) => self.go_to(step),
            None => self.end(desk),
        }
    }

    /// The step that comes next, once the present one is left as it is: one before this that has something to do now, else
    /// the first behind it that has, or that was not seen in this run. Nothing is passed over in silence.
    fn way_on(&self, desk: &Desk) -> Option<StepId> {
        let ids = || STEPS.iter().map(|step| step.id);
        let mut offered = desk.offered.clone();
        offered.all_of(&desk.world.derived(&Subject::Step(self.step)));
        let suggestion = ids().find(|id| leaves(desk, &offered, *id));
        let unseen = ids().find(|id| *id > self.step && !self.seen.contains(id));
        suggestion.into_iter().chain(unseen).min()
    }

    pub(super) fn board(&self, desk: &Desk) -> Screen<Msg> {
        let subject = Subject::Step(self.step);
        board::screen(desk, &subject, self.offers(desk, &subject), Msg::Board)
    }

    /// What stands beside the board of a step.
    fn offers(&self, desk: &Desk, subject: &Subject) -> Offers<Msg> {
        let first = subject.comes_first(&desk.case()).map(|first| {
            let label = format!("Do step {first} first, {}", guide::step(first.number()).name);
            Choice::safe('g', label, Msg::GoTo(first))
        });
        let pages = subject
            .is_about_paper()
            .then(|| Choice::safe('p', "Look at the pages, secrets masked", Msg::LookAtPages));
        let hand_over = Choice::safe('h', "Hand over to another team", Msg::HandOver);
        let mut ways = vec![Choice::safe('n', self.next_label(desk), Msg::Next)];
        if self.step != StepId::FIRST_ACCOUNT {
            ways.push(Choice::back("The step before", Msg::Back));
        }
        Offers {
            words: waiting::words(desk, self.step.number()).map(Block::Text).into_iter().collect(),
            first,
            by_hand: "Show me how, in the portal",
            behind_tasks: Vec::new(),
            behind_hand: pages
                .into_iter()
                .chain([hand_over.explained("as a page; the step waits")])
                .collect(),
            ways,
            leave: Leave::asking("Leave").explained("the next run goes on here"),
        }
    }

    fn next_label(&self, desk: &Desk) -> String {
        match self.way_on(desk) {
            Some(step) => format!("Go on to step {step}, {}", guide::step(step.number()).name),
            None => "Go on to the result".to_owned(),
        }
    }

    /// The rail of the nine steps, and the minutes of the guide's hour: those behind us, and all of them.
    pub fn rail(&self, desk: &Desk) -> (Vec<RailItem>, (u32, u32)) {
        let items: Vec<RailItem> = STEPS.iter().map(|step| self.rail_item(desk, step.id)).collect();
        let minutes = |item: &RailItem| u32::from(guide::step(item.number).minutes);
        let all = items.iter().map(minutes).sum();
        // Waiting for a day takes no minutes.
        let is_behind = |item: &&RailItem| matches!(item.state, StepState::Done | StepState::Waits);
        let behind = items.iter().filter(is_behind).map(minutes).sum();
        (items, (behind, all))
    }

    fn rail_item(&self, desk: &Desk, id: StepId) -> RailItem {
        let is_here = id == self.step && self.at != At::End;
        RailItem {
            number: id.number(),
            name: guide::step(id.number()).name.clone(),
            state: state(desk, &desk.world.derived(&Subject::Step(id)).checks),
            here: if is_here { Here::Yes } else { Here::No },
        }
    }
}

fn state(desk: &Desk, findings: &[Finding]) -> StepState {
    let open = findings.iter().filter(|finding| !frame::settled(desk, finding));
    let (waits, open): (Vec<&Finding>, Vec<&Finding>) = open.partition(|finding| frame::waits(desk, finding));
    match open.len() {
        0 if waits.is_empty() => StepState::Done,
        0 => StepState::Waits,
        open if open == findings.len() => StepState::Untouched,
        open => StepState::Open(open),
    }
}
