//! The guide as pages of plain text, for `breakglass guide TOPIC` and for a printer.
//!
//! No tenant is known here, so placeholders are filled with general words; screens fill them with the real ones.

use super::{CostItem, Part, StepWords, Task, Trigger, TroubleCase, fill};
use crate::domain::connection::reach;
use crate::domain::connection::sign_in::{GRAPH_SCOPES, RISK_SCOPE, TEST_SCOPES};
use crate::domain::wrap::{LongWord, behind, lines};

/// Longest line of a page, in characters: 80 columns with a small margin.
pub const WIDTH: usize = 76;

/// What there is to read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Topic {
    /// The nine steps, with the portal's instructions.
    Steps,
    /// What has to be done again, and when.
    Upkeep,
    /// What to do when something does not work.
    Troubleshooting,
    /// What it costs.
    Costs,
    /// Which app signs in, and how to register one.
    Registration,
    /// Secret management systems in the place of safes.
    Systems,
}

impl Topic {
    /// Every topic, in reading order.
    pub const ALL: [Self; 6] =
        [Self::Steps, Self::Upkeep, Self::Troubleshooting, Self::Costs, Self::Registration, Self::Systems];

    /// The word that names the topic on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Steps => "steps",
            Self::Upkeep => "upkeep",
            Self::Troubleshooting => "troubleshooting",
            Self::Costs => "costs",
            Self::Registration => "registration",
            Self::Systems => "systems",
        }
    }

    /// The topic with this name, or `None` when there is no such topic.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
}

/// What placeholders say where no tenant is known.
const GENERAL: [(&str, &str); 16] = [
    ("audit_query", "AuditLogs | where TargetResources has_any ('<object id>', '<object id>', '<group id>')"),
    ("display_name", "<the account>"),
    ("entra", "https://entra.microsoft.com"),
    ("group_description", "<what it is for, who owns it, and that nobody may change it>"),
    ("group_name", "<the exclusion group>"),
    ("initial_domain", "<initial domain>"),
    ("justification", "<why this account holds the role for good>"),
    ("policy_count", "policies"),
    ("portal", "https://portal.azure.com"),
    ("query", "SigninLogs | where UserId in ('<object id>', '<object id>')"),
    ("recipients", "<everyone who is to be told>"),
    ("security_info", "https://mysignins.microsoft.com/security-info"),
    ("upn", "<user name>"),
    ("others", "<user names of the other accounts>"),
    ("workspace", "<your workspace>"),
    ("action_group", "Create"),
];

/// One topic as lines of at most [`WIDTH`] characters, ASCII only, without a trailing blank line.
pub fn page(topic: Topic) -> Vec<String> {
    match topic {
        Topic::Steps => paragraphs(super::steps().iter().map(step_page)),
        Topic::Upkeep => upkeep_page(),
        Topic::Troubleshooting => paragraphs(super::troubleshooting().iter().map(case_page)),
        Topic::Costs => costs_page(),
        Topic::Registration => registration_page(),
        Topic::Systems => paragraphs(super::systems().iter().map(part_page)),
    }
}

/// `text` in lines of at most [`WIDTH`] characters, the first after `first`, the others after as many spaces.
///
/// A word longer than a line stays whole on a line of its own, so that it can be copied.
pub fn wrap(first: &str, text: &str) -> Vec<String> {
    let margin = first.chars().count();
    behind(first, margin, lines(text, WIDTH - margin, LongWord::Whole))
}

fn step_page(words: &StepWords) -> Vec<String> {
    let mut lines = heading(&format!("{}  {} (about {} minutes)", words.id, words.title, words.minutes));
    lines.extend(paragraphs(words.why.iter().map(|why| wrap("", why))));
    lines.extend(titled("What can go wrong", &[wrap("  ", &words.help)]));
    lines.extend(titled("By hand", &numbered(&words.by_hand)));
    lines.extend(titled("What the portal cannot do", &bullets(&words.limits)));
    lines
}

