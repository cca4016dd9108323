//! The emergency access accounts: those of the plan, those that look like some, and deleted ones (contract 2, 15.1).

use std::collections::BTreeSet;

use serde_json::Value;

use crate::domain::facts::query::Sought;
use crate::domain::facts::{Account, Accounts, InSlot, Reading};
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::tenant::fault::Fault;
use crate::tenant::wire::User;

use super::{Reader, directory, escaped, roles, units};

/// Properties with a meaning of their own.
const KNOWN: &str = "id,userPrincipalName,displayName,mailNickname,accountEnabled,userType,onPremisesSyncEnabled,\
                     assignedLicenses,passwordPolicies,lastPasswordChangeDateTime,signInSessionsValidFromDateTime,\
                     isManagementRestricted";
/// Properties that an emergency access account leaves empty.
const OTHERS: [&str; 10] = [
    "givenName",
    "surname",
    "department",
    "jobTitle",
    "companyName",
    "officeLocation",
    "usageLocation",
    "mobilePhone",
    "businessPhones",
    "otherMails",
];
/// How many candidates are looked at: a tenant with more Global Administrators has another problem first.
const MOST_CANDIDATES: usize = 20;

/// The accounts that matter.
pub(super) async fn accounts(reader: &Reader<'_>) -> Result<Accounts, Fault> {
    let domain = initial_domain(reader).await?;
    let mut in_slots = Vec::new();
    for sought in &reader.query.accounts {
        if let Some(user) = find(reader, sought, &domain).await? {
            let mut account = account(user);
            account.change_forced = change_forced(reader, &account.id).await;
            if account.restricted {
                account.units = units::restricting(reader, &account.id).await;
            }
            in_slots.push(InSlot { slot: sought.slot, account });
        }
    }
    let candidates = candidates(reader, &domain, &in_slots).await;
    let deleted = match deleted(reader, &domain, &in_slots).await {
        // Not everybody may look into the recycle bin: that hides nothing of the accounts themselves.
        Err(fault) if fault.status == 403 => {
            Reading::Unreadable(fault.during("Could not look for deleted accounts."))
        }
        other => Reading::Read(other?),
    };
    let taken: Vec<&Account> = in_slots.iter().map(|one| &one.account).chain(&candidates).collect();
    let eligible = eligible(reader, &domain, &taken).await;
    Ok(Accounts { in_slots, candidates, eligible, deleted })
}

async fn initial_domain(reader: &Reader<'_>) -> Result<String, Fault> {
    match reader.known.organization.get() {
        Some(known) => Ok(known.initial_domain.clone()),
        None => Ok(directory::organization(reader).await?.initial_domain),
    }
}

/// Adopted, else remembered, else under the planned name.
async fn find(reader: &Reader<'_>, sought: &Sought, domain: &str) -> Result<Option<User>, Fault> {
    let planned = format!("{}@{domain}", sought.user_name);
    if let Some(adopted) = &sought.adopt {
        return user(reader, adopted).await;
    }
    if let Some(remembered) = &sought.id {
        let found = user(reader, remembered).await?;
        if found.is_some() {
            return Ok(found);
        }
    }
    user(reader, &planned).await
}

async fn user(reader: &Reader<'_>, key: &str) -> Result<Option<User>, Fault> {
    let path = format!("/users/{}?$select={KNOWN},{}", escaped(key), OTHERS.join(","));
    match reader.session.graph(&path).await {
        Ok(user) => Ok(Some(user)),
        Err(fault) if fault.is_absent() => Ok(None),
        Err(fault) => Err(fault),
    }
}

fn account(user: User) -> Account {
    let filled = OTHERS.iter().filter(|name| user.rest.get(**name).is_some_and(is_filled));
    Account {
        filled: filled.map(|name| (*name).to_owned()).collect(),
        upn: clean(&user.user_principal_name),
        display_name: clean(&user.display_name),
        enabled: user.account_enabled,
        // Accounts made years ago have no type: they are members (contract 2).
        member: user.user_type.is_empty() || user.user_type.eq_ignore_ascii_case("Member"),
        cloud_only: !user.on_premises_sync_enabled,
        licenses: user.assigned_licenses.into_iter().map(|license| license.sku_id).collect(),
        password_never_expires: user.password_policies.contains("DisablePasswordExpiration"),
        change_forced: None,
        password_changed: user.last_password_change_date_time,
        sessions_valid_from: user.sign_in_sessions_valid_from_date_time,
        restricted: user.is_management_restricted,
        units: Vec::new(),
        id: user.id,
    }
}

