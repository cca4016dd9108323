//! Accepting by name: at the screen or in the plan, with reason, name and end; shown everywhere; for what was seen, in one
//! tenant, until a day; never for what the accounts are for.

use breakglass::domain::check::accept;
use breakglass::domain::check::finding::{Finding, Verdict};
use breakglass::domain::check::id::CheckId;
use breakglass::domain::plan::Accepted;
use breakglass::domain::record::Entry;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::{Row, Weight};
use breakglass::journeys::tasks::{accept as accepting, board};
use breakglass::journeys::{Effect, Msg, report, screen, update};
use breakglass::rehearsal::TENANT_ID;
use jiff::Timestamp;
use jiff::civil::{Date, date};

use crate::support::model::{answered, board as at_board, chosen, model_at, refused};

const TODAY: Date = date(2026, 11, 23);

fn say(model: &mut Model, words: &str) -> Vec<Effect> {
    let msg = chosen(model, words);
    update(model, msg)
}

fn remember(model: &mut Model, effects: &[Effect]) -> Vec<Entry> {
    let entries: Vec<Entry> = effects.iter().filter_map(Effect::as_entry).cloned().collect();
    for entry in &entries {
        update(model, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(entry.clone())));
    }
    entries
}

fn row(model: &Model, label: &str) -> Row {
    let rows = screen(model).checklist;
    rows.into_iter().find(|row| row.label.contains(label)).unwrap_or_else(|| panic!("no {label}"))
}

/// Accepts the finding whose label contains `label`, by keys.
fn accept(model: &mut Model, label: &str) -> Vec<Entry> {
    to_accepting(model);
    say(model, label);
    let reason = answered(model, "Sample reason");
    update(model, reason);
    say(model, "3 months");
    say(model, "Sample Person A");
    say(model, "Sample Person B");
    let effects = say(model, "Accept it");
    let entries = remember(model, &effects);
    update(model, Msg::Accept(accepting::Msg::Back));
    entries
}

/// Where nothing else can be done at the board, there is no list before it.
fn to_accepting(model: &mut Model) {
    update(model, at_board(board::Msg::Others));
    if screen(model).choices.iter().any(|choice| choice.label.contains("Accept by name")) {
        say(model, "Accept by name");
    }
}

#[test]
fn what_is_accepted_at_the_screen_is_told_with_who_why_and_until_and_can_be_taken_back() {
    let mut model = model_at(7);
    let open = |model: &Model| report::open(&model.desk).iter().any(|f| f.check == CheckId::LogsWorkspace);
    assert!(open(&model), "{:?}", report::open(&model.desk));
    let entries = accept(&mut model, "place that receives");
    let [Entry::Accepted(said)] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!((said.person.as_str(), said.tenant.as_str()), ("Sample Person A", TENANT_ID));
    assert_eq!((said.date, said.until), (TODAY, date(2027, 2, 23)));
    assert_eq!(said.approver.as_deref(), Some("Sample Person B"));
    assert!(!open(&model));
    let told = row(&model, "place that receives").detail;
    assert!(
        told.ends_with(
            "; accepted by Sample Person A until 2027-02-23, approved by Sample Person B: Sample reason"
        ),
        "{told}"
    );
    let json = serde_json::to_value(report::json::report(&model.desk)).expect("JSON");
    let of = json["accepted"].as_array().and_then(|all| all.iter().find(|a| a["check"] == "logs.workspace"));
    let of = of.unwrap_or_else(|| panic!("{}", json["accepted"]));
    assert_eq!((&of["person"], &of["until"]), (&"Sample Person A".into(), &"2027-02-23".into()));
    assert_eq!(of["approver"], "Sample Person B");
    let line = breakglass::effects::record_show::line(Timestamp::UNIX_EPOCH, &entries[0]);
    assert!(
        line.contains(
            "Sample Person A accepted on 2026-11-23, until 2027-02-23, approved by Sample Person B: "
        ),
        "{line}"
    );

    to_accepting(&mut model);
    say(&mut model, "Take back: ");
    let offered = screen(&model).choices;
    assert!(!offered.iter().any(|choice| choice.weight == Weight::Vouches), "who is asked: {offered:?}");
    say(&mut model, "Somebody else");
    let name = answered(&model, "Sample Person B");
    update(&mut model, name);
    let told = format!("{:?}", screen(&model).prose);
    assert!(told.contains("\"Taken back by\", \"Sample Person B\""), "{told}");
    let effects = say(&mut model, "Take it back");
    let entries = remember(&mut model, &effects);
    let [Entry::TakenBack { person, .. }] = entries.as_slice() else { panic!("{entries:?}") };
    assert_eq!(person, "Sample Person B", "and not who accepted it or spoke last");
    assert!(open(&model));
}

#[test]
fn the_choice_of_all_else_says_what_there_is() {
    let label = |model: &Model| {
        let choices = screen(model).choices;
        choices.into_iter().find(|choice| choice.key == 'o').expect("something is open").label
    };
    let model = model_at(7);
    assert_eq!(label(&model), "Accept by name what stays open", "nothing was said that could be said anew");
}

