//! Effects carried out: `perform(Effect)` and, when it ends, a `Msg`.
//!
//! One worker does everything that must keep its order (the record, writes, readings); signing in and watching run
//! beside it, because a person may give them up. A write is announced in the record before it is sent and receipted
//! after it was answered; when the record cannot be written, nothing is sent.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};
use tokio::task::AbortHandle;

use crate::domain::connection::sign_in::{Audience, Demand};
use crate::domain::mark::Mark;
use crate::domain::paper::printing::Printout;
use crate::domain::record::Entry;
use crate::domain::secret::SecretId;
use crate::domain::secret::pin::{Weighed, weigh};
use crate::domain::secret::typing_back::Judged;
use crate::effects::beside::{Watched, find_printers, needed, open, sign_in, test, watch, watch_job};
use crate::effects::pages::{ReadBack, Same};
use crate::effects::record::Record;
use crate::effects::vault::Vault;
use crate::effects::{clock, pages, print, vault};
use crate::journeys::message::{Effect, Msg, NeededBy, Typed};
use crate::journeys::model::Writing;
use crate::tenant::Tenant;

mod write;

/// What effects work on.
pub struct World {
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
}

/// How long a write on its way is awaited when the program leaves; its intention stands in the record anyway.
const LAST_WRITE: Duration = Duration::from_secs(10);

/// What the worker is told.
enum Order {
    Carry(Box<Effect>),
    Decline(Audience),
    Tell(tokio::sync::oneshot::Sender<()>),
}

/// A handle to the worker.
pub struct Performer {
    orders: UnboundedSender<Order>,
    messages: UnboundedSender<Msg>,
    tenant: Option<Tenant>,
    wire: print::Wire,
    vault: Vault,
    aside: Mutex<Option<AbortHandle>>,
}

impl Performer {
    /// Starts the worker; the messages it sends come out of the second value.
    pub fn start(world: World) -> (Self, UnboundedReceiver<Msg>) {
        let (orders, queue) = unbounded_channel();
        let (messages, inbox) = unbounded_channel();
        let (tenant, vault, wire) = (world.tenant.clone(), world.vault.clone(), world.wire.clone());
        tokio::spawn(work(Worker { world, messages: messages.clone(), made: BTreeMap::new() }, queue));
        (Self { orders, messages, tenant, wire, vault, aside: Mutex::new(None) }, inbox)
    }

    /// Carries out one effect; what comes of it arrives as a message.
    ///
    /// Without a connection no effect asks for one; if it did, nothing would be there to carry it out.
    pub fn perform(&self, effect: Effect) {
        match (effect, self.tenant.clone()) {
            (Effect::SignIn(demand), Some(tenant)) => {
                self.beside(sign_in(tenant, self.messages.clone(), demand));
            }
            (Effect::Decline(audience), _) => drop(self.orders.send(Order::Decline(audience))),
            (Effect::TakeTyped { secret, typed, audience }, Some(tenant)) => {
                self.take_typed(tenant, (secret, typed, audience));
            }
            (Effect::TestSignIn { upn, id, .. }, Some(tenant)) => {
                self.beside(test(tenant, self.messages.clone(), (upn, id)));
            }
            (Effect::Watch { area, query, known, every }, Some(tenant)) => {
                let watched = Watched { area, query, known: *known, every };
                self.beside(watch(tenant, self.messages.clone(), watched));
            }
            (Effect::StopWatching, _) => self.stop_beside(),
            (Effect::WatchJob(job), _) => {
                self.beside(watch_job(self.wire.clone(), job, self.messages.clone()));
            }
            (Effect::Open(address), Some(tenant)) => {
                let messages = self.messages.clone();
                tokio::spawn(async move { open(&tenant, (&messages, &address)).await });
            }
            (ordered, _) => drop(self.orders.send(Order::Carry(Box::new(ordered)))),
        }
    }

