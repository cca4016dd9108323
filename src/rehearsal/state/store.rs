//! The state file: read once, written whole after every change and before the answer goes out.
//!
//! A new file is written beside the old one and put in its place in one step, so a process killed at any moment
//! leaves either the state before a change or the state after it. Readable by its owner only.

use std::io::Write as _;
use std::path::Path;

use super::model::State;
use crate::rehearsal::error::RehearsalError;

/// The kept tenant, or none where none was kept yet.
pub fn read(file: &Path) -> Result<Option<State>, RehearsalError> {
    match std::fs::read(file) {
        Ok(bytes) => serde_json::from_slice(&bytes).map(Some).map_err(|error| RehearsalError::BrokenState {
            file: file.display().to_string(),
            reason: error.to_string(),
        }),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(RehearsalError::Io { what: "reading the kept tenant", source }),
    }
}

/// Puts the whole state in place of what was there.
pub fn write(file: &Path, state: &State) -> Result<(), RehearsalError> {
    let what = "keeping the tenant";
    let bytes =
        serde_json::to_vec(state).map_err(|error| RehearsalError::Io { what, source: error.into() })?;
    replace(file, folder_of(file), &bytes).map_err(|source| RehearsalError::Io { what, source })
}

/// Refuses a folder in which no change could be kept, as the first change would be too late to hear of it.
pub fn check_writable(file: &Path) -> Result<(), RehearsalError> {
    let tried = tempfile::NamedTempFile::new_in(folder_of(file));
    tried.map(drop).map_err(|source| RehearsalError::Io { what: "keeping the tenant", source })
}

fn folder_of(file: &Path) -> &Path {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Mode 0600 comes with [`tempfile::NamedTempFile`] on Unix.
fn replace(file: &Path, folder: &Path, bytes: &[u8]) -> std::io::Result<()> {
    std::fs::create_dir_all(folder)?;
    let mut fresh = tempfile::NamedTempFile::new_in(folder)?;
    fresh.write_all(bytes)?;
    fresh.persist(file)?;
    Ok(())
}
