//! Nothing lasts for ever: words, waivers and tests of every age, by a table (`time.toml`) over ends of months, leap days
//! and time zones.

use breakglass::domain::check::case::Case;
use breakglass::domain::check::effective::effective;
use breakglass::domain::check::finding::{Finding, Verdict};
use breakglass::domain::check::id::CheckId;
use breakglass::domain::check::subject::CheckSubject;
use breakglass::domain::facts::Facts;
use breakglass::domain::plan::{self, Plan, Upkeep};
use breakglass::domain::record::{self, Entry, Evidence, Test};
use breakglass::domain::review::Effective;
use breakglass::domain::slot::Slot;
use breakglass::rehearsal::TENANT_ID;
use breakglass::steps::STEPS;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Deserialize;

use crate::support::sample::{a_slip, a_word, facts, pages, plan};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Table {
    word: Vec<Word>,
    waiver: Vec<Waiver>,
    test: Vec<Tried>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Word {
    about: CheckSubject,
    said: Date,
    every: Option<Upkeep>,
    /// The last day on which it counts; for good where there is none.
    until: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Waiver {
    name: String,
    verdict: Verdict,
    #[serde(default)]
    in_plan: bool,
    until: Option<Date>,
    today: Date,
    #[serde(default = "as_it_was")]
    seen: String,
    comes_to: Effective,
    ended: Option<Date>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Tried {
    at: Timestamp,
    day: Option<Date>,
    every: Option<Upkeep>,
    until: Date,
}

fn as_it_was() -> String {
    "as it was".to_owned()
}

fn table() -> Table {
    toml::from_str(include_str!("time.toml")).expect("the table is TOML")
}

fn noon(day: Date) -> Timestamp {
    day.at(12, 0, 0, 0).to_zoned(TimeZone::UTC).expect("a day").timestamp()
}

fn with(every: Option<&Upkeep>) -> Plan {
    let plan = plan();
    Plan { upkeep: every.cloned().unwrap_or(plan.upkeep.clone()), ..plan }
}

/// Slips, pages and a notification that are there before anything is said of them.
fn things(plan: &Plan, day: Date) -> Evidence {
    use breakglass::domain::record::{SlipKind, SlipState};
    let mut evidence = Evidence::default();
    let slip = record::Slip {
        state: SlipState::Confirmed,
        date: day,
        checked: Some(record::Checked::FileReadBack),
        ..a_slip(SlipKind::Password)
    };
    let made = record::Slip { state: SlipState::Made, ..slip.clone() };
    let Entry::Documented { files, procedure, names, .. } = pages(plan) else { unreachable!() };
    let sent = Entry::Notified { sent: true, detail: String::new(), date: Some(day), group: None };
    let pages = Entry::Documented { files, procedure, names, date: Some(day) };
    for entry in [Entry::Slip(made), Entry::Slip(slip), pages, sent] {
        evidence.add(noon(day), &entry);
    }
    evidence
}

#[test]
fn a_word_holds_until_its_day_and_has_failed_on_the_next() {
    for Word { about, said, every, until } in table().word {
        let (plan, facts) = (with(every.as_ref()), facts("Fabrikam"));
        let mut evidence = things(&plan, said);
        evidence.add(noon(said), &a_word(about.as_str(), said));
        let on = |today: Date| Case { plan: &plan, facts: &facts, evidence: &evidence, today };
        let last = until.unwrap_or(Date::MAX);
        assert!(on(last).attested(&about), "{about} on {last}");
        assert_eq!(on(last).ended(&about), None, "{about} on {last}");
        let Ok(next) = last.tomorrow() else { continue };
        assert!(!on(next).attested(&about), "{about} on {next}");
        assert_eq!(on(next).ended(&about), Some(last), "{about} on {next}");
        assert!(on(next).said(&about).is_some(), "{about}: it was said all the same");
    }
}

#[test]
fn a_word_that_has_ended_is_a_failure_that_tells_who_gave_it_and_until_when() {
    let (plan, facts) = (plan(), facts("Fabrikam"));
    let said = Date::constant(2026, 11, 30);
    let mut evidence = things(&plan, said);
    let words = ["paper.procedure", "paper.document", "paper.safe-log", "paper.proof"];
    for about in words {
        evidence.add(noon(said), &a_word(about, said));
    }
    for (about, last) in words.into_iter().zip(["2027-05-30", "2027-05-30", "2027-11-30", "2027-11-30"]) {
        let today = last.parse::<Date>().expect("a day").tomorrow().expect("a day");
        let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today };
        let checks = STEPS[7].checks(&case);
        let found = checks.iter().find(|finding| finding.subject().as_str() == about).expect("a check");
        assert_eq!(found.verdict, Verdict::Fail, "{about}: {}", found.detail);
        let told = format!("attested by Sample Person on 2026-11-30, which held until {last}");
        assert!(found.detail.contains(&told), "{about}: {}", found.detail);
        assert_eq!(effective(&case, found), Effective::Expired, "{about}");
    }
}

#[test]
fn a_waiver_counts_until_its_day_and_then_as_a_failure_with_the_day() {
    let check = CheckId::PaperProof;
    for row in table().waiver {
        let (mut plan, facts) = (plan(), facts("Fabrikam"));
        plan.accepts.clear();
        let mut evidence = Evidence::default();
        let (person, approver) = ("Sample Person A".to_owned(), "Sample Person B".to_owned());
        let reason = "Sample reason".to_owned();
        if row.in_plan {
            let named = row.until.map(|_| (person, approver)).unzip();
            let (person, approver) = named;
            let line = plan::Accepted {
                check: check.whole(),
                reason,
                tenant: None,
                person,
                approver,
                until: row.until,
            };
            plan.accepts.push(line);
        } else {
            let said = record::Accepted {
                about: check.whole(),
                tenant: TENANT_ID.to_owned(),
                person,
                approver: Some(approver),
                date: Date::constant(2026, 11, 30),
                until: row.until.expect("at the screen there is an end"),
                reason,
                verdict: row.verdict,
                seen: as_it_was(),
            };
            evidence.add(noon(said.date), &Entry::Accepted(said));
        }
        let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today: row.today };
        let finding = Finding::new(check, row.verdict, &row.seen);
        assert_eq!(effective(&case, &finding), row.comes_to, "{}", row.name);
        assert_eq!(case.acceptance_ended(&finding), row.ended, "{}", row.name);
    }
}

#[test]
fn what_the_accounts_are_for_is_no_waiver_and_none_that_has_ended() {
    let (mut plan, facts, evidence) = (plan(), facts("Fabrikam"), Evidence::default());
    for check in breakglass::domain::check::accept::NEVER {
        plan.accepts = vec![plan::Accepted {
            check: check.whole(),
            reason: "Sample".to_owned(),
            tenant: None,
            person: Some("A".to_owned()),
            approver: Some("B".to_owned()),
            until: Some(Date::constant(2027, 2, 28)),
        }];
        let today = Date::constant(2027, 2, 28);
        let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today };
        let failed = Finding::new(check, Verdict::Fail, "as it is");
        assert_eq!(effective(&case, &failed), Effective::Fail, "{check}");
    }
}

