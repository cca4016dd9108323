//! Manual pages, one for the program and one for each command: what clap knows of it, and what it cannot know: how it ends,
//! which files it reads and writes, what it looks for in the environment.

use crate::cli::command;
use crate::domain::trouble::Trouble;

/// A page and the name of its file.
pub struct Page {
    /// `breakglass-setup.1`.
    pub file: String,
    /// The page, for man(1).
    pub text: Vec<u8>,
}

/// How every command ends (README, "exit code").
const CODES: [(&str, &str); 6] = [
    ("0", "All in order."),
    (
        "1",
        "A check failed, and neither a write nor a person is under way for it; a record whose chain is broken.",
    ),
    ("2", "Something needs a person."),
    (
        "3",
        "Nothing usable could be read: a tenant, a plan that is refused, a record; or the output could not be written.",
    ),
    ("64", "Wrong usage, or an unattended run on a live tenant without --yes-write-to."),
    ("70", "A defect of this program: the terminal was given back and every secret forgotten."),
];

/// What is read and written.
const FILES: [(&str, &str); 7] = [
    (
        "~/.local/share/breakglass/",
        "Records, a folder for each tenant, where --record names no other; below XDG_DATA_HOME where that is set.",
    ),
    (
        "journal.jsonl",
        "The record: a line before and after every write, each chained to the one before. Mode 0600.",
    ),
    ("plan.toml", "The plan of the record, as it stands; plan.draft.toml holds answers on the way to it."),
    ("requests.jsonl", "With -v: every request, without tokens, passwords and phone numbers."),
    ("rehearsal-tenant.json", "The state of the rehearsal tenant."),
    ("lock", "Held while a program uses the record."),
    ("journal.torn-N", "A last line that a crash cut off, set aside."),
];

/// What is looked for in the environment.
const ENVIRONMENT: [(&str, &str); 5] = [
    ("NO_COLOR", "No color, when it is set."),
    ("TERM", "dumb gives screens line by line; linux, those of the console."),
    ("BROWSER", "The program that opens the page to sign in."),
    ("HTTPS_PROXY, NO_PROXY", "Honored for real tenants, never for a rehearsal."),
    ("CUPS_SERVER", "Where printers are found."),
];

/// The page about the command that `about` names word by word, the whole program where it names none.
///
/// # Errors
///
/// There is no such command.
pub fn manual(about: &[String]) -> Result<Page, Trouble> {
    let all = manual_pages()?;
    let name = file_name(about);
    let known: Vec<String> = all.iter().skip(1).map(|page| command_of(&page.file)).collect();
    all.into_iter().find(|page| page.file == name).ok_or_else(|| {
        Trouble::new(
            format!("There is no command called {}.", about.join(" ")),
            "A manual page is about one command, or about the whole program.",
            format!("Use one of: {}", known.join(", ")),
        )
    })
}

/// Every page, that of the program first.
///
/// # Errors
///
/// A page could not be made.
pub fn manual_pages() -> Result<Vec<Page>, Trouble> {
    let mut whole = command();
    whole.build();
    let mut pages = Vec::new();
    collect(&whole, &[], &mut pages).map_err(|error| {
        Trouble::new("The manual page could not be made.", error.to_string(), "Try again.")
    })?;
    Ok(pages)
}

fn collect(command: &clap::Command, path: &[String], pages: &mut Vec<Page>) -> std::io::Result<()> {
    pages.push(Page { file: file_name(path), text: page(command, path)? });
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        let path: Vec<String> = path.iter().cloned().chain([inner.get_name().to_owned()]).collect();
        collect(inner, &path, pages)?;
    }
    Ok(())
}

fn file_name(path: &[String]) -> String {
    let words: Vec<&str> = std::iter::once("breakglass").chain(path.iter().map(String::as_str)).collect();
    format!("{}.1", words.join("-"))
}

/// `rehearsal serve` for `breakglass-rehearsal-serve.1`.
fn command_of(file: &str) -> String {
    file.trim_start_matches("breakglass-").trim_end_matches(".1").replace('-', " ")
}

fn page(command: &clap::Command, path: &[String]) -> std::io::Result<Vec<u8>> {
    let name = file_name(path).trim_end_matches(".1").to_owned();
    let titled = command.clone().display_name(name).disable_help_subcommand(true);
    let mut text = Vec::new();
    clap_mangen::Man::new(titled).render(&mut text)?;
    text.extend(section("EXIT STATUS", &CODES).bytes());
    text.extend(section("FILES", &FILES).bytes());
    text.extend(section("ENVIRONMENT", &ENVIRONMENT).bytes());
    Ok(text)
}

/// A section of terms with their meaning.
fn section(title: &str, rows: &[(&str, &str)]) -> String {
    let rows: Vec<String> = rows
        .iter()
        .map(|(term, words)| format!(".TP\n\\fB{}\\fR\n{}\n", escaped(term), escaped(words)))
        .collect();
    format!(".SH \"{title}\"\n{}", rows.concat())
}

/// Text as roff reads it: hyphens that can be searched for, no line that begins with a request.
fn escaped(text: &str) -> String {
    text.replace('\\', "\\\\").replace('-', "\\-")
}
