//! Ratings of a small scenario: what happened, line by line, and what each objective comes to.

use breakglass::domain::exercise::closing::{missing, proposed, score};
use breakglass::domain::exercise::event::{Event, Improvement, Moment, Rating};
use breakglass::domain::exercise::rating::{minutes, rated};
use breakglass::domain::exercise::scenario::Scenario;
use jiff::civil::date;
use serde::Deserialize;

/// The scenario of `cases/sample.toml`.
pub fn sample() -> Scenario {
    toml::from_str(include_str!("cases/sample.toml")).expect("a scenario")
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    case: Vec<Played>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Played {
    name: String,
    moments: Vec<Moment>,
    ratings: Vec<Rating>,
    /// As `ratings` when left out.
    derived: Option<Vec<Rating>>,
    reasons: Vec<Vec<String>>,
}

fn cases() -> Vec<Played> {
    let table: Table = toml::from_str(include_str!("cases/rating.toml")).expect("a table");
    table.case
}

/// The moments of the case that has this in its name.
pub fn moments(name: &str) -> Vec<Moment> {
    cases().into_iter().find(|case| case.name.contains(name)).expect("a case").moments
}

fn then(mut moments: Vec<Moment>, more: impl IntoIterator<Item = Event>) -> Vec<Moment> {
    let at = moments.last().map_or(0, |moment| moment.at);
    moments.extend(more.into_iter().map(|what| Moment { at, what }));
    moments
}

#[test]
fn each_objective_has_the_rating_and_the_reasons_of_what_happened() {
    for case in cases() {
        let rated = rated(&sample(), &case.moments);
        let ratings: Vec<Rating> = rated.iter().map(|one| one.rating).collect();
        let derived: Vec<Rating> = rated.iter().map(|one| one.derived).collect();
        let reasons: Vec<Vec<String>> = rated.iter().map(|one| one.reasons.clone()).collect();
        assert_eq!(reasons, case.reasons, "{}", case.name);
        assert_eq!(ratings, case.ratings, "{}", case.name);
        assert_eq!(derived, case.derived.unwrap_or(case.ratings), "{}", case.name);
        for one in rated {
            assert_eq!(one.strengths.len() + one.areas.len(), one.reasons.len(), "{}", case.name);
            assert_eq!(one.changed.is_some(), one.rating != one.derived, "{}", case.name);
        }
    }
}

#[test]
fn an_improvement_is_proposed_for_each_objective_that_fell_short_and_has_none() {
    let played = moments("something missed");
    let proposals = proposed(&sample(), &played);
    let issues: Vec<(u32, &str)> = proposals.iter().map(|one| (one.number, one.issue.as_str())).collect();
    assert_eq!(issues[0], (1, "Not opened: The envelope of the second account."));
    assert_eq!(proposals.len(), 3);
    assert!(proposals.iter().all(|one| !one.is_whole()));
    let given = then(played, [Event::Improve(Improvement { number: 7, ..proposals[1].clone() })]);
    let left: Vec<(u32, String)> =
        proposed(&sample(), &given).into_iter().map(|one| (one.number, one.objective)).collect();
    assert_eq!(left, [(8, "second".to_owned()), (9, "caller".to_owned())]);
    assert!(proposed(&sample(), &moments("all in time")).is_empty());
}

#[test]
fn an_exercise_is_complete_when_questions_are_answered_and_improvements_are_whole() {
    let played = then(moments("nothing reached"), []);
    let told = missing(&sample(), &played);
    assert_eq!(told.len(), 5, "{told:#?}");
    let answers = [0, 1].map(|question| Event::Answered { question, text: "The phone list.".to_owned() });
    let whole = |one: Improvement| Improvement {
        action: "Print it again.".to_owned(),
        owner: "Sample Person A".to_owned(),
        due: Some(date(2027, 1, 31)),
        retest: Some(date(2027, 5, 31)),
        ..one
    };
    let given: Vec<Improvement> = proposed(&sample(), &played).into_iter().map(whole).collect();
    let half = Improvement { owner: " ".to_owned(), due: None, ..given[0].clone() };
    let said = given.into_iter().map(Event::Improve);
    let done = then(played, answers.into_iter().chain(said));
    assert_eq!(missing(&sample(), &done), Vec::<String>::new());
    let taken_back = then(done, [Event::Improve(half)]);
    assert_eq!(missing(&sample(), &taken_back), ["Improvement 1 lacks an owner, a date."]);
    assert_eq!(missing(&sample(), &moments("all in time"))[0], "The play has not ended.");
}

#[test]
fn the_score_of_somebody_alone_counts_what_was_reached_and_the_hints() {
    let hint = Event::Hinted { about: "milestone:signed-in".to_owned(), number: 0 };
    let ended = Event::Ended { why: String::new() };
    let played = then(moments("everything, but late"), [hint.clone(), hint, ended]);
    let alone = score(&sample(), &played);
    assert_eq!(alone.words(), "3 of 3 objectives reached, with 2 hints, in 15 min.");
    assert!(alone.reasons[0].starts_with("Reached (S): The team signs in"), "{:?}", alone.reasons);
    let bad = score(&sample(), &moments("nothing reached"));
    assert_eq!(bad.words(), "0 of 3 objectives reached, without a hint, in 20 min.");
}

#[test]
fn times_are_told_in_minutes_and_seconds() {
    let told = [0, 40, 60, 400, 3600].map(minutes);
    assert_eq!(told, ["0 s", "40 s", "1 min", "6 min 40 s", "60 min"]);
}
