//! The sign-in log was read, on whatever screen: entries of tests go into the record, and so do sign-ins that nobody made
//! here, which are said at once, whatever else there is to be said.

use crate::domain::facts::SignIn;
use crate::domain::record::{Entry, Logged, Stranger, Test};
use crate::journeys::desk::Desk;
use crate::journeys::message::Effect;
use crate::steps::sign_ins;

/// What follows from the log as it is now.
pub(super) fn read(desk: &mut Desk) -> Vec<Effect> {
    desk.alarm = sign_ins::alarm(&desk.case());
    if desk.is_dry_run() {
        return Vec::new();
    }
    let all = desk.facts().sign_ins.get().map(Vec::as_slice).unwrap_or_default();
    let evidence = desk.evidence();
    let new = evidence.tests.iter().filter(|test| test.passed && evidence.logged(test).is_none());
    let found = new.filter_map(|test| Some(entry(test, evidence.own_entry(test, all)?)));
    let strangers = evidence.unseen_strangers(all).map(|seen| Entry::Stranger(Stranger::from(seen)));
    found.chain(strangers).map(Effect::remember).collect()
}

fn entry(test: &Test, seen: &SignIn) -> Entry {
    Entry::Logged(Logged {
        slot: test.slot,
        test: test.at,
        id: seen.id.clone(),
        at: seen.at,
        policies: seen.policies.clone(),
    })
}
