//! The sign-in service: the exchange of codes and refresh tokens for tokens, and what its refusals mean.
//!
//! What is asked for is [`super::wish`]; waiting for the browser is [`super::redirect`].

use std::sync::atomic::{AtomicBool, Ordering};

use jiff::Timestamp;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::tokens::Grant;
use super::wish::{CAN_ANSWER_CLAIMS, scopes_for};
use crate::domain::connection::sign_in::{Audience, did_not_work};
use crate::domain::text::{clean, cut};
use crate::domain::trouble::Trouble;
use crate::tenant::challenge;
use crate::tenant::fault::{Fault, Kind};
use crate::tenant::http::{Http, Request, Response};
use crate::tenant::patience::patiently;
use crate::tenant::profile::Profile;

pub(in crate::tenant) use super::wish::Client;

/// The public client of Microsoft Graph PowerShell (contract 10): the quick start, any delegated scope by consent.
pub const GRAPH_POWERSHELL: &str = "14d82eec-204b-4c2f-b7e8-296a70dab67e";
/// The public client of the Azure CLI (contract 10): it may always ask for Azure.
pub(super) const AZURE_CLI: &str = "04b07795-8ddb-461a-bbee-02f9e1bf7b46";
/// The endpoint that is sent secrets: codes, refresh tokens, proofs.
const TOKEN: &str = "token";
/// A code that was exchanged before (common knowledge; not in the contract).
const ALREADY_REDEEMED: u32 = 54_005;

/// The sign-in service: its addresses, and the client that reaches them.
#[derive(Clone, Copy)]
pub(in crate::tenant) struct Service<'a> {
    pub http: &'a Http,
    pub profile: &'a Profile,
}

/// Exchanges the code of a finished sign-in for tokens, patiently.
///
/// A code is good once. Where an answer was lost, asking again may find it used up: that is told as a loss
/// ([`is_spent`]), because a new sign-in mends it.
pub(super) async fn redeemed(
    service: Service<'_>,
    client: &Client,
    fields: &[(&str, &str)],
) -> Result<Grant, Fault> {
    let mut form = vec![("client_id", client.id.as_str())];
    form.extend_from_slice(fields);
    let lost = AtomicBool::new(false);
    let redeemed = patiently(service.profile, || async {
        let answer = granted(service, client, &form).await;
        if answer.as_ref().is_err_and(|fault| fault.kind == Kind::Lost) {
            lost.store(true, Ordering::Relaxed);
        }
        answer
    });
    redeemed.await.map_err(|fault| match fault.kind == Kind::SignIn && lost.load(Ordering::Relaxed) {
        true => spent(),
        false => fault,
    })
}

fn spent() -> Fault {
    let trouble = did_not_work(
        "The tokens were lost on the way, and a sign-in brings them only once.",
        "Start the sign-in again.",
    );
    Fault { number: Some(ALREADY_REDEEMED), ..Fault::unanswered(Kind::Lost, trouble) }
}

/// Whether the code was used up by an answer that never arrived.
pub(super) fn is_spent(fault: &Fault) -> bool {
    fault.kind == Kind::Lost && fault.number == Some(ALREADY_REDEEMED)
}

/// Posts a form to an endpoint below the tenant's `oauth2/v2.0`, once.
pub(super) async fn post<T: DeserializeOwned>(
    service: Service<'_>,
    client: &Client,
    endpoint: &str,
    form: &[(&str, &str)],
) -> Result<T, Fault> {
    answered(service, client, endpoint, form).await.map(|(body, _)| body)
}

/// Asks the token endpoint, once.
pub(super) async fn granted(
    service: Service<'_>,
    client: &Client,
    form: &[(&str, &str)],
) -> Result<Grant, Fault> {
    let (mut grant, at): (Grant, _) = answered(service, client, TOKEN, form).await?;
    grant.at = at;
    Ok(grant)
}

/// What an endpoint answered, and when by the service's own clock.
async fn answered<T: DeserializeOwned>(
    service: Service<'_>,
    client: &Client,
    endpoint: &str,
    form: &[(&str, &str)],
) -> Result<(T, Option<Timestamp>), Fault> {
    let url = format!("{}/{}/oauth2/v2.0/{endpoint}", service.profile.login, client.tenant);
    let answer = service.http.form(&url, form).await?;
    match answer.status.is_success() {
        true => answer.json(&Request::get(Audience::Graph, url)).map(|body| (body, answer.time())),
        // A code, a refresh token or a proof was sent to it, which the answer may repeat.
        false if endpoint == TOKEN => Err(refused(&answer, OAuthError::without_words)),
        false => Err(refused(&answer, OAuthError::read)),
    }
}