/// Whether a new password is demanded at the next sign-in. Whether Graph shows that at all is UNVERIFIED, so it is asked
/// apart from everything else, and anything but a plain yes or no is not known.
async fn change_forced(reader: &Reader<'_>, id: &str) -> Option<bool> {
    let path = format!("/users/{}?$select=id,passwordProfile", escaped(id));
    let user: Value = reader.session.graph(&path).await.ok()?;
    let forced = |name: &str| user["passwordProfile"][name].as_bool();
    match (forced("forceChangePasswordNextSignIn"), forced("forceChangePasswordNextSignInWithMfa")) {
        (Some(true), _) | (_, Some(true)) => Some(true),
        (Some(false), _) => Some(false),
        (None, _) => None,
    }
}

fn is_filled(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Bool(_) | Value::Number(_) | Value::Object(_) => true,
    }
}

/// Cloud-only Global Administrators of the initial domain that fill no slot and are not the operator.
///
/// Offered for adoption only, so a refusal here hides the offer and nothing else.
async fn candidates(reader: &Reader<'_>, domain: &str, taken: &[InSlot]) -> Vec<Account> {
    let assignments = roles::assignments(reader.session).await.unwrap_or_default();
    let holders: BTreeSet<String> = assignments
        .into_iter()
        .filter_map(|assignment| assignment.principal)
        .filter(|principal| principal.is("user") && ends_with(&principal.user_principal_name, domain))
        .map(|principal| principal.id)
        .collect();
    let taken: Vec<&Account> = taken.iter().map(|one| &one.account).collect();
    looked_up(reader, &holders, &taken).await
}

/// Those who may only activate the role, where neither plan nor record says which accounts are meant: one of them may be an
/// emergency access account that somebody made eligible.
async fn eligible(reader: &Reader<'_>, domain: &str, taken: &[&Account]) -> Vec<Account> {
    let is_known = reader.query.accounts.iter().any(|sought| sought.id.is_some() || sought.adopt.is_some());
    if is_known || !reader.known.has_p2() {
        return Vec::new();
    }
    let holders = roles::eligible(reader.session).await.unwrap_or_default();
    let mut found = looked_up(reader, &holders, taken).await;
    found.retain(|account| ends_with(&account.upn, domain));
    found
}

/// Users with these ids that live in the cloud alone, are not the operator and not among those who are `taken`.
async fn looked_up(reader: &Reader<'_>, ids: &BTreeSet<String>, taken: &[&Account]) -> Vec<Account> {
    let operator = reader.known.operator.get().map(|operator| operator.id.as_str());
    let free = |id: &&String| Some(id.as_str()) != operator && !taken.iter().any(|one| one.id == **id);
    let mut found = Vec::new();
    for id in ids.iter().filter(free).take(MOST_CANDIDATES) {
        if let Ok(Some(user)) = user(reader, id).await {
            found.push(account(user));
        }
    }
    found.retain(|candidate| candidate.cloud_only);
    found
}

fn ends_with(upn: &str, domain: &str) -> bool {
    upn.rsplit('@').next().is_some_and(|own| own.eq_ignore_ascii_case(domain))
}

/// Soft-deleted accounts under a planned name whose slot is empty. A deleted account's name has its id in front
/// (contract 15.1, unverified), hence the two ways to match.
async fn deleted(reader: &Reader<'_>, domain: &str, taken: &[InSlot]) -> Result<Vec<(Slot, String)>, Fault> {
    let empty = |sought: &&Sought| !taken.iter().any(|t| t.slot == sought.slot);
    let missing: Vec<&Sought> = reader.query.accounts.iter().filter(empty).collect();
    if missing.is_empty() {
        return Ok(Vec::new());
    }
    let path =
        "/directory/deletedItems/microsoft.graph.user?$select=id,displayName,userPrincipalName,mailNickname";
    let users: Vec<User> = reader.session.graph_list(path).await?;
    let mut found = Vec::new();
    for sought in missing {
        let planned = format!("{}@{domain}", sought.user_name).to_lowercase();
        let same = |user: &&User| {
            user.mail_nickname.eq_ignore_ascii_case(&sought.user_name)
                || user.user_principal_name.to_lowercase().ends_with(&planned)
        };
        found.extend(users.iter().filter(same).map(|user| (sought.slot, user.id.clone())));
    }
    Ok(found)
}
