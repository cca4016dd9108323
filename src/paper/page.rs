//! The sheet: what stands on paper, before it is decided how it is set. Text and PDF are two renderings of this value.
//!
//! A sheet holds no secret. Where one belongs stands a [`Place`], and the secret comes as [`Ink`] when the sheet is
//! set, so that the same sheet can be looked at masked, printed once, and left blank for a pen.

use std::fmt;

use jiff::civil::Date;

use crate::domain::check::case::Case;
use crate::domain::secret::Secret;
use crate::domain::secret::check_character::Scheme;
use crate::domain::slot::Slot;
use crate::domain::text::clean;

/// One sheet; it may take several pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// What it is called among files: `credential-document`.
    pub name: &'static str,
    /// How it is laid out.
    pub form: Form,
    /// Which tenant it belongs to.
    pub heading: Heading,
    /// What stands on it, from top to bottom.
    pub pieces: Vec<Piece>,
}

impl Sheet {
    /// Where its secret belongs, where it has one.
    pub fn place(&self) -> Option<Place> {
        self.pieces.iter().find_map(|piece| match piece {
            Piece::Secret(place) => Some(*place),
            _ => None,
        })
    }
}

/// How a sheet is laid out on paper; plain text makes no difference.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// From top to bottom, over as many pages as it takes.
    Flowing,
    /// One page in three parts, folded so that the middle lies inside.
    Folded,
}

/// A piece of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// What the sheet is.
    Title(String),
    /// A heading.
    Section(String),
    /// A paragraph.
    Text(String),
    /// A paragraph in small print.
    Small(String),
    /// Names and values; an empty value is a line to write on.
    Pairs(Vec<(String, String)>),
    /// Numbered instructions.
    Steps(Vec<String>),
    /// Unnumbered lines.
    List(Vec<String>),
    /// Lines that stay as they are, in signs of one width: a log, a mail.
    Lines(Vec<String>),
    /// Where the secret belongs.
    Secret(Place),
    /// A fold line and its words.
    Fold(String),
    /// A pattern that lies over the secret when the sheet is folded; nothing in plain text.
    Mask,
    /// A table to write in: column heads with their share of the width in percent, and how many rows plain text has; a
    /// PDF page is filled.
    Log(Vec<(String, u8)>, usize),
    /// A filled table.
    Table(Table),
    /// What follows begins on a new page.
    Break,
    /// A label to cut out.
    Label(Vec<(String, String)>),
    /// Signs and what they are called.
    Glyphs(Vec<(String, String)>),
    /// Pairs of signs that must look different.
    Apart(Vec<String>),
    /// A ruler of 100 mm and steps of gray, for a printer; nothing in plain text.
    Ruler(String, String),
    /// A QR code of this text.
    Code(String),
}

/// A filled table: heads, each with its column's share of the width in percent, and rows of as many cells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The heads and their shares.
    pub heads: Vec<(String, u8)>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

/// Where a secret belongs on a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// How its check characters are made.
    pub scheme: Scheme,
    /// How many characters.
    pub length: usize,
    /// The whole secret, or one half of it.
    pub part: Share,
    /// Whether a QR code of it was chosen.
    pub code: SecretCode,
    /// Who fills it in.
    pub written: Written,
}

/// Who puts the secret onto a slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Written {
    /// This program.
    Here,
    /// A person, with a pen: a PIN of their own choice.
    ByPen,
}

/// How much of a secret stands on one slip.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Share {
    /// All of it, with a check character of the whole.
    Whole,
    /// One half. It never carries a check character of the whole, which would tell something of the other half.
    Half,
}

/// Whether the secret stands on the slip as a QR code too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SecretCode {
    /// No; the preset.
    No,
    /// Yes, chosen in the plan.
    Yes,
}

/// What is put where the secret belongs.
#[derive(Debug, Clone, Copy)]
pub enum Ink<'a> {
    /// Dots, for looking at the page.
    Masked,
    /// Boxes, for a pen.
    Blank,
    /// The secret.
    Secret(&'a Secret),
}

impl Ink<'_> {
    /// What is put there: a slip for a pen shows its boxes, also when it is only looked at.
    #[must_use]
    pub fn on(self, place: &Place) -> Self {
        match (self, place.written) {
            (Ink::Masked, Written::ByPen) => Ink::Blank,
            (ink, _) => ink,
        }
    }
}

/// Which tenant a page belongs to, how it is marked, and its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// REHEARSAL, EXERCISE, LIVE, MANUAL.
    pub mark: String,
    /// Name and initial domain.
    pub tenant: String,
    /// The id that all pages of the tenant share.
    pub document: String,
    /// On which day it was made.
    pub date: Date,
}

impl Heading {
    /// The heading of every page of a case.
    pub fn of(case: &Case<'_>, mark: &str) -> Self {
        let organization = case.facts.organization.get();
        let tenant = organization.map_or_else(String::new, |o| match o.initial_domain.is_empty() {
            true => o.name.clone(),
            false => format!("{} ({})", o.name, o.initial_domain),
        });
        Self { mark: mark.to_owned(), tenant: clean(&tenant), document: document_id(case), date: case.today }
    }
}

/// Which page of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PageNumber {
    /// Counted from one.
    pub page: usize,
    /// How many there are.
    pub pages: usize,
}

impl PageNumber {
    /// The number of a page that stands alone.
    pub const ONLY: Self = Self { page: 1, pages: 1 };
}

impl fmt::Display for PageNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "page {} of {}", self.page, self.pages)
    }
}

/// The id that slips and document share: which tenant they are about.
pub(super) fn document_id(case: &Case<'_>) -> String {
    id_of(case.tenant())
}

/// The same of a tenant by its id.
pub(super) fn id_of(tenant: &str) -> String {
    let tenant: String = tenant.chars().filter(char::is_ascii_alphanumeric).take(8).collect();
    let tenant = if tenant.is_empty() { BLANK.to_owned() } else { tenant.to_uppercase() };
    format!("EA-{tenant}")
}

/// Room for a pen inside a line, where something is not known.
const BLANK: &str = "________";

/// The user principal name of the account in `slot`, with room for a domain that is not known.
pub(super) fn user_name(case: &Case<'_>, slot: Slot) -> String {
    let upn = case.upn(slot);
    match upn.split_once('@') {
        Some((name, "")) => format!("{name}@{BLANK}{BLANK}"),
        Some(_) | None => upn,
    }
}

/// A pair from borrowed words.
pub(super) fn pair(name: &str, value: impl AsRef<str>) -> (String, String) {
    (name.to_owned(), clean(value.as_ref()))
}
