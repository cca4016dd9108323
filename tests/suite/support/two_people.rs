//! Two people with half a password each: their plan, and the way through their screens in memory.

use breakglass::domain::plan::{Plan, Route, plan_file};
use breakglass::domain::record::{Entry, Half};
use breakglass::domain::secret::typing_back::Judged;
use breakglass::journeys::model::Model;
use breakglass::journeys::tasks::slip::State;
use jiff::Timestamp;

use crate::support::console::{Console, WHOLE};

/// How the example plan says that two people keep the First account's password.
pub const COMMENTED: &str = "# [accounts.second_half]\n# safe = \"A2\"\n# custodian = \"Sample Person C\"\n";
/// These lines of the plan without the comment marks: the second half is planned.
pub const SECOND_HALF: &str = "[accounts.second_half]\nsafe = \"A2\"\ncustodian = \"Sample Person C\"\n";

pub fn half(side: Half) -> &'static str {
    match side {
        Half::A => &WHOLE[..16],
        Half::B => &WHOLE[16..],
    }
}

pub fn other(side: Half) -> Half {
    match side {
        Half::A => Half::B,
        Half::B => Half::A,
    }
}

/// The example plan with the First account's password for two people.
pub fn for_two() -> Plan {
    let text = plan_file::example();
    assert!(text.contains(COMMENTED), "the example says nothing about two people");
    plan_file::read(&text.replace(COMMENTED, SECOND_HALF)).expect("two people are in order")
}

// ---- the journey, by keys

/// The slip of the First account is announced, for two people.
pub fn at_console(route: Route) -> Console {
    let mut plan = for_two();
    plan.paper.route = route;
    Console::new(plan, (8, "password-slip:first"))
}

/// From the hidden screen until this half is sealed.
pub fn take(console: &mut Console, side: Half, seal: &str) {
    console.press("is here, alone");
    match console.state() {
        State::AtPrinter => {
            console.press("Send it");
            console.press("I have it");
        }
        _ => console.press("It is on paper"),
    }
    assert_eq!(console.type_line(half(side)), Some(Judged::Right));
    console.type_line("");
    console.type_line(seal);
}

// ---- what step 8 asks afterwards

/// The record after both halves were taken.
pub fn both_taken() -> (Model, Vec<Entry>) {
    let mut console = at_console(Route::ByHand);
    console.press("Make the slip now");
    take(&mut console, Half::A, "SEAL-1");
    take(&mut console, Half::B, "SEAL-2");
    let changed = Some(Timestamp::UNIX_EPOCH);
    let mut model = console.model;
    for slip in model.desk.world.evidence_mut().slips.values_mut() {
        slip.changed = changed;
    }
    let accounts = model.desk.world.facts_mut().accounts.get_mut().expect("accounts");
    accounts.in_slots[0].account.password_changed = changed;
    (model, console.record)
}