/// A token for another service, or a fresh one, with the patience of a read.
pub(super) async fn refreshed(
    service: Service<'_>,
    client: &Client,
    audience: Audience,
    refresh: &str,
) -> Result<Grant, Fault> {
    let scope = scopes_for(service.profile, audience);
    let form = [
        ("client_id", client.id.as_str()),
        ("grant_type", "refresh_token"),
        ("refresh_token", refresh),
        ("scope", &scope),
        ("claims", CAN_ANSWER_CLAIMS),
    ];
    patiently(service.profile, || post(service, client, TOKEN, &form)).await
}

/// An error of the sign-in service, in its answer or in a redirect.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct OAuthError {
    pub error: String,
    pub error_description: String,
    /// What a new sign-in has to bring, when that is known.
    pub claims: String,
    /// Under which the service keeps its own account of the request.
    pub trace_id: String,
}

fn refused(answer: &Response, read: fn(&[u8]) -> OAuthError) -> Fault {
    let error = read(&answer.body);
    let status = answer.status.as_u16();
    let kind = match (error.error.as_str(), status) {
        ("invalid_grant" | "interaction_required" | "login_required", _) => Kind::SignIn,
        (_, 429) => Kind::Busy,
        (_, 408 | 500..) => Kind::Lost,
        _ => Kind::Refused,
    };
    let trouble = match error.error.is_empty() && kind != Kind::Refused {
        true => unwell(status),
        false => error.trouble(),
    };
    let mut fault = Fault::unanswered(kind, trouble.with_request(&answer.request));
    fault.status = status;
    fault.retry_after = answer.retry_after();
    fault.number = error.number();
    // The claims are not shown; the next sign-in brings them.
    fault.message = challenge::claims(&error.claims).unwrap_or_default();
    fault.code = error.error;
    fault
}

/// The service gave no reason of its own.
pub(super) fn unwell(status: u16) -> Trouble {
    did_not_work(
        format!("The sign-in service answered {status}: it is busy, or has a problem of its own."),
        "Wait a few minutes and sign in again.",
    )
}

impl OAuthError {
    /// What `body` says; nothing where it is no such error.
    fn read(body: &[u8]) -> Self {
        serde_json::from_slice(body).unwrap_or_default()
    }

    /// The same of an answer that may repeat what was sent: only the code, the number and the id of the service's own are
    /// kept, each in the form it has to have.
    fn without_words(body: &[u8]) -> Self {
        let told = Self::read(body);
        let number = told.number().map(|number| format!("AADSTS{number}"));
        let trace_id = uuid::Uuid::try_parse(&told.trace_id).map(|id| id.hyphenated().to_string()).ok();
        let known = number.into_iter().chain(trace_id.iter().map(|id| format!("trace {id}")));
        Self {
            error_description: known.collect::<Vec<_>>().join(", "),
            error: Some(told.error).filter(|code| is_code(code)).unwrap_or_default(),
            claims: told.claims,
            trace_id: trace_id.unwrap_or_default(),
        }
    }

    /// A sign-in that came back with this error.
    pub fn into_fault(self) -> Fault {
        let (number, trouble) = (self.number(), self.trouble());
        Fault { number, code: self.error, ..Fault::unanswered(Kind::SignIn, trouble) }
    }

    /// The number in `AADSTS50076: …`.
    pub fn number(&self) -> Option<u32> {
        let rest = self.error_description.split("AADSTS").nth(1)?;
        rest.chars().take_while(char::is_ascii_digit).collect::<String>().parse().ok()
    }

