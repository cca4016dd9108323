//! Changes that keep people from signing in, and the ways back: methods out for everybody, a federated domain whose server
//! is down, people flagged at risk, a password that nobody here knows, sessions that are gone, another person at the
//! console.
//!
//! Whether somebody gets in is decided where people sign in (`identity/sign_in`).

use serde_json::json;

use super::change::{Change, optional, required};
use super::find::{account, author, means};
use super::given::{Given, Refused, bad};
use super::lasting;
use crate::rehearsal::state::model::User;
use crate::rehearsal::state::troubles::{METHODS, Out, Span};
use crate::rehearsal::state::world::World;

const ACCOUNT: &str = "user principal name, the part of it before the @, or id";
const DOMAIN: &str = "a domain of the tenant";
const WHO: &str = "everybody, or a list of accounts; everybody when left out";
const MINUTES: &str =
    "tenant minutes, or those of the exercise that does it; until it is mended when left out";
/// Tenant minutes of thirty days: nothing is out longer.
const LONGEST: u32 = 30 * 24 * 60;
/// What risk can be.
const LEVELS: &[&str] = &["high", "medium", "low"];

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "methods-out",
        does: "Methods of these kinds do not answer, for anybody.",
        parameters: &[required("methods", "list of app, phone, fido2"), optional("minutes", MINUTES)],
        apply: methods_out,
    },
    Change {
        name: "methods-back",
        does: "Methods of every kind answer again.",
        parameters: &[],
        apply: methods_back,
    },
    Change {
        name: "federation-out",
        does: "The sign-in server of a federated domain does not answer.",
        parameters: &[required("domain", DOMAIN), optional("minutes", MINUTES)],
        apply: federation_out,
    },
    Change {
        name: "federation-back",
        does: "The sign-in server of a federated domain answers again.",
        parameters: &[required("domain", DOMAIN)],
        apply: federation_back,
    },
    Change {
        name: "domain-managed",
        does: "A federated domain is managed by Entra itself from now on.",
        parameters: &[required("domain", DOMAIN)],
        apply: domain_managed,
    },
    Change {
        name: "users-at-risk",
        does: "Accounts are flagged as at risk, so that policies about risk catch them.",
        parameters: &[
            optional("who", WHO),
            optional("level", "high, medium or low; high when left out"),
            optional("except", "list of accounts"),
        ],
        apply: at_risk,
    },
    Change {
        name: "risk-dismissed",
        does: "Accounts are no longer flagged as at risk.",
        parameters: &[optional("who", WHO), optional("except", "list of accounts")],
        apply: risk_dismissed,
    },
    Change {
        name: "password-set-elsewhere",
        does: "Somebody sets another password for an account, and tells nobody.",
        parameters: &[required("account", ACCOUNT)],
        apply: password_set,
    },
    Change {
        name: "sessions-gone",
        does: "Every token of an account is refused from now on.",
        parameters: &[required("account", ACCOUNT)],
        apply: sessions_gone,
    },
    Change {
        name: "operator-is",
        does: "Another account is the one that the person at the console signs in with.",
        parameters: &[required("account", ACCOUNT)],
        apply: operator_is,
    },
];

/// How long something lasts that begins now.
fn span(world: &World, given: &Given) -> Result<Span, Refused> {
    let minutes = given.has("minutes").then(|| given.number("minutes", 1, LONGEST)).transpose()?;
    Ok(lasting::span(world, given, minutes))
}

fn methods_out(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (words, span) = (given.list("methods")?, span(world, given)?);
    let kind = |word: &String| METHODS.iter().find(|(name, _)| name == word).map(|(_, kind)| *kind);
    let kinds: Option<Vec<&str>> = words.iter().map(kind).collect();
    let kinds = kinds.filter(|kinds| !kinds.is_empty());
    let kinds = kinds.ok_or_else(|| bad("methods", "it must be a list of: app, phone, fido2"))?;
    let out = kinds.iter().map(|kind| Out { what: (*kind).to_owned(), span: span.clone() });
    world.edit().troubles.methods.extend(out);
    Ok(format!("Sign-ins with these methods get no answer: {}.", words.join(", ")))
}

fn methods_back(world: &mut World, _: &Given) -> Result<String, Refused> {
    world.edit().troubles.methods.clear();
    Ok("Sign-ins with every method are answered again.".to_owned())
}

