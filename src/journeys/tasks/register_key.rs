//! Registering one security key: a one-time pass is issued, the person registers the key in a browser, the key is
//! seen through Graph, the pass is deleted. Both writes are announced first.
//!
//! Whatever ends the waiting (the key, the person, the end of the pass), the pass is forgotten here and deleted there.

use std::collections::BTreeSet;

use jiff::Timestamp;

use crate::domain::facts::{Area, MethodKind, Registered};
use crate::domain::record::{Entry, SlipKind};
use crate::domain::secret::{Part, SecretId, SecretRef};
use crate::domain::slot::Slot;
use crate::domain::text::capitalized;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::domain::write::call::PASS_MINUTES;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Brought, Done, Effect};
use crate::journeys::exposure;
use crate::journeys::guards::restricted_unit;
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, JustDone, Screen, Work};
use crate::journeys::tasks::played::Play;
use crate::journeys::turn::Turn;
use crate::journeys::{frame, reading, unattended};
use crate::steps;

/// How many characters of a pass stand on the screen in groups.
const PASS_LENGTH: usize = 8;

/// Registering one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RegisterKey {
    /// Whose.
    pub slot: Slot,
    /// Which key of the plan.
    pub key: usize,
    /// Ids of keys that were there before.
    pub before: BTreeSet<String>,
    /// How far it is.
    pub state: State,
    /// Whether a rehearsal plays the person.
    pub play: Play,
}

/// How far a registration is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum State {
    /// The two writes are shown.
    Announced,
    /// The pass is being issued.
    Issuing,
    /// The pass is there; the key is awaited.
    Awaiting(Pass),
    /// The pass is being deleted; what is said when it is.
    Closing(String),
}

/// A Temporary Access Pass.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pass {
    /// Its text, in the vault.
    pub secret: SecretId,
    /// Its id, where the answer told it.
    pub id: Option<String>,
    /// When it was issued.
    pub since: Timestamp,
    /// How long somebody is waited for, minutes: as long as it lives, and an hour at the most.
    pub minutes: u32,
}

/// What happens during a registration.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// Issue the pass.
    Begin,
    /// It was issued, or not.
    Issued(Box<Done>),
    /// Open the page in the browser again.
    Open,
    /// It could not be opened; the waiting goes on.
    NotOpened(Trouble),
    /// The methods of the accounts were looked at.
    Looked,
    /// The pass was deleted, or not.
    Deleted(Box<Done>),
    /// Back, or stop waiting.
    Back,
}

impl Msg {
    /// Whether the world says it.
    pub fn is_news(&self) -> bool {
        matches!(self, Self::Issued(_) | Self::NotOpened(_) | Self::Looked | Self::Deleted(_))
    }
}

/// Opens the page where a key is registered.
fn opening(desk: &Desk) -> Effect<Msg> {
    Effect::Open(desk.session.security_info.clone(), Reply::to(Msg::NotOpened))
}

impl RegisterKey {
    /// Announces the writes.
    pub fn begin(desk: &Desk, slot: Slot, key: usize) -> Self {
        let before = keys_of(desk, slot).map(|method| method.id.clone()).collect();
        Self { slot, key, before, state: State::Announced, play: Play::of(desk) }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match (&self.state, msg) {
            (State::Announced, Msg::Begin) => {
                self.state = State::Issuing;
                let exposed = exposure::accepted(desk).map(Effect::remember);
                let issue = Effect::write(issue(desk, self.slot), |done| Msg::Issued(Box::new(done)));
                Turn::from(issue).after(exposed)
            }
            (State::Announced, Msg::Back) => Turn::over(),
            (State::Issuing, Msg::Issued(done)) => self.issued(desk, done.result),
            (State::Awaiting(_), Msg::Open) => {
                if self.play == Play::Waits {
                    self.play = Play::Played;
                }
                opening(desk).into()
            }
            (State::Awaiting(_), Msg::NotOpened(trouble)) => {
                self.play = Play::of(desk);
                let next =
                    format!("Open {} by hand; the program goes on waiting.", desk.session.security_info);
                desk.trouble = Some(Trouble { next, ..trouble });
                Turn::stay()
            }
            (State::Awaiting(pass), Msg::Looked) => self.looked(desk, &pass.clone()),
            (State::Awaiting(pass), Msg::Back) => self.give_up(desk, &pass.clone()),
            (State::Closing(words), Msg::Deleted(done)) => {
                desk.done = done.result.is_ok().then(|| JustDone::wholly(words.clone()));
                desk.trouble = done.result.err().or(desk.trouble.take());
                Turn::over().read(desk, &[Area::Methods], None)
            }
            _ => Turn::stay(),
        }
    }

