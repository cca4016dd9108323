//! A sheet as PDF, made in memory: embedded fonts, one glyph for each character, the same bytes for the same input.
//!
//! The sheet is first laid out as leaves, which are lists of marks, and then written. Metadata name the document and its
//! day, never a secret. The bytes are wiped when dropped, and so is every text on the way; the writer's own buffers are
//! wiped by the program's allocator as they are freed.

mod code;
mod flow;
mod folded;
mod fonts;
mod head;
mod leaf;
mod pieces;
mod secret;
mod table;
mod write;

use zeroize::Zeroizing;

use crate::domain::plan::PaperSize;
use crate::domain::trouble::Trouble;
use crate::paper::page::{Form, Ink, Sheet};

/// The sheet as a PDF file, the secret (or dots, or boxes) in its place.
pub fn pdf(sheet: &Sheet, ink: Ink<'_>, size: PaperSize) -> Result<Zeroizing<Vec<u8>>, Trouble> {
    write::write(sheet, &leaves(sheet, ink, size), size)
}

/// Sheets without secrets, one after the other in one file; `None` for no sheet at all.
pub fn pdf_of_all(sheets: &[Sheet], size: PaperSize) -> Option<Result<Zeroizing<Vec<u8>>, Trouble>> {
    let first = sheets.first()?;
    let all: Vec<leaf::Leaf> = sheets.iter().flat_map(|sheet| leaves(sheet, Ink::Masked, size)).collect();
    Some(write::write(first, &all, size))
}

fn leaves(sheet: &Sheet, ink: Ink<'_>, size: PaperSize) -> Vec<leaf::Leaf> {
    match sheet.form {
        Form::Flowing => pieces::leaves(sheet, size),
        Form::Folded => vec![folded::leaf(sheet, sheet.place().map_or(ink, |place| ink.on(&place)), size)],
    }
}
