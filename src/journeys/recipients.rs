//! Waiting until every recipient of alerts has confirmed the mailbox with the code sent to it.

use crate::domain::facts::ActionGroup;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Model, Stage};
use crate::journeys::screen::{Block, Choice, Screen, Work};
use crate::journeys::{frame, overview};

/// How long the code sent to a recipient is valid, minutes (contract 15.9).
const CODE_MINUTES: u32 = 30;

/// Whether nobody is waited for any longer.
fn confirmed(group: &ActionGroup) -> bool {
    group.recipients.iter().all(|(_, confirmed)| *confirmed != Some(false))
}

/// After each look: go on when everyone has confirmed, or when the code has ended.
pub(super) fn looked(model: &mut Model) -> Vec<Effect> {
    let group = model.facts.monitoring.get().and_then(|m| m.action_group.as_ref());
    let late =
        matches!(model.stage, Stage::AwaitingRecipients(since) if model.session.is_over(since, CODE_MINUTES));
    if !late && !group.is_some_and(confirmed) {
        return Vec::new();
    }
    overview::show(model);
    vec![Effect::StopWatching]
}

pub(super) fn on(model: &mut Model, msg: &Msg) -> Vec<Effect> {
    match msg {
        Msg::Back => {
            model.stage = Stage::Overview;
            vec![Effect::StopWatching]
        }
        _ => Vec::new(),
    }
}

/// Who has confirmed and who has not.
pub(super) fn screen(model: &Model) -> Screen {
    let mut screen = frame::with_rail(model, "Waiting for the recipients");
    screen.prose.push(Block::Text(
        "Each recipient was sent a code just now and must confirm it within 30 minutes, or no alert will reach that \
         mailbox. Ask them to look, in junk mail too."
            .to_owned(),
    ));
    let group = model.facts.monitoring.get().and_then(|m| m.action_group.as_ref());
    let recipients = group.map(|g| g.recipients.as_slice()).unwrap_or_default();
    let state = |confirmed: Option<bool>| match confirmed {
        Some(true) => "confirmed",
        Some(false) => "not confirmed yet",
        None => "not told by this Azure",
    };
    screen.prose.push(Block::Pairs(
        recipients.iter().map(|(mail, c)| (mail.clone(), state(*c).to_owned())).collect(),
    ));
    let done = recipients.iter().filter(|(_, c)| *c != Some(false)).count();
    screen.work = Some(Work {
        doing: "waiting for mailboxes".to_owned(),
        done,
        total: recipients.len(),
        seconds_left: None,
    });
    screen.choices.push(Choice::safe('b', "Stop waiting; it stays open", Msg::Back));
    screen
}
