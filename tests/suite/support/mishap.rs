//! A whole setup in which something goes wrong: a first run that falls short, and a second one that completes.

use std::process::Output;

use breakglass::rehearsal::{Fault, FaultKind};
use serde_json::Value;

use crate::support::served::{Served, once};
use crate::support::words;

pub const POLICIES: &str = "PATCH /graph/v1.0/identity/conditionalAccess/policies";

pub fn fault((name, path, times): (FaultKind, &str, u32)) -> Fault {
    Fault { name, path: path.to_owned(), times, request: None }
}

/// The first run ends short of its end, and everything in `told` was said, with a next step.
pub fn falls_short(output: &Output, told: &[&str]) {
    let shown = words(output);
    assert!(!matches!(output.status.code(), Some(0) | None), "it completed all the same: {shown}");
    for text in told {
        assert!(shown.contains(text), "{text} was not told: {shown}");
    }
    assert!(shown.contains("next:"), "no next step: {shown}");
}

pub fn completes(served: &mut Served) -> Value {
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let state = served.stop();
    once(&state);
    state
}

/// One mishap in a first run, what is told about it, and a second run after `mended`.
pub fn mishap(faults: &[(FaultKind, &str, u32)], told: &[&str], mended: impl FnOnce(&mut Value)) -> Value {
    let mut served = Served::new("p1", faults.iter().copied().map(fault).collect());
    let output = served.setup().output().expect("it runs");
    falls_short(&output, told);
    served.changed(mended, Vec::new());
    completes(&mut served)
}

pub fn as_it_is(_: &mut Value) {}
