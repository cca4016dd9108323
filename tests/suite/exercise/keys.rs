//! One whole exercise as people play it, with the real program: by keys in the smallest window, with a pause and a kill in the
//! middle, from the cast to the report; once line by line, and once alone.

use std::path::{Path, PathBuf};
use std::process::Command;

use breakglass::domain::exercise::cards;
use breakglass::domain::exercise::clock::told;
use serde_json::Value;

use crate::support::terminal::Window;
use crate::support::{Home, choice, plain};

const ESCAPE: &str = "\u{1b}";
const DOWN: &str = "\u{1b}[B";

fn tabletop(home: &Home, more: &[&str]) -> Command {
    let mut command = home.breakglass();
    command.args(["tabletop", "block-all", "--speed", "1000"]).args(more);
    command.arg("--record").arg(home.record());
    command
}

/// The folder of the exercise that is played.
fn folder(home: &Home) -> PathBuf {
    let all = std::fs::read_dir(home.record().join("exercises")).expect("a folder").flatten();
    let mut all = all.map(|one| one.path()).filter(|path| path.join("journal.jsonl").exists());
    all.find(|path| !path.ends_with(".making")).expect("an exercise")
}

fn name(folder: &Path) -> String {
    folder.file_name().expect("a name").to_string_lossy().into_owned()
}

/// The moments of its record.
fn moments(folder: &Path) -> Vec<Value> {
    let text = std::fs::read_to_string(folder.join("journal.jsonl")).expect("a journal");
    let lines = text.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
    lines.map(|line| line["entry"].clone()).filter(|entry| entry["entry"] == "moment").collect()
}

fn count(folder: &Path, event: &str) -> usize {
    moments(folder).iter().filter(|moment| moment["what"]["event"] == event).count()
}

/// Whether the report lies there in its three forms, and what stands in it.
fn report(folder: &Path) -> String {
    for ending in ["md", "json", "pdf"] {
        let file = folder.join(format!("after-action-report.{ending}"));
        assert!(file.exists(), "{}", file.display());
    }
    std::fs::read_to_string(folder.join("after-action-report.md")).expect("a report")
}

/// What the organization's record keeps of it.
fn held(home: &Home) -> Value {
    let entries = home.journal().into_iter().map(|line| line["entry"].clone());
    let mut held = entries.filter(|entry| entry["entry"] == "exercised");
    held.next().unwrap_or_default()
}

/// Cast, clock, who is away, a card, a mark and a note.
fn begun(window: &mut Window, home: &Home) {
    window.wait_for("What it is to show").keys("s").wait_for("Who leads the exercise?");
    window.keys("Sample Facilitator\r");
    let cast = ["Sample Lead", "Sample Console", "Sample Approver", "Sample Keeper", ""];
    for (person, number) in cast.iter().zip(1..) {
        window.wait_for(&format!("Role {number} of 5")).keys(&format!("{person}\r"));
    }
    window.wait_for("The first calls at 00:0").wait_for("✗ Every policy excludes the group");
    // No key counts while the record is written: both that are lost stand in it first.
    window.wait_for("✗ Nothing would stop the First account any more").wait_for("of 40 min, running");
    window.wait_for("[p] Pause the clock").keys("p").wait_for("of 40 min, paused");
    window.keys("w").wait_for("Sample Keeper").wait_for("Service desk: nobody");
    window.keys(DOWN).keys(DOWN).keys("\r").wait_for("played by  Sample Approver");
    window.keys("a").wait_for("away").wait_for("Sample Keeper").keys(ESCAPE).wait_for("[o] Open a card");
    let name = name(&folder(home));
    for (card, keys) in [("envelope-second", "\r"), ("who-may", "\u{1b}[B\r")] {
        window.keys("o").wait_for("reads out the number").keys(keys).wait_for("The number on it");
        window.keys(&format!("{}\r", cards::code(&name, card))).wait_for("reads out the number");
        window.wait_for("opened at").keys(ESCAPE).wait_for("[e] Mark what was done");
    }
    window.keys("e").wait_for("not marked").keys("\r").wait_for("[w] With a word").keys("2");
    window.wait_until("a mark", |text| text.contains("partly") && !text.contains("[w]"));
    window.keys(ESCAPE).wait_for("[n] Private note").keys("n").wait_for("no player sees it");
    window.keys("They looked into the wrong safe first\r").wait_for("[n] Private note");
}

