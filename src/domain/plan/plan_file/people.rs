//! Rules about people and places: safes, who approves, who fetches, who owns the upkeep.

use std::collections::BTreeSet;

use crate::domain::check::upkeep::{Every, UpkeepTask};
use crate::domain::plan::Plan;
use crate::domain::plan::plan_file::labels::label;
use crate::domain::plan::plan_file::rule::{Wrong, again, filled, is_blank, when};

/// What must be corrected about the safes.
pub(super) fn safes(plan: &Plan) -> Vec<Wrong> {
    let count = plan.safes.len() + plan.systems.len();
    let few =
        (count < 2).then(|| Wrong::of("safes", format!("There must be at least two safes, not {count}.")));
    let empty = plan.safes.iter().enumerate().flat_map(|(i, safe)| {
        let at = |field: &str| format!("safes.{i}.{field}");
        filled(&safe.name, &at("name")).into_iter().chain(filled(&safe.place, &at("place")))
    });
    let twice = again(plan.safes.iter().map(|safe| safe.name.as_str())).map(|(i, name)| {
        Wrong::about(&format!("safes.{i}.name"), format!("must differ: another safe is called \"{name}\"."))
    });
    few.into_iter().chain(empty).chain(twice).chain(keepers(plan)).collect()
}

/// A deputy who is the custodian, and an envelope in no safe.
fn keepers(plan: &Plan) -> Vec<Wrong> {
    let each = plan.safes.iter().enumerate().flat_map(|(i, safe)| {
        let at = |field: &str| format!("safes.{i}.{field}");
        let one = !is_blank(&safe.deputy)
            && safe.deputy.trim().to_lowercase() == safe.custodian.trim().to_lowercase();
        let nowhere = safe.within.as_deref().is_some_and(is_blank);
        [
            when(one, &at("deputy"), "must be another person than the custodian."),
            when(nowhere, &at("within"), "must name the safe that the envelope lies in, or be left out."),
        ]
    });
    each.flatten().collect()
}

/// What must be corrected about people and where they write it down.
pub(super) fn procedure(plan: &Plan) -> Vec<Wrong> {
    let procedure = &plan.procedure;
    let mut wrong = list("procedure.approvers", &procedure.approvers, 1);
    wrong.extend(list("procedure.retrievers", &procedure.retrievers, 2));
    wrong.extend(filled(&procedure.incident_system, "procedure.incident_system"));
    wrong.extend(filled(&plan.upkeep.owner, "upkeep.owner"));
    wrong
}

/// What comes round less often here than the guide wants it, one sentence each.
pub(super) fn rarer(plan: &Plan) -> impl Iterator<Item = String> {
    plan.upkeep.rarer().map(|task| {
        let (here, usual) = (plan.upkeep.every(task).words(), task.usual().words());
        let microsoft = match task {
            UpkeepTask::SignInTest if plan.upkeep.every(task) > Every::Quarter => {
                "; Microsoft wants a test every 90 days at least"
            }
            _ => "",
        };
        let key = label(&format!("upkeep.{}", task.key()));
        format!("{key}: {here} is less often than the guide's {usual}{microsoft}.")
    })
}

/// A list of people of whom at least `least` are different ones.
fn list(key: &str, names: &[String], least: usize) -> Vec<Wrong> {
    let different: BTreeSet<String> =
        names.iter().filter(|name| !is_blank(name)).map(|name| name.trim().to_lowercase()).collect();
    let few = (different.len() < least).then(|| Wrong::about(key, few(least, different.len())));
    let blank = names
        .iter()
        .position(is_blank)
        .map(|place| Wrong::about(&format!("{key}.{place}"), "must not have an empty entry."));
    let twice = again(names.iter().map(String::as_str)).map(|(place, name)| {
        Wrong::about(
            &format!("{key}.{place}"),
            format!("must name {name} once; capitals make no other person."),
        )
    });
    few.into_iter().chain(blank).chain(twice).collect()
}

fn few(least: usize, named: usize) -> String {
    let people =
        if least == 1 { "person or role".to_owned() } else { format!("different people, not {named}") };
    let number = if least == 1 { "one" } else { "two" };
    format!("must name at least {number} {people}.")
}
