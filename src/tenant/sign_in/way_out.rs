//! The way out for the credentials of `azure_identity`: our own client, our sign-in address, our patience.
//!
//! The library's own retries are switched off: they know neither tenant time nor every form of `Retry-After`.

use std::time::Duration;

use azure_core::Bytes;
use azure_core::http::headers::HeaderName;
use azure_core::http::request::Body;
use azure_core::http::{AsyncRawResponse, HttpClient, Request, Url};
use backon::BackoffBuilder as _;
use serde::de::IgnoredAny;
use serde_json::Value;
use zeroize::Zeroizing;

use crate::domain::secret::Secret;
use crate::tenant::bounded;
use crate::tenant::patience;
use crate::tenant::profile::Profile;
use crate::tenant::retry_after;

/// Stands for the cloud's sign-in address: the library wants https and no path, so the real address is put in on the
/// way out. The name cannot exist (RFC 6761).
pub(super) const PLACEHOLDER: &str = "https://login.breakglass.invalid";

/// Stands for the client secret, which the library would keep: letters that no form has to encode.
pub(super) const SECRET_PLACEHOLDER: &str = "put-in-on-the-way-out";

/// Our own client, with the sign-in address and the client secret put in.
#[derive(Debug)]
pub(super) struct WayOut {
    pub client: reqwest::Client,
    pub profile: Profile,
    pub secret: Option<Secret>,
}

#[async_trait::async_trait]
impl HttpClient for WayOut {
    async fn execute_request(&self, request: &Request) -> azure_core::Result<AsyncRawResponse> {
        let mut waits = patience::waits(&self.profile).build();
        loop {
            let answer = self.sent(request).await;
            if !may_pass(&answer) {
                return answer.map(Answer::into_response);
            }
            let Some(own) = waits.next() else { return answer.map(Answer::into_response) };
            let asked = answer.ok().and_then(|answer| answer.asked());
            tokio::time::sleep(asked.map_or(own, |wait| patience::asked(&self.profile, wait))).await;
        }
    }
}

impl WayOut {
    async fn sent(&self, request: &Request) -> azure_core::Result<Answer> {
        let response = match request.url().as_str().strip_prefix(PLACEHOLDER) {
            None => self.client.execute_request(request).await?,
            Some(rest) => {
                let mut request = request.clone();
                *request.url_mut() = Url::parse(&format!("{}{rest}", self.profile.login))?;
                if let Some(body) =
                    self.secret.as_ref().and_then(|secret| with_secret(request.body(), secret))
                {
                    request.set_body(body);
                }
                self.client.execute_request(&request).await?
            }
        };
        let (status, headers, body) = response.deconstruct();
        Ok(Answer { status, headers, body: bounded_lifetime(body.collect().await?) })
    }
}

/// The form with the secret in the place of its mark, in memory that is wiped.
fn with_secret(body: &Body, secret: &Secret) -> Option<Bytes> {
    let Body::Bytes(form) = body else { return None };
    let form = std::str::from_utf8(form).ok()?;
    let (before, after) = form.split_once(SECRET_PLACEHOLDER)?;
    // Room for every byte encoded as %00, so that nothing ever moves.
    let mut armed = Zeroizing::new(Vec::with_capacity(form.len() + 3 * secret.expose().len()));
    armed.extend_from_slice(before.as_bytes());
    for part in url::form_urlencoded::byte_serialize(secret.expose().as_bytes()) {
        armed.extend_from_slice(part.as_bytes());
    }
    armed.extend_from_slice(after.as_bytes());
    Some(Bytes::from_owner(armed))
}

/// An answer that arrived whole.
struct Answer {
    status: azure_core::http::StatusCode,
    headers: azure_core::http::headers::Headers,
    body: Bytes,
}

impl Answer {
    fn asked(&self) -> Option<Duration> {
        let header = |name| self.headers.get_optional_str(&HeaderName::from_static(name));
        retry_after::wait(header("retry-after")?, header("date"))
    }

    /// Half an object, or a web page of somebody in between.
    fn is_garbled(&self) -> bool {
        self.status.is_success() && serde_json::from_slice::<IgnoredAny>(&self.body).is_err()
    }

    fn into_response(self) -> AsyncRawResponse {
        AsyncRawResponse::from_bytes(self.status, self.headers, self.body)
    }
}

/// The answer with a lifetime that the library can reckon with: it adds what it is told to the present moment, and panics
/// where no date holds the sum.
fn bounded_lifetime(body: Bytes) -> Bytes {
    let Ok(Value::Object(mut answer)) = serde_json::from_slice(&body) else { return body };
    let Some(told) = answer.get("expires_in") else { return body };
    let bounded = bounded::whole(told, bounded::LONGEST_LIFETIME).unwrap_or_default();
    if told.as_u64() == Some(bounded) {
        return body;
    }
    answer.insert("expires_in".to_owned(), bounded.into());
    Value::Object(answer).to_string().into()
}

/// Without an answer, with one that cannot be used, or with one that says so, the trouble may pass by itself.
fn may_pass(answer: &azure_core::Result<Answer>) -> bool {
    answer.as_ref().map_or(true, |answer| {
        matches!(u16::from(answer.status), 408 | 429 | 500 | 502 | 503 | 504) || answer.is_garbled()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_secret_stands_in_the_form_as_a_form_has_it_and_only_there() {
        let secret = Secret::new(Zeroizing::new("a+b c&d=é~".to_owned()));
        let form = format!("client_id=x&client_secret={SECRET_PLACEHOLDER}&scope=y");
        let armed = with_secret(&Body::from(Bytes::from(form)), &secret).expect("a form");
        assert_eq!(&armed[..], b"client_id=x&client_secret=a%2Bb+c%26d%3D%C3%A9%7E&scope=y");
        assert!(with_secret(&Body::from(Bytes::from_static(b"grant_type=other")), &secret).is_none());
    }

    #[test]
    fn the_library_is_told_a_lifetime_that_a_date_can_hold() {
        for (told, bounded) in [
            ("3599", "3599"),
            ("18446744073709551615", "172800"),
            ("9223372036854775807", "172800"),
            ("-9223372036854775808", "0"),
            ("-1", "0"),
            ("1e300", "172800"),
            ("\"3599\"", "3599"),
            ("\"soon\"", "0"),
        ] {
            let answer = format!(r#"{{"access_token":"t","expires_in":{told}}}"#);
            let passed = bounded_lifetime(Bytes::from(answer));
            let wanted = format!(r#"{{"access_token":"t","expires_in":{bounded}}}"#);
            assert_eq!(String::from_utf8_lossy(&passed), wanted, "{told}");
        }
        let other = Bytes::from_static(br#"{"error":"invalid_client"}"#);
        assert_eq!(bounded_lifetime(other.clone()), other);
    }
}
