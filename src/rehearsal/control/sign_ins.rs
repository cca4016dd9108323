//! A sign-in arrives in the log, without anybody having signed in here: by whom, from where, with what result.

use serde_json::{Value, json};

use super::change::{Change, optional, required};
use super::find::account;
use super::given::{Given, Refused, bad};
use crate::rehearsal::identity::apps::{GRAPH_POWERSHELL, Resource};
use crate::rehearsal::identity::conditional_access::{Attempt, Proof, Target, attempt};
use crate::rehearsal::identity::sign_in::attempted;
use crate::rehearsal::identity::sign_in_log::{Line, log};
use crate::rehearsal::identity::visit::{Denied, Visit};
use crate::rehearsal::state::model::User;
use crate::rehearsal::state::time::{DAY, stamp};
use crate::rehearsal::state::world::World;

/// Results by name, with Entra's number and words; none where somebody got in.
const RESULTS: &[(&str, u32, &str)] = &[
    ("success", 0, ""),
    ("wrong-password", 50_126, "Error validating credentials due to invalid username or password."),
    ("locked", 50_053, "The account is locked."),
    ("disabled", 50_057, "The user account is disabled."),
    ("blocked-by-policy", 53_003, "Access has been blocked by Conditional Access policies."),
];

/// Proofs by the words of callers, with what a sign-in calls them.
const PROOFS: &[(&str, &str)] = &[("password", "pwd"), ("app", "app"), ("phone", "phone"), ("fido2", "fido")];

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "sign-in-arrives",
        does: "A sign-in stands in the log, readable about two tenant minutes later.",
        parameters: &[
            required("account", "user principal name, the part of it before the @, or id"),
            optional("address", "IP address; where the account usually sits when left out"),
            optional("country", "two letters; US when left out"),
            optional("result", "success, wrong-password, locked, disabled or blocked-by-policy"),
            optional(
                "with",
                "instead of result: password, app, phone or fido2; what comes of it the policies say",
            ),
            optional("at", "the time of day it is said to have been, like 03:04; now when left out"),
        ],
        apply: arrives,
    },
    Change {
        name: "foreign-sign-ins",
        does: "So many sign-ins of people whom nobody asks about stand in the log, over all of its days.",
        parameters: &[required("count", "how many, up to a million")],
        apply: foreign,
    },
];

fn foreign(world: &mut World, given: &Given) -> Result<String, Refused> {
    let count = given.number("count", 0, 1_000_000)?;
    world.edit().foreign_sign_ins = count;
    Ok(format!("{count} sign-ins of other people stand in the log."))
}

fn arrives(world: &mut World, given: &Given) -> Result<String, Refused> {
    let user = account(world, given, "account")?;
    let attempt = made_from(world, &user, given)?;
    let (country, end) = (country(given)?, end(world, given, Tried { user: &user, attempt: &attempt })?);
    let visit = Visit {
        upn: Some(user.upn().to_owned()),
        client: GRAPH_POWERSHELL.to_owned(),
        resource: Resource::Graph,
        flow: None,
        correlation: None,
    };
    log(
        world,
        &visit,
        &Line { user: &user, applied: end.applied, denied: end.denied.as_ref(), attempt: &attempt },
    );
    let at = at(world, given)?;
    if let Some(line) = world.edit().sign_ins.last_mut() {
        if let Some(at) = at {
            line.happened_at = at;
            line.body["createdDateTime"] = json!(stamp(at));
        }
        line.body["location"]["countryOrRegion"] = json!(country);
        line.body["location"]["city"] = json!(null);
    }
    let address = attempt.address.unwrap_or_default();
    let result = word_of(end.denied.as_ref());
    Ok(format!("A sign-in of {} from {address} ({country}) arrived with the result {result}.", user.upn()))
}

/// The last time that it was this time of the day here, in UTC as the log has it.
fn at(world: &World, given: &Given) -> Result<Option<i64>, Refused> {
    if !given.has("at") {
        return Ok(None);
    }
    let text = given.text("at")?;
    let time = jiff::civil::Time::strptime("%H:%M", text);
    // TOML writes a time of the day with its seconds.
    let time = time.or_else(|_| jiff::civil::Time::strptime("%H:%M:%S", text));
    let time = time.map_err(|_| bad("at", "it must be a time of the day, like 03:04"))?;
    let minutes = i64::from(time.hour()) * 60 + i64::from(time.minute());
    let today = world.now.div_euclid(DAY) * DAY + minutes * 60_000;
    Ok(Some(if today > world.now { today - DAY } else { today }))
}

fn made_from(world: &World, user: &User, given: &Given) -> Result<Attempt, Refused> {
    let target = Target::Applications(vec![Resource::Graph.app().to_owned()]);
    let usual = attempt(world, user, target);
    if !given.has("address") {
        return Ok(usual);
    }
    let address = given.text("address")?.parse::<std::net::IpAddr>();
    let address = address.map_err(|_| bad("address", "it must be an IP address"))?;
    Ok(Attempt { address: Some(address.to_string()), ..usual })
}

fn country(given: &Given) -> Result<String, Refused> {
    let country = given.text_or("country", "US")?;
    let is_code = country.len() == 2 && country.bytes().all(|byte| byte.is_ascii_uppercase());
    if is_code { Ok(country.to_owned()) } else { Err(bad("country", "it must be two capital letters")) }
}

/// Who tried to get in, and how.
struct Tried<'a> {
    user: &'a User,
    attempt: &'a Attempt,
}

/// What a sign-in came to.
struct End {
    applied: Vec<Value>,
    denied: Option<Denied>,
}

/// As the caller says, or as the policies of this moment do.
fn end(world: &World, given: &Given, tried: Tried<'_>) -> Result<End, Refused> {
    if !given.has("with") {
        return Ok(End { applied: Vec::new(), denied: denied(given)? });
    }
    if given.has("result") {
        return Err(bad("result", "the policies say it where \"with\" is given"));
    }
    let words: Vec<&str> = PROOFS.iter().map(|(name, _)| *name).collect();
    let word = given.word("with", &words)?;
    let methods = PROOFS.iter().filter(|(name, _)| *name == word).map(|(_, method)| (*method).to_owned());
    let Tried { user, attempt } = tried;
    // Whoever comes from elsewhere brings no device of the company.
    let proof =
        Proof { methods: methods.collect(), managed_device: !given.has("address") && user.at_managed_device };
    let (applied, verdict) = attempted(world, user, attempt, &proof);
    Ok(End { applied, denied: verdict.err() })
}

/// A result by its name; by Entra's number where it has none here.
fn word_of(denied: Option<&Denied>) -> String {
    let code = denied.map_or(0, |denied| denied.code);
    let known = RESULTS.iter().find(|(_, known, _)| *known == code);
    known.map_or_else(|| code.to_string(), |(name, ..)| (*name).to_owned())
}

fn denied(given: &Given) -> Result<Option<Denied>, Refused> {
    let words: Vec<&str> = RESULTS.iter().map(|(name, ..)| *name).collect();
    let word = given.word("result", &words)?;
    let result = RESULTS.iter().find(|(name, code, _)| *name == word && *code != 0);
    Ok(result.map(|(_, code, message)| Denied::new(*code, "access_denied", *message)))
}