/// A sign-in that gets through, which the checks see, and a decision by somebody's deputy.
fn decided(window: &mut Window) {
    window.keys("t").wait_for("Sign in as the Second account").keys("2").wait_for("[w] Begin the test");
    window.wait_for("of 40 min, paused").keys("w").wait_for("Who signs in?").wait_for("Sample Keeper");
    window.keys("1").wait_for("You, riley.operator").wait_for("[g] Go on without").keys("g");
    window.wait_for("✓ The Second account has signed in").keys("u").wait_for("The author calls back at 05:");
    window.keys("p").wait_for("of 40 min, running").keys("d").wait_for("Decisions · ");
    window.keys("1").wait_for("is away; a deputy decides").keys("2").wait_for("Who decides?");
    window.keys("1").wait_for("Why, in one sentence").keys("Work goes on at once\r");
    window.wait_for("✓ You are in again");
}

/// By hand, and by somebody else at the console in a row of the review: everything that was broken is whole again.
fn mended(window: &mut Window) {
    window.keys("t").wait_for("[x] By hand").keys("x").wait_for("[1] Set CA500 to report-only").keys("1");
    window.wait_for("✓ Nothing would stop the First account any more");
    window.keys("t").wait_for("[o] Somebody else").keys("o").wait_for("Now: the everyday administrator");
    window.keys("2").wait_for("[p] Conditional Access").keys("p");
    // Whoever sits there now signs in, once.
    window.wait_for("[a] Do it for me").wait_for("of 40 min, paused").keys("a").wait_for("[w] Write it");
    window.keys("w").wait_for("Excluded from 1 policy").wait_for("Back to the exercise").keys(ESCAPE);
    window.wait_for("[x] By hand").keys(ESCAPE).wait_for("✓ Every policy excludes the group");
}

/// The questions, another rating, an improvement, and the end.
fn closed(window: &mut Window) {
    window.keys("f").wait_for("End the play?").keys("e").wait_for("left until it is complete").keys("a");
    for number in 1..=6 {
        window.wait_for(&format!("question {number} of 6")).keys(&format!("Sample answer {number}\r"));
    }
    window.wait_for("[4] Objective 4").keys("4").wait_for("[s] Rate it S").keys("s").wait_for("Why");
    window.keys("The time was over\r").wait_for("Who says so").keys("\r").wait_for("changed");
    window.keys(ESCAPE).wait_for("[i] What is to be better").keys("i").wait_for("What is to be better · ");
    window.wait_for("[a] Add one").keys("\r");
    window.wait_for("What is done about it").keys("Rotate on the same evening\r");
    window.wait_for("Who does it").keys("Sample Keeper\r");
    window.wait_for("Until when").keys("\r").wait_for("When it is tried again").keys("\r");
    window.wait_until("all of it", |text| text.contains("[a] Add one") && !text.contains("to say"));
    window.keys(ESCAPE).wait_for("[s] Complete it, by name").keys("s").wait_for("Who completes it");
    window.keys("\r").wait_for("The exercise is complete");
}

