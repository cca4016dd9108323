//! A body as it may be shown and kept: what other people's resources hold in the way of keys is left out.
//!
//! The address of a webhook is a key by itself (its path or its query holds it), and a tag may be called a token. Such text goes
//! back to the service as it was; it stands on no screen, on no page and not in the record.

use serde_json::Value;

use crate::domain::secret::names::sounds_secret;
use crate::domain::write::call::SECRET_MARK;

/// What stands in place of a key.
const LEFT_OUT: &str = SECRET_MARK;

/// `body` without the keys of others.
pub fn without_keys(body: &Value) -> Value {
    match body {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), member(name, value))).collect()
        }
        Value::Array(items) => items.iter().map(without_keys).collect(),
        Value::String(text) => Value::String(address(text)),
        Value::Null | Value::Bool(_) | Value::Number(_) => body.clone(),
    }
}

/// `body` with its phone numbers but for their last two digits: they are personal, and enough is left to know one again.
pub fn without_numbers(body: &Value) -> Value {
    match body {
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| {
                let is_number = name.to_ascii_lowercase().contains("phone") && name != "phoneType";
                (name.clone(), if is_number { numbers(value) } else { without_numbers(value) })
            })
            .collect(),
        Value::Array(items) => items.iter().map(without_numbers).collect(),
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => body.clone(),
    }
}

fn numbers(value: &Value) -> Value {
    match value {
        Value::String(number) => {
            let digits: Vec<char> = number.chars().filter(char::is_ascii_digit).collect();
            let last: String = digits.iter().skip(digits.len().saturating_sub(2)).collect();
            Value::String(format!("{LEFT_OUT}{last}"))
        }
        Value::Array(items) => items.iter().map(numbers).collect(),
        other => without_numbers(other),
    }
}

fn member(name: &str, value: &Value) -> Value {
    match value {
        Value::String(text) if !text.is_empty() && sounds_secret(name) => Value::String(LEFT_OUT.to_owned()),
        _ => without_keys(value),
    }
}

/// An address up to its host; other text as it is.
fn address(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("://").filter(|(scheme, _)| is_scheme(scheme)) else {
        return text.to_owned();
    };
    let (host, more) = rest.find(['/', '?', '#']).map_or((rest, ""), |at| rest.split_at(at));
    let (user, host) = host.rsplit_once('@').map_or(("", host), |(_, host)| (LEFT_OUT, host));
    let at = if user.is_empty() { "" } else { "@" };
    let left_out = if more.len() > 1 { LEFT_OUT } else { "" };
    format!("{scheme}://{user}{at}{host}{}{left_out}", more.get(..1).unwrap_or_default())
}

fn is_scheme(text: &str) -> bool {
    ["http", "https"].iter().any(|scheme| text.eq_ignore_ascii_case(scheme))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn of_a_number_two_digits_are_left_and_everything_else_stays() {
        let body = json!({"id": "i", "phoneType": "mobile", "phoneNumber": "+1 5555550147", "jobTitle": "Clerk",
            "businessPhones": ["+1 5555550199"], "mobilePhone": null});
        let kept = json!({"id": "i", "phoneType": "mobile", "phoneNumber": "•••47", "jobTitle": "Clerk",
            "businessPhones": ["•••99"], "mobilePhone": null});
        assert_eq!(without_numbers(&body), kept);
    }

    #[test]
    fn the_keys_of_others_are_left_out_and_nothing_else() {
        let body = json!({"tags": {"owner": "soc", "apiToken": "t0p"}, "properties": {
            "webhookReceivers": [{"name": "siem", "serviceUri": "https://siem.example.com/hook?sig=abc&v=1"}],
            "logicAppReceivers": [{"callbackUrl": "HTTPS://user:word@logic.example.com/x#k"}],
            "smsReceivers": [{"phoneNumber": "2065550100"}],
            "query": "SigninLogs | where UserId == 'a' // see https://example.com/a", "enabled": true}});
        assert_eq!(
            without_keys(&body),
            json!({"tags": {"owner": "soc", "apiToken": "•••"}, "properties": {
                "webhookReceivers": [{"name": "siem", "serviceUri": "https://siem.example.com/•••"}],
                "logicAppReceivers": [{"callbackUrl": "HTTPS://•••@logic.example.com/•••"}],
                "smsReceivers": [{"phoneNumber": "2065550100"}],
                "query": "SigninLogs | where UserId == 'a' // see https://example.com/a", "enabled": true}})
        );
    }
}
