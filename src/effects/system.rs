//! A secret goes to a secret management system and comes back from there, by the commands that a person named.
//!
//! The secret is written to the standard input of one command, never into a word or a variable of it, and no shell is
//! between. What the other prints goes straight into memory that is wiped, is compared there and is shown to nobody. What a
//! command complains about is shown only where it holds nothing of the secret.

use std::process::{ExitStatus, Stdio};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncReadExt as _, AsyncWriteExt as _};
use tokio::process::{Child, Command};
use zeroize::Zeroizing;

use crate::domain::environment::{self, Helper};
use crate::domain::plan::{Commands, Errand};
use crate::domain::secret::{Secret, SecretId};
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::effects::files::reason;
use crate::effects::repeated::repeats;
use crate::effects::vault::{self, Vault};

/// How long a command may take, real time: it talks to a server, and must not wait for a person.
const PATIENCE: Duration = Duration::from_mins(1);
/// The most that is read of what a command prints, bytes; a secret of ours has 64 characters at the most.
const MOST: usize = 4096;
/// So many characters of a secret in a row are no accident.
const TELLING: usize = 6;

/// Runs what is asked for the secret.
pub async fn run(vault: &Vault, secret: SecretId, errand: &Errand) -> Result<(), Trouble> {
    within(PATIENCE, vault, secret, errand).await
}

/// Looks whether the programs of both commands are there, before there is a secret.
pub fn find(commands: &Commands) -> Result<(), Trouble> {
    let missing = [&commands.store, &commands.read].into_iter().filter_map(|command| command.first());
    match missing.into_iter().find(|program| !is_there(program)) {
        None => Ok(()),
        Some(program) => Err(Trouble::new(
            format!("The program {} is not on this computer.", clean(program)),
            format!("System {} is reached by it, and it is in no folder of PATH.", commands.system),
            "Install it here, put the secret on paper instead, or correct the command in the plan.",
        )),
    }
}

fn is_there(program: &str) -> bool {
    let path = std::path::Path::new(program);
    if path.components().count() > 1 {
        return path.is_file();
    }
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let name = format!("{program}{}", std::env::consts::EXE_SUFFIX);
    std::env::split_paths(&folders)
        .any(|folder| folder.join(program).is_file() || folder.join(&name).is_file())
}

async fn within(patience: Duration, vault: &Vault, secret: SecretId, errand: &Errand) -> Result<(), Trouble> {
    let run = async {
        match errand {
            Errand::Find(commands) => find(commands),
            Errand::Store(commands) => {
                let secret = vault.lend(secret).ok_or_else(vault::forgotten)?;
                store(&commands.store, &secret).await
            }
            Errand::Compare(commands) => {
                let secret = vault.lend(secret).ok_or_else(vault::forgotten)?;
                compare(&commands.read, &secret).await
            }
        }
    };
    tokio::time::timeout(patience, run).await.unwrap_or_else(|_| Err(hangs(patience)))
}

/// What a command left: how it ended and what it complained about.
struct Left {
    status: ExitStatus,
    complaint: Zeroizing<Vec<u8>>,
}

async fn store(command: &[String], secret: &Secret) -> Result<(), Trouble> {
    let mut child = start(command, Stdio::piped(), Stdio::null())?;
    let input = child.stdin.take();
    let written = async {
        if let Some(mut input) = input {
            // A command that leaves early says below why; nothing is added to the secret, not even a line break.
            let _written = input.write_all(secret.expose().as_bytes()).await;
            let _closed = input.shutdown().await;
        }
    };
    let (left, ()) = tokio::join!(ended(child), written);
    judged(command, secret, &left?)
}

async fn compare(command: &[String], secret: &Secret) -> Result<(), Trouble> {
    let mut child = start(command, Stdio::null(), Stdio::piped())?;
    let output = child.stdout.take();
    let (left, printed) = tokio::join!(ended(child), read(output));
    judged(command, secret, &left?)?;
    let printed = printed.strip_suffix(b"\n").unwrap_or(&printed);
    let printed = printed.strip_suffix(b"\r").unwrap_or(printed);
    match aws_lc_rs::constant_time::verify_slices_are_equal(printed, secret.expose().as_bytes()) {
        Ok(()) => Ok(()),
        Err(_) => Err(other(printed, secret)),
    }
}

fn start(command: &[String], stdin: Stdio, stdout: Stdio) -> Result<Child, Trouble> {
    let (program, words) = command.split_first().ok_or_else(|| not_started("", "No program is named."))?;
    let mut command = Command::new(program);
    command.env_clear().envs(environment::told(Helper::SecretSystem, std::env::vars_os()));
    command.args(words).stdin(stdin).stdout(stdout).stderr(Stdio::piped()).kill_on_drop(true);
    // It cannot take the keyboard from this program, whatever it wants to ask.
    #[cfg(unix)]
    command.process_group(0);
    command.spawn().map_err(|error| not_started(program, &reason(&error)))
}

