//! A whole setup in the plain face, by a person over pipes, who copies each secret by hand and types it back.

use super::by_keys::TEXTS;
use super::served::Served;
use super::{Person, choice};

/// What the person prefers, first one first.
const WISHES: [&str; 30] = [
    "As if ",
    ", the new one",
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
    "WRITES: Send it; it waits",
    "WRITES: Somebody stands there; release it",
    "I have it; type it back",
    "WRITES: Issue the pass",
    "WRITES: Make the slip now",
    "WRITES: Begin the test",
    "WRITES: Write ",
    "Do it for me",
    "Write the PIN slip",
    "Register ",
    "Make the password slip",
    "Write the credential document",
    "Test the sign-in of",
    "Wait for the recipients",
    "I tested it by hand; it worked",
    "Attest: ",
    "Go on to the steps",
];
/// More questions than the setup has.
pub const MOST: usize = 600;

/// What was copied from the screen, group by group.
#[derive(Default)]
pub struct Paper {
    pub groups: Vec<String>,
    pub printed: Option<Box<dyn Fn(usize) -> String>>,
}

impl Paper {
    pub fn copy(&mut self, shown: &str) {
        let written = |line: &str, label: &str| {
            let (_, part) = line.strip_prefix(label)?.split_once(":  ")?;
            part.split("  ").next().map(str::to_owned)
        };
        for line in shown.lines() {
            self.groups.extend(written(line, "Group "));
            // The check character of a line is typed back too.
            if let (Some(check), Some(last)) = (written(line, "Check of line "), self.groups.last_mut()) {
                *last = format!("{last} {check}");
            }
        }
    }

    fn line(&self, number: usize) -> String {
        if let Some(printed) = &self.printed {
            return printed(number);
        }
        self.groups.iter().skip(number * 4).take(4).cloned().collect::<Vec<_>>().join(" ")
    }
}

/// The answer to a question in text.
fn answer(shown: &str) -> Option<String> {
    let prompt = shown.lines().last()?;
    let of_tenant = [
        ("Name of the tenant", "Fabrikam Rehearsal"),
        ("Tenant: name", "Woodgrove"),
        ("Tenant: initial domain", "woodgrove.onmicrosoft.com"),
        ("Tenant: id", "11111111-2222-4333-8444-555555555555"),
    ];
    let known = TEXTS.iter().chain(&of_tenant).find(|(words, _)| prompt.contains(words));
    known.map(|(words, text)| {
        match *words {
            "place" => format!("{text} {}", prompt.len() + usize::from(prompt.contains('B'))),
            // Every key has a number of its own.
            "serial" => {
                let key: String =
                    prompt.chars().take_while(|c| *c != '[').filter(char::is_ascii_alphanumeric).collect();
                format!("{text}-{key}")
            }
            _ => (*text).to_owned(),
        }
    })
}

pub fn decide(shown: &str, paper: &mut Paper) -> Option<String> {
    let shown = last_screen(shown);
    let last = shown.lines().last().unwrap_or_default();
    if let Some(rest) = last.strip_prefix("Line ") {
        let number: usize = rest.split(' ').next()?.parse().ok()?;
        return Some(paper.line(number - 1));
    }
    if last.starts_with("The PIN: ") {
        return Some(paper.line(0));
    }
    if shown.ends_with("next one.\n") {
        paper.groups.clear();
        return Some(String::new());
    }
    if last.starts_with("Group ") || last.starts_with("Check of line ") {
        return Some(String::new());
    }
    if last.ends_with("Choice: ") {
        let wish = WISHES.iter().find_map(|words| choice(shown, words));
        return wish.or_else(|| choice(shown, "Attest: ")).or_else(|| choice(shown, "Go on to"));
    }
    Some(answer(shown).unwrap_or_else(|| "/ok".to_owned()))
}

/// Walks through any command.
pub fn walk(command: std::process::Command) -> (String, String) {
    walk_reading(command, None)
}

/// Walks through any command as a person who may read slips from what a printer printed: line by its number, counted from zero.
pub fn walk_reading(
    command: std::process::Command,
    printed: Option<Box<dyn Fn(usize) -> String>>,
) -> (String, String) {
    let mut person = Person::at(command);
    let mut paper = Paper { printed, ..Paper::default() };
    let mut screens = Vec::new();
    for _ in 0..MOST {
        let Some(shown) = person.next_question() else { break };
        paper.copy(&shown);
        if !in_passing(&shown) {
            screens.push(last_screen(&shown).to_owned());
        }
        if shown.contains("The setup is complete") || shown.contains("The setup, as it stands") {
            break;
        }
        let Some(line) = decide(&shown, &mut paper) else { panic!("no way on from:\n{shown}") };
        person.type_line(&line);
    }
    let seen = person.seen.clone();
    person.leave();
    (settled(&screens.concat()), seen)
}

