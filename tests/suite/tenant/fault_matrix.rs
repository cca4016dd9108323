//! The fault matrix: every request of a setup meets every fault that a network or a service can have. The run ends complete,
//! or stopped with a trouble from which a resume completes; and the tenant is the one of a run that nothing disturbed.
//!
//! A fault strikes every third request, so that what is asked again gets through; three runs, each beginning one request
//! later, let it strike all of them. The default run makes a few of these runs and prints how many; `tests/matrix.sh` makes all, and checks
//! that no kind of request was spared.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use breakglass::rehearsal::{Fault, FaultKind, Turns};
use serde_json::{Value, json};

use crate::support::picture;
use crate::support::served::{Served, once};
use crate::support::states::differences;
use crate::support::words;

const KINDS: [FaultKind; 15] = [
    FaultKind::DropBeforeCommit,
    FaultKind::DropAfterCommit,
    FaultKind::TooManyRequests,
    FaultKind::TooManyRequestsRetryAfter,
    FaultKind::TooManyRequestsRetryAfterDecimal,
    FaultKind::TooManyRequestsRetryAfterDate,
    FaultKind::TooManyRequestsRetryAfterList,
    FaultKind::TooManyRequestsRetryAfterAbsurd,
    FaultKind::InternalError,
    FaultKind::Unavailable,
    FaultKind::Hang,
    FaultKind::Truncated,
    FaultKind::Html,
    FaultKind::WrongType,
    FaultKind::AbsurdNumbers,
];
/// Every so-manyth request is struck.
const EVERY: u32 = 3;
/// So often a run that stopped is resumed while the faults go on; after that everything works again.
const RESUMES: usize = 3;
/// The runs of the default run: a lost answer, an answer of other types, numbers without reason.
const SAMPLE: [(FaultKind, u32); 3] =
    [(FaultKind::DropAfterCommit, 1), (FaultKind::WrongType, 2), (FaultKind::AbsurdNumbers, 3)];

/// The tenant after a setup that nothing disturbed, and everything that was asked in it.
struct Undisturbed {
    picture: Value,
    asked: BTreeSet<String>,
}

static UNDISTURBED: LazyLock<Undisturbed> = LazyLock::new(|| {
    // A fault that does no harm, so that every request is counted.
    let mut served = Served::fast("p1", vec![fault(FaultKind::Lag, 1, 1)]);
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let asked = served.struck().iter().map(|line| general(line)).collect();
    Undisturbed { picture: picture::of(&served.stop()), asked }
});

fn fault(name: FaultKind, first: u32, every: u32) -> Fault {
    let request = Some(Turns { first, every: Some(every) });
    Fault { name, path: String::new(), times: u32::MAX, request }
}

/// A request without the ids in its path.
fn general(line: &str) -> String {
    let is_id = |part: &&str| part.parse::<uuid::Uuid>().is_ok() || part.len() > 30;
    let parts: Vec<&str> = line.split('/').map(|part| if is_id(&part) { "…" } else { part }).collect();
    parts.join("/")
}

/// How a disturbed setup went.
struct Told {
    runs: usize,
    struck: Vec<String>,
}

/// A setup in which `kind` strikes every third request from the `first` on, resumed until it is complete.
fn disturbed(kind: FaultKind, first: u32) -> Told {
    let mut served = Served::fast("p1", vec![fault(kind, first, EVERY)]);
    let mut runs = 0;
    loop {
        runs += 1;
        let output = served.setup().output().expect("it runs");
        let shown = words(&output);
        match output.status.code() {
            Some(0) => break,
            Some(1..=3) => {
                let is_told = shown.contains("next: ") || shown.contains("\"open\": [\n");
                assert!(is_told, "{kind:?} {first}: it does not say what is open: {shown}");
            }
            other => panic!("{kind:?} {first}: ended with {other:?}: {shown}"),
        }
        assert!(runs <= RESUMES + 1, "{kind:?} {first}: it never completes: {shown}");
        if runs == RESUMES {
            served.change("services-back", &json!({}));
        }
    }
    let struck = served.struck();
    let state = served.stop();
    once(&state);
    let differences = differences(&UNDISTURBED.picture, &picture::of(&state));
    assert!(
        differences.is_empty(),
        "{kind:?} {first}: another tenant came out of it:\n{}",
        differences.join("\n")
    );
    Told { runs, struck }
}

#[test]
fn a_sample_of_the_matrix_arrives_at_the_same_tenant() {
    let mut requests = 0;
    for (kind, first) in SAMPLE {
        requests += disturbed(kind, first).struck.len();
    }
    println!(
        "fault matrix: {} of {} runs, {requests} requests struck; all of them: tests/matrix.sh faults",
        SAMPLE.len(),
        KINDS.len() * usize::try_from(EVERY).unwrap_or_default()
    );
}

#[test]
#[ignore = "the whole matrix takes minutes: tests/matrix.sh faults"]
fn the_whole_matrix_arrives_at_the_same_tenant() {
    let (mut runs, mut requests, mut failed) = (0, 0, Vec::new());
    for kind in KINDS {
        let mut spared = UNDISTURBED.asked.clone();
        for first in 1..=EVERY {
            let told = std::panic::catch_unwind(|| disturbed(kind, first));
            let Ok(told) = told else {
                failed.push(format!("{kind:?} from request {first}"));
                continue;
            };
            told.struck.iter().for_each(|line| {
                spared.remove(&general(line));
            });
            (runs, requests) = (runs + told.runs, requests + told.struck.len());
            println!("{kind:?} from request {first}: {} struck, {} runs", told.struck.len(), told.runs);
        }
        if !spared.is_empty() {
            failed.push(format!("{kind:?} never struck {spared:?}"));
        }
    }
    println!(
        "fault matrix: {} faults, {} kinds of requests, {requests} requests struck in {runs} runs",
        KINDS.len(),
        UNDISTURBED.asked.len()
    );
    assert!(failed.is_empty(), "{}", failed.join("\n"));
}
