//! Frameworks an auditor may ask for: their controls, which checks answer them, and where they contradict each other.
//!
//! Ids are the frameworks' own, titles are ours. The guide's own controls are the points of the checklist.

use std::sync::LazyLock;

use serde::Deserialize;

use super::checklist::checklist;
use super::words::read;
use crate::domain::check::id::CheckId;
use crate::domain::plan::Profile;

/// A framework, from `assets/guide/profiles.toml`.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProfileWords {
    /// Which one.
    pub id: Profile,
    /// Its name.
    pub name: String,
    /// Its version, as far as it has one.
    pub version: String,
    /// Its controls that our checks answer.
    #[serde(default, rename = "control")]
    pub controls: Vec<ControlWords>,
}

/// A control of a framework.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ControlWords {
    /// Its own id.
    pub id: String,
    /// What it asks for, in our words.
    pub title: String,
    /// Names of checks, or a whole family: `alerts.*`.
    pub checks: Vec<String>,
}

/// Something that frameworks want in different ways.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ConflictWords {
    /// What it is about.
    pub about: String,
    /// What is done here, or what satisfies all.
    pub advice: String,
    /// Who wants what.
    #[serde(rename = "position")]
    pub positions: Vec<PositionWords>,
}

/// What some frameworks want.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PositionWords {
    /// Which.
    pub profiles: Vec<Profile>,
    /// What they want, as the end of a sentence that begins with "for" and their names.
    pub says: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    profile: Vec<ProfileWords>,
    conflict: Vec<ConflictWords>,
}

static FILE: LazyLock<File> = LazyLock::new(with_the_guide);

/// The file, the guide's points put in as its controls.
fn with_the_guide() -> File {
    let mut file: File = read("profiles.toml");
    let point = |point: &super::Point| ControlWords {
        id: format!("point {}", point.number),
        title: point.text.clone(),
        checks: point.checks.iter().map(|check| check.name().to_owned()).collect(),
    };
    for guide in file.profile.iter_mut().filter(|profile| profile.id == Profile::Guide) {
        guide.controls = checklist().iter().map(point).collect();
    }
    file
}

/// Every framework, the guide first.
pub fn profiles() -> &'static [ProfileWords] {
    &FILE.profile
}

/// Where frameworks want different things.
pub fn conflicts() -> &'static [ConflictWords] {
    &FILE.conflict
}

impl ControlWords {
    /// Whether `check` answers it.
    pub fn is_answered_by(&self, check: CheckId) -> bool {
        self.checks.iter().any(|pattern| names(pattern, check))
    }
}

/// Whether a pattern names this check, alone or with its family.
fn names(pattern: &str, check: CheckId) -> bool {
    match pattern.strip_suffix('*') {
        Some(family) => check.name().starts_with(family),
        None => check.name() == pattern,
    }
}

/// The controls of the `chosen` frameworks that `check` answers.
pub fn answered(
    check: CheckId,
    chosen: &[Profile],
) -> impl Iterator<Item = (Profile, &'static ControlWords)> {
    let profiles = profiles().iter().filter(|profile| chosen.contains(&profile.id));
    profiles.flat_map(move |profile| {
        let answered = profile.controls.iter().filter(move |control| control.is_answered_by(check));
        answered.map(|control| (profile.id, control))
    })
}

/// A sentence for each thing that the `chosen` frameworks want in different ways.
pub fn contradictions(chosen: &[Profile]) -> Vec<String> {
    conflicts().iter().filter_map(|conflict| contradiction(conflict, chosen)).collect()
}

fn contradiction(conflict: &ConflictWords, chosen: &[Profile]) -> Option<String> {
    let wanted = conflict.positions.iter().filter_map(|position| {
        let who = position.profiles.iter().filter(|profile| chosen.contains(profile));
        let who: Vec<&str> = who.map(|profile| name(*profile)).collect();
        (!who.is_empty()).then(|| format!("for {}, {}", joined(&who), position.says))
    });
    let wanted: Vec<String> = wanted.collect();
    (wanted.len() > 1).then(|| format!("{}: {}. {}", conflict.about, wanted.join("; "), conflict.advice))
}

/// What a framework is called.
pub fn name(profile: Profile) -> &'static str {
    profiles().iter().find(|words| words.id == profile).map_or(profile.name(), |words| words.name.as_str())
}

fn joined(names: &[&str]) -> String {
    match names {
        [first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        _ => names.concat(),
    }
}
