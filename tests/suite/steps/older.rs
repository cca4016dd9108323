//! What is proved or said counts for the thing that it was proved or said of: for none that is newer, and for no other.

use std::collections::BTreeSet;

use breakglass::domain::check::ask::Ask;
use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::Verdict;
use breakglass::domain::check::id::CheckId;
use breakglass::domain::check::repair::{Before, RepairCase, Repairing};
use breakglass::domain::check::subject::CheckSubject;
use breakglass::domain::check::upkeep::UpkeepTask;
use breakglass::domain::facts::monitoring::{Fired, Told};
use breakglass::domain::facts::{
    Account, Accounts, ActionGroup, AuditEntry, AuditTarget, Facts, InSlot, MethodKind, Monitoring, Original,
    Reading, Registered,
};
use breakglass::domain::plan::{Method, Phone, Plan};
use breakglass::domain::record::{AlertTest, Entry, Evidence, Found, Outcome, SlipKind, SlipState, Test};
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::{ActionKind, RuleKind};
use breakglass::domain::write::call;
use breakglass::domain::write::reconciled::reconciled;
use breakglass::steps::repair::resumed;
use breakglass::steps::{Subject, alert_of, keys_tried, last_done};
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};
use serde_json::json;

use crate::support::sample::{a_slip, a_word, plan};

/// So many minutes after the beginning of the record.
fn at(minutes: i64) -> Timestamp {
    let day: Timestamp = "2026-11-23T10:00:00Z".parse().expect("a time");
    day + SignedDuration::from_mins(minutes)
}

fn evidence(entries: &[(i64, Entry)]) -> Evidence {
    Evidence::of(entries.iter().map(|(minutes, entry)| (at(*minutes), entry)))
}

fn case<'a>(plan: &'a Plan, facts: &'a Facts, evidence: &'a Evidence) -> Case<'a> {
    Case { plan, facts, evidence, today: date(2026, 11, 23) }
}

fn done(kind: ActionKind, object: &str, made: Option<&str>) -> Entry {
    Entry::Receipt {
        key: kind.about(object),
        outcome: Outcome::Done,
        slot: Slot::named(object),
        id: made.map(str::to_owned),
        request: None,
        trouble: None,
    }
}

/// A test by hand, as somebody tells it.
fn test(slot: Slot, minutes: i64) -> Test {
    serde_json::from_value(
        json!({"slot": slot, "at": at(minutes), "day": "2026-11-23", "person": "Sample Person",
        "passed": true, "administrator": true, "seconds": 0}),
    )
    .expect("a test")
}

fn alert(sign_in: i64) -> Entry {
    Entry::AlertTested(AlertTest {
        slot: Slot::FIRST,
        test: at(sign_in),
        person: "Sample Person".to_owned(),
        date: date(2026, 11, 23),
        row_seconds: None,
        alert_seconds: None,
        mail_minutes: Some(7),
        note: String::new(),
    })
}

#[test]
fn an_alert_test_proves_the_alert_as_it_was_when_somebody_signed_in() {
    let (plan, facts) = (plan(), Facts::default());
    let proved = |entries: &[(i64, Entry)]| {
        let evidence = evidence(entries);
        last_done(&case(&plan, &facts, &evidence), UpkeepTask::AlertTest).is_some()
    };
    let rule = |kind: RuleKind| done(ActionKind::PutRule, kind.name(), None);
    assert!(proved(&[(20, alert(10))]));
    assert!(proved(&[(5, rule(RuleKind::SignIn)), (20, alert(10))]));
    assert!(proved(&[(20, alert(10)), (30, rule(RuleKind::Audit))]), "a sign-in does not raise that one");
    assert!(!proved(&[(20, alert(10)), (30, rule(RuleKind::SignIn))]), "the rule is newer");
    assert!(!proved(&[(15, rule(RuleKind::SignIn)), (20, alert(10))]), "the sign-in was before the rule");
    for kind in [ActionKind::PutActionGroup, ActionKind::PutDiagnosticSetting] {
        assert!(!proved(&[(20, alert(10)), (30, done(kind, "", None))]), "{}", kind.name());
    }
}

#[test]
fn an_alert_after_a_later_sign_in_is_not_timed_from_an_earlier_one() {
    let plan = plan();
    let rule = call::rule_id("sub", &plan.alerts.resource_group, RuleKind::SignIn);
    let fired = Fired { rule, at: Some(at(30)), told: Told::Yes };
    let monitoring = Monitoring {
        subscription: Some(("sub".to_owned(), "Sample".to_owned())),
        fired: Reading::Read(vec![fired]),
        ..Monitoring::default()
    };
    let facts = Facts { monitoring: Reading::Read(monitoring), ..Facts::default() };
    let first = test(Slot::FIRST, 10);
    for (later, seconds) in [(40, Some(20 * 60)), (20, None)] {
        let second = test(Slot::SECOND, later);
        let evidence = evidence(&[(10, Entry::Tested(first.clone())), (later, Entry::Tested(second))]);
        let timed = alert_of(&case(&plan, &facts, &evidence), &first).map(|(seconds, _)| seconds);
        assert_eq!(timed, seconds, "the other one was after {later} minutes");
    }
}

