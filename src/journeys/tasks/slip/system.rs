//! A secret that a secret management system keeps: it goes there by one command and comes back by another, which counts
//! as its type-back. Nothing of it is shown, copied or printed.
//!
//! Both commands are told before, word by word. Whatever they do, the secret stays in the vault until it came back: run them
//! again, put it on paper instead, or make a new one.

use crate::domain::check::id::CheckId;
use crate::domain::plan::system::{LOCKED_OUT, shown};
use crate::domain::plan::{Commands, Errand};
use crate::domain::record::Checked;
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, PaperEffect};
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Screen, Work};
use crate::journeys::tasks::slip::printing_screens::lost;
use crate::journeys::tasks::slip::state::{MakeSlip, Moment, Msg, State};
use crate::journeys::tasks::slip::stopping;
use crate::journeys::turn::Turn;

/// Whether the secret is between vault and system, where this file decides.
pub(super) fn is_here(work: &MakeSlip) -> bool {
    matches!(work.state, State::Storing | State::Fetching | State::NotStored)
}

impl MakeSlip {
    /// The programs of its commands are looked for before there is a secret.
    pub(super) fn find_commands(&mut self, commands: Commands) -> Turn<Msg> {
        // Nothing is lent for it: there is no secret yet.
        let secret = crate::domain::secret::SecretId(0);
        let run = PaperEffect::Run { secret, errand: Errand::Find(commands), tell: Reply::to(Msg::Probed) };
        self.enter(State::Probing).with([Effect::Paper(run)])
    }

    /// The secret goes to the system.
    pub(super) fn store_in(&mut self, commands: Commands) -> Turn<Msg> {
        self.slip.route = format!("system {}", commands.system);
        self.run(Errand::Store(commands), State::Storing)
    }

    fn run(&mut self, errand: Errand, state: State) -> Turn<Msg> {
        let Some(secret) = self.secret else { return Turn::stay() };
        let run = PaperEffect::Run { secret, errand, tell: Reply::to(Msg::Ran) };
        self.enter(state).with([Effect::Paper(run)])
    }

    /// What a command or a person says.
    pub(super) fn at_system(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        let Some(commands) = self.system.clone() else { return Turn::stay() };
        match (&self.state, msg) {
            (State::Storing, Msg::Ran(Ok(()))) => self.run(Errand::Compare(commands), State::Fetching),
            (State::Fetching, Msg::Ran(Ok(()))) => self.confirm(desk, Checked::ReadFromSystem),
            (State::Storing | State::Fetching, Msg::Ran(Err(trouble))) => self.not_stored(desk, trouble),
            (State::NotStored, Msg::ShowAgain) => self.store_in(commands),
            (State::NotStored, Msg::OtherRoute) => self.enter(State::Choosing(Moment::Made)),
            (State::NotStored, Msg::StartOver) => self.ask_anew(),
            (State::NotStored, Msg::Back) => self.ask_to_stop(),
            _ => Turn::stay(),
        }
    }

    /// A route to paper was chosen: the system keeps nothing of it.
    pub(super) fn leave_system(&mut self) {
        if self.system.take().is_some() {
            self.slip.safe = String::new();
        }
    }

    fn not_stored(&mut self, desk: &mut Desk, trouble: Trouble) -> Turn<Msg> {
        desk.trouble = Some(trouble);
        self.enter(State::NotStored)
    }
}

/// What is told before the secret is made: where it goes, and what that depends on.
pub(super) fn announced(desk: &Desk, commands: &Commands) -> Vec<Block> {
    let place = desk.plan().place_words(&commands.system);
    let vouched = match desk.case().word(&CheckId::PaperSystem.about(&commands.system)) {
        Some(word) => format!("That it does not is attested by {}.", word.by()),
        None => "Nobody has vouched yet that it does not.".to_owned(),
    };
    vec![
        Block::Heading(format!("It goes to {place}")),
        Block::Text(
            "The secret goes into the standard input of the first command and comes back from the second one; it stands in no argument and no variable, no shell is between, and what they print is not shown. \
             They must ask nothing, and may take a minute each: sign in to the system before."
                .to_owned(),
        ),
        Block::Text(format!("{LOCKED_OUT}. {vouched}")),
    ]
}

/// What is run, as lines of what will be written.
pub(super) fn lines(commands: &Commands) -> [String; 2] {
    [
        format!("Run, with the secret on its standard input: {}", shown(&commands.store)),
        format!("Run, and compare what it prints: {}", shown(&commands.read)),
    ]
}

/// Fills the screen while the secret goes there and comes back.
pub(super) fn fill(work: &MakeSlip, screen: &mut Screen<Msg>) {
    let name = work.system.as_ref().map_or("", |commands| commands.system.as_str());
    match work.state {
        State::NotStored => {
            screen.prose.push(Block::Text(format!(
                "The secret is still in memory and nothing is lost. It counts once system {name} has given it back."
            )));
            screen.prose.extend(work.system.as_ref().map(|commands| Block::List(lines(commands).to_vec())));
            screen.choices.push(Choice::writes('a', "Run both commands again", Msg::ShowAgain));
            screen.choices.push(Choice::safe('r', "Put it on paper instead", Msg::OtherRoute));
            screen.choices.push(stopping::new_secret());
            screen.choices.push(lost());
        }
        State::Fetching => {
            screen.work = Some(Work::endless(format!("reading the secret back from system {name}")));
        }
        _ => screen.work = Some(Work::endless(format!("putting the secret into system {name}"))),
    }
}
