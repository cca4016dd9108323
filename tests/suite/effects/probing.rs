//! Whether a destination takes a slip is found out before there is a secret, with real files, pipes and addresses.

use std::path::Path;

use breakglass::domain::mark::Mark;
use breakglass::domain::paper::printing::Destination;
use breakglass::domain::plan::{Hold, Language};
use breakglass::domain::record::{Evidence, SlipKind};
use breakglass::domain::trouble::Trouble;
use breakglass::effects::clock::Clock;
use breakglass::effects::pages::Press;
use breakglass::effects::print::Wire;
use breakglass::effects::probe;
use breakglass::effects::vault::Vault;
use breakglass::journeys::effect::Paper;

use crate::support::printer::{Mood, Printer};
use crate::support::sample::{a_slip, facts, plan};

async fn probed(folder: &Path, to: Destination) -> Result<(), Trouble> {
    let press = Press {
        mark: Mark::Rehearsal,
        folder: folder.to_owned(),
        vault: Vault::new(),
        wire: Wire::default(),
        clock: Clock::default(),
    };
    let paper = Paper { plan: plan().into(), facts: facts("Fabrikam").into() };
    let known = press.known(paper, Evidence::default());
    probe::each(&press, &a_slip(SlipKind::Password), &[to], &known).await
}

fn file(name: &str) -> Destination {
    Destination::File(name.to_owned())
}

#[tokio::test]
async fn a_free_name_is_free_again_and_nothing_is_left() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["slips/slip-3.pdf", "slips/slip-3.txt"] {
        assert_eq!(probed(folder.path(), file(name)).await, Ok(()));
    }
    assert_eq!(std::fs::read_dir(folder.path().join("slips")).expect("a folder").count(), 0);
}

#[tokio::test]
async fn a_name_that_is_taken_a_folder_that_is_none_and_a_name_that_nobody_can_read_are_told() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("taken.pdf"), "mine").expect("a file");
    let taken = probed(folder.path(), file("taken.pdf")).await.expect_err("it is there");
    assert!(taken.why.contains("already there") && taken.next.contains("never overwritten"), "{taken}");
    assert_eq!(std::fs::read(folder.path().join("taken.pdf")).expect("a file"), b"mine");
    probed(folder.path(), file("taken.pdf/slip.pdf")).await.expect_err("its folder is a file");
}

#[cfg(unix)]
#[tokio::test]
async fn a_folder_whose_name_is_not_text_is_told() {
    use std::os::unix::ffi::OsStrExt as _;
    let folder = tempfile::tempdir().expect("a folder");
    let odd = folder.path().join(std::ffi::OsStr::from_bytes(b"record-\xff"));
    let trouble = probed(&odd, file("slips/slip-3.pdf")).await.expect_err("nobody can name it");
    assert!(trouble.why.contains("not UTF-8"), "{trouble}");
}

#[tokio::test]
async fn a_printer_that_nobody_answers_at_is_told_and_one_that_answers_gets_no_page() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = |address: &str| Destination::Printer { address: address.to_owned(), hold: Hold::No };
    let printer = Printer::on(Mood::Prints).await;
    assert_eq!(probed(folder.path(), at(&printer.address)).await, Ok(()));
    assert_eq!(printer.jobs().len(), 0);
    let nobody = probed(folder.path(), at("ipp://127.0.0.1:9/ipp/print")).await.expect_err("nobody is there");
    assert!(nobody.what.contains("could not be reached") || nobody.why.contains("reached"), "{nobody}");
}

#[tokio::test]
async fn a_device_that_is_not_there_or_is_a_file_is_told() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("lp0").display().to_string();
    let device = || Destination::Device { path: path.clone(), language: Language::Text };
    probed(folder.path(), device()).await.expect_err("it is not there");
    std::fs::write(&path, "").expect("a file");
    let file = probed(folder.path(), device()).await.expect_err("it would keep the secret");
    assert!(file.why.contains("ordinary file"), "{file}");
}
