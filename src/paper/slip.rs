//! Slips: paper with one secret each, readable without this program.
//!
//! The sheet is folded in three: what it is stays outside, the secret lies in the middle, and a pattern that no lamp
//! shines through lies over it. A half for one of two custodians never carries a check character of the whole.

use crate::domain::check::case::Case;
use crate::domain::paper::page::{MaskedSlip, Shape};
use crate::domain::plan::Qr;
use crate::domain::record::{Half, Slip, SlipKind};
use crate::domain::secret::check_character::Scheme;
use crate::domain::secret::password;
use crate::paper::page::{
    Form, Heading, Piece, Place, SecretCode, Share, Sheet, Written, document_id, pair, user_name,
};
use crate::paper::words::words;

/// What a slip is made of besides the case.
#[derive(Debug, Clone, Copy)]
pub struct SlipPage<'a> {
    /// The slip.
    pub slip: &'a Slip,
    /// The tenant's mark.
    pub mark: &'a str,
    /// How many characters the whole secret has.
    pub length: usize,
    /// Which half it is; `None` for the whole.
    pub half: Option<Half>,
    /// Who fills it in.
    pub written: Written,
}

/// The most digits a person's own PIN gets boxes for; a key takes more, a hurried hand does not.
pub const PEN_BOXES: usize = 12;

/// The sheet of a slip, with a place for its secret.
pub fn slip(case: &Case<'_>, page: &SlipPage<'_>) -> Sheet {
    let words = &words().slip;
    let mut pieces = vec![Piece::Title(title(case, page)), Piece::Pairs(facts(case, page))];
    pieces.push(Piece::Small(words.found.clone()));
    pieces.push(Piece::Small(words.seal.clone()));
    pieces.push(Piece::Fold(words.fold_back.clone()));
    pieces.extend(instructions(page).into_iter().map(Piece::Small));
    pieces.push(Piece::Secret(place(case, page)));
    pieces.push(Piece::Fold(words.fold_up.clone()));
    pieces.push(Piece::Mask);
    Sheet { name: "slip", form: Form::Folded, heading: Heading::of(case, page.mark), pieces }
}

/// The sheet of a slip that is only looked at.
pub(super) fn masked(case: &Case<'_>, mark: &str, masked: &MaskedSlip) -> Sheet {
    let (half, length, written) = match masked.shape {
        Shape::Whole { length } => (None, length, Written::Here),
        Shape::Half { half, of } => (Some(half), of, Written::Here),
        Shape::Blank => (None, 0, Written::ByPen),
    };
    slip(case, &SlipPage { slip: &masked.slip, mark, length, half, written })
}

fn place(case: &Case<'_>, page: &SlipPage<'_>) -> Place {
    let by_pen = page.written == Written::ByPen;
    Place {
        scheme: scheme(page.slip.kind),
        length: if by_pen { PEN_BOXES } else { length(page) },
        part: if page.half.is_some() { Share::Half } else { Share::Whole },
        code: match case.plan.paper.qr {
            Qr::SecretToo if !by_pen => SecretCode::Yes,
            Qr::SecretToo | Qr::Documents | Qr::None => SecretCode::No,
        },
        written: page.written,
    }
}

/// How the check characters of a slip are made.
pub fn scheme(kind: SlipKind) -> Scheme {
    match kind {
        SlipKind::Password => Scheme::Password,
        SlipKind::Pin { .. } => Scheme::Pin,
    }
}

fn length(page: &SlipPage<'_>) -> usize {
    page.half.map_or(page.length, |half| half.length(page.length))
}

fn instructions(page: &SlipPage<'_>) -> Vec<String> {
    let words = &words().slip;
    let how = match page.slip.kind {
        SlipKind::Password => [&words.how_to_use, &words.glyphs_password, &words.check_password],
        SlipKind::Pin { .. } if page.written == Written::ByPen => return vec![words.use_blank.clone()],
        SlipKind::Pin { .. } => [&words.use_pin, &words.glyphs_pin, &words.check_pin],
    };
    page.half.map(|_| &words.use_half).into_iter().chain(how).cloned().collect()
}

fn title(case: &Case<'_>, page: &SlipPage<'_>) -> String {
    let words = &words().slip;
    match (page.slip.kind, page.half) {
        (SlipKind::Password, None) => words.password.clone(),
        (SlipKind::Password, Some(Half::A)) => words.half_a.clone(),
        (SlipKind::Password, Some(Half::B)) => words.half_b.clone(),
        (SlipKind::Pin { key }, _) => {
            let name = case.plan.account(page.slip.slot).map(|account| account.key_and_serial(key));
            format!("{}{}", words.pin, name.map(|name| format!(" {name}")).unwrap_or_default())
        }
    }
}

fn facts(case: &Case<'_>, page: &SlipPage<'_>) -> Vec<(String, String)> {
    let slip = page.slip;
    let account = case.facts.account(slip.slot);
    let (safe, custodian) = keeper(case, page);
    let number = page.half.map_or_else(
        || slip.number.to_string(),
        |half| format!("{} {}, one of two halves", slip.number, half.name()),
    );
    let replaces = slip.replaces.map(|number| pair("Replaces slip", format!("{number} (destroy it)")));
    let mut pairs = vec![pair("Slip", number)];
    pairs.extend(replaces);
    pairs.push(pair("Made on", slip.date.to_string()));
    pairs.push(pair("Document", document_id(case)));
    pairs.push(pair("Account", user_name(case, slip.slot)));
    pairs.push(pair("Object id", account.map_or("", |a| a.id.as_str())));
    pairs.push(pair("Belongs in safe", safe));
    pairs.push(pair("Custodian", custodian));
    pairs.extend(strength(page));
    pairs
}

/// The safe with its place, and who has charge of the slip.
fn keeper(case: &Case<'_>, page: &SlipPage<'_>) -> (String, String) {
    let Some(planned) = case.plan.account(page.slip.slot) else { return Default::default() };
    let taken = page.half.and_then(|half| page.slip.halves.iter().find(|h| h.half == half));
    if let Some(taken) = taken {
        return (taken.safe.clone(), taken.custodian.clone());
    }
    let safe = match page.slip.kind {
        SlipKind::Password => planned.keeper(page.half.unwrap_or(Half::A)).0,
        SlipKind::Pin { .. } => planned.pin_safe.as_deref().unwrap_or_default(),
    };
    (case.plan.safe_and_place(safe), case.plan.custodian_at(planned, safe).to_owned())
}

fn strength(page: &SlipPage<'_>) -> Option<(String, String)> {
    let length = length(page);
    let words = match (page.slip.kind, page.half, page.written) {
        (_, _, Written::ByPen) => return None,
        (SlipKind::Password, None, _) => {
            format!("{length} characters, {:.0} bits", password::entropy_bits(length))
        }
        (SlipKind::Password, Some(half), _) => {
            let other = page.length - half.length(page.length);
            let unknown = password::half_bits(other);
            format!("{length} of {} characters; {unknown:.0} bits stay unknown to its reader", page.length)
        }
        (SlipKind::Pin { .. }, _, _) => format!("{length} digits, {:.0} bits", password::pin_bits(length)),
    };
    Some(pair("Strength", words))
}
