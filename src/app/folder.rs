//! Where the record lies: the folder that was named, or one of its own for each tenant below the user's data folder. A
//! tenant that was named by a domain before and by its id now (or the other way) finds the folder it already has.

use std::path::{Path, PathBuf};

use etcetera::BaseStrategy;

use crate::cli::Options;
use crate::domain::mark::Mark;
use crate::domain::record::Belongs;
use crate::domain::trouble::Trouble;
use crate::effects::record;

/// The folder of the record: the one named, or one of its own for each tenant below the user's data folder.
pub fn record_folder(options: &Options) -> Result<PathBuf, Trouble> {
    if let Some(folder) = &options.record {
        return Ok(std::path::absolute(folder).unwrap_or_else(|_| folder.clone()));
    }
    let base = etcetera::choose_base_strategy().map_err(|error| {
        Trouble::new("There is no place for the record.", error.to_string(), "Name a folder with --record.")
    })?;
    let all = base.data_dir().join("breakglass");
    Ok(match options.tenant.as_deref() {
        None | Some("rehearsal") => all.join(format!("rehearsal-{}", options.seed)),
        Some("manual") => all.join("manual"),
        Some(tenant) => of_tenant(&all, tenant),
    })
}

fn of_tenant(all: &Path, tenant: &str) -> PathBuf {
    let name: String = tenant.chars().filter(|c| c.is_ascii_alphanumeric() || "-.".contains(*c)).collect();
    let own = all.join(name);
    if own.join(record::JOURNAL).exists() {
        return own;
    }
    let folders = std::fs::read_dir(all).into_iter().flatten().flatten().map(|entry| entry.path());
    let mut theirs: Vec<PathBuf> = folders.filter(|folder| is_of(folder, tenant)).collect();
    theirs.sort();
    theirs.into_iter().next().unwrap_or(own)
}

/// Whether the record in `folder` is surely this tenant's. One that belongs to nobody yet is not, and that of a rehearsal is
/// never a real tenant's, whatever its simulated one is called.
fn is_of(folder: &Path, tenant: &str) -> bool {
    if !folder.join(record::JOURNAL).exists() {
        return false;
    }
    let Ok((journal, _)) = record::read(folder) else { return false };
    let evidence = journal.evidence();
    let is_simulated = matches!(evidence.mark, Some(Mark::Rehearsal | Mark::Exercise));
    !is_simulated && evidence.identity.is_some() && evidence.belongs_to(tenant) == Belongs::Yes
}
