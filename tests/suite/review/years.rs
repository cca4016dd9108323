//! A complete setup that is looked at again on the same day, a quarter and a year later, by a clock that the test sets: not
//! one false alarm, and exactly what is due is due.

use super::looked::Looked;
use crate::support::Home;
use crate::support::home::report;

/// What comes round within a quarter.
const OF_A_QUARTER: [&str; 9] = [
    "alerts.notification expired",
    "schedule.test failed",
    "review.logs needs a person",
    // Nobody read for more than the thirty days that a log goes back.
    "log.gap not known",
    "paper.combinations needs a person",
    "test.every-key:first failed",
    "test.every-key:second failed",
    "account.cleanup-exempt needs a person",
    "method.per-user-mfa needs a person",
];

/// What comes round within a year beside it.
const OF_A_YEAR: [&str; 15] = [
    "exercise.held needs a person",
    "paper.proof expired",
    "paper.safe-log expired",
    "paper.document expired",
    "paper.procedure expired",
    "paper.sealed:first expired",
    "paper.safe:first expired",
    "paper.sealed:second expired",
    "paper.safe:second expired",
    "schedule.rotation failed",
    "account.password-age:first failed",
    "account.password-age:second failed",
    "paper.support-path needs a person",
    "paper.contacts-called needs a person",
    "test.deputy needs a person",
];

const TESTS: [&str; 3] = [
    "sign-in-test: First account, Lantern key 1",
    "sign-in-test: First account, Lantern key 2",
    "sign-in-test: Second account, Compass key 1",
];

fn sorted(all: impl IntoIterator<Item = impl Into<String>>) -> Vec<String> {
    let mut all: Vec<String> = all.into_iter().map(Into::into).collect();
    all.sort();
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn a_setup_is_in_order_on_its_day_and_later_exactly_what_is_due_is_due() {
    let home = Home::new();
    let (code, first) = report(&home, "fresh");
    assert_eq!(code, Some(0), "{first:#}");
    let looked = Looked::at(&home, "fresh").await;
    assert_eq!((looked.open(), looked.due()), (Vec::new(), Vec::new()));
    assert!(looked.detail("test.every-key:first").contains("Lantern key 2 not yet, next by"));
    looked.leave().await;

    home.time_passes(92);
    let looked = Looked::at(&home, "fresh").await;
    assert_eq!(sorted(looked.open()), sorted(OF_A_QUARTER));
    assert_eq!(sorted(looked.due()), sorted(TESTS.into_iter().chain(["log-review", "alert-test"])));
    assert_eq!(looked.overdue("log-review"), 92 - 7);
    let keys = looked.detail("test.every-key:first");
    assert!(keys.contains("Lantern key 1 was tried on") && keys.contains("key 2 was never tried"), "{keys}");
    assert!(keys.contains("days overdue"), "{keys}");
    looked.leave().await;

    home.time_passes(274);
    let looked = Looked::at(&home, "fresh").await;
    assert_eq!(sorted(looked.open()), sorted(OF_A_QUARTER.into_iter().chain(OF_A_YEAR)));
    let more = [
        "log-review",
        "alert-test",
        "document-review",
        "rotation: First account",
        "rotation: Second account",
    ];
    assert_eq!(sorted(looked.due()), sorted(TESTS.into_iter().chain(more)));
    looked.leave().await;
}
