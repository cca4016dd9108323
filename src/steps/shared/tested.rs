//! What a sign-in test still counts for: the password, the keys and the methods it was made with, and as much as it asked.
//!
//! A test that was overtaken is asked for again; nothing about it is called wrong.

use crate::domain::check::case::Case;
use crate::domain::facts::MethodKind;
use crate::domain::record::{Overtaken, SlipKind, SlipState, Strength, Test, TestedWith};
use crate::domain::slot::Slot;

/// Why the test of `slot` says nothing about what opens the account today; none where it does.
pub(in crate::steps) fn outdated(case: &Case<'_>, slot: Slot, test: &Test) -> Option<String> {
    let day = test.at.strftime("%Y-%m-%d");
    let since = overtaken(case, slot, test);
    let since = since.map(|what| format!("tested on {day}, and since then {what}; test it again"));
    since.or_else(|| is_weak(case, test).then(|| weak(&day.to_string())))
}

/// Whether a test has opened the account with what opens it today: what lay in the envelopes for it can be sealed now.
pub(in crate::steps) fn opens(case: &Case<'_>, slot: Slot) -> bool {
    case.evidence.test(slot).is_some_and(|test| test.passed && outdated(case, slot, test).is_none())
}

fn weak(day: &str) -> String {
    format!(
        "tested on {day} with the weakest sign-in there is (it asked only who signed in), which policies may let pass \
         where they stop an administrator; test it again"
    )
}

fn is_weak(case: &Case<'_>, test: &Test) -> bool {
    !case.is_by_hand() && test.passed && test.strength() == Strength::Weak
}

/// What is newer than the test.
fn overtaken(case: &Case<'_>, slot: Slot, test: &Test) -> Option<String> {
    let recorded = || case.evidence.overtaken.get(&slot).map(|by| recorded(case, slot, by));
    recorded().or_else(|| newer_slip(case, slot, test)).or_else(|| newer_password(case, slot, test)).or_else(
        || {
            let with = test.with.as_ref()?;
            other_methods(case, slot, with)
        },
    )
}

fn recorded(case: &Case<'_>, slot: Slot, by: &Overtaken) -> String {
    match by {
        Overtaken::Key(key) => format!("{} was registered", case.plan.key_name(slot, *key)),
        Overtaken::Otherwise(what) => what.clone(),
    }
}

/// A test by hand is told with a day, which may lie before the slip that it was told after.
fn newer_slip(case: &Case<'_>, slot: Slot, test: &Test) -> Option<String> {
    if test.strength() != Strength::ByHand {
        return None;
    }
    let slip = case.evidence.slip(slot, SlipKind::Password)?;
    let newer = slip.state == SlipState::Confirmed && slip.date > day_of(test.at);
    newer.then(|| format!("slip {} with its password was made", slip.number))
}

/// The tenant says that the password was changed, here or elsewhere.
fn newer_password(case: &Case<'_>, slot: Slot, test: &Test) -> Option<String> {
    let changed = case.facts.account(slot)?.password_changed?;
    let known = test.with.as_ref().and_then(|with| with.password);
    let newer = match known {
        Some(known) => changed > known,
        None if test.strength() == Strength::ByHand => day_of(changed) > day_of(test.at),
        None => changed > test.at,
    };
    newer.then(|| format!("its password was changed ({})", changed.strftime("%Y-%m-%d %H:%M UTC")))
}

fn day_of(at: jiff::Timestamp) -> jiff::civil::Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}

/// A method was added, or one is gone that the test may have used. Where it is known which key it used, that one decides.
fn other_methods(case: &Case<'_>, slot: Slot, with: &TestedWith) -> Option<String> {
    // Of an account that could not be read no methods were read either.
    let is_known = case.facts.methods.get().is_some() && case.facts.account(slot).is_some();
    if with.methods.is_empty() || !is_known {
        return None;
    }
    let now = || case.facts.methods_of(slot).filter(|method| method.kind.is_kept());
    if let Some(key) = &with.key {
        let gone = now().all(|method| method.id != *key);
        return gone.then(|| "the key that it used is gone".to_owned());
    }
    let added = now().find(|method| !with.methods.contains(&method.id));
    if let Some(method) = added {
        return Some(format!("{} {} was registered", what(method.kind), method.name).replace("  ", " "));
    }
    let gone = with.methods.iter().any(|known| now().all(|method| method.id != *known));
    gone.then(|| "a method that it may have used is gone".to_owned())
}

fn what(kind: MethodKind) -> &'static str {
    match kind {
        MethodKind::Fido2 => "the key",
        MethodKind::Phone => "the phone",
        MethodKind::Password | MethodKind::TemporaryPass | MethodKind::Other => "the method",
    }
}