#[test]
fn it_counts_until_its_day_for_what_was_seen_and_in_its_tenant() {
    let mut model = model_at(7);
    accept(&mut model, "place that receives");
    let seen = row(&model, "place that receives");
    let case = |model: &Model, finding: &Finding| model.desk.case().accepted(finding).is_some();
    let checks =
        model.desk.world.derived(&breakglass::steps::Subject::Step(breakglass::steps::StepId::ALERTS));
    let finding = checks.checks.iter().find(|f| f.check == CheckId::LogsWorkspace).expect("a check").clone();
    assert!(case(&model, &finding), "{seen:?}");
    let other = Finding { detail: "it takes no logs".to_owned(), ..finding.clone() };
    assert!(!case(&model, &other));
    let why = model.desk.case().not_accepted(&other).expect("said");
    assert!(why.contains("seen otherwise now"), "{why}");
    for (day, counts) in [(date(2027, 2, 23), true), (date(2027, 2, 24), false)] {
        model.desk.world.set_today(day);
        assert_eq!(case(&model, &finding), counts, "{day}");
    }
    assert!(row(&model, "place that receives").detail.contains("until 2027-02-23, which is over"));
    model.desk.world.set_today(TODAY);
    if let Some(organization) = model.desk.world.facts_mut().organization.get_mut() {
        organization.id = "11111111-2222-4333-8444-555555555555".to_owned();
    }
    assert!(!case(&model, &finding), "another tenant");
}

#[test]
fn what_the_accounts_are_for_is_never_accepted() {
    let mut model = model_at(1);
    for check in accept::NEVER {
        assert!(accept::refusal(check).is_some());
        let line = Accepted {
            check: check.whole(),
            reason: "Sample".to_owned(),
            tenant: None,
            person: Some("Sample Person".to_owned()),
            approver: None,
            until: Some(date(2027, 1, 1)),
        };
        model.desk.world.plan_mut().accepts.push(line);
        for verdict in [Verdict::Unknown, Verdict::NeedsPerson, Verdict::Fail] {
            let finding = Finding::new(check, verdict, "as it is");
            assert_eq!(model.desk.case().accepted(&finding), None, "{check}");
            assert!(model.desk.case().not_accepted(&finding).is_some_and(|why| why.contains("never")));
        }
    }
    to_accepting(&mut model);
    let offered = screen(&model).choices;
    assert!(offered.iter().all(|choice| !choice.label.contains("is enabled")), "{offered:?}");
    assert!(format!("{:?}", screen(&model).prose).contains("is enabled"), "it is said");
}

#[test]
fn a_line_of_the_plan_accepts_what_it_can_and_says_where_it_does_not() {
    let line = |tenant: Option<&str>, person: Option<&str>, until: Option<Date>| Accepted {
        check: CheckId::PoliciesLicense.whole(),
        reason: "Sample".to_owned(),
        tenant: tenant.map(str::to_owned),
        person: person.map(str::to_owned),
        approver: None,
        until,
    };
    let (unknown, person, fail) = (Verdict::Unknown, Verdict::NeedsPerson, Verdict::Fail);
    let soon = Some(date(2027, 1, 1));
    let mut model = model_at(5);
    for (accepted, verdict, counts, why) in [
        (line(None, None, None), unknown, true, ""),
        (line(None, None, None), person, false, "needs person and until"),
        (line(Some(TENANT_ID), Some("A"), soon), person, true, ""),
        (line(Some(TENANT_ID), Some("A"), soon), fail, false, "at the screen only"),
        (line(Some("another"), None, None), unknown, false, "another tenant"),
        (line(None, Some("A"), Some(date(2026, 11, 22))), unknown, false, "it ended on 2026-11-22"),
        (line(None, Some("A"), Some(TODAY)), unknown, true, ""),
        (line(None, Some("A"), Some(date(2027, 11, 24))), unknown, false, "more than a year away"),
        (line(None, Some("A"), Some(date(2027, 11, 23))), unknown, true, ""),
    ] {
        model.desk.world.plan_mut().accepts = vec![accepted.clone()];
        let finding = Finding::new(CheckId::PoliciesLicense, verdict, "as it is");
        let case = model.desk.case();
        assert_eq!(case.accepted(&finding).is_some(), counts, "{accepted:?} of {verdict:?}");
        let told = case.not_accepted(&finding).unwrap_or_default();
        assert!(told.contains(why) && told.is_empty() == counts, "{told}");
    }
}

#[test]
fn an_end_lies_within_a_year_and_nothing_is_accepted_by_enter() {
    let mut model = model_at(7);
    to_accepting(&mut model);
    say(&mut model, "place that receives");
    let nothing = answered(&model, " ");
    update(&mut model, nothing);
    assert!(refused(&model).is_some_and(|why| why.contains("reason")));
    let reason = answered(&model, "Sample reason");
    update(&mut model, reason);
    say(&mut model, "Until another day");
    for (day, why) in [("2027-11-24", "more than a year"), ("2026-11-22", "is over"), ("soon", "is no day")] {
        let said = answered(&model, day);
        update(&mut model, said);
        assert!(refused(&model).is_some_and(|told| told.contains(why)), "{day}: {:?}", refused(&model));
    }
    let said = answered(&model, "2027-11-23");
    update(&mut model, said);
    say(&mut model, "Sample Person A");
    let offered = screen(&model).choices;
    assert!(offered.iter().all(|choice| choice.label != "Sample Person A"), "who asks cannot approve");
    say(&mut model, "Somebody else");
    let same = answered(&model, " sample person a ");
    update(&mut model, same);
    assert!(refused(&model).is_some_and(|told| told.contains("a second person")), "{:?}", refused(&model));
    let other = answered(&model, "Sample Person B");
    update(&mut model, other);
    let accepts = screen(&model).choices.into_iter().find(|choice| choice.label.contains("Accept it"));
    assert_eq!(accepts.map(|choice| choice.weight), Some(Weight::Vouches));
    assert!(screen(&model).choices.iter().all(|choice| choice.weight != Weight::Safe || choice.key == 'b'));
}
