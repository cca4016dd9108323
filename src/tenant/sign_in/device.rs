//! Signing in with a code that is entered on another device: the fallback where no browser can return to this machine.
//!
//! The service is asked as often as it says, not more (contract 10, RFC 8628). Many tenants block this way with a
//! Conditional Access policy on authentication flows; the page then shows a block, and asking ends with an error or
//! never ends, so both are explained.

use std::time::{Duration, Instant};

use serde::Deserialize;
use serde_json::Value;
use zeroize::Zeroizing;

use super::id_token::{self, Expected};
use super::known;
use super::oauth::{self, Client};
use super::tokens::{Grant, Signed};
use super::wish;
use crate::domain::connection::sign_in::{Demand, Prompt};
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::tenant::bounded;
use crate::tenant::fault::Fault;
use crate::tenant::patience::patiently;
use crate::tenant::session::Session;

/// Seconds between two questions when the service does not say (RFC 8628, 3.2).
const USUAL_INTERVAL: u64 = 5;
/// More than this between two questions makes nobody wait sensibly, seconds (ours: the service says 5).
const LONGEST_INTERVAL: u64 = 60;
/// How long a code is good when the service does not say, seconds (contract 10).
const USUAL_LIFETIME: u64 = 900;
/// No code is awaited longer than this, seconds (ours: the service says 900).
const LONGEST_LIFETIME: u64 = 3600;
/// So many seconds more after each `slow_down` (RFC 8628, 3.5).
const SLOWER: u64 = 5;
/// The service's numbers for a policy that stops this way.
const BLOCKED: [u32; 4] = [53_003, 50_199, 530_033, 530_036];
/// The grant type (RFC 8628, 3.4).
const GRANT: &str = "urn:ietf:params:oauth:grant-type:device_code";

/// The answer of the device code endpoint. No `Debug`: the device code is as good as a sign-in.
#[derive(Deserialize)]
struct Issued {
    device_code: Zeroizing<String>,
    user_code: String,
    verification_uri: String,
    /// Tenant seconds.
    #[serde(default)]
    expires_in: Value,
    /// Tenant seconds.
    #[serde(default)]
    interval: Value,
}

impl Issued {
    /// How long the code is good, tenant seconds.
    fn lifetime(&self) -> u64 {
        bounded::whole(&self.expires_in, LONGEST_LIFETIME).filter(|said| *said > 0).unwrap_or(USUAL_LIFETIME)
    }

    /// How long to wait before the first question, tenant seconds.
    fn interval(&self) -> u64 {
        bounded::whole(&self.interval, LONGEST_INTERVAL).unwrap_or(USUAL_INTERVAL).max(1)
    }
}

/// Asks for a code, shows it, and waits until it was entered.
pub(super) async fn sign_in(
    session: &Session,
    client: &Client,
    demand: &Demand,
    show: impl Fn(Prompt),
) -> Result<Signed, Trouble> {
    let scope = wish::signed_in_scopes(&session.profile, demand.audience);
    let form = [("client_id", client.id.as_str()), ("scope", scope.as_str())];
    let ask = || oauth::post(session.service(), client, "devicecode", &form);
    let issued: Issued = patiently(&session.profile, ask).await.map_err(Fault::into_trouble)?;
    show(Prompt::Code {
        address: clean(&issued.verification_uri),
        code: clean(&issued.user_code),
        minutes: issued.lifetime().div_ceil(60),
    });
    session.profile.enter(&issued.verification_uri, &issued.user_code).await;
    let grant = answered(session, client, demand, issued).await?;
    let expected = Expected {
        client,
        issuer: &known::issuer(session, client).await.map_err(Fault::into_trouble)?,
        nonce: None,
        now: grant.at.unwrap_or_else(|| session.service_time()),
    };
    let who = id_token::check(&grant, &expected)?;
    Ok(Signed { who, grant })
}

/// Asks again and again until there is an answer. An answer that is lost on the way is asked for again.
async fn answered(
    session: &Session,
    client: &Client,
    demand: &Demand,
    issued: Issued,
) -> Result<Grant, Trouble> {
    let ends = Instant::now() + session.profile.scaled(Duration::from_secs(issued.lifetime()));
    let claims = wish::with_capability(demand.claims.as_deref());
    let form = [
        ("grant_type", GRANT),
        ("client_id", client.id.as_str()),
        ("device_code", issued.device_code.as_str()),
        ("claims", &claims),
    ];
    let mut interval = issued.interval();
    loop {
        session.pause(Duration::from_secs(interval)).await;
        let fault: Fault = match oauth::granted(session.service(), client, &form).await {
            Ok(grant) => return Ok(grant),
            Err(fault) => fault,
        };
        match fault.code.as_str() {
            "authorization_pending" => {}
            "slow_down" => interval = (interval + SLOWER).min(LONGEST_INTERVAL),
            "expired_token" => return Err(expired()),
            "authorization_declined" => return Err(declined()),
            _ if fault.is_passing() => {
                tokio::time::sleep(session.asked_wait(&fault).unwrap_or_default()).await;
            }
            _ => return Err(explained(fault)),
        }
        if Instant::now() > ends {
            return Err(expired());
        }
    }
}

/// A policy that stops this way is named with the way around it.
fn explained(fault: Fault) -> Trouble {
    let is_blocked = fault.number.is_some_and(|number| BLOCKED.contains(&number));
    let mut trouble = fault.into_trouble();
    if is_blocked {
        trouble.why = format!("This tenant does not let anybody sign in with a device code. {}", trouble.why);
        trouble.next =
            "Use --sign-in browser; over SSH the address the browser ends at can be pasted here.".to_owned();
    }
    trouble
}

fn expired() -> Trouble {
    Trouble::new(
        "The code has ended.",
        "It was not entered in time, or the page showed that a policy blocks this way of signing in.",
        "Start the sign-in again. If the page said that access is blocked, use --sign-in browser.",
    )
}

fn declined() -> Trouble {
    Trouble::new(
        "The sign-in was declined.",
        "Somebody chose to cancel it on the page where the code was entered.",
        "Start the sign-in again and accept.",
    )
}
