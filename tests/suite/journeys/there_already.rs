//! What the tenant had before anything was planned: a key that has its PIN, an account whose envelope is replaced, and what is
//! named in the report although nobody asked. And whom an alert tells by SMS besides the mail.

use breakglass::domain::check::ask::Attest;
use breakglass::domain::facts::{
    Account, Accounts, AreaFacts, DiagnosticSetting, Facts, Groups, InSlot, MethodKind, Monitoring, Original,
    Reading, Registered, Workspace,
};
use breakglass::domain::plan::{Recipient, plan_file};
use breakglass::domain::record::{Entry, Outcome};
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::{Action, Protection};
use breakglass::journeys::model::Model;
use breakglass::journeys::report::json;
use breakglass::journeys::screen::Weight;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::attest::Attesting;
use breakglass::journeys::tasks::slip::MakeSlip;
use breakglass::journeys::unattended::Answer;
use breakglass::journeys::{screen, update};
use serde_json::json;

use crate::support::model::{at_plan, chosen, decides, model};

const LAMP: &str = "northwind.lamp@contoso.onmicrosoft.com";

/// The first account is adopted, and one key of it was registered before.
fn adopted() -> Model {
    let mut model = model();
    model.desk.world.plan_mut().accounts[0].adopt = Some(LAMP.to_owned());
    let facts = model.desk.world.facts_mut();
    let account = Account::as_set_up("id-lamp", LAMP, "Emergency Access");
    let in_slots = vec![InSlot { slot: Slot::FIRST, account }];
    facts.absorb(AreaFacts::Accounts(Reading::Read(Accounts { in_slots, ..Accounts::default() })));
    facts.methods = Reading::Read(vec![Registered::new(Slot::FIRST, MethodKind::Fido2, "key-1")]);
    model
}

fn words(model: &Model) -> String {
    let shown = screen(model);
    format!("{:?} {:?}", shown.prose, shown.choices)
}

#[test]
fn a_key_that_was_registered_before_is_asked_for_the_pin_it_has() {
    let mut model = adopted();
    let slip = MakeSlip::of_pin(&model.desk, Slot::FIRST, 0);
    assert_eq!(
        slip.answer(),
        Answer::Say(breakglass::journeys::tasks::slip::Msg::Skip),
        "nobody is there who knows it"
    );
    model.stack.push(breakglass::journeys::stack::Layer::Slip(Box::new(slip)));
    let told = words(&model);
    assert!(told.contains("so it has a PIN already, and keeps it"), "{told}");
    assert!(told.contains("takes the place of what lies in the envelope of this key"), "{told}");
    assert!(!told.contains("Let the program propose a PIN"), "{told}");
    // Another place of the plan has no key yet: its PIN is proposed.
    let fresh = MakeSlip::of_pin(&model.desk, Slot::FIRST, 1);
    model.stack.push(breakglass::journeys::stack::Layer::Slip(Box::new(fresh)));
    assert!(words(&model).contains("is proposed and put on paper"), "{}", words(&model));
}

#[test]
fn the_slip_of_an_adopted_account_says_what_becomes_of_its_envelope() {
    let mut model = adopted();
    let slip = MakeSlip::of_password(&model.desk, Slot::FIRST);
    model.stack.push(breakglass::journeys::stack::Layer::Slip(Box::new(slip)));
    assert!(
        words(&model).contains("whatever lies in its envelope opens nothing any more"),
        "{}",
        words(&model)
    );
    let other = MakeSlip::of_password(&model.desk, Slot::new(1));
    model.stack.push(breakglass::journeys::stack::Layer::Slip(Box::new(other)));
    assert!(!words(&model).contains("opens nothing any more"));
}

#[test]
fn the_report_names_what_is_there_already() {
    let mut model = model();
    let candidates = vec![Account::as_set_up("id-lamp", LAMP, "Emergency Access")];
    *model.desk.world.facts_mut() = Facts {
        accounts: Reading::Read(Accounts { candidates, ..Accounts::default() }),
        group: Reading::Read(Groups {
            found: None,
            others: vec![("g-1".to_owned(), "CA Exclusions".to_owned())],
        }),
        ..model.desk.facts().clone()
    };
    let there = json::report(&model.desk).there.join(" ");
    assert!(there.contains(LAMP) && there.contains("CA Exclusions") && there.contains("g-1"), "{there}");
}

/// What the report says is there already.
fn there(model: &Model) -> String {
    json::report(&model.desk).there.join(" ")
}