async fn ended(mut child: Child) -> Result<Left, Trouble> {
    let complaint = read(child.stderr.take()).await;
    let status = child.wait().await.map_err(|error| not_started("", &reason(&error)))?;
    Ok(Left { status, complaint })
}

/// What is printed, as far as there is room, in memory that never moves and is wiped; the rest is thrown away.
async fn read(from: Option<impl AsyncRead + Unpin>) -> Zeroizing<Vec<u8>> {
    let mut kept = Zeroizing::new(Vec::with_capacity(MOST));
    let Some(mut from) = from else { return kept };
    let mut piece = Zeroizing::new([0_u8; 512]);
    while let Ok(count @ 1..) = from.read(piece.as_mut_slice()).await {
        let room = (MOST - kept.len()).min(count);
        kept.extend_from_slice(&piece[..room]);
    }
    kept
}

fn judged(command: &[String], secret: &Secret, left: &Left) -> Result<(), Trouble> {
    let program = clean(command.first().map_or("", String::as_str));
    let complaint = Zeroizing::new(String::from_utf8_lossy(&left.complaint).into_owned());
    if tells(&complaint, secret) || repeats(&complaint, secret) {
        return Err(Trouble::new(
            format!("{program} printed the secret among its messages."),
            "What it prints may be kept where nobody looks after it; it is not shown here.",
            "Treat this secret as known to others: correct the command in the plan, and make a new one.",
        ));
    }
    if left.status.success() {
        return Ok(());
    }
    let how = left
        .status
        .code()
        .map_or("It was ended by a signal.".to_owned(), |code| format!("It ended with {code}."));
    let said = clean(complaint.trim());
    Err(Trouble::new(
        format!("{program} did not do it."),
        if said.is_empty() { format!("{how} It did not say why.") } else { format!("{how} It says: {said}") },
        "Look whether you are signed in there and whether the command works, then run both again. Nothing is lost.",
    ))
}

/// Whether `text` holds a telling part of the secret, however it is spaced.
fn tells(text: &str, secret: &Secret) -> bool {
    let mut squeezed = Zeroizing::new(String::with_capacity(text.len()));
    text.chars().filter(|c| !c.is_whitespace()).for_each(|c| squeezed.push(c));
    let secret = secret.expose().as_bytes();
    secret
        .windows(TELLING.min(secret.len()))
        .any(|part| std::str::from_utf8(part).is_ok_and(|p| squeezed.contains(p)))
}

/// How what came back differs, without a sign of it.
fn other(printed: &[u8], secret: &Secret) -> Trouble {
    let (got, all) = (printed.len(), secret.expose().len());
    let why = if got == 0 {
        "Nothing came back.".to_owned()
    } else if secret.expose().as_bytes().starts_with(printed) {
        format!("Only the first {got} of {all} characters came back.")
    } else if printed.starts_with(secret.expose().as_bytes()) {
        "More came back than was put in.".to_owned()
    } else {
        "Something else came back.".to_owned()
    };
    Trouble::new(
        "What the system gives back is not the secret.",
        why,
        "Correct the commands in the plan, so that one keeps exactly what it reads and the other prints exactly that; \
         then run both again, or put the secret on paper. Nothing is lost.",
    )
}

fn not_started(program: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The command {} could not be run.", clean(program)).replace("  ", " "),
        why,
        "Install it here, or correct the command in the plan ([[systems]]).",
    )
}

