//! Writing to a live tenant without a person: only when the command line names that tenant a second time.

use super::{is_by_hand, named_profile};
use crate::cli::Options;
use crate::domain::mark::Mark;
use crate::domain::trouble::Trouble;

/// Whether this run may begin: an unattended one writes to a live tenant only with `--yes-write-to` and its id.
pub fn unattended(options: &Options) -> Result<(), Trouble> {
    // A profile that cannot be read is told of when the run begins; it can write nowhere.
    let is_live = is_live(options).unwrap_or(false);
    if !options.unattended || options.dry_run || !is_live {
        return Ok(());
    }
    let tenant = options.tenant.as_deref().unwrap_or_default();
    match &options.yes_write_to {
        Some(named) if named.eq_ignore_ascii_case(tenant) => Ok(()),
        Some(named) => {
            Err(refused(format!("--yes-write-to names {named}, --tenant names {tenant}."), tenant))
        }
        None => Err(refused("Nobody would see what is written before it is written.".to_owned(), tenant)),
    }
}

/// Whether the tenant that the options name is a real one, as far as they tell.
fn is_live(options: &Options) -> Result<bool, Trouble> {
    match (options.tenant.as_deref(), &options.cloud) {
        _ if is_by_hand(options) => Ok(false),
        (None | Some("rehearsal"), None) => Ok(false),
        (_, Some(name)) => Ok(named_profile(name)?.mark == Mark::Live),
        (Some(_), None) => Ok(true),
    }
}

fn refused(why: String, tenant: &str) -> Trouble {
    Trouble::new(
        "An unattended run does not write to a live tenant by itself.",
        why,
        format!(
            "Look at it with --dry-run first; then add --yes-write-to {tenant}, spelled as with --tenant."
        ),
    )
}
