//! Files of slips that nobody needs any more are overwritten and removed; a file that may be the only place of a secret is
//! not among them.

use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::record::LeftFile;
use crate::domain::slot::Slot;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, RecordEffect};
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::tasks::attest;
use crate::journeys::turn::Turn;
use crate::steps;

/// Destroying the files of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Destroy {
    /// Whose.
    pub slot: Slot,
}

/// What a person does with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// Overwrite and remove them.
    Destroy,
    /// The same on the word of the plan, where nobody is there.
    AsPlanned,
    /// Back.
    Back,
}

impl Destroy {
    /// What comes of a message.
    pub fn on(&self, desk: &Desk, msg: Msg) -> Turn<Msg> {
        let files = self.files(desk);
        match msg {
            Msg::Destroy if !files.is_empty() && !desk.is_dry_run() => {
                Turn::over().with([Effect::Record(RecordEffect::Destroy(files))])
            }
            Msg::AsPlanned if !files.is_empty() && !desk.is_dry_run() => self.as_planned(desk, files),
            Msg::Destroy | Msg::AsPlanned | Msg::Back => Turn::over(),
        }
    }

    /// Whose word it was stands in the record before they are gone.
    fn as_planned(&self, desk: &Desk, files: Vec<LeftFile>) -> Turn<Msg> {
        let about = self.about();
        let Some(word) = attest::planned(desk, &about) else { return Turn::over() };
        let said = Effect::remember(attest::entry(desk, about, word));
        Turn::over().with([said, Effect::Record(RecordEffect::Destroy(files))])
    }

    /// A file may be the only place of a secret: nobody destroys it unseen, but on somebody's word in the plan.
    pub fn answer(&self, desk: &Desk) -> Msg {
        attest::planned(desk, &self.about()).map_or(Msg::Back, |_| Msg::AsPlanned)
    }

    fn about(&self) -> CheckSubject {
        CheckId::PaperDestroyed.of(self.slot)
    }

    fn files(&self, desk: &Desk) -> Vec<LeftFile> {
        steps::files_to_destroy(&desk.case(), self.slot)
    }

    /// Which they are, and what overwriting cannot promise.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let files = self.files(desk);
        let mut screen = frame::of(desk, format!("Files of slips of the {} account", self.slot));
        screen.prose.push(Block::Text("Each of these holds a secret and is needed no more:".to_owned()));
        let today = desk.world.today();
        screen.prose.push(Block::List(files.iter().map(|file| file.words(today)).collect()));
        screen.prose.push(Block::Text(
            "They are overwritten once and removed; one that is not there any more is noted as gone. That is no promise: a \
             solid-state disk, a file system with a journal or snapshots, a backup, and the program that printed the file \
             may keep what stood in it. Where that matters, make a new slip by a route that leaves nothing on a disk."
                .to_owned(),
        ));
        let label = if files.len() == 1 { "Overwrite and remove it" } else { "Overwrite and remove them" };
        screen.choices.push(Choice::irreversible('x', label, Msg::Destroy));
        screen.choices.push(Choice::back("Back, leave them there", Msg::Back));
        screen
    }
}
