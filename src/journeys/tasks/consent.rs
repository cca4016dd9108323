//! Consent: every write of a subject as a sentence, with its HTTP call on request, and one key that writes what is ticked.
//!
//! Nothing is written that was not shown here.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::check::case::Case;
use crate::domain::check::id::CheckId;
use crate::domain::plan::IfForbidden;
use crate::domain::write::action::{Action, ActionKey, RecycleBin};
use crate::domain::write::call::{Call, Service};
use crate::domain::write::shown::without_keys;
use crate::journeys::desk::Desk;
use crate::journeys::guards::restricted_unit;
use crate::journeys::screen::{Block, Choice, ConsentLine, Question, Screen};
use crate::journeys::turn::{Outcome, Start, Turn};
use crate::journeys::{frame, projection};
use crate::steps::Subject;

/// A consent list.
#[derive(Debug, Clone, PartialEq)]
pub struct Consent {
    /// For what.
    pub subject: Subject,
    /// The writes, projected to the end of the subject.
    pub actions: Vec<Action>,
    /// Keys of writes that no subject derives now: they are made because they were consented to here.
    pub underived: BTreeSet<ActionKey>,
    /// Places of those that were unticked.
    pub unticked: BTreeSet<usize>,
    /// Places of those whose HTTP call is shown.
    pub shown: BTreeSet<usize>,
}

/// What a person does with the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Untick or tick one line.
    Toggle(usize),
    /// Show the HTTP call of one line, or hide it.
    ShowCall(usize),
    /// Show the HTTP calls of every ticked write, or hide them.
    ShowCalls,
    /// Write everything that is ticked.
    Write,
    /// Back, nothing is written.
    Back,
}

impl Consent {
    /// Shows what `subject` would write.
    pub fn begin(desk: &Desk, subject: Subject) -> Self {
        let actions = projection::to_the_end(&desk.case(), |case| subject.actions(case));
        let mut unticked = undecided(desk, &actions);
        unticked.extend(of_others(desk, &actions));
        let (underived, shown) = (BTreeSet::new(), BTreeSet::new());
        Self { subject, actions, underived, unticked, shown }
    }

    /// Shows writes that were made before, to be made again.
    pub fn again(subject: Subject, actions: Vec<Action>) -> Self {
        let underived = actions.iter().map(Action::key).collect();
        Self { subject, actions, underived, unticked: BTreeSet::new(), shown: BTreeSet::new() }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::Toggle(index) => flip(&mut self.unticked, index),
            Msg::ShowCall(index) => flip(&mut self.shown, index),
            Msg::ShowCalls => {
                let ticked = self.ticked();
                let all_shown = ticked.is_subset(&self.shown);
                self.shown = if all_shown { BTreeSet::new() } else { ticked };
            }
            Msg::Write => return self.write(desk),
            Msg::Back => return Turn::over(),
        }
        Turn::stay()
    }

    /// After the writing the list has served, unless a policy can be put back as it was.
    pub fn resumed(&mut self, outcome: Outcome) -> Turn<Msg> {
        match outcome {
            Outcome::Restore(original) => {
                *self = Self::again(self.subject.clone(), vec![original]);
                Turn::stay()
            }
            _ => Turn::over(),
        }
    }

    /// Places of the writes that are ticked.
    fn ticked(&self) -> BTreeSet<usize> {
        (0..self.actions.len()).filter(|index| !self.unticked.contains(index)).collect()
    }

    fn write(&self, desk: &mut Desk) -> Turn<Msg> {
        self.actions.iter().for_each(|action| desk.offered.write(action));
        let ticked: Vec<&Action> = self.ticked().into_iter().map(|index| &self.actions[index]).collect();
        if ticked.is_empty() {
            return Turn::over();
        }
        let is_underived = |action: &&&Action| self.underived.contains(&action.key());
        let restores = ticked.iter().filter(is_underived).map(|action| (*action).clone()).collect();
        let consented = ticked.iter().map(|action| action.key()).collect();
        Turn::begin(Start::Write { subject: self.subject.clone(), consented, restores })
    }

    /// The plan consents to what it asks for. Putting a policy back is for a person to decide, and so is taking away what
    /// somebody else has put there: it may be another's emergency account, or the trace of an intruder. In an exercise that a
    /// script plays the script has decided it.
    pub fn answer(&self, desk: &Desk) -> Msg {
        let restores = self.actions.iter().any(|action| matches!(action, Action::RestorePolicy { .. }));
        if self.actions.is_empty() || restores {
            return Msg::Back;
        }
        if desk.is_scripted() {
            return self.unticked.first().map_or(Msg::Write, |index| Msg::Toggle(*index));
        }
        let of_others = self.ticked().into_iter().find(|index| takes_away(&self.actions[*index]));
        of_others.map_or(Msg::Write, Msg::Toggle)
    }

    /// The list.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, self.subject.heading("What will be written"));
        let indexes = self.ticked();
        let ticked = indexes.len();
        screen.prose.push(Block::Text(match ticked {
            0 => "Nothing is ticked.".to_owned(),
            1 => "One write. Nothing else will be written.".to_owned(),
            n => format!("{n} writes, in this order. Nothing else will be written."),
        }));
        if !of_others(desk, &self.actions).is_empty() {
            screen.prose.push(Block::Text(TAKES_AWAY.to_owned()));
        }
        let lines = self.actions.iter().enumerate().map(|(index, action)| self.line(desk, index, action));
        screen.question = Some(Question::Consent(lines.collect()));
        if ticked > 0 {
            screen.choices.push(Choice::writes('w', write_label(ticked, self.actions.len()), Msg::Write));
            let label =
                if indexes.is_subset(&self.shown) { "Hide the calls" } else { "Show every HTTP call" };
            screen.choices.push(Choice::safe('c', label, Msg::ShowCalls));
        }
        screen.choices.push(Choice::back("Back, write nothing", Msg::Back));
        screen
    }

    fn line(&self, desk: &Desk, index: usize, action: &Action) -> ConsentLine<Msg> {
        let parts = restricted_unit::parts(desk.facts(), action);
        let request: Vec<String> = parts.iter().flat_map(call_lines).collect();
        let call = if self.shown.contains(&index) { request.clone() } else { Vec::new() };
        let way = match parts.len() {
            1 => "",
            _ => "; for it the account leaves its restricted unit and is put back",
        };
        ConsentLine {
            sentence: format!("{}{way}", action.sentence()),
            ticked: !self.unticked.contains(&index),
            call,
            request,
            toggle: Msg::Toggle(index),
            show: Msg::ShowCall(index),
        }
    }
}

