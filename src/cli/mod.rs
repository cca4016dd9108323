//! The command line: what can be typed, defined once. Which command takes which of the common options stands in `takes`.

use std::path::PathBuf;

use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Parser, Subcommand, ValueHint};

use crate::domain::check::repair::RepairCase;
use crate::domain::connection::sign_in::SignInWay;
use crate::domain::paper::page::Page;
use crate::domain::slot::Slot;
use crate::domain::text::{is_domain, is_guid};
use crate::effects::record_compared::is_hash;
use crate::guide::Topic;
use crate::rehearsal;

mod completions;
mod manual;
mod review;
mod tabletop;
mod takes;

pub use completions::completions;
pub use manual::{Page as ManualPage, manual, manual_pages};
pub use review::{ReviewCommand, ReviewOptions, ScheduleOptions};
pub use tabletop::{TabletopCommand, TabletopOptions};
pub use takes::{command, refused};

/// Emergency access accounts for a Microsoft Entra tenant: set up, put on paper, watched and tested.
#[derive(Debug, Parser)]
#[command(name = "breakglass", version, max_term_width = 80, subcommand_negates_reqs = true)]
pub struct Cli {
    /// What to do; the home screen when left out
    #[command(subcommand)]
    pub command: Option<Command>,
    /// Options of every command
    #[command(flatten)]
    pub options: Options,
}

/// Headings of the help.
const TENANT: &str = "Which tenant";
const SIGN: &str = "Signing in";
const RUN: &str = "The run";
const FACE: &str = "The terminal";

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Which tenant: rehearsal (a simulated one, nothing at risk), manual (no connection: you do, the program guides
    /// and keeps the record), or the id or a domain of a real one
    #[arg(long, global = true, help_heading = TENANT, value_name = "TENANT", value_parser = tenant)]
    pub tenant: Option<String>,
    /// Which rehearsal tenant
    #[arg(long, global = true, help_heading = TENANT, default_value = "fresh", value_name = "NAME",
        value_parser = PossibleValuesParser::new(rehearsal::seeds()))]
    pub seed: String,
    /// How many times faster than real life the rehearsal runs
    #[arg(long, global = true, help_heading = TENANT, default_value_t = 50.0, value_name = "TIMES")]
    pub speed: f64,
    /// Which cloud: global, usgov, dod, china, or a profile that says where the services are (TOML)
    #[arg(long, global = true, help_heading = TENANT, value_name = "CLOUD", value_hint = ValueHint::FilePath)]
    pub cloud: Option<String>,
    /// Certificates to trust besides the system's (PEM): of a network that inspects TLS, of a printer
    #[arg(long, global = true, help_heading = TENANT, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub ca_file: Option<PathBuf>,
    /// How to sign in; a browser when left out
    #[arg(long, global = true, help_heading = SIGN, value_name = "WAY", value_parser = ways())]
    pub sign_in: Option<SignInWay>,
    /// How to sign in to Azure, when another way than for Entra
    #[arg(long, global = true, help_heading = SIGN, value_name = "WAY", value_parser = ways())]
    pub azure_sign_in: Option<SignInWay>,
    /// On the rehearsal tenant, too: see who signed in, and confirm it, as on a live one
    #[arg(long, global = true, help_heading = SIGN)]
    pub confirm_sign_in: bool,
    /// The application that signs in; remembered in the plan; Microsoft Graph PowerShell's when left out
    #[arg(long, global = true, help_heading = SIGN, value_name = "ID", value_parser = application)]
    pub client_id: Option<String>,
    /// A file with the app's client secret, readable by you only, or - for standard input; asked for when left out
    #[arg(long, global = true, help_heading = SIGN, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub secret_file: Option<PathBuf>,
    /// The app's certificate and its RSA key (PEM), readable by you only
    #[arg(long, global = true, help_heading = SIGN, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub certificate: Option<PathBuf>,
    /// The plan (TOML, no secrets); see: breakglass plan example
    #[arg(long, global = true, help_heading = RUN, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub plan: Option<PathBuf>,
    /// The folder of the record
    #[arg(long, global = true, help_heading = RUN, value_name = "DIR", value_hint = ValueHint::DirPath)]
    pub record: Option<PathBuf>,
    /// Go on with a record whose chain is broken
    #[arg(long, global = true, help_heading = RUN)]
    pub accept_broken_record: bool,
    /// Show the whole run and write nothing
    #[arg(long, global = true, help_heading = RUN)]
    pub dry_run: bool,
    /// Numbered choices, line by line; for screen readers, serial lines and pipes
    #[arg(long, global = true, help_heading = FACE)]
    pub plain: bool,
    /// Take every answer from the plan; leave with 2 when a person is needed
    #[arg(long, global = true, help_heading = RUN)]
    pub unattended: bool,
    /// With --unattended on a live tenant: the tenant again, spelled as with --tenant, as the consent to write
    #[arg(long, global = true, help_heading = RUN, value_name = "TENANT-ID")]
    pub yes_write_to: Option<String>,
    /// Print the result as JSON: of a setup with --unattended or --dry-run, of plan check, record verify, record show
    #[arg(long, global = true, help_heading = RUN)]
    pub json: bool,
    /// Write every request into requests.jsonl in the record folder; no token, no password, no phone number
    #[arg(short, long, global = true, help_heading = RUN)]
    pub verbose: bool,
    /// Only ASCII characters
    #[arg(long, global = true, help_heading = FACE)]
    pub ascii: bool,
    /// No color (the variable NO_COLOR does the same)
    #[arg(long, global = true, help_heading = FACE)]
    pub no_color: bool,
    /// Write to the terminal only when something happens; for slow serial lines (below 9600 baud by itself)
    #[arg(long, global = true, help_heading = FACE)]
    pub slow: bool,
}

