//! Every damage is seen right after it was done, by the checks or by what the tenant answers who asks to be let in; it is
//! undone by the responses that `cases/undone.toml` names and by nothing else, and gone on the second look. What is past
//! and stays in a log is carried by an expected action of the scenario.

use std::collections::{BTreeMap, BTreeSet};

use breakglass::domain::exercise::event::{Event, Mark};
use breakglass::domain::exercise::scenario::{Inject, shipped};
use serde::Deserialize;

use super::eye::Sight;
use super::plays::{all, text};
use super::{Came, aside};

/// What is known of the damage of an inject.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Known {
    /// What shows it: findings, and what the tenant answers aside; each with what undoes it: responses as the journal spells
    /// them, `classify:` whatever the class, `inject:ID`.
    #[serde(default)]
    seen: BTreeMap<String, Vec<String>>,
    /// What was not in order before, and is after it.
    #[serde(default)]
    mends: Vec<String>,
    /// The expected action of the inject that an evaluator marks, where nothing undoes what is past.
    #[serde(default)]
    carried: Option<String>,
    /// Why nothing undoes it, or not all of it.
    #[serde(default)]
    why: String,
}

/// By scenario and inject.
fn known() -> BTreeMap<String, Known> {
    toml::from_str(&text("undone.toml")).expect("a table of damages")
}

/// What has to be asked beside the checks while this scenario is played.
pub fn asked_aside(scenario: &str) -> Vec<String> {
    let known = known().into_iter().filter(|(name, _)| name.split('/').next() == Some(scenario));
    let names: BTreeSet<String> =
        known.flat_map(|(_, known)| known.seen.into_keys().chain(known.mends)).collect();
    names.into_iter().filter(|name| aside::is_one(name)).collect()
}

/// The damage of an inject in one play: the sights around it, the last one, and what the team did after it.
struct Damaged<'a> {
    script: &'a str,
    before: &'a Sight,
    after: &'a Sight,
    end: &'a Sight,
    later: &'a [Event],
}

impl<'a> Damaged<'a> {
    /// By this inject; `None` where it was not sent, or nobody looked.
    fn by(came: &'a Came, inject: &str) -> Option<Self> {
        let is_it = |event: &Event| matches!(event, Event::Sent { inject: sent, .. } if sent == inject);
        let sent = came.events.iter().position(is_it)?;
        let at = came.sights.iter().position(|sight| sight.after == inject)?;
        let before = came.sights.get(at.checked_sub(1)?)?;
        let (after, end, later) = (&came.sights[at], came.sights.last()?, &came.events[sent + 1..]);
        Some(Self { script: &came.script, before, after, end, later })
    }

    /// Whether this subject shows it: it is not in order any more or says something else.
    fn is_shown_by(&self, subject: &str) -> bool {
        let after = self.after.said.get(subject);
        after.is_some_and(|after| self.before.said.get(subject) != Some(after))
    }

    fn is_mended(&self, subject: &str) -> bool {
        self.before.is_open(subject) && !self.after.is_open(subject)
    }

    /// Whether that is over at the end. What was never open says again what it said before.
    fn is_gone(&self, subject: &str) -> bool {
        let was_open = self.after.is_open(subject);
        let is_as_before = || self.end.said.get(subject) == self.before.said.get(subject);
        if was_open { !self.end.is_open(subject) } else { is_as_before() }
    }

    /// Whether one of these was done after it.
    fn was_answered(&self, by: &[String]) -> bool {
        let name = |event: &Event| match event {
            Event::Responded { what } => Some(what.clone()),
            Event::Sent { inject, .. } => Some(format!("inject:{inject}")),
            _ => None,
        };
        let fits = |done: &String| {
            by.iter().any(|one| one == done || one.ends_with(':') && done.starts_with(one.as_str()))
        };
        self.later.iter().filter_map(name).any(|done| fits(&done))
    }

