//! The custody log and the labels of envelopes.

use crate::domain::check::case::Case;
use crate::domain::plan::{Account, Method};
use crate::domain::record::{Half, SlipKind, SlipState};
use crate::domain::slot::Slot;
use crate::paper::document::code;
use crate::paper::page::{Form, Heading, Piece, Sheet, document_id, pair, user_name};
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
    pieces.extend(code(case, mark, "custody log"));
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
        let own = contents(case, slot, account).into_iter();
        // What a system keeps lies in no envelope.
        let own = own.filter(|holds| !holds.place.starts_with("system "));
        pieces.extend(own.map(|holds| label(case, slot, &holds)));
    }
    Sheet { name: "envelope-labels", form: Form::Flowing, heading: Heading::of(case, mark), pieces }
}

/// One envelope.
struct Holds {
    /// What lies in it.
    what: String,
    /// What tells it from others: the number of its slip, a serial number.
    told_by: (&'static str, String),
    /// Where it goes.
    place: String,
    /// Who has charge of it.
    custodian: String,
}

/// The envelopes of an account: one for each slip, each key, and the phone.
fn contents(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<Holds> {
    let mut all = passwords(case, slot, account);
    match account.method {
        Method::SecurityKey => all.extend(keys(case, slot, account)),
        Method::Phone => all.extend(phone(case, slot, account)),
        Method::Certificate => all.push(Holds {
            what: format!("{slot} account: what its certificate is on"),
            told_by: ("Serial number", String::new()),
            place: String::new(),
            custodian: case.plan.charge(account, &account.safe),
        }),
    }
    all
}

fn passwords(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<Holds> {
    let number = number(case, slot, SlipKind::Password);
    let half = |half: Half| {
        let (safe, _) = account.keeper(half);
        let number = if number.is_empty() { String::new() } else { format!("{number} {}", half.name()) };
        Holds {
            what: format!("{slot} account: half {} of the password", half.name()),
            told_by: ("Slip", number),
            place: case.plan.place_words(safe),
            custodian: case.plan.charge(account, safe),
        }
    };
    match account.second_half {
        Some(_) => Half::BOTH.map(half).into(),
        None => vec![Holds {
            what: format!("{slot} account: password"),
            told_by: ("Slip", number.clone()),
            ..half(Half::A)
        }],
    }
}

/// The phone, and what unlocks it, which lies elsewhere where the plan says so.
fn phone(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<Holds> {
    let Some(phone) = &account.phone else { return Vec::new() };
    let holds = |what: &str, place: &String| Holds {
        what: format!("{slot} account: {what}"),
        told_by: ("Phone number", phone.number.clone()),
        place: place.clone(),
        custodian: case.plan.charge(account, &account.safe),
    };
    match phone.unlock.trim() {
        "" => vec![holds("its phone, charger and SIM PIN", &phone.place)],
        _ => vec![
            holds("its phone and charger", &phone.place),
            holds("SIM PIN and lock code of its phone", &phone.unlock),
        ],
    }
}

/// A PIN slip and a key each, in an envelope of its own.
fn keys(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<Holds> {
    let pin_safe = account.pin_safe.as_deref().unwrap_or_default();
    let mut all = Vec::new();
    for (index, key) in account.keys.iter().enumerate() {
        all.push(Holds {
            what: format!("{slot} account: PIN of {}", account.key_and_serial(index)),
            told_by: ("Slip", number(case, slot, SlipKind::Pin { key: index })),
            place: case.plan.place_words(pin_safe),
            custodian: case.plan.charge(account, pin_safe),
        });
        all.push(Holds {
            what: format!("{slot} account: {}", account.key_name(index)),
            told_by: ("Serial number", key.serial.clone()),
            place: case.plan.place_words(&key.safe),
            custodian: case.plan.charge(account, &key.safe),
        });
    }
    all
}

/// The number of the slip that counts; a line to write on until there is one.
fn number(case: &Case<'_>, slot: Slot, kind: SlipKind) -> String {
    let slip = case.evidence.slip(slot, kind).filter(|slip| slip.state == SlipState::Confirmed);
    slip.map(|slip| slip.number.to_string()).unwrap_or_default()
}

fn label(case: &Case<'_>, slot: Slot, holds: &Holds) -> Piece {
    Piece::Label(vec![
        pair("Holds", &holds.what),
        pair(holds.told_by.0, &holds.told_by.1),
        pair("Account", user_name(case, slot)),
        pair("Goes to", &holds.place),
        pair("Custodian", &holds.custodian),
        pair("Document", document_id(case)),
        pair("Seal number", ""),
        pair("Sealed by, date", ""),
    ])
}
