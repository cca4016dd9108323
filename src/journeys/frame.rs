//! What every screen has: banner, trouble, and findings turned into rows.

use crate::domain::check::finding::{Finding, Verdict};
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::screen::{Banner, Block, Choice, Row, Screen};

/// A screen with banner and trouble already in place.
pub(super) fn of<M>(desk: &Desk, title: impl Into<String>) -> Screen<M> {
    let tenant =
        desk.facts().organization.get().map_or(desk.session.tenant.clone(), |o| o.initial_domain.clone());
    let dry_run = desk.is_dry_run().then_some("dry run: nothing is written");
    Screen {
        banner: Banner { mark: desk.session.mark, tenant, dry_run },
        title: title.into(),
        trouble: desk.said_first(),
        done: desk.done.clone(),
        ..Screen::default()
    }
}

/// Where `-v` tells what is sent, and what is not told there.
pub(super) fn requests(desk: &Desk) -> Option<Block> {
    let file = desk.session.requests.as_ref()?;
    Some(Block::Text(format!(
        "Every request of this run is told in {file}: method, address, body, status and time, for whoever helps you. No \
         token, password, pass or phone number is in it; names and ids of your tenant are."
    )))
}

/// Whether nothing is left to do about a finding: it passed, or the plan accepts the unknown by name.
pub(super) fn settled(desk: &Desk, finding: &Finding) -> bool {
    finding.passed() || accepted(desk, finding).is_some()
}

/// Why an unknown does not count: the reason that the plan gives for it by name.
pub(super) fn accepted<'a>(desk: &'a Desk, finding: &Finding) -> Option<&'a str> {
    let unknown = finding.verdict == Verdict::Unknown;
    let line = desk.plan().acceptance(&finding.subject()).filter(|_| unknown)?;
    Some(&line.reason)
}

/// Findings as rows, with those that all wait for one thing as one row: they say nothing yet, and push away what does.
pub(super) fn folded(findings: &[Finding]) -> Vec<Row> {
    findings.chunk_by(is_like).flat_map(fold).collect()
}

/// What to do about a finding; nothing about what passed.
pub(super) fn remedy(finding: &Finding) -> String {
    match finding.passed() {
        true => String::new(),
        false => guide::check(finding.check).map(|words| words.remedy.clone()).unwrap_or_default(),
    }
}

/// What to do about each of these rows, one for one; nothing about what passed.
pub(super) fn remedies(findings: &[Finding]) -> Vec<String> {
    let of_group = |alike: &[Finding]| match alike {
        [first, _, _, ..] => vec![remedy(first)],
        few => few.iter().map(remedy).collect(),
    };
    findings.chunk_by(is_like).flat_map(of_group).collect()
}

fn is_like(one: &Finding, other: &Finding) -> bool {
    one.verdict == Verdict::Unknown && other.verdict == Verdict::Unknown && one.detail == other.detail
}

fn fold(alike: &[Finding]) -> Vec<Row> {
    match alike {
        [first, _, _, ..] => vec![Row {
            label: format!("{} checks wait", alike.len()),
            verdict: first.verdict,
            detail: first.detail.clone(),
        }],
        few => rows(few),
    }
}

/// Questions, tasks or cases with a digit each, as far as there are digits.
pub(super) fn numbered<M>(labels: impl Iterator<Item = String>, msg: fn(usize) -> M) -> Vec<Choice<M>> {
    let digits = ('1'..='9').zip(labels.enumerate());
    digits.map(|(key, (index, label))| Choice::safe(key, label, msg(index))).collect()
}

/// Findings as rows with their labels.
pub(super) fn rows(findings: &[Finding]) -> Vec<Row> {
    findings.iter().map(row).collect()
}

fn row(finding: &Finding) -> Row {
    Row { label: label(finding), verdict: finding.verdict, detail: finding.detail.clone() }
}

/// What a finding is about, in the words of the guide.
pub(super) fn label(finding: &Finding) -> String {
    guide::label(finding.check, finding.slot)
}
