//! The plan as a TOML file: read with suspicion, written plainly, with a complete example.
//!
//! Anything that looks like a secret is refused first, by its key and line and never by its value. Then the keys are
//! checked, then the decisions against each other. Where the file lies on a disk is not known here.

use jiff::civil::Date;

use crate::domain::plan::Plan;
use crate::domain::trouble::Trouble;

mod entra_names;
mod halves;
mod paper;
mod rule;
mod rules;
mod suspicion;
mod systems;

pub use rules::{validate, warnings};

/// The first lines of every plan that the program writes.
const HEADING: &str = "# The plan for the emergency access accounts of one tenant.\n\
                       # No secret belongs in this file. `breakglass plan example` explains every key.\n\n";

/// Reads answers of which no plan stands yet: whether they fit together is not asked.
pub fn read_unfinished(text: &str) -> Result<Plan, Trouble> {
    if let Some(suspect) = suspicion::first(text) {
        return Err(secret_found(&suspect.key, line_of(text, suspect.at)));
    }
    toml::from_str(text).map_err(|error| unreadable(text, &error))
}

/// Reads a plan, or says what is wrong with it first: a secret, an unknown key, decisions that do not fit.
pub fn read(text: &str) -> Result<Plan, Trouble> {
    let plan = read_unfinished(text)?;
    match validate(&plan) {
        wrong if wrong.is_empty() => Ok(plan),
        wrong => Err(unfit(&wrong)),
    }
}

/// Reads a plan file on the day `today`: nobody has vouched for anything later than that.
pub fn read_on(text: &str, today: Date) -> Result<Plan, Trouble> {
    let plan = read(text)?;
    let late = plan.attestations.iter().filter(|word| word.date > today);
    let late: Vec<String> = late
        .map(|word| {
            format!(
                "attestation \"{}\": {} is still to come; it must be today or earlier.",
                word.about, word.date
            )
        })
        .collect();
    if late.is_empty() { Ok(plan) } else { Err(unfit(&late)) }
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

fn secret_found(key: &str, line: usize) -> Trouble {
    Trouble::new(
        format!("The plan seems to hold a secret: the key \"{key}\" on line {line}."),
        "A plan is kept, copied and reviewed, so no secret belongs in it. The program makes the secrets itself.",
        "Take the line out, and treat what stood there as known to others.",
    )
}

fn unreadable(text: &str, error: &toml::de::Error) -> Trouble {
    let place = error.span().map(|span| format!(" at line {}", line_of(text, span.start)));
    Trouble::new(
        format!("The plan cannot be read{}.", place.unwrap_or_default()),
        without_values(error.message()),
        "Correct the line; `breakglass plan example` shows every key.",
    )
}

fn unfit(wrong: &[String]) -> Trouble {
    Trouble::new(
        format!("The plan needs {} correction{}.", wrong.len(), if wrong.len() == 1 { "" } else { "s" }),
        wrong.join(" "),
        "Correct the plan and read it again.",
    )
}

/// The line, counted from 1, of the byte at `at`.
fn line_of(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|b| *b == b'\n').count()
}

/// The message without the text it found in the wrong place, which might be anything.
fn without_values(message: &str) -> String {
    let found = message.find("string \"").zip(message.rfind('"'));
    match found {
        Some((start, end)) => format!("{}a string{}", &message[..start], &message[end + 1..]),
        None => message.to_owned(),
    }
}
