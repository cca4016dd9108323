//! Every damage is seen by the checks right after it was done, undone by what the team did, and gone on the second look at
//! the end of some play; what no check sees, or ends by itself, stands in `cases/undone.toml` with the reason.

use std::collections::{BTreeMap, BTreeSet};

use breakglass::domain::exercise::event::Event;
use breakglass::domain::exercise::scenario::shipped;
use serde::Deserialize;

use super::Came;
use super::eye::Sight;
use super::plays::{all, text};

/// What is known of the damage of an inject.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// The findings that show it.
    #[serde(default)]
    seen: Vec<String>,
    /// Why no check sees it, and what shows it instead.
    #[serde(default)]
    unseen: String,
    /// How it ends; by what no response undoes, where that is so.
    ends: String,
}

/// By scenario and inject.
fn known() -> BTreeMap<String, Known> {
    toml::from_str(&text("undone.toml")).expect("a table of damages")
}

/// What came with a change: findings that were not there before it, or said something else.
fn came_with<'a>(came: &'a Came, inject: &str) -> BTreeSet<&'a str> {
    let at = came.sights.iter().position(|sight| sight.after == inject);
    let Some((before, after)) =
        at.and_then(|at| Some((came.sights.get(at.checked_sub(1)?)?, &came.sights[at])))
    else {
        return BTreeSet::new();
    };
    let is_new = |(subject, says): &(&String, &String)| before.open.get(*subject) != Some(says);
    after.open.iter().filter(is_new).map(|(subject, _)| subject.as_str()).collect()
}

/// What is open at the end of a play and was not at its beginning.
fn open_at_the_end(came: &Came) -> BTreeSet<&str> {
    let at = |after: &str| came.sights.iter().find(|sight: &&Sight| sight.after == after);
    let (Some(first), Some(last)) = (at(""), at("end")) else { return BTreeSet::new() };
    last.open.keys().filter(|subject| !first.open.contains_key(*subject)).map(String::as_str).collect()
}

fn has_sent(came: &Came, inject: &str) -> bool {
    came.events.iter().any(|event| matches!(event, Event::Sent { inject: sent, .. } if sent == inject))
}

#[test]
fn slow_every_damage_is_seen_undone_and_gone_on_the_second_look() {
    let mut known = known();
    let mut wrong = Vec::new();
    for scenario in shipped() {
        for inject in scenario.injects.iter().filter(|one| !one.damage.is_empty()) {
            let name = format!("{}/{}", scenario.id, inject.id);
            let plays: Vec<&Came> = all()
                .iter()
                .filter(|came| came.scenario == scenario.id && has_sent(came, &inject.id))
                .collect();
            match known.remove(&name) {
                None => wrong.push(format!("{name}: nothing is known of it; {}", told(&plays, &inject.id))),
                Some(known) => wrong.extend(
                    wrong_about(&known, &plays, &inject.id).into_iter().map(|told| format!("{name}: {told}")),
                ),
            }
        }
    }
    wrong.extend(known.into_keys().map(|name| format!("{name}: there is no such damage")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// What the plays show of it, for whoever writes the table.
fn told(plays: &[&Came], inject: &str) -> String {
    let of = |came: &&Came| {
        format!(
            "{}: seen {:?}, open at the end {:?}",
            came.script,
            came_with(came, inject),
            open_at_the_end(came)
        )
    };
    plays.iter().map(of).collect::<Vec<_>>().join("; ")
}

fn wrong_about(known: &Known, plays: &[&Came], inject: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    if known.seen.is_empty() == known.unseen.is_empty() || known.ends.is_empty() {
        wrong.push("it is either seen by checks or says why not, and says how it ends".to_owned());
    }
    for finding in &known.seen {
        let is_seen = plays.iter().any(|came| came_with(came, inject).contains(finding.as_str()));
        let is_gone = plays.iter().any(|came| !open_at_the_end(came).contains(finding.as_str()));
        match (is_seen, is_gone) {
            (false, _) => wrong.push(format!("{finding} does not show it; {}", told(plays, inject))),
            (true, false) => wrong.push(format!("{finding} stays; {}", told(plays, inject))),
            (true, true) => {}
        }
    }
    wrong
}

/// What is for people and for time after a play: paper that is put away, a use that is closed at the next review, the first
/// logs of a tenant that was just made.
const AFTERWARDS: [&str; 6] = [
    "alerts.first-logs",
    "paper.destroyed",
    "paper.document",
    "paper.old-slip",
    "use.rotated",
    "test.others",
];

fn is_for_afterwards(subject: &str) -> bool {
    AFTERWARDS.contains(&subject.split(':').next().unwrap_or_default())
}

/// Whoever plays well leaves a tenant in which nothing is open that was not before.
#[test]
fn slow_whoever_plays_well_leaves_nothing_open() {
    let mut wrong = Vec::new();
    for came in all().iter().filter(|came| came.script.ends_with("-well")) {
        let mut open = open_at_the_end(came);
        open.retain(|subject| !is_for_afterwards(subject));
        if !open.is_empty() {
            wrong.push(format!("{}: {open:?}", came.script));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
