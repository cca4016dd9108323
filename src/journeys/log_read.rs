//! A log of the tenant was read, on whatever screen: entries of tests go into the record, and so do sign-ins and changes that
//! nobody made here. Foreign sign-ins are said at once, whatever else there is to be said; changes are classified in a review.

use jiff::SignedDuration;

use crate::domain::facts::{KEPT_DAYS, SignIn};
use crate::domain::record::{Change, Entry, Happened, LogRead, Logged, Stranger, Test};
use crate::journeys::desk::Desk;
use crate::journeys::message::Effect;
use crate::journeys::reading;
use crate::steps::review::happened;
use crate::steps::sign_ins;

/// A log that is looked at again and again is noted this seldom.
const SELDOM: SignedDuration = SignedDuration::from_hours(1);

/// What follows from the logs as they are now.
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
    let entries = found.chain(strangers).chain(changes(desk)).chain(how_far(desk));
    entries.map(Effect::remember).collect()
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

fn changes(desk: &Desk) -> Vec<Entry> {
    let unseen = happened::unseen_changes(&desk.case()).into_iter();
    unseen.map(|(slot, seen)| Entry::Change(Change { slot, seen: seen.clone() })).collect()
}

/// How far each log was read by now, in a review.
fn how_far(desk: &Desk) -> Vec<Entry> {
    let Some(from) = reading::logs_since(desk) else { return Vec::new() };
    let until = desk.session.now;
    let read = [
        (Happened::SignIn, desk.facts().sign_ins.get().is_some()),
        (Happened::Change, desk.facts().audits.get().is_some()),
    ];
    let is_new = |log: &Happened| {
        desk.evidence().watched.last_read(*log).is_none_or(|last| until.duration_since(last) >= SELDOM)
    };
    let logs = read.into_iter().filter(|(_, is_read)| *is_read).map(|(log, _)| log).filter(is_new);
    let from = from.max(until - SignedDuration::from_hours(24 * KEPT_DAYS));
    logs.map(|log| Entry::LogRead(LogRead { log, from, until })).collect()
}
