//! A page on its way into a device file, such as a printer on a cable.
//!
//! A printer that is off, out of paper or busy takes nothing, and opening it can wait for ever; so it is opened without
//! blocking, written as far as it takes, and given up after a while. Never an ordinary file: that would keep the secret.

use std::fs::File;
use std::io::{ErrorKind, Write as _};
use std::time::Duration;

use zeroize::Zeroizing;

use crate::domain::trouble::Trouble;
use crate::effects::files::reason;

/// How long a device is waited for, real time.
#[derive(Clone, Copy)]
struct Patience {
    /// Until somebody is at its other end.
    opening: Duration,
    /// Until it has taken the page.
    writing: Duration,
}

/// Whoever serves a pipe may be about to open it. A page is four kilobytes at most, and the slowest printers still in use
/// print fifty characters a second.
const PATIENCE: Patience = Patience { opening: Duration::from_secs(5), writing: Duration::from_mins(2) };
/// How long a device that takes nothing is left alone before it is asked again.
const PAUSE: Duration = Duration::from_millis(20);

/// Whether there is a device of that name that may be written to. A pipe is not opened: whoever serves it would take that
/// for a page.
pub(super) fn is_there(path: &str) -> Result<(), Trouble> {
    let kind = std::fs::metadata(path).map_err(|e| no_device(path, &reason(&e)))?.file_type();
    if is_pipe(kind) {
        return Ok(());
    }
    match open(path)? {
        Some(_) => Ok(()),
        None => Err(no_device(path, "Nobody is at its other end.")),
    }
}

#[cfg(unix)]
fn is_pipe(kind: std::fs::FileType) -> bool {
    std::os::unix::fs::FileTypeExt::is_fifo(&kind)
}

#[cfg(not(unix))]
fn is_pipe(_: std::fs::FileType) -> bool {
    false
}

/// Writes `bytes` to the device file `path`.
pub(super) async fn write(path: &str, bytes: Zeroizing<Vec<u8>>) -> Result<(), Trouble> {
    write_within(PATIENCE, path, &bytes).await
}

async fn write_within(patience: Patience, path: &str, bytes: &[u8]) -> Result<(), Trouble> {
    let opening = tokio::time::timeout(patience.opening, opened(path));
    let mut device = opening.await.unwrap_or_else(|_| Err(no_device(path, "Nobody is at its other end.")))?;
    let fed = tokio::time::timeout(patience.writing, fed(&mut device, path, bytes)).await;
    // Closing can wait for the printer; nothing is lost when nobody waits for that.
    drop(tokio::task::spawn_blocking(move || drop(device)));
    fed.unwrap_or_else(|_| Err(takes_nothing(path, patience.writing)))
}

/// Opens it as soon as somebody is at its other end.
async fn opened(path: &str) -> Result<File, Trouble> {
    loop {
        let own = path.to_owned();
        // A driver may block all the same; then not on a thread that others need.
        let opening = tokio::task::spawn_blocking(move || open(&own)).await;
        match opening.unwrap_or_else(|_| Err(no_device(path, "Opening was given up.")))? {
            Some(device) => return Ok(device),
            None => tokio::time::sleep(PAUSE).await,
        }
    }
}

/// Nothing while nobody is at its other end.
fn open(path: &str) -> Result<Option<File>, Trouble> {
    // Looked at before it is opened: a leftover ordinary file of that name would keep the secret on a disk.
    if std::fs::metadata(path).map_err(|e| no_device(path, &reason(&e)))?.is_file() {
        return Err(no_device(path, "It is an ordinary file, which would keep the secret."));
    }
    match options().open(path) {
        Ok(device) => Ok(Some(device)),
        Err(error) if is_alone(&error) => Ok(None),
        Err(error) => Err(no_device(path, &reason(&error))),
    }
}

/// Without waiting for a reader or a carrier, and never as the terminal that signals come from.
#[cfg(unix)]
fn options() -> std::fs::OpenOptions {
    use std::os::unix::fs::OpenOptionsExt as _;
    let flags = rustix::fs::OFlags::NONBLOCK | rustix::fs::OFlags::NOCTTY;
    let mut options = std::fs::OpenOptions::new();
    options.write(true).custom_flags(flags.bits().cast_signed());
    options
}

#[cfg(not(unix))]
fn options() -> std::fs::OpenOptions {
    let mut options = std::fs::OpenOptions::new();
    options.write(true);
    options
}

/// A pipe without a reader, or a device without its hardware.
#[cfg(unix)]
fn is_alone(error: &std::io::Error) -> bool {
    error.raw_os_error() == Some(rustix::io::Errno::NXIO.raw_os_error())
}

#[cfg(not(unix))]
fn is_alone(_: &std::io::Error) -> bool {
    false
}

async fn fed(device: &mut File, path: &str, bytes: &[u8]) -> Result<(), Trouble> {
    let mut left = bytes;
    while !left.is_empty() {
        match device.write(left) {
            Ok(0) => return Err(no_device(path, "It takes no more.")),
            Ok(count) => left = &left[count..],
            Err(error) if error.kind() == ErrorKind::Interrupted => {}
            Err(error) if error.kind() == ErrorKind::WouldBlock => tokio::time::sleep(PAUSE).await,
            Err(error) => return Err(no_device(path, &reason(&error))),
        }
    }
    Ok(())
}

fn no_device(path: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The page was not written to {path}."),
        why,
        "Look whether the printer is on and plugged in and you may write to it (group lp), or choose another route.",
    )
}

fn takes_nothing(path: &str, patience: Duration) -> Trouble {
    Trouble::new(
        format!("The page was not written to {path} as a whole."),
        format!("The device did not take it within {} seconds.", patience.as_secs()),
        "Look whether the printer is on, has paper and is not paused. Take out and destroy what it printed of the page, \
         then try again or choose another route.",
    )
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    /// Long enough to fail in: what is waited for never comes.
    const SHORT: Patience =
        Patience { opening: Duration::from_millis(50), writing: Duration::from_millis(50) };

    fn pipe(folder: &tempfile::TempDir) -> String {
        let path = folder.path().join("printer");
        assert!(std::process::Command::new("mkfifo").arg(&path).status().expect("mkfifo").success());
        path.display().to_string()
    }

    #[tokio::test]
    async fn a_device_that_nobody_listens_at_is_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = pipe(&folder);
        let trouble = write_within(SHORT, &path, b"page").await.expect_err("nobody listens");
        assert!(trouble.why.contains("Nobody") && trouble.next.contains("another route"), "{trouble}");
    }

    #[tokio::test]
    async fn a_device_that_takes_nothing_is_given_up() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = pipe(&folder);
        // Open at the other end, and never read: a pipe holds less than this page.
        let idle = std::fs::OpenOptions::new().read(true).write(true).open(&path).expect("the other end");
        let page = vec![b'x'; 1 << 21];
        let trouble = write_within(SHORT, &path, &page).await.expect_err("nothing is taken");
        assert!(trouble.next.contains("destroy"), "{trouble}");
        drop(idle);
    }
}
