//! What breaks in an exercise: each change goes to the control port of the exercise's own tenant, over plain HTTP on this
//! machine.
//!
//! The changes travel beside everything else: a service that hangs must not keep the change waiting that brings it back.
//! Which changes there are, the tenant knows.

use std::time::Duration;

use serde::Deserialize;
use serde_json::{Map, Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use url::{Host, Url};

use crate::domain::exercise::scenario::Damage;
use crate::domain::mark::Mark;
use crate::domain::trouble::Trouble;
use crate::journeys::breaking::{Asked, Break};
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

    /// Makes the changes in their order and says what each did. The first that is refused ends it; what was made before
    /// stays, and the trouble says so.
    ///
    /// # Errors
    ///
    /// A change is unknown or not possible now, or the tenant does not answer.
    pub async fn make(&self, changes: &[Damage], asked: Asked) -> Result<Vec<String>, Trouble> {
        let made = match asked {
            Asked::Once => Vec::new(),
            Asked::Again => self.made().await.map_err(|why| not_made("anything", &why))?,
        };
        let mut did = Vec::new();
        for change in changes {
            let before = made.iter().find(|one| one.is(change)).map(|one| one.did.clone());
            let result = match before {
                Some(did) => Ok(did),
                None => self.one(change).await,
            };
            match result {
                Ok(sentence) => did.push(sentence),
                Err(why) if did.is_empty() => return Err(not_made(&change.change, &why)),
                Err(why) => return Err(not_made(&change.change, &why).listing(&did)),
            }
        }
        Ok(did)
    }

    /// What was changed by name in this tenant before.
    async fn made(&self) -> Result<Vec<Made>, String> {
        let sent = self.client.get(&self.address).send().await.map_err(|error| plain(&error))?;
        let answer: Overview = sent.json().await.map_err(|error| plain(&error))?;
        Ok(answer.done)
    }

    async fn one(&self, change: &Damage) -> Result<String, String> {
        let body = json!({"change": change.change, "parameters": change.parameters});
        let sent = self.client.post(&self.address).json(&body).send().await.map_err(|error| plain(&error))?;
        let answer: Value = sent.json().await.map_err(|error| plain(&error))?;
        match (answer["did"].as_str(), answer["error"].as_str()) {
            (Some(did), _) => Ok(did.to_owned()),
            (None, Some(error)) => Err(error.to_owned()),
            (None, None) => Err("The answer is none of a rehearsal tenant.".to_owned()),
        }
    }
}

/// What the control port tells of itself, as far as it is asked.
#[derive(Debug, Deserialize)]
struct Overview {
    done: Vec<Made>,
}

/// A change that was made.
#[derive(Debug, Deserialize)]
struct Made {
    change: String,
    #[serde(default)]
    parameters: Map<String, Value>,
    did: String,
}

impl Made {
    fn is(&self, damage: &Damage) -> bool {
        self.change == damage.change && self.parameters == damage.parameters
    }
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
    while let Some(Break { changes, asked, tell }) = queue.recv().await {
        let made = match &control {
            Some(control) => control.make(&changes, asked).await,
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