/// A person who takes the first of `first` that is offered, and otherwise does as in a setup.
pub fn person(first: &'static [&'static str]) -> impl FnMut(&str) -> Option<String> {
    let mut paper = Paper::default();
    move |shown| {
        paper.copy(shown);
        let offered = last_screen(shown);
        let chooses = offered.ends_with("Choice: ");
        let wish = first.iter().find_map(|words| choice(offered, words)).filter(|_| chooses);
        wish.or_else(|| decide(shown, &mut paper))
    }
}

/// Answers as `decide` does until `goal` is shown, and leaves there; everything that was seen.
pub fn walk_until(
    command: std::process::Command,
    goal: &str,
    decide: &mut dyn FnMut(&str) -> Option<String>,
) -> String {
    let mut person = Person::at(command);
    for _ in 0..MOST {
        let Some(shown) = person.next_question() else { break };
        if shown.contains(goal) {
            break;
        }
        let Some(line) = decide(&shown) else { panic!("no way on from:\n{shown}") };
        person.type_line(&line);
    }
    let seen = person.seen.clone();
    assert!(seen.contains(goal), "{goal} was never shown:\n{seen}");
    person.leave();
    seen
}

/// What a person sees who writes everything that is listed until `goal` is shown.
pub fn written(served: &Served, goal: &str) -> String {
    let mut command = served.home.breakglass();
    command.arg("--plain").args(served.options()).arg("--plan").arg(served.home.plan());
    let on = ["Write ", "Do it for me", "The plan stands", "Go on to the plan", "Go on with the setup"];
    let mut decide =
        |shown: &str| tick_what_is_left(shown).or_else(|| on.iter().find_map(|words| choice(shown, words)));
    walk_until(command, goal, &mut decide)
}

/// What a person says to a list in which something is not ticked.
fn tick_what_is_left(shown: &str) -> Option<String> {
    let mut rows = last_screen(shown).lines().filter_map(|line| line.split_once("  not ticked: "));
    rows.next().map(|(number, _)| format!("tick {}", number.trim()))
}

/// The last line of the end summary about a point of the checklist.
pub fn point<'a>(seen: &'a str, words: &str) -> &'a str {
    seen.lines().rev().find(|line| line.contains(words)).unwrap_or_default()
}

/// The recipients of the alerts confirm in their own time: how many screens show step 7 between its writes and its
/// test notification depends on how fast the machine is, so none of them is in the snapshot.
fn in_passing(shown: &str) -> bool {
    ["tells 1 mailbox", "no test notification was sent yet"].iter().all(|words| shown.contains(words))
}

/// The screen that asks; what passed by before it depends on how fast the world answered.
pub fn last_screen(shown: &str) -> &str {
    shown.rfind("\nbreakglass  ").map_or(shown, |start| &shown[start..])
}

/// The transcript without what differs from run to run: progress, secrets, ids, dates and paths.
fn settled(seen: &str) -> String {
    let today = breakglass::effects::clock::today().to_string();
    let lines =
        seen.lines().filter(|line| !line.trim_start().starts_with("... ") && !line.contains("Choice:   ..."));
    let lines = lines.map(|line| match line {
        // The program names each request by an id of its own.
        line if line.starts_with("  Request: ") => "  Request: <id>".to_owned(),
        line if line.trim().strip_suffix(')').is_some_and(breakglass::domain::text::is_guid) => {
            "    <id>)".to_owned()
        }
        line if line.trim().ends_with(" seconds") && line.split_whitespace().count() <= 3 => {
            "    <n> seconds".to_owned()
        }
        line if line.starts_with("Group ") || line.starts_with("Check of line ") => {
            line.split(":  ").next().unwrap_or_default().to_owned() + ":  ••••"
        }
        line if line.starts_with("      ")
            && (8..=12).contains(&line.trim().len())
            && !line.trim().contains([' ', ')']) =>
        {
            "      ••••••••".to_owned()
        }
        line => dates_hidden(&line.replace(&today, "<today>")),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// Dates, times, seconds and temporary paths as words.
fn dates_hidden(line: &str) -> String {
    let word = |word: &str| {
        let bare = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
        match bare {
            bare if bare.len() == 10 && bare.as_bytes()[4] == b'-' && bare.starts_with("20") => {
                word.replace(bare, "<date>")
            }
            bare if bare.len() == 64 && bare.bytes().all(|b| b.is_ascii_hexdigit()) => {
                word.replace(bare, "<hash>")
            }
            bare if bare.len() == 5 && bare.as_bytes()[2] == b':' => word.replace(bare, "<time>"),
            _ if word.contains("/record") => "<record>".to_owned(),
            _ if word.contains("http://127.0.0.1") || word.contains("http://localhost") => {
                "<address>".to_owned()
            }
            _ => word.to_owned(),
        }
    };
    let line: Vec<String> = line.split(' ').map(word).collect();
    let line = line.join(" ");
    match line.split_once(" in ") {
        Some((before, after)) if after.ends_with("seconds") => format!("{before} in <n> seconds"),
        _ => line,
    }
}

/// At the console slips are copied by hand.
pub const BY_HAND: (&str, &str) = ("route = \"file\"", "route = \"by-hand\"");
