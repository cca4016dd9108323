//! A person who sets up the accounts by keys: looks at the window, decides, presses.

use std::collections::BTreeMap;

use super::terminal::Window;

/// More frames than a whole setup has.
const MOST: usize = 20_000;

/// What the person prefers, first one first.
const WISHES: [&str; 23] = [
    "As if ",
    "I use ",
    "Set up the accounts",
    "Go on with the setup",
    "Go on at step",
    "Go on to the plan",
    "Fill in what is empty",
    "The plan stands",
    "Yes, this is so",
    "Yes, all ",
    "Somebody else",
    "It is on paper",
    "Issue the pass",
    "Make the slip now",
    "Begin the test",
    "Write ",
    "Do it for me",
    "Write the PIN slip",
    "Register ",
    "Make the password slip",
    "Write the credential document",
    "Test the sign-in of",
    "Wait for the recipients",
];

/// What is typed into a field, by a word of its prompt.
pub const TEXTS: [(&str, &str); 10] = [
    ("place", "Sample Building"),
    ("serial", "SAMPLE-1"),
    ("custodian", "Sample Custodian"),
    ("Alerts are mailed to", "Security <security@example.com>"),
    ("Approvers", "Chief Information Officer"),
    ("Retrievers", "Sample Person A; Sample Person B"),
    ("Incident system", "Sample register"),
    ("Who vouches", "Sample Person"),
    ("Who tested", "Sample Tester"),
    ("eal number", "SEAL-1"),
];

/// A person who sets up the accounts by keys.
#[derive(Default)]
pub struct Person {
    /// Groups copied from the screen, by line.
    paper: BTreeMap<usize, String>,
}

impl Person {
    /// The keys to press on what the window shows; `None` while it is busy.
    pub fn decide(&mut self, text: &str) -> Option<String> {
        let text = &inside(text);
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

/// The text without the boxes around it that a wide window has.
fn inside(text: &str) -> String {
    let bare = |line: &str| {
        let line = line.rsplit_once("││").map_or(line.trim_start_matches('│'), |(_, content)| content);
        line.trim_end_matches('│').to_owned()
    };
    text.lines().map(bare).collect::<Vec<_>>().join("\n")
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
    text.lines().find_map(|line| match line.trim().strip_prefix("▶ ")? {
        pin if pin.starts_with("PIN") => Some(1),
        line => line.strip_prefix("line ")?.split(' ').next()?.parse().ok(),
    })
}

/// The prompt above the field; it may take several lines.
fn prompt(text: &str) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    let field = lines.iter().position(|line| line.starts_with(" > "))?;
    let above = lines[..field].iter().rposition(|line| line.trim().is_empty()).map_or(0, |blank| blank + 1);
    Some(lines[above..field].join(" "))
}

/// A person who decides as [`go_to`] does: the keys to press on what a window shows, once for each question.
pub fn person() -> impl FnMut(&str) -> Option<String> {
    let mut person = Person::default();
    let mut answered = String::new();
    move |text| {
        let keys = person.decide(text).filter(|_| asked(text) != answered)?;
        answered = asked(text);
        Some(keys)
    }
}

/// What tells one question from the next while an answer is still being typed into it.
pub fn asked(text: &str) -> String {
    let text = &inside(text);
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
            // Every key has a number of its own.
            "serial" => {
                format!("{text}-{}", prompt.chars().filter(char::is_ascii_alphanumeric).collect::<String>())
            }
            _ => (*text).to_owned(),
        })
        .unwrap_or_default()
}

/// The groups of the grid, line by line, each with its check character, which is typed back too.
pub fn copied(text: &str) -> BTreeMap<usize, String> {
    let row = |line: &str| {
        let (number, groups) = line.trim().split_once("   ")?;
        let number: usize = number.parse().ok()?;
        let groups = groups.replace("check ", "");
        let is_group = |group: &str| group.len() <= 4 && group.chars().all(|c| c.is_ascii_graphic());
        groups.split_whitespace().all(is_group).then_some((number, groups))
    };
    text.lines().filter_map(row).collect()
}

/// Presses keys until the window shows `goal`; every screen that was seen, once each.
pub fn go_to(window: &mut Window, goal: &str) -> Vec<String> {
    let mut decide = person();
    let mut seen: Vec<String> = Vec::new();
    for _ in 0..MOST {
        let text = window.text();
        if text.contains(goal) {
            return seen;
        }
        if seen.last() != Some(&text) {
            seen.push(text.clone());
        }
        if let Some(keys) = decide(&text) {
            window.keys(&keys);
        }
        assert!(window.next_frame(), "no way on from:\n{}", window.text());
    }
    panic!("{goal:?} was never reached; the window shows:\n{}", window.text());
}
