//! What happened to the accounts since the last review: their sign-ins, and changes to them, to the exclusion group and to
//! policies. Each is known from the record, said by a named person, or nobody's yet.
//!
//! What a log showed once is taken from the record where the log has forgotten it. Nothing is judged here.

use jiff::Timestamp;

use crate::domain::check::case::Case;
use crate::domain::check::id::CheckId;
use crate::domain::facts::{AuditEntry, SignIn};
use crate::domain::record::{Class, Classified, Happened};
use crate::domain::slot::Slot;

/// A sign-in or a change.
#[derive(Debug, Clone, PartialEq)]
pub struct Happening {
    /// Id of the log entry, which is the id of the request.
    pub id: String,
    /// In which log it stands.
    pub what: Happened,
    /// Whose account, where it concerns one.
    pub slot: Option<Slot>,
    /// When.
    pub at: Timestamp,
    /// What it was, in a few words.
    pub words: String,
    /// Everything that is known of it, name by name.
    pub details: Vec<(&'static str, String)>,
    /// What is known of why.
    pub known: Known,
    /// Those with the same text are alike: the same account, application or activity, and end.
    alike: String,
}

/// What is known of why something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Known {
    /// Nothing yet.
    Nobody,
    /// The record tells of a sign-in test.
    Test,
    /// It was done from here, or in a visit that the record tells of.
    Here,
    /// A named person said what it was.
    Said(Box<Classified>),
}

impl Known {
    /// What it was, as far as that is known.
    pub fn class(&self) -> Option<Class> {
        match self {
            Self::Nobody | Self::Here => None,
            Self::Test => Some(Class::Drill),
            Self::Said(said) => Some(said.class),
        }
    }

    /// In a few words.
    pub fn words(&self) -> String {
        match self {
            Self::Nobody => "not classified".to_owned(),
            Self::Test => "drill: a test of the record".to_owned(),
            Self::Here => "done from here".to_owned(),
            Self::Said(said) => format!("{}, says {} on {}", said.class.words(), said.person, said.date),
        }
    }
}

impl Happening {
    /// Whether nobody has said what it was.
    pub fn is_open(&self) -> bool {
        self.known == Known::Nobody
    }

    /// Whether one answer may do for both: alike, and in the same hour.
    pub fn is_like(&self, other: &Self) -> bool {
        let hour = |at: Timestamp| at.as_second().div_euclid(3600);
        (self.what, self.slot, &self.alike) == (other.what, other.slot, &other.alike)
            && hour(self.at) == hour(other.at)
            && self.is_open() == other.is_open()
    }
}

/// All of it, newest first.
pub fn happenings(case: &Case<'_>) -> Vec<Happening> {
    let mut all: Vec<Happening> = sign_ins(case).into_iter().map(|one| of_sign_in(case, one)).collect();
    all.extend(changes(case).into_iter().map(|(slot, seen)| of_change(case, slot, seen)));
    all.sort_by(|one, other| (other.at, &other.id).cmp(&(one.at, &one.id)));
    all
}

/// Those that are alike together, in the order of the newest of each.
pub fn alike(all: Vec<Happening>) -> Vec<Vec<Happening>> {
    let mut groups: Vec<Vec<Happening>> = Vec::new();
    for one in all {
        match groups.iter_mut().find(|group| group[0].is_like(&one)) {
            Some(group) => group.push(one),
            None => groups.push(vec![one]),
        }
    }
    groups
}

fn sign_ins<'a>(case: &Case<'a>) -> Vec<&'a SignIn> {
    let read = case.facts.sign_ins.get().map(Vec::as_slice).unwrap_or_default();
    let is_read = |seen: &&SignIn| !read.iter().any(|one| one.is_same(seen));
    read.iter().chain(case.evidence.seen.iter().filter(is_read)).collect()
}

/// Changes with the account that each concerns.
pub(in crate::steps) fn changes<'a>(case: &Case<'a>) -> Vec<(Option<Slot>, &'a AuditEntry)> {
    let read: &[AuditEntry] = case.facts.audits.get().map(|log| log.entries.as_slice()).unwrap_or_default();
    let is_read = |id: &str| read.iter().any(|one| one.id == id);
    let seen = case.evidence.watched.changes.iter().filter(|change| !is_read(&change.seen.id));
    let seen = seen.map(|change| (change.slot, &change.seen));
    read.iter().map(|entry| (concerned(case, entry), entry)).chain(seen).collect()
}

/// The account that a change was made to, or else the one that made it.
fn concerned(case: &Case<'_>, entry: &AuditEntry) -> Option<Slot> {
    let accounts = case.facts.accounts.get()?;
    let of = |is: fn(&AuditEntry, &str) -> bool| {
        accounts.in_slots.iter().find(|one| is(entry, &one.account.id)).map(|one| one.slot)
    };
    of(AuditEntry::is_about).or_else(|| of(AuditEntry::is_by))
}

/// Changes that nobody made here and that the record has not seen yet.
pub fn unseen_changes<'a>(case: &Case<'a>) -> Vec<(Option<Slot>, &'a AuditEntry)> {
    let is_new = |(slot, entry): &(Option<Slot>, &AuditEntry)| {
        case.evidence.watched.change(&entry.id).is_none() && !is_ours(case, entry, *slot)
    };
    changes(case).into_iter().filter(is_new).collect()
}

