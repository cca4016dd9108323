//! The account itself, in whatever slots it is looked at: created or adopted, and put right where it is not as it should be.
//!
//! It creates no second account under a name that is taken, and touches nothing of a synchronized one.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::{Account, Accounts, Reading};
use crate::domain::slot::Slot;
use crate::domain::text::counted;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, RecycleBin, Repair};
use crate::steps::shared::look::{Look, Seen, account, fail, listed, needs_person, pass, read, report, same};

/// What is true of the accounts in `slots`.
pub(in crate::steps) fn checks_for(case: &Case<'_>, slots: &[Slot]) -> Vec<Finding> {
    slots.iter().flat_map(|slot| account_checks(case, *slot)).collect()
}

fn account_checks(case: &Case<'_>, slot: Slot) -> Vec<Finding> {
    let found = || account(case, slot);
    let looks = [
        (CheckId::AccountExists, exists(case, slot)),
        (CheckId::AccountEnabled, found().map(enabled)),
        (CheckId::AccountMember, found().map(member)),
        (CheckId::AccountCloudOnly, found().map(cloud_only)),
        (CheckId::AccountInitialDomain, found().and_then(|a| on_initial_domain(case, a))),
        (CheckId::AccountNoLicense, found().map(|a| no_license(case, slot, a))),
        (CheckId::AccountEmptyProperties, found().map(empty_properties)),
        (CheckId::AccountPasswordNeverExpires, found().map(never_expires)),
    ];
    let unit = unit(case, slot).map(|seen| (CheckId::AccountUnit, Ok(seen)));
    looks.into_iter().chain(unit).map(|(check, look)| report(check, look).of(slot)).collect()
}

/// Spoken of only where an account is, or was, in a restricted management unit.
fn unit(case: &Case<'_>, slot: Slot) -> Option<Seen> {
    let account = case.facts.account(slot)?;
    let names: Vec<&str> = account.units.iter().map(|(_, name)| name.as_str()).collect();
    match (account.restricted, names.is_empty()) {
        (true, false) => {
            Some(pass(format!("in {}: it leaves it for each change and is put back", listed(&names))))
        }
        (true, true) => Some(
            needs_person("in a restricted unit that you cannot see: have it taken out first")
                .because(Cause::Hidden),
        ),
        (false, _) if left(case, slot).is_empty() => None,
        (false, _) => Some(fail("it was taken out for a change and not put back")),
    }
}

/// Units that an account has left for a change, and was not put back into.
fn left(case: &Case<'_>, slot: Slot) -> Vec<String> {
    case.evidence.outside.iter().filter(|(own, _)| *own == slot).map(|(_, unit)| unit.clone()).collect()
}

