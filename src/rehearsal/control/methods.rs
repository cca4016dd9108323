//! Changes of authentication methods: what the policies ask of keys and passes, a key nobody planned, passwords that are
//! banned.
//!
//! Which model is disallowed stands among the policies; a method that stops working, among the accounts.

use serde_json::{Value, json};

use super::change::{Change, optional, required};
use super::find::{account, author};
use super::given::{Given, Refused, bad};
use crate::rehearsal::state::methods::{edit, security_key, set_attestation, set_models, set_pass_minutes};
use crate::rehearsal::state::model::User;
use crate::rehearsal::state::world::World;

const ACCOUNT: &str = "user principal name, the part of it before the @, or id";
/// The longest life of a pass that Entra knows, minutes: thirty days.
const LONGEST: u32 = 43_200;
/// More passwords than anybody makes.
const MOST: u32 = 1_000;

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "key-models-listed",
        does: "Only security keys of these models are accepted; every model where none is named.",
        parameters: &[optional("models", "list of AAGUIDs")],
        apply: models_listed,
    },
    Change {
        name: "attestation-switched",
        does: "Whether a security key has to attest its model.",
        parameters: &[required("to", "on or off")],
        apply: attestation_switched,
    },
    Change {
        name: "key-described",
        does: "The keys of an account are listed with other properties; unknown takes one away.",
        parameters: &[
            required("account", ACCOUNT),
            optional("attestation", "attested, notAttested or unknown; as it is when left out"),
            optional("passkey", "deviceBound, synced or unknown; as it is when left out"),
            optional("model", "AAGUID; as it is when left out"),
        ],
        apply: described,
    },
    Change {
        name: "key-appears",
        does: "A security key that nobody planned is registered for an account.",
        parameters: &[
            required("account", ACCOUNT),
            optional("name", "its name; \"Spare key\" when left out"),
        ],
        apply: appears,
    },
    Change {
        name: "pass-lifetime",
        does: "A Temporary Access Pass may live this long.",
        parameters: &[required("least", "minutes"), required("most", "minutes")],
        apply: pass_lifetime,
    },
    Change {
        name: "passwords-banned",
        does: "The next passwords are refused as banned.",
        parameters: &[optional("times", "how many; 1 when left out")],
        apply: passwords_banned,
    },
];

fn models_listed(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (models, by) = (given.list("models")?, author(world, given)?);
    if models.iter().any(|model| model.parse::<uuid::Uuid>().is_err()) {
        return Err(bad("models", "an AAGUID has the form of a UUID"));
    }
    let list = json!({"isEnforced": !models.is_empty(), "enforcementType": "allow", "aaGuids": models});
    edit(world, "Fido2", |body| set_models(body, &list));
    world.audit("Authentication Methods Policy Update", &by, &[]);
    Ok(match models.len() {
        0 => "Security keys of every model are accepted.".to_owned(),
        _ => format!("Only security keys of the models {} are accepted.", models.join(", ")),
    })
}

fn attestation_switched(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("to")?;
    let (to, by) = (given.word("to", &["on", "off"])?, author(world, given)?);
    edit(world, "Fido2", |body| set_attestation(body, to == "on"));
    world.audit("Authentication Methods Policy Update", &by, &[]);
    Ok(format!("Attestation of security keys is {to}."))
}

fn keys_changed(world: &mut World, user: &User, change: impl Fn(&mut Value)) {
    let found = world.edit().users.iter_mut().find(|one| one.id() == user.id());
    let methods = found.into_iter().flat_map(|found| found.methods.iter_mut());
    let is_key = |method: &&mut Value| method["@odata.type"] == "#microsoft.graph.fido2AuthenticationMethod";
    methods.filter(is_key).for_each(change);
}

fn described(world: &mut World, given: &Given) -> Result<String, Refused> {
    let user = account(world, given, "account")?;
    let model = given.text_or("model", "")?;
    let words = [
        ("aaGuid", model),
        ("attestationLevel", given.word("attestation", &["", "attested", "notAttested", "unknown"])?),
        ("passkeyType", given.word("passkey", &["", "deviceBound", "synced", "unknown"])?),
    ];
    keys_changed(world, &user, |key| {
        for (name, word) in words.iter().filter(|(_, word)| !word.is_empty()) {
            key[*name] = if *word == "unknown" { Value::Null } else { json!(word) };
        }
    });
    Ok(format!("The security keys of {} are listed with other properties.", user.upn()))
}

fn appears(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (user, by) = (account(world, given, "account")?, author(world, given)?);
    let name = given.text_or("name", "Spare key")?;
    let mut key = security_key(world, user.methods_of("fido2").count() + 1);
    key["displayName"] = json!(name);
    if let Some(found) = world.edit().users.iter_mut().find(|one| one.id() == user.id()) {
        found.methods.push(key);
    }
    world.audit("Admin registered security info", &by, &[user.id()]);
    Ok(format!("The security key \"{name}\" is registered for {}.", user.upn()))
}

fn pass_lifetime(world: &mut World, given: &Given) -> Result<String, Refused> {
    for name in ["least", "most"] {
        if !given.has(name) {
            return Err(bad(name, "it is missing"));
        }
    }
    let (least, most) = (given.number("least", 60, LONGEST)?, given.number("most", 480, LONGEST)?);
    if least > most {
        return Err(bad("least", "it must not be more than most"));
    }
    edit(world, "TemporaryAccessPass", |body| set_pass_minutes(body, [least, most]));
    Ok(format!("A Temporary Access Pass may live {least} to {most} minutes."))
}

fn passwords_banned(world: &mut World, given: &Given) -> Result<String, Refused> {
    let times = given.number("times", 1, MOST)?;
    world.edit().banned_passwords = times;
    Ok(format!("The next {times} passwords are banned."))
}