fn registration_page() -> Vec<String> {
    let mut lines = paragraphs(super::registration().iter().map(part_page));
    lines.push(String::new());
    lines.extend(heading("Delegated permissions of Microsoft Graph"));
    let of_tests = TEST_SCOPES.iter().filter(|scope| !GRAPH_SCOPES.contains(scope));
    let of_risk = format!("{RISK_SCOPE}, only with Entra ID P2; a review that may not read it asks a person");
    let named = GRAPH_SCOPES.iter().chain(of_tests).map(|scope| (*scope).to_owned());
    let names: Vec<String> = named.chain([of_risk]).collect();
    lines.extend(bullets(&names).concat());
    lines.push(String::new());
    lines.extend(heading("How far each way to sign in reaches"));
    lines.extend(reach::table());
    lines
}

fn part_page(part: &Part) -> Vec<String> {
    let mut lines = heading(&part.title);
    lines.extend(paragraphs(part.text.iter().map(|text| wrap("", text))));
    if !part.text.is_empty() && !part.steps.is_empty() {
        lines.push(String::new());
    }
    lines.extend(numbered(&part.steps).concat());
    lines
}

fn case_page(case: &TroubleCase) -> Vec<String> {
    let mut lines = heading(&case.symptom);
    lines.extend(numbered(&case.steps).concat());
    lines
}

fn upkeep_page() -> Vec<String> {
    let words = super::upkeep();
    let tasks = words.tasks.iter().map(task_page);
    let triggers = words.triggers.iter().map(trigger_page);
    let mut lines = heading("What comes round");
    lines.extend(paragraphs(tasks));
    lines.push(String::new());
    lines.extend(heading("What calls for it early"));
    lines.extend(paragraphs(triggers));
    lines
}

fn task_page(task: &Task) -> Vec<String> {
    let mut lines = wrap("", &format!("{}: {}, {}", task.name, task.every.words(), task.owner));
    lines.extend(wrap("  ", &task.how));
    lines
}

fn trigger_page(trigger: &Trigger) -> Vec<String> {
    let mut lines = wrap("", &trigger.name);
    lines.extend(wrap("  ", &trigger.how));
    lines
}

fn costs_page() -> Vec<String> {
    let words = super::costs();
    let mut lines = heading("What it costs, in US dollars");
    lines.extend(paragraphs(words.items.iter().map(cost_page)));
    lines.push(String::new());
    lines.extend(heading("Together"));
    lines.extend(paragraphs(words.totals.iter().map(cost_page)));
    lines
}

fn cost_page(item: &CostItem) -> Vec<String> {
    let mut lines = wrap("", &format!("{}: {}", item.name, item.price()));
    lines.extend(wrap("  ", &item.note));
    lines
}

/// A title with a line under it.
fn heading(title: &str) -> Vec<String> {
    let mut lines = wrap("", title);
    let width = lines.iter().map(String::len).max().unwrap_or(0);
    lines.push("-".repeat(width));
    lines
}

/// A blank line, a title, and what stands under it.
fn titled(title: &str, blocks: &[Vec<String>]) -> Vec<String> {
    let mut lines = vec![String::new(), title.to_owned()];
    lines.extend(blocks.concat());
    lines
}

/// Filled lines with right-aligned numbers in front.
fn numbered(lines: &[String]) -> Vec<Vec<String>> {
    (1..).zip(lines).map(|(number, line)| wrap(&format!("{number:>3}. "), &fill(line, &GENERAL))).collect()
}

/// Filled lines with a dash in front.
fn bullets(lines: &[String]) -> Vec<Vec<String>> {
    lines.iter().map(|line| wrap("  - ", &fill(line, &GENERAL))).collect()
}

/// Blocks with a blank line between them.
fn paragraphs(blocks: impl Iterator<Item = Vec<String>>) -> Vec<String> {
    blocks.collect::<Vec<_>>().join(&String::new())
}
