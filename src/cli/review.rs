//! What can be typed behind `review`.

use std::path::PathBuf;

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand, ValueHint};

use crate::domain::review::{FailOn, Format, Mend};
use crate::journeys::report::review::export::Scanner;

/// What is reviewed, and how it is told.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct ReviewOptions {
    /// What else there is to do about reviews
    #[command(subcommand)]
    pub command: Option<ReviewCommand>,
    /// Begin with the work that is due; with --unattended tell that alone
    #[arg(long)]
    pub due: bool,
    /// How the result is told, where nobody sits at the console
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    pub format: Option<Format>,
    /// A new file for the result instead of standard output
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Compare with the review of that day or the last one before it (2026-09-30), or with a report (a file made by
    /// --format json)
    #[arg(long, value_name = "DATE|REPORT", value_hint = ValueHint::FilePath)]
    pub since: Option<String>,
    /// An emergency access account by the name it signs in with, once for each, where neither plan nor record tells them
    #[arg(long = "account", value_name = "UPN")]
    pub accounts: Vec<String>,
    /// With --unattended: repair what drifted here, once for each; without it nothing is written to the tenant
    #[arg(long = "repair", value_name = "WHAT", value_parser = mends())]
    pub repairs: Vec<Mend>,
    /// What ends with 1: whatever failed or expired, only what expired, or only what is new or worse than last time
    #[arg(long, value_name = "WHAT", default_value = "fail", value_parser = failing())]
    pub fail_on: FailOn,
    /// Review each tenant of this file (TOML), four at a time, and tell how each went
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub tenants: Option<PathBuf>,
    /// With --tenants: only this one, by its name, its id or its place in the file, counted from 0
    #[arg(long, value_name = "TENANT", requires = "tenants")]
    pub only: Option<String>,
    /// With --unattended: how many seconds to wait for a record that another run uses
    #[arg(long, value_name = "SECONDS", default_value_t = 60)]
    pub wait: u64,
}

/// What else there is to do about reviews.
#[derive(Debug, Clone, Subcommand)]
pub enum ReviewCommand {
    /// Print what makes a calendar remind of it, or a scheduler that is there already do it each night
    Schedule(ScheduleOptions),
    /// Print the JSON Schema of the result
    Schema,
    /// Print what keeps a scanner rightly quiet about the accounts, as the record knows them
    Export {
        /// For which scanner
        #[arg(value_parser = scanners())]
        scanner: Scanner,
    },
}

/// For which scheduler.
#[derive(Debug, Clone, Args)]
pub struct ScheduleOptions {
    /// A calendar (ics), a service of systemd, a line for cron, a CronJob of Kubernetes, a workflow of GitHub Actions
    #[arg(value_parser = ["ics", "systemd", "cron", "kubernetes", "github"])]
    pub kind: String,
    /// The tenants (TOML), as of review --tenants
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub tenants: Option<PathBuf>,
    /// With kubernetes: the image that holds the program
    #[arg(long, value_name = "IMAGE", default_value_t = default_image())]
    pub image: String,
}

/// An image of this version, in a registry that has to be named.
fn default_image() -> String {
    concat!("registry.example.com/breakglass:", env!("CARGO_PKG_VERSION")).to_owned()
}

fn formats() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::name))
        .try_map(|name| Format::named(&name).ok_or("no format"))
}

fn mends() -> impl TypedValueParser<Value = Mend> {
    PossibleValuesParser::new(Mend::ALL.map(|mend| PossibleValue::new(mend.name()).help(mend.words())))
        .try_map(|name| Mend::named(&name).ok_or("nothing to repair"))
}

fn failing() -> impl TypedValueParser<Value = FailOn> {
    PossibleValuesParser::new(FailOn::ALL.map(FailOn::name))
        .try_map(|name| FailOn::named(&name).ok_or("nothing to fail on"))
}

fn scanners() -> impl TypedValueParser<Value = Scanner> {
    PossibleValuesParser::new(Scanner::ALL.map(Scanner::name))
        .try_map(|name| Scanner::named(&name).ok_or("no scanner"))
}
