//! Changes of policies: a Conditional Access policy appears, is edited, loses its exclusions, is deleted; a key model is
//! disallowed; security defaults are switched.
//!
//! A policy is described in the words of the seeds (`assets/tenants`), and grown by the same functions.

use serde_json::{Value, json};

use super::change::{Change, optional, required};
use super::find::{author, policy};
use super::given::{Given, Refused, bad};
use crate::rehearsal::identity::hashing::new_id;
use crate::rehearsal::state::methods::{allow_key_model, disallow_key_model};
use crate::rehearsal::state::model::{Policy, State};
use crate::rehearsal::state::seed::description::PolicySeed;
use crate::rehearsal::state::seed::names::Names;
use crate::rehearsal::state::seed::policies::{edited, policy as grown};
use crate::rehearsal::state::world::World;

const POLICY: &str = "name or id of a Conditional Access policy";
const STATE: &str = "on, report or off";
const GRANT: &str = "block, mfa, compliant, mfa-or-compliant, mfa+compliant, phishing-resistant, password-change, \
                     approved-app or session";
const MODEL: &str = "AAGUID of the model";

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "policy-appears",
        does: "A new Conditional Access policy is there, in force if not said otherwise.",
        parameters: &[
            required("name", "display name"),
            required(
                "who",
                "all, admins, guests, none, unnamed, workloads, group:NAME, role:NAME or user:NAME",
            ),
            required("grant", GRANT),
            optional("what", "all, office, azure, portals, register, join or context:cN; all when left out"),
            optional(
                "when",
                "list of legacy, off-network, sign-in-risk, user-risk, device-code, mobile, linux, terse",
            ),
            optional("except", "list of group:NAME, role:NAME, user:NAME, dead-group:ID"),
            optional("state", STATE),
            optional(
                "keeper",
                "customer, accepts (Microsoft's, exclusions welcome) or refuses (Microsoft's)",
            ),
        ],
        apply: appears,
    },
    Change {
        name: "policy-edited",
        does: "A Conditional Access policy gets another name, state or grant.",
        parameters: &[
            required("policy", POLICY),
            optional("name", "the new display name"),
            optional("state", STATE),
            optional("grant", GRANT),
        ],
        apply: is_edited,
    },
    Change {
        name: "policy-loses-exclusions",
        does: "A Conditional Access policy, or every one, no longer excludes anybody.",
        parameters: &[optional("policy", "name or id of a Conditional Access policy; all when left out")],
        apply: loses_exclusions,
    },
    Change {
        name: "policy-deleted",
        does: "A Conditional Access policy is deleted.",
        parameters: &[required("policy", POLICY)],
        apply: deleted,
    },
    Change {
        name: "key-model-disallowed",
        does: "Security keys of one model can be neither registered nor used.",
        parameters: &[required("model", MODEL)],
        apply: model_disallowed,
    },
    Change {
        name: "key-model-allowed",
        does: "Security keys of a disallowed model can be used again.",
        parameters: &[required("model", MODEL)],
        apply: model_allowed,
    },
    Change {
        name: "security-defaults-switched",
        does: "Security defaults are switched on or off.",
        parameters: &[
            required("to", "on or off"),
            optional("although", "policies: beside policies in force, which Entra would refuse"),
        ],
        apply: defaults_switched,
    },
];

fn names(state: &State, now: i64) -> Names<'_> {
    let default = state.domains.iter().find(|domain| domain["isDefault"] == true);
    let domain = default.and_then(|domain| domain["id"].as_str()).unwrap_or_default();
    Names { users: &state.users, groups: &state.groups, strengths: &state.strengths, domain, now }
}

fn appears(world: &mut World, given: &Given) -> Result<String, Refused> {
    licensed(world, "name")?;
    let by = author(world, given)?;
    let seed = PolicySeed {
        name: given.text("name")?.to_owned(),
        state: given.word("state", &["on", "report", "off"])?.to_owned(),
        who: given.text("who")?.to_owned(),
        what: given.text_or("what", "all")?.to_owned(),
        when: given.list("when")?,
        grant: given.text("grant")?.to_owned(),
        except: given.list("except")?,
        keeper: given.text_or("keeper", "customer")?.to_owned(),
    };
    let mut made = grown(&seed, &new_id(), &names(world.state(), world.now)).map_err(unknown_word)?;
    made.body["createdDateTime"] = json!(world.stamp());
    let id = made.id().to_owned();
    world.edit().policies.push(made);
    world.audit("Add conditional access policy", &by, &[&id]);
    Ok(format!("The policy \"{}\" is there.", seed.name))
}

