//! Seeds: short descriptions of tenants in TOML, grown into a whole [`State`].
//!
//! A seed may build on another (`base`): tables merge, lists are replaced. Ids follow from names, so the same seed is
//! the same tenant every time.

use serde::Deserialize;

use super::description::Seed;
use super::names::Names;
use super::{alerts, azure, defaults, methods, organization, people, policies};
use crate::rehearsal::error::RehearsalError;
use crate::rehearsal::identity::hashing::new_key;
use crate::rehearsal::state::lags::Lags;
use crate::rehearsal::state::model::{Group, State, User};
use crate::rehearsal::state::time::DAY;
use crate::rehearsal::state::troubles::Troubles;

/// All seeds, the default first.
pub const NAMES: &[&str] = &["fresh", "p1", "free", "busy", "existing", "drifted", "locked-out", "strict"];

const FILES: &[(&str, &str)] = &[
    ("fresh", include_str!("../../../../assets/tenants/fresh.toml")),
    ("p1", include_str!("../../../../assets/tenants/p1.toml")),
    ("free", include_str!("../../../../assets/tenants/free.toml")),
    ("busy", include_str!("../../../../assets/tenants/busy.toml")),
    ("existing", include_str!("../../../../assets/tenants/existing.toml")),
    ("drifted", include_str!("../../../../assets/tenants/drifted.toml")),
    ("locked-out", include_str!("../../../../assets/tenants/locked-out.toml")),
    ("strict", include_str!("../../../../assets/tenants/strict.toml")),
];

/// Grows a seed into a tenant; what has drifted in it is still to be made.
pub fn tenant(name: &str, now: i64) -> Result<State, RehearsalError> {
    grown(name, &described(name)?, now).map_err(|reason| broken(name, reason))
}

/// What has drifted in a seed, by name.
pub fn drifts(name: &str) -> Result<Vec<String>, RehearsalError> {
    described(name).map(|seed| seed.drifts)
}

/// A seed that cannot be grown, and why.
pub fn broken(name: &str, reason: String) -> RehearsalError {
    RehearsalError::BrokenSeed { seed: name.to_owned(), reason }
}

fn described(name: &str) -> Result<Seed, RehearsalError> {
    Seed::deserialize(merged(name)?).map_err(|error| broken(name, error.to_string()))
}

/// The emergency access accounts of a seed by the names they sign in with; none where there is no such seed.
pub fn emergency_accounts(name: &str) -> Vec<String> {
    let Ok(Ok(seed)) = merged(name).map(Seed::deserialize) else { return Vec::new() };
    let domain = &seed.tenant.default_domain;
    let whole = |upn: &String| if upn.contains('@') { upn.clone() } else { format!("{upn}@{domain}") };
    seed.everyone().filter(|person| person.emergency).map(|person| whole(&person.upn)).collect()
}

fn merged(name: &str) -> Result<toml::Table, RehearsalError> {
    let file = FILES.iter().find(|(known, _)| *known == name);
    let (_, text) = file.ok_or_else(|| RehearsalError::UnknownSeed(name.to_owned()))?;
    let table: toml::Table = toml::from_str(text).map_err(|error| broken(name, error.to_string()))?;
    let Some(base) = table.get("base").and_then(toml::Value::as_str).filter(|base| *base != name) else {
        return Ok(table);
    };
    let mut whole = merged(base)?;
    overlay(&mut whole, table);
    Ok(whole)
}

fn overlay(whole: &mut toml::Table, above: toml::Table) {
    for (name, value) in above {
        match (whole.get_mut(&name), value) {
            (Some(toml::Value::Table(below)), toml::Value::Table(above)) => overlay(below, above),
            (_, value) => {
                whole.insert(name, value);
            }
        }
    }
}

fn grown(name: &str, seed: &Seed, now: i64) -> Result<State, String> {
    let users: Vec<User> = seed.everyone().map(|person| people::user(seed, person, now)).collect();
    let groups: Vec<Group> = seed.groups.iter().map(|group| people::group(seed, group, now)).collect();
    let strengths = defaults::strengths(now);
    let domain = &seed.tenant.default_domain;
    let names = Names { users: &users, groups: &groups, strengths: &strengths, domain, now };
    let policies = policies::grown(seed, &names)?;
    let operator = names.user(&seed.tenant.operator).ok_or("the operator is nobody of this tenant")?;
    let since = now - 30 * DAY;
    Ok(State {
        seed: name.to_owned(),
        signing_key: new_key(),
        licence: organization::licence(&seed.tenant.licence)?,
        organization: organization::organization(seed, now),
        domains: organization::domains(seed),
        skus: organization::skus(seed),
        azure: alerts::added(azure::grown(&seed.azure, &operator, since), seed, since),
        operator,
        users,
        deleted_users: Vec::new(),
        groups,
        deleted_groups: Vec::new(),
        assignments: people::held(seed, |person| &person.roles, now)?,
        eligibilities: people::held(seed, |person| &person.eligible, now)?,
        schedule_requests: Vec::new(),
        active_expiration_required: seed.tenant.active_expiration_required,
        role_rules: seed.tenant.role_rules.clone(),
        approvers: None,
        banned_passwords: 0,
        policies,
        strengths,
        locations: organization::locations(),
        methods_policy: defaults::methods_policy(now),
        configurations: methods::configurations(&seed.methods),
        security_defaults: seed.tenant.security_defaults,
        authorization: defaults::authorization(),
        units: Vec::new(),
        sign_ins: Vec::new(),
        foreign_sign_ins: 0,
        audits: Vec::new(),
        device_codes: Vec::new(),
        ahead: 0,
        outages: Vec::new(),
        faults: Vec::new(),
        lags: Lags::default(),
        troubles: Troubles::default(),
        changes: Vec::new(),
    })
}
