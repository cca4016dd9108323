//! The full-screen face as a person meets it: the real binary in a window of its own.

use std::collections::BTreeMap;

use crate::support::Home;
use crate::terminal::Window;

/// The smallest window with every function.
const SMALL: (u16, u16) = (80, 24);
/// More frames than a whole setup has.
const MOST: usize = 20_000;

fn home_screen(home: &Home, seed: &str) -> Window {
    let mut command = home.breakglass();
    command.args(["--seed", seed, "--speed", "1000"]).arg("--record").arg(home.record());
    Window::open(&command, SMALL)
}

/// What the person prefers, first one first.
const WISHES: [&str; 18] = [
    "Set up the accounts",
    "Go on with the setup",
    "Go on to the plan",
    "Fill in what is empty",
    "The plan stands",
    "Yes, this is so",
    "It is on paper",
    "Issue the pass",
    "Make the slip now",
    "Begin the test",
    "Write ",
    "Do it for me",
    "Write the PIN slip",
    "Register key",
    "Make the password slip",
    "Write the credential document",
    "Test the sign-in of",
    "Wait for the recipients",
];

/// What is typed into a field, by a word of its prompt.
const TEXTS: [(&str, &str); 9] = [
    ("place", "Sample Building"),
    ("serial", "SAMPLE-1"),
    ("custodian", "Sample Custodian"),
    ("Alerts are mailed to", "Security <security@example.com>"),
    ("Approvers", "Chief Information Officer"),
    ("Retrievers", "Sample Person A; Sample Person B"),
    ("Incident system", "Sample register"),
    ("Who vouches", "Sample Person"),
    ("eal number", "SEAL-1"),
];

/// A person who sets up the accounts by keys.
#[derive(Default)]
struct Person {
    /// Groups copied from the screen, by line.
    paper: BTreeMap<usize, String>,
}

impl Person {
    /// The keys to press on what the window shows; `None` while it is busy.
    fn decide(&mut self, text: &str) -> Option<String> {
        if let Some(line) = typed_line(text) {
            return self.paper.get(&line).map(|groups| format!("{groups}\r"));
        }
        if text.contains("hidden; Space shows it") && text.contains("It is on paper") {
            return Some(" ".to_owned());
        }
        if text.contains("hides itself in") && text.contains("It is on paper") {
            self.paper = copied(text);
            return choice(text, "It is on paper");
        }
        if let Some(prompt) = prompt(text) {
            return Some(format!("{}\r", answer(&prompt)));
        }
        let wish = WISHES.iter().find_map(|words| choice(text, words));
        wish.or_else(|| choice(text, "Attest: ")).or_else(|| choice(text, "Go on to"))
    }
}

/// The letter of the choice whose label begins with `words`.
fn choice(text: &str, words: &str) -> Option<String> {
    let labels = text.match_indices("] ").filter_map(|(at, _)| {
        let letter = text[..at].chars().next_back()?;
        let is_key =
            text[..at].chars().rev().nth(1) == Some('[') && letter != 'x' || text[..at].ends_with("[x");
        (is_key && text[at + 2..].starts_with(words)).then(|| letter.to_string())
    });
    labels.last()
}

/// Which line is typed back now, counted from one.
fn typed_line(text: &str) -> Option<usize> {
    text.lines().find_map(|line| line.trim().strip_prefix("▶ line ")?.split(' ').next()?.parse().ok())
}

/// The prompt above the field; it may take several lines.
fn prompt(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let field = lines.iter().position(|line| line.starts_with(" > "))?;
    let above = lines[..field].iter().rposition(|line| line.trim().is_empty()).map_or(0, |blank| blank + 1);
    Some(lines[above..field].join(" "))
}

/// What tells one question from the next while an answer is still being typed into it.
fn asked(text: &str) -> String {
    let title = text.lines().take(5).collect::<String>();
    match (prompt(text), typed_line(text)) {
        (Some(prompt), _) => title + &prompt,
        (None, Some(line)) => format!("{title}{line}"),
        (None, None) => text.to_owned(),
    }
}

