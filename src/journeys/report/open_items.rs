//! What is still open, for whom, and what to do about it.
//!
//! Findings with one cause are told once: a tenant without a license has one thing to decide, not nine.

use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::text;
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::report::{self, waiting};
use crate::journeys::screen::Block;

/// Who can close an open finding.
const FOR: [(Verdict, &str); 3] = [
    (Verdict::Fail, "Still open, to be done at this console"),
    (Verdict::NeedsPerson, "Still open, for a person to do or to decide"),
    (Verdict::Unknown, "Still open, to be looked at again"),
];

/// One cause, and every check it keeps open.
struct Item<'a> {
    labels: Vec<String>,
    detail: &'a str,
    remedies: Vec<&'static str>,
}

/// A heading and a list for everybody who has something left to do.
pub fn open_items(desk: &Desk) -> Vec<Block> {
    let (waits, open): (Vec<_>, Vec<_>) =
        report::open(desk).into_iter().partition(|finding| frame::waits(desk, finding));
    let items = FOR.iter().flat_map(|(verdict, heading)| told(&items(&open, *verdict), heading));
    let later = told(&items_of(&waits), "Waits, with nothing to do until then");
    waiting::open(desk).into_iter().chain(items).chain(later).collect()
}

fn told(items: &[Item<'_>], heading: &str) -> Vec<Block> {
    match items.len() {
        0 => Vec::new(),
        count => vec![
            Block::Heading(format!("{heading} ({count})")),
            Block::List(items.iter().map(Item::words).collect()),
        ],
    }
}

fn items(open: &[Finding], verdict: Verdict) -> Vec<Item<'_>> {
    items_of(open.iter().filter(|finding| finding.verdict == verdict))
}

fn items_of<'a>(open: impl IntoIterator<Item = &'a Finding>) -> Vec<Item<'a>> {
    let mut items: Vec<Item<'_>> = Vec::new();
    for finding in open {
        let at = items.iter().position(|item| item.detail == finding.detail).unwrap_or_else(|| {
            items.push(Item { labels: Vec::new(), detail: &finding.detail, remedies: Vec::new() });
            items.len() - 1
        });
        items[at].labels.push(frame::label(finding));
        let remedy = guide::check(finding.check).map_or("", |words| words.remedy.as_str());
        if !items[at].remedies.contains(&remedy) {
            items[at].remedies.push(remedy);
        }
    }
    items
}

impl Item<'_> {
    /// The checks, what was seen, and what to do; where several checks have one cause, the cause is what to mend.
    fn words(&self) -> String {
        let seen = text::sentence(self.detail);
        let labels = self.labels.join("; ");
        match (self.labels.len(), self.remedies.as_slice()) {
            (1, [remedy]) => format!("{labels}: {seen} {remedy}").trim_end().to_owned(),
            (_, [remedy]) => format!("{seen} {remedy} Open for this reason: {labels}."),
            _ => format!("{seen} Open for this reason: {labels}."),
        }
    }
}