#[test]
fn slow_a_whole_exercise_by_keys_paused_killed_and_gone_on_with() {
    let home = Home::new();
    let players = home.path("players.txt");
    let command = tabletop(&home, &["--players", &players.display().to_string()]);
    let mut window = Window::open(&command, (80, 24));
    begun(&mut window, &home);
    decided(&mut window);
    let folder = folder(&home);
    let seen = std::fs::read_to_string(&players).expect("the players' view");
    assert!(seen.contains("EXERCISE") && !seen.contains("wrong safe"), "{seen}");
    window.signal("KILL");
    window.ended();
    let stood = moments(&folder);
    let at = stood.last().and_then(|moment| moment["at"].as_u64()).expect("a moment");
    let clock = told(u32::try_from(at).expect("seconds"));

    let mut window = Window::open(&command, (80, 24));
    // Nobody loses the minutes of a real call: the clock stands where it stood.
    window.wait_for(&format!("{clock} of 40 min, paused")).wait_for("The author calls back at 05:");
    window.wait_for("✓ You are in again").keys("v").wait_for("Sample Lead decided").keys(ESCAPE);
    window.wait_for("[t] The team").keys("w").wait_for("away").keys(ESCAPE).wait_for("[t] The team");
    mended(&mut window);
    closed(&mut window);
    window.keys("q");
    assert_eq!(window.ended(), 0, "every objective was reached, with another rating for one");

    let broken = moments(&folder).into_iter().filter(|moment| moment["what"]["event"] == "broke");
    let broken: Vec<Value> = broken.map(|moment| moment["what"]["inject"].clone()).collect();
    assert_eq!(broken, ["first-calls", "by-hand:to-report-only", "console:second"], "each once");
    assert_eq!(count(&folder, "opened"), 1);
    let report = report(&folder);
    for words in
        ["Sample Approver", "Sample Lead decided: Set it to report-only", "Rotate on the same evening"]
    {
        assert!(report.contains(words), "{words}: {report}");
    }
    assert!(report.contains("Partly") && !report.contains("wrong safe"), "{report}");
    let held = held(&home);
    assert_eq!(held["improvements"][0]["owner"], "Sample Keeper", "{held}");
    let seen = std::fs::read_to_string(&players).expect("the players' view");
    assert!(seen.contains("the play has ended"), "{seen}");
}

