//! The whole setup in the plain face, by a person over pipes, who copies each secret by hand and types it back.

use crate::support::plain::{MOST, Paper, decide, point, walk, walk_until};
use crate::support::{Home, Person};

/// How fast the tenants go: the first logs come a day after the setting was made, and that is longer than any machine takes
/// for a setup.
const SPEED: &str = "200";
/// How the line begins that says how this machine keeps a secret.
const MACHINE: &str = "This machine:";

/// Every screen that asked, and everything that was shown, of a whole setup on the tenant `seed`.
fn set_up(home: &Home, seed: &str) -> (String, String) {
    let mut command = home.breakglass();
    command.args(["--seed", seed, "--speed", SPEED, "--plain"]).arg("--record").arg(home.record());
    let (screens, seen) = walk(command);
    (on_any_machine(&screens), seen)
}

/// What the self-test came to is another on each machine, and another number of lines.
fn on_any_machine(screens: &str) -> String {
    let mut parts = screens.split(MACHINE);
    let before = parts.next().unwrap_or_default().to_owned();
    let told = parts.map(|part| part.split_once("\n\n").expect("an end of what is said").1);
    let whole =
        told.fold(before, |whole, after| format!("{whole}{MACHINE} (how it keeps a secret)\n\n{after}"));
    assert!(whole.contains(MACHINE), "nothing is said of it before the first secret:\n{screens}");
    whole
}

#[test]
fn the_whole_setup_by_hand_over_a_pipe() {
    let home = Home::new();
    let (screens, seen) = set_up(&home, "p1");
    for words in ["1. There are at least two", "7. Passwords and PINs are on paper"] {
        assert!(point(&seen, words).contains("done"), "{words} is open:\n{screens}");
    }
    insta::assert_snapshot!("plain_setup_p1", screens);
    let typed = home.journal().iter().filter(|l| l["entry"]["checked"] == "typed-back").count();
    assert_eq!(typed, 6, "two passwords and four PINs were typed back");
    let journal = home.journal();
    let tests: Vec<_> = journal.iter().filter(|l| l["entry"]["entry"] == "tested").collect();
    assert!(tests.len() >= 2, "both accounts were tested");
    for test in tests {
        assert_eq!(test["entry"]["person"], "Sample Tester", "the tester was asked for, not guessed");
    }
}

#[test]
fn a_tenant_without_premium_licenses_by_hand() {
    let home = Home::new();
    let (screens, seen) = set_up(&home, "free");
    assert!(seen.contains("The setup is complete"), "what nobody can look up can be vouched for:\n{screens}");
    assert!(point(&seen, "1. There are at least two").contains("done"), "{screens}");
    insta::assert_snapshot!("plain_setup_free", screens);
}

#[test]
fn beside_an_account_and_a_group_that_are_there_by_hand() {
    let home = Home::new();
    let (screens, seen) = set_up(&home, "existing");
    assert!(point(&seen, "1. There are at least two").contains("done"), "{screens}");
    insta::assert_snapshot!("plain_setup_existing", screens);
}

#[test]
fn no_line_of_the_face_itself_is_longer_than_a_page_is_wide() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["--seed", "p1", "--plain"]).arg("--record").arg(home.record());
    let mut person = Person::at(command).listening();
    for line in ["?", "no such thing", "q", "b", "q"] {
        person.next_question().expect("it asks");
        person.type_line(line);
    }
    person.next_question();
    let long = person
        .seen
        .lines()
        .map(|line| line.trim_start_matches("Choice: "))
        .filter(|line| line.chars().count() > 76 && !line.contains('/'));
    assert_eq!(long.collect::<Vec<_>>(), Vec::<&str>::new());
    assert_eq!(person.seen.matches("Nothing is lost").count(), 2, "{}", person.seen);
    person.leave();
}

/// The most words of a whole setup that somebody listens to.
const WORDS: usize = 8_000;

#[test]
fn a_whole_setup_is_short_enough_to_be_listened_to() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["--seed", "fresh", "--speed", SPEED, "--plain"]).arg("--record").arg(home.record());
    let mut person = Person::at(command).listening();
    let mut paper = Paper::default();
    for _ in 0..MOST {
        let Some(shown) = person.next_question() else { break };
        paper.copy(&shown);
        if shown.contains("The setup is complete") || shown.contains("The setup, as it stands") {
            break;
        }
        // Whoever heard nothing to choose goes the way that is recommended.
        person.type_line(&decide(&shown, &mut paper).unwrap_or_else(|| "next".to_owned()));
    }
    let seen = person.seen.clone();
    person.leave();
    if let Some(file) = std::env::var_os("HEARD") {
        std::fs::write(file, &seen).expect("a file");
    }
    let words = seen.split_whitespace().count();
    println!("a setup on `fresh`, line by line: {words} words");
    assert!(point(&seen, "1. There are at least two").contains("done"), "{seen}");
    assert!(words <= WORDS, "{words} words are too many:\n{seen}");
}

#[test]
fn what_was_said_is_not_said_again_when_a_screen_grows() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.args(["--seed", "fresh", "--speed", SPEED, "--plain"]).arg("--record").arg(home.record());
    let seen = walk_until(command, "The plan\n", &mut |shown| decide(shown, &mut Paper::default()));
    assert_eq!(seen.matches("Sign in as an administrator").count(), 1, "{seen}");
    assert_eq!(seen.matches("The sign-in page opens in the browser").count(), 1, "{seen}");
}