/// Places of the writes that somebody has to decide about: they are ticked by a person, or by a decision of the plan.
fn undecided(desk: &Desk, actions: &[Action]) -> BTreeSet<usize> {
    let open = actions.iter().enumerate().filter(|(_, action)| !is_decided(&desk.case(), action));
    open.map(|(index, _)| index).collect()
}

/// What stands above a list that takes away what others have put there.
const TAKES_AWAY: &str = "What takes people out whom others have put there is ticked by nobody but you: one of them may be \
                          another's emergency account, or the trace of an intruder. Ask first.";

/// Places of the writes that take people out of a group whom others have put there. Who works here became an owner by making
/// the group; a key or phone on our own account is a repair.
fn of_others(desk: &Desk, actions: &[Action]) -> BTreeSet<usize> {
    let operator = desk.facts().operator.get().map(|operator| operator.id.as_str());
    let is_of_others = |action: &Action| match action {
        Action::RemoveMember { .. } => true,
        Action::RemoveOwner { id, .. } => Some(id.as_str()) != operator,
        _ => false,
    };
    (0..actions.len()).filter(|index| is_of_others(&actions[*index])).collect()
}

fn is_decided(case: &Case<'_>, action: &Action) -> bool {
    match action {
        Action::CreateUser { slot, bin: RecycleBin::Unread, .. } => {
            case.accepts(&CheckId::AccountExists.of(*slot))
        }
        _ => !action.is_past_a_rule() || case.plan.role.if_forbidden == IfForbidden::AssignDirectly,
    }
}

/// In when it was out, out when it was in.
fn flip(set: &mut BTreeSet<usize>, index: usize) {
    if !set.remove(&index) {
        set.insert(index);
    }
}

fn write_label(ticked: usize, all: usize) -> String {
    match (ticked, all) {
        (1, 1) => "Write it".to_owned(),
        (ticked, all) if ticked == all => format!("Write all {all}"),
        (ticked, all) => format!("Write {ticked} of {all} ticked"),
    }
}

/// Whether a write takes away what nobody has planned or made here.
fn takes_away(action: &Action) -> bool {
    matches!(
        action,
        Action::RemoveMember { .. }
            | Action::RemoveOwner { .. }
            | Action::DeleteKey { .. }
            | Action::DeletePhone { .. }
    )
}

/// The body as it may be shown: resources of Azure hold keys of others.
pub fn shown(call: &Call) -> Value {
    match call.service {
        Service::Arm => without_keys(&call.body),
        Service::Graph => call.body.clone(),
    }
}

/// The HTTP call of an action as lines.
pub fn call_lines(action: &Action) -> Vec<String> {
    let call = action.call();
    let mut lines = vec![format!("{} {}", call.verb.as_str(), call.path)];
    if !call.body.is_null() {
        let body = serde_json::to_string_pretty(&shown(&call)).unwrap_or_default();
        lines.extend(body.lines().map(str::to_owned));
    }
    lines
}
