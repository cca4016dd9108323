//! The command line of exercises.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

/// Which exercise, and how it is played.
#[derive(Debug, Clone, Args)]
#[command(args_conflicts_with_subcommands = true)]
pub struct TabletopOptions {
    /// The scenario by its name, or a file of your own (TOML); chosen from the list when left out
    #[arg(value_name = "SCENARIO", value_hint = ValueHint::FilePath)]
    pub scenario: Option<String>,
    /// Print the scenarios and leave
    #[arg(long)]
    pub list: bool,
    /// Write what the players see to this file, again and again, for a terminal of their own: watch -n1 cat FILE
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub players: Option<PathBuf>,
    /// Play alone, with hints on request
    #[arg(long)]
    pub solo: bool,
    /// With --unattended: play what this script says (TOML)
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub script: Option<PathBuf>,
    /// Something else about exercises
    #[command(subcommand)]
    pub command: Option<TabletopCommand>,
}

/// What else there is about exercises.
#[derive(Debug, Clone, Subcommand)]
pub enum TabletopCommand {
    /// Check a scenario of your own and say what is wrong with it, line by line
    Check {
        /// The scenario
        #[arg(value_hint = ValueHint::FilePath)]
        file: PathBuf,
    },
    /// Print a scenario in the Common Exercise Format (CEXF), for other tools
    Export {
        /// The scenario by its name, or a file of your own
        scenario: String,
    },
    /// Print the papers of a scenario: cards, situation manual, facilitator's guide
    Papers {
        /// The scenario by its name, or a file of your own
        scenario: String,
        /// The folder they are written to, as PDF
        #[arg(long, value_name = "DIR", value_hint = ValueHint::DirPath)]
        output: PathBuf,
    },
}
