//! Pages that are looked at before anything goes to paper.

use crate::domain::paper::page::Page;
use crate::journeys::model::Stage;

/// The list of pages, or one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// Which pages there are.
    pub list: Vec<Page>,
    /// The one on the screen.
    pub open: Option<Open>,
    /// Where it goes on afterwards.
    pub back: Box<Stage>,
}

/// A page on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its place in the list.
    pub index: usize,
    /// Its lines, once it was set.
    pub lines: Option<Vec<String>>,
}
