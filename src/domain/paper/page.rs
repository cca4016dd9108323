//! Pages as people call them: those without secrets, and every slip with its secret masked.

use crate::domain::check::case::Case;
use crate::domain::plan::Plan;
use crate::domain::record::{Checked, Half, Slip, SlipKind, SlipState};
use crate::domain::secret::pin;
use crate::domain::slot::Slot;

/// A page that may be looked at by anybody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Page {
    /// The credential document.
    Document,
    /// The procedure card.
    Procedure,
    /// The custody log.
    Custody,
    /// The envelope labels.
    Envelope,
    /// The calibration page.
    Calibration,
    /// A slip, its secret masked.
    Slip(Box<MaskedSlip>),
}

/// A slip without its secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MaskedSlip {
    /// The slip.
    pub slip: Slip,
    /// What stands on the page.
    pub shape: Shape,
}

/// What stands on a page of a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Shape {
    /// A secret of so many characters.
    Whole { length: usize },
    /// One half, of a secret that has so many characters in all.
    Half { half: Half, of: usize },
    /// Boxes, for a pen.
    Blank,
}

impl Page {
    /// The pages without secrets.
    pub const OPEN: [Self; 5] =
        [Self::Document, Self::Procedure, Self::Custody, Self::Envelope, Self::Calibration];

    /// Names of the command line.
    pub const NAMES: [&str; 6] = ["document", "procedure", "custody", "envelope", "calibration", "slip"];

    /// Its name on the command line.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::Document => "document",
            Self::Procedure => "procedure",
            Self::Custody => "custody",
            Self::Envelope => "envelope",
            Self::Calibration => "calibration",
            Self::Slip(_) => "slip",
        }
    }

    /// What people call it.
    pub fn label(&self, plan: &Plan) -> String {
        match self {
            Self::Document => "Credential document".to_owned(),
            Self::Procedure => "Procedure card".to_owned(),
            Self::Custody => "Custody log".to_owned(),
            Self::Envelope => "Envelope labels".to_owned(),
            Self::Calibration => "Calibration page".to_owned(),
            Self::Slip(masked) => masked.label(plan),
        }
    }
}

impl MaskedSlip {
    fn label(&self, plan: &Plan) -> String {
        let slot = self.slip.slot;
        let half = match self.shape {
            Shape::Half { half, .. } => format!(", half {}", half.name()),
            Shape::Whole { .. } | Shape::Blank => String::new(),
        };
        match self.slip.kind {
            SlipKind::Password => format!("Slip: password of the {slot} account{half}"),
            SlipKind::Pin { key } => {
                format!("Slip: PIN of {}, {slot} account", plan.key_name(slot, key))
            }
        }
    }
}

/// Every page of the tenant: those without secrets, then every slip as it was made or would be made now.
pub fn all(case: &Case<'_>) -> Vec<Page> {
    Page::OPEN.into_iter().chain(slips(case)).collect()
}

/// Every slip, masked.
pub fn slips(case: &Case<'_>) -> Vec<Page> {
    let kinds = case.plan.slots().flat_map(|(slot, account)| {
        let pins = (0..account.keys.len()).map(|key| SlipKind::Pin { key });
        pins.chain([SlipKind::Password]).map(move |kind| (slot, kind))
    });
    // What a system keeps is on no paper.
    let kinds = kinds.filter(|(slot, kind)| case.plan.system_of(*slot, *kind).is_none());
    kinds.flat_map(|(slot, kind)| masked(case, &latest(case, slot, kind))).collect()
}

/// The slip that counts, or the one that would be made now.
fn latest(case: &Case<'_>, slot: Slot, kind: SlipKind) -> Slip {
    let made = case.evidence.slip(slot, kind).filter(|slip| slip.state == SlipState::Confirmed);
    made.cloned().unwrap_or_else(|| next_slip(case, slot, kind))
}

/// The pages of a slip: one, or with two people one for each.
pub fn masked(case: &Case<'_>, slip: &Slip) -> Vec<Page> {
    let length = case.plan.passwords.length;
    let is_halved = match slip.state {
        SlipState::Made => case.plan.account(slip.slot).is_some_and(|a| a.second_half.is_some()),
        SlipState::Confirmed => !slip.halves.is_empty(),
    };
    let shapes = match slip.kind {
        SlipKind::Password if is_halved => Half::BOTH.map(|half| Shape::Half { half, of: length }).to_vec(),
        SlipKind::Password => vec![Shape::Whole { length }],
        SlipKind::Pin { .. } if slip.checked == Some(Checked::ChosenAndTypedTwice) => vec![Shape::Blank],
        SlipKind::Pin { .. } => vec![Shape::Whole { length: pin::DIGITS }],
    };
    let page = |shape| Page::Slip(Box::new(MaskedSlip { slip: slip.clone(), shape }));
    shapes.into_iter().map(page).collect()
}

/// The slip of this kind that would be made now, with nothing done about it yet.
pub fn next_slip(case: &Case<'_>, slot: Slot, kind: SlipKind) -> Slip {
    Slip {
        number: case.evidence.next_slip(),
        slot,
        kind,
        state: SlipState::Made,
        date: case.today,
        replaces: case.evidence.slip(slot, kind).map(|slip| slip.number),
        route: String::new(),
        changed: None,
        checked: None,
        file: None,
        safe: safe(case.plan, slot, kind),
        halves: Vec::new(),
    }
}

/// The safe a slip is meant for, with its place, as the record keeps it; each half tells its own.
fn safe(plan: &Plan, slot: Slot, kind: SlipKind) -> String {
    let planned = plan.account(slot);
    let name = planned.and_then(|account| match kind {
        SlipKind::Password if account.second_half.is_some() => None,
        SlipKind::Password => Some(account.safe.as_str()),
        SlipKind::Pin { .. } => account.pin_safe.as_deref(),
    });
    name.map(|name| plan.safe_and_place(name)).unwrap_or_default()
}
