//! What was sent, for `-v`: method, address, body and the answer's status, one value for each request.
//!
//! Never a token; passwords, passes and phone numbers are masked by the name of their member, wherever they stand, and the
//! keys of others that resources of Azure hold. The requests of a sign-in and the bodies of answers are not told at all.

use std::sync::Arc;
use std::time::Duration;

use serde::Serialize;
use serde_json::Value;

use super::fault::Fault;
use super::http::{Request, Response};
use crate::domain::write::call::SECRET_MARK;
use crate::domain::write::shown::without_keys;

/// Members whose values nobody may read, in lower case.
const MASKED: [&str; 6] =
    ["password", "temporaryaccesspass", "phonenumber", "currentpassword", "newpassword", "mobilephone"];
/// Query parameters that carry a state of the server's own.
const MASKED_QUERY: [&str; 2] = ["$skiptoken", "$deltatoken"];

/// One request and how it ended.
#[derive(Debug, Clone, Serialize)]
pub struct Sent {
    /// `GET`, `POST`, …
    pub method: String,
    /// The whole address.
    pub url: String,
    /// The body, masked; null without one.
    pub body: Value,
    /// HTTP status; null when no answer came.
    pub status: Option<u16>,
    /// `client-request-id`, when an answer came.
    pub request: Option<String>,
    /// From the first byte out to the last byte in, real milliseconds.
    pub milliseconds: u128,
}

/// Takes what was sent.
pub type Trace = Arc<dyn Fn(&Sent) + Send + Sync>;

/// What one request was.
pub(super) fn sent(ask: &Request, answer: &Result<Response, Fault>, took: Duration) -> Sent {
    let body = ask.body.as_ref().and_then(|body| serde_json::from_slice(body).ok());
    Sent {
        method: ask.method.to_string(),
        url: masked_url(&ask.url),
        body: masked(match is_of_azure(&ask.url) {
            true => without_keys(&body.unwrap_or_default()),
            false => body.unwrap_or_default(),
        }),
        status: answer.as_ref().ok().map(|answer| answer.status.as_u16()),
        request: answer.as_ref().ok().map(|answer| answer.request.clone()),
        milliseconds: took.as_millis(),
    }
}

/// Resources of Azure hold keys of others.
fn is_of_azure(url: &str) -> bool {
    ["/subscriptions/", "/providers/"].iter().any(|part| url.to_ascii_lowercase().contains(part))
}

fn masked(value: Value) -> Value {
    match value {
        Value::Object(members) => {
            let masked = members.into_iter().map(|(name, value)| {
                let value = masked_member(&name, value);
                (name, value)
            });
            Value::Object(masked.collect())
        }
        Value::Array(items) => items.into_iter().map(masked).collect(),
        other => other,
    }
}

/// What is told of the member `name`.
fn masked_member(name: &str, value: Value) -> Value {
    let secret = value.is_string() && MASKED.contains(&name.to_lowercase().as_str());
    if secret { Value::from(SECRET_MARK) } else { masked(value) }
}

fn masked_url(url: &str) -> String {
    let Some((path, query)) = url.split_once('?') else { return url.to_owned() };
    let masked = query.split('&').map(|pair| match pair.split_once('=') {
        Some((name, _)) if MASKED_QUERY.iter().any(|m| name.replace("%24", "$").eq_ignore_ascii_case(m)) => {
            format!("{name}={SECRET_MARK}")
        }
        _ => pair.to_owned(),
    });
    format!("{path}?{}", masked.collect::<Vec<_>>().join("&"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn secrets_are_masked_wherever_they_stand() {
        let body = json!({"passwordProfile": {"password": "p1", "forceChangePasswordNextSignIn": false},
            "list": [{"phoneNumber": "+1 555"}], "passwordPolicies": "DisablePasswordExpiration"});
        let told = masked(body).to_string();
        assert!(!told.contains("p1") && !told.contains("555"), "{told}");
        assert!(told.contains("DisablePasswordExpiration") && told.contains("false"), "{told}");
    }

    #[test]
    fn what_goes_to_azure_is_told_without_the_keys_of_others() {
        assert!(is_of_azure("https://arm/subscriptions/s/providers/Microsoft.Insights/actionGroups/g"));
        assert!(is_of_azure("https://arm/providers/microsoft.aadiam/diagnosticSettings/d"));
        assert!(!is_of_azure("https://graph/v1.0/users"));
    }

    #[test]
    fn a_page_s_state_is_masked_and_the_question_is_not() {
        let url = "https://g/v1.0/users?$filter=a&%24skiptoken=RFNw";
        assert_eq!(masked_url(url), format!("https://g/v1.0/users?$filter=a&%24skiptoken={SECRET_MARK}"));
    }
}
