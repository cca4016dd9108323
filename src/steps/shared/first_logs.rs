//! Whether logs arrive in the workspace: rows of anybody in both tables, and those of the accounts' own sign-ins.
//!
//! Logs may be late for three days (contract 8). After that, what has not come does not come: that is a failure, which no
//! plan can accept.

use jiff::civil::Date;
use jiff::{Span, Timestamp};

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::facts::{LogTable, Monitoring};
use crate::steps::shared::look::{Look, Seen, fail, pass, read, same, unknown, waits};

/// Days until the first logs are looked for again: they can take three (contract 8). Rows that are older have stopped.
const FIRST_LOGS_DAYS: i8 = 3;
/// Rows of the accounts are asked for over seven days; what lies six back by the calendar may be older than that.
const SPAN_DAYS: i8 = 6;

/// Whether rows come, and those of these accounts.
pub(in crate::steps) fn arrived(case: &Case<'_>, monitoring: &Monitoring) -> Look<Seen> {
    if monitoring.tables.is_empty() {
        return Err(not_yet(case, again(since(case).unwrap_or(case.today))));
    }
    monitoring.tables.iter().try_for_each(can_alert)?;
    monitoring.tables.iter().try_for_each(|table| flows(case, table))?;
    Ok(match monitoring.rows {
        Some(0) => no_sign_in(case),
        Some(rows) => pass(format!("{rows} sign-ins of these accounts are in the workspace")),
        None => unknown("the logs flow; whether sign-ins of these accounts are among them was not checked")
            .because(Cause::Hidden),
    })
}

/// Alerts run on tables of the plan Analytics (contract 16). A table that is not there yet has none.
fn can_alert(table: &LogTable) -> Look<()> {
    match read(&table.plan)? {
        Some(plan) if !same(plan, "Analytics") => Err(fail(format!(
            "table {} has the plan {plan}, on which no alert fires; have it set to Analytics",
            table.name
        ))
        .told()),
        Some(_) | None => Ok(()),
    }
}

/// Something happens in a tenant every few days, you sign in for one: rows that all are older mean that the logs have
/// stopped.
pub(in crate::steps) fn flows(case: &Case<'_>, table: &LogTable) -> Look<()> {
    let name = &table.name;
    let Some(newest) = read(&table.newest)?.map(day) else {
        let since = since(case).unwrap_or(case.today);
        return Err(match case.today > again(since) {
            true => fail(format!(
                "{name} has no row, and logs were to be sent since {since}: see in the portal whether the diagnostic \
                 setting works"
            ))
            .told(),
            false => not_yet(case, again(since)),
        });
    };
    match case.today > again(newest) {
        true => Err(fail(format!("the newest row of {name} is of {newest}: the logs have stopped"))),
        false => Ok(()),
    }
}

/// The logs flow, and no sign-in of these accounts is among them: right where none was made, wrong where one was.
fn no_sign_in(case: &Case<'_>) -> Seen {
    let tested = case.evidence.tests.iter().filter(|test| test.passed).map(|test| day(test.at)).max();
    let Some(tested) = tested else {
        return unknown("the logs flow; no sign-in of these accounts yet, their test brings one")
            .because(Cause::Follows);
    };
    if case.today >= after(tested, SPAN_DAYS) {
        return pass("the logs flow; no sign-in of these accounts in seven days");
    }
    match since(case).filter(|since| *since <= tested) {
        Some(_) if case.today > again(tested) => fail(format!(
            "the logs flow, and the sign-in test of {tested} is not among them: see in the portal whether the \
             diagnostic setting sends SignInLogs"
        ))
        .told(),
        Some(_) => not_yet(case, again(tested)),
        None => not_yet(case, again(since(case).unwrap_or(case.today))),
    }
}

/// Since when both logs are sent: the setting was made here, or first seen to be right.
fn since(case: &Case<'_>) -> Option<Date> {
    case.evidence.logging_since.max(case.evidence.logging_seen).map(day)
}

fn not_yet(case: &Case<'_>, again: Date) -> Seen {
    waits(case, again, "none yet; the first can take three days").because(Cause::Lag)
}

fn again(day: Date) -> Date {
    after(day, FIRST_LOGS_DAYS)
}

fn after(day: Date, days: i8) -> Date {
    day.checked_add(Span::new().days(days)).unwrap_or(day)
}

fn day(at: Timestamp) -> Date {
    at.to_zoned(jiff::tz::TimeZone::UTC).date()
}
