//! Changed policies compared whole with what they should be (promise 6).
//!
//! A policy that is still exactly what it was does not show its change yet: that is looked at again for three minutes. One
//! that is neither what it was nor what it should be stops the run at once, and its original is offered.

use std::sync::Arc;
use std::time::Duration;

use super::{COMPARE_EVERY, Msg};
use crate::domain::facts::Area;
use crate::domain::facts::policy::Policy;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::journeys::desk::Desk;
use crate::journeys::turn::{Outcome, Turn};

/// Waits before looking again at what does not show yet, in the cloud's time: three minutes in all (contract 0).
pub(super) const LOOK_AGAIN: [Duration; 6] = [
    Duration::from_secs(5),
    Duration::from_secs(10),
    Duration::from_secs(15),
    Duration::from_secs(30),
    Duration::from_mins(1),
    Duration::from_mins(1),
];

/// The first policy changed in a run.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Canary {
    /// Not compared yet: every further change waits.
    #[default]
    Waiting,
    /// Compared and as expected.
    Passed,
}

/// How often a change that does not show yet was looked at.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Looks(usize);

/// Policies that were changed and not compared yet.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Changes {
    changed: Vec<Changed>,
    looks: Looks,
    /// Whether the first change has been compared.
    canary: Canary,
    /// Policies in which Microsoft filled in a default on the way.
    filled: Vec<String>,
}

/// One policy, as it was just before its change and as it should be now.
#[derive(Debug, Clone, PartialEq)]
struct Changed {
    before: Policy,
    expected: Policy,
}

impl Changes {
    /// Notes the change of a policy; any other write is none.
    pub(super) fn note(&mut self, desk: &Desk, action: &Action, before: Option<Policy>) {
        let (Action::ExcludeGroup { group, .. }, Some(before)) = (action, before) else { return };
        let expected = before.without_groups(&desk.evidence().former_groups).with_group_excluded(group);
        self.changed.push(Changed { before, expected });
    }

    /// Whether nothing waits to be compared.
    pub(super) fn is_empty(&self) -> bool {
        self.changed.is_empty()
    }

    /// Whether they are to be compared before anything further is changed.
    pub(super) fn are_due(&self) -> bool {
        let due = self.canary == Canary::Waiting || self.changed.len() >= COMPARE_EVERY;
        due && !self.is_empty()
    }

    /// Whether a change does not show yet.
    pub(super) fn is_lagging(&self) -> bool {
        self.looks.0 > 0
    }

    /// What does not show yet is told at the next look.
    pub(super) fn wait_no_longer(&mut self) {
        self.looks = Looks(LOOK_AGAIN.len());
    }

    /// Reads the policies, to compare them.
    pub(super) fn look(desk: &mut Desk) -> Turn<Msg> {
        Turn::stay().read(desk, &[Area::Policies], Some(Msg::Compare))
    }

    /// Compares every changed policy; `None` when all are as they should be.
    pub(super) fn compare(&mut self, desk: &mut Desk) -> Option<Turn<Msg>> {
        let Some(now) = desk.facts().policies.get().cloned() else { return Some(unread(desk)) };
        let find = |changed: &Changed| now.iter().find(|policy| policy.id == changed.expected.id);
        let unlike = |changed: &&Changed| !find(changed).is_some_and(|now| now.is_like(&changed.expected));
        let unlike: Vec<Changed> = self.changed.iter().filter(unlike).cloned().collect();
        let is_original = |changed: &Changed| find(changed).is_some_and(|now| now.is_like(&changed.before));
        match unlike.iter().find(|changed| !is_original(changed)) {
            Some(other) => Some(differs(desk, &other.expected, find(other))),
            None if unlike.is_empty() => {
                self.passed(&now);
                None
            }
            None => Some(self.later(desk, &unlike[0])),
        }
    }

    fn passed(&mut self, now: &[Policy]) {
        for changed in self.changed.drain(..) {
            let policy = now.iter().find(|policy| policy.id == changed.expected.id);
            let is_filled = policy.is_some_and(|policy| policy.has_default_that_lacks(&changed.expected));
            self.filled.extend(is_filled.then_some(changed.expected.name));
        }
        (self.looks, self.canary) = (Looks::default(), Canary::Passed);
    }

    /// Looks again later, as long as there is hope.
    fn later(&mut self, desk: &mut Desk, changed: &Changed) -> Turn<Msg> {
        if let Some(pause) = LOOK_AGAIN.get(self.looks.0) {
            self.looks.0 += 1;
            return Turn::stay().read_after(desk, &[Area::Policies], Some(Msg::Compare), *pause);
        }
        desk.trouble = Some(Trouble::new(
            format!("Policy \"{}\" does not show its change yet.", changed.expected.name),
            "The change was accepted, but the policy is still read exactly as it was before, after three minutes. \
             Nobody else has touched it.",
            "Nothing further is written now. Check again in some minutes: what shows then is done, what does not is \
             offered again.",
        ));
        Turn::over()
    }

    /// What Microsoft filled in by itself, as a sentence after a space; empty where it did not.
    pub(super) fn filled_words(&self) -> String {
        match self.filled.as_slice() {
            [] => String::new(),
            [name] => format!(
                " Microsoft filled in a default of its own in policy \"{name}\" (all client apps): the policy means the \
                 same as before."
            ),
            names => format!(
                " Microsoft filled in a default of its own in {} policies (all client apps): they mean the same as before.",
                names.len()
            ),
        }
    }
}

/// Nothing further is changed as long as nobody can see what came of the first changes.
fn unread(desk: &mut Desk) -> Turn<Msg> {
    let why = desk.facts().policies.trouble().map(Trouble::reason).unwrap_or_default();
    desk.trouble = Some(Trouble::new(
        "The policies that were changed could not be compared.",
        format!("They could not be read again. {why}"),
        "Nothing further is written. Check again: what was changed is in the record, with its original.",
    ));
    Turn::over()
}

/// More than the exclusion has changed: nothing further is written, and the original is offered.
fn differs(desk: &mut Desk, expected: &Policy, now: Option<&Policy>) -> Turn<Msg> {
    let differences = match now {
        Some(policy) => policy.differences(expected),
        None => vec!["the policy is gone".to_owned()],
    };
    desk.trouble = Some(Trouble::new(
        format!("Policy \"{}\" is not as it should be after the change.", expected.name),
        format!(
            "More than its exclusions differs, or the exclusion is missing: {}. Someone else may be editing it.",
            differences.join(", ")
        ),
        "Nothing further is written. Compare it in the portal; you can put it back as it was read before.",
    ));
    offer_original(desk, expected)
}

/// Stops the run and offers to write the policy back as it was read before it was changed.
fn offer_original(desk: &Desk, policy: &Policy) -> Turn<Msg> {
    let Some(original) = desk.evidence().original(&policy.id).map(Arc::new) else { return Turn::over() };
    let restore = Action::RestorePolicy { policy: policy.id.clone(), name: policy.name.clone(), original };
    Turn::end(Outcome::Restore(restore))
}