    fn issued(&mut self, desk: &mut Desk, result: Result<Brought, Trouble>) -> Turn<Msg> {
        let missing = || {
            Trouble::new("No pass came back.", "The answer had no Temporary Access Pass in it.", "Try again.")
        };
        let pass = result.and_then(|answer| {
            let secret = answer.secret.ok_or_else(missing)?;
            Ok(Pass { secret, id: answer.id, since: desk.session.now, minutes: waiting(desk, self.slot) })
        });
        match pass {
            Ok(pass) => {
                self.state = State::Awaiting(pass);
                let open = (self.play == Play::OfAPerson).then(|| opening(desk));
                Turn::stay().with(open).with([reading::watch(desk, Area::Methods, Msg::Looked)])
            }
            Err(trouble) => {
                desk.trouble = Some(trouble);
                Turn::over()
            }
        }
    }

    /// After each look: a key that was not there before is the one.
    fn looked(&mut self, desk: &mut Desk, pass: &Pass) -> Turn<Msg> {
        let Some(seen) = keys_of(desk, self.slot).find(|method| !self.before.contains(&method.id)) else {
            return self.not_yet(desk, pass);
        };
        let entry = Entry::Key {
            slot: self.slot,
            key: self.key,
            method: seen.id.clone(),
            aaguid: seen.aaguid.clone().unwrap_or_default(),
            model: seen.model.clone().unwrap_or_default(),
        };
        // The methods were read just now: a pass that is not among them was used up.
        let left = self.pass_seen(desk);
        let words = self.registered(desk, left.as_ref());
        self.close(desk, pass, left, words).after([Effect::remember(entry)])
    }

    /// A pass that has ended opens nothing any more, so the wait ends with it; one that lives for a day is not left open.
    fn not_yet(&mut self, desk: &mut Desk, pass: &Pass) -> Turn<Msg> {
        if !desk.session.is_over(pass.since, pass.minutes) {
            return Turn::stay();
        }
        desk.trouble = Some(Trouble::new(
            "No key was registered in time.",
            format!("The Temporary Access Pass was waited for {} minutes.", pass.minutes),
            "Begin the registration again; a new pass is issued.",
        ));
        self.give_up(desk, pass)
    }

    /// Nobody may have looked since the pass was issued; it is deleted all the same.
    fn give_up(&mut self, desk: &mut Desk, pass: &Pass) -> Turn<Msg> {
        let left = self.pass_seen(desk).or_else(|| pass.id.clone());
        self.close(desk, pass, left, "No key was registered, and the pass was deleted.".to_owned())
    }

    /// The id of the pass, as far as it was seen among the methods.
    fn pass_seen(&self, desk: &Desk) -> Option<String> {
        let is_pass = |method: &&Registered| method.kind == MethodKind::TemporaryPass;
        desk.facts().methods_of(self.slot).find(is_pass).map(|method| method.id.clone())
    }

    /// What was reached, and what the hands do next.
    fn registered(&self, desk: &Desk, left: Option<&String>) -> String {
        let planned = desk.plan().account(self.slot).and_then(|account| account.keys.get(self.key));
        let safe = planned.map(|key| key.safe.as_str()).unwrap_or_default();
        let name = capitalized(&desk.plan().key_name(self.slot, self.key));
        let pass = if left.is_some() { "its pass was deleted" } else { "its pass is used up" };
        format!(
            "{name} was registered, and {pass}. Keep the key at hand for the sign-in test; then it goes into safe \
             {}, apart from its PIN.",
            desk.plan().safe_and_place(safe)
        )
    }

    /// Ends the waiting: the pass is forgotten here, and what is left of it is deleted there.
    fn close(&mut self, desk: &mut Desk, pass: &Pass, left: Option<String>, words: String) -> Turn<Msg> {
        let slot = self.slot;
        let turn = if let Some(pass) = left {
            self.state = State::Closing(words);
            let delete = Action::DeletePass { slot, id: desk.world.account_id(slot), pass };
            Turn::from(Effect::write(delete, |done| Msg::Deleted(Box::new(done))))
        } else {
            desk.did(words);
            Turn::over().read(desk, &[Area::Methods], None)
        };
        turn.after([Effect::StopWaiting, Effect::forget(pass.secret)])
    }

    /// The simulated person of a rehearsal registers the key; elsewhere the waiting ends by itself.
    pub fn answer(&self) -> unattended::Answer<Msg> {
        match &self.state {
            State::Announced => unattended::Answer::Say(Msg::Begin),
            State::Awaiting(_) if self.play == Play::Waits => unattended::Answer::Say(Msg::Open),
            State::Issuing | State::Awaiting(_) | State::Closing(_) => unattended::Answer::Wait,
        }
    }

