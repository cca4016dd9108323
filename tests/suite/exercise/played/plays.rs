//! Playing: one world is made by the product and copied for each script, and the scripts are played side by side.

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock};
use std::time::{Duration, Instant};

use breakglass::app::exercise::{self, Exercise};
use breakglass::app::{Launched, Program};
use breakglass::domain::exercise::event::Players;
use breakglass::domain::exercise::rating::rated;
use breakglass::domain::exercise::scenario::{Scenario, named, shipped};
use breakglass::domain::exercise::script::{self, Script};
use breakglass::journeys::report::exercise::{Format, render};
use breakglass::journeys::turn::Start;
use breakglass::journeys::unattended::Answer;
use breakglass::journeys::{self, Msg, tabletop};

use super::aside::Aside;
use super::eye::Eye;
use super::{Came, damages};
use crate::exercise::launch::{begun, left, options};
use crate::support::drifting::copied;

/// So many plays run at a time.
const AT_A_TIME: usize = 4;
/// The longest a test waits for the end of a play; never part of what is tested.
const LONGEST: Duration = Duration::from_mins(8);
/// How the plan says that slips are pages.
const PDF: &str = "format = \"pdf\"";
/// How a script's name ends.
const ENDINGS: [&str; 3] = ["well", "badly", "other"];

/// What every script came to, in the order of the scenarios.
pub fn all() -> &'static [Came] {
    static ALL: OnceLock<Vec<Came>> = OnceLock::new();
    ALL.get_or_init(|| {
        let mut came = side_by_side(scripts());
        let place = |script: &str| shipped().iter().position(|one| script.starts_with(one.id.as_str()));
        came.sort_by_key(|came| (place(&came.script), came.script.clone()));
        came
    })
}

/// The scripts there are, with their text.
fn scripts() -> Vec<(String, String)> {
    let names = shipped().iter().flat_map(|one| ENDINGS.map(|ending| format!("{}-{ending}", one.id)));
    let with_text = |name: String| {
        let text = text(&format!("{name}.toml"));
        (name, text)
    };
    names.map(with_text).collect()
}

/// A file of the cases.
pub fn text(name: &str) -> String {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite/exercise/cases").join(name);
    std::fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()))
}

fn side_by_side(scripts: Vec<(String, String)>) -> Vec<Came> {
    let (left, came) = (Mutex::new(scripts), Mutex::new(Vec::new()));
    // A lock is released before the play, and whoever panics has told why.
    let next = || left.lock().expect("nobody panics holding it").pop();
    std::thread::scope(|scope| {
        for _ in 0..AT_A_TIME {
            scope.spawn(|| {
                while let Some((name, text)) = next() {
                    let one = alone(&name, &text);
                    came.lock().expect("nobody panics holding it").push(one);
                }
            });
        }
    });
    came.into_inner().expect("nobody panicked holding it")
}

fn alone(name: &str, text: &str) -> Came {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let id = name.rsplit_once('-').map(|(id, _)| id);
    let scenario = id.and_then(named).expect("a scenario of the library");
    let script = script::read(text).unwrap_or_else(|trouble| panic!("{name}: {trouble}"));
    let came = runtime.block_on(Box::pin(played(scenario, script, Watched::Yes)));
    Came { script: name.to_owned(), ..came }
}

/// Whether the checks are told of between.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Watched {
    Yes,
    No,
}

/// Plays one script on a copy of the world.
pub async fn played(scenario: &Scenario, script: Script, watched: Watched) -> Came {
    let folder = tempfile::tempdir().expect("a folder");
    let exercise = on_a_copy(folder.path(), scenario).await;
    let came = Box::pin(play(exercise, script, watched)).await;
    Came { improvements: improvements(&folder.path().join("home/journal.jsonl")), ..came }
}

