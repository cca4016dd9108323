//! Promise 3: a password exists only in locked memory and on paper.
//!
//! What each route leaves behind on this computer: nothing, but for the named file.
//!
//! The real binary has its HOME, its folder for temporary files, its data, its record and its working folder in one
//! place, and that place is searched. Pages are caught outside of it, as a printer would.

use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;
use std::sync::{Arc, Mutex, mpsc};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;

use crate::support::plain::{self, Paper};
use crate::support::printer::{Mood, Printer};
use crate::support::{Home, Person, choice, files};

/// Characters of a line, without its check character.
const LINE: usize = 16;
/// Digits of a PIN.
const PIN: usize = 8;

/// What came out, page by page: the lines of its secret, each with its check character.
type Pages = Vec<Vec<String>>;

fn bare(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}

/// The lines of the secret on a page that was drawn; what stands behind the last one is the check character of the whole.
fn on_pdf(page: &[u8]) -> Vec<String> {
    let letters: Vec<char> = crate::support::pdf_reader::tall_letters(page).chars().collect();
    letters.chunks(LINE + 1).map(String::from_iter).filter(|line| line.len() > 1).collect()
}

/// The lines of the secret on a page of text.
fn on_text(page: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(page);
    breakglass::paper::secret_lines(&text).iter().map(|line| bare(line)).collect()
}

/// Every line without its check character: what must be nowhere.
fn secrets(pages: &Pages) -> Vec<String> {
    let cut = |line: &String| line[..if line.len() > LINE { LINE } else { PIN }].to_owned();
    pages.iter().flatten().map(cut).collect()
}

