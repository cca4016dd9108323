//! What emergency access accounts cost, in US dollars, as ranges.
//!
//! Figures are the guide's; prices change, so they are shown as orders of magnitude and never added up for a bill.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::read;

/// What a figure counts for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Per {
    /// For each security key, paid once.
    Key,
    /// Every month.
    Month,
    /// Paid once.
    Once,
}

impl Per {
    /// The unit as it follows a figure: "a month".
    pub fn words(self) -> &'static str {
        match self {
            Self::Key => "a key",
            Self::Month => "a month",
            Self::Once => "once",
        }
    }
}

/// One line of the cost table.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CostItem {
    /// Stable id, such as `keys`.
    pub id: String,
    /// Short name.
    pub name: String,
    /// Lower end, US dollars.
    pub low: f64,
    /// Upper end, US dollars; equal to `low` where there is no range.
    pub high: f64,
    /// What the figures count for.
    pub per: Per,
    /// What to know about it.
    pub note: String,
}

impl CostItem {
    /// The range as text: `free`, `$25-50 a key`, `$0.10-0.30 a month`.
    pub fn price(&self) -> String {
        if self.high == 0.0 {
            return "free".to_owned();
        }
        format!("${}-{} {}", dollars(self.low), dollars(self.high), self.per.words())
    }
}

/// Whole dollars without cents, anything else with two digits.
fn dollars(amount: f64) -> String {
    if amount.fract() == 0.0 { format!("{amount:.0}") } else { format!("{amount:.2}") }
}

/// `assets/guide/costs.toml` as a whole.
#[derive(Debug, Clone, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Costs {
    /// What is paid for.
    #[serde(rename = "item")]
    pub items: Vec<CostItem>,
    /// The guide's totals: once, and every month.
    #[serde(rename = "total")]
    pub totals: Vec<CostItem>,
}

static COSTS: LazyLock<Costs> = LazyLock::new(|| read("costs.toml"));

/// The cost table and its totals.
pub fn costs() -> &'static Costs {
    &COSTS
}
