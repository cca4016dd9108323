//! What is somebody else's is not used, and stays as it was: files of the record, folders of pages and slips, files with a
//! secret.

use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};

use breakglass::domain::plan::plan_file;
use breakglass::domain::record::Entry;
use breakglass::domain::trouble::Trouble;
use breakglass::effects::files::own_folder;
use breakglass::effects::lock::LOCK;
use breakglass::effects::record::{JOURNAL, PLAN, Record};
use breakglass::effects::{draft, files};
use jiff::Timestamp;

/// What somebody did to a file, and the word that tells it.
type Way = (fn(&Path), &'static str);

fn ways() -> Vec<Way> {
    let open: Way = (|path| mode(path, 0o666), "may write to it");
    let second: Way = (|path| std::fs::hard_link(path, beside(path)).expect("a second name"), "second name");
    let link: Way = (linked, "symbolic link");
    let given: Way =
        (|path| std::os::unix::fs::chown(path, Some(12_345), None).expect("its owner"), "another user");
    let is_root = rustix::process::geteuid().is_root();
    if !is_root {
        println!("owners are not tried: only root can give a file away");
    }
    [open, second, link].into_iter().chain(is_root.then_some(given)).collect()
}

fn mode(path: &Path, mode: u32) {
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).expect("its mode");
}

fn beside(path: &Path) -> PathBuf {
    path.with_file_name("elsewhere")
}

fn linked(path: &Path) {
    std::fs::rename(path, beside(path)).expect("it moves");
    std::os::unix::fs::symlink(beside(path), path).expect("a link");
}

/// A record with a plan and answers on the way to another.
fn kept(folder: &Path) {
    let mut record = Record::open(folder).expect("a new record");
    record.append(Timestamp::UNIX_EPOCH, &Entry::HandedBack { step: 1 }).expect("a line");
    let plan = plan_file::read(plan_file::example()).expect("a plan");
    record.save_plan(&plan).expect("it is saved");
    draft::save(folder, &plan).expect("they are kept");
}

fn used(folder: &Path) -> Result<(), Trouble> {
    Record::open(folder)?.load_plan()?;
    draft::read(folder).map(drop)
}

#[test]
fn a_file_of_the_record_that_somebody_else_could_change_is_refused_and_stays_as_it_was() {
    for name in [JOURNAL, PLAN, draft::DRAFT, LOCK] {
        for (way, word) in ways() {
            let home = tempfile::tempdir().expect("a folder");
            let folder = home.path().join("record");
            kept(&folder);
            used(&folder).expect("it is one's own");
            let before = std::fs::read(folder.join(name)).expect("the file");
            way(&folder.join(name));
            let refused = used(&folder).expect_err(name);
            assert!(refused.why.contains(word), "{name}: {refused}");
            assert_eq!(std::fs::read(folder.join(name)).expect("the file"), before, "{name}");
        }
    }
}

#[test]
fn a_folder_that_somebody_else_could_write_to_takes_no_page_and_no_slip() {
    let other: Way = (|path| mode(path, 0o777), "may write to it");
    for (way, word) in ways()
        .into_iter()
        .filter(|(_, word)| !word.contains("write") && !word.contains("name"))
        .chain([other])
    {
        let home = tempfile::tempdir().expect("a folder");
        let folder = home.path().join("paper");
        own_folder(&folder).expect("it is made");
        own_folder(&folder).expect("it is there");
        way(&folder);
        let refused = own_folder(&folder).expect_err(word);
        assert!(refused.why.contains(word), "{word}: {refused}");
    }
}

#[test]
fn a_file_with_a_secret_is_new_and_read_back_through_no_link() {
    let home = tempfile::tempdir().expect("a folder");
    let file = home.path().join("slip.txt");
    files::write_secret(&file, b"one of a kind").expect("it is written");
    assert_eq!(std::fs::metadata(&file).expect("it is there").permissions().mode() & 0o777, 0o600);
    files::write_secret(&file, b"another").expect_err("it is there");
    assert_eq!(files::read_back(&file).expect("it is read").as_str(), "one of a kind");
    linked(&file);
    let refused = files::read_back(&file).expect_err("it is a link");
    assert!(refused.why.contains("symbolic link"), "{refused}");
    files::write_secret(&file, b"another").expect_err("nothing is written through it");
    assert_eq!(std::fs::read(beside(&file)).expect("it is there"), b"one of a kind");
}
