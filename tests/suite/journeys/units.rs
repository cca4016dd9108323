//! Restricted management units: an account leaves its unit for a change and is put back, whatever happens in between.

use breakglass::domain::write::action::ActionKind;
use breakglass::rehearsal::TENANT_ID;
use serde_json::{Value, json};

use crate::support::killed::run_and_kill;
use crate::support::served::Served;
use crate::support::words;

const UNIT: &str = "77777777-2222-4333-8444-555555555555";

/// Object ids of the two accounts.
fn accounts(state: &Value) -> Vec<String> {
    let users = state["users"].as_array().expect("users").iter();
    let ours = users.filter(|user| {
        let name = user["body"]["userPrincipalName"].as_str().unwrap_or_default();
        ["harbor.lantern@", "meadow.compass@"].iter().any(|ours| name.starts_with(ours))
    });
    ours.map(|user| user["body"]["id"].as_str().expect("an id").to_owned()).collect()
}

/// Puts both accounts into a restricted unit, and lets the password of each be changed by somebody else before, so that
/// new slips are due.
fn restrict(state: &mut Value) {
    let ids = accounts(state);
    for user in state["users"].as_array_mut().expect("users") {
        if ids.iter().any(|id| user["body"]["id"] == id.as_str()) {
            user["body"]["isManagementRestricted"] = json!(true);
            user["body"]["lastPasswordChangeDateTime"] = json!("2026-11-24T00:00:00Z");
        }
    }
    state["units"] = json!([{"body": {"id": UNIT, "displayName": "Emergency access",
        "isMemberManagementRestricted": true}, "members": ids}]);
}

/// A tenant that was set up, and whose accounts were then restricted.
fn restricted() -> Served {
    let mut served = Served::new("p1", Vec::new());
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    served.changed(restrict, Vec::new());
    served
}

/// Both accounts are in the unit, and restricted.
fn is_whole(state: &Value) {
    let members = &state["units"][0]["members"];
    let ids = accounts(state);
    assert_eq!(ids.len(), 2);
    for id in ids {
        assert!(members.as_array().is_some_and(|m| m.contains(&json!(id))), "{id} is outside: {members}");
    }
}

/// The kinds of write in the record, in order, from line `start`.
fn kinds(served: &Served, start: usize) -> Vec<String> {
    let journal = served.home.journal();
    let intends = journal.iter().skip(start).filter(|l| l["entry"]["entry"] == "intends");
    let kind = |l: &Value| {
        let key = l["entry"]["key"].as_str().unwrap_or_default();
        key.split(' ').next().unwrap_or_default().to_owned()
    };
    intends.map(kind).collect()
}

#[test]
fn a_rotation_leaves_the_unit_changes_and_enters_it_again() {
    let mut served = restricted();
    let start = served.home.journal().len();
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let change = ["leave-unit", "set-password", "enter-unit"];
    let end = ["leave-unit", "revoke-sessions", "enter-unit"];
    // Two passwords, each with its sessions ended, and a new test of each that leaves sessions.
    assert_eq!(kinds(&served, start), [change, end, change, end, end, end].concat());
    is_whole(&served.stop());
}

#[test]
fn killed_between_the_parts_it_is_put_back_by_the_next_run() {
    // The lines of the first rotation: began, plan, slip; then an intention and a receipt for each way out, change and
    // way back. After each receipt, and after the first intention.
    for after in [4, 5, 7, 9, 12] {
        let mut served = restricted();
        assert_eq!(run_and_kill(&served, after), None, "it ended before line {after}");
        assert_eq!(run_and_kill(&served, usize::MAX / 2), Some(0), "killed after {after} lines");
        is_whole(&served.stop());
    }
}

#[test]
fn what_was_left_outside_by_a_crash_is_offered_in_step_1_and_done() {
    use breakglass::domain::record::Entry;
    use breakglass::domain::slot::Slot;
    use breakglass::effects::{clock, record::Record};
    let mut served = restricted();
    served.changed(
        |state| {
            let ids = accounts(state);
            for user in state["users"].as_array_mut().expect("users") {
                if user["body"]["id"] == ids[0].as_str() {
                    user["body"]["isManagementRestricted"] = json!(false);
                }
            }
            state["units"][0]["members"] = json!([ids[1]]);
        },
        Vec::new(),
    );
    let intends = Entry::Intends {
        key: ActionKind::LeaveUnit.about(&format!("first {UNIT}")),
        sentence: "a crash came here".to_owned(),
        call: String::new(),
        slot: Some(Slot::FIRST),
        original: None,
    };
    let mut record = Record::open(&served.home.record()).expect("a record");
    record.append(clock::now(), &intends).expect("a line");
    drop(record);
    let start = served.home.journal().len();
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    assert_eq!(kinds(&served, start).first().map(String::as_str), Some("enter-unit"));
    is_whole(&served.stop());
}

#[test]
fn every_part_is_shown_before_it_is_written() {
    let served = restricted();
    let mut command = served.home.breakglass();
    command.arg("--plain").args(served.options());
    let mut person = crate::support::Person::at(command);
    let wishes = [
        "Make the password slip of the First",
        "Go on with the setup",
        "Go on to the plan",
        "The plan stands",
        "Go on to",
    ];
    for _ in 0..20 {
        let shown = person.next_question().expect("it goes on");
        let shown = &shown[shown.rfind("\nbreakglass  ").unwrap_or_default()..];
        if shown.contains("Make the slip now") {
            for text in
                ["Take the First account out of the restricted unit \"Emergency access\"", "Put the First"]
            {
                assert!(shown.contains(text), "{text} is not on:\n{shown}");
            }
            person.leave();
            return;
        }
        let wish = wishes.iter().find_map(|wish| crate::support::choice(shown, wish));
        person.type_line(&wish.unwrap_or_else(|| panic!("no way on from:\n{shown}")));
    }
    panic!("the slip of {TENANT_ID} was never offered");
}
