//! What happened since the last review, as the report has it.

use crate::domain::check::case::Case;
use crate::domain::record::Happened;
use crate::domain::slot::Slot;
use crate::journeys::report::review::{ChangeReport, Class, SignInReport};
use crate::steps::review::happened::{Happening, Known, happenings};

/// Sign-ins, newest first.
pub fn sign_ins(case: &Case<'_>) -> Vec<SignInReport> {
    of(case, Happened::SignIn).iter().map(sign_in).collect()
}

/// Changes, newest first.
pub fn changes(case: &Case<'_>) -> Vec<ChangeReport> {
    of(case, Happened::Change).iter().map(change).collect()
}

fn of(case: &Case<'_>, what: Happened) -> Vec<Happening> {
    happenings(case).into_iter().filter(|one| one.what == what).collect()
}

fn sign_in(one: &Happening) -> SignInReport {
    let (by, on) = said(one);
    SignInReport {
        slot: one.slot.map(Slot::key).unwrap_or_default().to_owned(),
        at: one.at,
        place: detail(one, "From"),
        application: detail(one, "Application"),
        method: detail(one, "Method"),
        result: detail(one, "Result"),
        policies: detail(one, "Policies"),
        request: one.id.clone(),
        class: class_of(one, Class::Drill),
        by,
        on,
    }
}

fn change(one: &Happening) -> ChangeReport {
    let (person, on) = said(one);
    ChangeReport {
        at: one.at,
        what: detail(one, "What"),
        by: detail(one, "By"),
        target: detail(one, "To"),
        request: one.id.clone(),
        class: class_of(one, Class::Work),
        person,
        on,
    }
}

/// What it was; what was done from here counts as `here`.
fn class_of(one: &Happening, here: Class) -> Option<Class> {
    one.known.class().or_else(|| (one.known == Known::Here).then_some(here))
}

fn detail(one: &Happening, name: &str) -> String {
    let found = one.details.iter().find(|(own, _)| *own == name);
    found.map(|(_, said)| said.clone()).unwrap_or_default()
}

/// Who said what it was, and when; the record itself where it tells of it.
fn said(one: &Happening) -> (Option<String>, Option<jiff::civil::Date>) {
    match &one.known {
        Known::Nobody => (None, None),
        Known::Test | Known::Here => (Some("the record".to_owned()), None),
        Known::Said(said) => (Some(said.person.clone()), Some(said.date)),
    }
}
