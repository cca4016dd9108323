//! Making a slip, in one act: the secret is made, set, put on paper and typed back.
//!
//! Until the last line is typed back the slip counts as lost: a new run makes a new secret and never looks for the
//! old one (promise 4). This file is the path of the secret; [`printing`] takes it from the vault to paper by the route
//! that was chosen, [`halves`] and [`own_pin`] are the two other ways. Files with `screens` in their name only draw.

use std::time::Duration;

use crate::domain::facts::Area;
use crate::domain::paper::page;
use crate::domain::paper::page::{MaskedSlip, Page, Shape};
use crate::domain::plan::{Qr, Route};
use crate::domain::record::{Checked, Entry, Half, Slip, SlipKind, SlipState};
use crate::domain::secret::pin;
use crate::domain::secret::typing_back::Judged;
use crate::domain::secret::{SecretId, SecretKind, lines};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Brought, Done, Effect, LineChecked, PaperEffect, VaultEffect};
use crate::journeys::exposure;
use crate::journeys::reply::Reply;
use crate::journeys::turn::{Outcome, Start, Turn};
use crate::journeys::unattended;
use crate::steps;

mod halves;
mod own_pin;
mod printing;
mod printing_screens;
mod probing;
mod screens;
mod state;
mod stopping;
mod system;

pub use state::{Before, ByFile, Fit, MakeSlip, Maker, Moment, Msg, PageWait, People, State, Travel};

/// How often the account is read until the time of its password has moved.
const LOOKS: u8 = 5;
/// How long it is waited between two of these looks, in the cloud's time.
const LOOK_EVERY: Duration = Duration::from_secs(5);

impl MakeSlip {
    /// Announces the slip of an account's password.
    pub fn of_password(desk: &Desk, slot: Slot) -> Self {
        Self::begin(desk, slot, SlipKind::Password, desk.plan().passwords.length)
    }

    /// Announces the slip of a key's PIN.
    pub fn of_pin(desk: &Desk, slot: Slot, key: usize) -> Self {
        Self::begin(desk, slot, SlipKind::Pin { key }, pin::DIGITS)
    }

    fn begin(desk: &Desk, slot: Slot, kind: SlipKind, length: usize) -> Self {
        let slip = page::next_slip(&desk.case(), slot, kind);
        let paper = &desk.plan().paper;
        let before = before(desk, &slip);
        Self {
            people: people(desk, &slip),
            // A PIN that only people know is written by hand.
            system: desk.plan().system_of(slot, kind).filter(|_| before != Before::Pin),
            slip,
            route: paper.route,
            qr: paper.qr,
            maker: if before == Before::Pin { Maker::Person } else { Maker::Program },
            before,
            secret: None,
            length,
            state: State::Announced,
            wrong: 0,
            judged: None,
            wait: PageWait::AsPlanned,
            travel: Travel::Encrypted,
            fit: Fit::NotRefused,
            found: Vec::new(),
        }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match (self.state.clone(), msg) {
            // It may still come out of the printer, wherever the slip stands by now.
            (_, Msg::NotCanceled(trouble)) => {
                desk.trouble = Some(trouble);
                Turn::stay()
            }
            (at, Msg::Expired) => self.expired(desk, at),
            (State::Stopping(at), msg) => self.stopping(desk, *at, msg),
            (State::Anew(at), msg) => self.anew(desk, *at, msg),
            (State::Announced, Msg::OtherRoute) => self.enter(State::Choosing(Moment::Announced)),
            (_, msg) if printing::is_here(self) => self.on_the_way(desk, msg),
            (_, msg) if system::is_here(self) => self.at_system(desk, msg),
            (_, msg) if halves::is_here(self) => self.between_two(desk, msg),
            (_, msg) if own_pin::is_here(self, &msg) => self.own_pin(desk, msg),
            (State::Announced, msg) => self.announced(desk, &msg),
            (State::Probing, Msg::Probed(result)) => self.probed(desk, result),
            (State::Making, Msg::Made(result)) => self.made(desk, result),
            (State::Setting { before }, Msg::Set(done)) => self.set(desk, before, *done),
            (State::Reading { before, looks }, Msg::PasswordRead) => self.password_read(desk, before, looks),
            (State::Copying, Msg::Continue) => self.type_back(None),
            (State::Printed(file), Msg::Continue) => self.type_back(Some(file)),
            (State::Printed(file), Msg::ReadFileBack) => self.read_back(file),
            (State::TypingBack { .. }, Msg::Checked(checked)) => self.checked(desk, checked),
            (State::TypingBack { .. }, Msg::ShowAgain) => self.go_to_paper(desk),
            (State::TypingBack { .. } | State::Printed(_), Msg::OtherRoute) => {
                self.enter(State::Choosing(Moment::Made))
            }
            (State::TypingBack { .. } | State::Printed(_), Msg::StartOver) => self.ask_anew(),
            (State::Copying | State::Printed(_) | State::TypingBack { .. }, Msg::Back) => self.ask_to_stop(),
            (State::Revoking, Msg::Revoked(done)) => {
                desk.trouble = done.result.err();
                desk.did(on_paper(&self.slip));
                Turn::over().read(desk, &[Area::Accounts], None)
            }
            _ => Turn::stay(),
        }
    }

