//! The credential document: what the accounts are, where everything lies, who keeps it; and no secret.

use crate::domain::check::case::Case;
use crate::domain::check::upkeep::Every;
use crate::domain::mark::Mark;
use crate::domain::plan::{Account, Method, Qr, Safe};
use crate::domain::record::{Half, HalfSlip, SlipKind};
use crate::domain::slot::Slot;
use crate::paper::page::{Form, Heading, Piece, Sheet, document_id, pair, user_name};
use crate::paper::words::words;
use crate::steps::emergency;

/// The credential document, in the guide's layout.
pub fn document(case: &Case<'_>, mark: &str) -> Sheet {
    let words = words();
    let mut pieces = vec![Piece::Title(words.document.title.clone())];
    pieces.extend(code(case, mark, "credential document"));
    pieces.push(Piece::Pairs(vec![
        pair("Classification", &words.classification),
        pair("Document", document_id(case)),
        pair("Last updated", case.today.to_string()),
        pair("Next review", Every::HalfYear.after(case.today).to_string()),
    ]));
    let head = case.evidence.head.as_ref().map(|head| pair("Head of the record", head.words()));
    pieces.extend(head.into_iter().chain(anchor(case)).map(|pair| Piece::Pairs(vec![pair])));
    pieces.push(Piece::Text(words.document.about.clone()));
    for (slot, account) in case.plan.slots() {
        pieces.push(Piece::Section(format!("{slot} account")));
        pieces.push(Piece::Pairs(account_pairs(case, slot, account)));
    }
    pieces.push(Piece::Section(words.document.procedure.clone()));
    pieces.push(Piece::Pairs(access(case)));
    pieces.push(Piece::Section("Storage locations".to_owned()));
    let safes = case.plan.safes.iter().map(|safe| pair(&format!("Safe {}", safe.name), safe_words(safe)));
    let systems = case.plan.systems.iter();
    let systems = systems.map(|system| pair(&format!("System {}", system.name), &system.place));
    pieces.push(Piece::Pairs(safes.chain(systems).collect()));
    Sheet { name: "credential-document", form: Form::Flowing, heading: Heading::of(case, mark), pieces }
}

/// The line of the record that the last review was signed over: on paper it cannot be rewritten together with the record.
fn anchor(case: &Case<'_>) -> Option<(String, String)> {
    let reviews = &case.evidence.reviews;
    let (last, signed) = (reviews.last.as_ref()?, reviews.signatures.last()?);
    let words =
        format!("review {}, signed by {} on {}: {}", last.review, signed.person, signed.date, signed.head);
    reviews.open.is_none().then(|| pair("Record", words))
}

/// The id of the document and where to look, for a camera; unless the plan wants none. A rehearsal has no portal, so a
/// camera gets its mark in place of the address of a real one.
pub(super) fn code(case: &Case<'_>, mark: &str, what: &str) -> Option<Piece> {
    let place = match Mark::recorded(mark) {
        Mark::Rehearsal | Mark::Exercise => mark,
        Mark::Live | Mark::Manual => case.facts.portals.link(),
    };
    let text = format!("{} {what} {} {place}", document_id(case), case.today);
    (case.plan.paper.qr != Qr::None && !case.tenant().is_empty())
        .then(|| Piece::Code(text.trim_end().to_owned()))
}

