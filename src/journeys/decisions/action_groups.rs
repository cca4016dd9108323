//! Whom alerts tell, as a decision: an action group made here, or one of others, which is used as it is and never changed; and
//! whom that tells, held against whom the plan names.

use super::answer::{Answer, Answers, Typed};
use super::looked_up::{NO_SUBSCRIPTION, NOT_THERE, UNREADABLE, of};
use crate::domain::facts::{ActionGroup, Facts, Hidden, Monitoring};
use crate::domain::plan::{Alerts, Plan, azure_names::GROUP_AND_NAME};
use crate::domain::text::counted;
use crate::domain::write::call::ACTION_GROUP;

/// One of its own, or one that the subscription has already.
pub(super) fn answers(plan: &Plan, facts: &Facts) -> Answers {
    let fresh = Answer::new("").called(format!("One of its own, {ACTION_GROUP}"));
    let known = facts.monitoring.get().map(|monitoring| monitoring.action_groups.as_slice());
    let others = known.unwrap_or_default().iter().filter(|group| !is_own(&plan.alerts, group));
    let others = others.map(|group| {
        Answer::new(group.planned_as()).called(format!("Adopt {}", group.name())).meaning(about(group))
    });
    Answers::behind(
        [fresh.meaning("it tells whom the plan names, and nobody else")].into_iter().chain(others),
    )
}

/// Whether it is the one that is made here.
fn is_own(alerts: &Alerts, group: &ActionGroup) -> bool {
    group
        .planned_as()
        .eq_ignore_ascii_case(&format!("{}{GROUP_AND_NAME}{ACTION_GROUP}", alerts.resource_group))
}

fn about(group: &ActionGroup) -> String {
    format!("{}: {}; used as it is, never changed", group.planned_as(), whom(group))
}

fn whom(group: &ActionGroup) -> String {
    match (group.enabled, group.tells()) {
        (false, _) => "switched off".to_owned(),
        (true, nobody) if nobody.is_empty() => "tells nobody".to_owned(),
        (true, some) => format!("tells {some}"),
    }
}

/// What the subscription has under the name of the adopted one.
pub(super) fn seen(plan: &Plan, facts: &Facts) -> Option<String> {
    let named = plan.alerts.action_group.as_ref()?;
    of(&facts.monitoring, |monitoring| match adopted(monitoring, named) {
        Some(group) => format!("found: {}; used as it is, never changed", whom(group)),
        None if monitoring.hidden.contains(&Hidden::ActionGroup) => UNREADABLE.to_owned(),
        None if monitoring.subscription.is_none() => NO_SUBSCRIPTION.to_owned(),
        None => NOT_THERE.to_owned(),
    })
}

fn adopted<'a>(monitoring: &'a Monitoring, named: &str) -> Option<&'a ActionGroup> {
    let all = monitoring.action_group.iter().chain(&monitoring.action_groups);
    all.into_iter().find(|group| group.planned_as().eq_ignore_ascii_case(named))
}

/// The mailboxes of the action group that is used.
pub(super) fn mailboxes(facts: &Facts) -> Answers {
    let group = facts.monitoring.get().and_then(|monitoring| monitoring.action_group.as_ref());
    let all = group.map(|group| {
        let mails: Vec<&str> = group.recipients.iter().map(|(mail, _)| mail.as_str()).collect();
        mails.join(", ")
    });
    let all = all.filter(|mails| !mails.is_empty());
    let answer = all.map(|mails| Answer::new(&mails).called("Those of the action group").meaning(&mails));
    Answers { typed: Typed::Beside, ..Answers::behind(answer) }
}

/// Whom the action group tells that is there; of one that is adopted, whom it does not tell.
pub(super) fn recipients_seen(plan: &Plan, facts: &Facts) -> Option<String> {
    let monitoring = facts.monitoring.get()?;
    let Some(named) = &plan.alerts.action_group else {
        let group = monitoring.action_group.as_ref()?;
        let mailboxes = counted(group.recipients.len(), "mailbox", "mailboxes");
        return Some(format!("an action group is there already, with {mailboxes}"));
    };
    let group = adopted(monitoring, named)?;
    let is_told = |email: &str| group.recipients.iter().any(|(own, _)| own.eq_ignore_ascii_case(email));
    let untold = plan.alerts.recipients.iter().filter(|one| !is_told(&one.email));
    let untold: Vec<&str> = untold.map(|one| one.email.as_str()).collect();
    (!untold.is_empty()).then(|| {
        format!("{} does not tell {}, and is never changed: its owner can", group.name(), untold.join(", "))
    })
}
