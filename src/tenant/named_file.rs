//! Files that the command line or a profile names: read whole. A pipe or a device is none, and nothing waits for one.

use std::io;
use std::path::Path;

/// Reads a file into memory.
///
/// # Errors
///
/// It cannot be read, or is no file; in words for people.
pub(super) fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = std::fs::metadata(path)?;
    match (about.is_file(), about.is_dir()) {
        (true, _) => std::fs::read(path),
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
