//! The command line: help that fits 80 columns, completions, the manual page.

use breakglass::cli;

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
    check(cli::command());
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
fn completions_know_the_words_that_may_stand_there() {
    let home = Home::new();
    for shell in ["bash", "fish", "zsh"] {
        let output = home.breakglass().args(["completions", shell]).output().expect("it runs");
        let script = words(&output);
        for word in
            ["locked-out", "troubleshooting", "blocked-by-policy", "managed-identity", "fourth", "custody"]
        {
            assert!(script.contains(word), "{shell} does not know {word}");
        }
    }
}

#[test]
fn a_help_shows_its_own_flags_first_and_none_that_change_nothing() {
    let home = Home::new();
    let help = |typed: &str| {
        let mut command = home.breakglass();
        words(&command.args(typed.split(' ')).arg("--help").output().expect("it runs"))
    };
    for (typed, own, others) in [
        ("rehearsal serve", "--port", &["--sign-in", "--plan", "--plain", "--tenant"][..]),
        ("rehearsal reset", "-h, --help", &["--sign-in", "--speed", "--json"]),
        ("plan check", "--live", &["--sign-in", "--record", "--seed"]),
        ("sheet", "--output", &["--sign-in", "--unattended"]),
        ("repair", "--list", &["--json"]),
    ] {
        let told = help(typed);
        let before = told.find("Which tenant:").or(told.find("The run:")).unwrap_or(told.len());
        assert!(told.find(own).is_some_and(|at| at < before), "{typed}: {told}");
        for other in others {
            assert!(!told.contains(other), "{typed} shows {other}: {told}");
        }
    }
    assert!(help("setup").contains("--sign-in") && help("setup").contains("--json"));
}

#[test]
fn every_command_has_a_manual_page_with_its_exit_codes_and_files() {
    let home = Home::new();
    let folder = home.path("man1");
    let output = home.breakglass().args(["man", "--all"]).arg(&folder).output().expect("it runs");
    assert!(output.status.success(), "{}", words(&output));
    for name in ["breakglass", "breakglass-setup", "breakglass-rehearsal-serve", "breakglass-plan-check"] {
        let page = std::fs::read_to_string(folder.join(format!("{name}.1"))).expect("a page");
        for section in ["EXIT STATUS", "FILES", "ENVIRONMENT", "journal.jsonl"] {
            assert!(page.contains(section), "{name} has no {section}: {page}");
        }
    }
    let page = std::fs::read_to_string(folder.join("breakglass-rehearsal-serve.1")).expect("a page");
    assert!(
        page.contains("breakglass rehearsal serve") && !page.contains("certificate and its RSA"),
        "{page}"
    );
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
    for folder in ["src", "assets"] {
        look(&root.join(folder), &mut found);
    }
    let named: Vec<_> =
        found.into_iter().filter(|(_, word)| word.len() > 2 && !word.starts_with('-')).collect();
    assert!(named.len() > 5, "{named:?}");
    for (file, word) in named {
        let case = breakglass::domain::check::repair::RepairCase::named(&word);
        assert!(case.is_some(), "{file} names \"breakglass repair {word}\", which there is not");
    }
}