/// What is done at a prompt.
#[derive(Clone, Copy)]
enum Do {
    /// The choice with these words.
    Choose(&'static str),
    /// This line.
    Type(&'static str),
    /// What stands on this card.
    Code(&'static str),
}

/// Something that is done on the screen with these words.
struct Step {
    on: &'static str,
    what: Do,
}

const fn on(on: &'static str, what: Do) -> Step {
    Step { on, what }
}

/// Somebody who takes one step after the other, and has the screen said again until its words are there.
fn person<'a>(home: &'a Home, steps: &'a [Step]) -> impl FnMut(&str) -> Option<String> + 'a {
    let mut left = steps.iter().peekable();
    move |shown| {
        let screen = plain::last_screen(shown);
        let chooses = screen.ends_with("Choice: ");
        let wait = || Some(if chooses { "say" } else { "/say" }.to_owned());
        let Some(step) = left.peek().filter(|step| screen.contains(step.on)) else { return wait() };
        let line = match step.what {
            Do::Choose(words) => choice(screen, words).filter(|_| chooses),
            Do::Type(line) => Some(line.to_owned()).filter(|_| !chooses),
            Do::Code(card) => Some(cards::code(&name(&folder(home)), card)).filter(|_| !chooses),
        };
        if line.is_none() {
            return wait();
        }
        left.next();
        line
    }
}

use Do::{Choose, Code, Type};

/// The questions of the hot wash.
const QUESTIONS: [Step; 7] = [
    on("left until it is complete", Choose("Answer the questions")),
    on("question 1 of 6", Type("Sample answer 1")),
    on("question 2 of 6", Type("Sample answer 2")),
    on("question 3 of 6", Type("Sample answer 3")),
    on("question 4 of 6", Type("Sample answer 4")),
    on("question 5 of 6", Type("Sample answer 5")),
    on("question 6 of 6", Type("Sample answer 6")),
];

/// One improvement, by its number on the list.
fn improvement(number: &'static str) -> [Step; 5] {
    [
        on("What is to be better", Choose(number)),
        on("What is done about it", Type("Print the phone list")),
        on("Who does it", Type("Sample Keeper")),
        on("Until when", Type("/ok")),
        on("When it is tried again", Type("/ok")),
    ]
}

/// All of them, and the end.
fn closing(improvements: &[&'static str]) -> Vec<Step> {
    let better = [on("left until it is complete", Choose("What is to be better"))];
    let end = [
        on("What is to be better", Choose("Back")),
        on("Hot wash", Choose("Complete it, by name")),
        on("Who completes it", Type("/ok")),
    ];
    let each = improvements.iter().flat_map(|number| improvement(number));
    QUESTIONS.into_iter().chain(better).chain(each).chain(end).collect()
}

#[test]
fn slow_a_whole_exercise_line_by_line() {
    let home = Home::new();
    let play = [
        on("What it is to show", Choose("Begin")),
        on("Who leads the exercise?", Type("Sample Facilitator")),
        on("Role 1 of 5", Type("Sample Lead")),
        on("Role 2 of 5", Type("Sample Console")),
        on("Role 3 of 5", Type("Sample Approver")),
        on("Role 4 of 5", Type("Sample Keeper")),
        on("Role 5 of 5", Type("Sample Desk")),
        on("The first calls at", Choose("Pause the clock")),
        on("paused", Choose("Open a card")),
        on("reads out the number", Choose("The envelopes of the Second account")),
        on("The number on it", Code("envelope-second")),
        on("opened at", Choose("Back")),
        on("paused", Choose("5 minutes go by")),
        on("05:", Choose("End the play")),
        on("End the play?", Choose("End the play")),
    ];
    let steps: Vec<Step> = play.into_iter().chain(closing(&["1. ", "2. ", "3. ", "4. "])).collect();
    let goal = "The exercise is complete";
    let seen = plain::walk_until(tabletop(&home, &["--plain"]), goal, &mut person(&home, &steps));
    assert!(seen.contains("EXERCISE") && seen.contains("U, unable to be performed"), "{seen}");
    let report = report(&folder(&home));
    assert!(report.contains("Sample Facilitator") && report.contains("Sample answer 6"), "{report}");
    assert_eq!(held(&home)["players"], "team");
}

#[test]
fn slow_one_alone_asks_for_a_hint_and_is_told_the_score_with_its_reasons() {
    let home = Home::new();
    let play = [
        on("What it is to show", Choose("Begin")),
        on("Who plays?", Type("Sample Player")),
        on("running twice as fast", Choose("Pause the clock")),
        on("paused", Choose("A hint")),
        on("A hint", Choose("A hint on: The Second account has signed in")),
        on("Which of them did the author know by name?", Choose("Back")),
        on("paused", Choose("Do something on the tenant")),
        on("On the tenant", Choose("Sign in as the Second account")),
        on("Sign-in test of the Second account", Choose("Begin the test")),
        on("Who signs in?", Choose("Sample Player")),
        on("Sign in again", Choose("Go on without")),
        on("paused", Choose("End the play")),
        on("End the play?", Choose("End the play")),
    ];
    let steps: Vec<Step> = play.into_iter().chain(closing(&["1. ", "2. ", "3. ", "4. "])).collect();
    let goal = "The exercise is complete";
    let seen = plain::walk_until(tabletop(&home, &["--plain", "--solo"]), goal, &mut person(&home, &steps));
    let end = plain::last_screen(&seen);
    assert!(end.contains("of 4 objectives reached, with 1 hint"), "{end}");
    assert!(end.contains("The Second account has signed in after"), "the reasons: {seen}");
    let folder = folder(&home);
    assert_eq!(count(&folder, "hinted"), 1);
    assert!(report(&folder).contains("Hint 1 on: The Second account has signed in"));
    assert_eq!(held(&home)["players"], "solo");
}
