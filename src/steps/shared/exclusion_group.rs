//! The exclusion group: made, adopted or filled, for step 5 and wherever a method policy needs a target.
//!
//! An ordinary group is never reused by itself: whoever may change its members can exempt anyone from every policy.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::{Group, Reading};
use crate::domain::text::counted;
use crate::domain::write::action::{Action, Protection};
use crate::steps::shared::look::{
    Look, Seen, fail, listed, needs_person, pass, read, report, unknown, vouched,
};

/// The check that a person may vouch for when an ordinary group was adopted on purpose.
pub(in crate::steps) const PROTECTED: CheckId = CheckId::GroupRoleAssignable;

/// Whether Conditional Access is there to be used; `None` while that is not known.
pub(in crate::steps) fn licensed(case: &Case<'_>) -> Option<bool> {
    match &case.facts.licenses {
        Reading::Read(licenses) => Some(licenses.p1 || licenses.p2),
        Reading::NotYet | Reading::NotConnected => None,
        // Where the licenses cannot be read, policies that can be read speak for themselves.
        Reading::Unreadable(_) => case.facts.policies.get().map(|_| true),
    }
}

/// Whether it is known that nothing is licensed: no Conditional Access, no log that a program may read or send.
pub fn is_unlicensed(case: &Case<'_>) -> bool {
    licensed(case) == Some(false)
}

/// The group, when it is one that may be used.
pub(in crate::steps) fn usable<'a>(case: &Case<'a>) -> Option<&'a Group> {
    let found = case.facts.group.get()?.found.as_ref()?;
    let fit = found.role_assignable || is_ours(case, found) || licensed(case) == Some(false);
    (fit && !found.dynamic).then_some(found)
}

/// Made here, or adopted by the plan: only then is somebody taken out of it.
pub(in crate::steps) fn is_ours(case: &Case<'_>, group: &Group) -> bool {
    is_adopted(case, group) || case.evidence.group.as_ref() == Some(&group.id)
}

fn is_adopted(case: &Case<'_>, group: &Group) -> bool {
    case.plan.group.adopt.as_ref() == Some(&group.id)
}

/// What is true of the group.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    let found = || found(case);
    vec![
        report(CheckId::GroupExists, exists(case)),
        report(PROTECTED, found().map(|group| protected(case, group))),
        report(CheckId::GroupMembers, found().and_then(|group| members(case, group))),
        report(CheckId::GroupOwners, found().map(|group| owners(case, group))),
    ]
}

fn found<'a>(case: &Case<'a>) -> Look<&'a Group> {
    let groups = read(&case.facts.group)?;
    groups.found.as_ref().ok_or_else(|| unknown("there is no group yet").because(Cause::Follows))
}

fn exists(case: &Case<'_>) -> Look<Seen> {
    let groups = read(&case.facts.group)?;
    let Some(found) = &groups.found else { return Ok(missing(case, &groups.others)) };
    Ok(match usable(case) {
        Some(_) => pass(found.name.clone()),
        None if found.dynamic => {
            fail(format!("\"{}\" has computed members: rename or adopt another", found.name)).told()
        }
        None => fail(format!(
            "\"{}\" is an ordinary group of that name: rename it, or name its id in the plan to adopt it",
            found.name
        ))
        .told(),
    })
}

fn missing(case: &Case<'_>, others: &[(String, String)]) -> Seen {
    if let Some(adopt) = &case.plan.group.adopt {
        return fail(format!("the group to adopt was not found: {adopt}")).because(Cause::NotFound);
    }
    let names: Vec<&str> = others.iter().map(|(_, name)| name.as_str()).collect();
    match names.len() {
        0 => fail("not there yet"),
        _ => fail(format!(
            "not there yet; {} stays as it is, a protected one is made beside it",
            listed(&names)
        )),
    }
}

fn protected(case: &Case<'_>, group: &Group) -> Seen {
    if group.role_assignable {
        return pass("role-assignable: only role administrators change it");
    }
    if is_adopted(case, group) {
        let by_hand = || {
            needs_person("adopted although it is ordinary: group administrators can change it")
                .because(Cause::NotVouched)
        };
        return vouched(case, &PROTECTED.whole()).unwrap_or_else(by_hand);
    }
    fail("an ordinary group: any group administrator can add people and exempt them from every policy")
}

fn members(case: &Case<'_>, group: &Group) -> Look<Seen> {
    let accounts = read(&case.facts.accounts)?;
    if group.dynamic {
        return Ok(fail("its members are computed by a rule").because(Cause::Follows));
    }
    let strangers: Vec<&str> = strangers(case, group).map(|(_, name)| name.as_str()).collect();
    let lacking = accounts.in_slots.iter().filter(|a| !holds(group, &a.account.id));
    let lacking: Vec<&str> = lacking.map(|a| a.slot.name()).collect();
    let missing = || format!("missing: the {} account", listed(&lacking));
    Ok(if !strangers.is_empty() {
        let also = if lacking.is_empty() { String::new() } else { format!("; {}", missing()) };
        fail(format!("not an emergency access account: {}{also}{}", listed(&strangers), foreign(case, group)))
    } else if !lacking.is_empty() {
        fail(missing())
    } else if accounts.in_slots.is_empty() {
        unknown("there are no accounts yet").because(Cause::Follows)
    } else {
        pass(format!("exactly {}", counted(group.members.len(), "account", "accounts")))
    })
}

