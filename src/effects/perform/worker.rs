//! The worker that keeps the order: readings, writes and the record, one after the other.

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender};

use crate::domain::record::{Entry, LeftFile};
use crate::domain::review::Signed;
use crate::domain::trouble::Trouble;
use crate::effects::clock::Clock;
use crate::effects::draft;
use crate::effects::pages::Press;
use crate::effects::perform::Task;
use crate::effects::perform::at_printer::PaperOrder;
use crate::effects::perform::waiting::{needed, now};
use crate::effects::record::Record;
use crate::effects::{exercise_papers, files, pages};
use crate::journeys::effect::{Paper, Read, RecordEffect, TenantEffect};
use crate::journeys::message::{Msg, NeededBy};
use crate::journeys::report::exercise::Report;
use crate::journeys::session::Writing;
use crate::tenant::Tenant;

/// What the worker is told.
pub(super) enum Order {
    /// Carry this out.
    Carry(Box<Task>),
    /// Give the record back, and tell when everything before this is done; nothing comes after it.
    End(tokio::sync::oneshot::Sender<()>),
}

/// The worker.
pub(super) struct Worker {
    pub(super) tenant: Option<Tenant>,
    pub(super) record: Record,
    /// The record of the organization that holds an exercise, and its clock.
    pub(super) home: Option<(Record, Clock)>,
    pub(super) writing: Writing,
    pub(super) press: Press,
    pub(super) paper: UnboundedSender<PaperOrder>,
    pub(super) messages: UnboundedSender<Msg>,
    /// Whether the record took a line or the plan no more: nothing that was ordered behind it is done.
    pub(super) is_stopped: bool,
}

impl Worker {
    /// Works until it is told that the end has come, or nobody orders anything any more.
    pub(super) async fn work(mut self, mut queue: UnboundedReceiver<Order>) {
        while let Some(order) = queue.recv().await {
            match order {
                Order::Carry(_) if self.is_stopped => {}
                Order::Carry(task) => match *task {
                    Task::Tenant(effect) => self.ask_tenant(effect).await,
                    Task::Record(effect) => self.keep(effect),
                    Task::Paper(effect) => drop(self.paper.send((effect, self.record.evidence().clone()))),
                },
                Order::End(tell) => {
                    drop(self);
                    return tell.send(()).unwrap_or_default();
                }
            }
        }
    }

    pub(super) fn tell(&self, msg: Msg) {
        // The receiver is gone only when the program is leaving.
        drop(self.messages.send(msg));
    }

    async fn ask_tenant(&mut self, effect: TenantEffect<Msg>) {
        match effect {
            TenantEffect::Read(read) => self.read(read).await,
            TenantEffect::Write(write) => self.write(write).await,
            TenantEffect::Decline(audience) => {
                if let Some(tenant) = &self.tenant {
                    tenant.decline(audience).await;
                }
            }
            TenantEffect::Confirm => {
                if let Some(tenant) = &self.tenant {
                    tenant.confirm().await;
                }
            }
        }
    }

    /// Reads one area after the other; each sees what was read before it.
    async fn read(&self, read: Read<Msg>) {
        let Some(tenant) = &self.tenant else { return };
        let Read { areas, query, mut known, pause, then } = read;
        tokio::time::sleep(tenant.profile().scaled(pause)).await;
        for (index, area) in areas.iter().enumerate() {
            let facts = tenant.read(*area, &query, &known).await;
            if let Some(demand) = tenant.take_demand() {
                let areas = areas[index..].to_vec();
                let left = Read { areas, query, known, pause: std::time::Duration::ZERO, then };
                return self.tell(needed(demand, NeededBy::Read(left)));
            }
            std::sync::Arc::make_mut(&mut known).absorb(facts.clone());
            self.tell(Msg::Read(Box::new(facts)));
        }
        self.tell(now(self.press.clock));
        self.tell(Msg::ReadDone(then.map(Box::new)));
    }