#[test]
fn a_line_of_the_old_form_is_read_and_told_what_to_add() {
    let told = plan::plan_file::warnings_on(&plan(), Date::constant(2026, 11, 30)).join(" ");
    let wanted = "Accepted \"policies.managed\": add person, approver, until; a waiver names who asks for it, who approves \
                  it, and its last day.";
    assert!(told.contains(wanted), "{told}");
}

#[test]
fn a_test_is_in_time_until_its_day_where_the_tester_was() {
    for Tried { at, day, every, until } in table().test {
        let (plan, facts) = (with(every.as_ref()), Facts::default());
        let mut evidence = Evidence::default();
        for slot in [Slot::FIRST, Slot::SECOND] {
            let text = serde_json::json!({"slot": slot, "at": at, "day": day, "person": "Sample Person",
                "passed": true, "administrator": true, "seconds": 9});
            let test: Test = serde_json::from_value(text).expect("a test");
            evidence.add(at, &Entry::Tested(test));
        }
        let verdict = |today: Date| {
            let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today };
            let checks = STEPS[8].checks(&case);
            checks
                .into_iter()
                .find(|finding| finding.check == CheckId::ScheduleTest)
                .map(|found| found.verdict)
        };
        assert_eq!(verdict(until), Some(Verdict::Pass), "{at}: {until}");
        assert_eq!(verdict(until.tomorrow().expect("a day")), Some(Verdict::Fail), "{at}: {until}");
    }
}
