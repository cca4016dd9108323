//! Step 9: each account signs in, holds its role, and is seen in the logs; then its envelopes are sealed and put away, for a
//! test opens them.
//!
//! A failed test is kept too. A successful sign-in in which a policy took part proves that the exclusion has a hole.

use std::collections::BTreeSet;

use jiff::civil::Date;
use jiff::{Timestamp, tz::TimeZone};

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::record::{AdministrativeRead, Test};
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::steps::shared::look::{
    Look, Seen, every_slot, fail, is_there, listed, needs_person, pass, read, report, unknown, vouched, waits,
};
use crate::steps::shared::policies::Policies;
use crate::steps::shared::{
    exclusion_group, registered, role, second_factor, sign_ins, tested, upkeep, uses,
};
use crate::steps::step_8_credentials;

/// Whether each account was tested, held its role and was logged.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    let tests = every_slot(case).into_iter().flat_map(|slot| slot_checks(case, slot));
    let envelopes = every_slot(case).into_iter().flat_map(|slot| step_8_credentials::envelopes(case, slot));
    tests.chain(envelopes).chain(upkeep::test(case)).collect()
}

fn slot_checks(case: &Case<'_>, slot: Slot) -> Vec<Finding> {
    [
        (CheckId::TestSignIn, signed_in(case, slot)),
        (CheckId::TestRoles, roles(case, slot)),
        (CheckId::TestLogged, logged(case, slot)),
    ]
    .into_iter()
    .chain(others(case, slot).map(|look| (CheckId::TestOthers, look)))
    .map(|(check, look)| report(check, look).of(slot))
    .collect()
}

/// Where the log cannot be read at all, that is said once, by the check before; what was seen in it stays open.
fn others(case: &Case<'_>, slot: Slot) -> Option<Look<Seen>> {
    let readable = !case.is_by_hand() && exclusion_group::licensed(case) != Some(false);
    (readable || sign_ins::is_open(case, slot)).then(|| sign_ins::others(case, slot))
}

fn test<'a>(case: &Case<'a>, slot: Slot) -> Look<&'a Test> {
    let test = case.evidence.test(slot);
    let test = test.ok_or_else(|| needs_person("not tested yet").because(Cause::NotMade))?;
    // A test that failed says so, whatever came after it.
    let outdated = Some(test).filter(|test| test.passed).and_then(|test| tested::outdated(case, slot, test));
    outdated.map_or(Ok(test), |why| Err(needs_person(why).because(Cause::Overtaken)))
}

fn signed_in(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let test = test(case, slot)?;
    let day = test.at.strftime("%Y-%m-%d");
    let told =
        if case.is_by_hand() { format!(", as {} says, not looked up", test.person) } else { String::new() };
    Ok(match (test.passed, test.issues.as_str()) {
        (true, "") if case.is_by_hand() => pass(format!("on {day}{told}")),
        (true, issues) if case.is_by_hand() => pass(format!("on {day}{told}: {issues}")),
        // Less than two seconds is no figure that tells anything.
        (true, "") if test.seconds < 2 => {
            pass(format!("on {day} by {}{}, in under 2 seconds", test.person, proved(case, slot, test)))
        }
        (true, "") => pass(format!(
            "on {day} by {}{}, in {} seconds",
            test.person,
            proved(case, slot, test),
            test.seconds
        )),
        (true, issues) => pass(format!("on {day} by {}: {issues}{}", test.person, proved(case, slot, test))),
        (false, issues) => fail(format!("failed on {day}: {issues}")),
    })
}

/// Which of several methods it proves, where there is more than one.
fn proved(case: &Case<'_>, slot: Slot, test: &Test) -> String {
    let Some(with) = test.with.as_ref().filter(|with| with.methods.len() > 1) else { return String::new() };
    let used = case.facts.methods_of(slot).find(|method| with.key.as_ref() == Some(&method.id));
    let planned = registered::planned_keys(case, slot).into_iter();
    let mut planned = planned.filter(|(_, key)| with.key.as_ref() == Some(&key.id));
    let name = planned.next().map(|(place, _)| case.plan.key_name(slot, place));
    match name.or_else(|| used.map(|method| method.name.clone())) {
        Some(name) => format!(", with {name} and no other"),
        None => format!(", with one of {} methods, nobody said which", with.methods.len()),
    }
}

fn roles(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let test = test(case, slot)?;
    Ok(match (test.passed, test.administrator) {
        (true, true) if case.is_by_hand() => {
            pass(format!("Global Administrator in its own sign-in, as {} says, not looked up", test.person))
        }
        (true, true) => reads(test),
        (true, false) => fail("signed in, but without Global Administrator"),
        (false, _) => unknown("the sign-in failed").because(Cause::Follows),
    })
}

/// What an administrator needs on the day: Graph, and Azure.
fn reads(test: &Test) -> Seen {
    let graph = told("what an administrator reads", test.read.as_ref());
    let azure = told("Azure", test.azure.as_ref());
    match graph.or(azure) {
        Some(seen) => seen,
        None if test.azure.is_none() => pass("Global Administrator in its own sign-in"),
        None => {
            pass("Global Administrator in its own sign-in; it read the tenant as one, and got into Azure")
        }
    }
}

