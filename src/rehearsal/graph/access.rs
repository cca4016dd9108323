//! Permission checks of Graph: the token's scopes for every operation, the operator's roles for those that need one.
//!
//! Order as observed on the real service: token first, then scope and role, both refused with the same words.

use super::operations::OPERATIONS;
use crate::rehearsal::http::call::Call;
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::identity::tokens::Caller;
use crate::rehearsal::state::directory;
use crate::rehearsal::state::directory::GLOBAL_ADMINISTRATOR;
use crate::rehearsal::state::world::World;

const USERS: &[&str] = &["User Administrator", "Privileged Authentication Administrator"];
const METHODS: &[&str] = &["Privileged Authentication Administrator", "Authentication Administrator"];
const METHOD_READERS: &[&str] =
    &["Privileged Authentication Administrator", "Authentication Administrator", "Global Reader"];
const METHODS_POLICY: &[&str] = &["Authentication Policy Administrator"];
const GROUPS: &[&str] = &["Groups Administrator", "User Administrator", "Privileged Role Administrator"];
const CONDITIONAL_ACCESS: &[&str] = &["Conditional Access Administrator", "Security Administrator"];
const POLICY_READERS: &[&str] =
    &["Conditional Access Administrator", "Security Administrator", "Security Reader", "Global Reader"];
const LOG_READERS: &[&str] =
    &["Reports Reader", "Security Reader", "Security Administrator", "Global Reader"];
const RISK_READERS: &[&str] =
    &["Security Reader", "Security Operator", "Security Administrator", "Global Reader"];
const ROLE_KEEPERS: &[&str] = &["Privileged Role Administrator"];

/// Lets a call through, or refuses it. An operation without a row is not known to this tenant.
pub fn check(world: &World, call: &Call, caller: &Caller) -> Result<(), Refusal> {
    let segments = call.segments();
    let row = OPERATIONS.iter().find(|(method, path, _)| *method == call.method && fits(path, &segments));
    let (_, path, permissions) =
        row.ok_or_else(|| Refusal::unknown_segment(segments.last().map_or("", String::as_str)))?;
    if caller.app_only && segments.first().is_some_and(|first| first == "me") {
        return Err(Refusal::new(
            400,
            "BadRequest",
            "/me request is only valid with delegated authentication flow.",
        ));
    }
    let allowed = permissions.is_empty() || permissions.split(' ').any(|wanted| holds_all(caller, wanted));
    if allowed && (caller.app_only || holds_a_role(world, caller, roles_for(&call.method, path))) {
        Ok(())
    } else {
        Err(Refusal::denied())
    }
}

/// Whether a token carries a permission, or the writing form of a reading one.
pub fn holds(caller: &Caller, wanted: &str) -> bool {
    caller
        .permissions
        .iter()
        .any(|granted| granted == wanted || granted.replacen("ReadWrite", "Read", 1) == wanted)
}

/// Whether the caller holds Global Administrator or one of these roles now.
pub fn holds_a_role(world: &World, caller: &Caller, roles: &[&str]) -> bool {
    if roles.is_empty() {
        return true;
    }
    let held = directory::roles_of(world, &caller.id);
    held.contains(GLOBAL_ADMINISTRATOR)
        || roles.iter().filter_map(|name| directory::role_id(name)).any(|role| held.contains(role))
}

/// 403 unless the caller may touch a Global Administrator's credentials, where the target is one.
pub fn may_touch(world: &World, caller: &Caller, target: &str) -> Result<(), Refusal> {
    let privileged = directory::roles_of(world, target).contains(GLOBAL_ADMINISTRATOR);
    if privileged && !holds_a_role(world, caller, &["Privileged Authentication Administrator"]) {
        return Err(Refusal::denied());
    }
    Ok(())
}

fn holds_all(caller: &Caller, wanted: &str) -> bool {
    wanted.split('+').all(|one| holds(caller, one))
}

fn fits(pattern: &str, segments: &[String]) -> bool {
    let parts: Vec<&str> = pattern.split('/').skip(1).collect();
    let alike = |(part, segment): (&&str, &String)| {
        *part == "{}" || part.eq_ignore_ascii_case(segment.trim_end_matches("()"))
    };
    parts.len() == segments.len() && parts.iter().zip(segments).all(alike)
}

/// Roles besides Global Administrator that an operation demands of a person; none for plain reads.
fn roles_for(method: &str, path: &str) -> &'static [&'static str] {
    let reading = method == "GET";
    if path.starts_with("/users/{}/authentication") {
        return if reading { METHOD_READERS } else { METHODS };
    }
    if path.starts_with("/auditLogs") || path.starts_with("/reports") {
        return LOG_READERS;
    }
    if path.starts_with("/identityProtection") {
        return RISK_READERS;
    }
    if path.starts_with("/identity/") {
        return if reading || path.ends_with("evaluate") { POLICY_READERS } else { CONDITIONAL_ACCESS };
    }
    if reading { &[] } else { writers(path) }
}

fn writers(path: &str) -> &'static [&'static str] {
    let first = path.split('/').nth(1).unwrap_or_default();
    match first {
        "users" => USERS,
        "groups" => GROUPS,
        "directory" if path.contains("deletedItems") => USERS,
        "directory" | "roleManagement" => ROLE_KEEPERS,
        "policies" if path.contains("authenticationMethodsPolicy") => METHODS_POLICY,
        "policies" if path.contains("authorizationPolicy") => ROLE_KEEPERS,
        "policies" => CONDITIONAL_ACCESS,
        _ => &[],
    }
}
