//! One tenant, reviewed by this program in a process of its own.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};
use std::time::Duration;

use jiff::Timestamp;

use super::summary::TenantSummary;
use crate::cli::{Options, ReviewOptions};
use crate::domain::environment::{self, Helper};
use crate::domain::tenants::TenantEntry;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::effects::files;
use crate::journeys::report::review::Report;

/// No review takes so long, however slowly a service answers.
const LONGEST: Duration = Duration::from_hours(2);

/// What the process is told.
pub(super) fn words(options: &Options, review: &ReviewOptions, entry: &TenantEntry) -> Vec<OsString> {
    let mut words: Vec<OsString> = ["review", "--unattended", "--format", "json"].map(OsString::from).into();
    let mut add = |name: &str, value: Option<OsString>| {
        words.extend(value.into_iter().flat_map(|value| [OsString::from(name), value]));
    };
    let path = |path: &Option<PathBuf>| path.clone().map(PathBuf::into_os_string);
    add("--tenant", Some(entry.id.clone().into()));
    add("--seed", entry.seed.clone().map(OsString::from));
    add("--speed", entry.is_rehearsal().then(|| options.speed.to_string().into()));
    add("--record", Some(entry.record.clone().into()));
    add("--plan", path(&entry.plan));
    add("--cloud", entry.cloud.clone().map(OsString::from));
    add("--sign-in", entry.sign_in.map(|way| way.name().into()));
    add("--azure-sign-in", entry.azure_sign_in.map(|way| way.name().into()));
    add("--client-id", entry.client_id.clone().map(OsString::from));
    add("--secret-file", path(&entry.secret_file));
    add("--certificate", path(&entry.certificate));
    add("--ca-file", path(&entry.ca_file).or(path(&options.ca_file)));
    entry.accounts.iter().for_each(|account| add("--account", Some(account.into())));
    add("--fail-on", Some(review.fail_on.name().into()));
    add("--wait", Some(review.wait.to_string().into()));
    let flags = [("--due", review.due), ("--dry-run", options.dry_run), ("--verbose", options.verbose)];
    words.extend(flags.into_iter().filter(|(_, is_set)| *is_set).map(|(name, _)| name.into()));
    words
}

/// How the review of one tenant went; what it says is kept with its record.
pub(super) async fn reviewed(entry: TenantEntry, words: Vec<OsString>) -> TenantSummary {
    match run(words).await {
        Ok(output) => told(&entry, &output),
        Err(why) => TenantSummary::unread(&entry, UNREAD, why),
    }
}

/// The exit code of what could not be read.
const UNREAD: u8 = 3;

async fn run(words: Vec<OsString>) -> Result<Output, String> {
    let program = std::env::current_exe().map_err(|error| error.to_string())?;
    let mut command = tokio::process::Command::new(program);
    command.env_clear().envs(environment::told(Helper::Review, std::env::vars_os()));
    command.args(words).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped()).kill_on_drop(true);
    match tokio::time::timeout(LONGEST, command.output()).await {
        Ok(ended) => ended.map_err(|error| files::reason(&error)),
        Err(_) => Err("It was not done after two hours, and was stopped.".to_owned()),
    }
}

fn told(entry: &TenantEntry, output: &Output) -> TenantSummary {
    let code = output.status.code().and_then(|code| u8::try_from(code).ok());
    let report = serde_json::from_slice::<Report>(&output.stdout).ok();
    match (code, report) {
        (Some(code), Some(report)) => {
            let kept = keep(&entry.record, &output.stdout);
            TenantSummary::of(entry, code, &report, kept)
        }
        (code, None) => TenantSummary::unread(
            entry,
            code.filter(|code| *code != 0).unwrap_or(UNREAD),
            why(&output.stderr),
        ),
        (None, Some(_)) => TenantSummary::unread(entry, UNREAD, why(&output.stderr)),
    }
}

/// The last that the process said, as one line.
fn why(stderr: &[u8]) -> String {
    let text = String::from_utf8_lossy(stderr);
    let lines: Vec<String> = text.lines().map(|line| clean(line).trim().to_owned()).collect();
    let last: Vec<String> = lines.into_iter().rev().filter(|line| !line.is_empty()).take(3).collect();
    let words: Vec<String> = last.into_iter().rev().collect();
    if words.is_empty() { "It ended and said nothing.".to_owned() } else { words.join(" ") }
}

/// So many reports of one second find a name.
const MOST_IN_A_SECOND: usize = 100;

/// Writes the report beside the record, under a name that none has yet.
fn keep(record: &Path, report: &[u8]) -> Result<PathBuf, Trouble> {
    let folder = record.join("reports");
    files::own_folder(&folder)?;
    let name = Timestamp::now().strftime("review-%Y%m%dT%H%M%SZ").to_string();
    let file = |number: usize| match number {
        1 => folder.join(format!("{name}.json")),
        number => folder.join(format!("{name}-{number}.json")),
    };
    // Another scheduler may take a name in the very moment in which it was seen to be free.
    let mut number = 1;
    loop {
        match files::write_new(&file(number), report) {
            Err(_) if number < MOST_IN_A_SECOND && file(number).symlink_metadata().is_ok() => number += 1,
            written => return written.map(|()| file(number)),
        }
    }
}