fn told(what: &str, read: Option<&AdministrativeRead>) -> Option<Seen> {
    match read? {
        AdministrativeRead::Worked => None,
        AdministrativeRead::Refused(why) => {
            Some(fail(format!("Global Administrator in its own sign-in, but {what} was refused: {why}")))
        }
        AdministrativeRead::NotAsked(why) => Some(unknown(format!(
            "Global Administrator in its own sign-in, but {what} could not be tried: {why}"
        ))),
    }
}

fn logged(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let test = test(case, slot)?;
    if let Some(logged) = case.evidence.logged(test) {
        return Ok(in_log(case, logged.at, &logged.policies, &logged.id));
    }
    if exclusion_group::is_unlicensed(case) {
        let none = "No Entra ID P1: sign-in logs cannot be read here; look for it in the portal";
        return Ok(vouched(case, &CheckId::TestLogged.of(slot))
            .unwrap_or_else(|| needs_person(none).because(Cause::Unlicensed)));
    }
    let sign_ins = read(&case.facts.sign_ins)?;
    Ok(match case.evidence.own_entry(test, sign_ins) {
        Some(sign_in) => in_log(case, sign_in.at, &sign_in.policies, &sign_in.id),
        // Most come in minutes; a log may lag for a day (contract 3).
        None => waits(case, day_after(test.at), "not in the log yet; sign-ins appear some minutes late"),
    })
}

fn day_after(at: Timestamp) -> Date {
    let day = at.to_zoned(TimeZone::UTC).date();
    day.tomorrow().unwrap_or(day)
}

fn in_log(case: &Case<'_>, at: Timestamp, took_part: &[String], request: &str) -> Seen {
    let policies = Policies::of(case);
    let allowed = policies.all().filter(|policy| policies.is_allowed(policy));
    let allowed: BTreeSet<&str> = allowed.map(|policy| policy.name.as_str()).collect();
    let unwanted = took_part.iter().filter(|name| !allowed.contains(name.as_str()));
    let unwanted: Vec<&String> = unwanted.collect();
    match unwanted.is_empty() {
        true => pass(format!("in the log, {} (request {request})", at.strftime("%Y-%m-%d %H:%M UTC"))),
        false => fail(format!("in the log, but these policies took part: {}", listed(&unwanted))),
    }
}

/// Sessions that a test has left.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    every_slot(case).into_iter().filter_map(|slot| revocation(case, slot)).collect()
}

/// The end of the sessions that the last test of the account in `slot` has left.
pub(super) fn revocation(case: &Case<'_>, slot: Slot) -> Option<Action> {
    let account = case.facts.account(slot)?;
    let tested = case.evidence.test(slot).filter(|test| test.passed).map(|test| test.at);
    // A test that was given up may have left sessions as well.
    let last = tested.max(case.evidence.given_up.get(&slot).copied())?;
    let left = case.evidence.revoked.get(&slot).is_none_or(|at| *at < last);
    left.then(|| Action::RevokeSessions { slot, id: account.id.clone() })
}

/// Accounts that were not tested successfully with what opens them now and are ready to be; and sign-ins that somebody has
/// to explain.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    let slots = every_slot(case);
    let due = slots.iter().filter(|slot| is_due(case, **slot) && is_ready(case, **slot));
    let tests = due.map(|slot| Ask::TestSignIn { slot: *slot });
    let logs = slots.iter().filter_map(|slot| log_ask(case, *slot));
    let envelopes = slots.iter().flat_map(|slot| step_8_credentials::envelope_asks(case, *slot));
    let others = slots.iter().flat_map(|slot| sign_ins::asks(case, *slot));
    tests.chain(logs).chain(envelopes).chain(others).collect()
}

/// Without a license only the portal shows the sign-in of a test: somebody looks for it there.
fn log_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let about = CheckId::TestLogged.of(slot);
    let test = test(case, slot).ok().filter(|test| test.passed && exclusion_group::is_unlicensed(case))?;
    (!case.attested(&about)).then(|| {
        Ask::Attest(Attest {
            about,
            statement: format!(
                "The sign-in of the {slot} account at {} stands in its sign-in log in the portal, with status Success",
                test.at.strftime("%Y-%m-%d %H:%M UTC")
            ),
            note: "Anything odd about it".to_owned(),
        })
    })
}

fn is_due(case: &Case<'_>, slot: Slot) -> bool {
    let whole = |test: &Test| test.is_whole() && tested::outdated(case, slot, test).is_none();
    !case.evidence.test(slot).is_some_and(whole)
        || uses::awaits_test(case, slot)
        || second_factor::awaits_proof(case, slot)
        || upkeep::is_test_overdue(case, slot)
}

/// The test of the account in `slot`, where it is ready for one.
pub(super) fn ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    is_ready(case, slot).then_some(Ask::TestSignIn { slot })
}

fn is_ready(case: &Case<'_>, slot: Slot) -> bool {
    let usable = || role::is_held(case, slot) && second_factor::can_be_used(case, slot);
    if case.is_by_hand() { is_there(case, slot) } else { usable() }
}
