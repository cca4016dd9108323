//! Whom the action group tells: one that is made here gains who is missing; one of others, which the plan adopts, is used as it
//! is and never written, because its owners decide whom it tells, and of what else.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::facts::{ActionGroup, Hidden, Monitoring};
use crate::domain::text::counted;
use crate::steps::shared::alert_writes::{is_told, is_whole};
use crate::steps::shared::azure::{Work, absent, monitoring as azure};
use crate::steps::shared::look::{Look, Seen, listed, needs_person, pass};

/// Whether the action group tells everybody whom the plan names.
pub(in crate::steps) fn told(case: &Case<'_>) -> Look<Seen> {
    let monitoring = azure(case)?;
    if let Some(named) = &case.plan.alerts.action_group {
        return of_others(case, monitoring, named);
    }
    match &monitoring.action_group {
        Some(group) if !group.enabled => absent(case, Work::ActionGroup, "the action group is switched off"),
        Some(group) if group.recipients.is_empty() && case.plan.alerts.recipients.is_empty() => {
            absent(case, Work::ActionGroup, "the action group tells nobody")
        }
        Some(group) => match missing_recipients(case, group) {
            missing if missing.is_empty() => {
                Ok(pass(format!("tells {}", counted(group.recipients.len(), "mailbox", "mailboxes"))))
            }
            missing => absent(case, Work::ActionGroup, &format!("does not tell {}", listed(&missing))),
        },
        None if monitoring.hidden.contains(&Hidden::ActionGroup) => Err(hidden()),
        None => absent(case, Work::ActionGroup, "there is no action group yet"),
    }
}

/// One that the plan adopts is its owners': what it lacks is for them to add.
fn of_others(case: &Case<'_>, monitoring: &Monitoring, named: &str) -> Look<Seen> {
    let Some(group) = &monitoring.action_group else {
        return match monitoring.hidden.contains(&Hidden::ActionGroup) {
            true => Err(hidden()),
            false => Ok(needs_person(format!(
                "the plan uses the action group {named}, and there is none of that name; nothing is made in its place"
            ))
            .told()),
        };
    };
    let left = "it belongs to others and is left as it is: have its owner";
    if !group.enabled {
        return Ok(needs_person(format!("{named} is switched off; {left} switch it on")).told());
    }
    match missing_recipients(case, group) {
        missing if missing.is_empty() => {
            Ok(pass(format!("{named}, of others, is used as it is; it tells {}", group.tells())))
        }
        missing => Ok(needs_person(format!(
            "{named} does not tell {}; {left} add what is missing, or change whom the plan names",
            listed(&missing)
        ))
        .told()),
    }
}

fn hidden() -> Seen {
    needs_person("the action group may not be read: that is for a Monitoring Reader").because(Cause::Hidden)
}

fn missing_recipients(case: &Case<'_>, group: &ActionGroup) -> Vec<String> {
    let planned = case.plan.alerts.recipients.iter().filter(|one| !is_whole(one, group));
    planned
        .map(|one| match (is_told(&one.email, &group.recipients), one.masked()) {
            (true, Some(number)) => format!("{} by SMS ({number})", one.name),
            _ => one.email.clone(),
        })
        .collect()
}
