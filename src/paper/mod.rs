//! FLOOR 2: paper. Slips carry one secret each, pages carry none.
//!
//! A [`Sheet`] says what stands on paper; [`text`] and [`pdf`] are two renderings of it, made in memory. Where they go
//! is decided elsewhere. No page depends on this program to be read.

mod calibration;
mod custody;
mod document;
mod escp;
mod page;
mod pdf;
mod secret_text;
mod slip;
mod text;
mod words;

pub use escp::{Escapes, device};
pub use page::{Heading, Ink, Piece, Place, Share, Sheet};
pub use pdf::{pdf, pdf_of_all};
pub use secret_text::secret_lines;
pub use slip::{PEN_BOXES, SlipPage, Written, scheme, slip};
pub use text::{COLUMNS, LINES, text};

use crate::domain::case::Case;

/// The pages without secrets, by the names of the command line.
pub const PAGES: [&str; 5] = ["document", "procedure", "custody", "envelope", "calibration"];

/// The page called `name`, one of [`PAGES`].
pub fn page(case: &Case<'_>, mark: &str, name: &str) -> Option<Sheet> {
    let make = match name {
        "document" => document::document,
        "procedure" => document::procedure,
        "custody" => custody::custody,
        "envelope" => custody::envelopes,
        "calibration" => calibration::calibration,
        _ => return None,
    };
    Some(make(case, mark))
}

/// Every page without secrets.
pub fn pages(case: &Case<'_>, mark: &str) -> Vec<Sheet> {
    PAGES.iter().filter_map(|name| page(case, mark, name)).collect()
}