/// What was left in the middle of a change, by a program that ended there, is entered again.
fn returns(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<Action> {
    let outside = if account.restricted { Vec::new() } else { left(case, slot) };
    let enter = |unit: String| {
        let (id, name) = (account.id.clone(), unit.clone());
        Action::EnterUnit { slot, id, unit, name }
    };
    outside.into_iter().map(enter).collect()
}

fn exists(case: &Case<'_>, slot: Slot) -> Look<Seen> {
    let accounts = read(&case.facts.accounts)?;
    if let Some(found) = case.facts.account(slot) {
        return Ok(pass(found.upn.clone()));
    }
    if accounts.deleted_in(slot).is_some() {
        return Ok(fail("a deleted account has this name: restore it, or choose another name").told());
    }
    if let Some(adopt) = case.plan.account(slot).and_then(|planned| planned.adopt.as_ref()) {
        return Ok(fail(format!("the account to adopt was not found: {adopt}")).because(Cause::NotFound));
    }
    let organization = read(&case.facts.organization)?;
    Ok(if organization.initial_is_managed {
        missing(case, slot, bin(accounts))
    } else {
        needs_person(format!("sign-in of {} is not managed by Entra", organization.initial_domain))
            .because(Cause::NotAccepted)
    })
}

/// A second account of one that was deleted is made only where somebody has decided so.
fn missing(case: &Case<'_>, slot: Slot, bin: RecycleBin) -> Seen {
    match bin {
        RecycleBin::Read => fail("not there yet"),
        RecycleBin::Unread if case.accepts(&CheckId::AccountExists.of(slot)) => fail(
            "not there yet; whether one of its name was deleted cannot be seen, and the plan accepts that",
        ),
        RecycleBin::Unread => needs_person(
            "not there yet; whether one of its name was deleted could not be read with your rights: have somebody look \
             (Entra ID > Users > Deleted users), then create it here or accept account.exists in the plan",
        )
        .told(),
    }
}

/// Whether the recycle bin could be looked into.
fn bin(accounts: &Accounts) -> RecycleBin {
    match accounts.deleted {
        Reading::Unreadable(_) => RecycleBin::Unread,
        Reading::NotYet | Reading::Read(_) | Reading::NotConnected => RecycleBin::Read,
    }
}

fn enabled(account: &Account) -> Seen {
    if account.enabled { pass("enabled") } else { fail("disabled") }
}

fn member(account: &Account) -> Seen {
    if account.member { pass("a member") } else { fail("a guest") }
}

fn cloud_only(account: &Account) -> Seen {
    if account.cloud_only { pass("cloud-only") } else { fail("synchronized from another directory") }
}

fn on_initial_domain(case: &Case<'_>, account: &Account) -> Look<Seen> {
    let organization = read(&case.facts.organization)?;
    let domain = account.upn.rsplit('@').next().unwrap_or_default();
    Ok(if !same(domain, &organization.initial_domain) {
        fail(format!("on {domain}, not on {}", organization.initial_domain))
    } else if organization.initial_is_managed {
        pass(format!("on {domain}"))
    } else {
        fail(format!("on {domain}, whose sign-in is not managed by Entra"))
    })
}

fn no_license(case: &Case<'_>, slot: Slot, account: &Account) -> Seen {
    let refusals: Vec<String> = removals(slot, account)
        .filter_map(|removal| case.evidence.refused.get(&removal.key()))
        .map(Trouble::reason)
        .collect();
    match (account.licenses.len(), refusals.first()) {
        (0, _) => pass("no license"),
        (_, Some(why)) => needs_person(format!("a license could not be removed: {why}")),
        (held, None) => fail(counted(held, "license", "licenses")),
    }
}

fn empty_properties(account: &Account) -> Seen {
    if account.filled.is_empty() {
        pass("empty")
    } else {
        fail(format!("filled: {}", listed(&account.filled)))
    }
}

fn never_expires(account: &Account) -> Seen {
    match (account.password_never_expires, account.change_forced) {
        (_, Some(true)) => fail(
            "a new password is demanded at the next sign-in, so the one on paper would not do; make a new slip",
        )
        .told(),
        (false, _) => fail("the password expires"),
        (true, Some(false)) => pass("never expires"),
        (true, None) => pass(
            "never expires; whether a new one is demanded at the next sign-in cannot be seen here, the sign-in test \
             shows it",
        ),
    }
}

/// What can be written for the accounts in `slots` now.
pub(in crate::steps) fn actions_for(case: &Case<'_>, slots: &[Slot]) -> Vec<Action> {
    slots.iter().flat_map(|slot| account_actions(case, *slot)).collect()
}

fn account_actions(case: &Case<'_>, slot: Slot) -> Vec<Action> {
    match case.facts.account(slot) {
        Some(found) => corrections(case, slot, found),
        None => creation(case, slot).into_iter().collect(),
    }
}

/// What stops the accounts in `slots` from being made here: one was deleted under its name, and may come back.
pub(in crate::steps) fn trouble_for(case: &Case<'_>, slots: &[Slot]) -> Option<Trouble> {
    let accounts = case.facts.accounts.get()?;
    let is_missing = |slot: &&Slot| case.facts.account(**slot).is_none();
    let (slot, id) =
        slots.iter().filter(is_missing).find_map(|slot| Some((slot, accounts.deleted_in(*slot)?)))?;
    Some(Trouble::new(
        format!("The {slot} account was deleted: {}.", case.upn(*slot)),
        format!(
            "It lies among the deleted users for 30 days (object id {id}). A second account under its name would stand \
             beside it after a restore, so none is made."
        ),
        "Find out who deleted it. Then restore it (Entra ID > Users > Deleted users) and check again, or choose another \
         user name in the plan.",
    ))
}

/// A name in the recycle bin is no free name: making a second account of it would leave two after a restore.
fn creation(case: &Case<'_>, slot: Slot) -> Option<Action> {
    let accounts = case.facts.accounts.get()?;
    let organization = case.facts.organization.get()?;
    let planned = case.plan.account(slot).filter(|planned| planned.adopt.is_none())?;
    let deleted = accounts.deleted_in(slot).is_some();
    (organization.initial_is_managed && !deleted).then(|| Action::CreateUser {
        slot,
        upn: format!("{}@{}", planned.user_name, organization.initial_domain),
        display_name: planned.display_name.clone(),
        bin: bin(accounts),
    })
}

/// A synchronized account is changed where it is kept; one in a restricted unit has to leave it first (contract 12), so
/// one whose unit cannot be seen is for a person.
fn corrections(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<Action> {
    if !account.cloud_only || (account.restricted && account.units.is_empty()) {
        return Vec::new();
    }
    let repairs = repairs(account);
    let repair = (!repairs.is_empty()).then(|| Action::RepairUser { slot, id: account.id.clone(), repairs });
    // A license inherited from a group is refused for good (contract 15.1): it stays a task for a person.
    let removals = removals(slot, account).filter(|a| !case.evidence.refused.contains_key(&a.key()));
    repair.into_iter().chain(removals).chain(returns(case, slot, account)).collect()
}

fn repairs(account: &Account) -> Vec<Repair> {
    let enable = (!account.enabled).then_some(Repair::Enable);
    let never_expire = (!account.password_never_expires).then_some(Repair::NeverExpire);
    let clear = account.filled.iter().cloned().map(Repair::Clear);
    enable.into_iter().chain(never_expire).chain(clear).collect()
}

fn removals(slot: Slot, account: &Account) -> impl Iterator<Item = Action> {
    let sku = move |sku: &String| Action::RemoveLicense { slot, id: account.id.clone(), sku: sku.clone() };
    account.licenses.iter().map(sku)
}
