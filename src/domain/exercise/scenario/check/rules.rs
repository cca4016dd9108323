//! Rules about one thing each: numbers within their bounds, what is given exactly once, and what a decision needs.

use super::{Wrong, when, wrong as mistake};
use crate::domain::exercise::scenario::{ByHand, Decision, Inject, Judged, Milestone, Objective, Scenario};

/// The form of file that this program reads.
const FORMAT: u32 = 1;
/// Minutes of the longest exercise.
const LONGEST: u32 = 240;
/// The points of the checklist.
const POINTS: std::ops::RangeInclusive<u8> = 1..=11;
/// What a die can decide: with 1 it would always be sent.
const DIE: std::ops::RangeInclusive<u8> = 2..=6;
/// How many options a decision has.
const OPTIONS: std::ops::RangeInclusive<usize> = 2..=5;

/// What is against a rule.
pub(super) fn wrong(scenario: &Scenario) -> Vec<Wrong> {
    let mut all = whole(scenario);
    for (i, one) in scenario.objectives.iter().enumerate() {
        all.extend(objective(&format!("objectives.{i}"), one));
    }
    for (i, one) in scenario.milestones.iter().enumerate() {
        all.extend(milestone(&format!("milestones.{i}"), one));
    }
    for (i, one) in scenario.injects.iter().enumerate() {
        all.extend(inject(&format!("injects.{i}"), scenario, one));
    }
    for (i, one) in scenario.decisions.iter().enumerate() {
        all.extend(decision(&format!("decisions.{i}"), one));
    }
    for (i, one) in scenario.by_hand.iter().enumerate() {
        all.extend(by_hand(&format!("by_hand.{i}"), one));
    }
    for (i, one) in scenario.cards.iter().enumerate() {
        let is_asked = scenario.expected().any(|(_, expected)| expected.card.as_ref() == Some(&one.id));
        let says = "No expected action asks for this card: name it there with `card`, or leave it out.";
        all.extend(when(!is_asked, format!("cards.{i}.id"), says));
    }
    all
}

fn whole(scenario: &Scenario) -> Vec<Wrong> {
    let empty = [
        ("objectives", scenario.objectives.is_empty()),
        ("roles", scenario.roles.is_empty()),
        ("injects", scenario.injects.is_empty()),
        ("ground_rules", scenario.ground_rules.is_empty()),
        ("opening", scenario.opening.is_empty()),
        ("hot_wash", scenario.hot_wash.is_empty()),
        ("audience", scenario.audience.is_empty()),
    ];
    let empty = empty.into_iter().filter(|(_, is_empty)| *is_empty);
    let empty = empty.map(|(key, _)| mistake(key, "There has to be one at least."));
    let numbers = [
        when(scenario.format != FORMAT, "format", "This program reads form 1 of scenarios: `format = 1`."),
        when(scenario.version == 0, "version", "Versions are counted from 1."),
        when(!(1..=LONGEST).contains(&scenario.minutes), "minutes", "It takes 1 to 240 minutes."),
        when(!(1..=60).contains(&scenario.turn), "turn", "One turn takes 1 to 60 minutes."),
    ];
    let hard: Vec<usize> = (0..scenario.decisions.len()).filter(|i| scenario.decisions[*i].hard).collect();
    let none = when(hard.is_empty(), "decisions", "One decision has to be the hard one: `hard = true`.");
    let many = hard.iter().skip(1).map(|i| {
        mistake(format!("decisions.{i}.hard"), "Only one decision can be the hard one; another is already.")
    });
    empty.chain(numbers.into_iter().flatten()).chain(none).chain(many).collect()
}

fn objective(key: &str, one: &Objective) -> Vec<Wrong> {
    let is_measured =
        [&one.milestones, &one.actions, &one.decisions, &one.cards].iter().any(|by| !by.is_empty());
    let points = one.points.iter().enumerate().filter(|(_, point)| !POINTS.contains(point));
    let points =
        points.map(|(i, _)| mistake(format!("{key}.points.{i}"), "The checklist has the points 1 to 11."));
    let none = [
        when(one.points.is_empty(), format!("{key}.points"), "It names one point of the checklist at least."),
        when(
            !is_measured,
            format!("{key}.id"),
            "Nothing measures this objective: name milestones, actions, decisions or cards.",
        ),
    ];
    none.into_iter().flatten().chain(points).collect()
}

fn milestone(key: &str, one: &Milestone) -> Vec<Wrong> {
    let given = usize::from(one.check.is_some()) + usize::from(one.done.is_some());
    let says = "A milestone has either `check` or `done`, exactly one of the two.";
    let zero = "It needs a minute at least.";
    [when(given != 1, format!("{key}.id"), says), when(one.within == 0, format!("{key}.within"), zero)]
        .into_iter()
        .flatten()
        .collect()
}

fn inject(key: &str, scenario: &Scenario, one: &Inject) -> Vec<Wrong> {
    let at = &one.when;
    let given = [at.minute.is_some(), at.milestone.is_some(), at.decision.is_some(), at.hand];
    let given = given.iter().filter(|is_given| **is_given).count();
    let field = |name: &str| format!("{key}.when.{name}");
    // Where the length itself is wrong, that is told, and not every inject after it.
    let minutes = if scenario.minutes == 0 { LONGEST } else { scenario.minutes };
    let is_over = at.minute.is_some_and(|minute| minute > minutes);
    let follows = at.milestone.is_some() || at.decision.is_some();
    let refuses = one.unless.is_some() && one.unless == at.milestone;
    [
        when(
            given != 1,
            format!("{key}.when"),
            "`when` has exactly one of minute, milestone, decision and hand.",
        ),
        when(at.die.is_some_and(|die| !DIE.contains(&die)), field("die"), "A die decides with 2 to 6."),
        when(at.die.is_some() && at.minute.is_none(), field("die"), "A die goes with a minute only."),
        when(is_over, field("minute"), "The exercise is over by then: see `minutes` at the top."),
        when(
            at.option.is_some() && at.decision.is_none(),
            field("option"),
            "An option goes with a decision.",
        ),
        when(at.after > 0 && !follows, field("after"), "`after` goes with a milestone or a decision."),
        when(at.after > minutes, field("after"), "That is longer than the whole exercise."),
        when(
            refuses,
            format!("{key}.unless"),
            "It would wait for this milestone and never be sent after it.",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn decision(key: &str, one: &Decision) -> Vec<Wrong> {
    let options = one.options.len();
    let is_good = one.options.iter().any(|option| option.judged == Judged::Good);
    [
        when(
            !OPTIONS.contains(&options),
            format!("{key}.options"),
            "There is something to decide with 2 to 5 options.",
        ),
        when(
            options > 0 && !is_good,
            format!("{key}.options"),
            "One option at least has to be a good one: `judged = \"good\"`.",
        ),
        when(one.within == 0, format!("{key}.within"), "Whoever decides has a minute at least."),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn by_hand(key: &str, one: &ByHand) -> Option<Wrong> {
    when(one.changes.is_empty(), format!("{key}.changes"), "It changes something, or need not be listed.")
}
