//! A test as somebody tells it, and what is said where it failed.

use jiff::Timestamp;

use crate::domain::record::Test;
use crate::domain::slot::Slot;
use crate::domain::text;
use crate::domain::trouble::{Kind, Trouble};
use crate::journeys::desk::Desk;
use crate::journeys::tasks::sign_in_test::ByHand;

/// A test by hand, still without day and name.
pub(super) fn told(slot: Slot, outcome: ByHand, issues: String) -> Test {
    let passed = outcome == ByHand::Passed;
    let issues = match (passed, issues.as_str()) {
        (false, "") => "nobody noted why".to_owned(),
        _ => issues,
    };
    Test {
        slot,
        at: Timestamp::UNIX_EPOCH,
        day: None,
        person: String::new(),
        passed,
        administrator: passed,
        read: None,
        azure: None,
        with: None,
        issues,
        seconds: 0,
    }
}

/// What is said after a test through this program that failed: whose sign-in it was, and that it stands in the record.
pub(super) fn failed(slot: Slot, trouble: Trouble) -> Trouble {
    let why = match trouble.kind {
        Kind::SignIn => trouble.why,
        Kind::Any | Kind::EndIsWanted => format!("{} {}", trouble.what, trouble.why),
    };
    let next = format!("{} More ways out: Read about troubleshooting, on the first screen.", trouble.next);
    let what = in_record(slot);
    Trouble { what, why, next, ..trouble }
}

fn in_record(slot: Slot) -> String {
    format!("The sign-in test of the {slot} account failed; it stands in the record.")
}

/// What the board says after a test by hand: that it stands in the record, and where it failed what follows.
pub(super) fn say(desk: &mut Desk, test: &Test) {
    let slot = test.slot;
    if test.passed {
        desk.did(format!("The test of the {slot} account stands in the record, as {} told it.", test.person));
        return;
    }
    desk.trouble = Some(Trouble::new(
        in_record(slot),
        text::capitalized(&text::sentence(&test.issues)),
        "Until a test goes well this account counts as not working. Find the cause (Read about troubleshooting, on the \
         first screen), mend it, and test again here.",
    ));
}