    /// The error as people read it. Numbers other than 65002, 50126 and 530084 come from common knowledge, not from
    /// documentation at hand; the server's own words are shown besides, where they cannot repeat a
    /// secret.
    pub fn trouble(&self) -> Trouble {
        let said = cut(&clean(&self.error_description), 300);
        let (meaning, next) = match self.number() {
            Some(50_126) => {
                ("The name or the password is wrong.", "Sign in again; check the password on paper.")
            }
            Some(50_053) => ("The account is locked after too many attempts.", "Wait, or have it unlocked."),
            Some(50_057) => ("The account is disabled.", "Enable the account, then sign in again."),
            Some(50_034) => ("The account does not exist in this tenant.", "Check the name and the tenant."),
            Some(50_076 | 50_079 | 50_072 | 50_074) => (
                "Multifactor authentication is required.",
                "Sign in with the second factor, or register one first.",
            ),
            Some(53_000..=53_004) => (
                "A Conditional Access policy stops this sign-in.",
                "Meet the policy: where it asks for a second factor, with one that the tenant accepts today (a key whose \
                 model is no longer on the tenant's list of keys counts for nothing). Or have the account excluded. \
                 Where a policy locks administrators out: breakglass repair blocked-by-policy, signed in as the other \
                 emergency access account.",
            ),
            Some(65_004) => (
                "The sign-in was declined: the permissions were not consented to.",
                "Sign in again as an administrator and accept.",
            ),
            Some(65_001) => {
                ("The permissions were not consented to.", "Sign in as an administrator and consent.")
            }
            Some(65_002) => (
                "This app may not have these permissions.",
                "Use an app registration of your own (--client-id); for Azure alone --azure-sign-in azure-cli will do.",
            ),
            Some(700_016) => ("The app is unknown in this tenant.", "Check --client-id and --tenant."),
            Some(90_002) => ("The tenant is unknown.", "Check --tenant."),
            Some(530_084) => (
                "The tenant asks for a protected token from this app.",
                "Use an app registration of your own (--client-id).",
            ),
            Some(50_173 | 700_082 | 70_008 | 70_043 | 50_133) => ("The sign-in has ended.", "Sign in again."),
            Some(50_199) => (
                "The sign-in has to be confirmed in a browser first.",
                "Sign in again with --sign-in browser.",
            ),
            Some(700_024) => (
                "The clock of this machine is off, so the app's proof is not believed.",
                "Set the clock (time synchronization), then try again.",
            ),
            Some(7_000_215 | 7_000_222) => {
                ("The client secret is wrong or has ended.", "Make a new secret for the app and use that.")
            }
            Some(700_027) => (
                "The certificate is not one of this app.",
                "Upload the certificate to the app registration, or name the right file.",
            ),
            _ if self.error == "access_denied" => (
                "The sign-in was declined.",
                "Sign in again and accept. Where the page spoke of a policy: breakglass repair blocked-by-policy, signed \
                 in as the other emergency access account.",
            ),
            _ => ("The sign-in service refused.", "Read the reason and sign in again."),
        };
        did_not_work(format!("{meaning} ({})", if said.is_empty() { &self.error } else { &said }), next)
    }
}

/// Whether it is a code of OAuth (RFC 6749, 5.2): small letters and lines between them. Nothing that is a secret looks so.
fn is_code(text: &str) -> bool {
    const LONGEST: usize = 40;
    text.len() <= LONGEST && text.chars().all(|c| c.is_ascii_lowercase() || c == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A code, a refresh token, a client secret, as they are sent.
    const SENT: [&str; 3] = [
        "0.AXoAk48Q~vTz9LmRw2cPdYhJ6nBsGf3uEaW5tKxNrQo.AgABBAIAAAD",
        "1.AVsAq2Xk48QvTz9LmRw2cPdYhJ6nBsGf3uEaW5tKxNrQo-AQABAAEAAAD",
        "Xk48Q~vTz9LmRw2cPdYhJ6nBsGf3uEaW5tKxNrQo",
    ];
    const TRACE: &str = "5eed0000-0000-4000-8000-fab21c0000aa";

    #[test]
    fn of_an_answer_to_a_secret_only_code_number_and_trace_are_kept() {
        for sent in SENT {
            let body = |error: &str, description: String, trace: &str| {
                let body =
                    serde_json::json!({"error": error, "error_description": description, "trace_id": trace});
                OAuthError::without_words(body.to_string().as_bytes())
            };
            let all = [
                body("invalid_grant", format!("AADSTS70008: The code '{sent}' has expired."), TRACE),
                body("invalid_grant", format!("{sent} AADSTS70008"), TRACE),
                body("invalid_grant", format!("AADSTS70008{sent}"), sent),
                body(sent, format!("AADSTS70008: {sent}"), TRACE),
                body(sent, sent.to_owned(), sent),
            ];
            for error in &all {
                let told = format!(
                    "{} {} {} {}",
                    error.trouble(),
                    error.error,
                    error.error_description,
                    error.trace_id
                );
                let repeats =
                    sent.as_bytes().windows(8).any(|run| told.as_bytes().windows(8).any(|has| has == run));
                assert!(!repeats, "{told}");
            }
            let told = all[0].trouble().to_string();
            assert!(told.contains("AADSTS70008") && told.contains(TRACE), "{told}");
            assert_eq!((all[0].number(), all[0].error.as_str()), (Some(70_008), "invalid_grant"));
        }
    }

    #[test]
    fn the_number_of_a_refusal_is_explained_and_shown() {
        let error = OAuthError {
            error: "invalid_grant".to_owned(),
            error_description: "AADSTS53003: Access has been blocked.".to_owned(),
            ..OAuthError::default()
        };
        let trouble = error.trouble();
        assert!(
            trouble.why.contains("AADSTS53003") && trouble.why.contains("Conditional Access"),
            "{trouble}"
        );
    }
}
