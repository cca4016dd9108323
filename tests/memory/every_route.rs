//! Whole setups, from the first slip to the end, by every route that has a page. Not part of the default run: each takes
//! minutes with a scan at every question. `tests/memory/run.sh` runs them.

use std::path::PathBuf;

use crate::full_screen::{Detour, Sitting};
use crate::line_by_line::{Pages, sit};
use crate::support::files;
use crate::support::pdf_reader::tall_letters;
use crate::support::printer::{Mood, Printer};
use crate::support::served::Served;
use crate::watch::Watch;
use crate::wire::Wire;
use crate::{BY_HAND, FOR_TWO, left_to_a_person, nothing_in_files};

/// Characters of a line with its check character.
const LINE: usize = 17;

fn whole(text: &str, secrets: usize) -> bool {
    secrets > 0 && (text.contains("The setup is complete") || text.contains("The setup, as it stands"))
}

fn by_hand(served: &Served, changes: &[(&str, &str)], name: &str) {
    let command = left_to_a_person(served, changes);
    let wire = Wire::where_it_can_be_read(served);
    let watch = Sitting::at(&command, &[Detour::Suspended, Detour::GivenUp]).until(name, whole);
    nothing_elsewhere(served, &watch, wire);
}

fn by_lines(served: &Served, changes: &[(&str, &str)], name: &str, catch: &mut dyn FnMut(&str) -> Pages) {
    let mut command = left_to_a_person(served, changes);
    command.arg("--plain");
    let wire = Wire::where_it_can_be_read(served);
    let watch = sit(name, command, catch, whole);
    nothing_elsewhere(served, &watch, wire);
}

/// Neither a file nor an exchange has a secret, but those that must.
fn nothing_elsewhere(served: &Served, watch: &Watch, wire: Option<Wire>) {
    nothing_in_files(served, watch);
    if let Some(wire) = wire {
        assert!(wire.carriers(watch) > 0, "no password was set");
    }
}

#[test]
#[ignore = "scans the release program through a whole setup, minutes: tests/memory/run.sh"]
fn full_screen_for_one_over_tls() {
    by_hand(&Served::over_https("free"), &[BY_HAND], "full screen, by hand, TLS, one person");
}

#[test]
#[ignore = "scans the release program through a whole setup, minutes: tests/memory/run.sh"]
fn full_screen_for_two() {
    by_hand(&Served::new("free", Vec::new()), &[BY_HAND, FOR_TWO], "full screen, by hand, http, two people");
}

#[test]
#[ignore = "scans the release program through a whole setup, minutes: tests/memory/run.sh"]
fn line_by_line_for_one_over_tls() {
    let served = Served::over_https("free");
    by_lines(&served, &[BY_HAND], "line by line, by hand, TLS, one person", &mut |_| Pages::new());
}

#[test]
#[ignore = "scans the release program through a whole setup, minutes: tests/memory/run.sh"]
fn line_by_line_for_two() {
    let served = Served::new("free", Vec::new());
    let changes = [BY_HAND, FOR_TWO];
    by_lines(&served, &changes, "line by line, by hand, http, two people", &mut |_| Pages::new());
}

/// The pages among the files of slips that were not there before.
fn new_files(folder: PathBuf) -> impl FnMut(&str) -> Pages {
    let mut seen = Vec::new();
    move |_| {
        let mut new: Vec<_> = files(&folder).into_iter().filter(|(path, _)| !seen.contains(path)).collect();
        new.sort();
        seen.extend(new.iter().map(|(path, _)| path.clone()));
        let lines = |bytes: &[u8]| breakglass::paper::secret_lines(&String::from_utf8_lossy(bytes));
        new.iter().map(|(_, bytes)| lines(bytes).iter().map(|line| (**line).clone()).collect()).collect()
    }
}

/// As text, so that a page is read as it is; a setup without a person would have read the files back itself.
const TO_FILES: (&str, &str) = ("format = \"pdf\"", "format = \"text\"");

#[test]
#[ignore = "scans the release program through a whole setup, minutes: tests/memory/run.sh"]
fn files_for_two() {
    let served = Served::new("free", Vec::new());
    let mut catch = new_files(served.home.record().join("slips"));
    let changes = [TO_FILES, FOR_TWO];
    // The other account's slip needs nobody: what it says is known, and was never typed.
    by_lines(&served, &changes, "line by line, files, http, two people", &mut catch);
}

#[test]
#[ignore = "scans the release program through a whole setup, minutes: tests/memory/run.sh"]
fn a_printer_for_one_and_two() {
    for (people, changes) in [("one person", Vec::new()), ("two people", vec![FOR_TWO])] {
        let runtime = tokio::runtime::Runtime::new().expect("a runtime");
        let printer = runtime.block_on(Printer::on(Mood::Holds));
        let served = Served::new("free", Vec::new());
        let route = format!("route = \"printer\"\nprinter = \"{}\"", printer.address);
        let changes: Vec<(&str, &str)> =
            changes.into_iter().chain([("route = \"file\"", route.as_str())]).collect();
        let mut printed = 0;
        let mut catch = |_: &str| {
            let pages: Pages = printer.jobs().iter().skip(printed).map(|job| on_pdf(&job.document)).collect();
            printed += pages.len();
            pages
        };
        by_lines(&served, &changes, &format!("line by line, printer, http, {people}"), &mut catch);
    }
}

/// The lines of the secret on a page that was drawn; what stands behind the last one is the check character of the whole.
fn on_pdf(page: &[u8]) -> Vec<String> {
    let letters: Vec<char> = tall_letters(page).chars().collect();
    letters.chunks(LINE).map(String::from_iter).filter(|line| line.len() > 1).collect()
}
