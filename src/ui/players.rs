//! The players' view of an exercise, written to a file that a terminal of their own follows.
//!
//! It is written anew whenever it says something else, and whole: a reader sees the view before or the one after.

use std::path::PathBuf;

use crate::app::Watcher;
use crate::domain::trouble::Trouble;
use crate::effects::files;
use crate::journeys::{self, model::Model};
use crate::ui::text::{self, Marks};

/// How a view begins.
const OURS: &[u8] = b"breakglass  EXERCISE";

/// The file, and what stands in it.
#[derive(Debug)]
struct PlayersView {
    file: PathBuf,
    said: String,
    marks: Marks,
}

impl PlayersView {
    fn new(file: PathBuf, marks: Marks) -> Result<Self, Trouble> {
        // A view that an exercise before has left is ours; anything else at that place is not.
        let is_ours = files::read_own(&file).is_ok_and(|bytes| bytes.trim_ascii_start().starts_with(OURS));
        match is_ours {
            true => files::replace(&file, b"")?,
            false => files::write_new(&file, b"")?,
        }
        Ok(Self { file, said: String::new(), marks })
    }

    /// Writes what the players see now, where it is something else; what cannot be written is told once it changes.
    fn show(&mut self, model: &Model) -> Result<(), Trouble> {
        let Some(screen) = journeys::players(model) else { return Ok(()) };
        let said = text::screen(&screen, self.marks);
        if said == self.said {
            return Ok(());
        }
        self.said = said;
        files::replace(&self.file, self.said.as_bytes())
    }
}

/// Shows the players' view in a new file, from now on.
///
/// # Errors
///
/// The file cannot be made.
pub fn watcher(file: PathBuf, marks: Marks) -> Result<Watcher, Trouble> {
    let mut view = PlayersView::new(file, marks)?;
    Ok(Box::new(move |model| view.show(model)))
}