#[test]
fn a_notification_of_one_action_group_says_nothing_about_another() {
    let (plan, about) = (plan(), CheckSubject::from("alerts.notification"));
    for (group, counts) in [(Some("/groups/ONE"), true), (Some("/groups/two"), false), (None, true)] {
        let sent = Entry::Notified {
            sent: true,
            detail: String::new(),
            date: Some(date(2026, 11, 23)),
            group: group.map(str::to_owned),
        };
        let evidence = evidence(&[(1, sent), (2, a_word(about.as_str(), date(2026, 11, 23)))]);
        let action_group = Some(ActionGroup {
            id: "/groups/one".to_owned(),
            enabled: true,
            recipients: Vec::new(),
            original: Original::new("v", json!({})),
        });
        let monitoring = Reading::Read(Monitoring { action_group, ..Monitoring::default() });
        let facts = Facts { monitoring, ..Facts::default() };
        let case = case(&plan, &facts, &evidence);
        assert_eq!((case.notified().is_some(), case.attested(&about)), (counts, counts), "{group:?}");
    }
}

fn pin(number: u32) -> Entry {
    let slip = a_slip(SlipKind::Pin { key: 1 });
    Entry::Slip(breakglass::domain::record::Slip { number, state: SlipState::Confirmed, ..slip })
}

#[test]
fn a_word_that_each_key_has_signed_in_is_none_about_a_later_key() {
    let (plan, facts) = (plan(), Facts::by_hand(None));
    let about = CheckId::TestEveryKey.of(Slot::FIRST);
    let said = (2, a_word(about.as_str(), date(2026, 11, 23)));
    for (entries, counts) in
        [(vec![(1, pin(1)), said.clone()], true), (vec![(1, pin(1)), said, (3, pin(2))], false)]
    {
        let evidence = evidence(&entries);
        assert_eq!(case(&plan, &facts, &evidence).attested(&about), counts, "{} lines", evidence.lines);
    }
}

fn at_repair(case: RepairCase, key: Option<usize>) -> Subject {
    let slot = Slot::FIRST;
    Subject::Repair(Repairing { case, slot, key, since: 1, tests: 0, before: None })
}

#[test]
fn by_hand_a_word_about_one_key_is_none_about_the_other() {
    let (plan, facts, evidence) = (plan(), Facts::by_hand(None), Evidence::default());
    let asked = |key: usize| {
        let asks = at_repair(RepairCase::KeyFails, Some(key)).asks(&case(&plan, &facts, &evidence));
        let mut words = asks.into_iter().filter_map(|ask| match ask {
            Ask::Attest(attest) => Some(attest.about),
            _ => None,
        });
        words.find(|about| about.check() == Some(CheckId::RepairDone)).expect("a word about the whole")
    };
    assert_ne!(asked(0), asked(1));
}

#[test]
fn after_a_block_only_a_sign_in_that_is_newer_than_every_exclusion_counts() {
    let (plan, facts) = (plan(), Facts::default());
    let tested = |minutes| (minutes, Entry::Tested(test(Slot::FIRST, minutes)));
    let excluded = |minutes| (minutes, done(ActionKind::ExcludeGroup, "policy", None));
    let rows = [
        (vec![tested(1)], true),
        (vec![tested(1), excluded(2)], false),
        (vec![tested(1), excluded(2), tested(3)], true),
    ];
    for (entries, counts) in rows {
        let evidence = evidence(&entries);
        let findings = at_repair(RepairCase::Blocked, None).checks(&case(&plan, &facts, &evidence));
        let found = findings.iter().find(|finding| finding.check == CheckId::RepairTested);
        assert_eq!(found.map(|found| found.verdict == Verdict::Pass), Some(counts), "{entries:?}");
    }
}

#[test]
fn a_test_by_hand_proves_no_key_that_was_registered_after_it() {
    let plan = plan();
    let key = |id: &str| Entry::Key {
        slot: Slot::FIRST,
        key: 0,
        method: id.to_owned(),
        aaguid: String::new(),
        model: String::new(),
    };
    let registered = Registered::new(Slot::FIRST, MethodKind::Fido2, "new");
    let facts = Facts { methods: Reading::Read(vec![registered]), ..Facts::default() };
    let tested = |minutes| (minutes, Entry::Tested(test(Slot::FIRST, minutes)));
    let begun = vec![(1, key("old")), tested(2), (3, key("new"))];
    for (entries, proved) in [(begun.clone(), false), ([begun, vec![tested(4)]].concat(), true)] {
        let evidence = evidence(&entries);
        let keys = keys_tried(&case(&plan, &facts, &evidence), Slot::FIRST);
        let seen: Vec<(bool, bool)> = keys.iter().map(|key| (key.last.is_some(), key.is_new)).collect();
        assert_eq!(seen, [(proved, !proved)]);
    }
}

