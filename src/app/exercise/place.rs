//! Where an exercise lies: `exercises/DATE-SCENARIO` below the record of the organization, with a number behind from the
//! second one of a day on.
//!
//! A folder stands there only once its tenant was made whole: it is made beside it under a name of its own, and what a
//! killed run has left of that is thrown away.

use std::path::{Path, PathBuf};

use jiff::civil::Date;

use crate::domain::trouble::Trouble;
use crate::effects::files;
use crate::effects::record::JOURNAL;

/// The folder of all exercises, within the record of the organization.
const ALL: &str = "exercises";
/// The folder in which one is being made, beside the others.
const MAKING: &str = ".making";
/// What stands in the journal of an exercise that was completed.
const COMPLETED: &str = "\"event\":\"completed\"";

/// The place of one exercise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// Its name: `2026-11-30-block-all`.
    pub name: String,
    /// Its folder.
    pub folder: PathBuf,
}

impl Place {
    /// The place of the exercise of `scenario` that is not completed yet, or else of a new one on `day`.
    pub(super) fn of(record: &Path, scenario: &str, day: Date) -> Result<Self, Trouble> {
        let all = record.join(ALL);
        files::own_folder(&all)?;
        let begun = names(&all).into_iter().filter(|name| is_of(name, scenario));
        let open = begun.map(|name| Self::at(&all, name)).find(|place| !place.is_completed());
        Ok(open.unwrap_or_else(|| Self::new_one(&all, scenario, day)))
    }

    fn new_one(all: &Path, scenario: &str, day: Date) -> Self {
        let mut place = Self::at(all, format!("{day}-{scenario}"));
        let mut number = 2;
        while place.folder.exists() {
            place = Self::at(all, format!("{day}-{scenario}-{number}"));
            number += 1;
        }
        place
    }

    fn at(all: &Path, name: String) -> Self {
        Self { folder: all.join(&name), name }
    }

    /// Whether its tenant was made.
    pub fn is_there(&self) -> bool {
        self.folder.join(JOURNAL).exists()
    }

    fn is_completed(&self) -> bool {
        let journal = std::fs::read_to_string(self.folder.join(JOURNAL)).unwrap_or_default();
        journal.lines().any(|line| line.contains(COMPLETED))
    }

    /// A folder to make it in, empty whatever was left there.
    pub(super) fn to_make_in(&self) -> Result<PathBuf, Trouble> {
        let folder = self.folder.with_file_name(MAKING);
        match std::fs::remove_dir_all(&folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(self.not_made(&error)),
            Ok(()) | Err(_) => files::own_folder(&folder).map(|()| folder),
        }
    }

    /// What was made in `folder` comes to its place, whole.
    pub(super) fn made_in(&self, folder: &Path) -> Result<(), Trouble> {
        std::fs::rename(folder, &self.folder).map_err(|error| self.not_made(&error))
    }

    fn not_made(&self, error: &std::io::Error) -> Trouble {
        Trouble::new(
            format!("The exercise could not be made in {}.", self.folder.display()),
            files::reason(error),
            "Make room or correct the permissions of that folder, and begin again.",
        )
    }
}

/// The scenarios of the library with an exercise below this record that was begun and is not complete.
pub fn under_way(record: &Path) -> Vec<String> {
    let all = record.join(ALL);
    let open: Vec<String> =
        names(&all).into_iter().filter(|name| !Place::at(&all, name.clone()).is_completed()).collect();
    let is_open = |id: &&str| open.iter().any(|name| is_of(name, id));
    crate::domain::exercise::scenario::ids().filter(is_open).map(str::to_owned).collect()
}

/// The names of all exercises there are, the newest first.
fn names(all: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(all).into_iter().flatten().flatten();
    let mut names: Vec<String> = entries.filter_map(|entry| entry.file_name().into_string().ok()).collect();
    names.sort_unstable_by(|one, other| other.cmp(one));
    names
}

/// Whether an exercise of that name is one of `scenario`: a day before it, nothing or a number behind.
fn is_of(name: &str, scenario: &str) -> bool {
    let Some((day, rest)) = name.split_at_checked(11) else { return false };
    let is_day = day.strip_suffix('-').is_some_and(|day| day.parse::<Date>().is_ok());
    let behind = rest.strip_prefix(scenario);
    let is_number = |text: &str| text.strip_prefix('-').is_some_and(|n| n.parse::<u32>().is_ok());
    is_day && behind.is_some_and(|behind| behind.is_empty() || is_number(behind))
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: Date = jiff::civil::date(2026, 11, 30);

    fn journal(place: &Place, text: &str) {
        std::fs::create_dir_all(&place.folder).expect("a folder");
        std::fs::write(place.folder.join(JOURNAL), text).expect("a file");
    }

    #[test]
    fn an_exercise_is_gone_on_with_until_it_is_completed_and_the_next_has_a_number() {
        let record = tempfile::tempdir().expect("a folder");
        let of = |scenario: &str| Place::of(record.path(), scenario, DAY).expect("a place");
        assert_eq!(of("lost-phone").name, "2026-11-30-lost-phone");
        journal(&of("lost-phone"), "{}\n");
        assert!(of("lost-phone").is_there());
        assert_eq!(of("lost").name, "2026-11-30-lost", "another scenario");
        journal(&of("lost-phone"), "{\"entry\":{\"event\":\"completed\"}}\n");
        assert_eq!(of("lost-phone").name, "2026-11-30-lost-phone-2");
        assert!(!of("lost-phone").is_there());
        journal(&of("lost-phone"), "{}\n");
        let later = Place::of(record.path(), "lost-phone", jiff::civil::date(2027, 1, 2));
        assert_eq!(later.expect("a place").name, "2026-11-30-lost-phone-2");
    }

    #[test]
    fn what_a_killed_run_has_left_is_thrown_away() {
        let record = tempfile::tempdir().expect("a folder");
        let place = Place::of(record.path(), "lost-phone", DAY).expect("a place");
        let folder = place.to_make_in().expect("a folder");
        std::fs::write(folder.join("half"), "made").expect("a file");
        assert!(!place.is_there());
        let again = place.to_make_in().expect("a folder");
        assert_eq!(std::fs::read_dir(&again).expect("it is there").count(), 0);
        std::fs::write(again.join(JOURNAL), "{}\n").expect("a file");
        place.made_in(&again).expect("it is moved");
        assert!(place.is_there());
    }
}
