//! Files that the command line or a profile names: read whole. A pipe or a device is none, and nothing waits for one. Links
//! are followed: a person named them, and secrets are handed to containers as such.

use std::fs::{File, OpenOptions};
use std::io::{self, Read as _};
use std::path::Path;

/// Reads a file into memory.
///
/// # Errors
///
/// It cannot be read, or is no file; in words for people.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    open(path)?.read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opens a file and looks at what was opened.
///
/// # Errors
///
/// As [`read`].
pub(super) fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    // Opening never waits for the other end of a pipe.
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::custom_flags(
        &mut options,
        rustix::fs::OFlags::NONBLOCK.bits().cast_signed(),
    );
    let file = options.read(true).open(path)?;
    let about = file.metadata()?;
    match (about.is_file(), about.is_dir()) {
        (true, _) => Ok(file),
        (false, true) => Err(io::Error::other("It is a folder, not a file.")),
        (false, false) => Err(io::Error::other("It is a pipe or a device, not a file.")),
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_file_is_refused_before_it_is_opened() {
        let why = |path: &str| read(Path::new(path)).expect_err(path).to_string();
        assert_eq!(why("/dev/null"), "It is a pipe or a device, not a file.");
        assert_eq!(why("/"), "It is a folder, not a file.");
    }
}
