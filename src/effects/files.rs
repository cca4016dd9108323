//! Files for the owner alone: made new and never over another one, on the disk before anyone is told.
//!
//! What goes into a file is decided elsewhere. A file that could not be written whole is taken away again.

use std::{
    fs::{DirBuilder, File, OpenOptions},
    io::{self, ErrorKind, Read as _, Write as _},
    path::Path,
};

use zeroize::Zeroizing;

use crate::domain::encoding;
use crate::domain::record::Gone;
use crate::domain::trouble::Trouble;
use crate::effects::foreign::{Foreign, a_file, a_secret_file, an_own_file, theirs};

/// Writes `bytes` to a new file that only its owner may read (0600), as far as its disk keeps permissions; refuses when the
/// file exists.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    write_as(path, bytes, an_own_file)
}

/// The same for a file with a secret, which is not written where others could read it.
pub fn write_secret(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    write_as(path, bytes, a_secret_file)
}

/// Looks at the new file before anything goes into it.
fn write_as(path: &Path, bytes: &[u8], looked_at: fn(File) -> io::Result<File>) -> Result<(), Trouble> {
    let made = private().write(true).create_new(true).open(path).map_err(|e| not_made(path, &e))?;
    let written = looked_at(made).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_all()
    });
    written.map_err(|error| {
        let _ = std::fs::remove_file(path);
        not_written(path, &error)
    })?;
    sync_folder(parent(path)).map_err(|e| not_written(path, &e))
}

/// Puts `bytes` in the place of a file of this program's own, as a whole: whoever reads it sees the one or the other.
pub fn replace(path: &Path, bytes: &[u8]) -> Result<(), Trouble> {
    let mut beside = path.as_os_str().to_owned();
    beside.push(".new");
    let beside = Path::new(&beside);
    let written = std::fs::remove_file(beside).or_else(|error| match error.kind() {
        ErrorKind::NotFound => Ok(()),
        _ => Err(error),
    });
    written.map_err(|error| not_written(path, &error))?;
    write_new(beside, bytes)?;
    std::fs::rename(beside, path).map_err(|error| not_written(path, &error))
}

/// Whether [`write_new`] could make this file, as far as that shows before it is made: what takes minutes to make should not
/// be refused at its end.
pub fn can_be_made(path: &Path) -> Result<(), Trouble> {
    if path.symlink_metadata().is_ok() {
        return Err(not_made(path, &io::ErrorKind::AlreadyExists.into()));
    }
    std::fs::metadata(parent(path)).map(drop).map_err(|error| not_made(path, &error))
}

/// Opens a file that only its owner may read, to append to it; it is made where it does not exist.
pub fn open_private(path: &Path) -> Result<File, Trouble> {
    open_own(private().append(true).create(true), path).map_err(|e| not_made(path, &e))
}

/// Opens a file of the record to write to it: through no link, and nothing but a file of this user's own.
pub(super) fn open_own(options: &OpenOptions, path: &Path) -> io::Result<File> {
    an_own_file(open_there(options, path)?)
}

/// Opens through no link.
fn open_there(options: &OpenOptions, path: &Path) -> io::Result<File> {
    options.open(path).map_err(|error| if is_link(path) { Foreign::Link.into() } else { error })
}

/// Reads a file that this program goes by: through no link, and nothing but a file of this user's own.
pub fn read_own(path: &Path) -> io::Result<Vec<u8>> {
    read_as(path, an_own_file)
}

/// Reads a file of a record, whosever it is, to look at it: through no link, and nothing but a file.
pub fn read_there(path: &Path) -> io::Result<Vec<u8>> {
    read_as(path, a_file)
}

