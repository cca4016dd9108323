//! `review export`: the accounts that the record knows, in the words of a scanner.

use crate::app::record_folder;
use crate::cli::Options;
use crate::domain::record::Evidence;
use crate::domain::trouble::Trouble;
use crate::effects::record;
use crate::journeys::report::review::export::{self, Accounts, Export, Identity, Scanner};

/// What `scanner` is given.
///
/// # Errors
///
/// There is no record, or it knows no account.
pub fn export(options: &Options, scanner: Scanner) -> Result<Export, Trouble> {
    let folder = record_folder(options)?;
    let evidence = record::read(&folder)?.0.evidence();
    let accounts = known(&evidence);
    if accounts.users.is_empty() {
        return Err(Trouble::new(
            "No account is known.",
            format!("The record in {} does not say which accounts there are.", folder.display()),
            "Set the tenant up with this record first, or name another one with --record.",
        ));
    }
    Ok(export::export(scanner, &accounts))
}

/// The accounts by what pages called them, or else by their ids alone.
fn known(evidence: &Evidence) -> Accounts {
    let names = evidence.names.as_ref().map(|names| names.accounts.as_slice()).unwrap_or_default();
    let called = |id: &String| names.iter().find(|(_, own)| own == id).map(|(upn, _)| upn.clone());
    let user = |id: &String| Identity { id: id.clone(), name: called(id).unwrap_or_else(|| id.clone()) };
    let group =
        evidence.group.as_ref().map(|id| Identity { id: id.clone(), name: "exclusion group".to_owned() });
    Accounts { users: evidence.accounts.values().map(user).collect(), group }
}
