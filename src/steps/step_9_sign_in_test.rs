//! Step 9: each account signs in, holds its role, and is seen in the logs.
//!
//! A failed test is kept too. A successful sign-in in which a policy took part proves that the exclusion has a hole.

use std::collections::BTreeSet;

use jiff::SignedDuration;

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::SignIn;
use crate::domain::record::{AdministrativeRead, Test};
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::steps::shared::look::{
    Look, Seen, every_slot, fail, is_there, listed, needs_person, pass, read, report, unknown,
};
use crate::steps::shared::policies::Policies;
use crate::steps::shared::{exclusion_group, role, second_factor, upkeep, uses};

/// How much earlier than the end of the test its sign-in may be logged.
const EARLIER: SignedDuration = SignedDuration::from_mins(15);

/// Whether each account was tested, held its role and was logged.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    let tests = every_slot(case).into_iter().flat_map(|slot| slot_checks(case, slot));
    tests.chain(upkeep::test(case)).collect()
}

fn slot_checks(case: &Case<'_>, slot: Slot) -> Vec<Finding> {
    [
        (CheckId::TestSignIn, signed_in(case, slot)),
        (CheckId::TestRoles, roles(case, slot)),
        (CheckId::TestLogged, logged(case, slot)),
    ]
    .into_iter()
    .map(|(check, look)| report(check, look).of(slot))
    .collect()
}

fn test<'a>(case: &Case<'a>, slot: Slot) -> Look<&'a Test> {
    case.evidence.test(slot).ok_or_else(|| needs_person("not tested yet"))
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
        (true, "") if test.seconds < 2 => pass(format!("on {day} by {}, in under 2 seconds", test.person)),
        (true, "") => pass(format!("on {day} by {}, in {} seconds", test.person, test.seconds)),
        (true, issues) => pass(format!("on {day} by {}: {issues}", test.person)),
        (false, issues) => fail(format!("failed on {day}: {issues}")),
    })
}

fn roles(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let test = test(case, slot)?;
    Ok(match (test.passed, test.administrator, &test.read) {
        (true, true, _) if case.is_by_hand() => {
            pass(format!("Global Administrator in its own sign-in, as {} says, not looked up", test.person))
        }
        (true, true, Some(AdministrativeRead::Refused(why))) => fail(format!(
            "Global Administrator in its own sign-in, but what an administrator reads was refused: {why}"
        )),
        (true, true, Some(AdministrativeRead::Worked)) => {
            pass("Global Administrator in its own sign-in, and it read the tenant as one")
        }
        (true, true, None) => pass("Global Administrator in its own sign-in"),
        (true, false, _) => fail("signed in, but without Global Administrator"),
        (false, _, _) => unknown("the sign-in failed"),
    })
}

fn logged(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let test = test(case, slot)?;
    if exclusion_group::licensed(case) == Some(false) {
        return Ok(needs_person(
            "No Entra ID P1: sign-in logs cannot be read here; look for it in the portal",
        ));
    }
    let sign_ins = read(&case.facts.sign_ins)?;
    let since = test.at.checked_sub(EARLIER).unwrap_or(test.at);
    let found = sign_ins.iter().find(|s| s.slot == slot && s.error == 0 && s.at >= since);
    Ok(match found {
        Some(sign_in) => seen(case, sign_in),
        None => unknown("not in the log yet; sign-ins appear some minutes late"),
    })
}

fn seen(case: &Case<'_>, sign_in: &SignIn) -> Seen {
    let policies = Policies::of(case);
    let allowed = policies.all().filter(|policy| policies.is_allowed(policy));
    let allowed: BTreeSet<&str> = allowed.map(|policy| policy.name.as_str()).collect();
    let unwanted = sign_in.policies.iter().filter(|name| !allowed.contains(name.as_str()));
    let unwanted: Vec<&String> = unwanted.collect();
    match unwanted.is_empty() {
        true => pass(format!("in the log, {}", sign_in.at.strftime("%Y-%m-%d %H:%M UTC"))),
        false => fail(format!("in the log, but these policies took part: {}", listed(&unwanted))),
    }
}

/// Sessions that a test has left.
pub fn actions(case: &Case<'_>) -> Vec<Action> {
    every_slot(case).into_iter().filter_map(|slot| revocation(case, slot)).collect()
}

fn revocation(case: &Case<'_>, slot: Slot) -> Option<Action> {
    let account = case.facts.account(slot)?;
    let tested = case.evidence.test(slot).filter(|test| test.passed).map(|test| test.at);
    // A test that was given up may have left sessions as well.
    let last = tested.max(case.evidence.given_up.get(&slot).copied())?;
    let left = case.evidence.revoked.get(&slot).is_none_or(|at| *at < last);
    left.then(|| Action::RevokeSessions { slot, id: account.id.clone() })
}

/// Accounts that were not tested successfully and are ready to be.
pub fn asks(case: &Case<'_>) -> Vec<Ask> {
    let due = |slot: &Slot| {
        let passed = case.evidence.test(*slot).is_some_and(|test| test.passed && test.administrator);
        (!passed || uses::awaits_test(case, *slot) || upkeep::is_test_overdue(case, *slot))
            && is_ready(case, *slot)
    };
    every_slot(case).into_iter().filter(due).map(|slot| Ask::TestSignIn { slot }).collect()
}

/// The test of the account in `slot`, where it is ready for one.
pub(super) fn ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    is_ready(case, slot).then_some(Ask::TestSignIn { slot })
}

fn is_ready(case: &Case<'_>, slot: Slot) -> bool {
    let usable = || role::is_held(case, slot) && second_factor::can_be_used(case, slot);
    if case.is_by_hand() { is_there(case, slot) } else { usable() }
}
