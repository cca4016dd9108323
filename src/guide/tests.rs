//! Every file parses, nothing is missing, and the words keep to their measure.

use std::collections::BTreeSet;

use super::*;
use crate::domain::check::id::CheckId;

#[test]
fn nine_steps_fill_one_hour() {
    let ids: Vec<u8> = steps().iter().map(|step| step.id).collect();
    assert_eq!(ids, (1..=9).collect::<Vec<u8>>());
    let minutes = |range: std::ops::RangeInclusive<u8>| range.map(|id| step(id).minutes).sum::<u16>();
    assert_eq!([minutes(1..=4), minutes(5..=6), minutes(7..=8), minutes(9..=9)], [20, 15, 15, 10]);
}

#[test]
fn steps_keep_to_their_measure() {
    for step in steps() {
        assert!(step.name.len() <= 20, "{}", step.name);
        assert!((1..=3).contains(&step.why.len()), "step {}", step.id);
        assert!(
            !step.help.is_empty() && !step.by_hand.is_empty() && !step.limits.is_empty(),
            "step {}",
            step.id
        );
        for why in &step.why {
            assert!(why.len() <= 300, "step {}: {} characters: {why}", step.id, why.len());
        }
    }
}

#[test]
fn every_check_has_words_and_no_others_exist() {
    // A way to print is vouched for, and stands in no checklist.
    let wanted: BTreeSet<CheckId> = CheckId::all().filter(|id| *id != CheckId::PaperCalibration).collect();
    let written: BTreeSet<CheckId> = checks().iter().map(|check| check.id).collect();
    assert_eq!(written, wanted);
    assert_eq!(checks().len(), wanted.len(), "an id stands twice");
    for words in checks() {
        assert!(words.label.len() <= 60, "{}: {}", words.id, words.label);
        assert!(!words.remedy.is_empty(), "{}", words.id);
    }
    assert_eq!(check(CheckId::RolePermanent).map(|words| words.id), Some(CheckId::RolePermanent));
}

#[test]
fn eleven_points_are_proven_by_known_checks() {
    let numbers: Vec<u8> = checklist().iter().map(|point| point.number).collect();
    assert_eq!(numbers, (1..=11).collect::<Vec<u8>>());
    for point in checklist() {
        assert!(!point.checks.is_empty(), "point {}", point.number);
        for id in &point.checks {
            assert!(check(*id).is_some(), "point {}: {id}", point.number);
        }
    }
}

#[test]
fn upkeep_has_six_tasks_and_its_triggers_name_them() {
    let ids: BTreeSet<&str> = upkeep().tasks.iter().map(|task| task.id.as_str()).collect();
    assert_eq!(ids.len(), 6);
    for trigger in &upkeep().triggers {
        assert!(trigger.tasks.iter().all(|id| ids.contains(id.as_str())), "{}", trigger.id);
    }
    for id in ["staff-change", "policy-change", "provider-change"] {
        assert!(upkeep().triggers.iter().any(|trigger| trigger.id == id), "{id}");
    }
}

#[test]
fn every_decision_has_a_recommendation() {
    let wanted = "tenant accounts names password-length forget-after method keys safes access-process approvers custodians people \
                  incident-system alert-recipients alert-destination role-order security-defaults route codes \
                  exclusion-group key-model systems action-group";

    for id in wanted.split_whitespace() {
        let decision = planning().decision(id).unwrap_or_else(|| panic!("{id} is missing"));
        assert!(!decision.recommendation.is_empty() && !decision.why.is_empty(), "{id}");
    }
    assert_eq!(planning().decisions.len(), wanted.split_whitespace().count());
    assert_eq!(planning().prerequisites.len(), 4);
}

#[test]
fn five_cases_and_the_costs_are_there() {
    assert_eq!(troubleshooting().len(), 5);
    assert!(troubleshooting().iter().all(|case| case.steps.len() >= 3));
    assert_eq!(costs().items.len(), 5);
    assert_eq!(costs().totals.len(), 2);
    let prices: Vec<String> = costs().items.iter().map(CostItem::price).collect();
    for price in ["free", "$25-50 a key", "$10-20 a month", "$0.10-0.30 a month"] {
        assert!(prices.iter().any(|known| known == price), "{price}: {prices:?}");
    }
    assert!(costs().items.iter().chain(&costs().totals).all(|item| item.low <= item.high));
}

#[test]
fn every_repair_has_words_and_a_page_by_hand() {
    use crate::domain::check::repair::RepairCase;
    assert_eq!(repairs().len(), RepairCase::ALL.len());
    for case in RepairCase::ALL {
        assert_eq!(repair(case).id, case.id());
        assert!((1..=2).contains(&repair(case).what.len()), "{}", case.id());
        assert!(repair_by_hand(case).len() >= 3, "{}", case.id());
        assert_eq!(RepairCase::named(case.id()), Some(case));
    }
}

#[test]
fn only_known_placeholders_are_used() {
    let lines =
        steps().iter().flat_map(|step| step.by_hand.iter().chain(&step.by_hand_there).chain(&step.limits));
    let labels = checks().iter().map(|check| &check.label);
    for line in lines.chain(labels) {
        for name in line.split('{').skip(1).filter_map(|rest| rest.split('}').next()) {
            assert!(PLACEHOLDERS.contains(&name), "{{{name}}} in: {line}");
        }
    }
}

/// Prose fits a terminal without Unicode, and carries no markup that a terminal would show as it is.
#[test]
fn pages_are_narrow_plain_and_filled() {
    for topic in Topic::ALL {
        assert_eq!(Topic::named(topic.name()), Some(topic));
        for line in page(topic) {
            assert!(line.chars().count() <= WIDTH, "{}: {line}", topic.name());
            // Commands in a plan have two signs of their own, which stay as they are written there.
            let own = if topic == Topic::Systems {
                line.replace("{account}", "").replace("{what}", "")
            } else {
                line.clone()
            };
            assert!(line.is_ascii() && !own.contains(['{', '}', '*', '`']), "{}: {line}", topic.name());
            assert_eq!(line.trim_end(), line, "{}", topic.name());
        }
    }
}

/// What is not on a page is plain too.
#[test]
fn words_outside_the_pages_are_plain() {
    let checks = checks().iter().flat_map(|check| [&check.label, &check.remedy]);
    let points = checklist().iter().map(|point| &point.text);
    let decisions =
        planning().decisions.iter().flat_map(|d| [&d.question, &d.recommendation, &d.why, &d.guide]);
    let needs = planning().prerequisites.iter().flat_map(|p| [&p.name, &p.need, &p.without]);
    for text in checks.chain(points).chain(decisions).chain(needs) {
        assert!(text.is_ascii() && !text.contains(['*', '`', '\n']), "{text}");
        assert_eq!(text.trim(), text);
    }
}

#[test]
fn help_stands_once_for_each_screen() {
    let ids: Vec<&str> = screens_with_help().collect();
    let unique: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(unique.len(), ids.len());
    assert!(ids.iter().all(|id| !screen_help(id).is_empty()));
}
