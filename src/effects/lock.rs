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
    _file: File,
}

impl Lock {
    /// Takes the folder, or says who might have it.
    pub fn take(folder: &Path) -> Result<Self, Trouble> {
        let options = private().read(true).append(true).create(true).to_owned();
        let file = open_own(&options, &folder.join(LOCK)).map_err(|e| no_lock(folder, &reason(&e)))?;
        match file.try_lock() {
            Ok(()) => Ok(Self { _file: file }),
            Err(TryLockError::WouldBlock) => Err(taken(folder)),
            Err(TryLockError::Error(error)) => Err(no_lock(folder, &reason(&error))),
        }
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