fn answer(prompt: &str) -> String {
    let known = TEXTS.iter().find(|(words, _)| prompt.contains(words));
    known
        .map(|(words, text)| match *words {
            "place" => format!("{text} {}", prompt.len() + usize::from(prompt.contains('B'))),
            _ => (*text).to_owned(),
        })
        .unwrap_or_default()
}

/// The groups of the grid, line by line.
fn copied(text: &str) -> BTreeMap<usize, String> {
    let row = |line: &str| {
        let (number, groups) = line.trim().split_once("   ")?;
        let number: usize = number.parse().ok()?;
        let is_group = |group: &str| group.len() <= 4 && group.chars().all(|c| c.is_ascii_graphic());
        groups.split_whitespace().all(is_group).then(|| (number, groups.to_owned()))
    };
    text.lines().filter_map(row).collect()
}

/// Presses keys until the window shows `goal`; every screen that was seen, once each.
fn go_to(window: &mut Window, goal: &str) -> Vec<String> {
    let mut person = Person::default();
    let mut seen: Vec<String> = Vec::new();
    let mut answered = String::new();
    for _ in 0..MOST {
        let text = window.text();
        if text.contains(goal) {
            return seen;
        }
        if seen.last() != Some(&text) {
            seen.push(text.clone());
        }
        match person.decide(&text) {
            Some(keys) if asked(&text) != answered => {
                answered = asked(&text);
                window.keys(&keys);
            }
            _ => {}
        }
        assert!(window.next_frame(), "no way on from:\n{}", window.text());
    }
    panic!("{goal:?} was never reached; the window shows:\n{}", window.text());
}

#[test]
fn the_whole_setup_by_keys_in_a_small_window() {
    let home = Home::new();
    let mut window = home_screen(&home, "fresh");
    go_to(&mut window, "The setup, as it stands");
    let typed = home.journal().iter().filter(|l| l["entry"]["checked"] == "typed-back").count();
    assert_eq!(typed, 6, "two passwords and four PINs were typed back");
    window.keys("q");
    assert_eq!(window.ended(), 2, "two things are open on this tenant: a managed policy, and the first logs");
    assert!(window.is_given_back());
}

/// The window with the setup begun from a complete plan, at its first screen.
fn with_plan(home: &Home, seed: &str) -> std::process::Command {
    let plan = home.plan_with(&[("route = \"file\"", "route = \"by-hand\"")]);
    let mut command = home.breakglass();
    command
        .args(["--seed", seed, "--speed", "1000"])
        .arg("--record")
        .arg(home.record())
        .arg("--plan")
        .arg(plan);
    command
}

#[test]
fn killed_in_step_5_it_goes_on_there() {
    let home = Home::new();
    let mut window = Window::open(&with_plan(&home, "fresh"), SMALL);
    go_to(&mut window, "Exclude from Conditional Access");
    window
        .wait_until("the consent list of step 5", |text| text.contains("Every policy that can exclude"))
        .keys("a");
    window.wait_for("What will be written").keys("w");
    window.wait_until("some policies are changed", |text| text.contains("━━") && text.contains(" of "));
    window.signal("KILL");
    window.ended();
    let mut window = Window::open(&with_plan(&home, "fresh"), SMALL);
    window.wait_for("There is a record of an earlier run");
    go_to(&mut window, "The setup is complete");
    window.keys("q");
    assert_eq!(window.ended(), 0);
    crate::served::once(&home.tenant());
}

#[test]
fn a_storm_of_sizes_loses_nothing() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts");
    assert!(window.screen.screen().alternate_screen(), "what was on the terminal before is left alone");
    for step in 0..60_u16 {
        window.resize((20 + step * 7 % 280, 5 + step * 11 % 95));
    }
    window.resize((50, 10)).wait_for("window is too small");
    window.resize((120, 40)).wait_for("[s] Set up the accounts");
    window
        .resize(SMALL)
        .wait_until("the small window", |text| text.contains("Enter choose") && text.contains("[q] Leave"));
    window.keys("q").wait_for("Leave?").keys("q");
    window.ended();
    assert!(window.is_given_back());
}

