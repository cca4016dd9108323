//! Who may import whom: a table of allowed edges between the parts of the house, and what breaks it.
//!
//! A part is a top folder of `src`; inside `journeys`, the tasks and each journey's room are parts of their own.

use super::imports::{Crate, Import};

/// Rooms in `journeys`, one for each journey. None imports another, and no task imports one.
const ROOMS: [&str; 5] = ["home", "setup", "repair", "review", "tabletop"];

/// What a part may import besides itself. Floor 0 up to floor 3, as `lib.rs` draws them.
const ALLOWED: [(&str, &str); 13] = [
    ("domain", ""),
    ("guide", "domain"),
    ("steps", "domain guide"),
    ("journeys", "domain guide steps tasks room"),
    ("tasks", "domain guide steps journeys"),
    ("room", "domain guide steps journeys tasks"),
    ("tenant", "domain guide steps journeys tasks room"),
    // It shares nothing with the client: they meet on the wire only.
    ("rehearsal", ""),
    ("paper", "domain guide steps journeys tasks room"),
    ("effects", "domain guide steps journeys tasks room tenant paper"),
    // A face names no step.
    ("ui", "domain guide journeys tasks room tenant rehearsal paper effects app cli"),
    ("app", "domain guide steps journeys tasks room tenant rehearsal paper effects cli"),
    ("cli", "domain guide steps journeys tasks room tenant rehearsal paper effects"),
];

/// Folders whose files never import each other in a circle.
pub const WITHOUT_CIRCLES: [&str; 10] =
    ["app", "domain", "effects", "guide", "journeys", "paper", "rehearsal", "steps", "tenant", "ui"];

/// The part that a path leads to, `journeys/repair` for a room.
pub fn part(path: &[String]) -> String {
    let first = path.first().map_or("", String::as_str);
    match path.get(1).map(String::as_str) {
        Some("tasks") if first == "journeys" => "journeys/tasks".to_owned(),
        Some(room) if first == "journeys" && ROOMS.contains(&room) => format!("journeys/{room}"),
        _ => first.to_owned(),
    }
}

/// How the table calls a part.
fn row(part: &str) -> &str {
    match part.split_once('/') {
        Some((_, "tasks")) => "tasks",
        Some(_) => "room",
        None => part,
    }
}

fn may_import(from: &str, to: &str) -> bool {
    let allowed = ALLOWED.iter().find(|(part, _)| *part == row(from));
    // The root of the crate declares its parts and defines nothing.
    from == to
        || from.is_empty()
        || to.is_empty()
        || allowed.is_some_and(|(_, parts)| parts.split(' ').any(|part| part == row(to)))
}

/// Every import that the table does not allow, as `file: part`.
pub fn broken(house: &Crate) -> Vec<String> {
    let mut broken: Vec<String> = house.imports().iter().flat_map(broken_by).collect();
    broken.dedup();
    broken
}

fn broken_by(import: &Import<'_>) -> Vec<String> {
    let from = part(&import.file.module);
    let to = [part(&import.path), part(&import.origin)];
    let refused = to.iter().filter(|to| !may_import(&from, to));
    refused.map(|to| format!("{}: {to}", import.file.name)).collect()
}
