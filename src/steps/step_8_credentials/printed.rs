//! Slips that went into files: the program read each file back, which says nothing about paper. Somebody prints them,
//! compares, and says so. After that the files are open, each by its name, until they are gone.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::id::CheckId;
use crate::domain::record::{FileUse, LeftFile};
use crate::domain::slot::Slot;
use crate::steps::shared::look::{Seen, needs_person, pass};

const PRINTED: CheckId = CheckId::PaperPrinted;

/// Whether the slips of an account that went into files are on paper; `None` where none did.
pub(super) fn look(case: &Case<'_>, slot: Slot) -> Option<Seen> {
    let slips = slips(case, slot)?;
    Some(match case.word(&PRINTED.of(slot)) {
        Some(word) => pass(format!("{slips} printed, attested by {}", word.by())),
        None => {
            needs_person(format!("{slips} only in files: print, compare, and say so; then destroy the files"))
        }
    })
}

/// The files that nobody needs any more, with name and age; `None` once they are gone. No word closes it.
pub(super) fn destroyed(case: &Case<'_>, slot: Slot) -> Option<Seen> {
    let loose = to_destroy(case, slot);
    let words: Vec<String> = loose.iter().map(|file| file.words(case.today)).collect();
    (!loose.is_empty()).then(|| needs_person(format!("to be destroyed: {}", words.join("; "))))
}

/// Files of an account's slips that nobody needs any more: the slip is on paper, or does not count.
pub fn to_destroy(case: &Case<'_>, slot: Slot) -> Vec<LeftFile> {
    let is_printed = case.attested(&PRINTED.of(slot));
    let is_loose = |file: &LeftFile| match file.use_ {
        FileUse::ToPrint => is_printed,
        FileUse::OnPaper | FileUse::Void => true,
    };
    case.evidence.files_left().into_iter().filter(|file| file.slot == slot && is_loose(file)).collect()
}

/// The files that can be destroyed now.
pub(in crate::steps) fn destroy_ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    (!to_destroy(case, slot).is_empty()).then_some(Ask::DestroyFiles { slot })
}

/// "slips 1, 2 and 4 are", of those that only their files vouch for.
fn slips(case: &Case<'_>, slot: Slot) -> Option<String> {
    let numbers: Vec<String> =
        case.evidence.slips_in_files(slot).iter().map(|slip| slip.number.to_string()).collect();
    match numbers.as_slice() {
        [] => None,
        [one] => Some(format!("slip {one} is")),
        [most @ .., last] => Some(format!("slips {} and {last} are", most.join(", "))),
    }
}

/// Printing, as long as nobody has vouched for it.
pub(in crate::steps) fn ask(case: &Case<'_>, slot: Slot) -> Option<Ask> {
    let slips = slips(case, slot).filter(|_| !case.attested(&PRINTED.of(slot)))?;
    Some(Ask::Attest(Attest {
        about: PRINTED.of(slot),
        statement: format!("Of the {slot} account {slips} printed and compared with the files"),
        note: "Printer; when the files are destroyed".to_owned(),
    }))
}