fn account_pairs(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<(String, String)> {
    let id = case.facts.account(slot).map_or("", |a| a.id.as_str());
    let mut pairs = vec![
        pair("User name", user_name(case, slot)),
        pair("Object id", id),
        pair("Password", stored(case, slot, account)),
        pair("Custodian", custodians(case, slot, account)),
    ];
    match account.method {
        Method::SecurityKey => pairs.extend(keys(case, slot, account)),
        Method::Phone => {
            let phone = account.phone.as_ref();
            pairs.push(pair("Second factor", "dedicated phone"));
            pairs.push(pair("Phone number", phone.map_or("", |p| p.number.as_str())));
            pairs.push(pair("Phone is kept", phone.map_or("", |p| p.place.as_str())));
            pairs.push(pair("Its codes are kept", phone.map_or("", |p| p.unlock.as_str())));
        }
        Method::Certificate => {
            pairs.push(pair("Second factor", "certificate"));
            pairs.push(pair("Certificate is kept", ""));
        }
    }
    pairs
}

/// Where the password is, never what it is.
fn stored(case: &Case<'_>, slot: Slot, account: &Account) -> String {
    if case.plan.system_of(slot, SlipKind::Password).is_some() {
        return places(case, slot, account);
    }
    let made = case.evidence.slip(slot, SlipKind::Password).map_or_else(
        || "stored apart: slip to be made".to_owned(),
        |slip| format!("stored apart: slip {} of {}", slip.number, slip.date),
    );
    format!("{made}, {}", places(case, slot, account))
}

/// The safe of the password, or those of its halves: as they were taken, or else as planned.
fn places(case: &Case<'_>, slot: Slot, account: &Account) -> String {
    let taken = halves(case, slot);
    if account.second_half.is_none() && taken.is_empty() {
        return case.plan.place_words(&account.safe);
    }
    let place = |half: Half| {
        let planned = || case.plan.place_words(account.keeper(half).0);
        let safe = taken.iter().find(|h| h.half == half).map_or_else(planned, |h| format!("safe {}", h.safe));
        format!("half {} in {safe}", half.name())
    };
    Half::BOTH.map(place).join("; ")
}

/// Who has charge of the envelope, or of both.
fn custodians(case: &Case<'_>, slot: Slot, account: &Account) -> String {
    let taken = halves(case, slot);
    if account.second_half.is_none() && taken.is_empty() {
        return case.plan.charge(account, &account.safe);
    }
    let who = |half: Half| {
        let found = taken.iter().find(|h| h.half == half);
        let planned = || (case.plan.charge(account, account.keeper(half).0), "");
        let (name, seal) = found.map_or_else(planned, |h| (h.custodian.clone(), &h.seal));
        let seal = if seal.is_empty() { String::new() } else { format!(" (seal {seal})") };
        format!("half {}: {name}{seal}", half.name())
    };
    Half::BOTH.map(who).join("; ")
}

/// The halves of the latest slip, each once its custodian has taken it.
fn halves<'a>(case: &Case<'a>, slot: Slot) -> &'a [HalfSlip] {
    case.evidence.slip(slot, SlipKind::Password).map(|slip| slip.halves.as_slice()).unwrap_or_default()
}

fn keys(case: &Case<'_>, slot: Slot, account: &Account) -> Vec<(String, String)> {
    let mut pairs = vec![pair("Second factor", "security key (FIDO2)")];
    for (index, key) in account.keys.iter().enumerate() {
        let seen = case.evidence.keys.get(&(slot, index));
        let model = seen.map_or_else(String::new, |s| format!(", {}, AAGUID {}", s.model, s.aaguid));
        let serial = if key.serial.is_empty() { "________" } else { &key.serial };
        let words = format!("serial {serial}{model}, {}", case.plan.place_and_charge(account, &key.safe));
        pairs.push(pair(&account.key_name(index), words));
    }
    let pin =
        account.pin_safe.as_deref().map(|safe| case.plan.place_and_charge(account, safe)).unwrap_or_default();
    let at = if pin.is_empty() { "a place apart from the key: ________" } else { &pin };
    let what = if account.keys.len() > 1 { "PINs of the keys" } else { "PIN of the key" };
    let is_in_system = case.plan.system_of(slot, SlipKind::Pin { key: 0 }).is_some();
    let how = if is_in_system { "stored apart" } else { "stored apart, each on a slip of its own" };
    pairs.push(pair(what, format!("{how}, {at}")));
    pairs
}

pub(super) fn access(case: &Case<'_>) -> Vec<(String, String)> {
    let procedure = &case.plan.procedure;
    let fetched =
        if emergency::has_halves(case) { "All but a half fetched by two of" } else { "Fetched by two of" };
    vec![
        pair("Approved by", procedure.approvers.join(" or ")),
        pair(fetched, procedure.retrievers.join(", ")),
        pair("Each use goes into", &procedure.incident_system),
        pair("Reported to", &case.plan.upkeep.owner),
    ]
}

fn safe_words(safe: &Safe) -> String {
    let proof = match (safe.fireproof, safe.waterproof) {
        (true, true) => "withstands fire and water",
        (true, false) => "withstands fire, not water",
        (false, true) => "withstands water, not fire",
        (false, false) => "withstands neither fire nor water",
    };
    format!("{} ({proof})", safe.place)
}
