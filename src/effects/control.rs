//! What breaks in an exercise: each change goes to the control port of the exercise's own tenant, over plain HTTP on this
//! machine.
//!
//! The changes travel beside everything else: a service that hangs must not keep the change waiting that brings it back.
//! Which changes there are, the tenant knows.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Value, json};
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

    /// Makes the changes of an order and says what each did; where one is refused, none is made. What the tenant has made
    /// already by this order it does not make again, so that an order without an answer can be given once more.
    ///
    /// # Errors
    ///
    /// A change is unknown or not possible now, or the tenant does not answer.
    pub async fn make(&self, order: &str, changes: &[Damage]) -> Result<Did, Trouble> {
        let shown = |one: &Damage| json!({"change": one.change, "parameters": one.parameters});
        let body = json!({"order": order, "changes": changes.iter().map(shown).collect::<Vec<_>>()});
        let all = || changes.iter().map(|one| one.change.as_str()).collect::<Vec<_>>().join(", ");
        let answer = match self.sent(&body).await {
            Ok(answer) => answer,
            Err(_) => self.sent(&body).await.map_err(|why| not_made(&all(), &why))?,
        };
        match answer {
            Answer { did: Some(told), lasts, .. } => Ok(Did { told, lasts }),
            Answer { error: Some(why), change, .. } => {
                Err(refused(&change.unwrap_or_else(all), &why, changes.len()))
            }
            Answer { .. } => Err(not_made(&all(), "The answer is none of a rehearsal tenant.")),
        }
    }

    async fn sent(&self, body: &Value) -> Result<Answer, String> {
        let sent = self.client.post(&self.address).json(body).send().await.map_err(|error| plain(&error))?;
        sent.json().await.map_err(|error| plain(&error))
    }
}

/// What the control port says of an order.
#[derive(Debug, Deserialize)]
struct Answer {
    did: Option<Vec<String>>,
    error: Option<String>,
    /// The change that was refused.
    change: Option<String>,
    /// For how many minutes of the exercise something lasts by this order.
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

/// One of so many changes was refused: the tenant stayed as it was.
fn refused(change: &str, why: &str, of: usize) -> Trouble {
    let nothing = if of > 1 { ", so it made none of the changes that belong together" } else { "" };
    Trouble {
        what: format!("The exercise's tenant did not take the change {change}{nothing}."),
        ..not_made(change, why)
    }
}

fn not_made(change: &str, why: &str) -> Trouble {
    Trouble::new(
        format!("The exercise's tenant did not take the change {change}."),
        why,
        "Tell the players what has happened, and go on; a scenario of your own is checked by: \
         breakglass tabletop check FILE",
    )
}
