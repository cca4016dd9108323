//! A log of the tenant was read, on whatever screen: entries of tests go into the record, and so do sign-ins and changes that
//! nobody made here. Foreign sign-ins are said at once, whatever else there is to be said; changes are classified in a review.

use jiff::SignedDuration;

use crate::domain::facts::{KEPT_DAYS, SignIn};
use crate::domain::record::{Change, Entry, Happened, LogRead, Logged, Stranger, Test};
use crate::journeys::desk::Desk;
use crate::journeys::message::Effect;
use crate::journeys::reading;
use crate::steps::review::happened;
use crate::steps::sign_ins as foreign;

/// A log that is looked at again and again is noted this seldom.
const SELDOM: SignedDuration = SignedDuration::from_hours(1);

/// What follows from the sign-in log as it is now.
pub(super) fn sign_ins(desk: &mut Desk) -> Vec<Effect> {
    desk.alarm = foreign::alarm(&desk.case());
    let all = desk.facts().sign_ins.get().map(Vec::as_slice).unwrap_or_default();
    let evidence = desk.evidence();
    let new = evidence.tests.iter().filter(|test| test.passed && evidence.logged(test).is_none());
    let found = new.filter_map(|test| Some(entry(test, evidence.own_entry(test, all)?)));
    let strangers = evidence.unseen_strangers(all).map(|seen| Entry::Stranger(Stranger::from(seen)));
    let is_read = desk.facts().sign_ins.get().map(|_| Happened::SignIn);
    remembered(desk, found.chain(strangers).chain(how_far(desk, is_read)))
}

/// What follows from the audit log as it is now.
pub(super) fn changes(desk: &Desk) -> Vec<Effect> {
    let case = desk.case();
    let unseen = happened::unseen_changes(&case).into_iter();
    let changes = unseen.map(|(slot, seen)| Entry::Change(Change { slot, seen: seen.clone() }));
    let is_read = desk.facts().audits.get().map(|_| Happened::Change);
    remembered(desk, changes.chain(how_far(desk, is_read)))
}

fn remembered(desk: &Desk, entries: impl Iterator<Item = Entry>) -> Vec<Effect> {
    if desk.is_dry_run() { Vec::new() } else { entries.map(Effect::remember).collect() }
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

/// How far the log that was read goes back, in a review.
fn how_far(desk: &Desk, log: Option<Happened>) -> Option<Entry> {
    let (log, since) = log.zip(reading::logs_since(desk))?;
    let until = desk.session.now;
    let last = desk.evidence().watched.last_read(log);
    let is_new = last.is_none_or(|last| until.duration_since(last) >= SELDOM);
    let from = since.max(until - SignedDuration::from_hours(24 * KEPT_DAYS));
    is_new.then_some(Entry::LogRead(LogRead { log, from, until }))
}
