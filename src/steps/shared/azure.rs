//! What step 7 can do in Azure: in which subscription, with which rights, asked where the work is done and only for what is
//! missing. What cannot be done here is told with who can.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::facts::{Monitoring, Place, Reading, Subscription};
use crate::domain::plan::azure_names;
use crate::domain::trouble::Trouble;
use crate::steps::shared::exclusion_group;
use crate::steps::shared::look::{Look, Seen, fail, listed, needs_person, read, same, unknown};

/// A kind of work in Azure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::steps) enum Work {
    ResourceGroup,
    Workspace,
    Setting,
    ActionGroup,
    Rule,
}

impl Work {
    /// Every kind, in the order in which they build on each other.
    pub(in crate::steps) const ALL: [Work; 5] =
        [Work::ResourceGroup, Work::Workspace, Work::Setting, Work::ActionGroup, Work::Rule];

    /// The provider that it needs.
    pub(in crate::steps) fn provider(self) -> Option<&'static str> {
        match self {
            Work::ResourceGroup => None,
            Work::Workspace => Some("Microsoft.OperationalInsights"),
            // Without it even a diagnostic setting is refused (contract 8).
            Work::Setting | Work::ActionGroup | Work::Rule => Some("Microsoft.Insights"),
        }
    }

    /// The right that it needs, where, and the least role that gives it. A diagnostic setting is the tenant's own: what it
    /// needs of the workspace besides is not known (contract 15.9, UNVERIFIED), so it is tried.
    fn right(self) -> Option<(Place, &'static str, &'static str)> {
        match self {
            Work::ResourceGroup => Some((
                Place::Subscription,
                "Microsoft.Resources/subscriptions/resourceGroups/write",
                "Contributor",
            )),
            Work::Workspace => Some((
                Place::Group,
                "Microsoft.OperationalInsights/workspaces/write",
                "Log Analytics Contributor",
            )),
            Work::Setting => None,
            Work::ActionGroup => {
                Some((Place::Group, "Microsoft.Insights/actionGroups/write", "Monitoring Contributor"))
            }
            Work::Rule => {
                Some((Place::Group, "Microsoft.Insights/scheduledQueryRules/write", "Monitoring Contributor"))
            }
        }
    }

    fn is_in_the_group(self) -> bool {
        self.right().is_some_and(|(place, ..)| place == Place::Group)
    }
}

/// What Azure was seen to hold, or why this step shrinks: no license, no subscription.
pub(in crate::steps) fn monitoring<'a>(case: &Case<'a>) -> Look<&'a Monitoring> {
    if exclusion_group::licensed(case) == Some(false) {
        return Err(needs_person(
            "No Entra ID P1: the tenant cannot send its sign-in logs, so no alert can be made",
        )
        .because(Cause::Unlicensed));
    }
    let monitoring = match &case.facts.monitoring {
        Reading::Unreadable(trouble) => return Err(unread(trouble)),
        other => read(other)?,
    };
    match monitoring.subscription {
        Some(_) => Ok(monitoring),
        None => Err(without_subscription(case, monitoring)),
    }
}

/// Azure could not be read: somebody has to give the rights, where those are the reason; an outage passes by itself.
pub(in crate::steps) fn unread(trouble: &Trouble) -> Seen {
    let detail = format!("Azure could not be read: {} {}", trouble.what, trouble.reason());
    // What was answered without naming anything that is missing is the service's own trouble.
    let is_outage = trouble.missing.is_none() && trouble.request.is_some();
    let seen = if is_outage { unknown(detail) } else { needs_person(detail) };
    seen.said_by(trouble)
}

/// No subscription is used, and why decides what to do.
pub(in crate::steps) fn without_subscription(case: &Case<'_>, monitoring: &Monitoring) -> Seen {
    let seen = needs_person(no_subscription(case, monitoring));
    match why_none(case, monitoring) {
        WhyNone::Off => seen.because(Cause::SubscriptionOff),
        WhyNone::Several => seen.because(Cause::ManySubscriptions),
        WhyNone::NotSeen => seen.because(Cause::Hidden),
    }
}

/// Why no subscription is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::steps) enum WhyNone {
    /// The planned one, or every one that is visible, takes no changes.
    Off,
    /// One of several has to be named.
    Several,
    /// None is visible, or not the planned one.
    NotSeen,
}

pub(in crate::steps) fn why_none(case: &Case<'_>, monitoring: &Monitoring) -> WhyNone {
    let all = &monitoring.subscriptions;
    if let Some(planned) = &case.plan.alerts.subscription {
        let is_seen = all.iter().any(|one| same(&one.id, planned));
        return if is_seen { WhyNone::Off } else { WhyNone::NotSeen };
    }
    match monitoring.usable().count() {
        0 if all.is_empty() => WhyNone::NotSeen,
        0 => WhyNone::Off,
        _ => WhyNone::Several,
    }
}

