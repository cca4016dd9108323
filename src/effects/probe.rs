//! Whether a destination would take a slip, tried before its secret is made: nothing that could have been known is found
//! out after the password has changed.
//!
//! A file is tried by making it, as large as the slip will be and empty of anything secret, and taking it away again.

use std::path::Path;

use crate::domain::paper::printing::Destination;
use crate::domain::record::Slip;
use crate::domain::trouble::Trouble;
use crate::effects::pages::{self, Known, Press};
use crate::effects::{files, print};
use crate::paper::{self, Ink, Sheet, SlipPage, Written};

/// What a page with its secret may take beyond the same page without, bytes: its signs, and a code that is drawn.
const SLACK: usize = 64 * 1024;

/// Tries each destination of `slip`; the first that refuses says why.
pub async fn each(press: &Press, slip: &Slip, to: &[Destination], known: &Known) -> Result<(), Trouble> {
    for to in to {
        match to {
            Destination::File(name) => file(press, slip, name, known)?,
            Destination::Printer { .. }
            | Destination::Spooler { .. }
            | Destination::Device { .. }
            | Destination::Stdout => print::reach(&press.wire, to).await?,
        }
    }
    Ok(())
}

fn file(press: &Press, slip: &Slip, name: &str, known: &Known) -> Result<(), Trouble> {
    let path = pages::below(&press.folder, name);
    if path.to_str().is_none() {
        return Err(not_utf8(&path));
    }
    if let Some(folder) = path.parent() {
        files::own_folder(folder)?;
    }
    files::write_secret(&path, &vec![0; size(press, slip, &path, known)? + SLACK])?;
    std::fs::remove_file(&path).map_err(|error| {
        Trouble::new(
            format!("The file {} could be made and not be taken away again.", path.display()),
            files::reason(&error),
            "Name a file in a folder of your own.",
        )
    })
}

/// How large the page is without its secret, bytes.
fn size(press: &Press, slip: &Slip, path: &Path, known: &Known) -> Result<usize, Trouble> {
    let case = known.case();
    let page = SlipPage { slip, mark: press.mark.as_str(), length: 0, half: None, written: Written::ByPen };
    let sheet: Sheet = paper::slip(&case, &page);
    Ok(match pages::is_pdf(path) {
        true => paper::pdf(&sheet, Ink::Blank, case.plan.paper.size)?.len(),
        false => paper::text(&sheet, Ink::Blank).len(),
    })
}

fn not_utf8(path: &Path) -> Trouble {
    Trouble::new(
        format!("The slip cannot be written to {}.", path.display()),
        "The name of its folder is not UTF-8, so neither screen nor record could say where the slip lies.",
        "Name another folder in the plan ([paper] folder), or keep the record elsewhere with --record.",
    )
}
