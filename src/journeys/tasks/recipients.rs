//! Waiting until every recipient of alerts has confirmed the mailbox with the code sent to it.

use jiff::Timestamp;

use crate::domain::facts::{ActionGroup, Area};
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, JustDone, Screen, Work};
use crate::journeys::tasks::played::Play;
use crate::journeys::turn::Turn;
use crate::journeys::{frame, reading};

/// How long the code sent to a recipient is valid, minutes (contract 15.9).
const CODE_MINUTES: u32 = 30;

/// Waiting for recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipients {
    /// Since when.
    pub since: Timestamp,
    /// Whether a rehearsal plays them.
    pub play: Play,
}

/// What happens while waiting.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// The action group was looked at.
    Looked,
    /// In a rehearsal: it is as if they had confirmed.
    AsIf,
    /// They could not be told.
    NotTold(Trouble),
    /// Stop waiting.
    Stop,
}

impl Msg {
    /// Whether the world says it.
    pub fn is_news(&self) -> bool {
        matches!(self, Self::Looked | Self::NotTold(_))
    }
}

impl Recipients {
    /// Begins to wait; for simulated recipients, until they are told.
    pub fn begin(desk: &Desk) -> (Self, Turn<Msg>) {
        let since = desk.session.now;
        match desk.session.mailboxes {
            Some(_) => (Self { since, play: Play::Waits }, Turn::stay()),
            None => (Self { since, play: Play::OfAPerson }, watch(desk).into()),
        }
    }

    /// Goes on when everyone has confirmed, when the code has ended, or when nobody waits any longer.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        let is_late = desk.session.is_over(self.since, CODE_MINUTES);
        let is_confirmed = action_group(desk).is_some_and(|group| is_confirmed(desk, group));
        match msg {
            Msg::AsIf => {
                (self.play, self.since) = (Play::Played, desk.session.now);
                let page = desk.session.mailboxes.clone().unwrap_or_default();
                Turn::stay().with([Effect::Open(page, Reply::to(Msg::NotTold)), watch(desk)])
            }
            Msg::NotTold(trouble) => {
                desk.trouble = Some(trouble);
                Turn::stay()
            }
            Msg::Looked if !is_late && !is_confirmed => Turn::stay(),
            Msg::Looked | Msg::Stop => {
                desk.done = is_confirmed.then(|| JustDone::wholly(confirmed_words(desk)));
                Turn::over().with([Effect::StopWaiting])
            }
        }
    }

    /// Who has confirmed and who has not.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "Waiting for the recipients");
        screen.prose.push(Block::Text(
            "Each recipient was sent a code just now and must confirm it within 30 minutes, or no alert will reach \
             that mailbox. Ask them to look, in junk mail too."
                .to_owned(),
        ));
        let planned = &desk.plan().alerts.recipients;
        let group = action_group(desk).into_iter();
        let recipients: Vec<_> = group.flat_map(|group| group.planned(planned)).collect();
        let state = |confirmed: Option<bool>| match confirmed {
            Some(true) => "confirmed",
            Some(false) => "not confirmed yet",
            None => "not told by this Azure",
        };
        let pair = |(mail, confirmed): &(String, Option<bool>)| (mail.clone(), state(*confirmed).to_owned());
        screen.prose.push(Block::Pairs(recipients.iter().copied().map(pair).collect()));
        let done = recipients.iter().filter(|(_, confirmed)| *confirmed != Some(false)).count();
        let (doing, total) = ("waiting for mailboxes".to_owned(), recipients.len());
        if self.play == Play::Waits {
            screen.prose.push(Block::Text(
                "This is a rehearsal: nobody was sent anything. Press Enter as if every recipient had found the mail and \
                 entered the code."
                    .to_owned(),
            ));
            screen.choices.push(Choice::safe('o', "As if they had done it: the code is entered", Msg::AsIf));
        } else {
            screen.work = Some(Work { doing, done, total, seconds_left: None });
        }
        screen.choices.push(Choice::back("Stop waiting; it stays open", Msg::Stop));
        screen
    }
}

fn watch(desk: &Desk) -> Effect<Msg> {
    reading::watch(desk, Area::Monitoring, Msg::Looked)
}

fn confirmed_words(desk: &Desk) -> String {
    let names: Vec<&str> = desk.plan().alerts.recipients.iter().map(|one| one.email.as_str()).collect();
    format!("Every recipient has confirmed: {}. Alerts reach them from now on.", names.join(", "))
}

fn action_group(desk: &Desk) -> Option<&ActionGroup> {
    desk.facts().monitoring.get().and_then(|monitoring| monitoring.action_group.as_ref())
}

/// Whether nobody of the plan is waited for any longer.
fn is_confirmed(desk: &Desk, group: &ActionGroup) -> bool {
    group.waiting(&desk.plan().alerts.recipients).is_empty()
}
