//! The worker for paper: pages set, slips printed and read back, jobs released and canceled, in their own order.

use std::collections::BTreeMap;

use tokio::sync::mpsc::{UnboundedReceiver, UnboundedSender, unbounded_channel};

use crate::domain::mark::Mark;
use crate::domain::paper::printing::Printout;
use crate::domain::record::Evidence;
use crate::domain::secret::typing_back::Judged;
use crate::domain::secret::{SecretId, lines};
use crate::domain::trouble::Trouble;
use crate::effects::pages::{self, Press, ReadBack, Same};
use crate::effects::print::{Wire, ipp};
use crate::effects::{probe, system};
use crate::journeys::effect::{LineChecked, PaperEffect};
use crate::journeys::message::Msg;
use crate::journeys::reply::Reply;

/// What is done, and what the record remembered when it was asked for.
pub(super) type PaperOrder = (PaperEffect<Msg>, Evidence);

struct AtPrinter {
    press: Press,
    messages: UnboundedSender<Msg>,
    /// What written PDF files are known by.
    made: BTreeMap<String, pages::Digest>,
}

/// Starts the worker; it ends when nobody can order anything any more.
pub(super) fn start(press: Press, messages: UnboundedSender<Msg>) -> UnboundedSender<PaperOrder> {
    let (orders, queue) = unbounded_channel();
    tokio::spawn(AtPrinter { press, messages, made: BTreeMap::new() }.work(queue));
    orders
}

impl AtPrinter {
    async fn work(mut self, mut queue: UnboundedReceiver<PaperOrder>) {
        while let Some((effect, evidence)) = queue.recv().await {
            self.carry_out(effect, evidence).await;
        }
    }

    fn tell(&self, msg: Msg) {
        // The receiver is gone only when the program is leaving.
        drop(self.messages.send(msg));
    }

    async fn carry_out(&mut self, effect: PaperEffect<Msg>, evidence: Evidence) {
        let wire = &self.press.wire;
        match effect {
            PaperEffect::PrintSlip { slip, content, to, line, paper, tell } => {
                let page =
                    pages::Printed { slip: &slip, content, line, known: &self.press.known(paper, evidence) };
                let sent = pages::print_slip(&self.press, &page, &to).await;
                let printed = sent.map(|sent| self.sent(sent));
                self.tell(tell.with(printed));
            }
            PaperEffect::Probe { slip, to, paper, tell } => {
                let known = self.press.known(paper, evidence);
                self.tell(tell.with(probe::each(&self.press, &slip, &to, &known).await));
            }
            PaperEffect::Run { secret, errand, tell } => {
                let run = match self.press.mark {
                    Mark::Exercise => Err(no_system()),
                    Mark::Rehearsal | Mark::Live | Mark::Manual => {
                        system::run(&self.press.vault, secret, &errand).await
                    }
                };
                self.tell(tell.with(run));
            }
            PaperEffect::PrintPage { page, to, paper, tell } => {
                let known = self.press.known(paper, evidence);
                self.tell(tell.with(pages::print_page(&self.press, &page, &to, &known).await));
            }
            PaperEffect::SetPage { page, paper, tell } => {
                self.tell(tell.with(pages::preview(&self.press, &page, &self.press.known(paper, evidence))));
            }
            PaperEffect::SaveReport(report, size, tell) => {
                self.tell(tell.with(pages::write_report(&self.press, *report, size)));
            }
            PaperEffect::PrintReport { report, to, size, tell } => {
                self.tell(tell.with(pages::print_report(&self.press, *report, &to, size).await));
            }
            PaperEffect::ReadBack { secret, file, tell } => self.read_back(secret, &file, &tell),
            PaperEffect::ReleaseJob { job, refused } => {
                if let Err(trouble) = ipp::release(wire, &job).await {
                    self.tell(refused.with(trouble));
                }
            }
            PaperEffect::CancelJob { job, refused } => {
                if let Err(trouble) = ipp::cancel(wire, &job).await {
                    self.tell(refused.with(trouble));
                }
            }
            PaperEffect::FindPrinters(tell) => self.tell(tell.with(find_printers(wire).await)),
        }
    }

    /// Keeps in memory what a written file is known by, until it was read back.
    fn sent(&mut self, sent: pages::Sent) -> Printout {
        if let (Printout::File(path), Some(digest)) = (&sent.printout, sent.digest) {
            self.made.insert(path.clone(), digest);
        }
        sent.printout
    }

    fn read_back(&mut self, secret: SecretId, file: &str, tell: &Reply<LineChecked, Msg>) {
        let vault = &self.press.vault;
        let read = pages::read_slip(file, self.made.remove(file).as_ref());
        let count = vault.length(secret).map_or(0, lines);
        for line in 0..count.max(1) {
            let judged = match &read {
                Ok(ReadBack::Lines(lines)) => {
                    lines.get(line).map_or(Judged::Wrong, |typed| vault.judge_line(secret, line, typed))
                }
                Ok(ReadBack::Bytes(Same::Yes)) if count > 0 => Judged::Right,
                Ok(ReadBack::Bytes(_)) | Err(_) => Judged::Wrong,
            };
            self.tell(tell.with(LineChecked { line, judged }));
        }
    }
}

/// The printers that the print system knows: name and address of each.
async fn find_printers(wire: &Wire) -> Result<Vec<(String, String)>, Trouble> {
    let found = ipp::find(wire).await?;
    Ok(found.into_iter().map(|printer| (printer.name, printer.address)).collect())
}

/// A secret management system is real: an exercise leaves it alone.
fn no_system() -> Trouble {
    Trouble::new(
        "The command of the secret management system was not run.",
        "This is an exercise, and that system is a real one.",
        "Put the secret on paper; the exercise's plan has safes only.",
    )
}
