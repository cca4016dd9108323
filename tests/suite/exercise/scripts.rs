//! Scripts that play an exercise: how days are written in them, and every mistake at once, each with the line of its own act,
//! before anything is played.

use breakglass::domain::exercise::act::Act;
use breakglass::domain::exercise::scenario::{self, Scenario, named, shipped};
use breakglass::domain::exercise::script::{Ground, read, read_for};
use serde_json::json;

use crate::support::Home;

/// A file of the cases.
fn text(name: &str) -> String {
    let file = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/exercise/cases").join(name);
    std::fs::read_to_string(file).expect("a script")
}

fn block_all() -> &'static Scenario {
    named("block-all").expect("a scenario")
}

/// Its exercise with two accounts, on the day of these tests.
fn ground() -> Ground<'static> {
    Ground { scenario: block_all(), accounts: 2, day: jiff::civil::date(2026, 11, 30) }
}

/// What a dozen mistakes come to, in the order of the acts and then of what is not in the scenario.
const TOLD: [&str; 11] = [
    "Line 1: there is no key `dise` here; did you mean dice?; the keys here are `dice`, `act`.",
    "Act 1, line 2: open needs the key `facilitator`: text in quotes.",
    "Act 2, line 6: `minutes`: a whole number, not less than 0, is asked for.",
    "Act 3, line 8: there is no act `sned`; did you mean send or ",
    "Act 4, line 11: `with`: there is no row 99: the review has the rows 1 to 12.",
    "Act 5, line 15: `due`: a day like 2027-02-01, with quotes or without, is asked for.",
    "Act 6, line 18: `mode`: one of \"real\", \"paused\", \"turns\" is asked for.",
    "Act 7, line 21: look has no key `at`; its keys are `do`.",
    "Act 8, line 24: there is no inject `first`",
    "Act 10, line 31: there is no option `never` here; there are",
    "Act 11, line 35: there is no question 99: the hot wash has the questions 1 to 6.",
];

const BAD: &str = r#"dise = 7
[[act]]
do = "open"
[[act]]
do = "turn"
minutes = "two"
[[act]]
do = "sned"
[[act]]
do = "respond"
with = "row:99"
[[act]]
do = "improve"
number = 1
due = "soon"
[[act]]
do = "clock"
mode = "slow"
[[act]]
do = "look"
at = "it"
[[act]]
do = "send"
inject = "first"
[[act]]
do = "withhold"
inject = "first"
[[act]]
do = "decide"
decision = "weekend"
option = "never"
owner = "Sample Deputy"
[[act]]
do = "answer"
question = 99
text = "Sample answer"
"#;

#[test]
fn every_mistake_is_told_at_once_with_the_line_of_its_own_act() {
    let trouble = read_for(BAD, ground()).expect_err("much is wrong");
    let told = trouble.points.expect("each by itself").0;
    assert_eq!(told.len(), TOLD.len(), "{told:#?}");
    assert_eq!(trouble.what, "The script needs 11 corrections.");
    for (told, expected) in told.iter().zip(TOLD) {
        assert!(told.contains(expected), "{expected:?} is not in {told:?}");
    }
    let raw = ["expected", "four digit", "u32", "missing field"];
    assert!(!told.iter().any(|one| raw.iter().any(|raw| one.contains(raw))), "{told:#?}");
}

#[test]
fn a_name_that_is_not_there_is_told_once_with_those_that_are() {
    let told = read_for(BAD, ground()).expect_err("wrong").points.expect("each by itself").0;
    let told: Vec<&String> = told.iter().filter(|one| one.contains("inject `first`")).collect();
    let [told] = told.as_slice() else { panic!("{told:#?}") };
    assert!(block_all().injects.iter().all(|inject| told.contains(inject.id.as_str())), "{told}");
}

/// The points of a script with these acts, each of one line.
fn told(acts: &[&str]) -> Vec<String> {
    let acts: Vec<String> = acts.iter().map(|act| format!("  {{ {act} }},\n")).collect();
    match read_for(&format!("act = [\n{}]\n", acts.concat()), ground()) {
        Ok(_) => Vec::new(),
        Err(trouble) => trouble.points.expect("each by itself").0,
    }
}

#[test]
fn an_account_that_the_plan_does_not_have_is_found_before_anything_is_played() {
    for with in ["console", "sign-in", "alert", "repair:lost-password"] {
        let act = |slot: &str| format!("do = \"respond\", with = \"{with}:{slot}\"");
        let told = told(&["do = \"look\"", &act("second"), &act("third")]);
        let expected = "Act 3, line 4: there is no account `third` here; there are first, second.";
        assert_eq!(told, [expected], "{with}");
    }
    assert_eq!(told(&["do = \"respond\", with = \"console:operator\""]), Vec::<String>::new());
}

