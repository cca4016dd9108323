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

#[test]
fn every_repair_that_words_name_is_one() {
    fn look(folder: &std::path::Path, found: &mut Vec<(String, String)>) {
        for entry in std::fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry").path())
        {
            match std::fs::read_to_string(&entry) {
                Ok(text) => {
                    let named = text.split("breakglass repair ").skip(1);
                    let word = |rest: &str| {
                        rest.chars().take_while(|c| c.is_ascii_lowercase() || *c == '-').collect::<String>()
                    };
                    found.extend(named.map(|rest| (entry.display().to_string(), word(rest))));
                }
                Err(_) if entry.is_dir() => look(&entry, found),
                Err(_) => {}
            }
        }
    }
    let mut found = Vec::new();
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    ["src", "assets"].iter().for_each(|folder| look(&root.join(folder), &mut found));
    let named: Vec<_> =
        found.into_iter().filter(|(_, word)| word.len() > 2 && !word.starts_with('-')).collect();
    assert!(named.len() > 5, "{named:?}");
    for (file, word) in named {
        let case = breakglass::domain::check::repair::RepairCase::named(&word);
        assert!(case.is_some(), "{file} names \"breakglass repair {word}\", which there is not");
    }
}