fn read_as(path: &Path, looked_at: fn(File) -> io::Result<File>) -> io::Result<Vec<u8>> {
    let mut options = OpenOptions::new();
    without_links(options.read(true));
    let mut bytes = Vec::new();
    looked_at(open_there(&options, path)?)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// The text of a file that was `read`, where there is one; `refused` tells why it could not be read.
///
/// # Errors
///
/// There is a file and it cannot be read, or is no text.
pub(super) fn text_of(
    read: io::Result<Vec<u8>>,
    refused: impl Fn(String) -> Trouble,
) -> Result<Option<Zeroizing<String>>, Trouble> {
    match read {
        Ok(bytes) => encoding::text_of(&bytes).map(Some).map_err(refused),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(error) => Err(refused(reason(&error))),
    }
}

/// Reads a whole file that a person named. A pipe or a device is none, and nothing waits for one.
pub fn read_named(path: &Path) -> io::Result<Vec<u8>> {
    let mut options = OpenOptions::new();
    without_waiting(options.read(true));
    let mut bytes = Vec::new();
    a_file(options.open(path)?)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

fn is_link(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok_and(|found| found.is_symlink())
}

/// Opening never waits for the other end of a pipe.
fn without_waiting(options: &mut OpenOptions) {
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(options, flags(rustix::fs::OFlags::NONBLOCK));
}

/// Opening follows no link in the last place, and waits for nothing.
fn without_links(options: &mut OpenOptions) {
    #[cfg(unix)]
    {
        let both = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOFOLLOW;
        std::os::unix::fs::OpenOptionsExt::custom_flags(options, flags(both));
    }
}

/// The flags as the standard library takes them.
#[cfg(unix)]
fn flags(flags: rustix::fs::OFlags) -> i32 {
    flags.bits().cast_signed()
}

/// Overwrites a file once and removes it. What a disk, a journal or a backup keeps of it nobody can promise.
pub fn destroy(path: &Path) -> Result<Gone, Trouble> {
    match std::fs::symlink_metadata(path) {
        Ok(about) if about.is_file() => {
            overwritten(path, about.len()).map_err(|e| not_destroyed(path, &reason(&e)))
        }
        Ok(_) => Err(not_destroyed(path, "It is no ordinary file.")),
        // Where its folder is not there either, it may be on a disk that is not plugged in.
        Err(error) if error.kind() == ErrorKind::NotFound && parent(path).is_dir() => Ok(Gone::NotThere),
        Err(error) => Err(not_destroyed(path, &reason(&error))),
    }
}

fn overwritten(path: &Path, length: u64) -> io::Result<Gone> {
    let mut options = OpenOptions::new();
    // What was put in its place since it was looked at is not followed elsewhere.
    without_links(options.write(true));
    let mut file = a_file(open_there(&options, path)?)?;
    io::copy(&mut io::repeat(0).take(length), &mut file)?;
    file.sync_all()?;
    drop(file);
    std::fs::remove_file(path)?;
    sync_folder(parent(path))?;
    Ok(Gone::Destroyed)
}

fn not_destroyed(path: &Path, why: &str) -> Trouble {
    Trouble::new(
        format!("The file {} was not destroyed.", path.display()),
        why,
        "Look where it is, plug in the disk it lies on, or remove it by hand; then come back here.",
    )
}

/// A file that was written here, to be read back: through no link, so that it is that one.
fn a_written_one(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    without_links(options.read(true));
    an_own_file(open_there(&options, path)?)
}

/// Reads a whole file of text into memory that is wiped.
pub fn read_back(path: &Path) -> Result<Zeroizing<String>, Trouble> {
    read_text(path).map_err(|e| not_read(path, &e))
}

/// Reads a whole file into memory that is wiped.
pub fn read_bytes(path: &Path) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    let read = || -> io::Result<Zeroizing<Vec<u8>>> {
        let mut file = a_written_one(path)?;
        let size = usize::try_from(file.metadata()?.len()).unwrap_or(0);
        // One more, so that the buffer never grows and leaves a copy behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(size + 1));
        file.read_to_end(&mut bytes)?;
        Ok(bytes)
    };
    read().map_err(|e| not_read(path, &e))
}

fn read_text(path: &Path) -> io::Result<Zeroizing<String>> {
    let mut file = a_written_one(path)?;
    let size = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    let mut text = Zeroizing::new(String::with_capacity(size + 1));
    file.read_to_string(&mut text)?;
    Ok(text)
}

/// Makes a folder that only its owner may enter (0700), and those above it; content when it exists.
pub fn make_folder(path: &Path) -> Result<(), Trouble> {
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(path).map_err(|error| {
        Trouble::new(
            format!("The folder {} could not be made.", path.display()),
            reason(&error),
            "Choose another folder, or correct its permissions.",
        )
    })
}

/// Makes a folder below one of this user's own; one that is there is used where it is this user's own, too.
///
/// # Errors
///
/// It cannot be made, or it is somebody else's.
pub fn own_folder(path: &Path) -> Result<(), Trouble> {
    make_folder(path)?;
    match std::fs::symlink_metadata(path) {
        Ok(found) if found.is_symlink() => Err(not_used(path, Foreign::Link.words())),
        Ok(found) => theirs(&found).map_or(Ok(()), |why| Err(not_used(path, why.words()))),
        Err(error) => Err(not_used(path, &reason(&error))),
    }
}

fn not_used(path: &Path, why: &str) -> Trouble {
    Trouble::new(
        format!("The folder {} is not used.", path.display()),
        why,
        "Look who made it so; then correct it or move it away, or choose another folder.",
    )
}

/// Open options whose new files only the owner may read, and that follow no link.
pub(super) fn private() -> OpenOptions {
    let mut options = OpenOptions::new();
    without_links(&mut options);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}

/// The folder of `path`.
fn parent(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the names in a folder last through a power cut.
pub(super) fn sync_folder(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { File::open(folder)?.sync_all() } else { Ok(()) }
}

/// Why the system refused, in a sentence.
pub fn reason(error: &io::Error) -> String {
    if let Some(what) = error.get_ref().and_then(|inner| inner.downcast_ref::<Foreign>()) {
        return what.words().to_owned();
    }
    let known = match error.kind() {
        ErrorKind::NotFound => "It does not exist.",
        ErrorKind::PermissionDenied => "Your account has no permission for it.",
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => "The disk is full.",
        ErrorKind::FileTooLarge => "A file may not be larger here (the system's limit, ulimit -f).",
        ErrorKind::ReadOnlyFilesystem => "The disk can only be read.",
        ErrorKind::AlreadyExists => "Something of that name is already there.",
        ErrorKind::NotADirectory => "Part of its path is a file, not a folder.",
        ErrorKind::IsADirectory => "It is a folder, not a file.",
        ErrorKind::InvalidData => "It is not text.",
        _ => return format!("The system says: {error}."),
    };
    known.to_owned()
}

fn not_made(path: &Path, error: &io::Error) -> Trouble {
    let next = match error.kind() {
        ErrorKind::AlreadyExists => "Files are never overwritten: name another one, or move that one away.",
        ErrorKind::NotFound => "Make the folder first, or name a file in a folder that exists.",
        _ => "Name a file in another folder.",
    };
    let why = match error.kind() {
        ErrorKind::NotFound => format!("The folder {} does not exist.", parent(path).display()),
        _ => reason(error),
    };
    Trouble::new(format!("The file {} was not written.", path.display()), why, next)
}

fn not_written(path: &Path, error: &io::Error) -> Trouble {
    Trouble::new(
        format!("The file {} was not written whole.", path.display()),
        reason(error),
        "Make room or name a file on another disk, and try again.",
    )
}

fn not_read(path: &Path, error: &io::Error) -> Trouble {
    Trouble::new(
        format!("The file {} could not be read.", path.display()),
        reason(error),
        "Look whether it is there and may be read, and try again.",
    )
}
