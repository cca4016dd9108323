//! FLOOR 2: paper. Slips carry one secret each, pages carry none.
//!
//! A [`Sheet`] says what stands on paper; [`text`](fn@text) and [`pdf`](fn@pdf) are two renderings of it, made in memory. Where they go
//! is decided elsewhere. No page depends on this program to be read.

mod calibration;
mod custody;
mod document;
mod escp;
pub mod exercise;
mod page;
mod pdf;
mod pieces;
mod procedure;
mod review;
mod secret_text;
mod slip;
mod text;
mod words;

pub use escp::{Escapes, device};
pub use page::{Heading, Ink, Piece, Place, Share, Sheet, Table, Written};
pub use pdf::{pdf, pdf_of_all};
pub use review::review;
pub use secret_text::secret_lines;
pub use slip::{PEN_BOXES, SlipPage, scheme, slip};
pub use text::{COLUMNS, LINES, preview, text};

use crate::domain::check::case::Case;
use crate::domain::paper::page::Page;

/// A page without a secret: one that has none, or a slip to be masked or left blank.
pub fn page(case: &Case<'_>, mark: &str, page: &Page) -> Sheet {
    match page {
        Page::Document => document::document(case, mark),
        Page::Procedure => procedure::procedure(case, mark),
        Page::Custody => custody::custody(case, mark),
        Page::Envelope => custody::envelopes(case, mark),
        Page::Calibration => calibration::calibration(case, mark),
        Page::Slip(masked) => slip::masked(case, mark, masked),
    }
}

/// Every page without secrets.
pub fn pages(case: &Case<'_>, mark: &str) -> Vec<Sheet> {
    Page::OPEN.iter().map(|open| page(case, mark, open)).collect()
}
