//! What only people can say: by when it is asked for first, until when it holds, and what makes it be asked again before.

use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::{Finding, Verdict};
use breakglass::domain::facts::Facts;
use breakglass::domain::plan::{Destination, Plan};
use breakglass::domain::record::{AlertTest, Checked, Entry, Evidence, Slip, SlipKind, SlipState, Test};
use breakglass::domain::review::Closed;
use breakglass::domain::slot::Slot;
use breakglass::steps::review;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use serde_json::json;

use crate::support::sample::{a_slip, a_word, facts, pages, plan};

const SET_UP: Date = date(2026, 11, 23);

fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a day").timestamp()
}

fn add(evidence: &mut Evidence, day: Date, entry: &Entry) {
    evidence.add(noon(day), entry);
}

fn slip(evidence: &mut Evidence, slip: Slip) {
    let made = Slip { state: SlipState::Made, ..slip.clone() };
    add(evidence, slip.date, &Entry::Slip(made));
    add(evidence, slip.date, &Entry::Slip(Slip { state: SlipState::Confirmed, ..slip }));
}

fn test(evidence: &mut Evidence, day: Date, person: &str) {
    let text = json!({"slot": 0, "at": noon(day), "day": day, "person": person, "passed": true,
        "administrator": true, "read": "worked", "azure": "worked", "seconds": 9});
    let test: Test = serde_json::from_value(text).expect("a test");
    add(evidence, day, &Entry::Tested(test));
}

/// A slip, pages and a test of the day of the setup.
fn set_up() -> Evidence {
    let mut evidence = Evidence::default();
    let checked = Some(Checked::TypedBack);
    slip(&mut evidence, Slip { checked, replaces: None, date: SET_UP, ..a_slip(SlipKind::Password) });
    add(&mut evidence, SET_UP, &pages(&plan()));
    test(&mut evidence, SET_UP, "Sample Person A");
    evidence
}

/// A plan in its tenant, and what the record knows.
struct World {
    plan: Plan,
    facts: Facts,
    evidence: Evidence,
}

impl World {
    fn new(evidence: Evidence) -> Self {
        Self { plan: plan(), facts: facts("Fabrikam"), evidence }
    }

    fn on(&self, today: Date) -> Case<'_> {
        Case { plan: &self.plan, facts: &self.facts, evidence: &self.evidence, today }
    }

    fn seen(&self, subject: &str, today: Date) -> Finding {
        let all = review::findings(&self.on(today));
        all.into_iter()
            .find(|one| one.subject().as_str() == subject)
            .unwrap_or_else(|| panic!("no {subject}"))
    }

    fn says(&self, subject: &str, today: Date) -> Verdict {
        self.seen(subject, today).verdict
    }
}

#[test]
fn what_was_just_set_up_is_asked_about_when_its_turn_comes_and_not_before() {
    let world = World::new(set_up());
    for (subject, last) in [
        ("review.logs", date(2026, 11, 30)),
        ("paper.combinations", date(2027, 2, 23)),
        ("account.cleanup-exempt", date(2027, 2, 23)),
        ("paper.contacts-called", date(2027, 5, 23)),
        ("paper.support-path", date(2027, 11, 23)),
        ("test.deputy", date(2027, 11, 23)),
    ] {
        let seen = world.seen(subject, last);
        assert_eq!(seen.verdict, Verdict::Pass, "{subject}: {}", seen.detail);
        assert!(seen.detail.contains(&last.to_string()), "{subject}: {}", seen.detail);
        let next = last.tomorrow().expect("a day");
        assert_eq!(world.says(subject, next), Verdict::NeedsPerson, "{subject} on {next}");
    }
}

#[test]
fn a_word_holds_for_its_turn_and_then_fails_with_its_day() {
    for (subject, said, last) in [
        ("review.logs", date(2026, 12, 24), date(2026, 12, 31)),
        ("paper.combinations", date(2026, 11, 30), date(2027, 2, 28)),
        ("paper.contacts-called", date(2026, 11, 30), date(2027, 5, 30)),
        ("paper.support-path", date(2027, 2, 28), date(2028, 2, 28)),
    ] {
        let mut evidence = set_up();
        add(&mut evidence, said, &a_word(subject, said));
        let world = World::new(evidence);
        assert_eq!(world.says(subject, last), Verdict::Pass, "{subject} on {last}");
        let seen = world.seen(subject, last.tomorrow().expect("a day"));
        assert_eq!(seen.verdict, Verdict::Fail, "{subject}: {}", seen.detail);
        assert!(seen.detail.contains(&format!("held until {last}")), "{subject}: {}", seen.detail);
    }
}

