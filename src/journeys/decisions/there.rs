//! What is there already: what the first look found, offered with its names where the plan asks, and each answer that names
//! something held against the tenant as it was read last. What could not be read is never called absent.

use super::alerts::PARTS;
use super::answer::{Answer, Answers, Typed};
use super::looked_up::{NO_SUBSCRIPTION, NOT_THERE, UNREADABLE, WILL_BE_MADE, of};
use super::{Field, action_groups, systems};
use crate::domain::facts::monitoring::lacking;
use crate::domain::facts::policy::{Policy, State};
use crate::domain::facts::{Account, Area, Facts, Group, Hidden, Monitoring, Workspace};
use crate::domain::plan::{Plan, azure_names};
use crate::domain::slot::Slot;
use crate::domain::text::counted;

/// What has to be read again once `field` names something else.
pub fn areas(field: Field) -> &'static [Area] {
    match field {
        Field::UserName(_) | Field::Adopt(_) => &[Area::Accounts],
        Field::Group | Field::GroupName => &[Area::Group],
        Field::Subscription | Field::ResourceGroup | Field::Workspace | Field::ActionGroup => {
            &[Area::Monitoring]
        }
        _ => &[],
    }
}

/// What can be answered where something may be there already.
pub(super) fn answers(plan: &Plan, facts: &Facts, field: Field) -> Answers {
    match field {
        Field::Adopt(i) => accounts(plan, facts, i),
        Field::Group => groups(plan, facts),
        Field::Subscription => subscriptions(facts),
        Field::Workspace => workspaces(plan, facts),
        Field::ResourceGroup => resource_groups(plan, facts),
        Field::Region => regions(plan, facts),
        Field::ActionGroup => action_groups::answers(plan, facts),
        Field::Recipients => action_groups::mailboxes(facts),
        _ => Answers::behind([]),
    }
}

fn accounts(plan: &Plan, facts: &Facts, index: usize) -> Answers {
    let Some(planned) = plan.accounts.get(index) else { return Answers::behind([]) };
    let fresh = Answer::new("").called(format!("A new account named {}", upn(facts, &planned.user_name)));
    let known = facts.accounts.get();
    let taken = |account: &&Account| {
        let others = plan.accounts.iter().enumerate().filter(|(other, _)| *other != index);
        others.filter_map(|(_, other)| other.adopt.as_ref()).any(|name| is_called(account, name))
    };
    let adopted = planned.adopt.as_ref().and_then(|_| facts.account(Slot::new(index)));
    let free = known.into_iter().flat_map(|accounts| &accounts.candidates).filter(|one| !taken(one));
    let found = adopted.into_iter().chain(free).map(|account| {
        let state = if account.enabled { "" } else { ", disabled" };
        let answer = Answer::new(&account.upn).called(format!("Adopt {}", account.upn));
        answer.meaning(format!("{}{state}; Global Administrator is its role already", account.display_name))
    });
    Answers::behind([fresh].into_iter().chain(found))
}

/// Whether `name`, a user principal name or an id, is this account's.
fn is_called(account: &Account, name: &str) -> bool {
    account.upn.eq_ignore_ascii_case(name) || account.id.eq_ignore_ascii_case(name)
}

fn upn(facts: &Facts, user_name: &str) -> String {
    let domain = facts.organization.get().map(|organization| organization.initial_domain.as_str());
    domain.map_or_else(|| user_name.to_owned(), |domain| format!("{user_name}@{domain}"))
}

fn groups(plan: &Plan, facts: &Facts) -> Answers {
    let fresh = Answer::new("").called(format!("A new one named {}", plan.group.name));
    let known = facts.group.get();
    let found = known.and_then(|groups| groups.found.as_ref());
    let own = found.map(|group| {
        Answer::new(&group.id).called(format!("Adopt {}", group.name)).meaning(protection(group))
    });
    let others = known.into_iter().flat_map(|groups| &groups.others).map(|(id, name)| {
        Answer::new(id).called(format!("Adopt {name}")).meaning("policies exclude it already")
    });
    Answers::behind([fresh].into_iter().chain(own).chain(others))
}

fn protection(group: &Group) -> String {
    let members = counted(group.members.len(), "member", "members");
    let how =
        if group.role_assignable { "protected" } else { "not protected: group administrators change it" };
    format!("{members}; {how}")
}

