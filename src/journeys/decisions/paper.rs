//! How slips go to paper: the route, and what that route needs to know.

use crate::domain::plan::{Format, Hold, Language, Paper, PaperSize, Qr, Route};
use crate::journeys::decisions::typed::word;
use crate::journeys::decisions::words::word_for;
use crate::journeys::decisions::{Decision, Field, line};

pub(super) const HOLDS: [(&str, Hold); 2] =
    [("waits for its release", Hold::UntilReleased), ("at once", Hold::No)];
pub(super) const LANGUAGES: [(&str, Language); 2] =
    [("plain text", Language::Text), ("ESC/P", Language::EscP)];
pub(super) const FORMATS: [(&str, Format); 2] = [("PDF", Format::Pdf), ("text", Format::Text)];
pub(super) const CODES: [(&str, Qr); 3] =
    [("pages without secrets", Qr::Documents), ("none", Qr::None), ("slips too", Qr::SecretToo)];
pub(super) const SIZES: [(&str, PaperSize); 2] =
    [(PaperSize::A4.words(), PaperSize::A4), (PaperSize::Letter.words(), PaperSize::Letter)];

/// The route, what it needs, and what stands on the pages.
pub(super) fn decisions(paper: &Paper) -> Vec<Decision> {
    let route = |field, label: &str, answer: String| line(field, label, answer, "route");
    let text = |answer: &Option<String>| answer.clone().unwrap_or_default();
    let mut list = vec![route(Field::Route, "Slips go to paper", paper.route.words().to_owned())];
    match paper.route {
        Route::Printer => {
            list.push(route(Field::Printer, "Printer's address", text(&paper.printer)));
            list.push(route(Field::Hold, "A page at the printer", word_for(&HOLDS, paper.hold)));
        }
        Route::Spooler => {
            let queue = paper.queue.clone().unwrap_or_else(|| SYSTEM_QUEUE.to_owned());
            list.push(route(Field::Queue, "Queue of lp", queue));
            list.push(route(Field::Hold, "A page at the printer", word_for(&HOLDS, paper.hold)));
        }
        Route::Device => {
            list.push(route(Field::Device, "Printer's device", text(&paper.device)));
            list.push(route(Field::Language, "It understands", word_for(&LANGUAGES, paper.language)));
        }
        Route::File => {
            list.push(route(Field::Folder, "Folder of the files", paper.folder().to_owned()));
            list.push(route(Field::Format, "A slip's file is", word_for(&FORMATS, paper.format)));
        }
        Route::ByHand | Route::Stdout => {}
    }
    list.push(route(Field::PaperSize, "Paper", word_for(&SIZES, paper.size)));
    list.push(line(Field::Codes, "QR codes on", word_for(&CODES, paper.qr), "codes"));
    list
}

/// What is typed where lp is to take its own queue.
pub(super) const SYSTEM_QUEUE: &str = "the system's own";

/// What may be typed.
pub(super) fn options(field: Field) -> Option<&'static str> {
    match field {
        Field::Printer => Some("ipp:// or ipps://, host and path"),
        Field::Queue => Some("a queue's name, or the system's own"),
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