    /// The printer that was tried is no good.
    pub fn resumed(&mut self, outcome: &Outcome) -> Turn<Msg> {
        match outcome {
            Outcome::OtherRoute => self.enter(State::Choosing(Moment::Announced)),
            // The write that waited for the tenant's name was dropped, and the secret in it forgotten.
            Outcome::GivenUp => Turn::over().with(self.secrets().into_iter().map(Effect::forget)),
            Outcome::Over
            | Outcome::SignedIn
            | Outcome::LockedOut
            | Outcome::Restore(_)
            | Outcome::Misuse(_) => Turn::stay(),
        }
    }

    fn enter(&mut self, state: State) -> Turn<Msg> {
        self.state = state;
        Turn::stay()
    }

    fn announced(&mut self, desk: &mut Desk, msg: &Msg) -> Turn<Msg> {
        match msg {
            Msg::ToggleCode => {
                self.qr = if self.qr == Qr::SecretToo { Qr::Documents } else { desk.plan().paper.qr };
                Turn::stay()
            }
            Msg::LookAtPages => Turn::begin(Start::Pages(self.pages(desk))),
            Msg::Calibrate => printing::calibration(desk, self)
                .map_or_else(Turn::stay, |to| Turn::begin(Start::Calibrate(to))),
            Msg::Make => {
                let exposed = exposure::accepted(desk).map(Effect::remember);
                self.probe_and_make(desk).after(exposed)
            }
            Msg::Back | Msg::Skip => Turn::over(),
            _ => Turn::stay(),
        }
    }

    /// The pages of the slip that is about to be made.
    fn pages(&self, desk: &Desk) -> Vec<Page> {
        match self.maker {
            Maker::Program => page::masked(&desk.case(), &self.slip),
            Maker::Person => {
                vec![Page::Slip(Box::new(MaskedSlip { slip: self.slip.clone(), shape: Shape::Blank }))]
            }
        }
    }

    fn make(&mut self) -> Turn<Msg> {
        let kind = match self.slip.kind {
            SlipKind::Password => SecretKind::Password { length: self.length },
            SlipKind::Pin { .. } => SecretKind::Pin { digits: self.length },
        };
        self.enter(State::Making).with([Effect::Vault(VaultEffect::Make(kind, Reply::to(Msg::Made)))])
    }

    fn made(&mut self, desk: &mut Desk, result: Result<SecretId, Trouble>) -> Turn<Msg> {
        let secret = match result {
            Ok(secret) => secret,
            Err(trouble) => return self.stop(desk, trouble),
        };
        self.secret = Some(secret);
        let remember = Effect::remember(Entry::Slip(self.slip.clone()));
        let turn = match self.slip.kind {
            SlipKind::Pin { .. } => self.go_to_paper(desk),
            // By hand it is chosen at the change that the portal forces, from the paper.
            SlipKind::Password if desk.is_by_hand() => self.apart_or_to_paper(desk),
            SlipKind::Password => self.set_password(desk, secret),
        };
        turn.after([remember, stopping::forget_in_time(desk, secret)])
    }

    fn set_password(&mut self, desk: &Desk, secret: SecretId) -> Turn<Msg> {
        let slot = self.slip.slot;
        let before = desk.facts().account(slot).and_then(|account| account.password_changed);
        let set = Action::SetPassword { slot, id: desk.world.account_id(slot), secret };
        self.enter(State::Setting { before }).with([Effect::write(set, |done| Msg::Set(Box::new(done)))])
    }

