//! From an action to the bytes that are sent: exactly the call that was shown, with its three last words filled in.
//!
//! A secret is put in at the very end, into memory that is wiped; the rest of the program never holds the body.

use bytes::Bytes;
use jiff::Timestamp;
use reqwest::Method;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::domain::write::call::{Call, SECRET_MARK, Service, Verb};
use crate::tenant::http::{Audience, Discretion, Request};
use crate::tenant::profile::Profile;

/// The request for `action`, with the cloud's addresses and its time.
pub(super) fn request(
    profile: &Profile,
    now: Timestamp,
    action: &Action,
    secret: Option<&Secret>,
) -> Result<Request, Trouble> {
    let call = action.call();
    let audience = match call.service {
        Service::Graph => Audience::Graph,
        Service::Arm => Audience::Arm,
    };
    let url = format!("{}{}", audience.address(profile), call.path);
    let discretion = discretion(action, &call);
    Ok(Request {
        audience,
        method: method(call.verb),
        url,
        body: body(profile, now, call, secret)?,
        discretion,
    })
}

fn method(verb: Verb) -> Method {
    match verb {
        Verb::Post => Method::POST,
        Verb::Patch => Method::PATCH,
        Verb::Put => Method::PUT,
        Verb::Delete => Method::DELETE,
    }
}

/// A pass is a secret that comes back.
fn discretion(action: &Action, call: &Call) -> Discretion {
    let comes_back = matches!(action, Action::IssuePass { .. });
    if comes_back || call.secret.is_some() { Discretion::Secret } else { Discretion::Ordinary }
}

fn body(
    profile: &Profile,
    now: Timestamp,
    call: Call,
    secret: Option<&Secret>,
) -> Result<Option<Bytes>, Trouble> {
    if call.body.is_null() {
        return Ok(None);
    }
    let needs_secret = call.secret.is_some();
    let text = filled(call.body, profile, now).to_string();
    match (needs_secret, secret) {
        (false, _) => Ok(Some(Bytes::from(text))),
        (true, Some(secret)) => with_secret(&text, secret).map(Some),
        (true, None) => Err(no_secret()),
    }
}

/// `{graph}` at the start of a text and `{now}` as a whole one; nothing inside of names that people chose.
fn filled(value: Value, profile: &Profile, now: Timestamp) -> Value {
    match value {
        Value::String(text) if text == "{now}" => Value::from(format!("{now:.0}")),
        Value::String(text) => match text.strip_prefix("{graph}/") {
            Some(rest) => Value::from(format!("{}/{rest}", profile.graph)),
            None => Value::String(text),
        },
        Value::Array(items) => items.into_iter().map(|item| filled(item, profile, now)).collect(),
        Value::Object(members) => Value::Object(
            members.into_iter().map(|(name, value)| (name, filled(value, profile, now))).collect(),
        ),
        other => other,
    }
}

/// Puts the secret where the password belongs. Only there: a display name that looks like the mark stays a name,
/// because its quotes would be escaped.
fn with_secret(text: &str, secret: &Secret) -> Result<Bytes, Trouble> {
    let mark = format!("\"password\":\"{SECRET_MARK}\"");
    let (before, after) = text.split_once(&mark).ok_or_else(no_secret)?;
    // Room for every character escaped as \u0000, so that the bytes never move.
    let room = text.len() + 6 * secret.expose().len() + 2;
    let mut body = Zeroizing::new(Vec::with_capacity(room));
    body.extend_from_slice(before.as_bytes());
    body.extend_from_slice(b"\"password\":");
    serde_json::to_writer(&mut *body, secret.expose()).map_err(|_| no_secret())?;
    body.extend_from_slice(after.as_bytes());
    Ok(Bytes::from_owner(body))
}

fn no_secret() -> Trouble {
    Trouble::new("The password was not at hand.", "It is kept for minutes only.", "Start the step again.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::slot::Slot;
    use crate::domain::write::action::RecycleBin;

    fn profile() -> Profile {
        let text = "login='https://l.example.com'\ngraph='https://g.example.com'\narm='https://a.example.com'\n\
                    logs='https://o.example.com'\nportal='https://p.example.com'\nsecurity_info='https://s.example.com'";
        Profile::from_toml(text).expect("a profile")
    }

    fn sent(action: &Action, secret: &str) -> Value {
        let secret = Secret::new(Zeroizing::new(secret.to_owned()));
        let ask = request(&profile(), Timestamp::UNIX_EPOCH, action, Some(&secret)).expect("a request");
        serde_json::from_slice(&ask.body.expect("a body")).expect("JSON")
    }

    fn user(display_name: String) -> Action {
        let (upn, bin) = ("a@b.example".to_owned(), RecycleBin::Read);
        Action::CreateUser { slot: Slot::FIRST, upn, display_name, bin }
    }

    #[test]
    fn a_secret_goes_nowhere_but_into_the_password() {
        let display_name = format!("\"password\":\"{SECRET_MARK}\"");
        let action = user(display_name);
        let body = sent(&action, "q\"\\u");
        assert_eq!(body["passwordProfile"]["password"], "q\"\\u");
        assert!(body["displayName"].as_str().is_some_and(|name| name.contains(SECRET_MARK)));
    }

    #[test]
    fn a_call_that_needs_a_secret_is_not_sent_without() {
        let action = user("A".to_owned());
        assert!(request(&profile(), Timestamp::UNIX_EPOCH, &action, None).is_err());
    }

    #[test]
    fn the_cloud_s_own_address_is_filled_in() {
        let action = Action::AddMember { group: "g".to_owned(), slot: Slot::FIRST, id: "u".to_owned() };
        let body = sent(&action, "unused");
        assert_eq!(body["@odata.id"], "https://g.example.com/v1.0/directoryObjects/u");
    }
}