fn subscriptions(facts: &Facts) -> Answers {
    let only = Answer::new("").called("The only one that takes writes");
    let known = facts.monitoring.get().into_iter().flat_map(Monitoring::usable);
    let known = known.map(|one| Answer::new(&one.id).called(&one.name).meaning(&one.id));
    Answers::behind([only].into_iter().chain(known))
}

fn workspaces(plan: &Plan, facts: &Facts) -> Answers {
    let mut list = Vec::new();
    let mut seen: Vec<&str> = Vec::new();
    if let Some(monitoring) = facts.monitoring.get() {
        for workspace in monitoring.workspace.iter().chain(&monitoring.workspaces) {
            if seen.iter().any(|id| id.eq_ignore_ascii_case(&workspace.id)) {
                continue;
            }
            seen.push(&workspace.id);
            list.push(existing(monitoring, workspace));
        }
    }
    let planned = &plan.alerts.workspace;
    let is_there = list.iter().any(|answer| answer.text.split(PARTS).nth(1) == Some(planned));
    let fresh = (!is_there).then(|| Answer::new(planned).called(format!("A new one named {planned}")));
    Answers::behind(list.into_iter().chain(fresh))
}

fn existing(monitoring: &Monitoring, workspace: &Workspace) -> Answer {
    let Workspace { id, name, region, .. } = workspace;
    let group = id.split('/').nth(4).unwrap_or_default();
    let logs = logs_to(monitoring, id);
    let answer = Answer::new(format!("{group}{PARTS}{name}{PARTS}{region}"));
    answer.called(format!("Adopt {name}")).meaning(format!("{region}, resource group {group}{logs}"))
}

/// Which diagnostic settings send logs there already, and what they lack; nothing where none does.
fn logs_to(monitoring: &Monitoring, workspace: &str) -> String {
    let settings = monitoring.settings.get().map(Vec::as_slice).unwrap_or_default();
    let there = settings.iter().filter(|setting| setting.sends_to(workspace));
    let names: Vec<String> = there.map(|setting| format!("\"{}\"", setting.name)).collect();
    match (names.as_slice(), lacking(settings, workspace).as_slice()) {
        ([], _) => String::new(),
        (names, []) => format!("; {} sends sign-in and audit logs there already", names.join(" and ")),
        (names, lacking) => {
            format!("; {} sends logs there already, and lacks {}", names.join(" and "), lacking.join(" and "))
        }
    }
}

fn resource_groups(plan: &Plan, facts: &Facts) -> Answers {
    let planned = &plan.alerts.resource_group;
    let known = facts.monitoring.get().map(|monitoring| monitoring.groups.as_slice()).unwrap_or_default();
    let is_there = known.iter().any(|(name, _)| name.eq_ignore_ascii_case(planned));
    let fresh = (!is_there).then(|| Answer::new(planned).called(format!("A new one named {planned}")));
    let known = known
        .iter()
        .map(|(name, region)| Answer::new(name).called(format!("Adopt {name}")).meaning(region.clone()));
    Answers::behind(fresh.into_iter().chain(known))
}

/// Where something of the tenant is already, and what the plan says.
fn regions(plan: &Plan, facts: &Facts) -> Answers {
    let mut regions = vec![plan.alerts.region.clone()];
    if let Some(monitoring) = facts.monitoring.get() {
        let workspaces = monitoring.workspace.iter().chain(&monitoring.workspaces);
        regions.extend(workspaces.map(|workspace| workspace.region.clone()));
        regions.extend(monitoring.groups.iter().map(|(_, region)| region.clone()));
    }
    regions.retain(|region| !region.is_empty());
    regions.sort();
    regions.dedup();
    Answers::behind(regions.into_iter().map(Answer::new))
}

