//! The loop's body, shared by every face: a message goes through `update`, its effects are performed.

use std::path::Path;
use std::time::Duration;

use tokio::sync::mpsc::UnboundedReceiver;

use crate::app;
use crate::app::Launched;
use crate::cli::Options;
use crate::domain::exercise::event::Players;
use crate::domain::exercise::scenario;
use crate::domain::mark::Mark;
use crate::domain::trouble::Trouble;
use crate::effects::forgetting;
use crate::effects::perform::Performer;
use crate::effects::perform::Task;
use crate::effects::vault::Vault;
use crate::journeys::effect::ProgramEffect;
use crate::journeys::model::{Model, Presence};
use crate::journeys::turn::Start;
use crate::journeys::{self, Effect, Msg, Screen};
use crate::rehearsal;

/// What nobody notices as waiting: no message holds the keyboard longer.
pub const MOMENT: Duration = Duration::from_millis(100);

/// Follows the program wherever it is: the players' view of an exercise.
pub type Watcher = Box<dyn FnMut(&Model) -> Result<(), Trouble> + Send>;

/// What a program is put together anew around.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Anew {
    /// Another tenant.
    Tenant(String),
    /// An exercise of this scenario, for a team or for one person.
    Exercise(String, Players),
    /// The organization that held the exercise.
    Home,
}

/// A running program: model, worker, inbox and vault.
pub struct Program {
    /// Everything known.
    pub model: Model,
    /// Secrets, for faces that paint them or check what was typed.
    pub vault: Vault,
    performer: Performer,
    inbox: UnboundedReceiver<Msg>,
    /// The options to begin anew with, and what around.
    anew: (Option<Options>, Option<Anew>),
    /// The rehearsal tenant that was started when the program was put together anew.
    beside: Option<rehearsal::Running>,
    /// What the players of an exercise see, in a file.
    players: Option<Watcher>,
    /// The exit code, once the program has decided to leave.
    pub exit: Option<u8>,
}

impl Program {
    /// A program ready to take messages.
    pub fn new(model: Model, vault: Vault, performer: Performer, inbox: UnboundedReceiver<Msg>) -> Self {
        forgetting::include(&vault);
        Self { model, vault, performer, inbox, anew: (None, None), beside: None, players: None, exit: None }
    }

    /// This program, which can be put together anew around another tenant.
    #[must_use]
    pub fn switchable(self, options: Options) -> Self {
        Self { anew: (Some(options), None), ..self }
    }

    /// This program, whose exercise is followed by its players in a file.
    #[must_use]
    pub fn followed(self, players: Option<Watcher>) -> Self {
        Self { players, ..self }
    }

    /// Comes to what is to be shown next; faces call it before they draw.
    pub async fn turn(&mut self) {
        self.record().await;
        Box::pin(self.switch()).await;
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
        let (Some(options), Some(anew)) = (self.anew.0.clone(), self.anew.1.take()) else { return };
        match anew {
            Anew::Tenant(tenant) => {
                Box::pin(self.around_tenant(Options { tenant: Some(tenant), ..options })).await;
            }
            Anew::Exercise(scenario, players) => {
                Box::pin(self.around_exercise(options, &scenario, players)).await;
            }
            Anew::Home => Box::pin(self.around_home(options, None)).await,
        }
    }

    async fn around_tenant(&mut self, options: Options) {
        // An exercise stays with its own tenant, whatever is chosen.
        if self.model.desk.session.mark == Mark::Exercise {
            return;
        }
        if let Some(trouble) = self.has_its_record(&options) {
            self.model.desk.trouble = Some(trouble);
            return;
        }
        match Box::pin(app::launch(&options, &self.model.desk.session.journey)).await {
            Ok(launched) => {
                self.settle().await;
                self.become_(launched, options).await;
            }
            Err(trouble) => self.model.desk.trouble = Some(trouble),
        }
    }

    /// To an exercise. The organization's record is given back before, as the exercise holds it.
    async fn around_exercise(&mut self, options: Options, scenario: &str, players: Players) {
        let Some(scenario) = scenario::named(scenario) else { return };
        self.settle().await;
        match Box::pin(app::launch_exercise(&options, scenario, players)).await {
            Ok(launched) => {
                self.become_(launched, options).await;
                self.begin(Start::Tabletop);
            }
            Err(trouble) => Box::pin(self.around_home(options, Some(trouble))).await,
        }
    }

    /// Back to the organization, with what there is to tell.
    async fn around_home(&mut self, options: Options, told: Option<Trouble>) {
        self.settle().await;
        match Box::pin(app::launch(&options, "setup")).await {
            Ok(launched) => {
                self.become_(launched, options).await;
                self.model.desk.trouble = told.or(self.model.desk.trouble.take());
            }
            Err(trouble) => self.model.presence = Presence::Stopped(trouble),
        }
    }

    /// Takes the place of the program as it was, whose rehearsal tenant is stopped.
    async fn become_(&mut self, launched: Launched, options: Options) {
        let (before, players) = (self.beside.take(), self.players.take());
        *self = launched.program.switchable(options).followed(players);
        self.beside = launched.rehearsal;
        if let Some(before) = before {
            before.stop().await;
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
        self.show_players();
    }

    /// Begins something straight from the first screen, as far as the command line names it.
    pub fn begin(&mut self, start: Start) {
        let effects = journeys::begin(&mut self.model, start);
        self.perform(effects);
    }

    fn show_players(&mut self) {
        if let Some(Err(trouble)) = self.players.as_mut().map(|show| show(&self.model)) {
            self.model.desk.trouble = Some(trouble);
        }
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
                Effect::Observe(look) => self.performer.observed(look),
                Effect::Program(ProgramEffect::Switch(tenant)) => self.anew.1 = Some(Anew::Tenant(tenant)),
                Effect::Program(ProgramEffect::Exercise(id, players)) => {
                    self.anew.1 = Some(Anew::Exercise(id, players));
                }
                Effect::Program(ProgramEffect::Home) => self.anew.1 = Some(Anew::Home),
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

    /// The screen as it is, with the time that is left of a secret it is about, and without words of others that repeat one.
    pub fn screen(&self) -> Screen {
        let screen = journeys::screen(&self.model);
        let left = screen.kept.and_then(|secret| self.vault.time_left(secret));
        let clock = left.map(forgotten_in).or(screen.clock.clone());
        self.vault.bare(Screen { clock, ..screen })
    }

    /// What of it tells how far the work is, which is quick to make; without such words either.
    pub fn glance(&self) -> Screen {
        self.vault.bare(journeys::glance(&self.model))
    }
}

/// Minutes as long as there is more than one, then seconds; both rounded up, so that zero is the end.
fn forgotten_in(left: Duration) -> String {
    let seconds = left.as_millis().div_ceil(1000);
    match seconds {
        61.. => format!("forgotten in {} min", seconds.div_ceil(60)),
        _ => format!("forgotten in {seconds} s"),
    }
}