    fn set(&mut self, desk: &mut Desk, before: Option<jiff::Timestamp>, done: Done) -> Turn<Msg> {
        match done.result {
            Ok(Brought { .. }) => {
                self.state = State::Reading { before, looks: 1 };
                Turn::stay().read(desk, &[Area::Accounts], Some(Msg::PasswordRead))
            }
            Err(trouble) => self.stop(desk, trouble),
        }
    }

    /// The account was read: the time of its password belongs to the slip once it has moved; the old one is no answer.
    fn password_read(&mut self, desk: &mut Desk, before: Option<jiff::Timestamp>, looks: u8) -> Turn<Msg> {
        let now = desk.facts().account(self.slip.slot).and_then(|account| account.password_changed);
        let moved = now.filter(|now| Some(*now) != before);
        if moved.is_none() && looks < LOOKS {
            self.state = State::Reading { before, looks: looks + 1 };
            return Turn::stay().read_after(desk, &[Area::Accounts], Some(Msg::PasswordRead), LOOK_EVERY);
        }
        self.slip.changed = moved;
        self.apart_or_to_paper(desk)
    }

    /// The name of the file of the slip, or of its half, below the record folder.
    fn file_name(&self, desk: &Desk, half: Option<Half>) -> String {
        let (slip, paper) = (&self.slip, &desk.plan().paper);
        let kind = match slip.kind {
            SlipKind::Password => "password".to_owned(),
            SlipKind::Pin { key } => {
                let account = desk.plan().account(slip.slot);
                account.map_or_else(|| format!("key-{}", key + 1), |account| account.key_file(key))
            }
        };
        let half = half.map(|half| format!("-half-{}", half.name().to_lowercase())).unwrap_or_default();
        let (folder, ending) = (paper.folder(), paper.format.ending());
        format!("{folder}/slip-{}-{}-{kind}{half}.{ending}", slip.number, slip.slot.key())
    }

    fn type_back(&mut self, file: Option<String>) -> Turn<Msg> {
        self.enter(match self.maker {
            Maker::Program => State::TypingBack { line: 0, file, checked_by_file: ByFile::No },
            Maker::Person => State::Writing,
        })
    }

    /// Only a whole slip: a half is typed back by its custodian, a chosen PIN by whoever chose it.
    fn read_back(&mut self, file: String) -> Turn<Msg> {
        let is_whole = self.people == People::One && self.maker == Maker::Program;
        let Some(secret) = self.secret.filter(|_| is_whole) else { return Turn::stay() };
        self.state = State::TypingBack { line: 0, file: Some(file.clone()), checked_by_file: ByFile::Yes };
        let tell = Reply::to(Msg::Checked);
        Effect::Paper(PaperEffect::ReadBack { secret, file, tell }).into()
    }

    fn checked(&mut self, desk: &mut Desk, LineChecked { line, judged }: LineChecked) -> Turn<Msg> {
        let last = lines(self.length_now());
        let State::TypingBack { line: expected, checked_by_file, .. } = &mut self.state else {
            return Turn::stay();
        };
        if line != *expected {
            return Turn::stay();
        }
        self.judged = Some(judged);
        if judged != Judged::Right {
            self.wrong += 1;
            return Turn::stay();
        }
        *expected += 1;
        let by = match checked_by_file {
            ByFile::Yes => Checked::FileReadBack,
            ByFile::No => Checked::TypedBack,
        };
        match (*expected < last, self.people) {
            (true, _) => Turn::stay(),
            (false, People::One) => self.confirm(desk, by),
            (false, People::Two { .. }) => self.half_typed_back(),
        }
    }

