//! Signing in: at the start, and again in the middle of the work when the tenant asks for a fresh or stronger sign-in.
//!
//! What was under way then waits beneath, on the [stack](crate::journeys::stack). An answer counts for the attempt that
//! waits for it: one that comes later than that reaches nobody.

use crate::domain::connection::sign_in::{Audience, Demand, Prompt, Who};
use crate::domain::secret::SecretId;
use crate::domain::text::sentence;
use crate::domain::trouble::{Kind, Trouble};
use crate::domain::write::action::Action;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, SignInReplies, TenantEffect, Wait};
use crate::journeys::reply::Reply;
use crate::journeys::turn::{Operators, Outcome, Turn};
use crate::journeys::unattended::Answer;

pub mod elsewhere;
mod screen;

/// A sign-in under way.
#[derive(Debug, Clone, PartialEq)]
pub struct SignIn {
    /// What it must bring.
    pub demand: Demand,
    /// What it is for.
    pub occasion: Occasion,
    /// The write that waits for it, as a sentence; empty where none does.
    pub write: String,
    /// Which attempt is waited for.
    pub attempt: u32,
    /// What the person is shown, once known.
    pub prompt: Option<Prompt>,
    /// Who signed in, until that is confirmed.
    pub who: Option<Who>,
    /// What is being typed.
    pub typing: Option<Typed>,
    /// The last attempt that ended without a sign-in; 0 as long as none did.
    pub ended: u32,
}

/// What a sign-in is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Occasion {
    /// A journey begins.
    Beginning(Operators),
    /// Work under way cannot go on without it.
    Renewal,
}

/// What a typed secret is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// The address that a browser on another computer ended at.
    Address,
    /// An app's client secret.
    ClientSecret,
}

/// What happens during a sign-in.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// What the person has to see, in this attempt.
    Prompted(u32, Prompt),
    /// Somebody signed in, in this attempt; nothing is done as that one before it is confirmed.
    Seen(u32, Who),
    /// Whoever was seen is the right one.
    Right,
    /// This attempt ended.
    Ended(u32, Result<(), Trouble>),
    /// What was typed is no use; it is forgotten, and the waiting goes on.
    NotTaken(Trouble),
    /// The browser runs on another computer: show the whole address, and take the last one back.
    Elsewhere,
    /// What was asked for was typed; it is in the vault.
    Entered(SecretId),
    /// Open the page again.
    Open,
    /// The page could not be opened; the waiting goes on.
    NotOpened(Trouble),
    /// Try again.
    Again,
    /// Go on without; what needs it stays open.
    GoOnWithout,
    /// A policy may stop the operator: repair that, signed in as the other emergency access account.
    RepairBlocked,
    /// Back from typing, or away.
    Back,
}

impl Msg {
    /// Whether the world says it.
    pub fn is_news(&self) -> bool {
        matches!(
            self,
            Self::Prompted(..) | Self::Seen(..) | Self::Ended(..) | Self::NotTaken(_) | Self::NotOpened(_)
        )
    }
}

impl SignIn {
    /// A sign-in that begins when the person says so.
    pub fn waiting(demand: Demand, occasion: Occasion) -> Self {
        Self {
            demand,
            occasion,
            write: String::new(),
            attempt: 0,
            prompt: None,
            who: None,
            typing: None,
            ended: 0,
        }
    }