#[test]
fn what_this_record_wrote_was_not_there_before() {
    let mut model = model();
    let workspace = Workspace {
        id: "/s/law-one".to_owned(),
        name: "law-one".to_owned(),
        region: "northeurope".to_owned(),
        customer_id: String::new(),
        retention_days: None,
        daily_cap: None,
        ingestion: None,
    };
    let setting = DiagnosticSetting {
        name: "any-name".to_owned(),
        workspace: Some("/S/law-one".to_owned()),
        elsewhere: Vec::new(),
        categories: vec!["SignInLogs".to_owned(), "AuditLogs".to_owned()],
        original: Original::new("v", serde_json::Value::Null),
    };
    model.desk.world.facts_mut().monitoring = Reading::Read(Monitoring {
        workspace: Some(workspace),
        settings: Reading::Read(vec![setting]),
        ..Monitoring::default()
    });
    assert!(there(&model).contains("logs go to law-one already, by the diagnostic setting any-name"));
    assert!(there(&model).contains("The group \"Exclusions\" was there already"));
    // The record of this run, or of one before it, which wrote nothing in this one.
    assert!(model.desk.written.is_empty());
    let receipt = |action: &Action, id: Option<&str>| Entry::Receipt {
        key: action.key(),
        outcome: Outcome::Done,
        slot: None,
        id: id.map(str::to_owned),
        request: None,
        trouble: None,
    };
    let put = Action::PutDiagnosticSetting {
        workspace: "/s/law-one".to_owned(),
        categories: vec!["SignInLogs".to_owned(), "AuditLogs".to_owned()],
        original: None,
    };
    let group = Action::CreateGroup {
        name: "Exclusions".to_owned(),
        description: String::new(),
        protection: Protection::RoleAssignable,
        members: Vec::new(),
    };
    for entry in [receipt(&put, None), receipt(&group, Some(crate::support::model::GROUP))] {
        update(&mut model, breakglass::journeys::Msg::Recorded(jiff::Timestamp::UNIX_EPOCH, Box::new(entry)));
    }
    assert_eq!(there(&model), "");
}

#[test]
fn whoever_the_plan_names_for_a_sign_in_test_is_the_first_to_choose() {
    let mut model = adopted();
    let test = breakglass::journeys::tasks::sign_in_test::SignInTest::begin(Slot::FIRST);
    model.stack.push(breakglass::journeys::stack::Layer::SignInTest(test));
    let begin = chosen(&model, "Begin the test");
    update(&mut model, begin);
    assert_eq!(screen(&model).choices[0].label, "Sample Person A");
    let mut model = model;
    model.desk.world.plan_mut().attestations.retain(|word| word.about.as_str() != "test.sign-in:first");
    model.desk.tester = "Sample Tester".to_owned();
    assert_eq!(screen(&model).choices[0].label, "Sample Tester", "whoever tested before");
}

#[test]
fn the_word_of_the_plan_is_offered_and_taken_by_a_key_of_its_own() {
    let mut model = model();
    let attest = |about: &str| Attest {
        about: about.into(),
        statement: format!("It is so: {about}"),
        note: "Note".to_owned(),
    };
    let about = vec![attest("paper.proof:A1"), attest("paper.proof:B1"), attest("paper.proof:elsewhere")];
    let vouching = Attesting::begin(&model.desk, about);
    model.stack.push(Layer::Attest(vouching));
    let offered =
        screen(&model).choices.into_iter().find(|choice| choice.label.starts_with("As the plan says"));
    let offered = offered.expect("the plan has a word");
    assert!(offered.label.contains("2 of 3"), "{offered:?}");
    assert_ne!(offered.weight, Weight::Safe, "Enter never vouches");
    let effects = update(&mut model, offered.msg);
    let said: Vec<(String, String)> = effects
        .iter()
        .filter_map(|effect| match effect.as_entry()? {
            Entry::Attested { person, date, .. } => Some((person.clone(), date.to_string())),
            _ => None,
        })
        .collect();
    let wanted = [("Sample Person A", "2026-11-02"), ("Sample Person B", "2026-11-02")];
    assert_eq!(said, wanted.map(|(person, date)| (person.to_owned(), date.to_owned())));
    assert!(
        matches!(model.top(), Layer::Attest(left) if left.about.len() == 1),
        "what it says nothing about is left"
    );
    assert!(screen(&model).choices.iter().all(|choice| !choice.label.starts_with("As the plan says")));
}

#[test]
fn a_recipient_may_be_told_by_sms_as_well() {
    let mut model = model();
    at_plan(&mut model);
    let line = chosen(&model, "SMS to Security operations");
    update(&mut model, line);
    decides(&mut model, "+12065550100");
    assert!(crate::support::model::refused(&model).is_some_and(|why| why.contains("a space")));
    decides(&mut model, "+1 2065550100");
    let recipients = model.desk.plan().alerts.recipients.clone();
    assert_eq!(recipients[0].sms.as_deref(), Some("+1 2065550100"));
    let read = plan_file::read(&plan_file::write(model.desk.plan())).expect("a plan");
    assert_eq!(read.alerts.recipients, recipients);

    let put = |recipients: Vec<Recipient>, original| Action::PutActionGroup {
        id: "/s/ag".to_owned(),
        recipients,
        original,
    };
    let fresh = put(recipients.clone(), None);
    assert!(fresh.sentence().contains("sends an SMS to +1 ...00"), "{}", fresh.sentence());
    let body = fresh.call().body;
    let wanted =
        json!([{"name": "Security operations (SMS)", "countryCode": "1", "phoneNumber": "2065550100"}]);
    assert_eq!(body["properties"]["smsReceivers"], wanted);

    // A group that mails already gains the SMS, and no mailbox twice.
    let there = json!({"name": "ag", "location": "Global", "properties": {"groupShortName": "SOC", "enabled": true,
        "emailReceivers": [{"name": "Security operations", "emailAddress": recipients[0].email}]}});
    let original = breakglass::domain::facts::Original::new("v", there);
    let changed = put(recipients[..1].to_vec(), Some(original));
    assert!(changed.sentence().contains("add SMS to +1 ...00"), "{}", changed.sentence());
    let body = changed.call().body;
    assert_eq!(body["properties"]["smsReceivers"], wanted);
    assert_eq!(body["properties"]["emailReceivers"].as_array().map(Vec::len), Some(1), "{body}");
}