    /// The slip is on paper, and was read from there: it counts from now on.
    fn confirm(&mut self, desk: &mut Desk, by: Checked) -> Turn<Msg> {
        self.slip.state = SlipState::Confirmed;
        self.slip.checked = Some(by);
        let remember = Effect::remember(Entry::Slip(self.slip.clone()));
        let forget: Vec<Effect<Msg>> = self.secrets().into_iter().map(Effect::forget).collect();
        self.secret = None;
        let slot = self.slip.slot;
        let turn = match self.slip.kind {
            SlipKind::Password if !desk.is_by_hand() => {
                let revoke = Action::RevokeSessions { slot, id: desk.world.account_id(slot) };
                let revoke = Effect::write(revoke, |done| Msg::Revoked(Box::new(done)));
                self.enter(State::Revoking).with([revoke])
            }
            SlipKind::Password | SlipKind::Pin { .. } => {
                desk.did(on_paper(&self.slip));
                Turn::over()
            }
        };
        turn.after([remember].into_iter().chain(forget))
    }

    /// Only a written file can be read back by the program; copying by hand needs a hand.
    pub fn answer(&self) -> unattended::Answer<Msg> {
        use unattended::Answer::{Say, Wait};
        match &self.state {
            // Two people type their halves themselves: no file can stand in for either.
            // Nobody is there who knows a PIN that a key has already.
            State::Announced if self.fit == Fit::Refused || self.maker == Maker::Person => Say(Msg::Skip),
            State::Announced if self.system.is_some() => Say(Msg::Make),
            State::Announced if self.route == Route::File && self.people == People::One => Say(Msg::Make),
            State::Announced => Say(Msg::Skip),
            State::Printed(_) => Say(Msg::ReadFileBack),
            State::Stopping(_) => Say(Msg::StopForGood),
            State::Copying
            | State::Anew(_)
            | State::NotStored
            | State::Choosing(_)
            | State::Naming { .. }
            | State::AtPrinter
            | State::AtWork { .. }
            | State::Taking
            | State::ComingIn
            | State::TakingHalf { .. }
            | State::Writing
            | State::TypingPin { .. }
            | State::Doubting => Say(Msg::Back),
            State::TypingBack { .. } if self.wrong > 0 => Say(Msg::Back),
            State::TypingBack { .. }
            | State::Probing
            | State::Storing
            | State::Fetching
            | State::Making
            | State::Setting { .. }
            | State::Reading { .. }
            | State::Printing
            | State::Splitting
            | State::Weighing
            | State::Comparing(_)
            | State::Revoking => Wait,
        }
    }
}

/// What there was before this record began: an account that is adopted, or a key that nobody registered here and of which
/// no slip was ever made.
fn before(desk: &Desk, slip: &Slip) -> Before {
    let (case, slot) = (desk.case(), slip.slot);
    if case.evidence.slip(slot, slip.kind).is_some() {
        return Before::Nothing;
    }
    match slip.kind {
        SlipKind::Password => {
            let adopted = case.plan.account(slot).is_some_and(|account| account.adopt.is_some());
            if adopted { Before::Password } else { Before::Nothing }
        }
        SlipKind::Pin { key } => {
            let is_there = steps::planned_keys(&case, slot).iter().any(|(place, _)| *place == key);
            let is_ours = case.evidence.keys.contains_key(&(slot, key));
            if is_there && !is_ours { Before::Pin } else { Before::Nothing }
        }
    }
}

/// For how many people the plan wants the slip; a PIN is nothing without its key and never halved.
fn people(desk: &Desk, slip: &Slip) -> People {
    let planned = desk.plan().account(slip.slot).filter(|_| slip.kind == SlipKind::Password);
    match planned.and_then(|account| account.second_half.as_ref()) {
        Some(_) => People::Two { half: Half::A, other: None },
        None => People::One,
    }
}

/// What was reached, and what the hands do next.
fn on_paper(slip: &Slip) -> String {
    let number = slip.number;
    match (slip.checked, slip.halves.is_empty(), slip.safe.as_str()) {
        (Some(Checked::ReadFromSystem), _, _) => {
            format!(
                "The secret of slip {number} is in {}, and came back from there; there is no paper of it.",
                slip.route
            )
        }
        (Some(Checked::FileReadBack), _, _) => {
            format!("Slip {number} stands in its file and was read back. Print the file and destroy it.")
        }
        (_, true, "") => format!("Slip {number} is on paper and was typed back. Seal it into its envelope."),
        (_, true, safe) => {
            format!(
                "Slip {number} is on paper and was typed back. Seal it into its envelope, for safe {safe}."
            )
        }
        (_, false, _) => format!("Both halves of slip {number} are on paper, typed back and sealed."),
    }
}
