//! The calendar: what is due next counts from when it was really done, whatever day a setup is run on; what is overdue
//! fails its point.

use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::{Finding, Verdict};
use breakglass::domain::facts::{Account, Accounts, Facts, InSlot, Reading};
use breakglass::domain::plan::Plan;
use breakglass::domain::record::{Entry, Evidence, SlipKind, SlipState, Test};
use breakglass::domain::slot::Slot;
use breakglass::steps::{STEPS, next_due};
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;

use crate::support::sample::{a_slip, a_word, plan};

fn both() -> [Slot; 2] {
    [Slot::FIRST, Slot::new(1)]
}

fn add(evidence: &mut Evidence, day: Date, entry: &Entry) {
    evidence.add(day.to_zoned(TimeZone::UTC).expect("a day").timestamp(), entry);
}

fn slip_of(evidence: &mut Evidence, slot: Slot, day: Date) {
    let number = evidence.next_slip();
    let state = SlipState::Confirmed;
    let slip =
        breakglass::domain::record::Slip { number, slot, state, date: day, ..a_slip(SlipKind::Password) };
    add(evidence, day, &Entry::Slip(slip));
}

fn test_of(evidence: &mut Evidence, slot: Slot, day: Date) {
    let mut test: Test =
        serde_json::from_value(serde_json::json!({"slot": slot, "at": "2026-11-02T10:00:00Z",
        "person": "Sample Person", "passed": true, "administrator": true, "seconds": 9}))
        .expect("a test");
    test.at = day.to_zoned(TimeZone::UTC).expect("a day").timestamp();
    add(evidence, day, &Entry::Tested(test));
}

/// Slips of 2 November, tests of the 5th and the 3rd.
fn set_up() -> Evidence {
    let mut evidence = Evidence::default();
    for (slot, tested) in both().into_iter().zip([date(2026, 11, 5), date(2026, 11, 3)]) {
        slip_of(&mut evidence, slot, date(2026, 11, 2));
        test_of(&mut evidence, slot, tested);
    }
    evidence
}

fn schedule(evidence: &Evidence, today: Date) -> Vec<Finding> {
    let (plan, facts) = (plan(), Facts::default());
    let case = Case { plan: &plan, facts: &facts, evidence, today };
    let findings = STEPS.iter().flat_map(|step| step.checks(&case));
    findings.filter(|finding| finding.check.name().starts_with("schedule.")).collect()
}

fn due(plan: &Plan, evidence: &Evidence, task: &str) -> Option<Date> {
    let today = date(2026, 11, 23);
    let facts = Facts::default();
    let case = Case { plan, facts: &facts, evidence, today };
    let tasks = &breakglass::guide::upkeep().tasks;
    next_due(&case, tasks.iter().find(|t| t.id == task).expect("a task"))
}

#[test]
fn a_date_counts_from_the_last_time_and_does_not_slide() {
    let evidence = set_up();
    for today in [date(2026, 11, 5), date(2026, 11, 20), date(2026, 12, 3)] {
        let [rotation, test] = &schedule(&evidence, today)[..] else { panic!("two dates") };
        assert_eq!((rotation.verdict, rotation.detail.as_str()), (Verdict::Pass, "2027-11-02, IT Security"));
        assert_eq!((test.verdict, test.detail.as_str()), (Verdict::Pass, "2026-12-03, IT Security"));
    }
}

#[test]
fn overdue_fails_and_says_since_when() {
    let evidence = set_up();
    let [rotation, test] = &schedule(&evidence, date(2026, 12, 4))[..] else { panic!("two dates") };
    assert_eq!((rotation.verdict, test.verdict), (Verdict::Pass, Verdict::Fail));
    assert!(test.detail.contains("was due on 2026-12-03"), "{}", test.detail);
    let [rotation, _] = &schedule(&evidence, date(2027, 11, 3))[..] else { panic!("two dates") };
    assert_eq!(rotation.verdict, Verdict::Fail);
    assert!(rotation.detail.contains("was due on 2027-11-02"), "{}", rotation.detail);
}

#[test]
fn what_was_never_done_has_no_date_and_the_account_that_waits_longest_decides() {
    let plan = plan();
    let mut evidence = Evidence::default();
    assert!(schedule(&evidence, date(2026, 11, 23)).is_empty());
    slip_of(&mut evidence, Slot::FIRST, date(2026, 11, 2));
    assert_eq!(due(&plan, &evidence, "rotation"), None, "the second account has no slip");
    slip_of(&mut evidence, Slot::new(1), date(2026, 11, 9));
    assert_eq!(due(&plan, &evidence, "rotation"), Some(date(2027, 11, 2)));
    slip_of(&mut evidence, Slot::FIRST, date(2026, 11, 20));
    assert_eq!(due(&plan, &evidence, "rotation"), Some(date(2027, 11, 9)));
    for task in ["alert-test", "document-review"] {
        assert_eq!(due(&plan, &evidence, task), None, "{task}");
    }
    let sent =
        Entry::Notified { sent: true, detail: String::new(), date: Some(date(2026, 11, 10)), group: None };
    add(&mut evidence, date(2026, 11, 10), &sent);
    add(&mut evidence, date(2026, 11, 11), &a_word("alerts.notification", date(2026, 11, 11)));
    assert_eq!(due(&plan, &evidence, "alert-test"), Some(date(2027, 2, 11)));
}

#[test]
fn a_password_that_is_older_than_its_slip_is_not_called_newer() {
    let at = |day: Date| day.to_zoned(TimeZone::UTC).expect("a day").timestamp();
    let slip = breakglass::domain::record::Slip {
        state: SlipState::Confirmed,
        changed: Some(at(date(2026, 11, 20))),
        ..a_slip(SlipKind::Password)
    };
    let mut evidence = Evidence::default();
    add(&mut evidence, date(2026, 11, 20), &Entry::Slip(slip));
    for (day, words) in
        [(date(2026, 11, 2), "has an older password"), (date(2026, 11, 22), "was changed after")]
    {
        let account = Account { password_changed: Some(at(day)), ..Account::as_set_up("id", "upn", "") };
        let accounts =
            Accounts { in_slots: vec![InSlot { slot: Slot::FIRST, account }], ..Accounts::default() };
        let facts = Facts { accounts: Reading::Read(accounts), ..Facts::default() };
        let (plan, today) = (plan(), date(2026, 11, 23));
        let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today };
        let findings = STEPS[7].checks(&case);
        let found = findings.iter().find(|f| f.subject().as_str() == "paper.slip:first").expect("a finding");
        assert_eq!(found.verdict, Verdict::Fail, "{}", found.detail);
        assert!(found.detail.contains(words), "{}", found.detail);
    }
}