    fn keep(&mut self, effect: RecordEffect) {
        match effect {
            RecordEffect::Remember(entry) => {
                let _told = self.remember(entry);
            }
            RecordEffect::WriteReport(report, size) => {
                let report = Report { head: self.record.head(), ..*report };
                let written = exercise_papers::report(&self.press, &report, size);
                self.tell(Msg::Filed(written));
            }
            RecordEffect::WritePapers(handout) => {
                let written = exercise_papers::before(&self.press, &handout);
                self.tell(Msg::Filed(written));
            }
            RecordEffect::AtHome(entry) => self.remember_at_home(&entry),
            RecordEffect::SavePlan(plan) => match self.record.save_plan(&plan) {
                Ok(digest) => {
                    let _told = self.remember(Entry::Planned { digest });
                }
                Err(trouble) => self.stop(trouble),
            },
            RecordEffect::KeepAnswers(plan) => {
                let kept = draft::save(self.record.folder(), &plan);
                self.tell(Msg::Filed(kept.map(|()| Vec::new())));
            }
            RecordEffect::Destroy(files) => self.destroy(files),
            RecordEffect::ForgetAnswers => draft::forget(self.record.folder()),
            RecordEffect::WriteDocuments { plan, facts } => {
                let evidence = self.record.evidence().clone();
                let known = self.press.known(Paper { plan, facts }, evidence);
                let written = pages::write_documents(&self.press, &known);
                let names = pages::names(&known.paper.plan, &known.paper.facts);
                let procedure = Some(known.paper.plan.procedure.clone());
                let date = Some(self.press.clock.today());
                self.filed(written, |files| Entry::Documented { files, names, date, procedure });
            }
            RecordEffect::HandOver { step, to, name, page } => {
                let written = pages::write_page(&self.press, &name, &page);
                let date = self.press.clock.today();
                let entry = |files: Vec<String>| {
                    let file = files.into_iter().next().unwrap_or_default();
                    Entry::HandedOver { step, to, date, file }
                };
                self.filed(written.map(|file| vec![file]), entry);
            }
        }
    }

    /// Appends to the record of the organization that holds an exercise. Nobody's evidence here changes by it.
    fn remember_at_home(&mut self, entry: &Entry) {
        let Some((home, clock)) = &mut self.home else { return };
        if let Err(trouble) = home.append(clock.now(), entry) {
            self.stop(trouble);
        }
    }

    /// The record is not written any more, so nothing else is either: a smaller line may find room behind the one that found
    /// none, and the record would have a hole.
    fn stop(&mut self, trouble: Trouble) {
        self.is_stopped = true;
        self.tell(Msg::RecordFailed(trouble));
    }

    /// Each file that is gone is a line; the first that does not go ends it.
    fn destroy(&mut self, files: Vec<LeftFile>) {
        let mut gone = Vec::new();
        for LeftFile { slip, file, .. } in files {
            let path = pages::below(&self.press.folder, &file);
            let how = match files::destroy(&path) {
                Ok(how) => how,
                Err(trouble) => return self.tell(Msg::Filed(Err(trouble))),
            };
            let date = self.press.clock.today();
            // Where the record takes no line any more, no further file goes.
            if !self.remember(Entry::FileGone { slip, file: file.clone(), date, how }) {
                return;
            }
            gone.push(file);
        }
        self.tell(Msg::Filed(Ok(gone)));
    }

    fn filed(&mut self, written: Result<Vec<String>, Trouble>, entry: impl FnOnce(Vec<String>) -> Entry) {
        if let Ok(files) = &written {
            let _told = self.remember(entry(files.clone()));
        }
        self.tell(Msg::Filed(written));
    }

    /// Appends to the record; nothing may be written when this fails.
    #[must_use = "when the record cannot be written, nothing is sent"]
    pub(super) fn remember(&mut self, entry: Entry) -> bool {
        let entry = self.signed_over(entry);
        if self.writing == Writing::DryRun {
            return true;
        }
        let at = self.press.clock.now();
        let entry = match self.press.vault.redacted(entry) {
            Ok(entry) => entry,
            Err(trouble) => {
                self.stop(trouble);
                return false;
            }
        };
        if let Err(trouble) = self.record.append(at, &entry) {
            self.stop(trouble);
            return false;
        }
        self.tell_head();
        self.tell(Msg::Recorded(at, Box::new(entry)));
        true
    }

    fn tell_head(&self) {
        if let Some(head) = self.record.head() {
            self.tell(Msg::Head(head));
        }
    }

    /// A signature says over which line of the record it was given: the chain has an anchor outside of the disk once it is
    /// printed.
    fn signed_over(&self, entry: Entry) -> Entry {
        match entry {
            Entry::ReviewSigned(signed) => {
                let head = self.record.head().map(|head| head.hash).unwrap_or_default();
                Entry::ReviewSigned(Signed { head, ..signed })
            }
            other => other,
        }
    }
}
