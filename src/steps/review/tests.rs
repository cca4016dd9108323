//! A review's checks of point 9, the tests: each key within its month, more than one person within a year, and nobody who
//! takes the accounts for unused ones.

use std::collections::BTreeSet;

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::upkeep::UpkeepTask;
use crate::domain::slot::Slot;
use crate::domain::text::counted;
use crate::steps::review::said::{Statement, first_test, set_up_on};
use crate::steps::shared::keys_tried::{Tried, keys_tried};
use crate::steps::shared::look::{
    Look, Seen, account, every_slot, fail, listed, needs_person, pass, read, report,
};

/// Whether tests and testers are as they should be.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    let keys = every_slot(case).into_iter().filter_map(|slot| every_key(case, slot));
    let deputy = report(CheckId::TestDeputy, Ok(deputy(case)));
    keys.chain([deputy]).chain(exempt(case).finding(case)).collect()
}

/// What a person has to do or say.
pub(in crate::steps) fn asks(case: &Case<'_>) -> Vec<Ask> {
    let slots = every_slot(case);
    let tests =
        slots.iter().filter(|slot| is_key_due(case, **slot)).map(|slot| Ask::TestSignIn { slot: *slot });
    let words = slots.iter().filter_map(|slot| by_hand_ask(case, *slot));
    tests.chain(words).chain(deputy_ask(case)).chain(exempt_ask(case)).collect()
}

/// Whether each registered key of the plan was tried in time; nothing for an account without keys.
fn every_key(case: &Case<'_>, slot: Slot) -> Option<Finding> {
    let planned = case.plan.account(slot).map_or(0, |planned| planned.keys.len());
    let look = if case.is_by_hand() { Ok(by_hand(case, slot)) } else { keys(case, slot) };
    (planned > 0).then(|| report(CheckId::TestEveryKey, look).of(slot))
}

fn keys(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    account(case, slot)?;
    read(&case.facts.methods)?;
    let keys = keys_tried(case, slot);
    let late = keys.iter().filter(|key| key.overdue_days(case.today) > 0);
    let late: Vec<String> = late.map(|key| overdue(case, key)).collect();
    let told: Vec<String> = keys.iter().map(in_time).collect();
    Ok(match (late.is_empty(), told.is_empty()) {
        (false, _) => fail(listed(&late)),
        (true, true) => needs_person("no key of the plan is registered").because(Cause::Follows),
        (true, false) => pass(listed(&told)),
    })
}

/// "Lantern key 2 was never tried, 12 days overdue".
fn overdue(case: &Case<'_>, key: &Tried<'_>) -> String {
    let late = key.overdue_days(case.today);
    let days = counted(usize::try_from(late).unwrap_or_default(), "day", "days");
    match key.last {
        Some(last) => format!("{} was tried on {last}, {days} overdue", key.name),
        None => format!("{} was never tried, {days} overdue", key.name),
    }
}

fn in_time(key: &Tried<'_>) -> String {
    let by = key.due.map(|due| format!(", next by {due}")).unwrap_or_default();
    match key.last {
        Some(last) => format!("{} on {last}{by}", key.name),
        None => format!("{} not yet{by}", key.name),
    }
}

/// Without a connection nobody sees which key signed in: the account's test says it of one, and a person of more.
fn by_hand(case: &Case<'_>, slot: Slot) -> Seen {
    let statement = by_hand_statement(case, slot);
    match case.plan.account(slot).map_or(0, |planned| planned.keys.len()) {
        0 | 1 => pass("one key; the sign-in test is made with it"),
        _ => statement.seen(case),
    }
}

fn by_hand_statement(case: &Case<'_>, slot: Slot) -> Statement {
    Statement {
        about: CheckId::TestEveryKey.of(slot),
        since: first_test(case),
        open: "nobody has vouched that each key has signed in",
    }
}

fn by_hand_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let is_meant = case.is_by_hand() && case.plan.account(slot).is_some_and(|planned| planned.keys.len() > 1);
    let statement = format!("Each key of the {slot} account has signed in");
    is_meant.then(|| by_hand_statement(case, slot).ask(case, statement, "Which key on which day")).flatten()
}

/// Whether a test of the account is due for one of its keys.
fn is_key_due(case: &Case<'_>, slot: Slot) -> bool {
    !case.is_by_hand() && keys_tried(case, slot).iter().any(|key| key.overdue_days(case.today) > 0)
}

/// Whether two people have tried the way in within the last year: whoever has never done it will not do it at night.
fn deputy(case: &Case<'_>) -> Seen {
    match testers(case).len() {
        0 | 1 => deputy_statement(case).seen(case),
        several => pass(format!("{} have made tests within the year", counted(several, "person", "people"))),
    }
}

/// Who has signed in with an account within the last year.
fn testers(case: &Case<'_>) -> BTreeSet<String> {
    let year = case.plan.upkeep.every(UpkeepTask::Rotation);
    let tests =
        case.evidence.tests.iter().filter(|test| test.passed && year.after(test.date()) >= case.today);
    tests.map(|test| test.person.trim().to_lowercase()).collect()
}

fn deputy_statement(case: &Case<'_>) -> Statement {
    Statement {
        about: CheckId::TestDeputy.whole(),
        since: first_test(case),
        open: match testers(case).is_empty() {
            true => "nobody has made a test within the year",
            false => "one person alone has made every test within the year",
        },
    }
}

fn deputy_ask(case: &Case<'_>) -> Option<Ask> {
    let statement = "A deputy has signed in with the papers alone, without help".to_owned();
    let is_open = !matches!(deputy(case).verdict, crate::domain::check::finding::Verdict::Pass);
    let attest =
        Attest { about: CheckId::TestDeputy.whole(), statement, note: "Who, and on which day".to_owned() };
    is_open.then_some(Ask::Attest(attest))
}

/// Jobs, access reviews and workflows that disable what nobody signs in with.
fn exempt(case: &Case<'_>) -> Statement {
    Statement {
        about: CheckId::AccountCleanupExempt.whole(),
        since: set_up_on(case),
        open: "nobody has vouched that no job disables the accounts because nobody signs in with them",
    }
}

fn exempt_ask(case: &Case<'_>) -> Option<Ask> {
    let statement = "Jobs, access reviews and workflows that disable or delete unused accounts leave these accounts alone";
    exempt(case).ask(case, statement.to_owned(), "Which jobs there are, and where the exception stands")
}
