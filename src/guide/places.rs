//! Where something is done, in the words of whoever is told: a step of the setup, or a row of a review. A remedy names the
//! step, as `{in step 7}`; on a review's board there are no steps, and on the row that it is about it is done right there.

use crate::domain::review::ReviewRow;
use crate::guide::{fill, review_row};

/// Where a remedy is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// In a setup or a repair, which speak of the nine steps.
    Setup,
    /// On the board or in the report of a review.
    Review,
    /// On this row of a review.
    Row(ReviewRow),
}

/// `text` with the steps it names in the words of `place`.
pub fn placed(text: &str, place: Place) -> String {
    let named: Vec<(String, String)> =
        (1..=9).flat_map(|step| of_step(step, place)).chain(of_this(place)).collect();
    let named: Vec<(&str, &str)> =
        named.iter().map(|(name, words)| (name.as_str(), words.as_str())).collect();
    fill(text, &named)
}

/// The placeholders of a step with their words.
fn of_step(step: u8, place: Place) -> [(String, String); 3] {
    let row = ReviewRow::of_step(step);
    let [it, within, from] = match place {
        Place::Setup => ["", "in ", "from "].map(|before| format!("{before}step {step}")),
        Place::Row(here) if here == row => ["this row", "here", "from here"].map(str::to_owned),
        Place::Review | Place::Row(_) => {
            ["", "in ", "from "].map(|before| format!("{before}{}", row_words(row)))
        }
    };
    [(format!("step {step}"), it), (format!("in step {step}"), within), (format!("from step {step}"), from)]
}

/// The placeholders of the step that the remedy itself belongs to.
fn of_this(place: Place) -> [(String, String); 2] {
    let (it, within) = match place {
        Place::Setup => ("this step", "in this step"),
        Place::Review => ("this", "in its row"),
        Place::Row(_) => ("this", "here"),
    };
    [("this step".to_owned(), it.to_owned()), ("in this step".to_owned(), within.to_owned())]
}

/// "row 6 (Alerts)", as the board and the report number it.
fn row_words(row: ReviewRow) -> String {
    format!("row {} ({})", row.number(), review_row(row).name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_a_row_in_a_review_and_nothing_but_here_on_that_row() {
        let text =
            "Make it {in step 7}, or send it {from step 7}; do {step 5} first, or hand {this step} over.";
        let said = |place| placed(text, place);
        assert_eq!(
            said(Place::Setup),
            "Make it in step 7, or send it from step 7; do step 5 first, or hand this step over."
        );
        assert_eq!(
            said(Place::Review),
            "Make it in row 6 (Alerts), or send it from row 6 (Alerts); do row 5 (Conditional Access) first, or hand this over."
        );
        assert_eq!(
            said(Place::Row(ReviewRow::Point(6))),
            "Make it here, or send it from here; do row 5 (Conditional Access) first, or hand this over."
        );
        assert_eq!(
            placed("{upn} {step 10}", Place::Review),
            "{upn} {step 10}",
            "whatever is no step stays as it is"
        );
    }
}
