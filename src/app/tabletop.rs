//! Exercises from the command line: which scenario, checked, listed, exported; and how one is played where nobody is there.

use std::path::Path;
use std::sync::Arc;

use serde_json::{Value, json};

use crate::app::exercise::accounts_and_day;
use crate::cli::{Options, TabletopCommand, TabletopOptions};
use crate::domain::encoding;
use crate::domain::exercise::event::Players;
use crate::domain::exercise::scenario::names::{Names, fill};
use crate::domain::exercise::scenario::{self, Scenario};
use crate::domain::exercise::script::{self, Ground, Script};
use crate::domain::plan::PaperSize;
use crate::domain::text::{clean, counted, known_near};
use crate::domain::trouble::Trouble;
use crate::effects::{exercise_papers, files};
use crate::journeys::effect::Handout;
use crate::journeys::report::exercise;
use crate::rehearsal;
use crate::tenant::Clock;

/// What a command about exercises says without playing one; `None` where one is played.
///
/// # Errors
///
/// There is no such scenario, something is wrong with it, or its papers cannot be written.
pub fn told(options: &Options, wanted: &TabletopOptions) -> Result<Option<String>, Trouble> {
    let lines = |lines: Vec<String>| Some(lines.join("\n") + "\n");
    Ok(match &wanted.command {
        Some(TabletopCommand::Check { file }) => lines(vec![checked(&read(file)?)]),
        Some(TabletopCommand::Export { scenario }) => Some(exported(scenario)?),
        Some(TabletopCommand::Papers { scenario, output }) => lines(papers(scenario, output)?),
        None if wanted.list && options.json => lines(vec![scenarios_json()]),
        None if wanted.list => lines(scenarios()),
        None => None,
    })
}

/// The scenario that is named: one of the library, or a file.
///
/// # Errors
///
/// There is none of that name, or the file is no scenario.
pub fn scenario(named: &str) -> Result<Scenario, Trouble> {
    if let Some(known) = scenario::named(named) {
        return Ok(known.clone());
    }
    let looks_like_a_file = named.contains(['/', '\\', '.']) || Path::new(named).exists();
    if looks_like_a_file { read(Path::new(named)) } else { Err(unknown(named)) }
}

fn unknown(named: &str) -> Trouble {
    Trouble::new(
        format!("There is no scenario called {}.", clean(named)),
        format!("It is neither one of the library nor a file{}.", known_near(named, scenario::ids())),
        "What there is: breakglass tabletop --list",
    )
}

/// Reads a scenario file.
///
/// # Errors
///
/// It cannot be read, or something in it is wrong: all of it is told, with lines and remedies.
fn read(file: &Path) -> Result<Scenario, Trouble> {
    let text = text(file, "The scenario")?;
    scenario::read(&text, &|damage| rehearsal::objection(&damage.change, &damage.parameters))
}

fn text(file: &Path, what: &str) -> Result<String, Trouble> {
    let refused = |why: String| {
        let what = format!("{what} {} could not be read.", clean(&file.display().to_string()));
        Trouble::new(what, why, "Check the path, and save the file as UTF-8.")
    };
    let bytes = files::read_named(file).map_err(|error| refused(files::reason(&error)))?;
    encoding::text_of(&bytes).map(|text| text.to_string()).map_err(refused)
}

/// The scenarios of the library, a line each.
fn scenarios() -> Vec<String> {
    let line = |one: &Scenario| format!("{:22} {} ({} min)", one.id, one.title, one.minutes);
    scenario::shipped().iter().map(line).collect()
}

/// The same for programs.
fn scenarios_json() -> String {
    let row = |one: &Scenario| json!({"id": one.id, "title": one.title, "summary": one.summary, "minutes": one.minutes});
    let all: Vec<Value> = scenario::shipped().iter().map(row).collect();
    serde_json::to_string_pretty(&json!({"format": 1, "scenarios": all})).unwrap_or_default()
}

/// What a scenario file that is in order comes to, in one line.
fn checked(scenario: &Scenario) -> String {
    let count = |all: usize, one: &str, several: &str| counted(all, one, several);
    format!(
        "{} is in order: {}, {}, {}, {}.",
        scenario.title,
        count(scenario.objectives.len(), "objective", "objectives"),
        count(scenario.injects.len(), "inject", "injects"),
        count(scenario.decisions.len(), "decision", "decisions"),
        count(scenario.milestones.len(), "milestone", "milestones"),
    )
}

/// What is wrong with the command line of an exercise before anything is made.
///
/// # Errors
///
/// Options that do not go together.
pub fn misused(options: &Options, wanted: &TabletopOptions) -> Result<(), Trouble> {
    let wrong = |what: &str, why: &str, next: &str| Err(Trouble::new(what, why, next));
    match () {
        () if wanted.script.is_some() && !options.unattended => wrong(
            "--script is not taken here.",
            "A script plays where nobody is at the console.",
            "Add --unattended, or leave --script out.",
        ),
        () if options.unattended && wanted.script.is_none() => wrong(
            "An exercise needs people.",
            "Nobody would decide anything.",
            "Leave --unattended out, or name what is played with --script FILE.",
        ),
        () if wanted.scenario.is_none()
            && (options.unattended || wanted.players.is_some() || wanted.solo) =>
        {
            wrong(
                "The scenario is not named.",
                "These options are about one exercise.",
                "Name one: breakglass tabletop SCENARIO; what there is: breakglass tabletop --list",
            )
        }
        () if options.json && !options.unattended => wrong(
            "--json is not taken here.",
            "It prints the result where nobody is at the console.",
            "Add --unattended with --script, or leave --json out.",
        ),
        () => Ok(()),
    }
}

/// The script that is to play `scenario`, where there is one.
///
/// # Errors
///
/// It cannot be read, or does not fit the scenario or the accounts of the organization: all of it is told, with lines.
pub fn script(
    options: &Options,
    wanted: &TabletopOptions,
    scenario: &Scenario,
) -> Result<Option<Script>, Trouble> {
    let read = |file: &std::path::PathBuf| {
        let text = text(file, "The script")?;
        let (accounts, day) = accounts_and_day(options)?;
        script::read_for(&text, Ground { scenario, accounts, day })
    };
    wanted.script.as_ref().map(read).transpose()
}

/// Whether a team plays.
pub fn players(wanted: &TabletopOptions) -> Players {
    if wanted.solo { Players::Solo } else { Players::Team }
}

/// A scenario in the Common Exercise Format.
///
/// # Errors
///
/// There is no such scenario.
fn exported(named: &str) -> Result<String, Trouble> {
    let scenario = fill(&scenario(named)?, &Names::sample());
    Ok(exercise::cexf(&scenario, &[]) + "\n")
}

/// Writes the papers of a scenario into a folder and says which. They speak of samples: those of an exercise that is held
/// are written from its first screen, with the codes of its own cards.
///
/// # Errors
///
/// There is no such scenario, or a file is there already or cannot be written.
fn papers(named: &str, folder: &Path) -> Result<Vec<String>, Trouble> {
    let scenario = fill(&scenario(named)?, &Names::sample());
    let tenant = Names::sample().tenant;
    let (exercise, date) = (scenario.id.clone(), Clock::default().today());
    let handout =
        Handout { exercise, scenario: Arc::new(scenario), tenant, date, size: PaperSize::default() };
    files::make_folder(folder)?;
    let mut told = Vec::new();
    for (name, bytes) in exercise_papers::papers(&handout, &[], handout.size)? {
        let path = folder.join(name);
        files::write_new(&path, &bytes)?;
        told.push(format!("Written: {}", path.display()));
    }
    Ok(told)
}
