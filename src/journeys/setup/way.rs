//! The way through the nine steps: which comes next, what stands beside a step's board, and how far one is. It goes through
//! them in one order and never back; what becomes possible later in a step that lies behind is offered at the end.

use crate::domain::check::finding::{Finding, Verdict};
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::frame;
use crate::journeys::report::{standing, waiting};
use crate::journeys::screen::{Block, Choice, Here, Leave, RailItem, Screen, StepState};
use crate::journeys::setup::{At, Msg, Setup};
use crate::journeys::tasks::board::{self, Offers};
use crate::journeys::turn::Turn;
use crate::steps::Subject;
use crate::steps::{ORDER, StepId};

/// The first step on the way with a write or a task that was not offered yet.
pub(super) fn suggestion(desk: &Desk) -> Option<StepId> {
    ORDER.into_iter().find(|id| has_more(desk, *id))
}

/// The first step on the way with anything open that is not another team's, and that not only time brings.
pub(super) fn first_open(desk: &Desk) -> Option<StepId> {
    let theirs = |id: &StepId| desk.evidence().waiting.contains_key(&id.number());
    let is_open = |id: &StepId| {
        let checks = &desk.world.derived(&Subject::Step(*id)).checks;
        checks.iter().any(|finding| !frame::settled(desk, finding) && !frame::waits(desk, finding))
    };
    ORDER.into_iter().find(|id| !theirs(id) && is_open(id))
}

/// Where a run goes to: the first step with anything open, else the first with anything to do.
pub(super) fn entry(desk: &Desk) -> StepId {
    first_open(desk).or_else(|| suggestion(desk)).unwrap_or(ORDER[0])
}

/// Whether a step has a write or a task that was not offered yet. One that another team has is theirs until it is looked
/// up as done.
pub(super) fn has_more(desk: &Desk, id: StepId) -> bool {
    let is_theirs = desk.evidence().waiting.contains_key(&id.number());
    !is_theirs && desk.offered.leaves(&desk.world.derived(&Subject::Step(id)))
}

impl Setup {
    /// Shows the board of a step; how things stand goes into the record, so that the next run can tell without a network.
    pub(super) fn go_to(&mut self, desk: &Desk, step: StepId) -> Turn<Msg> {
        (self.at, self.step) = (At::Step, step);
        self.seen.insert(step);
        Turn::stay().with(standing::news(desk).map(Effect::remember))
    }

    /// Shows a step out of turn, and remembers where one was.
    pub(super) fn jump_to(&mut self, desk: &Desk, step: StepId) -> Turn<Msg> {
        let here = matches!(self.at, At::Step | At::Steps) && self.is_under_way();
        self.came_from = Some(self.step).filter(|from| here && *from != step);
        self.go_to(desk, step)
    }

    /// Back to where one came from; on the way itself that is the step before this one, and before the first of them there
    /// are all steps to choose from.
    pub(super) fn step_before(&mut self, desk: &Desk) -> Turn<Msg> {
        if let Some(from) = self.came_from.take() {
            return self.go_to(desk, from);
        }
        if let Some(before) = self.step.place().checked_sub(1) {
            return self.go_to(desk, ORDER[before]);
        }
        self.at = At::Steps;
        Turn::stay()
    }

    /// Goes on: to the next step on the way that has something to do or was not seen yet, or to the end.
    pub(super) fn next(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let here = desk.world.derived(&Subject::Step(self.step));
        desk.offered.all_of(&here);
        self.came_from = None;
        match self.way_on(desk) {
            Some(step) => self.go_to(desk, step),
            None => self.end(desk),
        }
    }

    /// The step that comes next on the way, once the present one is left as it is: the first behind it that has something to
    /// do, or that was not seen in this run. Nothing is passed over in silence.
    fn way_on(&self, desk: &Desk) -> Option<StepId> {
        let behind = ORDER.into_iter().skip(self.step.place() + 1);
        behind.into_iter().find(|id| has_more(desk, *id) || !self.seen.contains(id))
    }

