//! Scripts that play an exercise: how days are written in them, and what is said of one that cannot be read.

use breakglass::domain::exercise::act::Act;
use breakglass::domain::exercise::scenario::{self, Scenario};
use breakglass::domain::exercise::script::read;
use serde_json::json;

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
        assert!(trouble.what.contains("at line "), "{wrong}: {trouble}");
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
    let read: Scenario = scenario::read(&text, &|_| true).unwrap_or_else(|trouble| panic!("{trouble}"));
    let damages = read.injects.iter().flat_map(|inject| &inject.damage);
    let parameters = damages.map(|one| &one.parameters).find(|all| all.contains_key("at")).expect("a time");
    assert_eq!(
        (&parameters["at"], &parameters["more"]),
        (&json!("03:04:00"), &json!([{"day": "2027-02-01"}]))
    );
}
