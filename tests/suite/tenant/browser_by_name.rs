//! A browser that cannot be started: told at once, by name, with the address to open by hand; the waiting goes on.

use breakglass::tenant::{Opener, Profile};

use crate::support::in_process::profile;

fn opening(open: Opener) -> Profile {
    Profile { open, ..profile(["http://127.0.0.1:9"; 4]) }
}

#[tokio::test]
async fn a_program_that_is_not_there_or_fails_at_once_is_named() {
    for (command, name) in [
        ("/no/such/browser", "/no/such/browser"),
        ("/no/such/browser --new %s", "/no/such/browser"),
        ("false", "false"),
    ] {
        let opened = opening(Opener::Command(command.to_owned())).open("http://localhost:1/").await;
        let trouble = opened.expect_err(command);
        assert!(trouble.what.contains(name) && !trouble.why.is_empty(), "{trouble}");
    }
}

#[tokio::test]
async fn arguments_go_along_as_they_do_in_the_variable() {
    let folder = tempfile::tempdir().expect("a folder");
    let seen = folder.path().join("seen");
    let script = folder.path().join("a browser");
    std::fs::write(&script, format!("#!/bin/sh\nprintf '%s|' \"$@\" > '{}'\n", seen.display()))
        .expect("a file");
    let made = std::process::Command::new("chmod").arg("+x").arg(&script).status().expect("chmod");
    assert!(made.success());
    let alone = script.display().to_string();
    for (command, expected) in [(alone.as_str(), "http://h/?a=b c|"), ("sh -c true --new", "")] {
        let opened = opening(Opener::Command(command.to_owned())).open("http://h/?a=b c").await;
        assert_eq!(opened, Ok(()), "{command}");
        if !expected.is_empty() {
            assert_eq!(std::fs::read_to_string(&seen).expect("it was run"), expected);
        }
    }
    let inner = folder.path().join("plain");
    std::fs::copy(&script, &inner).expect("a copy");
    let command = format!("{} --private %s --last", inner.display());
    opening(Opener::Command(command)).open("http://h/").await.expect("it starts");
    assert_eq!(std::fs::read_to_string(&seen).expect("it was run"), "--private|http://h/|--last|");
}

#[tokio::test]
async fn of_several_browsers_the_first_that_starts_is_taken() {
    let several = ["/no/such/browser".to_owned(), "false".to_owned(), "true".to_owned()].to_vec();
    assert_eq!(opening(Opener::FirstOf(several)).open("http://h/").await, Ok(()));
}