    pub(super) fn board(&self, desk: &Desk) -> Screen<Msg> {
        let subject = Subject::Step(self.step);
        board::screen(desk, &subject, self.offers(desk, &subject), Msg::Board)
    }

    /// What stands beside the board of a step.
    fn offers(&self, desk: &Desk, subject: &Subject) -> Offers<Msg> {
        let earlier = subject.comes_first(&desk.case()).map(|first| {
            let label = format!("Do step {first} first, {}", guide::step(first.number()).name);
            Choice::safe('g', label, Msg::GoTo(first))
        });
        let pages = subject
            .is_about_paper()
            .then(|| Choice::safe('p', "Look at the pages, secrets masked", Msg::LookAtPages));
        let hand_over = Choice::safe('h', "Hand over to another team", Msg::HandOver);
        let mut ways = vec![Choice::safe('n', self.next_label(desk), Msg::Next)];
        ways.extend(earlier);
        ways.push(match self.came_from {
            Some(from) => Choice::back(format!("Back to step {from}"), Msg::Back),
            None if self.step == ORDER[0] => Choice::back("Back to all steps", Msg::Back),
            None => Choice::back("The step before", Msg::Back),
        });
        Offers {
            words: waiting::words(desk, self.step.number()).map(Block::Text).into_iter().collect(),
            by_hand: "Show me how, in the portal",
            behind_tasks: Vec::new(),
            behind_hand: pages
                .into_iter()
                .chain([hand_over.explained("as a page; the step waits")])
                .chain([
                    Choice::safe('s', "Go to another step", Msg::ListSteps),
                    Choice::safe('e', "The plan", Msg::ShowPlan).explained("to look at or to change"),
                ])
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
        let items: Vec<RailItem> = ORDER.into_iter().map(|id| self.rail_item(desk, id)).collect();
        let minutes = |item: &RailItem| u32::from(guide::step(item.number).minutes);
        let all = items.iter().map(minutes).sum();
        // Waiting for a day takes no minutes.
        let is_behind = |item: &&RailItem| matches!(item.state, StepState::Done | StepState::Waits);
        let behind = items.iter().filter(is_behind).map(minutes).sum();
        (items, (behind, all))
    }

    fn rail_item(&self, desk: &Desk, id: StepId) -> RailItem {
        let is_here = id == self.step && self.at != At::End;
        let is_begun = self.is_under_way() || desk.evidence().has_begun();
        let state = match state(desk, &desk.world.derived(&Subject::Step(id)).checks) {
            // What was there before is no beginning.
            StepState::Open(_) if !is_begun => StepState::Untouched,
            state => state,
        };
        RailItem {
            number: id.number(),
            name: guide::step(id.number()).name.clone(),
            state,
            here: if is_here { Here::Yes } else { Here::No },
        }
    }
}

/// Why the steps come in this order: the words of the first on the way that has some and is not done.
pub fn order(rail: &[RailItem]) -> Option<&'static str> {
    let open = rail.iter().filter(|item| item.state != StepState::Done);
    open.map(|item| guide::step(item.number).rail.as_str()).find(|words| !words.is_empty())
}

/// Whether something was done for it: what holds by itself, or by the plan, is no beginning.
fn is_beginning(finding: &Finding) -> bool {
    finding.verdict == Verdict::Pass && !finding.check.holds_by_itself()
}

/// How a step stands.
pub(super) fn state(desk: &Desk, findings: &[Finding]) -> StepState {
    let open = findings.iter().filter(|finding| !frame::settled(desk, finding));
    let (waits, open): (Vec<&Finding>, Vec<&Finding>) = open.partition(|finding| frame::waits(desk, finding));
    match open.len() {
        0 if waits.is_empty() => StepState::Done,
        0 => StepState::Waits,
        _ if !findings.iter().any(is_beginning) => StepState::Untouched,
        open => StepState::Open(open),
    }
}