/// Bytes as characters, one for one, so that they can be searched as text.
fn characters(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// A line of a secret in every form in which a program could have written it.
fn forms(line: &str) -> Vec<String> {
    let groups: Vec<String> = line.as_bytes().chunks(4).map(characters).collect();
    let hex = line.bytes().fold(String::new(), |hex, byte| format!("{hex}{byte:02x}"));
    let wide: Vec<u8> = line.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let mut forms = vec![line.to_owned(), groups.join(" "), groups.join("-"), hex, characters(&wide)];
    for shift in 0..3 {
        // Base64 of the line wherever it begins within three bytes, without the characters that its neighbors share.
        let encoded = STANDARD_NO_PAD.encode([&b"AAA"[..shift], line.as_bytes()].concat());
        let begin = if shift == 0 { 0 } else { 4 };
        forms.push(encoded[begin..encoded.len() - 2].to_owned());
    }
    forms
}

/// What a file says: its bytes, and of a PDF the letters that it sets, in the order of reading.
fn says(bytes: &[u8]) -> String {
    let mut says = characters(bytes);
    if bytes.starts_with(b"%PDF-") {
        for page in crate::support::pdf_reader::pages(bytes) {
            let mut letters = page.letters;
            letters.sort_by(|a, b| b.at.1.total_cmp(&a.at.1).then(a.at.0.total_cmp(&b.at.0)));
            says.extend(letters.iter().map(|letter| letter.text.as_str()));
        }
    }
    says
}

/// Every file below `home` that holds one of the lines, in whatever form.
fn found(home: &Home, secrets: &[String]) -> Vec<String> {
    let forms: Vec<String> = secrets.iter().flat_map(|line| forms(line)).collect();
    let all = files(&home.path(""));
    assert!(all.len() > 10, "the record is not there");
    let tells = |bytes: &[u8]| {
        let says = says(bytes);
        forms.iter().any(|form| says.contains(form))
    };
    all.iter().filter(|(_, bytes)| tells(bytes)).map(|(path, _)| path.display().to_string()).collect()
}

/// The command of a setup by a person, with these changes of the example plan.
fn setup(home: &Home, changes: &[(&str, &str)]) -> Command {
    let plan = home.plan_with(changes);
    let mut command = home.breakglass();
    command.args(["--seed", "free", "--speed", "1000", "--plain"]).arg("--plan").arg(plan);
    command.arg("--record").arg(home.record());
    command
}

/// Walks a setup to its end. `catch` takes what was just shown and adds the pages that have come out since.
fn walk(command: Command, catch: &mut dyn FnMut(&str, &mut Pages)) -> (Pages, String) {
    let pages = Arc::new(Mutex::new(Pages::new()));
    let reading = pages.clone();
    let read = move |line: usize| reading.lock().expect("pages").last().expect("a page")[line].clone();
    let mut paper = Paper { printed: Some(Box::new(read)), ..Paper::default() };
    let mut person = Person::at(command);
    while let Some(shown) = person.next_question() {
        if shown.contains("The setup is complete") || shown.contains("The setup, as it stands") {
            break;
        }
        catch(&shown, &mut pages.lock().expect("pages"));
        let wishes = ["WRITES: Somebody stands at the printer; send it", "is here, alone"];
        let wish = wishes.iter().find_map(|words| choice(&shown, words));
        let line = wish.or_else(|| plain::decide(&shown, &mut paper));
        person.type_line(&line.unwrap_or_else(|| panic!("no way on from:\n{shown}")));
    }
    let seen = person.seen.clone();
    person.leave();
    let caught = pages.lock().expect("pages").clone();
    (caught, seen)
}

/// Every slip was typed back from its page, and no file here holds any of it.
fn nothing_is_left(home: &Home, (pages, seen): &(Pages, String)) {
    let point = plain::point(seen, "7. Passwords and PINs are on paper");
    assert!(point.contains("done"), "{seen}");
    let typed = home.journal().iter().filter(|l| l["entry"]["checked"] == "typed-back").count();
    assert_eq!(typed, 5, "two passwords and three PINs");
    let secrets = secrets(pages);
    assert_eq!(secrets.len(), 2 * 2 + 3, "passwords have two lines: {}", pages.len());
    assert_eq!(found(home, &secrets), [""; 0], "a file holds a secret");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_printer_leaves_nothing_here() {
    let printer = Printer::on(Mood::Holds).await;
    let home = Home::new();
    let route = format!("route = \"printer\"\nprinter = \"{}\"", printer.address);
    let command = setup(&home, &[("route = \"file\"", &route)]);
    let walked = tokio::task::spawn_blocking(move || {
        walk(command, &mut |_, pages| {
            pages.extend(printer.jobs().iter().skip(pages.len()).map(|job| on_pdf(&job.document)));
        })
    });
    nothing_is_left(&home, &walked.await.expect("a setup"));
}

#[test]
fn lp_leaves_nothing_here_and_is_told_nothing_but_the_job() {
    let (home, outside) = (Home::new(), tempfile::tempdir().expect("a folder"));
    let lp = outside.path().join("lp");
    let jobs = outside.path().join("jobs");
    std::fs::create_dir(&jobs).expect("a folder");
    let script = format!(
        "#!/bin/sh\ncd '{}'\necho \"$@\" >>../arguments\ncat >\"job-$(ls | wc -l)\"\n",
        jobs.display()
    );
    std::fs::write(&lp, script).expect("a script");
    std::fs::set_permissions(&lp, std::fs::Permissions::from_mode(0o755)).expect("it may run");
    let mut command = setup(&home, &[("route = \"file\"", "route = \"spooler\"")]);
    let path = std::env::var("PATH").unwrap_or_default();
    command.env("PATH", format!("{}:{path}", outside.path().display()));
    let walked = walk(command, &mut |_, pages| {
        let mut printed = files(&jobs);
        printed.sort();
        pages.extend(printed.iter().skip(pages.len()).map(|(_, bytes)| on_pdf(bytes)));
    });
    nothing_is_left(&home, &walked);
    let arguments = std::fs::read_to_string(outside.path().join("arguments")).expect("arguments");
    assert_eq!(arguments.matches("-H hold").count(), 5, "{arguments}");
    assert!(!secrets(&walked.0).iter().any(|line| arguments.contains(&line[..PIN])), "{arguments}");
}

#[test]
fn a_device_leaves_nothing_here() {
    let (home, outside) = (Home::new(), tempfile::tempdir().expect("a folder"));
    let device = outside.path().join("lp0");
    assert!(Command::new("mkfifo").arg(&device).status().expect("mkfifo").success());
    let route = format!("route = \"device\"\ndevice = \"{}\"", device.display());
    let (sender, printed) = mpsc::channel();
    std::thread::spawn(move || {
        loop {
            let mut page = Vec::new();
            std::fs::File::open(&device).expect("a device").read_to_end(&mut page).expect("a page");
            if sender.send(page).is_err() {
                return;
            }
        }
    });
    let walked = walk(setup(&home, &[("route = \"file\"", &route)]), &mut |shown, pages| {
        if shown.contains("Take the page now") {
            pages.push(on_text(&printed.recv().expect("a page")));
        }
    });
    nothing_is_left(&home, &walked);
}

#[test]
fn standard_output_leaves_nothing_here_for_one_person_or_two() {
    let home = Home::new();
    let changes = [
        ("route = \"file\"", "route = \"stdout\""),
        (crate::support::two_people::COMMENTED, crate::support::two_people::SECOND_HALF),
    ];
    let walked = walk(setup(&home, &changes), &mut |shown, pages| {
        let page = on_text(shown.as_bytes());
        pages.extend(Some(page).filter(|page| !page.is_empty()));
    });
    assert_eq!(walked.0.len(), 6, "a page for each half of the First account");
    nothing_is_left(&home, &walked);
}

#[test]
fn copying_by_hand_leaves_nothing_here_for_one_person_or_two() {
    let home = Home::new();
    let changes = [
        ("route = \"file\"", "route = \"by-hand\""),
        (crate::support::two_people::COMMENTED, crate::support::two_people::SECOND_HALF),
    ];
    let mut hand = Paper::default();
    let walked = walk(setup(&home, &changes), &mut |shown, pages| {
        hand.copy(shown);
        let is_copied = shown.contains("It is on paper") && !hand.groups.is_empty();
        if is_copied {
            pages.push(hand.groups.chunks(LINE / 4).map(|groups| bare(&groups.concat())).collect());
            hand.groups.clear();
        }
    });
    assert_eq!(walked.0.len(), 6, "a page for each half of the First account");
    nothing_is_left(&home, &walked);
}

#[test]
fn the_named_file_is_the_one_that_does_and_the_search_finds_it() {
    for (format, ending, read) in [
        ("pdf", "pdf", on_pdf as fn(&[u8]) -> Vec<String>),
        ("text", "txt", on_text as fn(&[u8]) -> Vec<String>),
    ] {
        let home = Home::new();
        let mut command = home.setup("free");
        home.plan_with(&[
            ("format = \"pdf\"", &format!("format = \"{format}\"")),
            ("about = \"paper.destroyed:", "about = \"test.logged:"),
        ]);
        assert!(command.output().expect("it runs").status.code() == Some(2), "{format}");
        let mut slips = files(&home.record().join("slips"));
        slips.sort();
        let secrets = secrets(&slips.iter().map(|(_, bytes)| read(bytes)).collect());
        assert_eq!(secrets.len(), 2 * 2 + 3, "{format}");
        let mut found = found(&home, &secrets);
        found.sort();
        let named: Vec<String> = slips.iter().map(|(path, _)| path.display().to_string()).collect();
        assert_eq!(found, named);
        assert!(named.iter().all(|name| name.ends_with(ending)), "{named:?}");
    }
}
