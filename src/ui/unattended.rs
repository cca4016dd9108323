//! The unattended face: every answer comes from the plan, progress goes to standard error, the result to standard
//! output. What the plan does not answer is left open, listed, and told by the exit code.

use std::io::Write;
use std::path::PathBuf;

use crate::app::{self, Program};
use crate::domain::review::Format;
use crate::domain::trouble::Trouble;
use crate::effects::files;
use crate::journeys::report::exercise;
use crate::journeys::tabletop::{self, Tabletop};
use crate::journeys::tasks::consent;
use crate::journeys::turn::Start;
use crate::journeys::unattended::Answer;
use crate::journeys::{self, Msg, report, review};
use crate::ui::{self, text};

/// How the result is printed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Result {
    /// The last screen as text.
    Text,
    /// The report as JSON.
    Json,
    /// The report of an exercise in this format.
    Exercise(exercise::Format),
    /// The report of a review in this format, into this file or to standard output.
    Review(Format, Option<PathBuf>),
}

/// Runs what begins with `start` without a person and returns the exit code.
pub async fn run(mut program: Program, start: Start, result: Result) -> u8 {
    tell_weak(&program);
    tell_overruled(&program);
    tell_found(&mut program);
    program.begin(start);
    let mut told = Told::default();
    let mut printed = Ok(());
    loop {
        tell_progress(&program, &mut told);
        if program.exit.is_some() {
            break;
        }
        match journeys::answer(&program.model) {
            Answer::Say(msg) => program.say(msg),
            Answer::Leave => {
                tell_planned(&program);
                tell_not_repaired(&program);
                printed = show(&program, &result);
                program.say(Msg::Leave);
            }
            Answer::Wait => match program.hear().await {
                Some(msg) => program.say(msg),
                None => break,
            },
            Answer::Stop => {
                tell_unnamed(&program);
                tell_stuck(&program);
                printed = show(&program, &result);
                break;
            }
        }
    }
    program.settle().await;
    if let Err(trouble) = printed {
        ui::complain(trouble);
        return UNWRITTEN;
    }
    program.exit.unwrap_or_else(|| stopped(&program))
}

/// The exit code of a run that stopped before its end: never in order, and what a review saw to have drifted stays said.
fn stopped(program: &Program) -> u8 {
    match (journeys::exit_code(&program.model), program.model.review()) {
        (1, Some(_)) => 1,
        (code, _) => code.max(2),
    }
}

/// The exit code where the result reached nobody: whoever reads it must not take the run for one that told how things stand.
const UNWRITTEN: u8 = 3;

/// What was told last, so that nothing is told twice in a row.
#[derive(Default)]
struct Told {
    line: String,
    trouble: Option<Trouble>,
}

/// What does not protect secrets on this machine: nobody is there to be asked.
fn tell_weak(program: &Program) {
    for line in &program.model.desk.weak {
        // Standard error may be closed; the work goes on all the same.
        let _written = writeln!(std::io::stderr(), "This machine does not keep a secret well. {line}");
    }
}

/// Where the record has other answers than the plan file that was named: nobody is there to be asked which count.
fn tell_overruled(program: &Program) {
    let overruled = program.model.desk.earlier.overruled(program.model.desk.plan());
    if overruled.is_empty() {
        return;
    }
    // Standard error may be closed; the work goes on all the same.
    let _written = writeln!(std::io::stderr(), "The plan file counts; the record has other answers:");
    for line in overruled {
        let _written = writeln!(std::io::stderr(), "  - {line}");
    }
}

/// What there is to know about how the record was found. It is told and stops nothing: left standing, it would be taken for
/// a sign-in that failed.
fn tell_found(program: &mut Program) {
    if let Some(found) = program.model.desk.trouble.take() {
        ui::complain(found);
    }
}

/// One line for each thing that begins, and each new trouble.
fn tell_progress(program: &Program, told: &mut Told) {
    let screen = program.glance();
    let doing = screen.work.as_ref().map(text::work_line).unwrap_or_default();
    let line = format!("{}  {doing}", screen.title).trim_end().to_owned();
    // Standard error may be closed; the work goes on all the same.
    if line != told.line {
        let _written = writeln!(std::io::stderr(), "{line}");
        told.line = line;
    }
    if screen.trouble.is_some() && screen.trouble != told.trouble {
        let _written = screen.trouble.iter().try_for_each(|trouble| writeln!(std::io::stderr(), "{trouble}"));
    }
    told.trouble = screen.trouble;
}

/// What a dry run of a review would repair, each with its call.
fn tell_planned(program: &Program) {
    let desk = &program.model.desk;
    let is_told = desk.is_dry_run() && program.model.review().is_some();
    for action in review::planned(desk).iter().filter(|_| is_told) {
        let calls = consent::call_lines(action).join("\n  ");
        // Standard error may be closed; the result is told all the same.
        let _written = writeln!(std::io::stderr(), "Would be written: {}\n  {calls}", action.sentence());
    }
}

/// Repairs that were allowed and came to nothing, so that nobody takes silence for success.
fn tell_not_repaired(program: &Program) {
    let desk = &program.model.desk;
    if desk.wish.repairs.is_empty() || desk.is_dry_run() || !desk.written.is_empty() {
        return;
    }
    // Standard error may be closed; the result is told all the same.
    let _written = writeln!(
        std::io::stderr(),
        "Nothing was repaired: what --repair allows has nothing that can be written now. The findings say what stands in the \
         way; at the console each row offers what a person can do."
    );
}

/// Which accounts a review is about is chosen by a person; where none is there it is told what to add.
fn tell_unnamed(program: &Program) {
    if program.model.review().is_some() {
        review::unnamed(&program.model.desk).into_iter().for_each(ui::complain);
    }
}

/// The line of a script that could not be played.
fn tell_stuck(program: &Program) {
    program.model.tabletop().and_then(Tabletop::stuck).into_iter().for_each(ui::complain);
}

fn show(program: &Program, result: &Result) -> std::result::Result<(), Trouble> {
    let shown = match result {
        Result::Text => text::screen(&program.screen(), text::Marks::Ascii) + &needs(program),
        Result::Exercise(format) => tabletop::report(&program.model.desk, None)
            .map(|report| exercise::render(&report, *format))
            .unwrap_or_default(),
        Result::Json => {
            serde_json::to_string_pretty(&report::json::report(&program.model.desk)).unwrap_or_default()
                + "\n"
        }
        Result::Review(format, output) => {
            let bytes = app::review_report(program, *format)?;
            return match output {
                Some(file) => files::write_new(file, &bytes),
                None => ui::print(&bytes),
            };
        }
    };
    ui::print(program.vault.redact_lines(&shown).as_bytes())
}

/// What is left open, where the screen does not list it itself.
fn needs(program: &Program) -> String {
    match journeys::is_at_the_end(&program.model) {
        true => String::new(),
        false => report::open_items::open_items(&program.model.desk)
            .iter()
            .map(|block| text::prose(block, text::Marks::Ascii))
            .collect(),
    }
}