/// The tenant as it is named everywhere else; the two that are none of Microsoft's in any spelling.
fn tenant(name: &str) -> Result<String, String> {
    let name = name.trim();
    let ours = ["rehearsal", "manual"].into_iter().find(|ours| name.eq_ignore_ascii_case(ours));
    match ours {
        Some(ours) => Ok(ours.to_owned()),
        None if is_guid(name) || is_domain(name) => Ok(name.to_owned()),
        None => Err("use rehearsal, manual, or the id or a domain of a tenant, like contoso.onmicrosoft.com"
            .to_owned()),
    }
}

/// The hash of a line, or enough of its beginning.
fn hash(text: &str) -> Result<String, String> {
    let says = "use the hash as it was noted, or its first 16 digits at least";
    if is_hash(text.trim()) { Ok(text.trim().to_owned()) } else { Err(says.to_owned()) }
}

/// An application id.
fn application(id: &str) -> Result<String, String> {
    let says = "use the application (client) id, 36 characters; see: breakglass guide registration";
    if is_guid(id.trim()) { Ok(id.trim().to_owned()) } else { Err(says.to_owned()) }
}

/// Ways to sign in by their names.
fn ways() -> impl TypedValueParser<Value = SignInWay> {
    let names = SignInWay::ALL.into_iter().map(SignInWay::name);
    PossibleValuesParser::new(names).try_map(|name| SignInWay::named(&name).ok_or("no way to sign in"))
}

/// What to do.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Set up the accounts, in nine steps
    Setup,
    /// See what drifted and what is due, mend it, and sign
    Review(Box<ReviewOptions>),
    /// Repair something about one account, or rotate its password
    Repair(RepairOptions),
    /// Play an exercise on a tenant of its own that really breaks; nothing of it can touch a real one
    Tabletop(Box<TabletopOptions>),
    /// Pages without secrets, at any time: to look at, to save, to print
    Sheet(SheetOptions),
    /// Read the guide: steps, upkeep, troubleshooting, costs
    Guide {
        /// Which part; all of them when left out
        #[arg(value_parser = PossibleValuesParser::new(Topic::ALL.map(Topic::name)))]
        topic: Option<String>,
    },
    /// A plan with every decision, and a check of yours
    #[command(subcommand)]
    Plan(PlanCommand),
    /// Look into a record
    #[command(subcommand)]
    Record(RecordCommand),
    /// The simulated tenant on its own
    #[command(subcommand)]
    Rehearsal(RehearsalCommand),
    /// What protects memory on this machine, in plain words
    Selftest,
    /// Print a completion script for a shell
    Completions {
        /// bash, elvish, fish, powershell or zsh
        shell: clap_complete::Shell,
    },
    /// Print a manual page, for man(1): breakglass man setup | man -l -
    Man(ManOptions),
}

