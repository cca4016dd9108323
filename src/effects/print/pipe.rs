//! The routes without a protocol: `lp`, a device file, standard output.

use std::io::{IsTerminal as _, Write as _};
use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;
use zeroize::Zeroizing;

use crate::domain::plan::{Hold, PaperSize};
use crate::domain::trouble::Trouble;
use crate::effects::files::reason;

/// Pipes `pdf` to `lp`; its arguments name the job and the paper, never what is on it.
pub(super) async fn lp(
    (queue, hold): (Option<&str>, Hold),
    (title, size): (&str, PaperSize),
    pdf: &[u8],
) -> Result<(), Trouble> {
    let mut command = tokio::process::Command::new("lp");
    command.args(["-s", "-t", title, "-o", &format!("media={}", size.words())]);
    if let Some(queue) = queue {
        command.args(["-d", queue]);
    }
    if hold == Hold::UntilReleased {
        command.args(["-H", "hold"]);
    }
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    let mut child = command.spawn().map_err(|e| not_spooled(&reason(&e)))?;
    if let Some(mut input) = child.stdin.take() {
        // When lp leaves early, its own words below say why.
        let _written = input.write_all(pdf).await;
        drop(input);
    }
    let output = child.wait_with_output().await.map_err(|e| not_spooled(&reason(&e)))?;
    match output.status.success() {
        true => Ok(()),
        false => Err(not_spooled(String::from_utf8_lossy(&output.stderr).trim())),
    }
}

fn not_spooled(why: &str) -> Trouble {
    Trouble::new(
        "The page was not handed to lp.",
        if why.is_empty() { "lp refused it and did not say why." } else { why },
        "Look whether lp works here (lpstat -a), name the queue in the plan, or choose another route.",
    )
}

/// Writes `bytes` to a device file that exists already; never to an ordinary file.
pub(super) async fn device(path: &str, bytes: Zeroizing<Vec<u8>>) -> Result<(), Trouble> {
    let path = path.to_owned();
    let written = tokio::task::spawn_blocking(move || {
        // Looked at before it is opened: a leftover ordinary file of that name would keep the secret on a disk.
        if std::fs::metadata(&path).map_err(|e| no_device(&path, &reason(&e)))?.is_file() {
            return Err(no_device(&path, "It is an ordinary file, which would keep the secret."));
        }
        let opened = std::fs::OpenOptions::new().write(true).open(&path);
        let mut device = opened.map_err(|e| no_device(&path, &reason(&e)))?;
        device.write_all(&bytes).and_then(|()| device.flush()).map_err(|e| no_device(&path, &reason(&e)))
    });
    written.await.unwrap_or_else(|_| Err(no_device("", "Writing was given up.")))
}

fn no_device(path: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The page was not written to {path}."),
        why,
        "Look whether the printer is on and plugged in and you may write to it (group lp), or choose another route.",
    )
}

/// Writes `text` to standard output, if that leads anywhere but a terminal.
pub(super) fn stdout(text: &str) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    if out.is_terminal() {
        return Err(Trouble::new(
            "The page was not written to standard output.",
            "It is this terminal, whose scrollback would keep the secret.",
            "Start the program with its output led into another one, such as | lp, or choose another route.",
        ));
    }
    out.write_all(text.as_bytes()).and_then(|()| out.write_all(b"\x0c")).and_then(|()| out.flush()).map_err(
        |error| {
            Trouble::new(
                "The page was not written to standard output.",
                reason(&error),
                "Look where it leads, or choose another route.",
            )
        },
    )
}
