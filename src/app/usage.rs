//! What is wrong with a command line before anything is made, read or sent: usage, which ends with a code of its own.

use std::path::Path;

use crate::app::rehearsal_tenant::can_rehearse;
use crate::app::{consent, no_tenant};
use crate::cli::{Options, SheetOptions};
use crate::domain::connection::cloud::Cloud;
use crate::domain::connection::sign_in::SignInWay;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;

/// Refuses options that no run can begin with.
///
/// # Errors
///
/// What is wrong with them.
pub fn of_journey(options: &Options) -> Result<(), Trouble> {
    can_rehearse(options)?;
    of_cloud(options)?;
    of_sign_in(options)?;
    of_nobody(options)?;
    consent::unattended(options)
}

/// Where nobody is at the console, the tenant is spelled out; and only there a result is printed as JSON.
pub(super) fn of_nobody(options: &Options) -> Result<(), Trouble> {
    match () {
        () if options.unattended && options.tenant.is_none() => Err(Trouble::new(
            "--unattended is not taken without a tenant.",
            "Nobody would see which one it is.",
            "Spell it out: --tenant TENANT, which is rehearsal, manual, or the id or a domain of a real one.",
        )),
        () if options.json && !options.unattended && !options.dry_run => Err(json_of_nobody()),
        () => Ok(()),
    }
}

/// Refuses what no page can be made with.
///
/// # Errors
///
/// What is wrong.
pub fn of_sheet(options: &Options, wanted: &SheetOptions) -> Result<(), Trouble> {
    of_cloud(options)?;
    let speaks = |uri: &String| ["ipp://", "ipps://"].iter().any(|scheme| uri.starts_with(scheme));
    if let Some(uri) = wanted.printer.as_ref().filter(|uri| !speaks(uri)) {
        return Err(no_printer(uri));
    }
    match &wanted.output {
        Some(file) => crate::effects::sheets::can_be_written(file),
        None => Ok(()),
    }
}

pub(super) fn of_cloud(options: &Options) -> Result<(), Trouble> {
    let Some(name) = &options.cloud else { return Ok(()) };
    let is_rehearsal = matches!(options.tenant.as_deref(), None | Some("rehearsal"));
    match Cloud::named(name) {
        Some(_) if is_rehearsal => Err(no_tenant(name)),
        None if looks_like_a_name(name) => Err(Trouble::new(
            format!("There is no cloud called {}.", clean(name)),
            "Behind --cloud stands the name of a cloud or the path of a profile.",
            "Use global, usgov, dod or china, or the path of a profile (TOML).",
        )),
        Some(_) | None => Ok(()),
    }
}

/// Neither a path nor a file that is there.
fn looks_like_a_name(name: &str) -> bool {
    !name.contains(['/', '\\', '.']) && !Path::new(name).exists()
}

pub(super) fn of_sign_in(options: &Options) -> Result<(), Trouble> {
    let by_certificate =
        [options.sign_in, options.azure_sign_in].contains(&Some(SignInWay::ClientCertificate));
    if by_certificate && options.certificate.is_none() {
        return Err(super::sign_in::no_certificate());
    }
    Ok(())
}

fn no_printer(uri: &str) -> Trouble {
    Trouble::new(
        format!("{} is no printer's address.", clean(uri)),
        "Printers are spoken to by the Internet Printing Protocol.",
        "Use ipp://HOST/PATH or ipps://HOST/PATH; the usual path is /ipp/print.",
    )
}

pub(super) fn json_of_nobody() -> Trouble {
    Trouble::new(
        "--json is not taken here.",
        "It prints the result of a run where nobody is at the console; here somebody reads screens.",
        "Add --unattended, with --tenant spelled out, or --dry-run; or leave --json out.",
    )
}