/// Which manual page.
#[derive(Debug, Clone, Args)]
pub struct ManOptions {
    /// The command it is about, like: rehearsal serve; the whole program when left out
    pub about: Vec<String>,
    /// Write every page into this folder instead, as breakglass.1, breakglass-setup.1 and so on
    #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath, conflicts_with = "about")]
    pub all: Option<PathBuf>,
}

/// What is repaired, as far as it is known.
#[derive(Debug, Clone, Args)]
pub struct RepairOptions {
    /// What happened; asked for when left out. The names: breakglass repair --list
    #[arg(value_parser = PossibleValuesParser::new(RepairCase::ALL.map(RepairCase::id)))]
    pub case: Option<String>,
    /// Which account; asked for when left out
    #[arg(long, value_name = "SLOT", value_parser = slots(), ignore_case = true, requires = "case")]
    pub account: Option<Slot>,
    /// Print the cases and leave
    #[arg(long)]
    pub list: bool,
}

/// Slots by their names.
fn slots() -> impl TypedValueParser<Value = Slot> {
    let names = Slot::all().map(Slot::key);
    PossibleValuesParser::new(names)
        .try_map(|name| Slot::named(&name.to_ascii_lowercase()).ok_or("no account"))
}

/// What `sheet` makes, and where it goes.
#[derive(Debug, Clone, Args)]
pub struct SheetOptions {
    /// Which page; all of them but slip when left out, which is every slip with its secret masked
    #[arg(value_parser = PossibleValuesParser::new(Page::NAMES))]
    pub page: Option<String>,
    /// A new file, FILE.pdf or FILE.txt, or - for standard output; shown in the terminal when left out
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// A printer, by its address: ipp://printer.example.com/ipp/print
    #[arg(long, value_name = "URI", conflicts_with = "output")]
    pub printer: Option<String>,
    /// The size of the paper; the plan's when left out
    #[arg(long, value_name = "SIZE", value_parser = ["a4", "letter"], ignore_case = true)]
    pub paper: Option<String>,
}

/// Commands about plans.
#[derive(Debug, Clone, Subcommand)]
pub enum PlanCommand {
    /// Print a complete plan with comments, which works as it is on the rehearsal tenant
    Example,
    /// Check a plan and say what is missing
    Check {
        /// The plan
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
        /// Say also what a run against a live tenant, with nobody at the console, would still miss
        #[arg(long)]
        live: bool,
    },
}

/// Commands about records.
#[derive(Debug, Clone, Subcommand)]
pub enum RecordCommand {
    /// Check the chain of a record
    Verify {
        /// Its folder
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
        /// The head that you noted elsewhere: from the credential document, a report or a last screen
        #[arg(long, value_name = "HASH", value_parser = hash)]
        head: Option<String>,
        /// How many lines it was the head of
        #[arg(long, value_name = "N", requires = "head")]
        lines: Option<u64>,
    },
    /// Show a record line by line
    Show {
        /// Its folder
        #[arg(value_hint = ValueHint::DirPath)]
        folder: PathBuf,
    },
}

/// Commands about the rehearsal tenant.
#[derive(Debug, Clone, Subcommand)]
pub enum RehearsalCommand {
    /// Serve it until stopped, and print its addresses as one line of JSON
    Serve {
        /// The port; any free one when left out
        #[arg(long, default_value_t = 0)]
        port: u16,
        /// Serve HTTPS with a throw-away authority, whose ca.pem is written to this folder
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        tls: Option<PathBuf>,
        /// Open a port to change the tenant by name while it runs, and print its secret address with the others
        #[arg(long)]
        control: bool,
    },
    /// Set the rehearsal tenant and its record aside, so that the next run begins fresh
    Reset,
}