    fn is_marked(&self, inject: &str, action: &str) -> bool {
        self.later.iter().any(|event| {
            matches!(event, Event::Marked { inject: of, action: it, mark, .. }
                if of == inject && it == action && *mark != Mark::Not)
        })
    }

    /// What shows it, for whoever writes the table.
    fn told(&self) -> String {
        let shown: Vec<&String> =
            self.after.said.keys().filter(|subject| self.is_shown_by(subject)).collect();
        let (gone, open): (Vec<&String>, Vec<&String>) = shown.into_iter().partition(|one| self.is_gone(one));
        format!("  {}: shown and gone {gone:?}, shown and left {open:?}", self.script)
    }
}

/// What is open at the end of a play and was not at its beginning.
fn open_at_the_end(came: &Came) -> BTreeSet<&str> {
    let Some((first, last)) = came.sights.first().zip(came.sights.last()) else { return BTreeSet::new() };
    last.open().filter(|subject| !first.is_open(subject)).collect()
}

#[test]
fn slow_every_damage_is_seen_undone_and_gone_on_the_second_look() {
    let mut known = known();
    let mut wrong = Vec::new();
    for scenario in shipped() {
        for inject in scenario.injects.iter().filter(|one| !one.damage.is_empty()) {
            let name = format!("{}/{}", scenario.id, inject.id);
            let plays = all().iter().filter(|came| came.scenario == scenario.id);
            let plays: Vec<Damaged<'_>> = plays.filter_map(|came| Damaged::by(came, &inject.id)).collect();
            let about = known.remove(&name).map(|known| wrong_about(&known, &plays, inject));
            let about = about.unwrap_or_else(|| vec!["nothing is known of it".to_owned()]);
            wrong.extend(about.iter().map(|told| format!("{name}: {told}")));
            if !about.is_empty() {
                wrong.extend(plays.iter().map(Damaged::told));
            }
        }
    }
    wrong.extend(known.into_keys().map(|name| format!("{name}: there is no such damage")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn wrong_about(known: &Known, plays: &[Damaged<'_>], inject: &Inject) -> Vec<String> {
    let mut wrong = Vec::new();
    if known.seen.is_empty() && known.mends.is_empty() {
        wrong.push("nothing shows it".to_owned());
    }
    let is_past = |subject: &str| subject.starts_with("log:");
    let any_past = known.seen.keys().any(|subject| is_past(subject));
    let is_left_open = known.seen.iter().any(|(subject, by)| by.is_empty() != is_past(subject));
    if is_left_open || any_past != known.carried.is_some() || any_past == known.why.is_empty() {
        wrong.push("it says what undoes it, or who speaks of what is past, and why".to_owned());
    }
    let any = |is: &dyn Fn(&Damaged<'_>) -> bool| plays.iter().any(is);
    for (subject, by) in &known.seen {
        if is_past(subject) {
            let is_shown = plays.iter().all(|one| one.is_shown_by(subject));
            wrong.extend((!is_shown).then(|| format!("{subject} does not show it")));
            continue;
        }
        if !any(&|one| one.is_shown_by(subject) && one.is_gone(subject) && one.was_answered(by)) {
            wrong.push(format!("{subject} is not shown, answered and gone in any play"));
        }
        let is_left = |one: &Damaged<'_>| one.is_shown_by(subject) && !one.was_answered(by);
        let by_itself = plays.iter().filter(|one| is_left(one) && one.is_gone(subject));
        wrong.extend(by_itself.map(|one| format!("{subject} is gone in {} by itself", one.script)));
    }
    for subject in known.mends.iter().filter(|subject| !any(&|one| one.is_mended(subject))) {
        wrong.push(format!("{subject} is not mended by it"));
    }
    if let Some(action) = &known.carried
        && !any(&|one| one.is_marked(&inject.id, action))
    {
        wrong.push(format!("nobody marks {action}"));
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
