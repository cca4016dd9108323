//! FLOOR 2: paper. Slips carry one secret each, pages carry none.
//!
//! Plain text laid out for a page of eighty columns, which any printer takes. Made in memory; where it goes is decided
//! elsewhere. No page depends on this program to be read.

mod document;
mod page;
mod slip;
mod words;

pub use document::pages;
pub use page::{COLUMNS, LINES};
pub use slip::{preview, secret_lines, slip};
