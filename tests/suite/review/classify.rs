//! Saying what sign-ins and changes were, by keys: alike ones together, by a named person, into the record; misuse leads into
//! its repair.

use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::{Finding, Verdict};
use breakglass::domain::check::id::CheckId;
use breakglass::domain::facts::{
    Account, Accounts, AuditEntry, AuditTarget, Audits, Facts, InSlot, Licenses, Reading, SignIn, SignInTold,
};
use breakglass::domain::record::{Class, Classified, Entry, Happened, LogRead, UseKind};
use breakglass::domain::review::ReviewRow;
use breakglass::domain::slot::Slot;
use breakglass::journeys::home::Home;
use breakglass::journeys::model::Model;
use breakglass::journeys::repair;
use breakglass::journeys::review::{self, Review};
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::classify::Classify;
use breakglass::journeys::{Effect, Msg, screen, update};
use breakglass::steps::review::changes;
use jiff::civil::date;
use jiff::{SignedDuration, Timestamp};

use crate::support::model::{answered, chosen, model};

fn at(minutes: i64) -> Timestamp {
    "2026-11-22T10:00:00Z".parse::<Timestamp>().expect("a moment") + SignedDuration::from_mins(minutes)
}

fn sign_in(id: &str, minutes: i64, address: &str) -> SignIn {
    SignIn {
        slot: Slot::FIRST,
        id: id.to_owned(),
        at: at(minutes),
        error: 0,
        policies: Vec::new(),
        application: "Azure Portal".to_owned(),
        app: "app".to_owned(),
        correlation: String::new(),
        address: address.to_owned(),
        told: SignInTold { place: "Utrecht, NL".to_owned(), ..SignInTold::default() },
    }
}

fn change(id: &str, activity: &str, target: &str) -> AuditEntry {
    AuditEntry {
        id: id.to_owned(),
        at: at(5),
        activity: activity.to_owned(),
        result: "success".to_owned(),
        by_id: "somebody".to_owned(),
        by: "somebody@contoso.com".to_owned(),
        targets: vec![AuditTarget { id: target.to_owned(), name: String::new() }],
        changed: vec!["AccountEnabled".to_owned()],
        correlation: String::new(),
    }
}

fn happened(facts: &mut Facts) {
    let account = Account::as_set_up("one", "harbor.lantern@contoso.onmicrosoft.com", "Harbor Lantern");
    let in_slots = vec![InSlot { slot: Slot::FIRST, account }];
    facts.accounts = Reading::Read(Accounts { in_slots, ..Accounts::default() });
    facts.licenses = Reading::Read(Licenses { p1: true, p2: true });
    let ours = [sign_in("a", 0, "192.0.2.1"), sign_in("b", 3, "192.0.2.1"), sign_in("c", 4, "198.51.100.9")];
    facts.sign_ins = Reading::Read(ours.into());
    let entries =
        vec![change("d", "Disable account", "one"), change("e", "Update conditional access policy", "p")];
    facts.audits = Reading::Read(Audits { entries });
}

/// At the list, on the row of a review.
fn at_list() -> Model {
    let mut model = model();
    happened(model.desk.world.facts_mut());
    let row = review::At::Row(ReviewRow::Changes);
    let review = Review::at(row);
    model.stack = vec![Layer::Home(Home::First), Layer::Review(review), Layer::Classify(Classify::begin())];
    model
}

fn say(model: &mut Model, words: &str) -> Vec<Effect> {
    let msg = chosen(model, words);
    update(model, msg)
}

fn remember(model: &mut Model, effects: &[Effect]) -> Vec<Entry> {
    let entries: Vec<Entry> = effects.iter().filter_map(Effect::as_entry).cloned().collect();
    for entry in &entries {
        update(model, Msg::Recorded(at(60), Box::new(entry.clone())));
    }
    entries
}

/// Says of the line that it was this, by keys.
fn classify(model: &mut Model, line: &str, class: &str) -> Vec<Entry> {
    let listed = screen(model).choices;
    let choice = listed.iter().find(|choice| choice.whole().contains(line));
    let msg = choice.unwrap_or_else(|| panic!("no {line}: {listed:?}")).msg.clone();
    update(model, msg);
    say(model, class);
    say(model, "Sample Person A");
    let note = answered(model, "Sample note");
    update(model, note);
    let effects = say(model, "Say so");
    remember(model, &effects)
}

fn finding(model: &Model, check: CheckId) -> Finding {
    let case: Case<'_> = model.desk.case();
    changes::checks(&case).into_iter().find(|finding| finding.check == check).expect("a finding")
}

fn said(entries: &[Entry]) -> Vec<&Classified> {
    fn one(entry: &Entry) -> Option<&Classified> {
        match entry {
            Entry::Classified(said) => Some(said),
            _ => None,
        }
    }
    entries.iter().filter_map(one).collect()
}

