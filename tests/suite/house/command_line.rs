//! The command line: help that fits 80 columns, completions, the manual page.

use breakglass::cli::Cli;
use clap::CommandFactory;

use crate::support::{Home, words};

#[test]
fn every_help_fits_eighty_columns() {
    fn check(mut command: clap::Command) {
        command = command.term_width(80);
        command.build();
        for help in [command.render_help(), command.render_long_help()] {
            let text = help.to_string();
            let long = text.lines().find(|line| line.chars().count() > 80);
            assert_eq!(long, None, "{}", command.get_name());
        }
        for inner in command.get_subcommands().cloned().collect::<Vec<_>>() {
            check(inner);
        }
    }
    check(Cli::command());
}

#[test]
fn completions_and_the_manual_page_are_printed() {
    let home = Home::new();
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let output = home.breakglass().args(["completions", shell]).output().expect("it runs");
        assert!(output.status.success() && words(&output).contains("rehearsal"), "{shell}");
    }
    let output = home.breakglass().arg("man").output().expect("it runs");
    assert!(output.status.success() && words(&output).contains(".SH OPTIONS"));
}