#[test]
fn a_change_of_a_group_is_made_here_only_where_it_was_made_to_what_was_written() {
    let change = |activity: &str, targets: &[(&str, &str)]| AuditEntry {
        id: "entry".to_owned(),
        at: at(2),
        activity: activity.to_owned(),
        result: "success".to_owned(),
        by_id: String::new(),
        by: String::new(),
        targets: targets
            .iter()
            .map(|(id, name)| AuditTarget { id: (*id).into(), name: (*name).into() })
            .collect(),
        changed: Vec::new(),
        correlation: String::new(),
    };
    let added = evidence(&[(1, done(ActionKind::AddMember, "first", None))]);
    let stranger = change("Add member to group", &[("stranger", ""), ("group", "Exclusions")]);
    assert!(!added.made_here(&stranger, None), "somebody else was put into it at the same time");
    assert!(added.made_here(&change("Add member to group", &[("one", "")]), Some(Slot::FIRST)));
    let made = change("Add group", &[("group", "Exclusions")]);
    for (id, others) in [(Some("group"), false), (None, false)] {
        let created = evidence(&[(1, done(ActionKind::CreateGroup, "Exclusions", id))]);
        assert!(created.made_here(&made, None), "{id:?}");
        let other = change("Delete group", &[("other", "Others")]);
        assert_eq!(created.made_here(&other, None), others, "{id:?}");
    }
}

#[test]
fn what_was_taken_out_of_a_unit_is_gone_with_its_account() {
    let made = |id| done(ActionKind::CreateUser, "first", Some(id));
    let leaves = Entry::Intends {
        key: ActionKind::LeaveUnit.about("first unit"),
        sentence: String::new(),
        call: String::new(),
        slot: Some(Slot::FIRST),
        original: None,
    };
    let evidence = evidence(&[(1, made("one")), (2, leaves), (3, made("two"))]);
    assert!(evidence.outside.is_empty(), "another account never was in it: {:?}", evidence.outside);
}

#[test]
fn a_phone_that_was_replaced_and_not_tried_is_not_the_one_that_is_lost() {
    let mut plan = plan();
    let account = plan.accounts.first_mut().expect("an account");
    account.method = Method::Phone;
    account.phone =
        Some(Phone { number: "+1 5555550199".to_owned(), place: String::new(), unlock: String::new() });
    let slot = Slot::FIRST;
    let at = |registered: &str| {
        let numbers = BTreeSet::from([registered.to_owned()]);
        let before = Some(Before { key: None, numbers });
        Repairing { case: RepairCase::LostPhone, slot, key: None, since: 1, tests: 9, before }
    };
    let replaced = (1, done(ActionKind::ReplacePhone, "first", None));
    let tested = |passed, day: &str| {
        let day = Some(day.parse().expect("a day"));
        (2, Entry::Tested(Test { passed, day, ..test(slot, 2) }))
    };
    let rows = [
        (vec![], false),
        (vec![replaced.clone()], true),
        (vec![replaced.clone(), tested(true, "2026-11-23")], true),
        (vec![replaced.clone(), tested(true, "2026-11-22")], false),
        (vec![replaced, tested(false, "2026-11-23")], false),
    ];
    for (entries, goes_on) in rows {
        let (facts, evidence) = (Facts::default(), evidence(&entries));
        // Whoever goes on with a plan from before has the lost number in it, and the new one is registered.
        for (registered, lost) in [("15555550199", vec![]), ("15555550100", vec!["15555550199".to_owned()])] {
            let left = resumed(&case(&plan, &facts, &evidence), &at(registered));
            let seen = left.map(|left| (left.tests, left.before.unwrap_or_default().numbers));
            let wanted = goes_on.then(|| (0, BTreeSet::from_iter(lost)));
            assert_eq!(seen, wanted, "{registered}: {entries:?}");
        }
    }
}

#[test]
fn a_replaced_phone_is_known_by_what_was_there_before_though_the_plan_is_from_before_too() {
    let mut plan = plan();
    let number = "+1 5555550100".to_owned();
    let phone = Phone { number, place: String::new(), unlock: String::new() };
    plan.accounts.first_mut().expect("an account").phone = Some(phone);
    let key = ActionKind::ReplacePhone.about("first");
    let begun = Entry::Intends {
        key: key.clone(),
        sentence: String::new(),
        call: String::new(),
        slot: Some(Slot::FIRST),
        original: Some(std::sync::Arc::new(json!({"phoneNumber": "•••00"}))),
    };
    let evidence = evidence(&[(1, begun)]);
    let account = Account::as_set_up("one", "first@contoso.onmicrosoft.com", "An account");
    let in_slots = vec![InSlot { slot: Slot::FIRST, account }];
    for (there, found) in [("+1 5555550199", Found::Done), ("+1 5555550100", Found::NotKnown)] {
        let phone = Registered {
            number: Some(there.to_owned()),
            ..Registered::new(Slot::FIRST, MethodKind::Phone, "phone")
        };
        let facts = Facts {
            accounts: Reading::Read(Accounts { in_slots: in_slots.clone(), ..Accounts::default() }),
            methods: Reading::Read(vec![phone]),
            ..Facts::default()
        };
        let seen = reconciled(&key, &case(&plan, &facts, &evidence)).expect("it was looked up");
        assert_eq!(seen.found, found, "{there}");
    }
}
