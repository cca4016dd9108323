//! What every screen has: banner, trouble, and findings turned into rows.

use crate::domain::check::accept::Acceptance;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::text;
use crate::guide::{self, Place};
use crate::journeys::desk::Desk;
use crate::journeys::screen::{Banner, Block, Choice, Row, Screen};
use crate::steps::{self, Again, Subject};

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

/// Whether nothing is left to do about a finding: it passed, or somebody accepts it by name.
pub(super) fn settled(desk: &Desk, finding: &Finding) -> bool {
    finding.passed() || accepted(desk, finding).is_some()
}

/// By what a finding is accepted by name, so that it does not count.
pub(super) fn accepted<'a>(desk: &'a Desk, finding: &Finding) -> Option<Acceptance<'a>> {
    desk.case().accepted(finding)
}

/// Whether a finding is open and only time brings it: until then there is nothing to do.
pub(super) fn waits(desk: &Desk, finding: &Finding) -> bool {
    finding.waits_until.is_some() && !settled(desk, finding)
}

/// Whether somebody vouched for something at a subject, so that it can be said anew.
pub(super) fn is_vouched(desk: &Desk, subject: &Subject) -> bool {
    steps::is_vouched(&desk.case(), &desk.world.derived(subject).checks)
}

/// Whether something is open at a subject, or was accepted.
pub(super) fn can_accept(desk: &Desk, subject: &Subject) -> bool {
    let was_accepted = |finding: &Finding| desk.case().said_here(&finding.subject()).is_some();
    let checks = &desk.world.derived(subject).checks;
    checks.iter().any(|finding| !settled(desk, finding) || was_accepted(finding))
}

/// What can be done again at a subject.
pub(super) fn again(desk: &Desk, subject: &Subject) -> Vec<Again> {
    steps::again(&desk.case(), subject, &desk.world.derived(subject).asks)
}

/// Findings as rows, with those that all wait for one thing as one row: they say nothing yet, and push away what does.
pub(super) fn folded(desk: &Desk, findings: &[Finding]) -> Vec<Row> {
    groups(desk, findings).flat_map(|alike| fold(desk, alike)).collect()
}

/// What to do about a finding, read at `place`; nothing about what passed.
pub(super) fn remedy(finding: &Finding, place: Place) -> String {
    match finding.passed() {
        true => String::new(),
        false => guide::remedy(finding, place),
    }
}

/// What to do about each of the rows of a subject's `findings`, one for one; nothing about what passed.
pub(super) fn remedies(desk: &Desk, subject: &Subject, findings: &[Finding]) -> Vec<String> {
    let place = place(subject);
    let of_group = |alike: &[Finding]| match alike {
        [first, _, _, ..] => vec![remedy(first, place)],
        few => few.iter().map(|finding| remedy(finding, place)).collect(),
    };
    groups(desk, findings).flat_map(of_group).collect()
}

/// Whether its board speaks of steps or of rows.
fn place(subject: &Subject) -> Place {
    match subject {
        Subject::Review(row) => Place::Row(*row),
        Subject::Mend(_) => Place::Review,
        Subject::Before | Subject::Step(_) | Subject::Repair(_) => Place::Setup,
    }
}

/// Findings that wait for one thing, together; one that somebody decided about stands alone.
fn groups<'a>(desk: &'a Desk, findings: &'a [Finding]) -> impl Iterator<Item = &'a [Finding]> {
    let is_plain = |one: &Finding| one.verdict == Verdict::Unknown && beside(desk, one).is_none();
    findings.chunk_by(move |one, other| is_plain(one) && is_plain(other) && one.detail == other.detail)
}

fn fold(desk: &Desk, alike: &[Finding]) -> Vec<Row> {
    match alike {
        [first, _, _, ..] => vec![Row {
            label: format!("{} checks wait", alike.len()),
            verdict: first.verdict,
            detail: first.detail.clone(),
        }],
        few => rows(desk, few),
    }
}

/// What the record can be held against later, where it has a line.
pub(super) fn head(desk: &Desk) -> Option<Block> {
    let head = desk.evidence().head.as_ref()?;
    Some(Block::Text(format!(
        "Its head: {}. Note it elsewhere, or keep the pages that carry it: breakglass record verify --head shows against it \
         whether lines were cut off since, or made anew.",
        head.words()
    )))
}

/// Questions, tasks or cases with a digit each, as far as there are digits.
pub(super) fn numbered<M>(labels: impl Iterator<Item = String>, msg: fn(usize) -> M) -> Vec<Choice<M>> {
    let digits = ('1'..='9').zip(labels.enumerate());
    digits.map(|(key, (index, label))| Choice::safe(key, label, msg(index))).collect()
}

/// Findings as rows with their labels.
pub(super) fn rows(desk: &Desk, findings: &[Finding]) -> Vec<Row> {
    findings.iter().map(|finding| row(desk, finding)).collect()
}

/// Who accepts it, or why that does not count.
fn beside(desk: &Desk, finding: &Finding) -> Option<String> {
    let accepted = accepted(desk, finding).map(|by| by.words());
    accepted.or_else(|| desk.case().not_accepted(finding))
}

/// What was seen, and what somebody accepts of it.
fn row(desk: &Desk, finding: &Finding) -> Row {
    let detail = match beside(desk, finding) {
        Some(words) => format!("{}; {words}", finding.detail),
        None => finding.detail.clone(),
    };
    Row { label: label(finding), verdict: finding.verdict, detail }
}

/// What a finding is about, in the words of the guide.
pub(super) fn label(finding: &Finding) -> String {
    let label = guide::label(finding.check, finding.slot);
    match &finding.thing {
        Some(thing) => format!("{label}: {}", text::clean(&thing.replace(':', ", "))),
        None => label,
    }
}
