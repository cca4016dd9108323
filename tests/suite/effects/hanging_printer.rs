//! A printer that takes a page and never answers holds up neither the vault nor the record.

use std::sync::Arc;

use breakglass::domain::mark::Mark;
use breakglass::domain::paper::page::Page;
use breakglass::domain::paper::printing::Destination;
use breakglass::domain::plan::{Hold, plan_file};
use breakglass::domain::record::Entry;
use breakglass::domain::secret::SecretKind;
use breakglass::effects::perform::{Performer, Surroundings, Task};
use breakglass::effects::print::Wire;
use breakglass::effects::record::Record;
use breakglass::effects::vault::Vault;
use breakglass::journeys::Msg;
use breakglass::journeys::effect::{Paper, PaperEffect, RecordEffect, VaultEffect};
use breakglass::journeys::reply::Reply;
use breakglass::journeys::session::Writing;
use breakglass::journeys::tasks::{calibrate, slip};

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_that_hangs_holds_up_no_secret_and_no_record() {
    // Takes connections and says nothing.
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = format!("ipp://{}/ipp/print", listener.local_addr().expect("an address"));
    let folder = tempfile::tempdir().expect("a folder");
    let vault = Vault::new();
    let (performer, mut inbox) = Performer::start(Surroundings {
        tenant: None,
        mark: Mark::Rehearsal,
        vault: vault.clone(),
        wire: Wire::here(None).expect("a wire"),
        record: Record::open(folder.path()).expect("a record"),
        folder: folder.path().to_owned(),
        writing: Writing::Allowed,
        exercise: None,
    });
    let plan = Arc::new(plan_file::read(plan_file::example()).expect("a plan"));
    performer.order(Task::Paper(PaperEffect::PrintPage {
        page: Page::Calibration,
        to: Destination::Printer { address, hold: Hold::No },
        paper: Paper { plan, facts: Arc::default() },
        tell: Reply::to(|printed| Msg::Calibrate(calibrate::Msg::Printed(printed))),
    }));
    let _taken = listener.accept().expect("the page is on its way");
    let kind = SecretKind::Pin { digits: 8 };
    performer.vault(VaultEffect::Make(kind, Reply::to(|made| Msg::Slip(slip::Msg::Made(made)))));
    let Some(Msg::Slip(slip::Msg::Made(Ok(secret)))) = inbox.recv().await else { panic!("no secret") };
    performer.vault(VaultEffect::Forget(secret));
    assert_eq!(vault.count(), 0, "it is forgotten at once");
    performer.vault(VaultEffect::Make(kind, Reply::to(|made| Msg::Slip(slip::Msg::Made(made)))));
    let Some(Msg::Slip(slip::Msg::Made(Ok(secret)))) = inbox.recv().await else { panic!("no secret") };
    let expired = Reply::to(|()| Msg::Slip(slip::Msg::Expired));
    performer.vault(VaultEffect::ForgetAfter(secret, std::time::Duration::ZERO, expired));
    let Some(Msg::Slip(slip::Msg::Expired)) = inbox.recv().await else { panic!("it was not told") };
    assert_eq!(vault.count(), 0, "it is forgotten in time");
    let entry = Entry::Planned { digest: "0".to_owned() };
    performer.order(Task::Record(RecordEffect::Remember(entry.clone())));
    let Some(Msg::Head(head)) = inbox.recv().await else { panic!("no head") };
    assert_eq!(head.lines, 1);
    let Some(Msg::Recorded(_, told)) = inbox.recv().await else { panic!("no line") };
    assert_eq!(*told, entry);
}
