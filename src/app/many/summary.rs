//! How several reviews went, as a table and as JSON.

use std::path::PathBuf;

use jiff::Timestamp;
use serde::Serialize;

use crate::domain::tenants::TenantEntry;
use crate::domain::text::{clean, counted};
use crate::domain::trouble::Trouble;
use crate::journeys::report::review::{Effective, Report};

/// The version of these names, as JSON has them.
const FORMAT: u32 = 1;

/// How all of them went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// The version of these names.
    pub format: u32,
    /// The version of the program.
    pub program: &'static str,
    /// When it was begun.
    pub at: Timestamp,
    /// The worst of the exit codes: 3, then 1, then 2, then 0.
    pub exit: u8,
    /// How each went, in the order of the file.
    pub tenants: Vec<TenantSummary>,
}

/// How one of them went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TenantSummary {
    /// What it is called.
    pub name: String,
    /// Its id or one of its domains.
    pub id: String,
    /// The exit code of its review.
    pub exit: u8,
    /// The same in words.
    pub verdict: &'static str,
    /// Findings by what they count as; nothing where it could not be reviewed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub counts: Option<Counts>,
    /// The folder of its record.
    pub record: String,
    /// The file of its report.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub report: Option<String>,
    /// What went wrong.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trouble: Option<String>,
}

/// Findings by what they count as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Counts {
    /// In order.
    pub pass: usize,
    /// Failed.
    pub fail: usize,
    /// A waiver or somebody's word whose time is over.
    pub expired: usize,
    /// Somebody has to do or say something.
    pub needs_person: usize,
    /// Could not be read.
    pub unknown: usize,
    /// Accepted by name.
    pub waived: usize,
}

impl Counts {
    fn of(report: &Report) -> Self {
        let count = |effective| report.count(effective);
        Self {
            pass: count(Effective::Pass),
            fail: count(Effective::Fail),
            expired: count(Effective::Expired),
            needs_person: count(Effective::NeedsPerson),
            unknown: count(Effective::Unknown),
            waived: count(Effective::Waived),
        }
    }
}

impl TenantSummary {
    /// A review that told something.
    pub(super) fn of(entry: &TenantEntry, exit: u8, report: &Report, kept: Result<PathBuf, Trouble>) -> Self {
        let told = Self { counts: Some(Counts::of(report)), ..Self::bare(entry, exit) };
        match kept {
            Ok(file) => Self { report: Some(file.display().to_string()), ..told },
            // Whoever reads the summary must not look for a report that is not there.
            Err(trouble) => {
                Self { trouble: Some(one_line(&trouble)), ..Self { exit: 3, verdict: verdict(3), ..told } }
            }
        }
    }

    /// One that told nothing.
    pub(super) fn unread(entry: &TenantEntry, exit: u8, why: String) -> Self {
        Self { trouble: Some(why), ..Self::bare(entry, exit) }
    }

    fn bare(entry: &TenantEntry, exit: u8) -> Self {
        Self {
            name: clean(entry.called()),
            id: clean(&entry.id),
            exit,
            verdict: verdict(exit),
            counts: None,
            record: entry.record.display().to_string(),
            report: None,
            trouble: None,
        }
    }

    /// In a few words.
    pub fn words(&self) -> String {
        match (&self.trouble, self.counts) {
            (Some(trouble), _) => format!("{}. {trouble}", self.verdict),
            (None, Some(counts)) => {
                let bad = counts.fail + counts.expired;
                format!(
                    "{}; {bad} failed, {} for a person, {} unread",
                    self.verdict, counts.needs_person, counts.unknown
                )
            }
            (None, None) => self.verdict.to_owned(),
        }
    }
}

fn one_line(trouble: &Trouble) -> String {
    clean(&trouble.to_string().lines().map(str::trim).collect::<Vec<_>>().join(" "))
}

fn verdict(exit: u8) -> &'static str {
    match exit {
        0 => "in order",
        1 => "something drifted",
        2 => "something needs a person",
        3 => "not reviewed",
        64 => "wrong use",
        _ => "ended unexpectedly",
    }
}

/// How bad an exit code is: nothing read, then drift, then a person, then all in order.
fn weight(exit: u8) -> u8 {
    match exit {
        0 => 0,
        2 => 1,
        1 => 2,
        _ => 3,
    }
}

impl Summary {
    /// All of them, with the worst code of any: whatever is none of a review counts as one that read nothing.
    pub(super) fn of(at: Timestamp, tenants: Vec<TenantSummary>) -> Self {
        let worst = tenants.iter().map(|one| one.exit).max_by_key(|exit| weight(*exit)).unwrap_or(3);
        let exit = if worst > 3 { 3 } else { worst };
        Self { format: FORMAT, program: env!("CARGO_PKG_VERSION"), at, exit, tenants }
    }

    /// For people.
    pub fn text(&self) -> String {
        let wide = self.tenants.iter().map(|one| one.name.chars().count()).max().unwrap_or(0).clamp(6, 30);
        let head = format!("{:<wide$}  exit  failed  expired  person  unread  accepted\n", "tenant");
        let rows = self.tenants.iter().map(|one| row(one, wide));
        let notes = self.tenants.iter().flat_map(notes);
        format!(
            "Reviews of {}, begun {}\n\n{head}{}\n{}\n",
            counted(self.tenants.len(), "tenant", "tenants"),
            self.at.strftime("%Y-%m-%d %H:%M UTC"),
            rows.collect::<String>(),
            notes.collect::<Vec<_>>().join("\n"),
        )
    }

    /// For programs.
    pub fn json(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default() + "\n"
    }
}

fn row(one: &TenantSummary, wide: usize) -> String {
    let name: String = one.name.chars().take(wide).collect();
    let numbers = one.counts.map_or_else(
        || format!("  {}", one.verdict),
        |all| {
            let Counts { fail, expired, needs_person, unknown, waived, .. } = all;
            format!("  {fail:>6}  {expired:>7}  {needs_person:>6}  {unknown:>6}  {waived:>8}")
        },
    );
    format!("{name:<wide$}  {:>4}{numbers}\n", one.exit)
}

/// What stands below the table about one of them.
fn notes(one: &TenantSummary) -> Vec<String> {
    let trouble = one.trouble.iter().map(|trouble| format!("{}: {trouble}", one.name));
    let report = one.report.iter().map(|report| format!("{}: {report}", one.name));
    trouble.chain(report).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_of_them_is_the_end_of_all() {
        let with = |codes: &[u8]| {
            let entry = TenantEntry { id: "contoso.com".to_owned(), ..TenantEntry::default() };
            let all = codes.iter().map(|code| TenantSummary::bare(&entry, *code)).collect();
            Summary::of(Timestamp::UNIX_EPOCH, all).exit
        };
        for (codes, exit) in [
            (&[0, 0][..], 0),
            (&[0, 2], 2),
            (&[2, 1, 0], 1),
            (&[1, 3, 2], 3),
            (&[0, 64], 3),
            (&[101], 3),
            (&[], 3),
        ] {
            assert_eq!(with(codes), exit, "{codes:?}");
        }
    }
}
