//! Who still gets in when something fails: a row for each emergency access account and each other Global Administrator, a
//! column for each failure, and in each cell yes, no or unknown, with the fact that says so.
//!
//! It is worked out from what was read and planned, and asks nobody. What is not looked up (what other administrators sign in
//! with, where their phones are) is unknown, never yes.

use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::slot::Slot;
use crate::steps::shared::look::{Look, Seen, fail, listed, pass, read, report, unknown};

mod cells;
mod who;

/// Who gets in, failure by failure.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Matrix {
    /// What fails.
    pub columns: Vec<Column>,
    /// Emergency access accounts first, in the order of their slots.
    pub rows: Vec<LockoutRow>,
}

/// Somebody who may get in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LockoutRow {
    /// User principal name; the object id where no name is known.
    pub who: String,
    /// The emergency access account, where it is one.
    pub slot: Option<Slot>,
    /// One for each column, in their order.
    pub cells: Vec<Cell>,
}

/// Whether somebody gets in, and the fact that says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Whether.
    pub can: Can,
    /// Why, in a short sentence without a full stop.
    pub why: String,
}

/// Whether somebody gets in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Can {
    /// Yes.
    Yes,
    /// No.
    No,
    /// The facts do not say.
    Unknown,
}

/// Something that fails.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Column {
    /// Multifactor authentication by app, message or call.
    MfaService,
    /// The identity provider that domains are federated with.
    Federation,
    /// A policy appears that blocks everybody but whom it must not.
    BlockAll,
    /// Nobody approves activations in Privileged Identity Management.
    Approval,
    /// Phones, with their numbers and apps.
    Phones,
    /// Everything at one place: the names of what is there in the plan, and the place as places are compared.
    Site { name: String, place: String },
    /// The account of whoever is signed in now.
    Operator,
}

impl Column {
    /// The head of its column: short, so that a table with every safe of a plan fits 80 columns.
    pub fn head(&self) -> &str {
        match self {
            Self::MfaService => "MFA",
            Self::Federation => "Fed.",
            Self::BlockAll => "Block",
            Self::Approval => "PIM",
            Self::Phones => "Phone",
            Self::Site { name, .. } => name,
            Self::Operator => "Own",
        }
    }

    /// What fails, as a sentence without a full stop.
    pub fn words(&self) -> String {
        match self {
            Self::MfaService => "the service for multifactor authentication is down".to_owned(),
            Self::Federation => "the federated identity provider is down".to_owned(),
            Self::BlockAll => "a policy blocks everybody outside the exclusion group".to_owned(),
            Self::Approval => "nobody approves activations in Privileged Identity Management".to_owned(),
            Self::Phones => "phones and their apps are gone".to_owned(),
            Self::Site { name, .. } => format!("everything in {name} is lost"),
            Self::Operator => "the operator's own account is lost".to_owned(),
        }
    }
}

impl Cell {
    fn new(can: Can, why: impl AsRef<str>) -> Self {
        Self { can, why: crate::domain::text::clean(why.as_ref()) }
    }

    fn yes(why: impl AsRef<str>) -> Self {
        Self::new(Can::Yes, why)
    }

    fn no(why: impl AsRef<str>) -> Self {
        Self::new(Can::No, why)
    }

    fn unknown(why: impl AsRef<str>) -> Self {
        Self::new(Can::Unknown, why)
    }
}

impl Matrix {
    /// What `case` comes to.
    pub fn of(case: &Case<'_>) -> Self {
        let columns = columns(case);
        let rows = who::all(case).into_iter().map(|one| {
            let cells = columns.iter().map(|column| cells::cell(case, &one, column)).collect();
            LockoutRow { who: one.name, slot: one.slot, cells }
        });
        let rows = rows.collect();
        Self { columns, rows }
    }

    /// How the column stands as a whole.
    fn covered(&self, column: usize) -> Can {
        let cells = || self.rows.iter().map(|row| (row.slot, row.cells[column].can));
        let mut ours = cells().filter(|(slot, _)| slot.is_some()).peekable();
        let all_fail = ours.peek().is_some() && ours.all(|(_, can)| can == Can::No);
        let any = |wanted: Can| cells().any(|(_, can)| can == wanted);
        match (all_fail, any(Can::Yes), any(Can::Unknown)) {
            (true, ..) | (false, false, false) => Can::No,
            (false, true, _) => Can::Yes,
            (false, false, true) => Can::Unknown,
        }
    }

    fn columns_that(&self, wanted: Can) -> impl Iterator<Item = usize> {
        (0..self.columns.len()).filter(move |at| self.covered(*at) == wanted)
    }

    /// What fails, with why no emergency access account gets in then.
    fn told(&self, at: usize) -> String {
        let ours = self.rows.iter().filter(|row| row.slot.is_some());
        let why = ours.filter_map(|row| Some(format!("{}: {}", row.slot?, row.cells[at].why)));
        let why: Vec<String> = why.collect();
        format!("when {} ({})", self.columns[at].words(), why.join("; "))
    }
}

/// The failures of this tenant and this plan.
fn columns(case: &Case<'_>) -> Vec<Column> {
    let mut columns =
        vec![Column::MfaService, Column::Federation, Column::BlockAll, Column::Approval, Column::Phones];
    columns.extend(sites(case));
    columns.push(Column::Operator);
    columns
}

/// Each place once, in the order of the plan: what lies in one place is lost together.
fn sites(case: &Case<'_>) -> Vec<Column> {
    let safes = case.plan.safes.iter().map(|safe| safe.name.as_str());
    let systems = case.plan.systems_in_use().map(|system| system.name.as_str());
    let mut sites: Vec<(String, String)> = Vec::new();
    for name in safes.chain(systems).map(str::trim).filter(|name| !name.is_empty()) {
        let place = case.plan.place(name);
        match sites.iter_mut().find(|(known, _)| *known == place) {
            Some((_, names)) => names.push_str(&format!("/{name}")),
            None => sites.push((place, name.to_owned())),
        }
    }
    sites.into_iter().map(|(place, name)| Column::Site { name, place }).collect()
}

/// Whether somebody gets in whatever fails.
pub fn checks(case: &Case<'_>) -> Vec<Finding> {
    vec![report(CheckId::LockoutCovered, covered(case))]
}

fn covered(case: &Case<'_>) -> Look<Seen> {
    read(&case.facts.accounts)?;
    let matrix = Matrix::of(case);
    let told = |wanted| matrix.columns_that(wanted).map(|column| matrix.told(column)).collect::<Vec<_>>();
    let (red, open) = (told(Can::No), told(Can::Unknown));
    Ok(match (red.is_empty(), open.is_empty()) {
        (false, _) => fail(format!("no emergency access account gets in {}", listed(&red))),
        (true, false) => unknown(format!("nobody is known to get in {}", listed(&open))),
        (true, true) => pass(format!("somebody gets in whichever of {} things fails", matrix.columns.len())),
    })
}
