//! Conditional Access policies of a seed: a name and a few words each, grown into what Graph lists.

use serde_json::{Value, json};

use super::description::{PolicySeed, Seed};
use super::names::Names;
use crate::rehearsal::identity::apps::ARM_APP;
use crate::rehearsal::identity::hashing::id_for;
use crate::rehearsal::state::directory;
use crate::rehearsal::state::directory::ROLES;
use crate::rehearsal::state::model::{Keeper, Policy, empty_policy};
use crate::rehearsal::state::time::{DAY, stamp};

/// Grows all policies of a seed.
pub fn grown(seed: &Seed, names: &Names<'_>) -> Result<Vec<Policy>, String> {
    let mut short: Vec<PolicySeed> = seed.policies.clone();
    short.truncate(seed.shape.keep.unwrap_or(usize::MAX));
    short.extend(seed.more_policies.iter().cloned());
    let wanted = seed.shape.grow_to.unwrap_or(0);
    short.extend((short.len()..wanted).map(generated));
    if let Some(group) = &seed.shape.exclude {
        exclude_from_most(&mut short, group, seed.shape.forget_every);
    }
    short.iter().enumerate().map(|(index, policy)| of_seed(index, policy, names)).collect()
}

fn of_seed(index: usize, short: &PolicySeed, names: &Names<'_>) -> Result<Policy, String> {
    let id = id_for("policy", &format!("{index}/{}", short.name));
    policy(short, &id, names).map_err(|word| format!("policy \"{}\": unknown {word}", short.name))
}

fn exclude_from_most(policies: &mut [PolicySeed], group: &str, forget_every: usize) {
    let applicable = |policy: &&mut PolicySeed| {
        policy.who != "workloads" && policy.who != "none" && policy.keeper != "refuses"
    };
    for (index, policy) in policies.iter_mut().filter(applicable).enumerate() {
        if forget_every == 0 || (index + 1) % forget_every != 0 {
            policy.except.push(format!("group:{group}"));
        }
    }
}

/// A policy of a tenant that has grown for years.
fn generated(index: usize) -> PolicySeed {
    let kinds = [
        ("all", "office", "mfa-or-compliant", "Office apps need MFA or a managed device"),
        ("guests", "all", "mfa", "Guests need MFA"),
        ("admins", "azure", "mfa", "Azure management needs MFA"),
        ("all", "context:c1", "phishing-resistant", "Sensitive sites need a key"),
        ("workloads", "all", "block", "Service principals from known places"),
    ];
    let (who, what, grant, title) = kinds[index % kinds.len()];
    let states = ["on", "report", "off"];
    PolicySeed {
        name: format!("GEN{index:03} {title}"),
        state: states[index % states.len()].to_owned(),
        who: who.to_owned(),
        what: what.to_owned(),
        when: Vec::new(),
        grant: grant.to_owned(),
        except: Vec::new(),
        keeper: String::new(),
    }
}

/// Grows one policy; where it cannot be, says which word is unknown.
pub fn policy(short: &PolicySeed, id: &str, names: &Names<'_>) -> Result<Policy, &'static str> {
    let mut body = empty_policy();
    body["id"] = json!(id);
    body["displayName"] = json!(short.name);
    body["createdDateTime"] = json!(stamp(names.now - 250 * DAY));
    edited(&mut body, "state", &short.state, names)?;
    set_who(&mut body["conditions"], &short.who, names).ok_or("who")?;
    set_what(&mut body["conditions"]["applications"], &short.what).ok_or("what")?;
    for condition in &short.when {
        set_when(&mut body["conditions"], condition).ok_or("when")?;
    }
    for exception in &short.except {
        named(&mut body["conditions"]["users"], "exclude", exception, names).ok_or("except")?;
    }
    edited(&mut body, "grant", &short.grant, names)?;
    Ok(Policy { body, keeper: keeper(&short.keeper).ok_or("keeper")? })
}

/// Gives a policy another `state` or `grant`, in the words of a seed.
pub fn edited(
    body: &mut Value,
    word: &'static str,
    value: &str,
    names: &Names<'_>,
) -> Result<(), &'static str> {
    let known = match word {
        "state" => set_state(body, value),
        "grant" => set_grant(body, value, names),
        _ => None,
    };
    known.ok_or(word)
}

fn set_state(body: &mut Value, state: &str) -> Option<()> {
    body["state"] = json!(match state {
        "on" => "enabled",
        "report" => "enabledForReportingButNotEnforced",
        "off" => "disabled",
        _ => return None,
    });
    Some(())
}

fn keeper(word: &str) -> Option<Keeper> {
    match word {
        "" | "customer" => Some(Keeper::Customer),
        "accepts" => Some(Keeper::MicrosoftAccepting),
        "refuses" => Some(Keeper::MicrosoftRefusing),
        _ => None,
    }
}

