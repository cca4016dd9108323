//! One write: read afresh where it must be, announced in the record, sent, receipted, told.

use std::sync::Arc;

use serde_json::Value;

use crate::domain::facts::policy::Policy;
use crate::domain::record::{Entry, Outcome};
use crate::domain::secret::{Secret, SecretId, SecretKind};
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::domain::write::order::Others;
use crate::domain::write::shown::{without_keys, without_numbers};
use crate::effects::perform::waiting::needed;
use crate::effects::perform::worker::Worker;
use crate::effects::vault;
use crate::journeys::effect::{Brought, Done, Write};
use crate::journeys::message::{Msg, NeededBy};
use crate::journeys::session::Writing;
use crate::tenant::{Blamed, Receipt, Refusal, Tenant};

/// The length of the throw-away password a new account is created with; nobody ever sees it.
const THROW_AWAY: SecretKind = SecretKind::Password { length: 64 };

/// How often a refused password is made anew.
const MADE_ANEW: usize = 2;

/// What an answer brought: a secret of the server's, and the id of what was made.
type Made = (Option<SecretId>, Option<String>);

/// A write as it is sent, with what it changes: a whole policy, and whatever the record keeps.
struct Fresh {
    action: Action,
    before: Option<Policy>,
    original: Option<Value>,
}

impl Worker {
    /// One write: what it changes is read afresh, the intention is recorded, the call is made, the receipt is recorded.
    pub(super) async fn write(&mut self, write: Write<Msg>) {
        if self.writing == Writing::DryRun {
            return;
        }
        let asked = write.action.clone();
        let Fresh { action, before, original } = match self.refreshed(asked.clone()).await {
            Ok(fresh) => fresh,
            Err((trouble, others)) => {
                return self.ended(write, Done { action: asked, result: Err(trouble), others });
            }
        };
        if !self.remember(intention(&action, original)) {
            return;
        }
        let result = self.send(&action).await;
        let others = result.as_ref().map_or_else(|refusal| refusal.others, |_| Others::GoOn);
        let (receipt, answer) = self.receipt(&action, result);
        let recorded = self.remember(receipt) && self.remember_notice(&action, answer.is_ok());
        if recorded {
            let result = answer.map(|(secret, id)| Brought { secret, id, before });
            self.ended(write, Done { action, result, others });
        }
    }

    /// A write that was stopped by a missing sign-in waits for it; any other end is told.
    fn ended(&self, write: Write<Msg>, done: Done) {
        match self.tenant.as_ref().and_then(Tenant::take_demand) {
            Some(demand) if done.result.is_err() => {
                self.tell(needed(demand, NeededBy::Write(write)));
            }
            _ => self.tell(write.tell.with(done)),
        }
    }

    /// What is changed may have been edited since it was shown: only our part is added to what is there now.
    async fn refreshed(&self, action: Action) -> Result<Fresh, (Trouble, Others)> {
        let Some(tenant) = &self.tenant else { return Err((not_connected(), Others::Stop)) };
        let Action::ExcludeGroup { policy, name, state, group, .. } = action else {
            let action = tenant.refreshed(&action).await?;
            let original = match action.original() {
                Some(original) => Some(without_keys(&original.body)),
                None => tenant.original(&action).await?.map(|original| without_numbers(&original)),
            };
            return Ok(Fresh { action, before: None, original });
        };
        let before = tenant.policy(&policy).await?;
        let groups =
            before.without_groups(&self.record.evidence().former_groups).excluded_groups_with(&group);
        let (action, original) = (Action::ExcludeGroup { policy, name, state, groups, group }, before.raw());
        Ok(Fresh { action, before: Some(before), original: Some(original) })
    }

    /// A generated password that is refused as banned is made anew before a person hears of it.
    async fn send(&self, action: &Action) -> Result<Receipt, Refusal> {
        for _ in 0..MADE_ANEW {
            match self.send_once(action).await {
                Err(refusal) if refusal.blamed == Blamed::Password => self.anew(action)?,
                answer => return answer,
            }
        }
        self.send_once(action).await.map_err(|refusal| match refusal.blamed {
            Blamed::Password => Refusal { trouble: banned(refusal.trouble), ..refusal },
            Blamed::TheWrite => refusal,
        })
    }