/// Whether a change was made from here. Writes of today are the operator's who is signed in: what another administrator did at
/// the same time, to the same object, is none of them.
fn is_ours(case: &Case<'_>, seen: &AuditEntry, slot: Option<Slot>) -> bool {
    let operator = case.facts.operator.get().map(|operator| operator.id.as_str());
    let is_known = !seen.by_id.is_empty() && !case.facts.account_ids().contains(&seen.by_id);
    let is_somebody_else = is_known && operator.is_some_and(|id| id != seen.by_id);
    let is_of_today = seen.at.to_zoned(jiff::tz::TimeZone::UTC).date() >= case.today;
    !(is_of_today && is_somebody_else) && case.evidence.made_here(seen, slot)
}

fn of_sign_in(case: &Case<'_>, one: &SignIn) -> Happening {
    let by = or_unknown(&one.application);
    let place = place(one);
    Happening {
        id: one.id.clone(),
        what: Happened::SignIn,
        slot: Some(one.slot),
        at: one.at,
        words: format!("{}, {place}, {by}", end(one)),
        details: sign_in_details(one),
        known: known_sign_in(case, one),
        alike: alike_sign_in(one),
    }
}

/// Who got in from elsewhere is not like who got in; of those that were kept out the address may be any.
fn alike_sign_in(one: &SignIn) -> String {
    let address = if one.error == 0 { one.address.as_str() } else { "" };
    format!("{}\n{}\n{}\n{address}", one.app, one.application, one.error == 0)
}

fn sign_in_details(one: &SignIn) -> Vec<(&'static str, String)> {
    let told = [
        ("Account", one.slot.to_string()),
        ("When", time(one.at)),
        ("From", place(one)),
        ("Application", one.application.clone()),
        ("Method", one.told.method.clone()),
        ("Result", end(one)),
        ("Policies", policies(one)),
        ("Request", one.id.clone()),
    ];
    told.into_iter().filter(|(_, said)| !said.is_empty()).collect()
}

/// What Conditional Access did, with the policies that took part.
fn policies(one: &SignIn) -> String {
    let names = one.policies.join(", ");
    match (one.told.policy_result.as_str(), names.is_empty()) {
        (result, true) => result.to_owned(),
        ("", false) => names,
        (result, false) => format!("{result}: {names}"),
    }
}

fn place(one: &SignIn) -> String {
    let address = or_unknown(&one.address);
    if one.told.place.is_empty() { address } else { format!("{address} ({})", one.told.place) }
}

fn end(one: &SignIn) -> String {
    if one.error == 0 { "got in".to_owned() } else { format!("refused with {}", one.error) }
}

fn or_unknown(text: &str) -> String {
    if text.is_empty() { "unknown".to_owned() } else { text.to_owned() }
}

fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn known_sign_in(case: &Case<'_>, one: &SignIn) -> Known {
    let read = case.facts.sign_ins.get().map(Vec::as_slice).unwrap_or_default();
    if let Some(said) = said(case, &one.id) {
        return said;
    }
    if let Some(word) = case.said(&CheckId::TestOthers.of(one.slot).part(&one.id)) {
        // "We made this sign-in": what it was for stands in the note.
        return Known::Said(Box::new(Classified {
            id: one.id.clone(),
            slot: Some(one.slot),
            what: Happened::SignIn,
            class: Class::Drill,
            person: word.person.clone(),
            date: word.date,
            note: word.note.clone(),
        }));
    }
    if case.evidence.is_of_a_test(one, read) {
        return Known::Test;
    }
    if case.evidence.is_expected(one, read) { Known::Here } else { Known::Nobody }
}

fn said(case: &Case<'_>, id: &str) -> Option<Known> {
    case.evidence.watched.said(id).map(|said| Known::Said(Box::new(said.clone())))
}

fn of_change(case: &Case<'_>, slot: Option<Slot>, seen: &AuditEntry) -> Happening {
    let known = match said(case, &seen.id) {
        Some(said) => said,
        None if is_ours(case, seen, slot) => Known::Here,
        None => Known::Nobody,
    };
    let failed = if seen.result.eq_ignore_ascii_case("failure") { ", which failed" } else { "" };
    Happening {
        id: seen.id.clone(),
        what: Happened::Change,
        slot,
        at: seen.at,
        words: format!("{} by {}{failed}", or_unknown(&seen.activity), or_unknown(&seen.by)),
        details: change_details(seen),
        known,
        alike: format!("{}\n{}\n{}", seen.activity, seen.by_id, seen.result),
    }
}

fn change_details(seen: &AuditEntry) -> Vec<(&'static str, String)> {
    let told = [
        ("What", seen.activity.clone()),
        ("When", time(seen.at)),
        ("By", or_unknown(&seen.by)),
        ("To", targets(seen)),
        ("Changed", seen.changed.join(", ")),
        ("Result", seen.result.clone()),
        ("Request", seen.id.clone()),
    ];
    told.into_iter().filter(|(_, said)| !said.is_empty()).collect()
}

/// Names of what was changed; the id where there is no name.
pub fn targets(seen: &AuditEntry) -> String {
    let name = |target: &crate::domain::facts::AuditTarget| {
        if target.name.is_empty() { target.id.clone() } else { target.name.clone() }
    };
    let names: Vec<String> = seen.targets.iter().map(name).filter(|name| !name.is_empty()).collect();
    names.join(", ")
}
