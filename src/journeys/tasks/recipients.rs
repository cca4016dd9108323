//! Waiting until every recipient of alerts has confirmed the mailbox with the code sent to it.

use jiff::Timestamp;

use crate::domain::facts::{ActionGroup, Area};
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::screen::{Block, Choice, Screen, Work};
use crate::journeys::turn::Turn;
use crate::journeys::{frame, reading};

/// How long the code sent to a recipient is valid, minutes (contract 15.9).
const CODE_MINUTES: u32 = 30;

/// Waiting for recipients.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recipients {
    /// Since when.
    pub since: Timestamp,
}

/// What happens while waiting.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// The action group was looked at.
    Looked,
    /// Stop waiting.
    Stop,
}

impl Recipients {
    /// Begins to wait.
    pub fn begin(desk: &Desk) -> (Self, Turn<Msg>) {
        let watch = reading::watch(desk, Area::Monitoring, Msg::Looked);
        (Self { since: desk.session.now }, watch.into())
    }

    /// Goes on when everyone has confirmed, when the code has ended, or when nobody waits any longer.
    pub fn on(&self, desk: &Desk, msg: Msg) -> Turn<Msg> {
        let is_late = desk.session.is_over(self.since, CODE_MINUTES);
        match msg {
            Msg::Looked if !is_late && !action_group(desk).is_some_and(|group| is_confirmed(desk, group)) => {
                Turn::stay()
            }
            Msg::Looked | Msg::Stop => Turn::over().with([Effect::StopWaiting]),
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
        screen.work = Some(Work { doing, done, total, seconds_left: None });
        screen.choices.push(Choice::back("Stop waiting; it stays open", Msg::Stop));
        screen
    }
}

fn action_group(desk: &Desk) -> Option<&ActionGroup> {
    desk.facts().monitoring.get().and_then(|monitoring| monitoring.action_group.as_ref())
}

/// Whether nobody of the plan is waited for any longer.
fn is_confirmed(desk: &Desk, group: &ActionGroup) -> bool {
    group.waiting(&desk.plan().alerts.recipients).is_empty()
}
