//! Looking: the small words with which every step says what it saw.
//!
//! A check is a [`Look`]: what was seen, or (on the left) why nothing could be seen. Both end as one finding.

use jiff::civil::Date;

use crate::domain::check::case::Case;
use crate::domain::check::cause::{Cause, Next};
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::facts::{Account, Reading};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;

/// What a check saw.
#[derive(Debug, Clone)]
pub(in crate::steps) struct Seen {
    /// What it concluded.
    pub verdict: Verdict,
    /// In one short sentence.
    pub detail: String,
    /// The day on which to look again, where only time brings it.
    pub waits_until: Option<Date>,
    /// What to do about it.
    pub next: Next,
}

impl Seen {
    /// This, for a reason that wants a remedy of its own.
    pub fn because(self, cause: Cause) -> Self {
        Self { next: Next::Because(cause), ..self }
    }

    /// This; the detail tells what to do.
    pub fn told(self) -> Self {
        Self { next: Next::Told, ..self }
    }

    /// This; `trouble` tells what to do.
    pub fn said_by(self, trouble: &Trouble) -> Self {
        Self { next: Next::Said(trouble.next.clone()), ..self }
    }

    /// Whether nothing is left to do about it.
    pub fn is_pass(&self) -> bool {
        self.verdict == Verdict::Pass
    }
}

/// Something that was looked at, or why it could not be.
pub(in crate::steps) type Look<T> = Result<T, Seen>;

/// What was concluded, and what was seen.
fn seen(verdict: Verdict, detail: impl Into<String>) -> Seen {
    Seen { verdict, detail: detail.into(), waits_until: None, next: Next::Usual }
}

/// As it should be.
pub(in crate::steps) fn pass(detail: impl Into<String>) -> Seen {
    seen(Verdict::Pass, detail)
}

/// Not as it should be.
pub(in crate::steps) fn fail(detail: impl Into<String>) -> Seen {
    seen(Verdict::Fail, detail)
}

/// Not looked up, or not yet.
pub(in crate::steps) fn unknown(detail: impl Into<String>) -> Seen {
    seen(Verdict::Unknown, detail)
}

/// What only time brings: nothing is to be done before `day`. From that day on it is looked at again, and is merely unknown.
pub(in crate::steps) fn waits(case: &Case<'_>, day: Date, what: &str) -> Seen {
    let detail = format!("{what}; it waits until {day}, then look again");
    Seen { waits_until: Some(day).filter(|day| *day > case.today), ..unknown(detail) }
}

/// A person has to do or attest something.
pub(in crate::steps) fn needs_person(detail: impl Into<String>) -> Seen {
    seen(Verdict::NeedsPerson, detail)
}

/// The finding of `check`, whichever way the look ended.
pub(in crate::steps) fn report(check: CheckId, look: Look<Seen>) -> Finding {
    let seen = look.unwrap_or_else(|why| why);
    Finding::new(check, seen.verdict, seen.detail).waiting_until(seen.waits_until).then(seen.next)
}

/// What a check sees before anything was read.
const NOT_READ: &str = "not read yet";

/// What a check sees where there is no connection.
pub(in crate::steps) const NOT_CONNECTED: &str = "not connected";

/// What was read of an area.
pub(in crate::steps) fn read<T>(reading: &Reading<T>) -> Look<&T> {
    match reading {
        Reading::Read(value) => Ok(value),
        Reading::NotYet => Err(unknown(NOT_READ).because(Cause::NotRead)),
        Reading::NotConnected => Err(unknown(NOT_CONNECTED)),
        Reading::Unreadable(trouble) => {
            Err(unknown(format!("{} {}", trouble.what, trouble.reason()).trim()).said_by(trouble))
        }
    }
}

/// The account in `slot`.
pub(in crate::steps) fn account<'a>(case: &Case<'a>, slot: Slot) -> Look<&'a Account> {
    read(&case.facts.accounts)?;
    case.facts.account(slot).ok_or_else(|| unknown("the account does not exist yet").because(Cause::Follows))
}

/// What a person vouched for `about`, if somebody did; a word that has ended counts no more and says since when.
pub(in crate::steps) fn vouched(case: &Case<'_>, about: &CheckSubject) -> Option<Seen> {
    if let Some(overdue) = overdue(case, about) {
        return Some(overdue);
    }
    let word = case.said(about)?;
    let note = if word.note.is_empty() { String::new() } else { format!(", {}", word.note) };
    Some(pass(format!("attested by {}{note}", word.by())))
}

/// That a person's word about `about` has ended, where it has: a failure, with its last day.
pub(in crate::steps) fn overdue(case: &Case<'_>, about: &CheckSubject) -> Option<Seen> {
    let (word, last) = case.said(about).zip(case.ended(about))?;
    let told = format!("overdue: attested by {}, which held until {last}", word.by());
    Some(fail(told).because(Cause::Ended))
}

/// Whether the account in `slot` is there: it was read, or without a connection somebody vouched for it.
pub(in crate::steps) fn is_there(case: &Case<'_>, slot: Slot) -> bool {
    // A word that has ended is to be said anew; the account is there all the same.
    let vouched_for = || case.is_by_hand() && case.said(&CheckId::AccountExists.of(slot)).is_some();
    case.facts.account(slot).is_some() || vouched_for()
}

/// The slot of the first account, where one is planned.
pub(in crate::steps) fn first_slot(case: &Case<'_>) -> Vec<Slot> {
    every_slot(case).into_iter().filter(|slot| *slot == Slot::FIRST).collect()
}

/// The slots of all accounts but the first.
pub(in crate::steps) fn other_slots(case: &Case<'_>) -> Vec<Slot> {
    every_slot(case).into_iter().filter(|slot| *slot != Slot::FIRST).collect()
}

/// The slots of all planned accounts.
pub(in crate::steps) fn every_slot(case: &Case<'_>) -> Vec<Slot> {
    case.plan.slots().map(|(slot, _)| slot).collect()
}

/// Items with commas between them, cut after a few: "A, B and 12 more". Where one of them has a comma itself, semicolons
/// tell where it ends: "A, in B; C; and 12 more".
pub(in crate::steps) fn listed<T: AsRef<str>>(items: &[T]) -> String {
    const MOST: usize = 5;
    let shown: Vec<&str> = items.iter().take(MOST).map(AsRef::as_ref).collect();
    let is_compound = shown.len() > 1 && shown.iter().any(|item| item.contains(", "));
    let (between, last) = if is_compound { ("; ", ";") } else { (", ", "") };
    match items.len().saturating_sub(MOST) {
        0 => shown.join(between),
        more => format!("{}{last} and {more} more", shown.join(between)),
    }
}

/// Whether two names of Azure or mail are the same; neither minds upper case.
pub(in crate::steps) fn same(a: &str, b: &str) -> bool {
    a.eq_ignore_ascii_case(b)
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_list_says_where_each_item_ends() {
        assert_eq!(listed(&["A", "B"]), "A, B");
        assert_eq!(listed(&["A", "B", "C", "D", "E", "F"]), "A, B, C, D, E and 1 more");
        assert_eq!(listed(&["A, in B", "C"]), "A, in B; C");
        assert_eq!(listed(&["A, in B", "B", "C", "D", "E", "F", "G"]), "A, in B; B; C; D; E; and 2 more");
        assert_eq!(listed(&["A, in B"]), "A, in B");
    }
}