    /// Uses a secret that was typed, and forgets it.
    fn take_typed(&self, tenant: Tenant, (id, typed, audience): (SecretId, Typed, Audience)) {
        let Some(secret) = self.vault.lend(id) else { return };
        self.vault.forget(id);
        let messages = self.messages.clone();
        match typed {
            Typed::Address => {
                if let Err(trouble) = tenant.take_address(&secret) {
                    drop(messages.send(Msg::NotTaken(trouble)));
                }
            }
            Typed::ClientSecret => self.beside(async move {
                match tenant.take_secret(audience, &secret).await {
                    Ok(()) => sign_in(tenant, messages, Demand { audience, claims: None }).await,
                    Err(trouble) => drop(messages.send(Msg::SignedIn(Err(trouble)))),
                }
            }),
        }
    }

    /// Waits until everything ordered so far is done, ten seconds at the most.
    pub async fn settle(&self) {
        self.stop_beside();
        let (tell, told) = tokio::sync::oneshot::channel();
        if self.orders.send(Order::Tell(tell)).is_ok() {
            // Whether it was told or the time ran out, the program leaves now.
            let _settled = tokio::time::timeout(LAST_WRITE, told).await;
        }
    }

    /// Runs one thing beside the worker; the one before it is given up.
    fn beside(&self, task: impl Future<Output = ()> + Send + 'static) {
        self.stop_beside();
        let handle = tokio::spawn(task).abort_handle();
        *self.aside.lock().unwrap_or_else(PoisonError::into_inner) = Some(handle);
    }

    fn stop_beside(&self) {
        if let Some(handle) = self.aside.lock().unwrap_or_else(PoisonError::into_inner).take() {
            handle.abort();
        }
    }
}

struct Worker {
    world: World,
    messages: UnboundedSender<Msg>,
    /// What written PDF files are known by.
    made: BTreeMap<String, pages::Digest>,
}

async fn work(mut worker: Worker, mut queue: UnboundedReceiver<Order>) {
    while let Some(order) = queue.recv().await {
        match order {
            Order::Carry(effect) => worker.carry_out(*effect).await,
            Order::Decline(audience) => worker.decline(audience).await,
            Order::Tell(tell) => drop(tell.send(())),
        }
    }
}

impl Worker {
    fn tell(&self, msg: Msg) {
        // The receiver is gone only when the program is leaving.
        drop(self.messages.send(msg));
    }

