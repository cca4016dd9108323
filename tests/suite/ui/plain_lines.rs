//! What is typed in the plain face, and when: words that mean the same at every question, type-ahead, signals.

use crate::support::plain::{MOST, Paper, decide};
use crate::support::terminal::{Window, wait_until_so};
use crate::support::{Home, Person, choice};

fn setup(home: &Home) -> std::process::Command {
    let mut command = home.breakglass();
    command.args(["--seed", "p1", "--speed", "1000", "--plain"]).arg("--record").arg(home.record());
    command.arg("--plan").arg(home.plan_with(&[("route = \"file\"", "route = \"by-hand\"")]));
    command
}

fn intends(home: &Home) -> bool {
    home.journal().iter().any(|line| line["entry"]["entry"] == "intends")
}

/// A person who went on until `words` were shown, and what was shown last.
fn at(home: &Home, words: &str) -> (Person, String) {
    let mut person = Person::at(setup(home));
    let mut paper = Paper::default();
    for _ in 0..MOST {
        let shown = person.next_question().expect("a question");
        if shown.contains(words) {
            return (person, shown);
        }
        let line = decide(&shown, &mut paper).unwrap_or_else(|| panic!("no way on from:\n{shown}"));
        person.type_line(&line);
    }
    panic!("{words} was never shown:\n{}", person.seen);
}

/// Types a line and hears what is new.
fn heard(person: &mut Person, line: &str) -> String {
    person.type_line(line);
    person.next_prompt().expect("an answer")
}

#[test]
fn nothing_that_was_typed_before_consents_and_no_digit_does() {
    let home = Home::new();
    let (mut person, shown) = at(&home, "a  Do it for me");
    assert_eq!(choice(&shown, "Do it for me").as_deref(), Some("a"));
    let list = heard(&mut person, "a\nw\nwrite");
    assert!(list.contains("What was typed before this was asked does not count."), "{list}");
    assert!(list.contains("w  WRITES: Write"), "{list}");
    for digit in ["1", "2", "3"] {
        // The record may ask once more meanwhile.
        let mut told = heard(&mut person, digit);
        while !told.contains("There is no such choice here") {
            told = person.next_prompt().unwrap_or_else(|| panic!("{}", person.seen));
        }
    }
    assert_eq!(heard(&mut person, "tick 1"), "Choice: ", "it is ticked already");
    for _ in 0..2 {
        heard(&mut person, "untick 1");
        assert!(heard(&mut person, "").contains("not ticked: Create user"), "{}", person.seen);
    }
    assert!(!heard(&mut person, "tick 1").contains("not ticked"));
    assert!(heard(&mut person, "tick 7").contains("no such"), "there is no seventh write");
    heard(&mut person, "call 1");
    let bare = heard(&mut person, "copy");
    assert!(bare.starts_with("POST /v1.0/users\n{\n"), "bare: {bare}");
    assert!(!intends(&home), "nothing was written");
    heard(&mut person, "write");
    assert!(intends(&home), "the word writes");
    person.leave();
}

#[test]
fn back_leave_and_help_are_understood_at_every_question() {
    let home = Home::new();
    let (mut person, looked) = at(&home, "Go on to the plan");
    let plan = heard(&mut person, &choice(&looked, "Go on to the plan").expect("a way"));
    heard(&mut person, &choice(&plan, "Incident system").expect("a decision"));
    for word in ["/?", "/help"] {
        assert!(heard(&mut person, word).contains("/ok takes what stands in brackets"), "{}", person.seen);
    }
    let whole = heard(&mut person, "");
    assert!(
        whole.contains("\nbreakglass  ") && whole.contains("The plan: Incident system"),
        "never an answer: {whole}"
    );
    assert!(heard(&mut person, "/q").contains("Leave?"));
    assert!(heard(&mut person, "?").contains("An empty line, say or again"));
    assert!(heard(&mut person, "b").contains("Incident system"), "{}", person.seen);
    assert!(heard(&mut person, "/b").ends_with("Choice: "), "{}", person.seen);
    let unknown = heard(&mut person, "40718254");
    assert!(unknown.contains("no such choice") && !person.seen.contains("40718254"), "{unknown}");
    person.leave();
}

#[test]
fn only_enter_shows_the_next_group_and_a_group_can_be_seen_again() {
    let home = Home::new();
    let (mut person, shown) = at(&home, "groups of 4");
    assert!(shown.contains("A screen reader will speak every group aloud"), "{shown}");
    for word in ["?", "help", "40718254"] {
        let told = heard(&mut person, word);
        assert!(told.contains("again repeats a group") && !told.contains("Group 1:"), "{told}");
    }
    let first = heard(&mut person, "");
    let letters = first.trim().trim_start_matches("Group 1:  ").chars().take(4);
    let spelled: Vec<String> = letters.map(breakglass::domain::secret::password::spoken).collect();
    assert!(first.contains(&spelled.join(", ")), "spelled as on the slip: {first}");
    assert_eq!(heard(&mut person, "again"), first);
    assert!(heard(&mut person, "").contains("Group 2:  "));
    assert_eq!(heard(&mut person, "1"), first);
    let left = heard(&mut person, "q");
    assert!(left.contains("Leave?") && !left.contains("Group "), "{left}");
    let on = heard(&mut person, "b");
    assert!(on.contains("Enter goes on with group 2") && !on.contains("Group 1"), "not from the start: {on}");
    assert!(heard(&mut person, "").contains("Group 2:  "));
    person.leave();
}

/// A window at the question for a secret.
fn at_secret(home: &Home) -> Window {
    let mut command = home.breakglass();
    command.args(["--seed", "p1", "--plain", "--sign-in", "client-secret", "--client-id"]);
    command.arg("11111111-2222-4333-8444-555555555555").arg("--record").arg(home.record());
    let mut window = Window::open(&command, (80, 24));
    window.wait_for("Choice: ").keys("s\r");
    window.wait_for("lient secret").wait_until("a prompt", |text| text.trim_end().ends_with(':'));
    window
}

#[cfg(unix)]
fn echoes(device: &std::fs::File) -> bool {
    use rustix::termios::{LocalModes, tcgetattr};
    tcgetattr(device).expect("a terminal").local_modes.contains(LocalModes::ECHO)
}

#[test]
#[cfg(unix)]
fn ctrl_c_at_a_secret_asks_and_echoes_again() {
    let home = Home::new();
    let mut window = at_secret(&home);
    let device = window.device();
    wait_until_so("a terminal that does not echo", || !echoes(&device));
    window.keys("hidden words\x03").wait_for("Leave?").wait_for("Choice: ");
    assert!(!window.text().contains("hidden words"), "{}", window.text());
    wait_until_so("a terminal that echoes", || echoes(&device));
}

#[test]
#[cfg(unix)]
fn a_signal_that_ends_it_at_a_secret_leaves_a_terminal_that_echoes() {
    for (name, code) in [("TERM", 143), ("HUP", 129), ("QUIT", 131)] {
        let home = Home::new();
        let mut window = at_secret(&home);
        let device = window.device();
        wait_until_so("a terminal that does not echo", || !echoes(&device));
        window.signal(name);
        assert!(window.has_ended_with(code), "{name}");
        assert!(echoes(&device), "{name}");
    }
}
