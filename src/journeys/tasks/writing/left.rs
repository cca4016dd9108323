//! What was not made of a list: why, what waits for it, and how it is told at the end.

use std::collections::{BTreeSet, VecDeque};

use crate::domain::facts::policy::MICROSOFT_MANAGED;
use crate::domain::record::Evidence;
use crate::domain::text::counted;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, ActionKind};

/// Writes that were not made.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Left {
    troubles: Vec<Trouble>,
    /// Writes that others may wait for.
    bars: Vec<Action>,
    /// Kinds of which nothing further is tried.
    kinds: BTreeSet<ActionKind>,
    /// Sentences of writes that were not tried, because something they wait for was not made.
    skipped: Vec<String>,
}

impl Left {
    /// Notes a write that was not made; what is to be told about it.
    pub(super) fn add(&mut self, evidence: &Evidence, action: &Action, trouble: Trouble) -> Trouble {
        let trouble = if is_for_hand(evidence, action) { by_hand(action, &trouble) } else { trouble };
        self.troubles.push(trouble.clone());
        trouble
    }

    /// What waits for `action` is not tried.
    pub(super) fn bar(&mut self, action: &Action) {
        self.bars.push(action.clone());
    }

    /// Nothing of the kind of `action` is tried any more, nor what waits for it.
    pub(super) fn bar_kind(&mut self, action: &Action) {
        self.bars.push(action.clone());
        self.kinds.insert(action.kind());
    }

    /// `queue` without what waits for something that was not made; that is noted.
    pub(super) fn but_for_barred(&mut self, queue: impl Iterator<Item = Action>) -> VecDeque<Action> {
        let mut left = VecDeque::new();
        for action in queue {
            if self.is_barred(&action) {
                self.skip(action);
            } else {
                left.push_back(action);
            }
        }
        left
    }

    fn is_barred(&self, action: &Action) -> bool {
        self.kinds.contains(&action.kind()) || self.bars.iter().any(|bar| action.waits_for(bar))
    }

    /// What waits for this one cannot be made either.
    fn skip(&mut self, action: Action) {
        let sentence = action.sentence();
        if !self.skipped.contains(&sentence) {
            self.skipped.push(sentence);
            self.bars.push(action);
        }
    }

    /// Everything that was not made, as one trouble; `None` where all was made. `untried` are all writes that were
    /// consented to and never came up.
    pub(super) fn told(&self, untried: usize) -> Option<Trouble> {
        let first = self.troubles.first()?;
        let told = match self.troubles.as_slice() {
            [one] => one.clone(),
            several => joined(several),
        };
        let why = format!("{}{}{}", told.why, self.skipped_words(), self.waiting_words(untried));
        Some(Trouble { why, request: first.request.clone(), ..told })
    }

    /// Writes that could not even be put together without what was not made.
    fn waiting_words(&self, untried: usize) -> String {
        match untried.saturating_sub(self.skipped.len()) {
            0 => String::new(),
            more => format!(
                " {} wait for this.",
                counted(more, "further write of the list", "further writes of the list")
            ),
        }
    }

    fn skipped_words(&self) -> String {
        const MOST: usize = 5;
        let shown = self.skipped.iter().take(MOST).map(String::as_str).collect::<Vec<_>>().join("; ");
        match self.skipped.len() {
            0 => String::new(),
            few if few <= MOST => format!(" Not tried, because of this: {shown}."),
            many => format!(" Not tried, because of this: {shown}; and {} more.", many - MOST),
        }
    }
}

/// Several troubles as one: each with its own reason, every next step once.
fn joined(troubles: &[Trouble]) -> Trouble {
    let each = |trouble: &Trouble| format!("{} {}", trouble.what, trouble.reason());
    let mut next: Vec<&str> = Vec::new();
    for trouble in troubles {
        if !next.contains(&trouble.next.as_str()) {
            next.push(&trouble.next);
        }
    }
    Trouble::new(
        format!("{} not made.", counted(troubles.len(), "write was", "writes were")),
        troubles.iter().map(each).collect::<Vec<_>>().join(" "),
        next.join(" "),
    )
}

/// The receipt has come before the answer: only a refusal that is about the policy itself stands in the record.
fn is_for_hand(evidence: &Evidence, action: &Action) -> bool {
    matches!(action, Action::ExcludeGroup { .. }) && evidence.refused.contains_key(&action.key())
}

fn by_hand(action: &Action, trouble: &Trouble) -> Trouble {
    let next = match dead_id(action, trouble) {
        Some(id) => format!(
            "The exclusions of this policy hold {id}, which is refused: take it out of them in the portal and check \
             again, or exclude the group there by hand. The other policies go on; this one stays on the list."
        ),
        None => {
            "Exclude the group by hand in the portal. The other policies go on; this one stays on the list."
                .to_owned()
        }
    };
    // Nobody's rights are missing where Microsoft keeps a policy to itself.
    let managed = matches!(action, Action::ExcludeGroup { name, .. } if name.starts_with(MICROSOFT_MANAGED));
    let missing = if managed { None } else { trouble.missing.clone() };
    let told = Trouble::new(format!("Refused: {}.", action.sentence()), &trouble.why, next);
    Trouble { missing, request: trouble.request.clone(), ..told }
}

/// The id among the exclusions that the refusal names, where it is not the group's own.
fn dead_id<'a>(action: &'a Action, trouble: &Trouble) -> Option<&'a str> {
    let Action::ExcludeGroup { groups, group, .. } = action else { return None };
    let why = trouble.why.to_ascii_lowercase();
    let named = |id: &&String| *id != group && why.contains(&id.to_ascii_lowercase());
    groups.iter().find(named).map(String::as_str)
}
