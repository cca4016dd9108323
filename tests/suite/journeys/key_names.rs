//! A key goes by its name wherever people read of it: in the list of the plan, in what is wrong with a plan, in the record as it
//! is shown, in the name of its slip's file, and in why a test counts no more.

use breakglass::domain::plan::plan_file;
use breakglass::domain::record::{Entry, Slip, SlipKind, SlipState};
use breakglass::domain::slot::Slot;
use breakglass::effects::record::Record;
use breakglass::effects::record_show;
use breakglass::journeys::screen;
use jiff::Timestamp;

use crate::support::Home;
use crate::support::model::at_plan;
use crate::support::sample::{a_slip, plan};

#[test]
fn the_list_of_the_plan_calls_each_key_by_its_name() {
    let mut model = crate::support::model::model();
    *model.desk.world.plan_mut() = plan();
    at_plan(&mut model);
    let labels: Vec<String> = screen(&model).choices.into_iter().map(|choice| choice.label).collect();
    for name in
        ["First: Lantern key 1 serial", "First: Lantern key 2 in safe", "Second: Compass key 1 serial"]
    {
        assert!(labels.iter().any(|label| label == name), "{name}: {labels:#?}");
    }
    let rare = "Rarely needed: model of Second's Compass key 1";
    assert!(labels.iter().any(|label| label == rare), "{labels:#?}");
    assert!(!labels.iter().any(|label| label.contains(": key ")), "{labels:#?}");
}

#[test]
fn what_is_wrong_with_a_key_is_said_with_its_name_and_of_a_name_with_its_place() {
    let mut plan = plan();
    plan.accounts[0].keys[1].safe = "Z9".to_owned();
    plan.accounts[1].keys[0].name = String::new();
    let wrong = plan_file::validate(&plan).join(" ");
    assert!(wrong.contains("First: Lantern key 2 in safe \"Z9\" is not in the list"), "{wrong}");
    assert!(wrong.contains("Second: key 1 name must not be empty."), "{wrong}");
}

#[test]
fn the_record_is_shown_with_the_names_of_its_plan_and_without_one_with_numbers() {
    let home = Home::new();
    let key = Entry::Key {
        slot: Slot::FIRST,
        key: 0,
        method: "m".to_owned(),
        aaguid: String::new(),
        model: "Sample key".to_owned(),
    };
    let slip = Slip { state: SlipState::Made, ..a_slip(SlipKind::Pin { key: 1 }) };
    let mut record = Record::open(&home.record()).expect("it opens");
    for entry in [key, Entry::Slip(slip)] {
        record.append(Timestamp::UNIX_EPOCH, &entry).expect("it is written");
    }
    let shown = || record_show::show(&home.record()).expect("it is there").lines().join(" ");
    assert!(shown().contains("First account, key 1: Sample key is registered"), "{}", shown());
    record.save_plan(&plan()).expect("it is saved");
    assert!(shown().contains("First account, Lantern key 1: Sample key is registered"), "{}", shown());
    assert!(shown().contains("PIN of Lantern key 2"), "{}", shown());
    // A plan that no longer fits together still has the names.
    let mut unfit = plan();
    unfit.safes.clear();
    record.save_plan(&unfit).expect("it is saved");
    assert!(shown().contains("PIN of Lantern key 2"), "{}", shown());
}

#[test]
fn the_file_of_a_slip_is_called_after_its_key_whatever_stands_in_the_name() {
    for (name, file) in [
        ("Lantern key 1", "lantern-key-1"),
        ("../../etc/Schl\u{fc}ssel", "etc-schl-ssel"),
        ("\u{9375}", "key-2"),
        (" ", "key-2"),
    ] {
        let mut plan = plan();
        plan.accounts[0].keys[1].name = name.to_owned();
        assert_eq!(plan.accounts[0].key_file(1), file, "{name}");
    }
}
