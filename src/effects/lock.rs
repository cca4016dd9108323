//! One program at a time in a record folder, by an exclusive lock on its `lock` file.
//!
//! The system lets go of the lock when the program ends, however it ends; a stale file means nothing.

use std::{
    fs::{File, TryLockError},
    path::Path,
};

use crate::domain::trouble::Trouble;
use crate::effects::files::{open_own, private, reason};

/// The name of the file in the folder.
pub const LOCK: &str = "lock";

/// Holds a folder until dropped.
#[derive(Debug)]
pub struct Lock {
    file: File,
}

impl Drop for Lock {
    /// Lets go at once. Closing the file would not do while a command that another thread just started still holds a copy
    /// of it: the lock belongs to the open file, not to its number (flock(2)).
    fn drop(&mut self) {
        // Where that fails the system lets go when the last copy is closed.
        let _unlocked = self.file.unlock();
    }
}

impl Lock {
    /// Takes the folder, or says who might have it.
    pub fn take(folder: &Path) -> Result<Self, Trouble> {
        let options = private().read(true).append(true).create(true).to_owned();
        let file = open_own(&options, &folder.join(LOCK)).map_err(|e| no_lock(folder, &reason(&e)))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { file }),
            Err(TryLockError::WouldBlock) => Err(taken(folder)),
            Err(TryLockError::Error(error)) => Err(no_lock(folder, &reason(&error))),
        }
    }
}

/// Whether another program has the folder at this moment; not where there is none, or no lock in it.
pub fn is_taken(folder: &Path) -> bool {
    let options = private().read(true).append(true).to_owned();
    let Ok(file) = open_own(&options, &folder.join(LOCK)) else { return false };
    match file.try_lock() {
        Ok(()) => {
            let _unlocked = file.unlock();
            false
        }
        Err(TryLockError::WouldBlock) => true,
        Err(TryLockError::Error(_)) => false,
    }
}

fn taken(folder: &Path) -> Trouble {
    Trouble::new(
        format!("The record {} is in use.", folder.display()),
        "Another breakglass has it open.",
        "Close the other one, or choose another folder with --record.",
    )
}

fn no_lock(folder: &Path, why: &str) -> Trouble {
    Trouble::new(
        format!("The record {} could not be locked.", folder.display()),
        why,
        "Choose a folder on a local disk that you may write to, with --record.",
    )
}