/// Why no subscription is used.
pub(in crate::steps) fn no_subscription(case: &Case<'_>, monitoring: &Monitoring) -> String {
    let all = &monitoring.subscriptions;
    if let Some(planned) = &case.plan.alerts.subscription {
        return match all.iter().find(|one| same(&one.id, planned)) {
            Some(seen) => format!("The subscription in the plan, {}, takes no changes", shown(seen)),
            None => format!(
                "The subscription in the plan, {planned}, is not among those you see: {}",
                shown_all(all)
            ),
        };
    }
    match monitoring.usable().count() {
        0 if all.is_empty() => {
            "No Azure subscription is visible to you; somebody who has one can do this".to_owned()
        }
        0 => format!("No Azure subscription that you see takes changes: {}", shown_all(all)),
        several => format!("{several} Azure subscriptions are visible; name one in the plan"),
    }
}

fn shown(one: &Subscription) -> String {
    let state = one.state.as_deref().unwrap_or("of unknown state");
    format!("{} ({}), {state}", one.name, one.id)
}

fn shown_all(all: &[Subscription]) -> String {
    match all.is_empty() {
        true => "none".to_owned(),
        false => listed(&all.iter().map(shown).collect::<Vec<_>>()),
    }
}

/// What keeps the operator from work of this kind, and who can do it; `None` where nothing does, as far as can be seen.
pub(in crate::steps) fn hindrance(case: &Case<'_>, monitoring: &Monitoring, work: Work) -> Option<String> {
    let subscription = monitoring.subscription.as_ref().map_or("", |(_, name)| name.as_str());
    let provider = work.provider().filter(|name| is_unregistered(monitoring, name));
    if let Some(name) = provider.filter(|name| !may_register(monitoring, name)) {
        return Some(format!(
            "{name} is not registered in {subscription}, and you may not register it: that is for a Contributor of the \
             subscription"
        ));
    }
    if work.is_in_the_group() && !monitoring.resource_group {
        return hindrance(case, monitoring, Work::ResourceGroup);
    }
    if let Some(why) = no_region(case, monitoring, work) {
        return Some(why);
    }
    if let Some(why) = foundation(work).iter().find_map(|below| missing(case, monitoring, *below)) {
        return Some(why);
    }
    let (place, right, role) = work.right()?;
    let whose = match place {
        Place::Subscription => format!("subscription {subscription}"),
        Place::Group => format!("resource group {}", case.plan.alerts.resource_group),
    };
    let is_lacking = !monitoring.rights.allow(place, right);
    is_lacking.then(|| format!("you lack {right} in {whose}: that is for a {role} there"))
}

/// That Azure has no region of the planned name, where that keeps this from being made.
fn no_region(case: &Case<'_>, monitoring: &Monitoring, work: Work) -> Option<String> {
    let has_region = matches!(work, Work::ResourceGroup | Work::Workspace);
    let unknown = || azure_names::unknown_region(&case.plan.alerts.region, &monitoring.regions);
    has_region.then(unknown).flatten()
}

/// What work of this kind stands on besides the resource group.
fn foundation(work: Work) -> &'static [Work] {
    match work {
        Work::ResourceGroup | Work::Workspace | Work::ActionGroup => &[],
        Work::Setting => &[Work::Workspace],
        Work::Rule => &[Work::Workspace, Work::ActionGroup],
    }
}

/// What keeps the operator from making a thing that is not there.
fn missing(case: &Case<'_>, monitoring: &Monitoring, work: Work) -> Option<String> {
    let is_there = match work {
        Work::Workspace => monitoring.workspace.is_some(),
        // One of others is never made here.
        Work::ActionGroup => monitoring.action_group.is_some() || case.plan.alerts.action_group.is_some(),
        Work::ResourceGroup | Work::Setting | Work::Rule => true,
    };
    if is_there { None } else { hindrance(case, monitoring, work) }
}

/// Whether a provider was seen not to be registered.
pub(in crate::steps) fn is_unregistered(monitoring: &Monitoring, provider: &str) -> bool {
    monitoring.unregistered.iter().any(|name| same(name, provider))
}

/// Whether the operator may register it.
pub(in crate::steps) fn may_register(monitoring: &Monitoring, provider: &str) -> bool {
    monitoring.rights.allow(Place::Subscription, &format!("{provider}/register/action"))
}

/// Whether work of this kind can be done now: nothing hinders it, its provider is registered, its group is there.
pub(in crate::steps) fn is_ready(case: &Case<'_>, monitoring: &Monitoring, work: Work) -> bool {
    let waits = work.provider().is_some_and(|name| is_unregistered(monitoring, name))
        || (work.is_in_the_group() && !monitoring.resource_group);
    !waits && hindrance(case, monitoring, work).is_none()
}

/// A thing that is not as it should be: Fail when it can be mended here, otherwise a person with the rights is needed.
pub(in crate::steps) fn absent(case: &Case<'_>, work: Work, detail: &str) -> Look<Seen> {
    let monitoring = monitoring(case)?;
    Ok(match hindrance(case, monitoring, work) {
        None => fail(detail),
        Some(why) if no_region(case, monitoring, work).is_some() => {
            needs_person(format!("{detail}; {why}")).told()
        }
        Some(why) => needs_person(format!("{detail}; {why}")).because(Cause::Hidden),
    })
}
