//! What is wrong with a command line of `review` before anything is made, read or sent.

use std::io::IsTerminal as _;
use std::path::Path;

use crate::app::rehearsal_tenant::can_rehearse;
use crate::app::{consent, usage};
use crate::cli::{Options, ReviewOptions, ScheduleOptions};
use crate::domain::review::Format;
use crate::domain::slot::Slot;
use crate::domain::text::{clean, is_domain, is_guid, is_mail_address};
use crate::domain::trouble::Trouble;

/// Refuses what no review can begin with.
///
/// # Errors
///
/// What is wrong.
pub fn of_review(options: &Options, review: &ReviewOptions) -> Result<(), Trouble> {
    can_rehearse(options)?;
    usage::of_cloud(options)?;
    usage::of_sign_in(options)?;
    usage::of_nobody(options)?;
    of_accounts(review)?;
    of_since(review)?;
    of_result(options, review)?;
    if review.repairs.is_empty() {
        return options.yes_write_to.as_ref().map_or(Ok(()), |_| Err(writes_nothing()));
    }
    if !options.unattended {
        return Err(repaired_by_somebody());
    }
    consent::unattended(options)
}

/// Consent to nothing is taken for a mistake: whoever gives it expects something to be written.
fn writes_nothing() -> Trouble {
    Trouble::new(
        "--yes-write-to is not taken here.",
        "A review writes nothing to a tenant unless --repair names what, so there is nothing to consent to.",
        "Leave it out, or say with --repair what may be repaired.",
    )
}

/// What is written like a day is one, or a file.
fn of_since(review: &ReviewOptions) -> Result<(), Trouble> {
    let Some(since) = review.since.as_deref() else { return Ok(()) };
    let is_like_a_day = since.split('-').count() == 3
        && since.split('-').all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    let is_wrong = is_like_a_day && since.parse::<jiff::civil::Date>().is_err() && !Path::new(since).exists();
    match is_wrong {
        true => Err(Trouble::new(
            format!("{since} is no day of the calendar."),
            "Behind --since stands a day as year, month and day, or a file made by: breakglass review --format json",
            "Write it like 2026-09-30.",
        )),
        false => Ok(()),
    }
}

fn repaired_by_somebody() -> Trouble {
    Trouble::new(
        "--repair is not taken here.",
        "It says what may be repaired where nobody is at the console; here somebody sees what is offered, and decides.",
        "Leave it out, or add --unattended, with --tenant spelled out.",
    )
}

fn of_accounts(review: &ReviewOptions) -> Result<(), Trouble> {
    let odd = review.accounts.iter().find(|account| !is_mail_address(account) && !is_guid(account));
    if let Some(odd) = odd {
        return Err(Trouble::new(
            format!("{} is no name that an account signs in with.", clean(odd)),
            "Behind --account stands a user principal name or an object id.",
            "Use a name like harbor.lantern@contoso.onmicrosoft.com.",
        ));
    }
    let most = Slot::all().count();
    if review.accounts.len() > most {
        return Err(Trouble::new(
            format!("{} accounts are too many.", review.accounts.len()),
            "A plan has two to four emergency access accounts.",
            format!("Name --account {most} times at the most."),
        ));
    }
    Ok(())
}

/// A format is for whoever reads the result of a run without a person.
fn of_result(options: &Options, review: &ReviewOptions) -> Result<(), Trouble> {
    let nobody = options.unattended || options.dry_run || options.json;
    if options.json && review.format.is_some_and(|format| format != Format::Json) {
        return Err(Trouble::new(
            "--json and --format say different things.",
            "--json is short for --format json.",
            "Leave one of them out.",
        ));
    }
    if review.format.is_some() && !nobody {
        return Err(Trouble::new(
            "--format is not taken here.",
            "It says how a result is told where nobody is at the console; here somebody reads screens.",
            "Add --unattended, with --tenant spelled out, or --dry-run; or leave --format out.",
        ));
    }
    match (review.format, &review.output) {
        (Some(Format::Pdf), None) if std::io::stdout().is_terminal() => Err(Trouble::new(
            "A PDF is not shown in a terminal.",
            "It would be read as commands.",
            "Name a file with --output, or lead standard output into one.",
        )),
        (None, Some(_)) if !options.json => Err(Trouble::new(
            "What is to be written is not named.",
            "--output names a file, not what is in it.",
            "Add --format: text, json, markdown, pdf, junit, csv or sarif.",
        )),
        _ => Ok(()),
    }
}