fn unknown_word(parameter: &'static str) -> Refused {
    bad(parameter, "nothing in this tenant, and no word of a policy, is called that")
}

fn licensed(world: &World, parameter: &str) -> Result<(), Refused> {
    if world.state().licence.has_p1() {
        Ok(())
    } else {
        Err(bad(parameter, "this tenant has no P1, so it has no Conditional Access"))
    }
}

fn is_edited(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (found, by) = (policy(world, given, "policy")?, author(world, given)?);
    let mut body = found.body.clone();
    for word in ["state", "grant"].into_iter().filter(|word| given.has(word)) {
        edited(&mut body, word, given.text(word)?, &names(world.state(), world.now)).map_err(unknown_word)?;
    }
    if given.has("name") {
        body["displayName"] = json!(given.text("name")?);
    }
    if body == found.body {
        return Err(bad("state", "nothing would change: give another name, state or grant"));
    }
    replace(world, &found, body);
    world.audit("Update conditional access policy", &by, &[found.id()]);
    Ok(format!("The policy \"{}\" was edited.", found.name()))
}

fn replace(world: &mut World, policy: &Policy, mut body: Value) {
    body["modifiedDateTime"] = json!(world.stamp());
    if let Some(found) = world.edit().policies.iter_mut().find(|one| one.id() == policy.id()) {
        found.body = body;
    }
}

fn loses_exclusions(world: &mut World, given: &Given) -> Result<String, Refused> {
    let by = author(world, given)?;
    let chosen = if given.has("policy") {
        vec![policy(world, given, "policy")?]
    } else {
        world.state().policies.clone()
    };
    let losing: Vec<Policy> =
        chosen.into_iter().filter(|policy| without_exclusions(policy) != policy.body).collect();
    for policy in &losing {
        replace(world, policy, without_exclusions(policy));
        world.audit("Update conditional access policy", &by, &[policy.id()]);
    }
    match losing.as_slice() {
        [] => Err(bad("policy", "there are no exclusions to lose")),
        [one] => Ok(format!("The policy \"{}\" no longer excludes anybody.", one.name())),
        many => Ok(format!("{} policies no longer exclude anybody.", many.len())),
    }
}

fn without_exclusions(policy: &Policy) -> Value {
    let mut body = policy.body.clone();
    let users = &mut body["conditions"]["users"];
    for noun in ["Users", "Groups", "Roles"] {
        users[format!("exclude{noun}")] = json!([]);
    }
    users["excludeGuestsOrExternalUsers"] = Value::Null;
    body
}

fn deleted(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (found, by) = (policy(world, given, "policy")?, author(world, given)?);
    world.edit().policies.retain(|policy| policy.id() != found.id());
    world.audit("Delete conditional access policy", &by, &[found.id()]);
    Ok(format!("The policy \"{}\" is deleted.", found.name()))
}

fn model(given: &Given) -> Result<String, Refused> {
    let id = given.text("model")?.parse::<uuid::Uuid>();
    id.map(|id| id.to_string()).map_err(|_| bad("model", "an AAGUID has the form of a UUID"))
}

fn model_disallowed(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (model, by) = (model(given)?, author(world, given)?);
    disallow_key_model(world, &model).map_err(|reason| bad("model", reason))?;
    world.audit("Authentication Methods Policy Update", &by, &[]);
    Ok(format!("Security keys of the model {model} are disallowed."))
}

fn model_allowed(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (model, by) = (model(given)?, author(world, given)?);
    allow_key_model(world, &model).map_err(|reason| bad("model", reason))?;
    world.audit("Authentication Methods Policy Update", &by, &[]);
    Ok(format!("Security keys of the model {model} are allowed."))
}

/// Entra refuses security defaults beside policies in force, and so does this.
fn defaults_switched(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("to")?;
    let (to, by) = (given.word("to", &["on", "off"])?, author(world, given)?);
    let enforced = world.state().policies.iter().any(|policy| policy.body["state"] == "enabled");
    let although = given.has("although") && given.text("although")? == "policies";
    if to == "on" && enforced && !although {
        return Err(bad("to", "Conditional Access policies are in force; Entra refuses both at once"));
    }
    world.edit().security_defaults = to == "on";
    world.audit("Update security defaults", &by, &[]);
    Ok(format!("Security defaults are {to}."))
}
