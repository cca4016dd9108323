//! The command line: what can be typed, defined once.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};

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

/// Options that every command takes.
#[derive(Debug, Clone, Args)]
pub struct Options {
    /// Which tenant: rehearsal (a simulated one, nothing at risk), manual (no connection: you do, the program guides
    /// and keeps the record), or a tenant id together with --cloud FILE
    #[arg(long, global = true, value_name = "TENANT")]
    pub tenant: Option<String>,
    /// Which rehearsal tenant: fresh, p1, free, busy, existing, drifted, locked-out
    #[arg(long, global = true, default_value = "fresh", value_name = "NAME")]
    pub seed: String,
    /// How many times faster than real life the rehearsal runs
    #[arg(long, global = true, default_value_t = 50.0, value_name = "TIMES")]
    pub speed: f64,
    /// A cloud profile: where the services are (TOML)
    #[arg(long, global = true, value_name = "FILE")]
    pub cloud: Option<PathBuf>,
    /// The application that signs in; Microsoft Graph PowerShell's when left out
    #[arg(long, global = true, default_value = GRAPH_POWERSHELL, value_name = "ID", hide_default_value = true)]
    pub client_id: String,
    /// The plan (TOML, no secrets); see: breakglass plan example
    #[arg(long, global = true, value_name = "FILE")]
    pub plan: Option<PathBuf>,
    /// The folder of the record
    #[arg(long, global = true, value_name = "DIR")]
    pub record: Option<PathBuf>,
    /// Go on with a record whose chain is broken
    #[arg(long, global = true)]
    pub accept_broken_record: bool,
    /// Show the whole run and write nothing
    #[arg(long, global = true)]
    pub dry_run: bool,
    /// Numbered choices, line by line; for screen readers, serial lines and pipes
    #[arg(long, global = true)]
    pub plain: bool,
    /// Take every answer from the plan; leave with 2 when a person is needed
    #[arg(long, global = true, requires = "tenant")]
    pub unattended: bool,
    /// With --unattended on a live tenant: the tenant again, spelled as with --tenant, as the consent to write
    #[arg(long, global = true, value_name = "TENANT-ID")]
    pub yes_write_to: Option<String>,
    /// Print the result as JSON
    #[arg(long, global = true)]
    pub json: bool,
    /// Only ASCII characters
    #[arg(long, global = true)]
    pub ascii: bool,
    /// No color (the variable NO_COLOR does the same)
    #[arg(long, global = true)]
    pub no_color: bool,
    /// Write to the terminal only when something happens; for slow serial lines (below 9600 baud by itself)
    #[arg(long, global = true)]
    pub slow: bool,
}

/// The public client of Microsoft Graph PowerShell (contract 10): the quick start, any delegated scope by consent.
const GRAPH_POWERSHELL: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";

/// What to do.
#[derive(Debug, Clone, Subcommand)]
pub enum Command {
    /// Set up the accounts, in nine steps
    Setup,
    /// Read the guide: steps, upkeep, troubleshooting, costs
    Guide {
        /// Which part; all of them when left out
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
}

/// Commands about plans.
#[derive(Debug, Clone, Subcommand)]
pub enum PlanCommand {
    /// Print a complete plan with comments, which works as it is on the rehearsal tenant
    Example,
    /// Check a plan and say what is missing
    Check {
        /// The plan
        file: PathBuf,
    },
}

/// Commands about records.
#[derive(Debug, Clone, Subcommand)]
pub enum RecordCommand {
    /// Check the chain of a record
    Verify {
        /// Its folder
        folder: PathBuf,
    },
    /// Show a record line by line
    Show {
        /// Its folder
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
        #[arg(long, value_name = "DIR")]
        tls: Option<PathBuf>,
    },
    /// Set the rehearsal tenant and its record aside, so that the next run begins fresh
    Reset,
}
