//! Giving a slip up in the middle, or running out of time: what that costs is said and asked before anything is lost.
//!
//! Behind the question the world goes on: a job that is printed meanwhile is printed. Nothing is forgotten before the
//! person says so once more, or its time is over. The same goes for a new secret that takes the place of this one.

use std::time::Duration;

use crate::domain::record::SlipKind;
use crate::domain::secret::SecretId;
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, VaultEffect};
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::tasks::slip::printing::cancel;
use crate::journeys::tasks::slip::state::{MakeSlip, Maker, Moment, Msg, People, State};
use crate::journeys::turn::{Go, Turn};

/// A secret is kept for minutes only, whatever becomes of the people.
pub(super) fn forget_in_time(desk: &Desk, secret: SecretId) -> Effect<Msg> {
    let time = Duration::from_mins(desk.plan().passwords.kept_minutes().into());
    Effect::Vault(VaultEffect::ForgetAfter(secret, time, Reply::to(|()| Msg::Expired)))
}

impl MakeSlip {
    /// Asks whether the slip is given up.
    pub(super) fn ask_to_stop(&mut self) -> Turn<Msg> {
        let at = std::mem::replace(&mut self.state, State::Announced);
        self.enter(State::Stopping(Box::new(at)))
    }

    /// What a person says to the question, and what the world says behind it.
    pub(super) fn stopping(&mut self, desk: &mut Desk, at: State, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::StopForGood => self.abandon(desk, &at),
            Msg::Back => self.enter(at),
            news if news.is_news() => self.behind(desk, at, news, Self::ask_to_stop),
            _ => Turn::stay(),
        }
    }

    /// Asks whether a new secret takes its place.
    pub(super) fn ask_anew(&mut self) -> Turn<Msg> {
        let at = std::mem::replace(&mut self.state, State::Announced);
        self.enter(State::Anew(Box::new(at)))
    }

    /// What a person says to that, and what the world says behind it.
    pub(super) fn anew(&mut self, desk: &mut Desk, at: State, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::Make => self.start_over(desk),
            Msg::Back => self.enter(at),
            news if news.is_news() => self.behind(desk, at, news, Self::ask_anew),
            _ => Turn::stay(),
        }
    }

    /// The world goes on behind a question, which is asked once more.
    fn behind(
        &mut self,
        desk: &mut Desk,
        at: State,
        news: Msg,
        ask: fn(&mut Self) -> Turn<Msg>,
    ) -> Turn<Msg> {
        self.state = at;
        let turn = self.on(desk, news);
        if turn.go == Go::Stay {
            let _asked = ask(self);
        }
        turn
    }

    /// Makes the slip that takes the place of this one, and says what is left of this one.
    fn start_over(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let forget: Vec<Effect<Msg>> = self.secrets().into_iter().map(Effect::forget).collect();
        let left = format!("Slip {} is void. {}.", self.slip.number, self.destroy());
        *self = self.next(desk);
        let turn = self.probe_and_make(desk);
        desk.did(left);
        turn.after(forget)
    }

    /// The slip that would take its place.
    pub(super) fn next(&self, desk: &Desk) -> Self {
        let again = Self::begin(desk, self.slip.slot, self.slip.kind, self.length);
        let mut next = Self { route: self.route, qr: self.qr, ..again };
        if self.system.is_none() {
            next.leave_system();
        }
        next
    }

    /// Its time is over, and the vault has forgotten its secret. What is on its way to the tenant is awaited; nothing after
    /// it goes on without the secret.
    pub(super) fn expired(&mut self, desk: &mut Desk, at: State) -> Turn<Msg> {
        match at {
            State::Stopping(at) | State::Anew(at) => self.expired(desk, *at),
            State::Setting { .. } | State::Reading { .. } => {
                self.secret = None;
                Turn::stay()
            }
            // Typed back already; there is nothing left to lose.
            State::TakingHalf { .. } if matches!(self.people, People::Two { other: None, .. }) => {
                Turn::stay()
            }
            at if has_begun(&at) => self.out_of_time(desk, &at),
            _ => Turn::stay(),
        }
    }

    /// Ends as if it were given up.
    pub(super) fn out_of_time(&self, desk: &mut Desk, at: &State) -> Turn<Msg> {
        let minutes = desk.plan().passwords.kept_minutes();
        let why = format!(
            "It was not finished within {minutes} {}, so its secret was forgotten and counts as lost.",
            if minutes == 1 { "minute" } else { "minutes" }
        );
        self.end_for(desk, at, &why)
    }

    /// Leaves in the middle: the secret is forgotten and counts as lost.
    fn abandon(&self, desk: &mut Desk, at: &State) -> Turn<Msg> {
        let why = match self.maker {
            Maker::Program => "It was not typed back, so its secret counts as lost.",
            Maker::Person => "Its PIN was not typed twice from it, so nobody knows whether it can be read.",
        };
        self.end_for(desk, at, why)
    }

    fn end_for(&self, desk: &mut Desk, at: &State, why: &str) -> Turn<Msg> {
        let destroy = self.destroy();
        let next = match self.people {
            People::One => format!("{destroy}, and make a new slip."),
            People::Two { .. } => format!("{destroy}, and make a new slip with both people."),
        };
        let turn = self.stop(desk, Trouble::new("The slip was not confirmed.", why, next));
        match at {
            State::AtWork { job, .. } => turn.after(cancel(job)),
            _ => turn,
        }
    }

    /// What becomes of whatever there is of it.
    fn destroy(&self) -> String {
        match (self.people, self.files().as_slice()) {
            (People::One, []) => "Destroy what was printed or copied".to_owned(),
            (People::One, files) => {
                format!("Destroy the file {}, and what was printed or copied", files.join(" and "))
            }
            (People::Two { .. }, []) => "Destroy what was printed or copied of either half".to_owned(),
            (People::Two { .. }, files) => {
                format!(
                    "Destroy the file {}, and what was printed or copied of either half",
                    files.join(" and ")
                )
            }
        }
    }

    /// The slip cannot go on: everything in memory about it is forgotten.
    pub(super) fn stop(&self, desk: &mut Desk, trouble: Trouble) -> Turn<Msg> {
        desk.trouble = Some(trouble);
        Turn::over().with(self.secrets().into_iter().map(Effect::forget))
    }

    /// The files that were written of it.
    fn files(&self) -> Vec<String> {
        let halves = self.slip.halves.iter().filter_map(|half| half.file.clone());
        halves.chain(self.slip.file.clone()).collect()
    }

    /// What is lost when nobody goes on with it now; nothing before there is a secret, and after it was typed back.
    pub fn at_stake(&self, desk: &Desk) -> Vec<String> {
        if !has_begun(&self.state) {
            return Vec::new();
        }
        let (number, slot) = (self.slip.number, self.slip.slot);
        let mut words = vec![match (self.slip.kind, self.maker) {
            (SlipKind::Password, _) if desk.is_by_hand() => format!(
                "Slip {number} is void then: a password that was not typed back counts as lost. Do not set it at the \
                 portal; the next slip gets a new one."
            ),
            (SlipKind::Password, _) => format!(
                "The password of the {slot} account has changed. Slip {number} was not typed back, so it is void then, \
                 nobody has a password that counts, and a new slip with a new password has to be made."
            ),
            (SlipKind::Pin { .. }, Maker::Program) => format!(
                "Slip {number} is void then, for nobody knows whether its PIN can be read; the next slip gets a new one. \
                 Give this PIN to no key."
            ),
            (SlipKind::Pin { .. }, Maker::Person) => format!(
                "Slip {number} does not count then, for nobody knows whether its PIN can be read. The PIN of the key \
                 stays what it is."
            ),
        }];
        if let (SlipKind::Password, false, Some(old)) =
            (self.slip.kind, desk.is_by_hand(), self.slip.replaces)
        {
            words.push(format!("Slip {old}, which it replaces, opens nothing any more either."));
        }
        if self.maker == Maker::Program {
            words.extend(
                self.files().into_iter().map(|file| format!("Its file stays until you destroy it: {file}")),
            );
        }
        words
    }
}

