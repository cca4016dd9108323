//! The routes through a pipe: `lp` and standard output.
//!
//! Whatever is at the other end, `lp` is not waited for without end.

use std::io::{IsTerminal as _, Write as _};
use std::process::Stdio;
use std::time::Duration;

use tokio::io::AsyncWriteExt as _;
use tokio::process::{Child, Command};

use crate::domain::environment::{self, Helper};
use crate::domain::plan::Hold;
use crate::domain::trouble::Trouble;
use crate::effects::files::reason;
use crate::effects::print::ipp::Order;

/// How long `lp` may take, real time: it hands the page to a queue and leaves, and does not wait for the paper.
const LP_PATIENCE: Duration = Duration::from_mins(1);

/// Whether there is an `lp` to pipe to.
pub(super) fn can_lp() -> Result<(), Trouble> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    match std::env::split_paths(&path).any(|folder| folder.join("lp").is_file()) {
        true => Ok(()),
        false => Err(not_spooled("There is no lp on this computer.")),
    }
}

/// Whether standard output leads anywhere but to a terminal.
pub(super) fn can_stdout() -> Result<(), Trouble> {
    match std::io::stdout().is_terminal() {
        true => Err(is_terminal()),
        false => Ok(()),
    }
}

/// Pipes `pdf` to `lp`; its arguments name the job and the paper, never what is on it.
pub(super) async fn lp(queue: Option<&str>, order: Order<'_>, pdf: &[u8]) -> Result<(), Trouble> {
    let mut command = Command::new("lp");
    command.env_clear().envs(environment::told(Helper::Spooler, std::env::vars_os()));
    command.args(["-s", "-t", order.title, "-o", &format!("media={}", order.size.words())]);
    if let Some(queue) = queue {
        command.args(["-d", queue]);
    }
    if order.hold == Hold::UntilReleased {
        command.args(["-H", "hold"]);
    }
    hand_over(command, pdf, LP_PATIENCE).await
}

/// Starts `command` with `page` as its input; it is ended when it takes longer than `patience`.
async fn hand_over(mut command: Command, page: &[u8], patience: Duration) -> Result<(), Trouble> {
    command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).kill_on_drop(true);
    let child = command.spawn().map_err(|e| not_spooled(&reason(&e)))?;
    match tokio::time::timeout(patience, taken(child, page)).await {
        Ok(ended) => ended,
        Err(_) => Err(hangs(patience)),
    }
}

async fn taken(mut child: Child, page: &[u8]) -> Result<(), Trouble> {
    if let Some(mut input) = child.stdin.take() {
        // When lp leaves early, its own words below say why.
        let _written = input.write_all(page).await;
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

/// Whether the queue has the page already is not known then.
fn hangs(patience: Duration) -> Trouble {
    Trouble::new(
        "lp does not come to an end.",
        format!(
            "It was stopped after {} seconds; the page may be in its queue all the same.",
            patience.as_secs()
        ),
        "Look at the queue (lpstat -o) and cancel the job there; treat a page that comes out as a secret. Then look \
         whether the print system runs, or choose another route.",
    )
}

fn is_terminal() -> Trouble {
    Trouble::new(
        "The page was not written to standard output.",
        "It is this terminal, whose scrollback would keep the secret.",
        "Start the program with its output led into another one, such as | lp, or choose another route.",
    )
}

/// Writes `text` to standard output, if that leads anywhere but a terminal.
pub(super) fn stdout(text: &str) -> Result<(), Trouble> {
    let mut out = std::io::stdout().lock();
    if out.is_terminal() {
        return Err(is_terminal());
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

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_program_that_never_ends_is_ended() {
        // It reads nothing and stays; more than a pipe holds is never taken.
        let mut stays = Command::new("sleep");
        stays.arg("1000000");
        let page = vec![b'x'; 1 << 20];
        let trouble = hand_over(stays, &page, Duration::from_millis(50)).await.expect_err("it hangs");
        assert!(
            trouble.why.contains("may be in its queue") && trouble.next.contains("lpstat -o"),
            "{trouble}"
        );
    }
}
