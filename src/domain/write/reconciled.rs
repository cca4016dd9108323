//! A write that was begun and of which no answer stands in the record: its run was killed, or its machine lost power. Whether
//! it was made is looked up in the tenant.
//!
//! What leaves no trace that could be told from another's (a password, the end of sessions, a notification) is not known,
//! and is made anew where it is needed.

use crate::domain::check::case::Case;
use crate::domain::check::repair::digits;
use crate::domain::facts::policy::State;
use crate::domain::facts::{Account, Facts, MethodKind, MethodState, Monitoring, Registered};
use crate::domain::record::Found;
use crate::domain::slot::Slot;
use crate::domain::write::action::{ActionKey, ActionKind, PolicyMethod};

/// What the tenant says of a write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reconciled {
    /// Whether it was made.
    pub found: Found,
    /// The account it is about.
    pub slot: Option<Slot>,
    /// The object that it made, where it made one.
    pub id: Option<String>,
}

impl Reconciled {
    fn of(slot: Option<Slot>, found: Found) -> Self {
        Self { found, slot, id: None }
    }
}

/// What the tenant says of the write called `key`; nothing before what it is about was read.
pub fn reconciled(key: &ActionKey, case: &Case<'_>) -> Option<Reconciled> {
    let Some(kind) = key.kind() else { return Some(Reconciled::of(None, Found::NotKnown)) };
    let object = key.object_of(kind).unwrap_or_default();
    match kind {
        ActionKind::CreateUser => user(object, case),
        ActionKind::CreateGroup => group(object, case),
        _ => {
            let (slot, rest) = object.split_once(' ').unwrap_or((object, ""));
            let slot = Slot::named(slot);
            let about = About { kind, object: if slot.is_some() { rest } else { object } };
            let found = match slot {
                Some(slot) => of_account(&about, slot, case)?,
                None => of_tenant(&about, case)?,
            };
            Some(Reconciled::of(slot, found))
        }
    }
}

/// A kind of write, and what it is about beside an account.
struct About<'a> {
    kind: ActionKind,
    object: &'a str,
}

fn done(is_done: bool) -> Found {
    if is_done { Found::Done } else { Found::NotDone }
}

/// The account of that name is the one that was to be made when it is called as the plan calls it: nobody had the name when
/// it was begun.
fn user(upn: &str, case: &Case<'_>) -> Option<Reconciled> {
    let accounts = &case.facts.accounts.get()?.in_slots;
    let Some(there) = accounts.iter().find(|one| one.account.upn.eq_ignore_ascii_case(upn)) else {
        return Some(Reconciled::of(None, Found::NotDone));
    };
    let planned = case.plan.slots().find(|(slot, _)| *slot == there.slot);
    let is_ours = planned.is_some_and(|(_, planned)| planned.display_name == there.account.display_name);
    let found = if is_ours { Found::Done } else { Found::NotKnown };
    let id = is_ours.then(|| there.account.id.clone());
    Some(Reconciled { found, slot: Some(there.slot), id })
}

/// The group is the one that was to be made when it holds nobody but the accounts.
fn group(name: &str, case: &Case<'_>) -> Option<Reconciled> {
    let groups = case.facts.group.get()?;
    let Some(there) = groups.found.as_ref().filter(|group| group.name == name) else {
        return Some(Reconciled::of(None, Found::NotDone));
    };
    let accounts = case.facts.account_ids();
    let is_ours = there.members.iter().all(|(member, _)| accounts.contains(member));
    let found = if is_ours { Found::Done } else { Found::NotKnown };
    Some(Reconciled { found, slot: None, id: is_ours.then(|| there.id.clone()) })
}

fn of_account(about: &About<'_>, slot: Slot, case: &Case<'_>) -> Option<Found> {
    let facts = case.facts;
    facts.accounts.get()?;
    let Some(account) = facts.account(slot) else { return Some(Found::NotKnown) };
    let methods =
        || facts.methods.get().map(|all| all.iter().filter(move |one| one.slot == slot).collect::<Vec<_>>());
    let has = |kind: MethodKind| methods().map(|own| own.iter().any(|one| one.kind == kind));
    Some(match about.kind {
        ActionKind::RepairUser => repaired(account),
        ActionKind::RemoveLicense => done(!account.licenses.iter().any(|sku| sku == about.object)),
        ActionKind::AssignRole => done(is_assigned(facts, &account.id)?),
        ActionKind::IssuePass => done(has(MethodKind::TemporaryPass)?),
        ActionKind::DeletePass => done(!has(MethodKind::TemporaryPass)?),
        ActionKind::AddPhone => done(has(MethodKind::Phone)?),
        ActionKind::ReplacePhone => number(&methods()?, case, slot),
        ActionKind::DeletePhone | ActionKind::DeleteKey => {
            done(!methods()?.iter().any(|one| one.id == about.object))
        }
        ActionKind::AddMember => member(facts, &account.id)?,
        ActionKind::AddOwner => owner(facts, &account.id)?,
        ActionKind::LeaveUnit => done(!account.units.iter().any(|(unit, _)| unit == about.object)),
        ActionKind::EnterUnit => done(account.units.iter().any(|(unit, _)| unit == about.object)),
        _ => Found::NotKnown,
    })
}

/// Which of its properties were to be corrected stands in no key: where all of them are right, it was.
fn repaired(account: &Account) -> Found {
    let is_right = account.enabled && account.password_never_expires && account.filled.is_empty();
    if is_right { Found::Done } else { Found::NotKnown }
}

