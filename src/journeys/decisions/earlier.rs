//! What earlier runs decided beside the plan that this run began with: answers that were kept as they were given, and the
//! record's own plan where a plan file was named that says something else. Neither is lost in silence.

use crate::domain::plan::Plan;
use crate::journeys::decisions::{self, Decision};

/// Decisions of earlier runs.
#[derive(Debug, Clone, Default, PartialEq)]
pub enum Earlier {
    /// There are none but those of the plan.
    #[default]
    Nothing,
    /// Answers with which no plan stands yet.
    Unfinished(Box<Plan>),
    /// They were taken up; what they changed.
    TakenUp(Vec<String>),
    /// The record's own answers, where the plan file that was named has others. The file counts.
    Overruled(Box<Plan>),
}

/// A decision in which two plans differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// Its name.
    pub name: String,
    /// The answer of the one.
    pub one: String,
    /// The answer of the other.
    pub other: String,
}

/// The decisions in which two plans differ, in the order of the list.
pub fn differences(one: &Plan, other: &Plan) -> Vec<Difference> {
    let (ours, theirs) = (decisions::of(one), decisions::of(other));
    let value = |list: &[decisions::Decision], name: &str| {
        list.iter().find(|decision| decision.name == name).map(|decision| decision.value.clone())
    };
    let only_theirs = theirs.iter().filter(|decision| value(&ours, &decision.name).is_none());
    let names = ours.iter().chain(only_theirs).map(|decision| decision.name.clone());
    names
        .map(|name| Difference {
            one: value(&ours, &name).unwrap_or_default(),
            other: value(&theirs, &name).unwrap_or_default(),
            name,
        })
        .filter(|difference| difference.one != difference.other)
        .collect()
}

impl Earlier {
    /// What the record's own answers say otherwise than `plan`, one sentence each.
    pub fn overruled(&self, plan: &Plan) -> Vec<String> {
        let Self::Overruled(own) = self else { return Vec::new() };
        let (file, record) = (decisions::of(plan), decisions::of(own));
        let has = |list: &[Decision], name: &str| list.iter().any(|decision| decision.name == name);
        let told = |Difference { name, one, other }: Difference| {
            let one = if has(&file, &name) { or_empty(&one) } else { "not asked" };
            let other = if has(&record, &name) { or_empty(&other) } else { "not asked" };
            format!("{name}: {one} in the plan file, {other} in the record")
        };
        differences(plan, own).into_iter().map(told).collect()
    }
}

/// What is changed in `plan` by taking up `answers`, one line each. What they do not decide any more, such as the place of a
/// safe that another layout has not, is no answer.
pub fn changes(plan: &Plan, answers: &Plan) -> Vec<String> {
    let decided = decisions::of(answers);
    let is_decided = |name: &str| decided.iter().any(|decision| decision.name == name);
    let told = |Difference { name, other, .. }: Difference| format!("{name}: {}", or_empty(&other));
    differences(plan, answers).into_iter().filter(|one| is_decided(&one.name)).map(told).collect()
}

fn or_empty(answer: &str) -> &str {
    if answer.is_empty() { "(empty)" } else { answer }
}
