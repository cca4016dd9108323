//! What is not this user's own among files and folders, looked at once they are open: a link, no file at all, another's, one
//! that others may write to, one that has a second name.
//!
//! Where a folder is this user's own and nobody else may write to it, nobody else can put another file in the place of one
//! that was looked at. Folders above it are not looked at. Elsewhere than on Unix only links and kinds are told apart.

use std::fs::{File, Metadata};
use std::io;

/// Why a file or a folder is not used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Foreign {
    /// A symbolic link.
    Link,
    /// A folder in the place of a file.
    Folder,
    /// A pipe or a device in the place of a file.
    NoFile,
    /// It belongs to another user.
    Owned,
    /// Others may write to it.
    Shared,
    /// It has a second name.
    TwoNames,
    /// It was made for its owner alone, and others may read it all the same.
    Readable,
}

impl Foreign {
    /// In a sentence.
    pub(super) fn words(self) -> &'static str {
        match self {
            Self::Link => {
                "It is a symbolic link, not a file; whoever can change the link decides what is read and written."
            }
            Self::Folder => "It is a folder, not a file.",
            Self::NoFile => "It is a pipe or a device, not a file.",
            Self::Owned => "It belongs to another user of this computer.",
            Self::Shared => "Other users of this computer may write to it; chmod go-w closes it to them.",
            Self::TwoNames => {
                "It has a second name elsewhere (a hard link); whoever has that one reads and writes it too."
            }
            Self::Readable => {
                "Its disk keeps no permissions: other users of this computer could read it, and it would hold a secret."
            }
        }
    }
}

impl std::fmt::Display for Foreign {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.words())
    }
}

impl std::error::Error for Foreign {}

impl From<Foreign> for io::Error {
    fn from(what: Foreign) -> Self {
        Self::new(io::ErrorKind::InvalidInput, what)
    }
}

/// The file, where it is one.
pub(super) fn a_file(file: File) -> io::Result<File> {
    match file.metadata()? {
        found if found.is_file() => Ok(file),
        found if found.is_dir() => Err(Foreign::Folder.into()),
        _ => Err(Foreign::NoFile.into()),
    }
}

/// The file, where it is one and this user's own.
pub(super) fn an_own_file(file: File) -> io::Result<File> {
    let file = a_file(file)?;
    let found = file.metadata()?;
    match theirs(&found).or(two_names(&found)) {
        None => Ok(file),
        Some(why) => Err(why.into()),
    }
}

/// The file that was just made for a secret, where nobody else may read it.
pub(super) fn a_secret_file(file: File) -> io::Result<File> {
    let file = an_own_file(file)?;
    if is_open(&file.metadata()?) { Err(Foreign::Readable.into()) } else { Ok(file) }
}

/// What makes a file or a folder somebody else's, if anything does. The administrator of the computer is nobody else.
#[cfg(unix)]
pub(super) fn theirs(found: &Metadata) -> Option<Foreign> {
    use std::os::unix::fs::MetadataExt as _;
    let owners = [0, rustix::process::geteuid().as_raw()];
    match found {
        found if !owners.contains(&found.uid()) => Some(Foreign::Owned),
        found if found.mode() & 0o022 != 0 => Some(Foreign::Shared),
        _ => None,
    }
}

#[cfg(not(unix))]
pub(super) fn theirs(_: &Metadata) -> Option<Foreign> {
    None
}

#[cfg(unix)]
pub(super) fn two_names(found: &Metadata) -> Option<Foreign> {
    (std::os::unix::fs::MetadataExt::nlink(found) > 1).then_some(Foreign::TwoNames)
}

#[cfg(not(unix))]
pub(super) fn two_names(_: &Metadata) -> Option<Foreign> {
    None
}

/// Whether others than the owner may do anything with it.
#[cfg(unix)]
pub(super) fn is_open(found: &Metadata) -> bool {
    std::os::unix::fs::MetadataExt::mode(found) & 0o077 != 0
}

#[cfg(not(unix))]
pub(super) fn is_open(_: &Metadata) -> bool {
    false
}