    fn anew(&self, action: &Action) -> Result<(), Refusal> {
        match action {
            Action::SetPassword { secret, .. } => self.press.vault.make_anew(*secret).map_err(not_sent),
            // The throw-away one is made for each sending.
            _ => Ok(()),
        }
    }

    async fn send_once(&self, action: &Action) -> Result<Receipt, Refusal> {
        let say = |what: &str| self.tell(Msg::Waiting(what.to_owned()));
        let Some(tenant) = &self.tenant else { return Err(not_sent(not_connected())) };
        match action {
            Action::CreateUser { .. } => {
                // It lies in the vault for this one sending, so that an answer that repeats it is known.
                let vault = &self.press.vault;
                let id = vault.make(THROW_AWAY).map_err(not_sent)?;
                let secret = vault.lend(id).ok_or_else(|| not_sent(vault::forgotten()))?;
                let answer = tenant.write(action, Some(&secret), say).await;
                vault.forget(id);
                answer
            }
            Action::SetPassword { secret, .. } => {
                let secret: Arc<Secret> =
                    self.press.vault.lend(*secret).ok_or_else(|| not_sent(vault::forgotten()))?;
                tenant.write(action, Some(&secret), say).await
            }
            _ => tenant.write(action, None, say).await,
        }
    }

    fn receipt(&self, action: &Action, result: Result<Receipt, Refusal>) -> (Entry, Result<Made, Trouble>) {
        let (key, slot) = (action.key(), action.slot());
        match result {
            Ok(receipt) => {
                let secret = receipt.secret.map(|secret| self.press.vault.keep(secret));
                let (id, request) = (receipt.id, receipt.request);
                let made = (secret, id.clone());
                (Entry::Receipt { key, outcome: Outcome::Done, slot, id, request, trouble: None }, Ok(made))
            }
            Err(refusal) => {
                let trouble = refusal.trouble;
                let entry = Entry::Receipt {
                    key,
                    outcome: refusal.outcome,
                    slot,
                    id: None,
                    request: trouble.request.clone().map(|id| id.0),
                    trouble: Some(trouble.clone()),
                };
                (entry, Err(trouble))
            }
        }
    }

    fn remember_notice(&mut self, action: &Action, sent: bool) -> bool {
        match action {
            Action::TestNotification { id, .. } => {
                let detail = if sent { "the service reports it as sent" } else { "it was not sent" };
                self.remember(Entry::Notified {
                    sent,
                    detail: detail.to_owned(),
                    date: Some(self.press.clock.today()),
                    group: Some(id.clone()),
                })
            }
            _ => true,
        }
    }
}

/// The original of whatever is changed stands in it: of a resource of Azure without the keys of others that it holds, of an
/// account without its phone numbers.
fn intention(action: &Action, original: Option<Value>) -> Entry {
    let call = action.call();
    Entry::Intends {
        key: action.key(),
        sentence: action.sentence(),
        call: format!("{} {}", call.verb.as_str(), call.path),
        slot: action.slot(),
        original: original.map(Arc::new),
    }
}

fn not_sent(trouble: Trouble) -> Refusal {
    Refusal { outcome: Outcome::Refused, trouble, blamed: Blamed::TheWrite, others: Others::Stop }
}

fn banned(trouble: Trouble) -> Trouble {
    let next = "Three random passwords were refused, so it is not the words in them. Look at the rules of the tenant (Entra ID > \
                Authentication methods > Password protection), or choose another length in the plan (passwords.length).";
    Trouble { next: next.to_owned(), ..trouble }
}

fn not_connected() -> Trouble {
    Trouble::new(
        "Nothing was sent.",
        "There is no connection to this tenant.",
        "Do it in the portal, and attest it here.",
    )
}