    /// A sign-in that begins now.
    pub fn begin(desk: &mut Desk, demand: Demand, occasion: Occasion) -> (Self, Turn<Msg>) {
        let mut sign_in = Self::waiting(demand, occasion);
        let turn = sign_in.again(desk);
        (sign_in, turn)
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::Prompted(attempt, _) | Msg::Seen(attempt, _) | Msg::Ended(attempt, _)
                if attempt != self.attempt =>
            {
                Turn::stay()
            }
            Msg::Prompted(_, prompt) => {
                let open = opening(&prompt);
                self.typing = (prompt == Prompt::Secret).then_some(Typed::ClientSecret);
                self.prompt = Some(prompt);
                Turn::stay().with(open)
            }
            Msg::Seen(_, who) => {
                (self.prompt, self.typing, self.who) = (None, None, Some(who));
                Turn::stay()
            }
            Msg::Right if self.who.is_some() => {
                Turn::end(Outcome::SignedIn).with([Effect::Tenant(TenantEffect::Confirm)])
            }
            Msg::Right => Turn::stay(),
            Msg::Ended(_, Ok(())) => Turn::end(Outcome::SignedIn),
            Msg::Ended(_, Err(trouble)) => {
                (self.prompt, self.typing) = (None, None);
                self.ended = self.attempt;
                desk.trouble = Some(self.of_yours(desk, trouble));
                Turn::stay()
            }
            Msg::NotTaken(trouble) => {
                desk.trouble = Some(trouble);
                Turn::stay()
            }
            Msg::Elsewhere => {
                self.typing = Some(Typed::Address);
                Turn::stay()
            }
            Msg::Entered(secret) => self.entered(secret),
            Msg::Open => Turn::stay().with(self.prompt.as_ref().and_then(opening)),
            Msg::NotOpened(trouble) => {
                desk.trouble = Some(by_hand(trouble, self.prompt.as_ref()));
                Turn::stay()
            }
            Msg::Again => self.again(desk),
            Msg::GoOnWithout => {
                let decline = TenantEffect::Decline(self.demand.audience);
                Turn::end(Outcome::GivenUp).with([Effect::StopWaiting, Effect::Tenant(decline)])
            }
            Msg::RepairBlocked => Turn::end(Outcome::LockedOut).with([Effect::StopWaiting]),
            Msg::Back => self.back(),
        }
    }

    /// A sign-in that did not work is told with whose it was: a test of another account may have worked just before.
    fn of_yours(&self, desk: &Desk, trouble: Trouble) -> Trouble {
        if trouble.kind != Kind::SignIn {
            return trouble;
        }
        let again = match self.occasion {
            Occasion::Renewal if desk.facts().operator.get().is_some() => " again",
            Occasion::Renewal | Occasion::Beginning(_) => "",
        };
        let name = desk.at_console().map(|name| format!(", {name},")).unwrap_or_default();
        Trouble { what: format!("You{name} could not sign in{again}."), ..trouble }
    }

    /// Whether somebody is waited for. That there is something else to tell, such as a note about the record, ends no sign-in.
    fn is_under_way(&self) -> bool {
        self.attempt > self.ended
    }

    fn again(&mut self, desk: &mut Desk) -> Turn<Msg> {
        (self.prompt, self.typing, self.who) = (None, None, None);
        self.attempt = desk.next_attempt();
        Effect::Wait(Wait::SignIn { demand: self.demand.clone(), tell: self.replies() }).into()
    }

    fn replies(&self) -> SignInReplies<Msg> {
        let attempt = self.attempt;
        SignInReplies {
            prompt: Reply::to(move |prompt| Msg::Prompted(attempt, prompt)),
            seen: Reply::to(move |who| Msg::Seen(attempt, who)),
            ended: Reply::to(move |result| Msg::Ended(attempt, result)),
        }
    }

    fn entered(&mut self, secret: SecretId) -> Turn<Msg> {
        let (audience, tell) = (self.demand.audience, self.replies());
        match self.typing.take() {
            Some(Typed::Address) => Effect::TakeAddress(secret, Reply::to(Msg::NotTaken)).into(),
            Some(Typed::ClientSecret) => Effect::Wait(Wait::ClientSecret { secret, audience, tell }).into(),
            None => Effect::forget(secret).into(),
        }
    }

    /// Back from typing to waiting, else away; work that waits for it is never left this way.
    fn back(&mut self) -> Turn<Msg> {
        let was_typing = self.typing.take() == Some(Typed::Address);
        match self.occasion {
            Occasion::Beginning(_) if !was_typing => Turn::end(Outcome::GivenUp).with([Effect::StopWaiting]),
            Occasion::Beginning(_) | Occasion::Renewal => Turn::stay(),
        }
    }

    /// What needs Azure stays open and the rest goes on; anything else needs a person.
    pub fn answer(&self, desk: &Desk) -> Answer<Msg> {
        // Where a page stands open, somebody may still come.
        let failed = !self.is_under_way();
        match self.occasion {
            // Nobody is there to be asked; the plan and the command line say which tenant may be written to.
            _ if self.who.is_some() => Answer::Say(Msg::Right),
            Occasion::Renewal if failed && self.demand.audience != Audience::Graph => {
                Answer::Say(Msg::GoOnWithout)
            }
            // In an exercise that a script plays, whoever is refused goes on with what the script says.
            Occasion::Renewal if failed && desk.exercise.is_some() => Answer::Say(Msg::GoOnWithout),
            Occasion::Beginning(_) if failed && desk.exercise.is_some() => Answer::Say(Msg::Back),
            _ if failed || self.typing.is_some() => Answer::Stop,
            _ => Answer::Wait,
        }
    }
}

/// Opens the page for a person.
fn opening(prompt: &Prompt) -> Option<Effect<Msg>> {
    let address = match prompt {
        Prompt::Browser { address, .. } | Prompt::Code { address, .. } => address.clone(),
        Prompt::Secret => return None,
    };
    Some(Effect::Open(address, Reply::to(Msg::NotOpened)))
}

/// A page that was not opened, with the address to open by hand: the short one where there is one.
pub fn by_hand(trouble: Trouble, prompt: Option<&Prompt>) -> Trouble {
    let address = match prompt {
        Some(Prompt::Browser { short, .. }) => short,
        Some(Prompt::Code { address, .. }) => address,
        Some(Prompt::Secret) | None => return trouble,
    };
    let next = format!("Open {address} by hand on this machine; the program goes on waiting.");
    Trouble { next, ..trouble }
}

/// A sign-in brought nothing new.
pub fn in_vain() -> Trouble {
    Trouble::new(
        "The tenant asks for a stronger sign-in again.",
        "The sign-in just made did not bring what it asks for.",
        "Sign in with another method (a security key), or do this by hand.",
    )
}

/// It was chosen to go on without the sign-in that a write needs.
pub fn declined(desk: &Desk, action: &Action) -> Trouble {
    let next = match desk.exercise {
        // Nobody has to run anything again here: somebody else may get in.
        Some(_) => "Let somebody who gets in sit at the console: Somebody else sits at the console.",
        None => "Run the program again and sign in when it asks.",
    };
    Trouble::new(
        format!("This was not done: {}", sentence(&action.sentence())),
        "It needs a sign-in of your own, and it was chosen to go on without.",
        next,
    )
}
