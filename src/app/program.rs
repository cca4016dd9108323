//! The loop's body, shared by every face: a message goes through `update`, its effects are performed.

use std::path::Path;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;

use crate::app;
use crate::cli::Options;
use crate::domain::mark::Mark;
use crate::domain::trouble::Trouble;
use crate::effects::perform::Performer;
use crate::effects::perform::Task;
use crate::effects::vault::Vault;
use crate::journeys::effect::ProgramEffect;
use crate::journeys::model::Model;
use crate::journeys::turn::Start;
use crate::journeys::{self, Effect, Msg, Screen};

/// What nobody notices as waiting: no message holds the keyboard longer.
pub const MOMENT: Duration = Duration::from_millis(100);

/// A running program: model, worker, inbox and vault.
pub struct Program {
    /// Everything known.
    pub model: Model,
    /// Secrets, for faces that paint them or check what was typed.
    pub vault: Vault,
    performer: Performer,
    inbox: UnboundedReceiver<Msg>,
    /// The options to begin anew with, and the tenant that was chosen.
    anew: (Option<Options>, Option<String>),
    /// The exit code, once the program has decided to leave.
    pub exit: Option<u8>,
}

impl Program {
    /// A program ready to take messages.
    pub fn new(model: Model, vault: Vault, performer: Performer, inbox: UnboundedReceiver<Msg>) -> Self {
        Self { model, vault, performer, inbox, anew: (None, None), exit: None }
    }

    /// This program, which can be put together anew around another tenant.
    #[must_use]
    pub fn switchable(self, options: Options) -> Self {
        Self { anew: (Some(options), None), ..self }
    }

    /// Comes to what is to be shown next; faces call it before they draw.
    pub async fn turn(&mut self) {
        self.record().await;
        self.switch().await;
    }

    /// Takes what is on its way into the record, so that no frame is drawn for the moment that takes.
    async fn record(&mut self) {
        let end = tokio::time::Instant::now() + MOMENT;
        while self.model.desk.unrecorded > 0 && self.model.desk.reading.is_none() && self.exit.is_none() {
            let Ok(Some(msg)) = tokio::time::timeout_at(end, self.hear()).await else { return };
            self.say(msg);
        }
    }

    /// Puts the program together anew where another tenant was chosen. When it cannot be done, the reason stands on the
    /// screen that is there.
    async fn switch(&mut self) {
        let (Some(options), Some(tenant)) = (&self.anew.0, self.anew.1.take()) else { return };
        // An exercise stays with its own tenant, whatever is chosen.
        if self.model.desk.session.mark == Mark::Exercise {
            return;
        }
        let options = Options { tenant: Some(tenant), ..options.clone() };
        if let Some(trouble) = self.has_its_record(&options) {
            self.model.desk.trouble = Some(trouble);
            return;
        }
        match Box::pin(app::launch(&options, &self.model.desk.session.journey)).await {
            Ok(launched) => {
                self.settle().await;
                *self = launched.program;
            }
            Err(trouble) => self.model.desk.trouble = Some(trouble),
        }
    }

    /// Why the tenant of `options` cannot be gone to from here: its record would be the one that is open here, and a record
    /// belongs to one tenant.
    fn has_its_record(&self, options: &Options) -> Option<Trouble> {
        let folder = app::record_folder(options).ok()?;
        let tenant = options.tenant.clone().unwrap_or_default();
        let open = &self.model.desk.session.record;
        let same = |one: &Path, other: &Path| match (one.canonicalize(), other.canonicalize()) {
            (Ok(one), Ok(other)) => one == other,
            _ => one == other,
        };
        same(&folder, Path::new(open)).then(|| {
            Trouble::new(
                format!("The record of {tenant} would be in {open}, which this run itself has open."),
                "A record belongs to one tenant, and this one is that of the tenant on the screen.",
                format!("Leave, and start again with a folder of its own: --tenant {tenant} --record FOLDER"),
            )
        })
    }

    /// Takes one message and performs what it asks for.
    pub fn say(&mut self, msg: Msg) {
        let effects = journeys::update(&mut self.model, msg);
        self.perform(effects);
    }

    /// Begins something straight from the first screen, as far as the command line names it.
    pub fn begin(&mut self, start: Start) {
        let effects = journeys::begin(&mut self.model, start);
        self.perform(effects);
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Tenant(effect) => self.performer.order(Task::Tenant(effect)),
                Effect::Record(effect) => self.performer.order(Task::Record(effect)),
                Effect::Paper(effect) => self.performer.order(Task::Paper(effect)),
                Effect::Break(effect) => self.performer.broken(effect),
                Effect::Vault(effect) => self.performer.vault(effect),
                Effect::Wait(wait) => self.performer.wait(wait),
                Effect::StopWaiting => self.performer.stop_waiting(),
                Effect::Open(address, not_opened) => self.performer.open(address, not_opened),
                Effect::TakeAddress(secret, not_taken) => self.performer.take_address(secret, &not_taken),
                Effect::Program(ProgramEffect::Exit(code)) => self.exit = Some(code),
                Effect::Program(ProgramEffect::Switch(tenant)) => self.anew.1 = Some(tenant),
            }
        }
    }

    /// The next message of the world; `None` never comes while the worker lives.
    pub async fn hear(&mut self) -> Option<Msg> {
        self.inbox.recv().await
    }

    /// Takes what has arrived already, without waiting.
    pub fn hear_now(&mut self) -> Option<Msg> {
        self.inbox.try_recv().ok()
    }

    /// Lets a write on its way come to its end before the program leaves, and gives the record back.
    pub async fn settle(&self) {
        self.performer.settle().await;
    }

    /// The screen as it is.
    pub fn screen(&self) -> Screen {
        journeys::screen(&self.model)
    }
}
