//! What a report says in sentences, the same in every format: how it ends, how a finding stands, who accepts what.

use jiff::civil::Date;

use crate::domain::review::{Effective, Since};
use crate::domain::slot::Slot;
use crate::domain::text::{counted, sentence};
use crate::journeys::report::review::{
    AccountReport, ChangeReport, Class, Control, DueReport, Evidence, FindingReport, Report, Row,
    SignInReport, Waiver,
};

impl Report {
    /// How the review ends, as a sentence.
    pub fn verdict(&self) -> String {
        let counts = Effective::ALL.into_iter().filter(|effective| effective.is_open());
        let counts = counts.map(|effective| (self.count(effective), effective));
        let told: Vec<String> =
            counts.filter(|(n, _)| *n > 0).map(|(n, effective)| effective.counted(n)).collect();
        match (self.exit, told.as_slice()) {
            (3, _) => "Nothing usable could be read.".to_owned(),
            (_, []) if self.complete => "All is in order.".to_owned(),
            (_, []) => "What was looked at is in order, but something is due.".to_owned(),
            (_, told) => format!("Not in order: {}.", told.join(", ")),
        }
    }

    /// Whether and by whom it is signed, as a sentence.
    pub fn signed(&self) -> String {
        let names = self.signatures.iter().map(|s| format!("{} on {}", s.person, s.date));
        let names: Vec<String> = names.collect();
        match names.is_empty() {
            true => "Not signed.".to_owned(),
            false => format!("Signed by {}.", names.join(" and ")),
        }
    }

    /// The tenant by its names: "Fabrikam (fabrikam.onmicrosoft.com)".
    pub fn tenant_words(&self) -> String {
        match (self.tenant.name.as_str(), self.tenant.domain.as_str()) {
            ("", "") => self.tenant.id.clone(),
            ("", only) | (only, "") => only.to_owned(),
            (name, domain) => format!("{name} ({domain})"),
        }
    }

    /// When it was begun and made, and which review came before, as a sentence.
    pub fn days(&self) -> String {
        let last = match self.last {
            Some(last) => format!("the last one was signed on {last}"),
            None => "it is the first".to_owned(),
        };
        format!("Begun on {}; {last}. This report is of {}.", self.began, minute(self.at))
    }

    /// Findings with their rows, as far as they are `wanted`.
    pub fn chosen<'a>(
        &'a self,
        wanted: impl Fn(&FindingReport) -> bool + Copy + 'a,
    ) -> impl Iterator<Item = (&'a Row, &'a FindingReport)> {
        let rows = self.rows.iter();
        rows.flat_map(move |row| row.findings.iter().filter(move |f| wanted(f)).map(move |f| (row, f)))
    }

    /// What somebody has to do something about, what is worst first.
    pub fn open(&self) -> Vec<(&Row, &FindingReport)> {
        let mut open: Vec<_> = self.chosen(|finding| finding.effective.is_open()).collect();
        open.sort_by_key(|(_, finding)| Effective::ALL.iter().position(|e| *e == finding.effective));
        open
    }
}

/// Which account is the first and which the second, as a sentence.
pub fn accounts_words(accounts: &[AccountReport]) -> String {
    let words = |account: &AccountReport| {
        let slot =
            Slot::named(&account.slot).map_or_else(|| account.slot.clone(), |slot| slot.name().to_owned());
        format!("{slot} account: {}", account.name)
    };
    accounts.iter().map(words).collect::<Vec<_>>().join("; ")
}

impl FindingReport {
    /// What is worth telling apart at a glance: that it is new, that it is late.
    pub fn notes(&self) -> Vec<String> {
        let since = match self.since {
            Since::Unchanged => None,
            Since::New | Since::Regressed | Since::Fixed => Some(self.since.words().to_owned()),
        };
        let late = self.overdue_days.filter(|days| *days > 0).map(overdue);
        let due = self.due.filter(|_| late.is_none() && self.effective.is_open());
        let due = due.map(|day| format!("due {day}"));
        let repaired = self.repaired.map(|day| format!("repaired {day}"));
        [since, late, due, repaired].into_iter().flatten().collect()
    }

    /// Since when it is open, as far as that is known.
    pub fn age(&self) -> Option<String> {
        let first = self.first_seen.filter(|_| self.effective.is_open())?;
        Some(format!("first seen on {first}"))
    }
}

impl Waiver {
    /// Who accepts it, until when and why, as a sentence.
    pub fn words(&self) -> String {
        let by = if self.person.is_empty() { String::new() } else { format!(" by {}", self.person) };
        let approver = self.approver.as_ref().map(|who| format!(", approved by {who}")).unwrap_or_default();
        let until = self.until.map(|day| format!(" until {day}")).unwrap_or_default();
        sentence(&format!("Accepted{by}{approver}{until}: {}", self.reason))
    }
}

impl Evidence {
    /// What it is, of which day, and its request id.
    pub fn words(&self) -> String {
        let date = self.date.map(|day| format!(", {day}")).unwrap_or_default();
        let request = self.request.as_ref().map(|id| format!(", request {id}")).unwrap_or_default();
        format!("{}{date}{request}", self.what.trim_end_matches('.'))
    }
}

impl SignInReport {
    /// What it was and who said so.
    pub fn classed(&self) -> String {
        classed(self.class, self.by.as_deref(), self.on)
    }
}

impl ChangeReport {
    /// What it was and who said so.
    pub fn classed(&self) -> String {
        classed(self.class, self.person.as_deref(), self.on)
    }
}

fn classed(class: Option<Class>, person: Option<&str>, on: Option<Date>) -> String {
    let Some(class) = class else { return "not classified".to_owned() };
    let by = person.map(|who| format!(", says {who}")).unwrap_or_default();
    let on = on.map(|day| format!(" on {day}")).unwrap_or_default();
    format!("{}{by}{on}", class.words())
}

impl DueReport {
    /// Whether it is due, and for how long.
    pub fn state(&self) -> String {
        match (self.overdue_days, self.next, self.last) {
            (days, _, _) if days > 0 => overdue(days),
            (_, Some(next), _) => format!("due {next}"),
            (_, None, Some(_)) => "in time".to_owned(),
            (_, None, None) => "never done".to_owned(),
        }
    }
}

/// The ids of controls, each with its framework.
pub fn ids(controls: &[Control]) -> String {
    let ids = controls.iter().map(|control| format!("{} {}", control.profile, control.id));
    ids.collect::<Vec<_>>().join("; ")
}

/// A time to the minute.
pub fn minute(at: jiff::Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M UTC").to_string()
}

fn overdue(days: i64) -> String {
    format!("{} overdue", counted(usize::try_from(days).unwrap_or_default(), "day", "days"))
}