/// Whether there is something to lose.
fn has_begun(state: &State) -> bool {
    match state {
        State::Announced
        | State::Probing
        | State::Making
        | State::Revoking
        | State::Choosing(Moment::Announced)
        | State::Naming { moment: Moment::Announced, .. } => false,
        State::Stopping(at) | State::Anew(at) => has_begun(at),
        State::Setting { .. }
        | State::Reading { .. }
        | State::Splitting
        | State::ComingIn
        | State::TakingHalf { .. }
        | State::Storing
        | State::Fetching
        | State::NotStored
        | State::Writing
        | State::TypingPin { .. }
        | State::Weighing
        | State::Doubting
        | State::Comparing(_)
        | State::Copying
        | State::Choosing(Moment::Made)
        | State::Naming { moment: Moment::Made, .. }
        | State::AtPrinter
        | State::Printing
        | State::AtWork { .. }
        | State::Taking
        | State::Printed(_)
        | State::TypingBack { .. } => true,
    }
}

/// Fills the screen of the question.
pub(super) fn fill(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Heading("Stop in the middle?".to_owned()));
    screen.prose.extend(work.at_stake(desk).into_iter().map(Block::Text));
    screen.choices.push(Choice::back(format!("Go on with slip {}", work.slip.number), Msg::Back));
    let stop = format!("Stop; slip {} is void", work.slip.number);
    screen.choices.push(Choice::irreversible('x', stop, Msg::StopForGood));
}

/// The choice of a new secret: what that costs and writes is shown before. Not x, which gives up for good on the next screen.
pub(super) fn new_secret() -> Choice<Msg> {
    Choice::safe('m', "Make a new secret instead", Msg::StartOver).explained("asks first")
}