    async fn carry_out(&mut self, effect: Effect) {
        match effect {
            Effect::Read { areas, query, mut known, pause } => {
                let Some(tenant) = &self.world.tenant else { return };
                tokio::time::sleep(tenant.profile().scaled(pause)).await;
                for area in areas {
                    let facts = tenant.read(area, &query, &known).await;
                    if let Some(demand) = tenant.take_demand() {
                        return self.tell(needed(demand, NeededBy::Reading));
                    }
                    known.absorb(facts.clone());
                    self.tell(Msg::Read(Box::new(facts)));
                }
                self.tell(Msg::Tick(clock::now()));
                self.tell(Msg::ReadDone);
            }
            Effect::Do(action) => self.write(action).await,
            Effect::Remember(entry) => {
                self.remember(entry);
            }
            Effect::SavePlan(plan) => match self.world.record.save_plan(&plan) {
                Ok(digest) => {
                    self.remember(Entry::Planned { digest });
                }
                Err(trouble) => self.tell(Msg::RecordFailed(trouble)),
            },
            Effect::Make(kind) => self.tell(Msg::Made(self.world.vault.make(kind))),
            Effect::Forget(id) => self.world.vault.forget(id),
            Effect::Split(id) => {
                let halves = self.world.vault.split(id).ok_or_else(vault::forgotten);
                self.tell(Msg::Split(halves));
            }
            Effect::Weigh(id) => {
                let weighed = self.world.vault.lend(id).map(|pin| weigh(pin.expose()));
                self.tell(Msg::Weighed(weighed.unwrap_or(Weighed::TooShort)));
            }
            Effect::Compare(one, other) => {
                self.tell(Msg::Compared(self.world.vault.same(one, other).unwrap_or(false)));
            }
            Effect::PrintSlip { slip, content, to, plan, facts } => {
                let page = pages::Printed { slip: &slip, content, plan: &plan, facts: &facts };
                let sent = pages::print_slip(&self.world, &page, &to).await;
                let printed = sent.map(|sent| self.sent(sent));
                self.tell(Msg::Printed(printed));
            }
            Effect::PrintPage { page, to, plan, facts } => {
                let printed = pages::print_page(&self.world, (&page, &to), (&plan, &facts)).await;
                self.tell(Msg::Printed(printed));
            }
            Effect::SetPage { page, plan, facts } => {
                self.tell(Msg::PageSet(pages::preview(&self.world, &page, (&plan, &facts))));
            }
            Effect::ReleaseJob(job) => {
                if let Err(trouble) = print::ipp::release(&self.world.wire, &job).await {
                    self.tell(Msg::PrinterSaid(trouble));
                }
            }
            // A job that is over already cannot be canceled, and then nothing is left to do.
            Effect::CancelJob(job) => drop(print::ipp::cancel(&self.world.wire, &job).await),
            Effect::FindPrinters => self.tell(Msg::PrintersFound(find_printers(&self.world.wire).await)),
            Effect::ReadBack { secret, file } => self.read_back(secret, &file),
            Effect::WriteDocuments { plan, facts } => {
                let written = pages::write_documents(&self.world, (&plan, &facts));
                if let Ok(files) = &written {
                    let names = pages::names((&plan, &facts));
                    self.remember(Entry::Documented { files: files.clone(), names });
                }
                self.tell(Msg::Documented(written));
            }
            Effect::HandOver { step, to, name, page } => {
                let written = pages::write_page(&self.world, &name, &page);
                if let Ok(file) = &written {
                    let (file, date) = (file.clone(), clock::today());
                    self.remember(Entry::HandedOver { step, to, date, file });
                }
                self.tell(Msg::Documented(written.map(|file| vec![file])));
            }
            Effect::SignIn(_)
            | Effect::Decline(_)
            | Effect::TakeTyped { .. }
            | Effect::TestSignIn { .. }
            | Effect::Watch { .. }
            | Effect::StopWatching
            | Effect::WatchJob(_)
            | Effect::Open(_)
            | Effect::Switch(_)
            | Effect::Exit(_) => {}
        }
    }

    /// Appends to the record; nothing may be written when this fails.
    fn remember(&mut self, entry: Entry) -> bool {
        if self.world.writing == Writing::DryRun {
            return true;
        }
        let at = clock::now();
        match self.world.record.append(at, &entry) {
            Ok(()) => {
                self.tell(Msg::Recorded(at, Box::new(entry)));
                true
            }
            Err(trouble) => {
                self.tell(Msg::RecordFailed(trouble));
                false
            }
        }
    }

    async fn decline(&self, audience: Audience) {
        if let Some(tenant) = &self.world.tenant {
            tenant.decline(audience).await;
        }
    }

    /// Keeps in memory what a written file is known by, until it was read back.
    fn sent(&mut self, sent: pages::Sent) -> Printout {
        if let (Printout::File(path), Some(digest)) = (&sent.printout, sent.digest) {
            self.made.insert(path.clone(), digest);
        }
        sent.printout
    }

    fn read_back(&mut self, secret: SecretId, file: &str) {
        let read = pages::read_slip(file, self.made.remove(file).as_ref());
        let count = self.world.vault.length(secret).map_or(0, crate::domain::secret::lines);
        for line in 0..count.max(1) {
            let judged = match &read {
                Ok(ReadBack::Lines(lines)) => lines
                    .get(line)
                    .map_or(Judged::Wrong, |typed| self.world.vault.judge_line(secret, line, typed)),
                Ok(ReadBack::Bytes(Same::Yes)) if count > 0 => Judged::Right,
                Ok(ReadBack::Bytes(_)) | Err(_) => Judged::Wrong,
            };
            self.tell(Msg::LineChecked { line, judged });
        }
    }
}