/// Plays one script in an exercise that is ready for it.
pub async fn play(exercise: Exercise, script: Script, watched: Watched) -> Came {
    let (place, scenario) = (exercise.place.folder.clone(), exercise.scenario.id.clone());
    let Launched { mut program, rehearsal } = exercise.seated(Players::Team, Some(script));
    let running = rehearsal.expect("a tenant");
    let aside = || Aside::of(&place, damages::asked_aside(&scenario));
    let mut eye = (watched == Watched::Yes).then(|| Eye::on(&running, aside()));
    program.begin(Start::Tabletop);
    let exit = through(&mut program, &mut eye).await;
    program.settle().await;
    let desk = &program.model.desk;
    let scenario = &desk.exercise.as_ref().expect("an exercise").scenario;
    let moments = &desk.evidence().exercise.moments;
    let report = tabletop::report(desk, None).map(|report| render(&report, Format::Markdown));
    let came = Came {
        script: String::new(),
        scenario: scenario.id.clone(),
        events: moments.iter().map(|moment| moment.what.clone()).collect(),
        ratings: rated(scenario, moments).into_iter().map(|one| one.rating).collect(),
        exit,
        stuck: program.model.tabletop().and_then(tabletop::Tabletop::stuck),
        report: report.unwrap_or_default(),
        files: names(&place),
        improvements: 0,
        sights: eye.map(|eye| eye.sights).unwrap_or_default(),
    };
    running.stop().await;
    came
}

/// Goes on as a run does at which nobody sits, and says what it ends with.
async fn through(program: &mut Program, eye: &mut Option<Eye>) -> u8 {
    let begun = Instant::now();
    loop {
        let moments = &program.model.desk.evidence().exercise.moments;
        assert!(begun.elapsed() < LONGEST, "it has no end: {:#?}", moments.last());
        if let Some(eye) = eye {
            eye.look(program).await;
        }
        match journeys::answer(&program.model) {
            Answer::Say(msg) => program.say(msg),
            Answer::Wait => {
                let msg = program.hear().await.expect("the worker lives");
                program.say(msg);
            }
            Answer::Leave => program.say(Msg::Leave),
            Answer::Stop => return journeys::exit_code(&program.model).max(2),
        }
        if let Some(code) = program.exit {
            return code;
        }
    }
}

/// An exercise below `folder`, on a copy of the world that was made first.
pub async fn on_a_copy(folder: &Path, scenario: &Scenario) -> Exercise {
    let (home, made) = world();
    copied(home, &folder.join("home"));
    let all = folder.join("home/exercises");
    let place = made.replace(shipped()[0].id.as_str(), &scenario.id);
    let place = all.join(place);
    std::fs::rename(all.join(made), &place).expect("it is renamed");
    as_text(&place.join("plan.toml"));
    let options = options(folder, &["--unattended", "--tenant", "rehearsal"]);
    Box::pin(exercise::launch(&options, scenario, |_| ())).await.expect("it begins")
}

/// The record of an organization with an exercise that nobody has played yet, and the name of that.
fn world() -> (&'static Path, &'static str) {
    static WORLD: OnceLock<(tempfile::TempDir, PathBuf, String)> = OnceLock::new();
    let (_, home, made) = WORLD.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let make = || {
            let runtime =
                tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let made = Box::pin(begun(folder.path(), &[])).await.expect("an exercise");
                let name = made.place.name.clone();
                Box::pin(left(made)).await;
                name
            })
        };
        // Whoever asks may be within a runtime already.
        let name = std::thread::scope(|scope| scope.spawn(make).join().expect("it is made"));
        let home = folder.path().join("home");
        (folder, home, name)
    });
    (home, made)
}

/// Slips as text: pages are drawn slowly by a program that was not optimized, and are proved elsewhere.
fn as_text(plan: &Path) {
    let text = std::fs::read_to_string(plan).expect("the plan");
    assert!(text.contains(PDF), "{text}");
    std::fs::write(plan, text.replace(PDF, "format = \"text\"")).expect("the plan is written");
}

fn names(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("its folder").flatten();
    files.filter_map(|file| file.file_name().into_string().ok()).collect()
}

/// How many improvements stand in a record of an organization.
fn improvements(journal: &Path) -> usize {
    std::fs::read_to_string(journal).unwrap_or_default().matches("\"retest\":").count()
}
