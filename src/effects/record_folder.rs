//! The folder of a record before it is used: that it is one, or empty, and who else may enter it.
//!
//! A record is not begun among other things, and not through a link: what lies there would be taken for its own, and what is
//! written would go somewhere else than its name says.

use std::io;
use std::path::Path;

use crate::domain::trouble::Trouble;
use crate::effects::foreign::{Foreign, is_open, theirs, two_names};
use crate::effects::lock::LOCK;

/// The name of the journal in the folder.
pub const JOURNAL: &str = "journal.jsonl";
/// The name of the plan in the folder.
pub const PLAN: &str = "plan.toml";
/// The name of the answers on the way to a plan.
pub const DRAFT: &str = "plan.draft.toml";
/// The state of a rehearsal tenant that keeps itself there before any record is begun.
const REHEARSAL: &str = "rehearsal-tenant.json";
/// Any of these shows that this program has used the folder.
const OURS: [&str; 5] = [JOURNAL, PLAN, DRAFT, LOCK, REHEARSAL];

/// Refuses a folder that is a link, that holds other things and no record, or that is another's or can be written to by
/// others.
///
/// # Errors
///
/// What it is instead of a record.
pub fn may_be_used(folder: &Path) -> Result<(), Trouble> {
    match std::fs::symlink_metadata(folder) {
        Ok(found) if found.is_symlink() => Err(link(folder)),
        Ok(found) if found.is_dir() && is_foreign(folder) => Err(foreign(folder)),
        Ok(found) if found.is_dir() => theirs(&found).map_or(Ok(()), |why| Err(another_s(folder, why))),
        // What is no folder at all, or cannot be looked at, is told of when it is made or opened.
        Ok(_) | Err(_) => Ok(()),
    }
}

fn is_foreign(folder: &Path) -> bool {
    let is_ours = OURS.iter().any(|name| folder.join(name).symlink_metadata().is_ok());
    !is_ours && std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// What a person should know about how the folder was found, one sentence each.
pub(super) fn notes(folder: &Path) -> Vec<String> {
    let open = is_open_to_others(folder).then(|| {
        let folder = folder.display();
        format!("Other users of this computer may enter {folder}; close it: chmod 700 {folder}")
    });
    let theirs = [folder.to_owned(), folder.join(JOURNAL)].into_iter().filter_map(|path| {
        let found = std::fs::metadata(&path).ok()?;
        let why = theirs(&found).or_else(|| two_names(&found).filter(|_| found.is_file()))?;
        Some(format!("{}: {}", path.display(), why.words()))
    });
    open.into_iter().chain(theirs).collect()
}

/// Whether the journal of a folder that was a record is gone.
pub(super) fn lost_its_journal(folder: &Path) -> Option<String> {
    let has = |name: &str| folder.join(name).symlink_metadata().is_ok();
    (has(PLAN) && has(LOCK) && !has(JOURNAL)).then(|| {
        format!(
            "{JOURNAL} of this record is gone; a new one begins, and what was attested and receipted in the old one is \
             lost unless you put it back."
        )
    })
}

fn is_open_to_others(folder: &Path) -> bool {
    std::fs::metadata(folder).is_ok_and(|found| is_open(&found))
}

/// Whether the journal that is open is still the file of that name: nobody has moved it, removed it, or put another there.
#[cfg(unix)]
pub(super) fn is_in_place(file: &std::fs::File, folder: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let open = file.metadata().map(|open| (open.dev(), open.ino()));
    let there = std::fs::symlink_metadata(folder.join(JOURNAL)).map(|there| (there.dev(), there.ino()));
    open.is_ok_and(|open| there.is_ok_and(|there| there == open))
}

#[cfg(not(unix))]
pub(super) fn is_in_place(_: &std::fs::File, folder: &Path) -> bool {
    folder.join(JOURNAL).exists()
}

/// Whether the record may still be written to. A journal that is open would take lines for as long as the program runs, so what
/// was said since (a mode that lets nobody write, a disk that is mounted anew) is asked for each time.
///
/// # Errors
///
/// Where its folder or its journal can only be read.
pub(super) fn still_open(folder: &Path) -> io::Result<()> {
    [folder.to_owned(), folder.join(JOURNAL)].iter().try_for_each(|path| may_be_written(path))
}

#[cfg(unix)]
fn may_be_written(path: &Path) -> io::Result<()> {
    use rustix::fs::{Access, access};
    // To the administrator of the machine no mode says no; whoever set it meant everybody.
    match std::fs::metadata(path)?.permissions().readonly() {
        true => Err(only_to_be_read(path)),
        false => access(path, Access::WRITE_OK).map_err(|_| only_to_be_read(path)),
    }
}

/// The mark on a folder says nothing about what is in it here.
#[cfg(not(unix))]
fn may_be_written(path: &Path) -> io::Result<()> {
    let found = std::fs::metadata(path)?;
    if found.is_file() && found.permissions().readonly() { Err(only_to_be_read(path)) } else { Ok(()) }
}

fn only_to_be_read(path: &Path) -> io::Error {
    io::Error::new(io::ErrorKind::PermissionDenied, format!("{} can only be read", path.display()))
}

/// Sees to it that the disk has room for `length` bytes more, so that a full one is found before anything is sent; where its
/// kind of disk cannot say so, the next line finds out.
#[cfg(target_os = "linux")]
pub(super) fn reserve(file: &std::fs::File, size: u64, length: u64) -> io::Result<()> {
    use rustix::fs::{FallocateFlags, fallocate};
    use rustix::io::Errno;
    match fallocate(file, FallocateFlags::KEEP_SIZE, size, length) {
        Err(error @ (Errno::NOSPC | Errno::DQUOT | Errno::ROFS | Errno::IO)) => Err(error.into()),
        Ok(()) | Err(_) => Ok(()),
    }
}

#[cfg(not(target_os = "linux"))]
pub(super) fn reserve(_: &std::fs::File, _: u64, _: u64) -> io::Result<()> {
    Ok(())
}

fn link(folder: &Path) -> Trouble {
    let leads = std::fs::read_link(folder).map(|to| to.display().to_string()).unwrap_or_default();
    Trouble::new(
        format!("The record {} is not used.", folder.display()),
        format!(
            "It is a symbolic link to {leads}, and whoever can change the link decides what is written where."
        ),
        "Name the folder itself with --record.",
    )
}

fn another_s(folder: &Path, why: Foreign) -> Trouble {
    Trouble::new(
        format!("The folder {} is not used as a record.", folder.display()),
        why.words(),
        "Name a folder of your own with --record; or, if this one is yours, give it to yourself alone: chmod 700.",
    )
}

fn foreign(folder: &Path) -> Trouble {
    Trouble::new(
        format!("The folder {} is not used as a record.", folder.display()),
        "It holds other things and no record; the journal, pages and slips would lie among them.",
        "Name a new or an empty folder with --record, or the folder of a record.",
    )
}