/// Policies that could be enabled in the place of security defaults, each to be added or left out.
pub(super) fn policies(plan: &Plan, facts: &Facts) -> Answers {
    let chosen = &plan.security_defaults.enable;
    let is_off = |policy: &&Policy| policy.state != State::Enabled;
    let known = facts.policies.get().into_iter().flatten().filter(is_off);
    let list = known.map(|policy| {
        let name = policy.name.as_str();
        let is_in = chosen.iter().any(|own| own == name);
        let rest = chosen.iter().map(String::as_str).filter(|own| *own != name);
        let all: Vec<&str> = rest.chain((!is_in).then_some(name)).collect();
        let verb = if is_in { "Leave out" } else { "Enable" };
        Answer::new(all.join("; ")).called(format!("{verb} {name}")).meaning(match policy.state {
            State::ReportOnly => "only reports today",
            State::Enabled | State::Disabled => "off today",
        })
    });
    Answers { typed: Typed::Beside, ..Answers::behind(list) }
}

/// What the tenant has under the name that is answered to `field`; nothing where it names nothing, or nothing was read.
pub fn seen(plan: &Plan, facts: &Facts, field: Field) -> Option<String> {
    match field {
        Field::UserName(i) if plan.accounts.get(i)?.adopt.is_none() => {
            of(&facts.accounts, |_| account(plan, facts, i))
        }
        Field::Adopt(i) => {
            let name = plan.accounts.get(i)?.adopt.as_ref()?;
            of(&facts.accounts, |_| adopted(facts, i, name))
        }
        Field::GroupName => of(&facts.group, |groups| match &groups.found {
            Some(group) => format!("there already: {}", protection(group)),
            None => WILL_BE_MADE.to_owned(),
        }),
        Field::Group => {
            let id = plan.group.adopt.as_ref()?;
            of(&facts.group, |groups| match groups.found.as_ref().filter(|group| group.id == *id) {
                Some(group) => format!("found: {}, {}", group.name, protection(group)),
                None => NOT_THERE.to_owned(),
            })
        }
        Field::ResourceGroup => of(&facts.monitoring, |monitoring| {
            azure(monitoring, Hidden::ResourceGroup, monitoring.resource_group.then(String::new))
        }),
        Field::Workspace => of(&facts.monitoring, |monitoring| {
            let named = |one: &&Workspace| one.name.eq_ignore_ascii_case(&plan.alerts.workspace);
            let found = monitoring.workspace.as_ref().filter(named);
            azure(monitoring, Hidden::Workspace, found.map(|found| format!(", in {}", found.region)))
        }),
        Field::Region => {
            let monitoring = facts.monitoring.get()?;
            azure_names::unknown_region(&plan.alerts.region, &monitoring.regions)
                .map(|_| "Azure has no such region for this subscription".to_owned())
        }
        Field::ActionGroup => action_groups::seen(plan, facts),
        Field::Recipients => action_groups::recipients_seen(plan, facts),
        other => systems::seen(plan, other),
    }
}

/// Why the answer `text` to `field` is none in this tenant, where what there is was read: nothing can be made in a region that
/// Azure does not have.
pub fn refused(facts: &Facts, field: Field, text: &str) -> Option<String> {
    match field {
        Field::Region => azure_names::unknown_region(text, &facts.monitoring.get()?.regions),
        _ => None,
    }
}

fn account(plan: &Plan, facts: &Facts, index: usize) -> String {
    let slot = Slot::new(index);
    let planned = upn(facts, &plan.accounts[index].user_name);
    match facts.account(slot) {
        Some(account) if account.upn.eq_ignore_ascii_case(&planned) => {
            format!("there already, as \"{}\": it is used", account.display_name)
        }
        Some(account) => format!("made under another name: {}", account.upn),
        None if facts.accounts.get().is_some_and(|accounts| accounts.deleted_in(slot).is_some()) => {
            "not there, but a deleted account has this name".to_owned()
        }
        None => WILL_BE_MADE.to_owned(),
    }
}

fn adopted(facts: &Facts, index: usize, name: &str) -> String {
    match facts.account(Slot::new(index)).filter(|account| is_called(account, name)) {
        Some(account) => format!("found: {} ({})", account.upn, account.display_name),
        None => NOT_THERE.to_owned(),
    }
}

fn azure(monitoring: &Monitoring, what: Hidden, found: Option<String>) -> String {
    match found {
        Some(more) => format!("there already{more}"),
        None if monitoring.hidden.contains(&what) => UNREADABLE.to_owned(),
        None if monitoring.subscription.is_none() => NO_SUBSCRIPTION.to_owned(),
        None => WILL_BE_MADE.to_owned(),
    }
}
