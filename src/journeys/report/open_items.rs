//! What is still open, for whom, and what to do about it.
//!
//! Findings with one cause are told once: a tenant without a license has one thing to decide, not nine.

use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::facts::Reading;
use crate::domain::text;
use crate::guide::{self, Place};
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
    remedies: Vec<String>,
}

/// What is said in place of a list where there is nothing to list.
const UNREAD: &str = "Nothing was read of the tenant in this run, so no step can be judged. Mend what is said above, and run \
                      it again: everything is looked at after the sign-in.";

/// Whether the run ended before anything was read: every check would only say so.
fn is_unread(desk: &Desk) -> bool {
    let facts = desk.facts();
    facts.organization == Reading::NotYet
        && facts.accounts == Reading::NotYet
        && facts.operator == Reading::NotYet
}

/// A heading and a list for everybody who has something left to do.
pub fn open_items(desk: &Desk) -> Vec<Block> {
    let open = report::open(desk);
    if is_unread(desk) {
        return vec![Block::Heading(format!("Still open ({})", open.len())), Block::Text(UNREAD.to_owned())];
    }
    let (waits, open): (Vec<_>, Vec<_>) = open.into_iter().partition(|finding| frame::waits(desk, finding));
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
        let label = frame::label(finding);
        if !items[at].labels.contains(&label) {
            items[at].labels.push(label);
        }
        let remedy = guide::remedy(finding, Place::Setup);
        if !items[at].remedies.contains(&remedy) {
            items[at].remedies.push(remedy);
        }
    }
    items
}

/// How many checks are named that one cause keeps open: more are a wall that nobody reads.
const NAMED: usize = 6;

impl Item<'_> {
    fn named(&self) -> String {
        match self.labels.len().checked_sub(NAMED) {
            Some(1..) => {
                let left = self.labels.len() - NAMED + 1;
                format!("{}; and {left} more", self.labels[..NAMED - 1].join("; "))
            }
            Some(0) | None => self.labels.join("; "),
        }
    }

    /// The checks, what was seen, and what to do; where several checks have one cause, the cause is what to mend.
    fn words(&self) -> String {
        let seen = text::sentence(self.detail);
        let labels = self.named();
        match (self.labels.len(), self.remedies.as_slice()) {
            (1, [remedy]) => format!("{labels}: {seen} {remedy}").trim_end().to_owned(),
            (_, [remedy]) => {
                format!("{} Open for this reason: {labels}.", format!("{seen} {remedy}").trim_end())
            }
            (_, [first, ..]) => format!("{seen} {first} Open for this reason: {labels}."),
            (_, []) => format!("{seen} Open for this reason: {labels}."),
        }
    }
}
