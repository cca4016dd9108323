//! The plan as a TOML file: read with suspicion, written plainly, with a complete example.
//!
//! Anything that looks like a secret is refused first, by its key and line and never by its value. Then the keys are
//! checked, then the decisions against each other. Where the file lies on a disk is not known here.

use jiff::civil::Date;

use crate::domain::plan::Plan;
use crate::domain::text::counted;
use crate::domain::toml_file::{Kind, locate, unreadable, with_place};
use crate::domain::trouble::Trouble;

mod accounts;
mod azure;
mod entra_names;
mod halves;
mod labels;
mod paper;
mod people;
mod rule;
mod rules;
mod suspicion;
mod systems;
mod texts;
mod words;

pub use accounts::is_code;
pub use rule::Wrong;
pub use rules::{corrections, misfits, validate, warnings, warnings_on};

/// The first lines of every plan that the program writes.
const HEADING: &str = "# The plan for the emergency access accounts of one tenant.\n\
                       # No secret belongs in this file. `breakglass plan example` explains every key.\n\n";

/// What a plan is called.
const PLAN: Kind = Kind {
    name: "plan",
    label: labels::label,
    next: "Correct the line; `breakglass plan example` shows every key.",
};

/// Reads answers of which no plan stands yet: whether they fit together is not asked.
pub fn read_unfinished(text: &str) -> Result<Plan, Trouble> {
    if let Some(suspect) = suspicion::first(text) {
        return Err(secret_found(&suspect, locate::line_of(text, suspect.at)));
    }
    toml::from_str(text).map_err(|error| unreadable(text, &error, &PLAN))
}

/// Reads a plan, or says what is wrong with it first: a secret, an unknown key, decisions that do not fit.
pub fn read(text: &str) -> Result<Plan, Trouble> {
    let plan = read_unfinished(text)?;
    fit(text, &corrections(&plan)).map(|()| plan)
}

/// Reads a plan file on the day `today`: nobody has vouched for anything later than that, or in another age.
pub fn read_on(text: &str, today: Date) -> Result<Plan, Trouble> {
    let plan = read_unfinished(text)?;
    let wrong = corrections(&plan).into_iter().chain(words::days(&plan, today));
    let wrong: Vec<Wrong> = wrong.collect();
    fit(text, &wrong).map(|()| plan)
}

fn fit(text: &str, wrong: &[Wrong]) -> Result<(), Trouble> {
    if wrong.is_empty() { Ok(()) } else { Err(unfit(text, wrong)) }
}

/// The plan as TOML, without the comments it may have been read with.
pub fn write(plan: &Plan) -> String {
    // Every type of a plan has a form in TOML; the suite writes and reads plans back.
    let body = toml::to_string(plan).unwrap_or_default();
    format!("{HEADING}{body}")
}

/// A complete, commented plan that works as it is on the rehearsal tenant.
pub fn example() -> &'static str {
    include_str!("../../../../assets/plan/example.toml")
}

fn secret_found(suspect: &suspicion::Suspect, line: usize) -> Trouble {
    let looks = suspect.kind.map(|kind| format!(", which looks like {kind}")).unwrap_or_default();
    Trouble::new(
        format!("The plan seems to hold a secret: the key \"{}\" on line {line}{looks}.", suspect.key),
        "A plan is kept, copied and reviewed, so no secret belongs in it. The program makes the secrets itself.",
        "Take the line out, and treat what stood there as known to others.",
    )
}

/// What must be corrected, each with its key and line; the first of them is what happened.
fn unfit(text: &str, wrong: &[Wrong]) -> Trouble {
    let told: Vec<String> = wrong.iter().map(|one| with_place(text, &one.key, &one.words)).collect();
    Trouble::new(
        format!("The plan needs {}.", counted(told.len(), "correction", "corrections")),
        told.join(" "),
        "Correct the plan and read it again; `breakglass plan example` explains every key.",
    )
    .listing(&told)
}
