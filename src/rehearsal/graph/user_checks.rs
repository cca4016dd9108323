//! What the directory demands of a user: types, a free name in a managed domain, a password that is complex enough.
//!
//! Words of the refusals follow the contract where it has them; the password refusal's wording is UNVERIFIED.

use serde_json::Value;

use super::request::{official, only_known};
use crate::rehearsal::http::json::{Object, text};
use crate::rehearsal::http::refusal::Refusal;
use crate::rehearsal::state::model::User;
use crate::rehearsal::state::world::World;

/// Types and known words of what a caller sends.
pub fn check_values(body: &Object) -> Result<(), Refusal> {
    let wrong = |name: &str| {
        Err(Refusal::bad_request(format!(
            "Invalid value specified for property '{name}' of resource 'User'."
        )))
    };
    for name in ["displayName", "mailNickname", "userPrincipalName", "userType", "passwordPolicies"] {
        if body.get(name).is_some_and(|value| !value.is_string() && !value.is_null()) {
            return wrong(name);
        }
    }
    if text(body, "displayName").chars().count() > 256 {
        return wrong("displayName");
    }
    if body.get("accountEnabled").is_some_and(|value| !value.is_boolean()) {
        return wrong("accountEnabled");
    }
    let known = ["DisablePasswordExpiration", "DisableStrongPassword", "None"];
    let policies = text(body, "passwordPolicies");
    if policies.split(',').map(str::trim).all(|one| one.is_empty() || known.contains(&one)) {
        Ok(())
    } else {
        wrong("passwordPolicies")
    }
}

/// A free, well-formed user principal name in a managed domain of this tenant. `own` may keep its own.
pub fn check_name(world: &World, upn: &str, own: Option<&str>) -> Result<(), Refusal> {
    let (local, domain) = upn.split_once('@').unwrap_or((upn, ""));
    // Dots at the ends are refused for names that are synchronized; for these it is UNVERIFIED.
    let fits = !local.is_empty()
        && !local.starts_with('.')
        && !local.ends_with('.')
        && local.len() <= 64
        && upn.len() <= 113
        && local.chars().all(|c| c.is_ascii_alphanumeric() || "'.-_!#^~".contains(c));
    let managed = |known: &&Value| {
        known["id"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(domain))
            && known["authenticationType"] == "Managed"
    };
    if !fits {
        return Err(Refusal::bad_request("Property userPrincipalName is invalid."));
    }
    if !world.state().domains.iter().any(|known| managed(&known)) {
        return Err(Refusal::bad_request(
            "The domain portion of the userPrincipalName property is invalid. You must use one of the verified domain names in your organization.",
        ));
    }
    let taken = |user: &&User| user.upn().eq_ignore_ascii_case(upn) && Some(user.id()) != own;
    if world.state().users.iter().any(|user| taken(&user)) {
        return Err(Refusal::bad_request(
            "Another object with the same value for property userPrincipalName already exists.",
        ));
    }
    Ok(())
}

/// The password in a body, checked: 8 to 256 characters, three of four classes, no Unicode.
pub fn password_of(body: &Object) -> Result<Option<String>, Refusal> {
    let Some(profile) = body.get("passwordProfile") else { return Ok(None) };
    let Some(profile) = profile.as_object() else {
        return Err(Refusal::bad_request("Invalid passwordProfile."));
    };
    let profile = official(
        profile.clone(),
        &["password", "forceChangePasswordNextSignIn", "forceChangePasswordNextSignInWithMfa"],
    );
    only_known(
        &profile,
        &["password", "forceChangePasswordNextSignIn", "forceChangePasswordNextSignInWithMfa"],
    )?;
    let Some(password) = profile.get("password").and_then(Value::as_str) else { return Ok(None) };
    let classes: [fn(char) -> bool; 4] = [
        |c| c.is_ascii_lowercase(),
        |c| c.is_ascii_uppercase(),
        |c| c.is_ascii_digit(),
        |c| c.is_ascii_punctuation(),
    ];
    let used = classes.iter().filter(|class| password.chars().any(class)).count();
    if (8..=256).contains(&password.len()) && password.is_ascii() && used >= 3 {
        return Ok(Some(password.to_owned()));
    }
    Err(Refusal::bad_request(
        "The specified password does not comply with password complexity requirements. Please provide a different password.",
    ))
}

/// The list of banned passwords, as the control port fills it: the next ones, whatever they are. Its words are UNVERIFIED.
pub fn not_banned(world: &mut World, password: Option<&str>) -> Result<(), Refusal> {
    if password.is_none() || world.state().banned_passwords == 0 {
        return Ok(());
    }
    world.edit().banned_passwords -= 1;
    Err(Refusal::bad_request(
        "The specified password does not comply with password complexity requirements: it is too easily guessed. Please \
         provide a different password.",
    ))
}
