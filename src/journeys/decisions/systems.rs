//! Secret management systems as decisions: a name, which system that is, and its two commands, each typed as one line.
//!
//! No shell ever reads such a line: it is split into words here, and the words are shown, because they are what is run.

use super::{Decision, Field, line};
use crate::domain::plan::system::{LOCKED_OUT, shown, split};
use crate::domain::plan::{Plan, System};
use crate::domain::text::counted;

/// How the command that stores is typed.
pub(super) const STORE: &str =
    "one line, no shell; it takes the secret on its standard input, {account} and {what} are filled in";
/// How the command that reads is typed.
pub(super) const READ: &str =
    "one line, no shell; it prints the secret and nothing else, {account} and {what} are filled in";

/// Every system of the plan, and the question whether there is one more. Hardly anybody has to answer it.
pub(super) fn decisions(plan: &Plan) -> Vec<Decision> {
    let about =
        |field, what: &str, value: String| line(field, &format!("Rarely needed: {what}"), value, "systems");
    let next = plan.systems.len();
    let more = about(Field::System(next), &called(plan, next), String::new()).optional();
    let each = plan.systems.iter().enumerate().flat_map(|(i, system)| {
        let name = called(plan, i);
        [
            about(Field::System(i), &name, system.name.clone()),
            about(Field::SystemPlace(i), &format!("{name}'s place"), system.place.clone()),
            about(Field::SystemStore(i), &format!("{name} stores by"), shown(&system.store)),
            about(Field::SystemRead(i), &format!("{name} reads by"), shown(&system.read)),
        ]
    });
    each.chain([more]).collect()
}

/// Numbered where there are several; the one that may come beside them is another.
fn called(plan: &Plan, index: usize) -> String {
    match plan.systems.len() {
        0 => "secret system".to_owned(),
        count if index == count => "another secret system".to_owned(),
        1 => "secret system".to_owned(),
        _ => format!("secret system {}", index + 1),
    }
}

/// Changes one of them, or says what is wrong with the answer.
pub(super) fn set(plan: &mut Plan, index: usize, field: Field, text: String) -> Result<(), String> {
    if matches!(field, Field::System(_)) {
        return name(plan, index, text);
    }
    let Some(system) = plan.systems.get_mut(index) else { return Ok(()) };
    match field {
        Field::SystemPlace(_) => system.place = text,
        Field::SystemStore(_) => system.store = split(&text)?,
        Field::SystemRead(_) => system.read = split(&text)?,
        _ => {}
    }
    Ok(())
}

/// A new system, another name for it, or none any more. What it keeps goes along with its name.
fn name(plan: &mut Plan, index: usize, text: String) -> Result<(), String> {
    let others = plan.systems.iter().enumerate().filter(|(i, _)| *i != index).map(|(_, other)| &other.name);
    let mut taken = others.chain(plan.safes.iter().map(|safe| &safe.name));
    if taken.any(|name| name.trim().eq_ignore_ascii_case(&text)) {
        return Err(format!("{text} is taken: a system needs a name of its own, which no safe has either."));
    }
    match plan.systems.get_mut(index) {
        Some(_) if text.is_empty() => drop(plan.systems.remove(index)),
        Some(system) => {
            let old = std::mem::replace(&mut system.name, text.clone());
            let places =
                plan.accounts.iter_mut().flat_map(|one| [Some(&mut one.safe), one.pin_safe.as_mut()]);
            places.flatten().filter(|place| **place == old).for_each(|place| place.clone_from(&text));
        }
        None if text.is_empty() => {}
        None => plan.systems.push(System { name: text, ..System::default() }),
    }
    Ok(())
}

/// What a person has to know about the answer: that a system may be locked out, which words are run.
pub(super) fn seen(plan: &Plan, field: Field) -> Option<String> {
    let words = |command: &[String]| {
        (!command.is_empty())
            .then(|| format!("{}, no shell: {command:?}", counted(command.len(), "word", "words")))
    };
    let depends = |place: &str| plan.system(place).map(|_| LOCKED_OUT.to_owned());
    match field {
        Field::SystemStore(i) => words(&plan.systems.get(i)?.store),
        Field::SystemRead(i) => words(&plan.systems.get(i)?.read),
        Field::Safe(i) => depends(&plan.accounts.get(i)?.safe),
        Field::PinSafe(i) => depends(plan.accounts.get(i)?.pin_safe.as_deref()?),
        _ => None,
    }
}