/// Why nothing is offered about a group that somebody else made.
fn foreign(case: &Case<'_>, group: &Group) -> String {
    if is_ours(case, group) {
        return String::new();
    }
    format!(
        "; nothing is taken out of a group that was not made here, and {} as long as they are in it: adopt it in the plan \
         (group.adopt = \"{}\"), or name another group there",
        none_further(case, group),
        group.id
    )
}

/// That no policy is changed to exclude it; those that somebody else has changed exclude it all the same.
fn none_further(case: &Case<'_>, group: &Group) -> String {
    let policies = case.facts.policies.get().into_iter().flatten();
    match policies.filter(|policy| policy.excludes_group(&group.id)).count() {
        0 => "no policy is made to exclude it".to_owned(),
        1 => "1 policy excludes it already and no further one is made to".to_owned(),
        several => format!("{several} policies exclude it already and no further one is made to"),
    }
}

fn owners(case: &Case<'_>, group: &Group) -> Seen {
    let accounts = case.facts.account_ids();
    let others = group.owners.iter().filter(|(id, _)| !accounts.contains(id));
    let others: Vec<&str> = others.map(|(_, name)| name.as_str()).collect();
    match (others.is_empty(), is_ours(case, group)) {
        (true, _) => pass("no owner who could change it"),
        (false, true) => fail(format!("can change it: {}", listed(&others))),
        (false, false) => fail(format!(
            "can change it: {}; nobody's ownership is taken in a group that was not made here: adopt it in the plan \
             (group.adopt = \"{}\"), or name another group there",
            listed(&others),
            group.id
        )),
    }
}

fn strangers<'a>(case: &Case<'_>, group: &'a Group) -> impl Iterator<Item = &'a (String, String)> {
    let accounts = case.facts.account_ids();
    group.members.iter().filter(move |(id, _)| !accounts.contains(id))
}

/// Whether `group` has the member `id`.
pub(in crate::steps) fn holds(group: &Group, id: &str) -> bool {
    group.members.iter().any(|(member, _)| member == id)
}

/// The group's creation, when it is missing, nothing is to be adopted, and an account can be put into it.
pub(in crate::steps) fn creation(case: &Case<'_>) -> Option<Action> {
    let groups = case.facts.group.get()?;
    let accounts = case.facts.accounts.get()?;
    let needed = groups.found.is_none() && case.plan.group.adopt.is_none() && !accounts.in_slots.is_empty();
    let protection = if licensed(case)? { Protection::RoleAssignable } else { Protection::Ordinary };
    needed.then(|| Action::CreateGroup {
        name: case.plan.group.name.clone(),
        description: case.plan.group.description.clone(),
        protection,
        members: accounts.in_slots.iter().map(|a| (a.slot, a.account.id.clone())).collect(),
    })
}

/// Members to add and strangers to remove.
pub(in crate::steps) fn membership(case: &Case<'_>) -> Vec<Action> {
    let mut actions = additions(case);
    actions.extend(removals(case));
    actions
}

/// The accounts that the group lacks.
pub(in crate::steps) fn additions(case: &Case<'_>) -> Vec<Action> {
    let (Some(group), Some(accounts)) = (usable(case), case.facts.accounts.get()) else { return Vec::new() };
    let lacking = accounts.in_slots.iter().filter(|a| !holds(group, &a.account.id));
    lacking
        .map(|a| Action::AddMember { group: group.id.clone(), slot: a.slot, id: a.account.id.clone() })
        .collect()
}

/// Strangers leave only a group that is ours, and only when it is known who is none.
fn removals(case: &Case<'_>) -> Vec<Action> {
    let Some(group) = usable(case).filter(|group| is_ours(case, group)) else { return Vec::new() };
    if case.facts.accounts.get().is_none() {
        return Vec::new();
    }
    strangers(case, group)
        .map(|(id, name)| Action::RemoveMember {
            group: group.id.clone(),
            id: id.clone(),
            name: name.clone(),
        })
        .collect()
}

/// Owners who are no emergency access account lose their ownership, in a group that is ours. Entra keeps the last owner
/// (contract 15.4), so an account becomes one first; a Global Administrator gains nothing by it.
pub(in crate::steps) fn ownership(case: &Case<'_>) -> Vec<Action> {
    let Some(group) = usable(case).filter(|group| is_ours(case, group)) else { return Vec::new() };
    let Some(accounts) = case.facts.accounts.get() else { return Vec::new() };
    let is_account = |id: &str| accounts.in_slots.iter().any(|a| a.account.id == id);
    let others: Vec<&(String, String)> = group.owners.iter().filter(|(id, _)| !is_account(id)).collect();
    let needs_one = !others.is_empty() && others.len() == group.owners.len();
    let keeper = accounts.in_slots.iter().find(|_| needs_one).map(|a| Action::AddOwner {
        group: group.id.clone(),
        slot: a.slot,
        id: a.account.id.clone(),
    });
    let remove = |(id, name): &(String, String)| Action::RemoveOwner {
        group: group.id.clone(),
        id: id.clone(),
        name: name.clone(),
    };
    let may_remove = !needs_one || keeper.is_some();
    let removals = others.into_iter().filter(|_| may_remove).map(remove);
    keeper.into_iter().chain(removals.collect::<Vec<_>>()).collect()
}

/// Whether excluding the group from a policy exempts nobody who must not be: no stranger stays in it.
pub(in crate::steps) fn is_safe_to_exclude(case: &Case<'_>, group: &Group) -> bool {
    is_ours(case, group) || strangers(case, group).next().is_none()
}
