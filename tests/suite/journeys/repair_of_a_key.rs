//! A key that does not work: another one takes its place, and the old one goes only when somebody has signed in with the new
//! one, wherever the repair was left in between.

use breakglass::domain::check::repair::RepairCase;
use serde_json::{Value, json};

use crate::support::choice;
use crate::support::plain;
use crate::support::served::Served;

use super::repair::{FIRST, entries, is_complete, methods_of, repair, set_up, writes};

/// What a person prefers who has the second key of the First account replaced.
const WISHES: &[&str] = &["Lantern key 2", "WRITES: Write ", "WRITES: Make the slip now", "Do it for me"];
/// The same, by somebody who signs in with the other key.
const WITH_THE_OTHER: &[&str] =
    &["I use Lantern key 1", "Lantern key 2", "WRITES: Write ", "WRITES: Make the slip now", "Do it for me"];

/// Repairs the second key of the First account until `goal` is shown; everything that was seen.
fn walked(served: &Served, goal: &str, wishes: &'static [&'static str]) -> String {
    let mut person = plain::person(wishes);
    let mut decide = |shown: &str| person(shown).or_else(|| choice(shown, "Finish; back to the list"));
    plain::walk_until(repair(served, RepairCase::KeyFails, "first"), goal, &mut decide)
}

/// Repairs it to its end.
fn repaired(served: &Served) -> String {
    walked(served, "One case and one account at a time", WISHES)
}

/// The method id of the second key of the First account, as the record last saw it registered.
fn second_key(served: &Served) -> Value {
    let mut keys = entries(&served.home, "key").into_iter();
    let second = keys.rfind(|key| key["slot"] == 0 && key["key"] == 1);
    second.expect("the second key")["method"].clone()
}

/// How often each kind of write was made since line `start` of the record.
fn often(served: &Served, start: usize, kinds: [&str; 2]) -> [usize; 2] {
    let made = writes(&served.home, start);
    kinds.map(|kind| made.iter().filter(|one| *one == kind).count())
}

const KINDS: [&str; 2] = ["issue-pass", "delete-key"];

#[test]
fn a_key_is_removed_after_another_one_was_proved() {
    let mut served = set_up();
    let start = served.home.journal().len();
    let old = second_key(&served);
    let seen = repaired(&served);
    assert!(is_complete(&served.home), "{seen}");
    let kinds = writes(&served.home, start);
    assert_eq!(kinds, ["issue-pass", "delete-pass", "revoke-sessions", "delete-key"], "{seen}");
    let test = entries(&served.home, "tested").pop().expect("a test");
    assert_eq!(test["with"]["key"], second_key(&served), "the new key is the one that is asked for");
    let keys = methods_of(&served.stop(), FIRST, "fido2");
    assert_eq!(keys.len(), 2, "{keys:?}");
    assert!(keys.iter().all(|key| key["id"] != old), "the old key still opens the account");
}

#[test]
fn a_sign_in_with_another_key_proves_nothing_of_the_new_one() {
    let served = set_up();
    let start = served.home.journal().len();
    let seen = walked(&served, "but not with Lantern key 2", WITH_THE_OTHER);
    let tests = entries(&served.home, "tested");
    let last = tests.last().expect("a test");
    assert!(last["passed"] == json!(true) && last["with"]["key"] != second_key(&served), "{last}");
    assert_eq!(often(&served, start, KINDS), [1, 0], "the old key went unproved: {seen}");
    // Whoever goes on makes no other key, and is asked for the new one.
    let seen = repaired(&served);
    assert!(is_complete(&served.home) && seen.contains("I use Lantern key 2, the new one"), "{seen}");
    assert_eq!(often(&served, start, KINDS), [1, 1], "{seen}");
}

#[test]
fn a_repair_that_was_left_before_its_test_goes_on_with_the_test() {
    let served = set_up();
    let start = served.home.journal().len();
    walked(&served, "replaced; still to be removed", WISHES);
    let seen = repaired(&served);
    assert!(is_complete(&served.home), "{seen}");
    assert_eq!(often(&served, start, KINDS), [1, 1], "{seen}");
}

#[test]
fn a_repair_that_was_left_after_its_test_goes_on_with_the_removal() {
    let served = set_up();
    let start = served.home.journal().len();
    walked(&served, "signed in since this repair began", WISHES);
    assert_eq!(often(&served, start, KINDS), [1, 0], "it was left too late");
    let seen = repaired(&served);
    assert!(is_complete(&served.home), "{seen}");
    assert_eq!(often(&served, start, KINDS), [1, 1], "{seen}");
}
