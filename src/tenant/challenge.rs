//! What a service asks the next sign-in to bring: a claims challenge (contract 8 and 10).

use serde_json::Value;

/// The longest request for claims that is taken, in bytes: one with a dozen policies has less than a thousand.
const LONGEST: usize = 4_096;
/// The longest name or value inside, in characters: an address of IPv6. Ids have 36; a client secret has 40, codes and tokens
/// have hundreds.
const LONGEST_VALUE: usize = 39;

/// `text` as what a sign-in is asked to bring (OpenID Connect Core 1.0, 5.5), written anew from what was understood; nothing
/// where it is none.
///
/// It goes into an address that a browser shows and keeps. An answer may repeat what was sent with the request, so what could
/// be a secret is no claim.
pub(super) fn claims(text: &str) -> Option<String> {
    let asked: Value = serde_json::from_str(text).ok().filter(|_| text.len() <= LONGEST)?;
    (asked.is_object() && is_plain(&asked)).then(|| asked.to_string())
}

fn is_plain(value: &Value) -> bool {
    match value {
        Value::Object(members) => members.iter().all(|(name, value)| is_word(name) && is_plain(value)),
        Value::Array(items) => items.iter().all(is_plain),
        Value::String(word) => is_word(word),
        Value::Null | Value::Bool(_) | Value::Number(_) => true,
    }
}

fn is_word(text: &str) -> bool {
    text.len() <= LONGEST_VALUE
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_as_services_ask_for_them_are_taken() {
        for asked in [
            r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#,
            r#"{"access_token":{"nbf":{"essential":true,"value":"1702682181"}}}"#,
            r#"{"access_token":{"capolids":{"essential":true,"values":["5eed0000-0000-4000-8000-0000000000ca"]}}}"#,
            r#"{"access_token":{"xms_rp_ipaddr":{"value":"2001:0db8:0000:0000:0000:0000:0000:0001"}}}"#,
            r#"{"id_token":{"auth_time":{"essential":true},"email":null}}"#,
        ] {
            assert_eq!(claims(asked).as_deref(), Some(asked));
        }
    }

    #[test]
    fn what_could_be_a_secret_is_no_claim() {
        let secret = "Xk48Q~vTz9LmRw2cPdYhJ6nBsGf3uEaW5tKxNrQo";
        let long = format!(r#"{{"access_token":{{{}}}}}"#, r#""a":1,"#.repeat(2_000) + r#""a":1"#);
        for asked in [
            String::new(),
            "[]".to_owned(),
            r#""c1""#.to_owned(),
            "{".to_owned(),
            long,
            format!(r#"{{"access_token":{{"acrs":{{"value":"{secret}"}}}}}}"#),
            format!(r#"{{"access_token":{{"{secret}":null}}}}"#),
            format!(r#"{{"access_token":{{"acrs":{{"values":["c1","0.AX{}"]}}}}}}"#, "a".repeat(60)),
            r#"{"access_token":{"acrs":{"value":"with space"}}}"#.to_owned(),
        ] {
            assert_eq!(claims(&asked), None, "{asked}");
        }
    }
}
