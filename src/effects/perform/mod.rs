//! Effects carried out: a [`Task`] or a wait goes in, and what comes of it comes out as a message.
//!
//! One worker does everything that must keep its order (the record, writes, readings); paper has a worker of its own, so
//! that a printer that hangs holds up neither; the vault answers at once. Signing in and watching run beside them,
//! because a person may give them up. A write is announced in the record before it is sent and receipted after it was
//! answered; when the record cannot be written, nothing is sent.

use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;

use crate::domain::mark::Mark;
use crate::domain::secret::SecretId;
use crate::domain::secret::pin::{Weighed, weigh};
use crate::domain::trouble::Trouble;
use crate::effects::clock::Clock;
use crate::effects::control::{self, Control};
use crate::effects::pages::Press;
use crate::effects::record::Record;
use crate::effects::vault::Vault;
use crate::effects::{observe, print, vault};
use crate::journeys::breaking::Break;
use crate::journeys::effect::{self, VaultEffect, Wait};
use crate::journeys::message::Msg;
use crate::journeys::observing::Observe;
use crate::journeys::reply::Reply;
use crate::journeys::session::Writing;
use crate::tenant::Tenant;

mod at_printer;
mod waiting;
mod worker;
mod write;

use waiting::Hearer;
use worker::Order;

/// What effects work on.
pub struct Surroundings {
    /// The tenant over HTTP; none where there is no connection.
    pub tenant: Option<Tenant>,
    /// The mark on every page.
    pub mark: Mark,
    /// Secrets in memory.
    pub vault: Vault,
    /// The way to printers.
    pub wire: print::Wire,
    /// The record.
    pub record: Record,
    /// Its folder.
    pub folder: PathBuf,
    /// Whether anything may be written.
    pub writing: Writing,
    /// What an exercise has beside its own tenant and record.
    pub exercise: Option<Exercise>,
}

/// What an exercise has beside its own tenant and record.
pub struct Exercise {
    /// Where its tenant is broken.
    pub control: Control,
    /// The record of the organization that holds it, held as long as the exercise runs.
    pub organization: Record,
    /// What time it is there.
    pub clock: Clock,
    /// The eye of the checks: the same tenant, seen by an app of its own.
    pub observer: Tenant,
}

/// What the ring carries out; what concerns the program itself is the program's.
pub enum Task {
    /// Of the tenant.
    Tenant(effect::TenantEffect<Msg>),
    /// Of the record.
    Record(effect::RecordEffect),
    /// Of paper.
    Paper(effect::PaperEffect<Msg>),
}

/// How long a write on its way is awaited when the program leaves; its intention stands in the record anyway.
const LAST_WRITE: Duration = Duration::from_secs(10);

/// A handle to the workers.
pub struct Performer {
    orders: UnboundedSender<Order>,
    messages: UnboundedSender<Msg>,
    tenant: Option<Tenant>,
    wire: print::Wire,
    vault: Vault,
    breaking: UnboundedSender<Break<Msg>>,
    observer: Option<Tenant>,
    waiting: Mutex<Option<AbortHandle>>,
}

impl Performer {
    /// Starts the workers; the messages they send come out of the second value.
    pub fn start(around: Surroundings) -> (Self, UnboundedReceiver<Msg>) {
        let (orders, queue) = unbounded_channel();
        let (messages, inbox) = unbounded_channel();
        let (tenant, vault, wire) = (around.tenant.clone(), around.vault.clone(), around.wire.clone());
        // Without a connection this machine's clock is the only one.
        let clock = tenant.as_ref().map_or_else(Clock::default, |tenant| tenant.profile().clock);
        let press = Press {
            mark: around.mark,
            folder: around.folder,
            vault: vault.clone(),
            wire: wire.clone(),
            clock,
        };
        let paper = at_printer::start(press.clone(), messages.clone());
        let observer = around.exercise.as_ref().map(|it| it.observer.clone());
        let (port, home) = around.exercise.map(|it| (it.control, (it.organization, it.clock))).unzip();
        if observer.is_some() {
            tokio::spawn(tick(clock, messages.clone()));
        }
        let breaking = control::start(port, messages.clone());
        let worker = worker::Worker {
            tenant: around.tenant,
            record: around.record,
            home,
            writing: around.writing,
            press,
            paper,
            messages: messages.clone(),
            is_stopped: false,
        };
        tokio::spawn(worker.work(queue));
        let waiting = Mutex::new(None);
        (Self { orders, messages, tenant, wire, vault, breaking, observer, waiting }, inbox)
    }

    /// Does what keeps its order.
    pub fn order(&self, task: Task) {
        self.send(Order::Carry(Box::new(task)));
    }

    /// Breaks the tenant of an exercise, beside everything else.
    pub fn broken(&self, wanted: Break<Msg>) {
        // The worker is gone only when the program is leaving.
        drop(self.breaking.send(wanted));
    }

    /// Looks at the tenant of an exercise, beside everything else; where there is none, nothing asks for it.
    pub fn observed(&self, look: Observe<Msg>) {
        if let Some(observer) = self.observer.clone() {
            tokio::spawn(observe::observe(observer, look, self.messages.clone()));
        }
    }