#[test]
fn another_keeper_of_a_safe_is_asked_about_at_once() {
    let mut evidence = set_up();
    let about = breakglass::domain::check::id::CheckId::PaperCombinations.whole();
    let mut world = World::new(Evidence::default());
    let Entry::Attested { tenant, person, date, note, voice, .. } = a_word("paper.combinations", SET_UP)
    else {
        unreachable!()
    };
    let thing = world.on(SET_UP).thing(&about).and_then(|thing| thing.name().map(str::to_owned));
    add(&mut evidence, SET_UP, &Entry::Attested { about, tenant, person, date, note, thing, voice });
    world.evidence = evidence;
    assert_eq!(world.says("paper.combinations", SET_UP), Verdict::Pass);
    world.plan.safes[0].custodian = "Sample Person Z".to_owned();
    let seen = world.seen("paper.combinations", SET_UP);
    assert_eq!(seen.verdict, Verdict::NeedsPerson, "{}", seen.detail);
    assert!(seen.detail.contains("the keepers of the safes are others"), "{}", seen.detail);
}

#[test]
fn two_people_who_tested_within_the_year_need_no_word() {
    let mut world = World::new(set_up());
    test(&mut world.evidence, date(2027, 3, 1), "sample person a");
    assert_eq!(
        world.says("test.deputy", date(2027, 11, 24)),
        Verdict::NeedsPerson,
        "one person, however spelled"
    );
    test(&mut world.evidence, date(2027, 3, 2), "Sample Person B");
    assert_eq!(world.says("test.deputy", date(2027, 11, 24)), Verdict::Pass);
    assert_eq!(
        world.says("test.deputy", date(2028, 3, 3)),
        Verdict::NeedsPerson,
        "both are more than a year old"
    );
}

#[test]
fn a_signed_review_is_a_look_through_the_logs() {
    let mut world = World::new(set_up());
    let signed = date(2027, 2, 1);
    let (review, facts) = ("2027-Q1".to_owned(), String::new());
    let closed =
        Closed { review, date: signed, facts, policies: Vec::new(), names: Vec::new(), findings: Vec::new() };
    add(&mut world.evidence, signed, &Entry::Reviewed(closed));
    assert_eq!(world.says("review.logs", date(2027, 2, 8)), Verdict::Pass);
    assert_eq!(world.says("review.logs", date(2027, 2, 9)), Verdict::NeedsPerson);
    let due = review::due(&world.on(date(2027, 2, 9)));
    let logs = due.iter().find(|due| due.task.id == "log-review").expect("a task");
    assert_eq!((logs.last, logs.next, logs.overdue_days), (Some(signed), Some(date(2027, 2, 8)), 1));
}

#[test]
fn the_old_slip_is_asked_for_once_the_new_one_has_opened_the_account() {
    let mut world = World::new(set_up());
    let today = date(2027, 11, 20);
    let is_there = |world: &World| {
        review::findings(&world.on(today))
            .iter()
            .any(|found| found.subject().as_str() == "paper.old-slip:first")
    };
    assert!(!is_there(&world), "nothing was replaced");
    let (number, checked) = (4, Some(Checked::TypedBack));
    slip(
        &mut world.evidence,
        Slip { number, checked, replaces: Some(3), date: today, ..a_slip(SlipKind::Password) },
    );
    assert!(!is_there(&world), "the new one has opened nothing yet");
    test(&mut world.evidence, today, "Sample Person B");
    assert_eq!(world.says("paper.old-slip:first", today), Verdict::NeedsPerson);
    add(&mut world.evidence, today, &a_word("paper.old-slip:first", today));
    assert_eq!(
        world.says("paper.old-slip:first", date(2037, 1, 1)),
        Verdict::Pass,
        "what is destroyed stays so"
    );
}

#[test]
fn an_alert_test_that_woke_somebody_proves_the_alerts_for_its_turn() {
    let mut world = World::new(set_up());
    world.plan.alerts.destination = Destination::Elsewhere;
    let tested = |mail_minutes: Option<u32>| AlertTest {
        slot: Slot::FIRST,
        test: noon(SET_UP),
        person: "Sample Person A".to_owned(),
        date: SET_UP,
        row_seconds: None,
        alert_seconds: None,
        mail_minutes,
        note: String::new(),
    };
    assert_eq!(world.says("alerts.notification", SET_UP), Verdict::NeedsPerson);
    add(&mut world.evidence, SET_UP, &Entry::AlertTested(tested(Some(7))));
    assert_eq!(world.says("alerts.notification", date(2027, 2, 23)), Verdict::Pass);
    assert_eq!(world.says("alerts.notification", date(2027, 2, 24)), Verdict::NeedsPerson);
    add(&mut world.evidence, SET_UP, &Entry::AlertTested(tested(None)));
    assert_eq!(world.says("alerts.notification", SET_UP), Verdict::NeedsPerson, "the last one woke nobody");
}
