//! An exercise gets a tenant and a record of its own, made by the product, and is gone on with where it stands.

use std::path::Path;

use breakglass::app::Program;
use breakglass::app::exercise::{self, Exercise};
use breakglass::cli::Options;
use breakglass::domain::check::finding::Finding;
use breakglass::domain::exercise::scenario::{Scenario, shipped};
use breakglass::domain::mark::Mark;
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::turn::Start;
use breakglass::journeys::unattended::Answer;
use clap::Parser as _;

/// The options of a run on the record in `folder`.
pub fn options(folder: &Path, more: &[&str]) -> Options {
    let record = folder.join("home").display().to_string();
    let line = ["breakglass", "--record", &record, "--speed", "1000"];
    breakglass::cli::Cli::parse_from(line.iter().chain(more)).options
}

fn scenario() -> &'static Scenario {
    shipped().first().expect("a scenario")
}

/// Begins an exercise, or goes on with it.
pub async fn begun(folder: &Path, more: &[&str]) -> Result<Exercise, Trouble> {
    exercise::launch(&options(folder, more), scenario(), |_| ()).await
}

/// Leaves it.
pub async fn left(exercise: Exercise) {
    exercise.launched.program.settle().await;
    if let Some(running) = exercise.launched.rehearsal {
        running.stop().await;
    }
}

/// Goes on as nobody at the console would, until there is nothing more to say.
pub async fn answered(program: &mut Program) {
    loop {
        match breakglass::journeys::answer(&program.model) {
            Answer::Say(msg) => program.say(msg),
            Answer::Wait => {
                let msg = program.hear().await.expect("the worker lives");
                program.say(msg);
            }
            Answer::Leave | Answer::Stop => break,
        }
    }
}

/// Everything below a folder, as paths.
fn all(folder: &Path) -> Vec<String> {
    let files = crate::support::home::files(folder);
    files.into_iter().map(|(path, _)| path.display().to_string()).collect()
}

/// What is open once a review of the exercise's tenant was begun.
async fn open_at_first(exercise: &mut Exercise) -> Vec<Finding> {
    let program = &mut exercise.launched.program;
    program.begin(Start::Review);
    answered(program).await;
    let findings = breakglass::journeys::review::findings(&program.model.desk);
    findings.into_iter().map(|(_, finding)| finding).filter(|finding| !finding.passed()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn it_is_made_once_marked_everywhere_and_gone_on_with() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut exercise = begun(folder.path(), &[]).await.expect("an exercise");
    assert!(exercise.place.is_there());
    let place = exercise.place.clone();
    assert!(place.folder.starts_with(folder.path().join("home/exercises")), "{place:?}");
    let desk = &exercise.launched.program.model.desk;
    assert_eq!(desk.session.mark, Mark::Exercise);
    assert!(desk.session.entra.starts_with("http://127.0.0.1"), "{}", desk.session.entra);
    assert!(!exercise.scenario.opening.join(" ").contains('{'), "{:?}", exercise.scenario.opening);
    // What the example plan accepts by name, as only time or Microsoft brings it; everything else passes.
    let open = open_at_first(&mut exercise).await;
    let open: Vec<&str> = open.iter().map(|finding| finding.check.name()).collect();
    assert_eq!(open, ["policies.managed", "alerts.first-logs"]);
    left(exercise).await;
    let journal = std::fs::read_to_string(place.folder.join("journal.jsonl")).expect("a journal");
    assert!(journal.contains("\"mark\":\"EXERCISE\"") && !journal.contains("REHEARSAL"), "another mark");
    assert!(all(&folder.path().join("home")).iter().all(|path| !path.contains(".making")), "left over");

    let again = begun(folder.path(), &[]).await.expect("the same exercise");
    assert_eq!(again.place, place);
    left(again).await;
}

/// Where the run that is killed keeps its record.
const KILLED: &str = "BREAKGLASS_TEST_KILLED";

#[cfg(unix)]
#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_killed_while_it_was_made_is_made_anew_from_nothing() {
    if let Some(folder) = std::env::var_os(KILLED) {
        drop(begun(Path::new(&folder), &[]).await);
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let mut inner = std::process::Command::new(std::env::current_exe().expect("this suite"));
    inner.arg("one_that_was_killed_while_it_was_made").env(KILLED, folder.path());
    let mut inner = inner.stdout(std::process::Stdio::null()).spawn().expect("it runs");
    // It is killed in the middle: accounts were written, and the folder is not in its place yet.
    let making = folder.path().join("home/exercises/.making/journal.jsonl");
    while !std::fs::read_to_string(&making).unwrap_or_default().contains("receipt") {
        assert!(inner.try_wait().expect("a child").is_none(), "it came to its end first");
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    inner.kill().expect("it is killed");
    inner.wait().expect("it has ended");
    let exercise = begun(folder.path(), &[]).await.expect("an exercise");
    assert!(exercise.place.is_there() && !making.exists());
    let users = exercise.launched.program.model.desk.evidence().accounts.len();
    assert_eq!(users, exercise.launched.program.model.desk.plan().accounts.len());
    left(exercise).await;
}