/// The name of a domain of this tenant, as the tenant has it.
fn domain(world: &World, given: &Given) -> Result<String, Refused> {
    let word = given.text("domain")?;
    let ids = world.state().domains.iter().filter_map(|domain| domain["id"].as_str());
    let hit = ids.into_iter().find(|id| id.eq_ignore_ascii_case(word)).map(str::to_owned);
    hit.ok_or_else(|| bad("domain", "the tenant has no domain of that name"))
}

fn federation_out(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (domain, span) = (domain(world, given)?, span(world, given)?);
    if !world.state().is_federated(&domain) {
        return Err(bad("domain", "it is managed by Entra itself, and has no server of its own"));
    }
    world.edit().troubles.domains.push(Out { what: domain.clone(), span });
    Ok(format!("The sign-in server of {domain} does not answer."))
}

fn federation_back(world: &mut World, given: &Given) -> Result<String, Refused> {
    let domain = domain(world, given)?;
    world.edit().troubles.domains.retain(|out| !out.what.eq_ignore_ascii_case(&domain));
    Ok(format!("The sign-in server of {domain} answers again."))
}

fn domain_managed(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (domain, by) = (domain(world, given)?, author(world, given)?);
    if !world.state().is_federated(&domain) {
        return Err(bad("domain", "it is managed already"));
    }
    let state = world.edit();
    for one in state.domains.iter_mut().filter(|one| one["id"] == domain.as_str()) {
        one["authenticationType"] = json!("Managed");
    }
    for one in state.organization["verifiedDomains"].as_array_mut().into_iter().flatten() {
        if one["name"] == domain.as_str() {
            one["type"] = json!("Managed");
        }
    }
    world.audit("Set domain authentication", &by, &[]);
    Ok(format!("{domain} is managed by Entra itself; its people sign in with a password there."))
}

/// Whom `who` and `except` mean. Guests are nobody's here.
fn meant(world: &World, given: &Given) -> Result<Vec<User>, Refused> {
    let (who, except) = (given.list("who")?, given.list("except")?);
    let users = || world.state().users.iter().filter(|user| !user.guest());
    let known = |word: &&String| users().any(|user| means(user, word));
    let everybody = who.is_empty() || who == ["everybody"];
    let named = if everybody { &[] } else { who.as_slice() };
    if let Some(stranger) = named.iter().chain(&except).find(|word| !known(word)) {
        return Err(bad("who", format!("there is no account called {stranger}")));
    }
    let among = |user: &User, words: &[String]| words.iter().any(|word| means(user, word));
    let chosen = users().filter(|user| (everybody || among(user, named)) && !among(user, &except));
    Ok(chosen.cloned().collect())
}

fn set_risk(world: &mut World, users: &[User], risk: Option<&str>) {
    for user in users {
        edit(world, user, |found| found.beside.risk = risk.map(str::to_owned));
    }
}

fn at_risk(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (users, level) = (meant(world, given)?, given.word("level", LEVELS)?);
    set_risk(world, &users, Some(level));
    Ok(format!("{} accounts are flagged: user risk {level}.", users.len()))
}

fn risk_dismissed(world: &mut World, given: &Given) -> Result<String, Refused> {
    let users = meant(world, given)?;
    set_risk(world, &users, None);
    Ok(format!("The risk of {} accounts is dismissed.", users.len()))
}

fn edit(world: &mut World, user: &User, change: impl FnOnce(&mut User)) {
    if let Some(found) = world.edit().users.iter_mut().find(|one| one.id() == user.id()) {
        change(found);
    }
}

fn password_set(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (user, by, stamp) = (account(world, given, "account")?, author(world, given)?, world.stamp());
    edit(world, &user, |found| {
        found.body.insert("lastPasswordChangeDateTime".to_owned(), json!(stamp));
        found.password = None;
        found.beside.password_unknown = true;
    });
    world.audit("Reset user password", &by, &[user.id()]);
    Ok(format!("{} has another password.", user.upn()))
}

fn sessions_gone(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (user, stamp, now) = (account(world, given, "account")?, world.stamp(), world.now);
    edit(world, &user, |found| {
        found.body.insert("signInSessionsValidFromDateTime".to_owned(), json!(stamp));
        found.beside.tokens_from = now;
    });
    Ok(format!("Every token of {} is refused from now on.", user.upn()))
}

fn operator_is(world: &mut World, given: &Given) -> Result<String, Refused> {
    let user = account(world, given, "account")?;
    user.id().clone_into(&mut world.edit().operator);
    Ok(format!("The person at the console signs in as {}.", user.upn()))
}