    /// What stays open when the program is left now.
    pub fn at_stake(&self) -> Option<String> {
        match &self.state {
            State::Awaiting(pass) => Some(format!(
                "A Temporary Access Pass of the {} account is open, and this program will not delete it then: it ends by \
                 itself, {} minutes after it was issued. To have it deleted, stay and stop waiting first.",
                self.slot, pass.minutes
            )),
            State::Announced | State::Issuing | State::Closing(_) => None,
        }
    }

    /// How the key is to be named.
    fn name<'a>(&self, desk: &'a Desk) -> &'a str {
        let planned = desk.plan().account(self.slot).and_then(|account| account.keys.get(self.key));
        planned.map_or("", |key| key.name.as_str())
    }

    /// The registration screen.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let slot = self.slot;
        let name = self.name(desk);
        let mut screen = frame::of(desk, format!("Register key \"{name}\" for the {slot} account"));
        match &self.state {
            State::Announced => announced(desk, self, &mut screen),
            State::Issuing => screen.work = Some(Work::endless("issuing the pass")),
            State::Awaiting(pass) => awaiting(desk, self, pass.secret, &mut screen),
            State::Closing(_) => screen.work = Some(Work::endless("deleting the pass")),
        }
        screen
    }
}

fn keys_of(desk: &Desk, slot: Slot) -> impl Iterator<Item = &Registered> {
    desk.facts().methods_of(slot).filter(|method| method.kind == MethodKind::Fido2)
}

fn issue(desk: &Desk, slot: Slot) -> Action {
    steps::pass_for(desk.facts(), slot, desk.world.account_id(slot))
}

fn waiting(desk: &Desk, slot: Slot) -> u32 {
    match issue(desk, slot) {
        Action::IssuePass { minutes, .. } => minutes.min(PASS_MINUTES),
        _ => PASS_MINUTES,
    }
}

fn announced(desk: &Desk, key: &RegisterKey, screen: &mut Screen<Msg>) {
    let slot = key.slot;
    screen.prose.push(Block::Text(
        "The key is registered by you, in a browser, as the account itself. A Temporary Access Pass lets you in once; \
         it is shown here only, and deleted afterwards."
            .to_owned(),
    ));
    screen.prose.extend(exposure::told(desk));
    screen.prose.extend(steps::before_fetching(&desk.case(), slot, key.key).map(Block::Text));
    screen.prose.push(Block::Heading("What will be written".to_owned()));
    let parts = restricted_unit::parts(desk.facts(), &issue(desk, slot));
    let mut writes: Vec<String> = parts.iter().map(Action::sentence).collect();
    let way = if parts.len() > 1 { ", in the same way" } else { "" };
    writes
        .push(format!("Delete the Temporary Access Pass of the {slot} account, when the key is there{way}"));
    screen.prose.push(Block::List(writes));
    screen.choices.push(Choice::writes('w', "Issue the pass and begin", Msg::Begin));
    screen.choices.push(Choice::back("Back, write nothing", Msg::Back));
}

/// Where the person has the PIN from.
fn pin_from(desk: &Desk, key: &RegisterKey) -> String {
    match desk.plan().system_of(key.slot, SlipKind::Pin { key: key.key }) {
        Some(commands) => format!("that system {} keeps", commands.system),
        None => "from its slip".to_owned(),
    }
}

fn awaiting(desk: &Desk, key: &RegisterKey, pass: SecretId, screen: &mut Screen<Msg>) {
    let name = key.name(desk);
    screen.prose.push(Block::Steps(vec![
        format!("Open a private browser window at {}", desk.session.security_info),
        format!("Sign in as {} with the Temporary Access Pass that stands below", desk.world.upn(key.slot)),
        format!("Choose Add sign-in method > Security key, and give it the PIN {}.", pin_from(desk, key)),
        format!("Name it \"{name}\", sign out, and come back. The key is looked for meanwhile."),
    ]));
    screen.prose.push(Block::Secret(SecretRef { id: pass, part: Part::Whole, length: PASS_LENGTH }));
    match key.play {
        Play::OfAPerson => {
            screen.work = Some(Work::endless("waiting for the key to appear"));
            screen.choices.push(Choice::safe('o', "Open the page", Msg::Open));
        }
        Play::Waits => {
            screen.prose.push(Block::Text(
                "This is a rehearsal, and nobody has to go there. Read what is done for real, then press Enter as if you \
                 had done it: a simulated person registers a simulated key."
                    .to_owned(),
            ));
            screen.choices.push(Choice::safe('o', "As if I had done it: the key is registered", Msg::Open));
        }
        Play::Played => screen.work = Some(Work::endless("waiting for the key to appear")),
    }
    let stop = Choice::writes('b', "Stop waiting; the pass is deleted", Msg::Back);
    screen.choices.push(stop.leading_back());
}
