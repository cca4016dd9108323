//! A review's checks of point 6, the logs: whether they arrive now, and whether somebody looks through them.
//!
//! What leads there (setting, workspace, plan of the tables) is step 7's.

use jiff::Timestamp;

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::{Cause, Next};
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::check::upkeep::UpkeepTask;
use crate::domain::facts::{LogTable, Monitoring};
use crate::domain::plan::Destination;
use crate::steps::review::said::{Statement, first_test, set_up_on};
use crate::steps::shared::azure::monitoring as azure;
use crate::steps::shared::exclusion_group::is_unlicensed;
use crate::steps::shared::first_logs;
use crate::steps::shared::look::{Look, Seen, listed, pass, read, report, unknown};
use crate::steps::shared::upkeep::signed;

/// Whether logs arrive, and are looked through.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    let flowing = match case.plan.alerts.destination {
        _ if is_unlicensed(case) => None,
        Destination::Elsewhere => elsewhere(case).finding(case),
        Destination::Workspace => Some(report(CheckId::LogsFlowing, flowing(case))).filter(is_past_the_first),
    };
    let review = report(CheckId::ReviewLogs, Ok(looked_through(case)));
    flowing.into_iter().chain([review]).collect()
}

/// As long as the very first logs are waited for, that is a check of its own.
fn is_past_the_first(finding: &Finding) -> bool {
    finding.next != Next::Because(Cause::Lag)
}

/// What a person has to say of them.
pub(in crate::steps) fn asks(case: &Case<'_>) -> Vec<Ask> {
    let is_elsewhere = case.plan.alerts.destination == Destination::Elsewhere && !is_unlicensed(case);
    let flowing = is_elsewhere.then(|| arrives_ask(case)).flatten();
    let review = (!looked_through(case).is_pass()).then(log_review);
    flowing.into_iter().chain(review).collect()
}

/// Rows are there, and the newest is young.
fn flowing(case: &Case<'_>) -> Look<Seen> {
    let monitoring = azure(case)?;
    if monitoring.tables.is_empty() {
        return Err(unknown("there is no workspace to look into").because(Cause::Follows));
    }
    monitoring.tables.iter().try_for_each(|table| first_logs::flows(case, table))?;
    newest(monitoring)
}

/// "newest row of SigninLogs 2026-11-30 08:12 UTC, of AuditLogs …".
fn newest(monitoring: &Monitoring) -> Look<Seen> {
    let told = |table: &LogTable| -> Look<String> {
        let at = read(&table.newest)?.map_or_else(|| "none".to_owned(), moment);
        Ok(format!("{} {at}", table.name))
    };
    let told: Vec<String> = monitoring.tables.iter().map(told).collect::<Look<_>>()?;
    Ok(pass(format!("newest rows: {}", listed(&told))))
}

fn moment(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

/// In another system no program looks from here.
fn elsewhere(case: &Case<'_>) -> Statement {
    Statement {
        about: CheckId::LogsFlowing.whole(),
        since: set_up_on(case),
        open: "nobody has vouched that logs arrive in the other system today",
    }
}

fn arrives_ask(case: &Case<'_>) -> Option<Ask> {
    let place = case.plan.alerts.elsewhere.clone().unwrap_or_default();
    let statement = format!("Sign-in and audit logs of the last day are in: {place}");
    elsewhere(case).ask(case, statement, "Time of the newest entry")
}

/// The weekly look at what the accounts did and what was done to them: somebody's word, or a review that was signed, which
/// nobody signs before each of them is classified.
fn looked_through(case: &Case<'_>) -> Seen {
    let statement = Statement {
        about: CheckId::ReviewLogs.whole(),
        since: first_test(case),
        open: "nobody has looked through the sign-ins and changes since the accounts were set up",
    };
    let every = case.plan.upkeep.every(UpkeepTask::LogReview);
    let signed = signed(case).filter(|day| every.after(*day) >= case.today);
    match (statement.seen(case), signed) {
        (seen, _) if seen.is_pass() => seen,
        (_, Some(day)) => pass(format!("with the review that was signed on {day}")),
        (seen, None) => seen,
    }
}

/// The question for it, due or not: whoever looked today may say so.
pub(super) fn log_review() -> Ask {
    let statement = "We looked through every sign-in of these accounts, and every change to them, since the last time; each \
                     belongs to a test or an emergency that we know of";
    Ask::Attest(Attest {
        about: CheckId::ReviewLogs.whole(),
        statement: statement.to_owned(),
        note: "Anything odd, and what it was".to_owned(),
    })
}