#[test]
fn days_before_the_exercise_and_a_retest_before_its_day_are_found_before_anything_is_played() {
    let improve = |days: &str| format!("do = \"improve\", number = 1, {days}");
    for (acts, expected) in [
        (
            vec![improve("due = 2026-11-29")],
            "Act 1, line 2: `due`: It is due on 2026-11-29, before the exercise of 2026-11-30: take that day or one after it.",
        ),
        (
            vec![improve("retest = \"2026-11-29\"")],
            "Act 1, line 2: `retest`: It is tried again on 2026-11-29, before the exercise of 2026-11-30: take that day or \
             one after it.",
        ),
        (
            vec![improve("due = 2027-03-01"), improve("retest = 2027-02-01")],
            "Act 2, line 3: `retest`: It is tried again on 2027-02-01, before it is due on 2027-03-01: take 2027-03-01 or a \
             day after it.",
        ),
    ] {
        let acts: Vec<&str> = acts.iter().map(String::as_str).collect();
        assert_eq!(told(&acts), [expected]);
    }
    let fits = [improve("due = 2026-11-30"), improve("retest = 2026-11-30"), improve("due = 2026-11-30")];
    assert_eq!(told(&fits.each_ref().map(String::as_str)), Vec::<String>::new());
}

#[test]
fn what_is_no_script_at_all_is_told() {
    for (text, says) in [
        ("", "There is no act"),
        ("act = 1", "a list is asked for"),
        ("act = [1]", "Act 1, line 1: an act is a table"),
        ("[[act]]\nwhy = \"x\"", "the key `do` is missing here"),
        ("[[act]\n", "The script cannot be read at line 1."),
    ] {
        let trouble = read_for(text, ground()).expect_err(text).to_string();
        assert!(trouble.contains(says), "{text:?}: {trouble}");
    }
}

#[test]
fn every_script_of_these_tests_fits_its_scenario() {
    for scenario in shipped() {
        for ending in ["well", "badly", "other"] {
            let name = format!("{}-{ending}.toml", scenario.id);
            let script = read_for(&text(&name), Ground { scenario, ..ground() });
            assert!(script.is_ok(), "{name}: {script:?}");
        }
    }
}

#[test]
fn a_script_that_is_wrong_plays_nothing_and_ends_as_a_plan_that_is_wrong_does() {
    let home = Home::new();
    let file = home.path("script.toml");
    std::fs::write(&file, BAD).expect("a file");
    let mut command = home.breakglass();
    command.args(["tabletop", "block-all", "--tenant", "rehearsal", "--unattended", "--script"]).arg(&file);
    let output = command.arg("--record").arg(home.record()).output().expect("it runs");
    let told = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(3), "{told}");
    assert!(told.contains("The script needs 11 corrections.") && output.stdout.is_empty(), "{told}");
    assert!(!home.record().join("exercises").exists(), "nothing was made");
}

#[test]
fn the_list_is_printed_for_programs_too() {
    let home = Home::new();
    let output = home.breakglass().args(["tabletop", "--list", "--json"]).output().expect("it runs");
    let json: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(json["scenarios"].as_array().map(Vec::len), Some(shipped().len()));
}

fn improving(due: &str) -> String {
    format!("dice = 1\n\n[[act]]\ndo = \"look\"\n\n[[act]]\ndo = \"improve\"\nnumber = 1\ndue = {due}\n")
}

#[test]
fn a_day_is_written_with_quotes_or_without() {
    let quoted = read(&improving("\"2027-02-01\"")).expect("a script");
    let is_it =
        |act: &Act| matches!(act, Act::Improve { due: Some(day), .. } if day.to_string() == "2027-02-01");
    assert!(is_it(&quoted.act[1]), "{quoted:?}");
    assert_eq!(read(&improving("2027-02-01")), Ok(quoted));
}

#[test]
fn what_is_no_day_is_told_with_what_to_write_and_its_line() {
    for wrong in ["20270201", "\"soon\"", "\"1.2.2027\"", "07:30:00", "[]"] {
        let trouble = read(&improving(wrong)).expect_err(wrong);
        assert!(trouble.why.contains("Act 2, line 9: `due`: "), "{wrong}: {trouble}");
        assert!(trouble.why.contains("2027-02-01, with quotes or without"), "{wrong}: {trouble}");
    }
}

/// The control port is asked in JSON, which knows no dates.
#[test]
fn days_and_times_among_the_parameters_of_a_damage_become_texts() {
    let sound = include_str!("cases/sound.toml");
    let damage = "damage = [{ change = \"sign-in-arrives\", parameters = { account = \"{first}\", at = 03:04:00, \
                  more = [{ day = 2027-02-01 }] } }]";
    let (before, after) = sound.split_once("damage = [").expect("a damage");
    let (_, after) = after.split_once('\n').expect("its line ends");
    let text = format!("{before}{damage}\n{after}");
    let read: Scenario = scenario::read(&text, &|_| None).unwrap_or_else(|trouble| panic!("{trouble}"));
    let damages = read.injects.iter().flat_map(|inject| &inject.damage);
    let parameters = damages.map(|one| &one.parameters).find(|all| all.contains_key("at")).expect("a time");
    assert_eq!(
        (&parameters["at"], &parameters["more"]),
        (&json!("03:04:00"), &json!([{"day": "2027-02-01"}]))
    );
}
