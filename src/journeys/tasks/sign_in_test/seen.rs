//! What a sign-in showed: in the account's own token, beside what the operator reads about it, and in the logs.

use crate::domain::record::{SlipKind, Test, TestedWith};
use crate::journeys::desk::Desk;
use crate::journeys::effect::TestSeen;
use crate::journeys::tasks::sign_in_test::SignInTest;

/// Its own entry is there, or was seen before.
pub(super) fn is_logged(desk: &Desk, test: &Test) -> bool {
    let all = desk.facts().sign_ins.get().map(Vec::as_slice).unwrap_or_default();
    desk.evidence().logged(test).is_some() || desk.evidence().own_entry(test, all).is_some()
}

/// What the account's own token showed, beside what the operator reads about it. A password is the newest that is known
/// of: what is read may be behind.
pub(super) fn seen_test(desk: &Desk, at: &SignInTest, seen: TestSeen) -> Test {
    let slot = at.slot;
    let issues = if seen.administrator { "" } else { "the account is not a Global Administrator" };
    let slip = desk.evidence().slip(slot, SlipKind::Password).and_then(|slip| slip.changed);
    let read = desk.facts().account(slot).and_then(|account| account.password_changed);
    let methods = desk.facts().methods_of(slot).filter(|method| method.kind.is_kept());
    let with = TestedWith {
        password: seen.with.password.max(slip).max(read),
        methods: methods.map(|method| method.id.clone()).collect(),
        key: at.key.clone(),
        ..*seen.with
    };
    Test {
        slot,
        at: seen.at,
        day: Some(desk.world.today()),
        person: desk.tester.clone(),
        passed: true,
        administrator: seen.administrator,
        read: Some(seen.read),
        azure: Some(seen.azure),
        with: Some(Box::new(with)),
        issues: issues.to_owned(),
        seconds: seen.seconds,
    }
}