fn hangs(patience: Duration) -> Trouble {
    Trouble::new(
        "The command does not come to an end.",
        format!(
            "It was stopped after {} seconds; it may wait for an answer that nobody can give.",
            patience.as_secs()
        ),
        "Sign in to the system in another window first, so that it asks nothing, and run both commands again. Whether it \
         has kept the secret is not known.",
    )
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    const TEXT: &str = "AaCbDdEeFfHhJmKnLrMtN2P3R4T7UWX9";

    /// Commands that are small scripts with `body` each, `$1` being a file in a folder of their own.
    struct Scripts(tempfile::TempDir);

    impl Scripts {
        fn new(store: &str, read: &str) -> (Self, Commands) {
            let folder = tempfile::tempdir().expect("a folder");
            let script = |name: &str, body: &str| {
                let path = folder.path().join(name);
                std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("a script");
                std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it may run");
                vec![path.display().to_string(), folder.path().join("kept").display().to_string()]
            };
            let (store, read) = (script("store", store), script("read", read));
            (Self(folder), Commands { system: "V".to_owned(), store, read })
        }

        fn kept(&self) -> String {
            std::fs::read_to_string(self.0.path().join("kept")).unwrap_or_default()
        }
    }

    async fn both(commands: &Commands, patience: Duration) -> [Result<(), Trouble>; 2] {
        let vault = Vault::new();
        let id = vault.keep(Secret::new(Zeroizing::new(TEXT.to_owned())));
        let stored = within(patience, &vault, id, &Errand::Store(commands.clone())).await;
        let compared = within(patience, &vault, id, &Errand::Compare(commands.clone())).await;
        [stored, compared]
    }

    const LONG: Duration = Duration::from_mins(1);

    #[tokio::test]
    async fn what_goes_in_comes_out_and_nothing_is_added_to_it() {
        for read in ["cat \"$1\"", "cat \"$1\"; echo", "cat \"$1\"; printf '\\r\\n'"] {
            let (scripts, commands) = Scripts::new("cat > \"$1\"; echo stored; echo done >&2", read);
            assert_eq!(both(&commands, LONG).await, [Ok(()), Ok(())], "{read}");
            assert_eq!(scripts.kept(), TEXT);
        }
    }

    #[tokio::test]
    async fn a_store_that_keeps_a_part_another_text_or_nothing_is_found_out() {
        for (store, why) in [
            ("head -c 12 > \"$1\"", "first 12 of 32"),
            ("cat > \"$1\"; printf x >> \"$1\"", "More came back"),
            ("tr A-Z a-z > \"$1\"", "Something else"),
            ("cat > /dev/null; : > \"$1\"", "Nothing came back"),
        ] {
            let (_scripts, commands) = Scripts::new(store, "cat \"$1\"");
            let [stored, compared] = both(&commands, LONG).await;
            assert_eq!(stored, Ok(()));
            let trouble = compared.expect_err(store);
            assert!(trouble.why.contains(why), "{trouble}");
            assert!(!tells(&trouble.to_string(), &Secret::new(Zeroizing::new(TEXT.to_owned()))), "{trouble}");
        }
    }

    #[tokio::test]
    async fn a_command_that_fails_is_told_in_its_own_words_without_control_characters() {
        let (_scripts, commands) =
            Scripts::new("cat >/dev/null; printf 'permission \\033[31mdenied' >&2; exit 2", "exit 3");
        let [stored, compared] = both(&commands, LONG).await;
        let stored = stored.expect_err("it fails");
        assert!(stored.why.contains("ended with 2") && stored.why.contains("permission"), "{stored}");
        assert!(!stored.why.contains('\u{1b}'), "{stored:?}");
        assert!(compared.expect_err("it fails").why.contains("did not say why"));
    }

    #[tokio::test]
    async fn a_command_that_prints_the_secret_among_its_messages_is_never_repeated() {
        let echoes = ["echo $s | cut -c3-12", "printf %s $s | base64", "echo $s | tr A-Z a-z"];
        for (end, echo) in ["exit 0", "exit 1"].into_iter().flat_map(|end| echoes.map(|echo| (end, echo))) {
            let (_scripts, commands) =
                Scripts::new(&format!("read -r s; echo \"got $({echo})\" >&2; {end}"), "true");
            let [stored, _] = both(&commands, LONG).await;
            let trouble = stored.expect_err("it tells the secret");
            assert!(trouble.what.contains("printed the secret"), "{trouble}");
            assert!(!trouble.to_string().contains(&TEXT[2..8]), "{trouble}");
        }
    }

    #[tokio::test]
    async fn a_command_that_never_ends_is_ended_and_one_that_floods_is_read_to_its_end() {
        let (_scripts, commands) = Scripts::new("sleep 1000000", "sleep 1000000");
        for result in both(&commands, Duration::from_millis(50)).await {
            assert!(result.expect_err("it hangs").what.contains("does not come to an end"));
        }
        let (_scripts, commands) = Scripts::new("cat >/dev/null", "head -c 1000000 /dev/zero");
        let [_, compared] = both(&commands, LONG).await;
        assert!(compared.is_err());
    }

    #[tokio::test]
    async fn the_secret_is_in_no_word_and_no_variable_of_the_command() {
        let (scripts, commands) = Scripts::new(
            "cat >/dev/null; { env; echo \"$@\"; tr '\\0' ' ' </proc/$$/cmdline; } > \"$1\"",
            "true",
        );
        let [stored, _] = both(&commands, LONG).await;
        assert_eq!(stored, Ok(()));
        assert!(
            scripts.kept().contains("PATH=") && !scripts.kept().contains(&TEXT[..6]),
            "{}",
            scripts.kept()
        );
        // Cargo sets it for every test; it stands for whatever else this shell holds.
        assert!(std::env::var_os("CARGO_PKG_NAME").is_some() && !scripts.kept().contains("CARGO_PKG_NAME"));
    }

    #[test]
    fn programs_that_are_not_there_are_told_before() {
        let commands = |program: &str| Commands {
            system: "V".to_owned(),
            store: vec!["sh".to_owned()],
            read: vec![program.to_owned()],
        };
        assert_eq!(find(&commands("cat")), Ok(()));
        for program in ["no-such-program-of-ours", "/no/such/program"] {
            assert!(find(&commands(program)).expect_err(program).what.contains(program));
        }
    }
}
