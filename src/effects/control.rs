//! What breaks in an exercise: each change goes to the control port of the exercise's own tenant, over plain HTTP on this
//! machine.
//!
//! The changes travel beside everything else: a service that hangs must not keep the change waiting that brings it back.
//! Which changes there are, the tenant knows.

use std::time::Duration;

use serde::Deserialize;
use serde_json::json;
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use url::{Host, Url};

use crate::domain::exercise::scenario::Damage;
use crate::domain::mark::Mark;
use crate::domain::trouble::Trouble;
use crate::journeys::breaking::{Break, Did};
use crate::journeys::message::Msg;
use crate::tenant::plain;

/// How long a change may take; it is made at once, or never.
const PATIENCE: Duration = Duration::from_secs(20);

/// The control port of an exercise's tenant.
#[derive(Debug, Clone)]
pub struct Control {
    address: String,
    client: reqwest::Client,
}

impl Control {
    /// The port at `address`, for a tenant with this mark.
    ///
    /// # Errors
    ///
    /// The tenant is none of an exercise, or the address leads off this machine.
    pub fn of(mark: Mark, address: &str) -> Result<Self, Trouble> {
        let is_here =
            Url::parse(address).is_ok_and(|url| url.host() == Some(Host::Ipv4([127, 0, 0, 1].into())));
        if mark != Mark::Exercise || !is_here {
            return Err(not_of_an_exercise());
        }
        let client = reqwest::Client::builder()
            .http1_only()
            .no_proxy()
            .redirect(reqwest::redirect::Policy::none())
            .tls_certs_only(std::iter::empty::<reqwest::Certificate>())
            .timeout(PATIENCE)
            .build()
            .map_err(|error| not_made("anything", &plain(&error)))?;
        Ok(Self { address: address.to_owned(), client })
    }

    /// Makes the changes of an order, one after the other, and says what each did. The first that is refused ends it; what
    /// was made before stays, and the trouble says so. What the tenant has made already by this order it does not make
    /// again.
    ///
    /// # Errors
    ///
    /// A change is unknown or not possible now, or the tenant does not answer.
    pub async fn make(&self, order: &str, changes: &[Damage]) -> Result<Did, Trouble> {
        let mut did = Did::default();
        for (change, number) in changes.iter().zip(0..) {
            match self.one(change, Place { order, number }).await {
                Ok(made) => {
                    did.told.push(made.did.unwrap_or_default());
                    did.lasts = made.lasts;
                }
                Err(why) if did.told.is_empty() => return Err(not_made(&change.change, &why)),
                Err(why) => return Err(not_made(&change.change, &why).listing(&did.told)),
            }
        }
        Ok(did)
    }

    async fn one(&self, change: &Damage, place: Place<'_>) -> Result<Made, String> {
        let body = json!({
            "change": change.change,
            "parameters": change.parameters,
            "order": place.order,
            "number": place.number,
        });
        let sent = self.client.post(&self.address).json(&body).send().await.map_err(|error| plain(&error))?;
        let made: Made = sent.json().await.map_err(|error| plain(&error))?;
        match (&made.did, made.error) {
            (Some(_), _) => Ok(Made { error: None, ..made }),
            (None, Some(error)) => Err(error),
            (None, None) => Err("The answer is none of a rehearsal tenant.".to_owned()),
        }
    }
}

/// The place of a change in its order.
#[derive(Clone, Copy)]
struct Place<'a> {
    order: &'a str,
    number: u32,
}

/// What the control port says of a change.
#[derive(Debug, Deserialize)]
struct Made {
    did: Option<String>,
    error: Option<String>,
    /// For how many minutes of the exercise something is out by this order.
    #[serde(default)]
    lasts: Vec<u32>,
}

/// Starts what carries changes out, in their order; without a control port every one is refused.
pub(super) fn start(control: Option<Control>, messages: UnboundedSender<Msg>) -> UnboundedSender<Break<Msg>> {
    let (orders, queue) = unbounded_channel();
    tokio::spawn(work(control, queue, messages));
    orders
}

async fn work(
    control: Option<Control>,
    mut queue: UnboundedReceiver<Break<Msg>>,
    messages: UnboundedSender<Msg>,
) {
    while let Some(Break { order, changes, tell }) = queue.recv().await {
        let made = match &control {
            Some(control) => control.make(&order, &changes).await,
            None => Err(not_of_an_exercise()),
        };
        // The receiver is gone only when the program is leaving.
        drop(messages.send(tell.with(made)));
    }
}

fn not_of_an_exercise() -> Trouble {
    Trouble::new(
        "Nothing was broken.",
        "Only the tenant of an exercise can be broken by name, and this is none.",
        "Begin an exercise: breakglass tabletop",
    )
}

fn not_made(change: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The exercise's tenant did not take the change {change}."),
        why,
        "Go on by telling the players what has happened, or send it again; a scenario of your own is checked by: \
         breakglass tabletop check FILE",
    )
}