fn set_who(conditions: &mut Value, who: &str, names: &Names<'_>) -> Option<()> {
    let users = &mut conditions["users"];
    match who {
        "all" => users["includeUsers"] = json!(["All"]),
        "none" => users["includeUsers"] = json!(["None"]),
        "unnamed" => *users = Value::Null,
        "admins" => {
            users["includeRoles"] =
                ROLES.iter().filter(|(name, _)| name.ends_with("Administrator")).map(|(_, id)| *id).collect();
        }
        "guests" => {
            users["includeGuestsOrExternalUsers"] = json!({
                "guestOrExternalUserTypes": "b2bCollaborationGuest,b2bCollaborationMember",
                "externalTenants": {"@odata.type": "#microsoft.graph.conditionalAccessAllExternalTenants", "membershipKind": "all"}});
        }
        "workloads" => {
            users["includeUsers"] = json!(["None"]);
            conditions["clientApplications"] = json!({"includeServicePrincipals": ["ServicePrincipalsInMyTenant"], "excludeServicePrincipals": []});
        }
        other => return named(users, "include", other, names),
    }
    Some(())
}

/// `group:…`, `role:…` or `user:…` on one side of a policy; `dead-group:ID` for a group that nobody has any more.
fn named(users: &mut Value, side: &str, word: &str, names: &Names<'_>) -> Option<()> {
    let (kind, name) = word.split_once(':')?;
    let (noun, id) = match kind {
        "group" => ("Groups", names.group(name)?),
        "dead-group" => ("Groups", name.to_owned()),
        "user" => ("Users", names.user(name)?),
        "role" => ("Roles", directory::role_id(name)?.to_owned()),
        _ => return None,
    };
    users[format!("{side}{noun}")].as_array_mut()?.push(json!(id));
    Some(())
}

fn set_what(applications: &mut Value, what: &str) -> Option<()> {
    let apps = |id: &str| json!([id]);
    match what {
        "all" => applications["includeApplications"] = apps("All"),
        "office" => applications["includeApplications"] = apps("Office365"),
        "azure" => applications["includeApplications"] = apps(ARM_APP),
        "portals" => applications["includeApplications"] = apps("MicrosoftAdminPortals"),
        "register" => applications["includeUserActions"] = apps("urn:user:registersecurityinfo"),
        "join" => applications["includeUserActions"] = apps("urn:user:registerdevice"),
        other => {
            applications["includeAuthenticationContextClassReferences"] =
                apps(other.strip_prefix("context:")?);
        }
    }
    Some(())
}

fn set_when(conditions: &mut Value, when: &str) -> Option<()> {
    match when {
        "legacy" => conditions["clientAppTypes"] = json!(["exchangeActiveSync", "other"]),
        "off-network" => {
            conditions["locations"] =
                json!({"includeLocations": ["All"], "excludeLocations": ["AllTrusted"]});
        }
        "sign-in-risk" => conditions["signInRiskLevels"] = json!(["high", "medium"]),
        "user-risk" => conditions["userRiskLevels"] = json!(["high"]),
        "device-code" => conditions["authenticationFlows"] = json!({"transferMethods": "deviceCodeFlow"}),
        "mobile" => {
            conditions["platforms"] = json!({"includePlatforms": ["android", "iOS"], "excludePlatforms": []});
        }
        // As older tools wrote them: what says nothing is left out, the client apps too.
        "terse" => {
            let says =
                |value: &Value| !value.is_null() && value.as_array().is_none_or(|items| !items.is_empty());
            let applications = conditions["applications"].as_object_mut()?;
            applications.retain(|_, value| says(value));
            let conditions = conditions.as_object_mut()?;
            conditions.remove("clientAppTypes");
            conditions.retain(|_, value| says(value));
        }
        "linux" => conditions["platforms"] = json!({"includePlatforms": ["linux"], "excludePlatforms": []}),
        _ => return None,
    }
    Some(())
}

fn set_grant(body: &mut Value, grant: &str, names: &Names<'_>) -> Option<()> {
    let controls = |operator: &str, controls: &[&str]| {
        json!({"operator": operator, "builtInControls": controls, "customAuthenticationFactors": [], "termsOfUse": [],
            "authenticationStrength": null})
    };
    body["grantControls"] = match grant {
        "block" | "mfa" => controls("OR", &[grant]),
        "compliant" => controls("OR", &["compliantDevice", "domainJoinedDevice"]),
        "mfa-or-compliant" => controls("OR", &["mfa", "compliantDevice"]),
        "mfa+compliant" => controls("AND", &["mfa", "compliantDevice"]),
        "password-change" => controls("AND", &["mfa", "passwordChange"]),
        "approved-app" => controls("OR", &["approvedApplication", "compliantApplication"]),
        "phishing-resistant" => {
            let mut resistant = controls("OR", &[]);
            resistant["authenticationStrength"] = names
                .strengths
                .iter()
                .find(|one| one["id"] == "00000000-0000-0000-0000-000000000004")?
                .clone();
            resistant
        }
        "session" => {
            body["sessionControls"] = json!({"signInFrequency": {"value": 8, "type": "hours", "isEnabled": true,
                "authenticationType": "primaryAndSecondaryAuthentication", "frequencyInterval": "timeBased"}});
            Value::Null
        }
        _ => return None,
    };
    Some(())
}
