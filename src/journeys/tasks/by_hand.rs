//! How a subject is done by hand: the portal instructions with the tenant's own values.

use crate::domain::facts::Facts;
use crate::domain::plan::Alerts;
use crate::domain::slot::Slot;
use crate::domain::write::call;
use crate::domain::write::expect::{GROUP_PLACEHOLDER, account_placeholder};
use crate::guide;
use crate::journeys::desk::Desk;
use crate::journeys::screen::{Block, Choice, Screen};
use crate::journeys::tasks::played;
use crate::journeys::turn::Turn;
use crate::journeys::{frame, reading};
use crate::steps::Subject;

/// Instructions on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByHand {
    /// For what.
    pub subject: Subject,
}

/// What a person does with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Msg {
    /// It was done: look.
    CheckAgain,
    /// Back.
    Back,
}

impl ByHand {
    /// What comes of a message.
    pub fn on(&self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::CheckAgain => Turn::over().read(desk, &self.subject.areas(), None),
            Msg::Back => Turn::over(),
        }
    }

    /// The instructions.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let title = self.subject.heading(self.subject.title());
        let mut screen = frame::of(desk, format!("{title}, by hand"));
        let case = desk.case();
        screen.prose.push(Block::Steps(filled(desk, &self.subject, self.subject.by_hand(&case))));
        if !self.subject.limits(&case).is_empty() {
            screen.prose.push(Block::Heading("What the portal cannot do".to_owned()));
            screen.prose.push(Block::List(filled(desk, &self.subject, self.subject.limits(&case))));
        }
        screen.work = reading::progress(desk);
        screen.choices = match desk.is_by_hand() {
            true => vec![Choice::back("Back to the list, to attest what was done", Msg::Back)],
            false => vec![
                Choice::safe('c', "I did it; check again", Msg::CheckAgain),
                Choice::back("Back", Msg::Back),
            ],
        };
        screen
    }
}

/// Lines of the guide with the tenant's own values.
pub fn filled(desk: &Desk, subject: &Subject, lines: &[String]) -> Vec<String> {
    let values = values(desk, subject);
    let pairs: Vec<(&str, &str)> = values.iter().map(|(name, value)| (*name, value.as_str())).collect();
    lines.iter().map(|line| guide::fill(line, &pairs)).collect()
}

/// Placeholder names and values.
fn values(desk: &Desk, subject: &Subject) -> Vec<(&'static str, String)> {
    let slot = subject.slot();
    let (plan, facts) = (desk.plan(), desk.facts());
    let ids = account_ids(desk);
    let group = group(facts);
    let policies = facts.policies.get().map_or("policies".to_owned(), |p| p.len().to_string());
    let recipients: Vec<&str> = plan.alerts.recipients.iter().map(|r| r.email.as_str()).collect();
    vec![
        ("upn", desk.world.upn(slot)),
        ("others", others(desk, slot)),
        ("display_name", plan.account(slot).map(|a| a.display_name.clone()).unwrap_or_default()),
        ("initial_domain", facts.organization.get().map(|o| o.initial_domain.clone()).unwrap_or_default()),
        ("group_name", group_name(desk)),
        ("group_description", plan.group.description.clone()),
        ("justification", plan.role.justification.clone()),
        ("policy_count", policies),
        ("workspace", plan.alerts.workspace.clone()),
        ("query", call::sign_in_query(&ids)),
        ("audit_query", call::audit_query(&ids, group)),
        ("recipients", recipients.join(", ")),
        ("action_group", action_group(&plan.alerts, &recipients.join(", "))),
        ("portal", played::address(desk, &desk.session.portal)),
        ("entra", played::address(desk, &desk.session.entra)),
        ("security_info", played::address(desk, &desk.session.security_info)),
    ]
}

/// What is done at the action groups: one is made, or the adopted one is looked at.
fn action_group(alerts: &Alerts, recipients: &str) -> String {
    match &alerts.action_group {
        None => format!("Create. Notifications: Email for {recipients}"),
        Some(named) => {
            format!(
                "open {named}, which is others': it must tell {recipients}; ask its owner to add who is missing"
            )
        }
    }
}

/// The user principal names of all accounts but the one in `slot`.
fn others(desk: &Desk, slot: Slot) -> String {
    let others = desk.plan().slots().map(|(other, _)| other).filter(|other| *other != slot);
    let upns: Vec<String> = others.map(|other| desk.world.upn(other)).collect();
    upns.join(", ")
}

/// The group that is there, which may be called otherwise than one that would be made.
fn group_name(desk: &Desk) -> String {
    let found = desk.facts().group.get().and_then(|groups| groups.found.as_ref());
    found.map_or_else(|| desk.plan().group.name.clone(), |group| group.name.clone())
}

fn group(facts: &Facts) -> Option<&str> {
    let found = facts.group.get().and_then(|groups| groups.found.as_ref()).map(|group| group.id.as_str());
    found.or_else(|| facts.is_by_hand().then_some(GROUP_PLACEHOLDER))
}

/// The object ids of the accounts; without a connection places where they are to be filled in.
fn account_ids(desk: &Desk) -> Vec<String> {
    match desk.is_by_hand() {
        true => desk.plan().slots().map(|(slot, _)| account_placeholder(slot)).collect(),
        false => desk.facts().account_ids(),
    }
}
