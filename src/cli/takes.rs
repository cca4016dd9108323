//! Which command takes which of the common options: shown in its help, and refused where it would change nothing.

use clap::parser::ValueSource;
use clap::{ArgMatches, CommandFactory};

use crate::cli::{Cli, FACE};
use crate::domain::trouble::Trouble;

/// What a command takes of the common options.
struct Takes {
    /// The command, as it is typed.
    command: &'static [&'static str],
    /// The ids of the options, in lists that several commands share; none that is not here.
    options: &'static [&'static [&'static str]],
}

/// Commands that take some of them. One that is not here takes all but `--json` of another.
const SOME: [Takes; 20] = [
    Takes { command: &["sheet"], options: &[&["tenant", "seed", "cloud", "ca_file", "plan", "record"]] },
    Takes { command: &["guide"], options: &[] },
    Takes { command: &["plan"], options: &[&["json"]] },
    Takes { command: &["plan", "example"], options: &[] },
    Takes { command: &["plan", "check"], options: &[&["json"]] },
    Takes { command: &["record"], options: &[&["json"]] },
    Takes { command: &["rehearsal"], options: &[&["seed", "speed", "record"]] },
    Takes { command: &["rehearsal", "reset"], options: &[&["seed", "record"]] },
    Takes { command: &["selftest"], options: &[&["json"]] },
    Takes { command: &["completions"], options: &[] },
    Takes { command: &["man"], options: &[] },
    Takes { command: &["repair"], options: REPAIR },
    Takes { command: &["review", "schedule"], options: SCHEDULE },
    Takes { command: &["review", "schema"], options: &[] },
    Takes { command: &["review", "export"], options: &[&["tenant", "seed", "record"]] },
    Takes { command: &["review"], options: REVIEW },
    Takes { command: &["tabletop", "check"], options: &[] },
    Takes { command: &["tabletop", "export"], options: &[] },
    Takes { command: &["tabletop", "papers"], options: &[] },
    Takes { command: &["tabletop"], options: TABLETOP },
];

/// A repair is made by a person at the console, who sees what it comes to.
const REPAIR: &[&[&str]] = &[PLACE, RUN];

/// All of them; it is here because its own commands take fewer.
const REVIEW: &[&[&str]] = &[PLACE, RUN, &["json"]];

/// An exercise is held on a tenant of its own. The tenant, the record and the plan that are named are those of the
/// organization: it is read who plays, and never connected to, so that nothing here leads to a cloud or proves anybody.
const TABLETOP: &[&[&str]] = &[&[
    "tenant",
    "seed",
    "speed",
    "plan",
    "record",
    "accept_broken_record",
    "unattended",
    "json",
    "verbose",
]];

/// What is spelled out for a scheduler.
const SCHEDULE: &[&[&str]] = &[PLACE];

/// Where it works, as whom, by which plan and record.
const PLACE: &[&str] = &[
    "tenant",
    "seed",
    "cloud",
    "ca_file",
    "sign_in",
    "azure_sign_in",
    "client_id",
    "secret_file",
    "certificate",
    "plan",
    "record",
];

/// How a run goes.
const RUN: &[&str] =
    &["speed", "accept_broken_record", "dry_run", "confirm_sign_in", "unattended", "yes_write_to", "verbose"];

/// The command line, with the help of each command showing what it takes.
pub fn command() -> clap::Command {
    let whole = Cli::command();
    let common: Vec<clap::Arg> = whole.get_arguments().filter(|arg| arg.is_global_set()).cloned().collect();
    let names: Vec<String> = whole.get_subcommands().map(|inner| inner.get_name().to_owned()).collect();
    names.into_iter().fold(whole, |whole, name| {
        whole.mut_subcommand(&name, |inner| showing(inner, std::slice::from_ref(&name), &common))
    })
}

/// `inner`, which stands at `path`, with what it does not take hidden; what is typed all the same is told by [`refused`].
fn showing(inner: clap::Command, path: &[String], common: &[clap::Arg]) -> clap::Command {
    let hidden = common.iter().filter(|arg| !is_taken(path, arg) || is_for_screens(path, arg));
    let hidden: Vec<clap::Arg> = hidden.cloned().map(|arg| arg.hide(true)).collect();
    let names: Vec<String> = inner.get_subcommands().map(|deeper| deeper.get_name().to_owned()).collect();
    names.into_iter().fold(inner.args(hidden), |inner, name| {
        let path: Vec<String> = path.iter().cloned().chain([name.clone()]).collect();
        inner.mut_subcommand(&name, |deeper| showing(deeper, &path, common))
    })
}

/// Options about the terminal change nothing in a command without screens, and are no mistake there.
fn is_for_screens(path: &[String], arg: &clap::Arg) -> bool {
    of(path).is_some_and(|some| some.command != ["repair"]) && is_about_the_face(arg)
}

fn is_about_the_face(arg: &clap::Arg) -> bool {
    arg.get_help_heading() == Some(FACE)
}

fn is_taken(path: &[String], arg: &clap::Arg) -> bool {
    is_about_the_face(arg)
        || of(path).is_none_or(|some| some.options.iter().any(|list| list.contains(&arg.get_id().as_str())))
}

/// What the command at `path` takes: its own row, or that of the command above.
fn of(path: &[String]) -> Option<&'static Takes> {
    let is_of = |some: &&Takes, length: usize| path.get(..length).is_some_and(|start| some.command == start);
    (1..=path.len()).rev().find_map(|length| SOME.iter().find(|some| is_of(some, length)))
}

/// Why the command that was typed is not run: an option that it does not take.
pub fn refused(typed: &ArgMatches) -> Option<Trouble> {
    let path = path(typed);
    let whole = Cli::command();
    let is_typed =
        |arg: &&clap::Arg| typed.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine);
    let odd = whole.get_arguments().filter(|arg| arg.is_global_set()).filter(is_typed);
    let odd = odd.filter(|arg| !is_taken(&path, arg)).find_map(|arg| arg.get_long())?;
    let command = path.join(" ");
    Some(Trouble::new(
        format!("breakglass {command} takes no --{odd}."),
        "It would change nothing there.",
        format!("Leave it out; what there is: breakglass {command} --help"),
    ))
}

/// The command that was typed, word by word.
fn path(typed: &ArgMatches) -> Vec<String> {
    let next =
        |matches: &ArgMatches| matches.subcommand().map(|(name, inner)| (name.to_owned(), inner.clone()));
    let mut path = Vec::new();
    let mut at = typed.clone();
    while let Some((name, inner)) = next(&at) {
        path.push(name);
        at = inner;
    }
    path
}