/// Refuses what several tenants cannot be reviewed with.
///
/// # Errors
///
/// What is wrong.
pub fn of_tenants(options: &Options, review: &ReviewOptions) -> Result<(), Trouble> {
    let typed = [
        ("tenant", options.tenant.is_some()),
        ("plan", options.plan.is_some()),
        ("record", options.record.is_some()),
        ("cloud", options.cloud.is_some()),
        ("sign-in", options.sign_in.is_some()),
        ("azure-sign-in", options.azure_sign_in.is_some()),
        ("client-id", options.client_id.is_some()),
        ("secret-file", options.secret_file.is_some()),
        ("certificate", options.certificate.is_some()),
        ("account", !review.accounts.is_empty()),
        ("since", review.since.is_some()),
        ("repair", !review.repairs.is_empty()),
        ("yes-write-to", options.yes_write_to.is_some()),
    ];
    if let Some((name, _)) = typed.iter().find(|(_, is_typed)| *is_typed) {
        return Err(Trouble::new(
            format!("--tenants takes no --{name}."),
            "It reviews several tenants, each as the file says, and writes to none of them.",
            "Leave it out; what one tenant needs stands in its [[tenant]].",
        ));
    }
    match review.format {
        None | Some(Format::Text | Format::Json) => Ok(()),
        Some(other) => Err(Trouble::new(
            format!("--tenants tells nothing as {}.", other.name()),
            "The summary of several tenants is text or JSON; each tenant's own report lies with its record.",
            "Use --format text or --format json.",
        )),
    }
}

/// Refuses what nothing can be scheduled with.
///
/// # Errors
///
/// What is wrong.
pub fn of_schedule(options: &Options, wanted: &ScheduleOptions) -> Result<(), Trouble> {
    usage::of_cloud(options)?;
    let is_elsewhere = ["kubernetes", "github"].contains(&wanted.kind.as_str());
    if wanted.tenants.is_some() {
        let of_one = [("tenant", options.tenant.is_some()), ("plan", options.plan.is_some())];
        let odd = of_one
            .iter()
            .find(|(_, is_typed)| *is_typed)
            .map(|(name, _)| format!("--tenants takes no --{name}."));
        let odd = odd.or((wanted.kind == "ics").then(|| "A calendar is about one tenant.".to_owned()));
        return match odd {
            None => Ok(()),
            Some(what) => Err(Trouble::new(
                what,
                "The file says it for each tenant.",
                "Leave out what is about one tenant, or --tenants.",
            )),
        };
    }
    let Some(tenant) = options.tenant.as_deref().or(options.cloud.as_ref().map(|_| "rehearsal")) else {
        return Err(Trouble::new(
            "A schedule is not made without a tenant.",
            "It runs where nobody sees which one it is.",
            "Spell it out: --tenant TENANT, which is rehearsal, manual, or the id or a domain of a real one; or name several \
             with --tenants FILE.",
        ));
    };
    match () {
        () if is_elsewhere && !is_guid(tenant) && !is_domain(tenant) => Err(Trouble::new(
            format!("The {tenant} tenant is not reviewed on another machine."),
            "It is on this one only.",
            "Name a tenant with --tenant, or several with --tenants FILE.",
        )),
        () if is_elsewhere && options.client_id.is_none() => Err(Trouble::new(
            "The application that signs in there is not named.",
            "The workload has no other name to sign in with.",
            "Add --client-id; how it is registered: breakglass guide registration",
        )),
        () if wanted.kind != "ics" && is_shown(options) && is_live(options, tenant) => Err(Trouble::new(
            "Nobody is there to sign in at night.",
            "A browser or a device code needs a person.",
            "Add --sign-in with client-certificate, managed-identity, workload-identity, client-secret or azure-cli.",
        )),
        () => Ok(()),
    }
}

fn is_shown(options: &Options) -> bool {
    options.sign_in.unwrap_or_default().is_shown() && options.plan.is_none()
}

fn is_live(options: &Options, tenant: &str) -> bool {
    !["rehearsal", "manual"].contains(&tenant)
        && options.cloud.as_ref().is_none_or(|cloud| !Path::new(cloud).exists())
}
