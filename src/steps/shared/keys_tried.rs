//! When each key last opened its account. A test proves the one key that it used; where nobody said which of several it was,
//! it proves none of them.

use jiff::civil::Date;

use crate::domain::check::case::Case;
use crate::domain::check::upkeep::UpkeepTask;
use crate::domain::facts::Registered;
use crate::domain::record::{SlipKind, SlipState, Test};
use crate::domain::slot::Slot;
use crate::steps::shared::registered::{planned_key, planned_keys};

/// A registered key of the plan, and when it was tried.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried<'a> {
    /// Which key of the plan it is, counted from zero.
    pub place: usize,
    /// Its method id.
    pub id: &'a str,
    /// What the plan calls it, as slips and safes do, where the record saw it registered: whoever did that may have given it
    /// any name. What the tenant calls it where it was never seen.
    pub name: String,
    /// The day on which it last opened the account, as far as it is known.
    pub last: Option<Date>,
    /// The last day on which the next test with it is in time; `None` where nothing tells since when it is there.
    pub due: Option<Date>,
    /// Whether it took the place of another one, and has not opened the account yet.
    pub is_new: bool,
}

impl Tried<'_> {
    /// Days since its test was due; 0 where it is in time.
    pub fn overdue_days(&self, today: Date) -> i64 {
        self.due.map_or(0, |due| days_after(due, today))
    }
}

/// Whole days from `due` to `today`; 0 where it has not passed.
pub fn days_after(due: Date, today: Date) -> i64 {
    let span = due.until(today).map_or(0, |span| i64::from(span.get_days()));
    span.max(0)
}

/// The registered keys of the plan of the account in `slot`, by their places.
pub fn keys_tried<'a>(case: &Case<'a>, slot: Slot) -> Vec<Tried<'a>> {
    planned_keys(case, slot).into_iter().map(|(place, key)| tried(case, slot, place, key)).collect()
}

fn tried<'a>(case: &Case<'a>, slot: Slot, place: usize, key: &'a Registered) -> Tried<'a> {
    let last = opened(case, slot, place).map(Test::date).max();
    let every = case.plan.upkeep.every(UpkeepTask::SignInTest);
    let due = last.or_else(|| there_since(case, slot, place)).map(|day| every.after(day));
    let is_known = case.evidence.keys.contains_key(&(slot, place));
    let name = if is_known { case.plan.key_name(slot, place) } else { key.name.clone() };
    let is_new = last.is_none() && case.evidence.replaced.contains_key(&(slot, place));
    Tried { place, id: &key.id, name, last, due, is_new }
}

/// The tests that passed with the key that is registered in this place of the plan, since it is there, oldest first.
pub(in crate::steps) fn opened<'a>(
    case: &Case<'a>,
    slot: Slot,
    place: usize,
) -> impl Iterator<Item = &'a Test> {
    let evidence = case.evidence;
    let key = planned_key(case, slot, place);
    let is_only = case.facts.methods_of(slot).filter(|method| method.kind.is_kept()).count() == 1;
    let seen = key.and_then(|key| evidence.keys.get(&(slot, place)).filter(|seen| seen.method == key.id));
    let since = evidence.tests_of(slot).skip(seen.map_or(0, |seen| seen.tests));
    since.filter(move |test| test.passed && key.is_some_and(|key| proves(test, &key.id, is_only)))
}

/// A test that does not say what was registered was made by hand: it proves a key that is the only one.
fn proves(test: &Test, id: &str, is_only: bool) -> bool {
    test.with.as_ref().map_or(is_only, |with| with.proves(id))
}

/// Since when the key lies there to be tried: its PIN slip was made, or else the account was tested for the first time.
fn there_since(case: &Case<'_>, slot: Slot, place: usize) -> Option<Date> {
    let pin = case.evidence.slip(slot, SlipKind::Pin { key: place });
    let pin = pin.filter(|slip| slip.state == SlipState::Confirmed).map(|slip| slip.date);
    pin.or_else(|| case.evidence.tests.iter().filter(|test| test.slot == slot).map(Test::date).min())
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn test(with: &str) -> Test {
        let text = format!(
            r#"{{"slot":0,"at":"2026-11-20T10:00:00Z","person":"A","passed":true,"administrator":true{with},"seconds":0}}"#
        );
        serde_json::from_str(&text).expect("a test as the record has it")
    }

    #[test]
    fn a_test_proves_the_key_that_it_used_and_no_other() {
        let with = |methods: &str, key: &str| {
            test(&format!(r#","with":{{"signed_in":"2026-11-20T10:00:00Z","methods":{methods}{key}}}"#))
        };
        let named = with(r#"["a","b"]"#, r#","key":"a""#);
        assert!(proves(&named, "a", false) && !proves(&named, "b", false));
        let unnamed = with(r#"["a","b"]"#, "");
        assert!(!proves(&unnamed, "a", false) && !proves(&unnamed, "b", false), "nobody said which");
        assert!(proves(&with(r#"["a"]"#, ""), "a", true), "there was no other");
        let by_hand = test("");
        assert!(proves(&by_hand, "a", true) && !proves(&by_hand, "a", false));
    }

    #[test]
    fn days_are_counted_from_the_day_after_the_last_that_was_in_time() {
        for (due, late) in
            [(date(2027, 2, 28), 1), (date(2027, 3, 1), 0), (date(2027, 3, 2), 0), (date(2026, 3, 1), 365)]
        {
            assert_eq!(days_after(due, date(2027, 3, 1)), late, "{due}");
        }
    }
}