fn is_assigned(facts: &Facts, principal: &str) -> Option<bool> {
    let holdings = &facts.roles.get()?.holdings;
    Some(holdings.iter().any(|held| held.principal == principal && held.is_permanent()))
}

/// A plan from before the write has the old number: then it tells whether another one is there than when it was begun.
fn number(methods: &[&Registered], case: &Case<'_>, slot: Slot) -> Found {
    let planned = case.plan.slots().find(|(own, _)| *own == slot);
    let planned = planned.and_then(|(_, account)| account.phone.as_ref()).map(|phone| digits(&phone.number));
    let there = methods.iter().find(|one| one.kind == MethodKind::Phone).and_then(|one| one.number.as_ref());
    match planned.zip(there) {
        Some((planned, there)) => {
            let (there, before) = (digits(there), case.evidence.written.numbers_before.get(&slot));
            let is_planned = planned == there;
            match before.filter(|kept| !kept.is_empty()) {
                Some(kept) if !there.ends_with(kept.as_str()) => Found::Done,
                Some(_) if is_planned => Found::NotKnown,
                _ => done(is_planned),
            }
        }
        None => Found::NotKnown,
    }
}

fn member(facts: &Facts, id: &str) -> Option<Found> {
    let group = facts.group.get()?.found.as_ref();
    Some(group.map_or(Found::NotKnown, |group| done(group.members.iter().any(|(own, _)| own == id))))
}

fn owner(facts: &Facts, id: &str) -> Option<Found> {
    let group = facts.group.get()?.found.as_ref();
    Some(group.map_or(Found::NotKnown, |group| done(group.owners.iter().any(|(own, _)| own == id))))
}

fn of_tenant(about: &About<'_>, case: &Case<'_>) -> Option<Found> {
    let facts = case.facts;
    Some(match about.kind {
        ActionKind::OpenMethod => opened(about.object, facts)?,
        ActionKind::RemoveMember => other(member(facts, about.object)?),
        ActionKind::RemoveOwner => other(owner(facts, about.object)?),
        ActionKind::ExcludeGroup => excluded(about.object, case)?,
        ActionKind::EnablePolicy => policy(about.object, facts, |one| one.state == State::Enabled)?,
        ActionKind::DisableSecurityDefaults => done(!*facts.defaults.get()?),
        ActionKind::RegisterProvider
        | ActionKind::PutResourceGroup
        | ActionKind::PutWorkspace
        | ActionKind::PutDiagnosticSetting
        | ActionKind::PutActionGroup
        | ActionKind::PutRule => of_azure(about, case, facts.monitoring.get()?),
        _ => Found::NotKnown,
    })
}

/// What was to be there no more.
fn other(found: Found) -> Found {
    match found {
        Found::Done => Found::NotDone,
        Found::NotDone => Found::Done,
        Found::NotKnown => Found::NotKnown,
    }
}

fn opened(method: &str, facts: &Facts) -> Option<Found> {
    let policy = facts.method_policy.get()?;
    let group = facts.group.get()?.found.as_ref();
    let is_open = |state: &MethodState| {
        let reaches =
            |id: &String| id == crate::domain::facts::EVERYBODY || group.is_some_and(|group| group.id == *id);
        done(state.enabled && state.includes.iter().any(reaches))
    };
    let all = [
        (PolicyMethod::Fido2, &policy.fido2),
        (PolicyMethod::TemporaryPass, &policy.temporary_pass),
        (PolicyMethod::Sms, &policy.sms),
    ];
    let named = all.into_iter().find(|(one, _)| one.words() == method);
    Some(named.map_or(Found::NotKnown, |(_, state)| is_open(state)))
}

fn excluded(id: &str, case: &Case<'_>) -> Option<Found> {
    let found = case.facts.group.get()?.found.as_ref().map(|group| group.id.as_str());
    let Some(group) = found.or(case.evidence.group.as_deref()) else { return Some(Found::NotKnown) };
    policy(id, case.facts, |one| one.excludes_group(group))
}

fn policy(
    id: &str,
    facts: &Facts,
    is_done: impl Fn(&crate::domain::facts::policy::Policy) -> bool,
) -> Option<Found> {
    let there = facts.policies.get()?.iter().find(|policy| policy.id == id);
    Some(there.map_or(Found::NotKnown, |policy| done(is_done(policy))))
}

fn of_azure(about: &About<'_>, case: &Case<'_>, there: &Monitoring) -> Found {
    match about.kind {
        ActionKind::RegisterProvider => done(!there.unregistered.iter().any(|name| name == about.object)),
        ActionKind::PutResourceGroup => done(there.resource_group),
        ActionKind::PutWorkspace => {
            done(there.workspace.as_ref().is_some_and(|workspace| workspace.name == about.object))
        }
        ActionKind::PutDiagnosticSetting => there.settings.get().map_or(Found::NotKnown, |settings| {
            let planned = there.workspace.as_ref().map(|workspace| workspace.id.as_str());
            let leads = |to: &str| planned.is_some_and(|planned| planned.eq_ignore_ascii_case(to));
            done(settings.iter().any(|one| one.workspace.as_deref().is_some_and(leads)))
        }),
        ActionKind::PutActionGroup => {
            let group = there.action_group.as_ref();
            let has = |mail: &str| {
                group.is_some_and(|group| {
                    group.recipients.iter().any(|(own, _)| own.eq_ignore_ascii_case(mail))
                })
            };
            done(group.is_some() && case.plan.alerts.recipients.iter().all(|one| has(&one.email)))
        }
        ActionKind::PutRule => done(there.rules.iter().any(|rule| rule.name == about.object)),
        _ => Found::NotKnown,
    }
}
