//! How slips go to paper: the route, and what that route needs to know.

use crate::domain::plan::{Format, Hold, Language, Paper, PaperSize, Qr, Route};
use crate::journeys::decisions::typed::word;
use crate::journeys::decisions::{Decision, Field, line};

const HOLDS: [(&str, Hold); 2] = [("waits for its release", Hold::UntilReleased), ("at once", Hold::No)];
const LANGUAGES: [(&str, Language); 2] = [("plain text", Language::Text), ("ESC/P", Language::EscP)];
const FORMATS: [(&str, Format); 2] = [("PDF", Format::Pdf), ("text", Format::Text)];
const CODES: [(&str, Qr); 3] =
    [("pages without secrets", Qr::Documents), ("none", Qr::None), ("slips too", Qr::SecretToo)];
const SIZES: [(&str, PaperSize); 2] =
    [(PaperSize::A4.words(), PaperSize::A4), (PaperSize::Letter.words(), PaperSize::Letter)];

/// The route, what it needs, and what stands on the pages.
pub(super) fn decisions(paper: &Paper) -> Vec<Decision> {
    let route = |field, label: &str, answer: String| line(field, label, answer, "route");
    let text = |answer: &Option<String>| answer.clone().unwrap_or_default();
    let mut list = vec![route(Field::Route, "Slips go to paper", paper.route.words().to_owned())];
    match paper.route {
        Route::Printer => {
            list.push(route(Field::Printer, "Printer's address", text(&paper.printer)));
            list.push(route(Field::Hold, "A page at the printer", words(&HOLDS, paper.hold)));
        }
        Route::Spooler => {
            let queue = paper.queue.clone().unwrap_or_else(|| SYSTEM_QUEUE.to_owned());
            list.push(route(Field::Queue, "Queue of lp", queue));
            list.push(route(Field::Hold, "A page at the printer", words(&HOLDS, paper.hold)));
        }
        Route::Device => {
            list.push(route(Field::Device, "Printer's device", text(&paper.device)));
            list.push(route(Field::Language, "It understands", words(&LANGUAGES, paper.language)));
        }
        Route::File => {
            list.push(route(Field::Folder, "Folder of the files", paper.folder().to_owned()));
            list.push(route(Field::Format, "A slip's file is", words(&FORMATS, paper.format)));
        }
        Route::ByHand | Route::Stdout => {}
    }
    list.push(route(Field::PaperSize, "Paper", words(&SIZES, paper.size)));
    list.push(line(Field::Codes, "QR codes on", words(&CODES, paper.qr), "codes"));
    list
}

/// What is typed where lp is to take its own queue.
const SYSTEM_QUEUE: &str = "the system's own";

/// The words for what was decided.
fn words<T: Copy + PartialEq>(known: &[(&str, T)], decided: T) -> String {
    known.iter().find(|(_, value)| *value == decided).map_or_else(String::new, |(word, _)| (*word).to_owned())
}

/// What may be typed.
pub(super) fn options(field: Field) -> Option<&'static str> {
    match field {
        Field::Route => Some("by hand, device, printer, spooler, stdout or file"),
        Field::PaperSize => Some("A4 or Letter"),
        Field::Printer => Some("ipp:// or ipps://, host and path"),
        Field::Hold => Some("waits for its release, or at once"),
        Field::Queue => Some("a queue's name, or the system's own"),
        Field::Language => Some("plain text or ESC/P"),
        Field::Format => Some("PDF or text"),
        Field::Codes => Some("pages without secrets, none or slips too"),
        _ => None,
    }
}

/// Changes one of them, or says what is wrong with the answer.
pub(super) fn set(paper: &mut Paper, field: Field, text: String) -> Result<(), String> {
    match field {
        Field::Route => paper.route = word(&text, &Route::ALL.map(|route| (route.words(), route)))?,
        Field::PaperSize => paper.size = word(&text, &SIZES)?,
        Field::Printer => paper.printer = Some(text).filter(|t| !t.is_empty()),
        Field::Hold => paper.hold = word(&text, &HOLDS)?,
        Field::Queue => {
            paper.queue = Some(text).filter(|t| !t.is_empty() && !t.eq_ignore_ascii_case(SYSTEM_QUEUE));
        }
        Field::Device => paper.device = Some(text).filter(|t| !t.is_empty()),
        Field::Language => paper.language = word(&text, &LANGUAGES)?,
        Field::Folder => paper.folder = Some(text).filter(|t| !t.is_empty()),
        Field::Format => paper.format = word(&text, &FORMATS)?,
        Field::Codes => paper.qr = word(&text, &CODES)?,
        _ => {}
    }
    Ok(())
}
