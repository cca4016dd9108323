//! Accepting by name: somebody lives with what a check saw, for a reason and until a day.
//!
//! What is accepted stays as it is and is shown everywhere, with who, why and until when; it does not count as open. A word
//! given at the screen counts for what was seen then, in the tenant in which it was given: what is seen otherwise later, or
//! after its last day, counts again. A line of the plan accepts what is unknown; with a name and an end also what waits for a
//! person, and never a failure. What the accounts are for is never accepted.

use jiff::ToSpan as _;
use jiff::civil::Date;

use crate::domain::check::case::Case;
use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::plan;
use crate::domain::record;
use crate::domain::text::clean;

/// What nobody can accept: without one of these an account opens nothing on the day.
pub const NEVER: [CheckId; 4] =
    [CheckId::AccountEnabled, CheckId::RolePermanent, CheckId::MethodStrong, CheckId::PoliciesExcluded];

/// Why a check can never be accepted; `None` where it can.
pub fn refusal(check: CheckId) -> Option<&'static str> {
    NEVER.contains(&check).then_some(
        "An account that is disabled, has no role, no strong method or no exclusion opens nothing on the day: this is mended, \
         never accepted.",
    )
}

/// The last day that an acceptance of `today` may name: a year away.
pub fn latest(today: Date) -> Date {
    today.checked_add(1.year()).unwrap_or(Date::MAX)
}

/// Whether two names are one person's; capitals and spaces make no other one.
pub fn is_one_person(one: &str, other: &str) -> bool {
    one.trim().to_lowercase() == other.trim().to_lowercase()
}

/// An acceptance that counts today.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Acceptance<'a> {
    /// Who asks for it and stands for it; a plan of the old form does not say.
    pub person: Option<&'a str>,
    /// Who approved it; a plan or a record of the old form does not say.
    pub approver: Option<&'a str>,
    /// Why it is accepted.
    pub reason: &'a str,
    /// The last day on which it counts; a plan of the old form names none.
    pub until: Option<Date>,
}

impl Acceptance<'_> {
    /// By whom and until when: "accepted by Sample Person A until 2027-02-28, approved by Sample Person B".
    pub fn by(&self) -> String {
        let person = clean(self.person.unwrap_or("the plan"));
        let until = self.until.map(|day| format!(" until {day}")).unwrap_or_default();
        let approver = self.approver.map(|name| format!(", approved by {}", clean(name))).unwrap_or_default();
        format!("accepted by {person}{until}{approver}")
    }

    /// By whom, until when, and why.
    pub fn words(&self) -> String {
        format!("{}: {}", self.by(), clean(self.reason))
    }
}

impl<'a> Case<'a> {
    /// By what `finding` is accepted today; a check that passed needs no acceptance.
    pub fn accepted(&self, finding: &Finding) -> Option<Acceptance<'a>> {
        if finding.passed() || refusal(finding.check).is_some() {
            return None;
        }
        let about = finding.subject();
        let said = self.said_here(&about).filter(|said| self.is_in_time(said) && said.saw(finding));
        said.map(of_record).or_else(|| {
            let line = self.line(&about)?;
            accepts(line, finding.verdict).then(|| of_plan(line))
        })
    }

    /// Whether somebody accepts, at the screen or in the plan, that `about` cannot be known: for a step that decides by it
    /// what it does.
    pub fn accepts(&self, about: &CheckSubject) -> bool {
        let is_never = about.check().and_then(refusal).is_some();
        let said = self.said_here(about).is_some_and(|said| self.is_in_time(said));
        !is_never && (said || self.line(about).is_some())
    }

    /// Why what was accepted of this finding's check does not count now; `None` where it counts, or nothing was accepted.
    pub fn not_accepted(&self, finding: &Finding) -> Option<String> {
        if finding.passed() || self.accepted(finding).is_some() {
            return None;
        }
        let about = finding.subject();
        if let Some(said) = self.said_here(&about) {
            return Some(match self.is_in_time(said) {
                true => format!(
                    "{} accepted it as it was on {}; it is seen otherwise now",
                    said.person, said.date
                ),
                false => format!("{} accepted it until {}, which is over", said.person, said.until),
            });
        }
        let line = self.plan.acceptance(&about)?;
        Some(format!("the plan accepts it by name, which does not count: {}", self.why_not(line, finding)))
    }

    /// Since when what was accepted of this finding's check has ended, where nothing else accepts it.
    pub fn acceptance_ended(&self, finding: &Finding) -> Option<Date> {
        if finding.passed() || self.accepted(finding).is_some() {
            return None;
        }
        let about = finding.subject();
        let said = self.said_here(&about).map(|said| said.until);
        let line = self.plan.acceptance(&about).filter(|line| self.is_for_this_tenant(line));
        let ends = [said, line.and_then(|line| line.until)];
        ends.into_iter().flatten().filter(|until| *until < self.today).max()
    }

    fn why_not(&self, line: &plan::Accepted, finding: &Finding) -> String {
        match (finding.verdict, line.until) {
            _ if refusal(finding.check).is_some() => "this is never accepted".to_owned(),
            (_, Some(until)) if until < self.today => format!("it ended on {until}"),
            (_, Some(until)) if until > latest(self.today) => format!("{until} is more than a year away"),
            _ if !self.is_for_this_tenant(line) => "it is for another tenant".to_owned(),
            (Verdict::Fail, _) => "a failure is accepted at the screen only, as it was seen".to_owned(),
            _ => "what waits for a person needs person and until there, or the screen".to_owned(),
        }
    }

    /// What was accepted about `about` in this tenant, be it past its end.
    pub fn said_here(&self, about: &CheckSubject) -> Option<&'a record::Accepted> {
        let said = self.evidence.accepted.get(about)?;
        said.tenant.eq_ignore_ascii_case(self.tenant()).then_some(said)
    }

    fn is_in_time(&self, said: &record::Accepted) -> bool {
        self.today <= said.until
    }

    /// The plan's line about `about` that counts in this tenant, today.
    fn line(&self, about: &CheckSubject) -> Option<&'a plan::Accepted> {
        let line = self.plan.acceptance(about)?;
        let is_over = line.until.is_some_and(|until| until < self.today || until > latest(self.today));
        (!is_over && self.is_for_this_tenant(line)).then_some(line)
    }

    fn is_for_this_tenant(&self, line: &plan::Accepted) -> bool {
        line.tenant.as_ref().is_none_or(|tenant| tenant.eq_ignore_ascii_case(self.tenant()))
    }
}

/// Whether a line of the plan can accept a check that came to this.
fn accepts(line: &plan::Accepted, verdict: Verdict) -> bool {
    match verdict {
        Verdict::Unknown => true,
        Verdict::NeedsPerson => line.person.is_some() && line.until.is_some(),
        Verdict::Pass | Verdict::Fail => false,
    }
}

fn of_record(said: &record::Accepted) -> Acceptance<'_> {
    let (person, approver) = (Some(said.person.as_str()), said.approver.as_deref());
    Acceptance { person, approver, reason: &said.reason, until: Some(said.until) }
}

fn of_plan(line: &plan::Accepted) -> Acceptance<'_> {
    let (person, approver) = (line.person.as_deref(), line.approver.as_deref());
    Acceptance { person, approver, reason: &line.reason, until: line.until }
}