#[test]
fn alike_ones_are_said_of_together_and_nothing_is_open_in_the_end() {
    let mut model = at_list();
    let open = finding(&model, CheckId::UseClassified);
    assert_eq!(open.verdict, Verdict::NeedsPerson);
    assert!(open.detail.starts_with("3 sign-ins and 2 changes nobody has classified"), "{}", open.detail);
    assert_eq!(changes::asks(&model.desk.case()).len(), 1);

    let drill = classify(&mut model, "2 x got in, 192.0.2.1", "A drill");
    let drill = said(&drill);
    assert_eq!(drill.iter().map(|one| one.id.as_str()).collect::<Vec<_>>(), ["b", "a"]);
    assert!(
        drill.iter().all(|one| one.class == Class::Drill && one.person == "Sample Person A"),
        "{drill:?}"
    );
    assert!(drill.iter().all(|one| one.note == "Sample note" && one.slot == Some(Slot::FIRST)), "{drill:?}");

    // From elsewhere in the same hour it is another question.
    let real = classify(&mut model, "198.51.100.9", "An emergency");
    assert_eq!(said(&real)[0].class, Class::Emergency);
    classify(&mut model, "Disable account by somebody@contoso.com", "Planned work");
    let last = classify(&mut model, "Tenant", "Planned work");
    assert_eq!((said(&last)[0].what, said(&last)[0].slot), (Happened::Change, None));
    assert!(matches!(model.top(), Layer::Review(_)), "the list is left when nothing is open");
    let done = finding(&model, CheckId::UseClassified);
    assert_eq!((done.verdict, done.detail.as_str()), (Verdict::Pass, "3 sign-ins and 2 changes, each known"));
    assert!(changes::asks(&model.desk.case()).is_empty());
}

#[test]
fn a_sign_in_is_no_planned_work_and_its_details_are_all_that_is_known() {
    let mut model = at_list();
    let line = screen(&model).choices.into_iter().find(|choice| choice.whole().contains("198.51.100.9"));
    update(&mut model, line.expect("the line").msg);
    let shown = screen(&model);
    assert!(!shown.choices.iter().any(|choice| choice.label.contains("Planned work")), "{shown:?}");
    let told = format!("{:?}", shown.prose);
    for words in ["2026-11-22 10:04 UTC", "198.51.100.9 (Utrecht, NL)", "Azure Portal", "got in"] {
        assert!(told.contains(words), "{words}: {told}");
    }
}

#[test]
fn misuse_is_noted_as_a_use_and_leads_into_its_repair() {
    let mut model = at_list();
    let entries = classify(&mut model, "198.51.100.9", "Misuse");
    assert_eq!(said(&entries)[0].class, Class::Misuse);
    let used = entries.iter().find_map(|entry| match entry {
        Entry::Used(used) => Some((used.slot, used.kind, used.why.as_str())),
        _ => None,
    });
    assert_eq!(used, Some((Slot::FIRST, UseKind::Unauthorized, "Sample note")));
    let repairs = model.stack.iter().any(|layer| matches!(layer, Layer::Repair(repair::Repair { .. })));
    assert!(repairs, "{:?}", model.stack);
}

#[test]
fn what_was_said_is_there_for_whoever_asks_and_can_be_said_anew() {
    let mut model = at_list();
    classify(&mut model, "198.51.100.9", "An emergency");
    let is_listed = |model: &Model| {
        screen(model).choices.iter().any(|choice| choice.whole().contains("emergency, says Sample Person A"))
    };
    assert!(!is_listed(&model));
    say(&mut model, "Show what is classified");
    assert!(is_listed(&model));
    classify(&mut model, "emergency, says Sample Person A", "A drill");
    let said = model.desk.evidence().watched.said("c").expect("it was said");
    assert_eq!(said.class, Class::Drill);
}

#[test]
fn a_log_that_forgot_what_nobody_read_is_told_until_somebody_looked_elsewhere() {
    let mut model = at_list();
    let began = Entry::Began {
        journey: "setup".to_owned(),
        tenant: String::new(),
        name: String::new(),
        mark: "REHEARSAL".to_owned(),
        program: "1".to_owned(),
    };
    let moment = |text: &str| text.parse::<Timestamp>().expect("a moment");
    let evidence = model.desk.world.evidence_mut();
    evidence.add(moment("2026-08-01T00:00:00Z"), &began);
    for log in [Happened::SignIn, Happened::Change] {
        let (from, until) = (moment("2026-08-01T00:00:00Z"), moment("2026-08-20T00:00:00Z"));
        evidence.add(until, &Entry::LogRead(LogRead { log, from, until }));
    }
    let gap = finding(&model, CheckId::LogGap);
    assert_eq!(gap.verdict, Verdict::Unknown);
    // Today is 2026-11-23; the logs go back to 2026-10-24.
    for words in ["sign-in log from 2026-08-20 to 2026-10-24", "audit log from 2026-08-20 to 2026-10-24"] {
        assert!(gap.detail.contains(words), "{words}: {}", gap.detail);
    }
    let asks = changes::asks(&model.desk.case());
    let attests: Vec<_> = asks
        .into_iter()
        .filter_map(|ask| match ask {
            breakglass::domain::check::ask::Ask::Attest(attest) => Some(attest),
            _ => None,
        })
        .collect();
    assert_eq!(attests.len(), 2);
    for attest in attests {
        let word = crate::support::sample::a_word(attest.about.as_str(), date(2026, 11, 22));
        model.desk.world.evidence_mut().add(at(0), &word);
    }
    assert_eq!(finding(&model, CheckId::LogGap).verdict, Verdict::Pass);
}