#[test]
fn it_gives_the_terminal_back_when_it_is_asked_to_end() {
    for (signal, code) in [("TERM", 143), ("HUP", 129)] {
        let home = Home::new();
        let mut window = home_screen(&home, "p1");
        window.wait_for("Set up the accounts").signal(signal);
        assert_eq!(window.ended(), code, "{signal}");
        assert!(window.is_given_back(), "{signal}");
    }
}

#[test]
fn stopped_and_continued_it_draws_itself_again() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts").signal("TSTP");
    while !window.is_given_back() {
        assert!(window.next_frame(), "it never gave the terminal back");
    }
    window.wait_stopped().signal("CONT");
    window.wait_until("the home screen again", |text| text.contains("Set up the accounts"));
    while !window.screen.screen().alternate_screen() || !window.text().contains("Enter choose") {
        assert!(window.next_frame(), "it never came back");
    }
    window.keys("q").wait_for("Leave?").keys("q");
    window.ended();
    assert!(window.is_given_back());
}

#[test]
fn ctrl_c_asks_and_a_second_one_leaves() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts").keys("\x03").wait_for("Nothing is lost").keys("\x1b");
    window.wait_for("[s] Set up the accounts").keys("\x03").wait_for("Nothing is lost").keys("\x03");
    assert_eq!(window.ended(), 0);
    assert!(window.is_given_back());
}

#[test]
fn a_paste_of_ten_thousand_characters_is_taken_into_a_field_and_nowhere_else() {
    let home = Home::new();
    let mut window = home_screen(&home, "p1");
    window.wait_for("Set up the accounts").keys(&format!("\x1b[200~{}\x1b[201~", "q".repeat(10_000)));
    window.wait_for("what was pasted is dropped").keys("s");
    window.wait_for("Go on to the plan").keys("n").wait_for("Fill in what is empty").keys("f");
    window.wait_for("Recommended").keys(&format!("\x1b[200~{}\x1b[201~", "x".repeat(10_000)));
    window.wait_for("xxxxxxxx").keys("\x1b").wait_for("Fill in what is empty").keys("q");
    window.wait_for("Leave?").keys("q");
    window.ended();
}

/// The sequence of keys that a careless person presses; the same in every run.
fn careless(seed: &mut u64) -> &'static str {
    const KEYS: [&str; 22] = [
        "\r", "\x1b", " ", "\t", "\x1b[A", "\x1b[B", "\x1b[5~", "\x1b[6~", "j", "k", "x", "d", "a", "n", "w",
        "b", "1", "c", "m", "?", "\x1bOP", "f",
    ];
    *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    KEYS[usize::try_from(*seed >> 33).unwrap_or(0) % KEYS.len()]
}

#[test]
fn keys_pressed_at_random_find_no_dead_end() {
    let home = Home::new();
    let mut window = Window::open(&with_plan(&home, "p1"), SMALL);
    window.wait_for("Set up the accounts");
    let mut seed = 7;
    for _ in 0..400 {
        window.keys(careless(&mut seed));
    }
    // Whatever is on the screen: Ctrl-C asks, and a second one leaves.
    window.keys("\x03").wait_for("Nothing is lost").keys("\x03");
    window.ended();
    assert!(window.is_given_back());
}

/// Not a test of its own: what the next one runs in a window.
#[test]
fn a_panic_inside_a_window() {
    if std::env::var_os("BREAKGLASS_PANICS").is_none() {
        return;
    }
    breakglass::ui::tui::on_panic_give_back();
    let _taken = breakglass::ui::tui::Taken::take().expect("a window");
    panic!("secret words");
}

#[test]
fn a_panic_gives_the_terminal_back_and_keeps_its_words() {
    let mut command = std::process::Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "window::a_panic_inside_a_window", "--nocapture"]).env("BREAKGLASS_PANICS", "1");
    let mut window = Window::open(&command, SMALL);
    window.ended();
    assert!(window.bytes.windows(8).any(|bytes| bytes == b"\x1b[?1049h"), "it took the terminal over");
    assert!(window.is_given_back());
    assert!(window.text().contains("a defect stopped the program"), "{}", window.text());
    assert!(!window.text().contains("secret words"));
}
