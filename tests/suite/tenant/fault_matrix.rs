//! The fault matrix: every request of a setup meets every fault that a network or a service can have. The run ends complete,
//! or stopped with a trouble from which a resume completes; and the tenant is the one of a run that nothing disturbed.
//!
//! A fault strikes the next request of each kind, until none was spared; a run that it stops is resumed. And it strikes every
//! third request, so that what is asked again gets through, in three runs that begin one request later each. The default run
//! makes a few of these runs and prints how many; `tests/matrix.sh faults` makes all.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use breakglass::rehearsal::{Fault, FaultKind, Turns, kind_of};
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
/// So often a run that stopped is resumed while every third request is struck; after that everything works again.
const RESUMES: usize = 3;
/// The tenant after a setup that nothing disturbed, and everything that was asked in it.
struct Undisturbed {
    picture: Value,
    asked: BTreeSet<String>,
}

static UNDISTURBED: LazyLock<Undisturbed> = LazyLock::new(|| {
    // A fault that does no harm, so that every request is counted.
    let mut served =
        Served::fast("p1", vec![fault(FaultKind::Lag, Turns::Numbered { first: 1, every: Some(1) })]);
    let output = served.setup().output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    let asked = served.struck().iter().map(|line| kind_of(line)).collect();
    Undisturbed { picture: picture::of(&served.stop()), asked }
});

fn fault(name: FaultKind, turns: Turns) -> Fault {
    Fault { name, path: String::new(), times: u32::MAX, request: Some(turns) }
}

/// Which requests of a setup are struck.
#[derive(Debug)]
enum Struck {
    /// Every third from this one on.
    EveryThirdFrom(u32),
    /// The next one of each of these kinds.
    NextOf(BTreeSet<String>),
}

impl Struck {
    fn turns(&self) -> Turns {
        match self {
            Self::EveryThirdFrom(first) => Turns::Numbered { first: *first, every: Some(EVERY) },
            Self::NextOf(kinds) => Turns::NextOf { kinds: kinds.clone() },
        }
    }

    /// How often it is resumed before everything works again.
    fn resumes(&self) -> usize {
        match self {
            Self::EveryThirdFrom(_) => RESUMES,
            Self::NextOf(kinds) => kinds.len(),
        }
    }
}

/// How a disturbed setup went.
struct Told {
    runs: usize,
    struck: Vec<String>,
}

/// A setup in which `kind` strikes, resumed until it is complete.
fn disturbed(kind: FaultKind, which: &Struck) -> Told {
    let mut served = Served::fast("p1", vec![fault(kind, which.turns())]);
    let mut runs = 0;
    loop {
        runs += 1;
        let output = served.setup().output().expect("it runs");
        let shown = words(&output);
        match output.status.code() {
            Some(0) => break,
            Some(1..=3) => {
                let is_told = shown.contains("next: ") || shown.contains("\"open\": [\n");
                assert!(is_told, "{kind:?} {which:?}: it does not say what is open: {shown}");
            }
            other => panic!("{kind:?} {which:?}: ended with {other:?}: {shown}"),
        }
        assert!(runs <= which.resumes() + 1, "{kind:?} {which:?}: it never completes: {shown}");
        if runs == which.resumes() {
            served.change("services-back", &json!({}));
        }
    }
    let struck = served.struck();
    let state = served.stop();
    once(&state);
    let differences = differences(&UNDISTURBED.picture, &picture::of(&state));
    assert!(
        differences.is_empty(),
        "{kind:?} {which:?}: another tenant came out of it:\n{}",
        differences.join("\n")
    );
    Told { runs, struck }
}

/// The default run: a lost answer, an answer of other types, numbers without reason, and one fault for every kind of request.
fn sample() -> [(FaultKind, Struck); 4] {
    [
        (FaultKind::DropAfterCommit, Struck::EveryThirdFrom(1)),
        (FaultKind::WrongType, Struck::EveryThirdFrom(2)),
        (FaultKind::AbsurdNumbers, Struck::EveryThirdFrom(3)),
        (FaultKind::TooManyRequests, Struck::NextOf(UNDISTURBED.asked.clone())),
    ]
}

/// Setups until `kind` has struck a request of each kind: where it stops a run, what came after that in the same run may not
/// be asked again, so the next setup spares all but those.
fn at_each_kind(kind: FaultKind) -> Vec<Told> {
    let (mut spared, mut told) = (UNDISTURBED.asked.clone(), Vec::new());
    while !spared.is_empty() {
        let before = spared.len();
        let one = disturbed(kind, &Struck::NextOf(spared.clone()));
        one.struck.iter().for_each(|line| {
            spared.remove(&kind_of(line));
        });
        assert!(spared.len() < before, "{kind:?} never struck {spared:?}");
        told.push(one);
    }
    told
}

#[test]
fn a_sample_of_the_matrix_arrives_at_the_same_tenant() {
    let told = sample().map(|(kind, which)| disturbed(kind, &which));
    let requests: usize = told.iter().map(|told| told.struck.len()).sum();
    println!(
        "fault matrix: {} setups, {requests} requests struck; for all {} faults: tests/matrix.sh faults",
        told.len(),
        KINDS.len()
    );
}

#[test]
#[ignore = "the whole matrix takes a quarter of an hour: tests/matrix.sh faults"]
fn the_whole_matrix_arrives_at_the_same_tenant() {
    let (mut setups, mut runs, mut requests, mut failed) = (0, 0, 0, Vec::new());
    for kind in KINDS {
        let all = std::panic::catch_unwind(|| {
            let thirds = (1..=EVERY).map(|first| disturbed(kind, &Struck::EveryThirdFrom(first)));
            at_each_kind(kind).into_iter().chain(thirds).collect::<Vec<_>>()
        });
        let Ok(all) = all else {
            failed.push(format!("{kind:?}"));
            continue;
        };
        let struck: usize = all.iter().map(|told| told.struck.len()).sum();
        println!("{kind:?}: {} setups, {struck} requests struck", all.len());
        setups += all.len();
        runs += all.iter().map(|told| told.runs).sum::<usize>();
        requests += struck;
    }
    println!(
        "fault matrix: {} faults, {} kinds of requests, {requests} requests struck in {setups} setups of {runs} runs",
        KINDS.len(),
        UNDISTURBED.asked.len()
    );
    assert!(failed.is_empty(), "failed: {failed:?}");
}
