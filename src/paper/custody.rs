//! The custody log and the labels of envelopes.

use crate::domain::check::case::Case;
use crate::domain::plan::Account;
use crate::domain::record::Half;
use crate::domain::slot::Slot;
use crate::paper::document::code;
use crate::paper::page::{Form, Heading, Piece, Sheet, document_id, pair};
use crate::paper::words::words;

/// Rows of the custody log in plain text; they and its heads fill one page.
const ROWS: usize = 18;
/// Heads of the custody log and their share of the width in percent.
const COLUMNS: [(&str, u8); 6] = [
    ("date, time", 14),
    ("opened by", 20),
    ("witness", 20),
    ("why", 20),
    ("old seal", 13),
    ("new seal, by", 13),
];

/// The custody log of one safe.
pub fn custody(case: &Case<'_>, mark: &str) -> Sheet {
    let words = &words().custody;
    let mut pieces = vec![Piece::Title(words.title.clone())];
    pieces.extend(code(case, "custody log"));
    pieces.push(Piece::Text(words.about.clone()));
    pieces.push(Piece::Pairs(vec![pair("Document", document_id(case)), pair("Safe", "")]));
    pieces.push(Piece::Log(COLUMNS.map(|(name, share)| (name.to_owned(), share)).to_vec(), ROWS));
    Sheet { name: "custody-log", form: Form::Flowing, heading: Heading::of(case, mark), pieces }
}

/// A label for every envelope of the plan.
pub fn envelopes(case: &Case<'_>, mark: &str) -> Sheet {
    let words = &words().envelope;
    let mut pieces = vec![Piece::Title(words.title.clone()), Piece::Text(words.about.clone())];
    for (slot, account) in case.plan.slots() {
        pieces.extend(contents(slot, account).iter().map(|(what, safe)| label(case, what, safe)));
    }
    Sheet { name: "envelope-labels", form: Form::Flowing, heading: Heading::of(case, mark), pieces }
}

/// What goes into envelopes of an account, and into which safe.
fn contents(slot: Slot, account: &Account) -> Vec<(String, String)> {
    let half = |half: Half| {
        let what = format!("{slot} account: half {} of the password", half.name());
        (what, account.keeper(half).0.to_owned())
    };
    let mut contents = match &account.second_half {
        None => vec![(format!("{slot} account: password"), account.safe.clone())],
        Some(_) => Half::BOTH.map(half).to_vec(),
    };
    let pin = account.pin_safe.clone().map(|safe| (format!("{slot} account: PIN of the key"), safe));
    contents.extend(pin);
    contents.extend(
        account.keys.iter().map(|key| (format!("{slot} account: key {}", key.name), key.safe.clone())),
    );
    contents
}

fn label(case: &Case<'_>, what: &str, safe: &str) -> Piece {
    Piece::Label(vec![
        pair("Holds", what),
        pair("Document", document_id(case)),
        pair("Safe", case.plan.safe_and_place(safe)),
        pair("Seal number", ""),
        pair("Sealed by, date", ""),
    ])
}