    fn send(&self, order: Order) {
        // The worker is gone only when the program is leaving.
        drop(self.orders.send(order));
    }

    /// Answers at once: nothing that hangs holds up the forgetting of a secret.
    pub fn vault(&self, effect: VaultEffect<Msg>) {
        let vault = &self.vault;
        match effect {
            VaultEffect::Make(kind, tell) => self.tell(tell.with(vault.make(kind))),
            VaultEffect::Forget(secret) => vault.forget(secret),
            VaultEffect::ForgetAfter(secret, time, tell) => {
                vault.keep_until(secret, tokio::time::Instant::now() + time);
                tokio::spawn(forget_in(
                    time,
                    vault.clone(),
                    Hearer { messages: self.messages.clone(), replies: tell },
                ));
            }
            VaultEffect::Split(whole, tell) => {
                self.tell(tell.with(vault.split(whole).ok_or_else(vault::forgotten)));
            }
            VaultEffect::Weigh(pin, tell) => {
                let weighed = vault.lend(pin).map(|pin| weigh(pin.expose()));
                self.tell(tell.with(weighed.unwrap_or(Weighed::TooShort)));
            }
            VaultEffect::Compare(one, other, tell) => {
                self.tell(tell.with(vault.same(one, other).unwrap_or(false)));
            }
        }
    }

    /// Waits for something, in place of what was waited for before.
    ///
    /// Without a connection nothing asks for one; if it did, nothing would be there to carry it out.
    pub fn wait(&self, wait: Wait<Msg>) {
        let messages = self.messages.clone();
        match (wait, self.tenant.clone()) {
            (Wait::Job { job, tell }, _) => {
                self.beside(waiting::job(self.wire.clone(), job, Hearer { messages, replies: tell }));
            }
            (Wait::SignIn { demand, tell }, Some(tenant)) => {
                self.beside(waiting::sign_in(tenant, demand, Hearer { messages, replies: tell }));
            }
            (Wait::ClientSecret { secret, audience, tell }, Some(tenant)) => {
                let Some(text) = self.vault.lend(secret) else { return };
                self.vault.forget(secret);
                let hearer = Hearer { messages, replies: tell };
                self.beside(waiting::client_secret(tenant, text, audience, hearer));
            }
            (Wait::TestSignIn { upn, id, tell }, Some(tenant)) => {
                self.beside(waiting::test(tenant, upn, id, Hearer { messages, replies: tell }));
            }
            (Wait::Watch(watch), Some(tenant)) => self.beside(waiting::watch(tenant, watch, messages)),
            (
                Wait::SignIn { .. } | Wait::ClientSecret { .. } | Wait::TestSignIn { .. } | Wait::Watch(_),
                None,
            ) => {}
        }
    }

    /// Opens an address for a person.
    pub fn open(&self, address: String, not_opened: Reply<Trouble, Msg>) {
        let Some(tenant) = self.tenant.clone() else { return };
        let hearer = Hearer { messages: self.messages.clone(), replies: not_opened };
        tokio::spawn(async move { waiting::open(&tenant, &hearer, &address).await });
    }

    /// Gives the address that a browser elsewhere ended at to the sign-in that waits, and forgets it.
    pub fn take_address(&self, id: SecretId, not_taken: &Reply<Trouble, Msg>) {
        let (Some(pasted), Some(tenant)) = (self.vault.lend(id), &self.tenant) else { return };
        self.vault.forget(id);
        if let Err(trouble) = tenant.take_address(&pasted) {
            self.tell(not_taken.with(trouble));
        }
    }

    /// Gives up what is waited for.
    pub fn stop_waiting(&self) {
        if let Some(handle) = self.waiting.lock().unwrap_or_else(PoisonError::into_inner).take() {
            handle.abort();
        }
    }

    /// Waits until everything ordered so far is done and the record is given back, ten seconds at the most; nothing that
    /// is ordered afterwards is done.
    pub async fn settle(&self) {
        self.stop_waiting();
        let (tell, told) = tokio::sync::oneshot::channel();
        self.send(Order::End(tell));
        // Whether it was told or the time ran out, the program leaves now.
        let _settled = tokio::time::timeout(LAST_WRITE, told).await;
    }

    /// Runs one thing beside the workers; the one before it is given up.
    fn beside(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.stop_waiting();
        let handle = tokio::spawn(task).abort_handle();
        *self.waiting.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
    }

    fn tell(&self, msg: Msg) {
        // The receiver is gone only when the program is leaving.
        drop(self.messages.send(msg));
    }
}

/// Forgets what nobody has finished with, and tells whoever asked.
async fn forget_in(time: Duration, vault: Vault, hearer: Hearer<Reply<(), Msg>>) {
    tokio::time::sleep(time).await;
    if vault.forget_ended(tokio::time::Instant::now()) {
        // The receiver is gone only when the program is leaving.
        drop(hearer.messages.send(hearer.replies.with(())));
    }
}

/// How often an exercise is told what time it is.
const TICK: Duration = Duration::from_secs(1);

/// Tells what time it is, until nobody listens any more.
async fn tick(clock: Clock, messages: UnboundedSender<Msg>) {
    loop {
        tokio::time::sleep(TICK).await;
        if messages.send(waiting::now(clock)).is_err() {
            return;
        }
    }
}
