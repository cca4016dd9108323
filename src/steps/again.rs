//! What can be done again although nothing asks for it: a test that passed, a notification, the pages, a slip; and what was
//! vouched for and can be said anew. Offered at the step that it belongs to.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::subject::CheckSubject;
use crate::domain::record::Evidence;
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::steps::id::StepId;
use crate::steps::shared::look::{every_slot, is_there};
use crate::steps::shared::{alert_tests, alert_writes, password_slip};
use crate::steps::step_9_sign_in_test;
use crate::steps::subject::Subject;

/// Something that was done and can be done again.
#[derive(Debug, Clone, PartialEq)]
pub enum Again {
    /// A sign-in test.
    Test(Slot),
    /// The notification of the action group.
    Notification(Action),
    /// The pages without secrets.
    Pages,
    /// The password slip of an account, in place of this one.
    Slip(Slot, u32),
}

impl Again {
    /// The choice's label.
    pub fn label(&self) -> String {
        match self {
            Self::Test(slot) => format!("Test the {slot} account again"),
            Self::Notification(_) => "Send the test notification again".to_owned(),
            Self::Pages => "Make the pages again".to_owned(),
            Self::Slip(slot, number) => {
                format!("A new slip for the {slot} account (slip {number} becomes void)")
            }
        }
    }

    /// The task behind it, where it is one.
    pub fn ask(&self) -> Option<Ask> {
        match self {
            Self::Test(slot) => Some(Ask::TestSignIn { slot: *slot }),
            Self::Pages => Some(Ask::WriteDocument),
            Self::Slip(slot, _) => Some(Ask::MakePasswordSlip { slot: *slot }),
            Self::Notification(_) => None,
        }
    }
}

/// What can be done again at `subject`, beside what is asked for there anyway.
pub fn again(case: &Case<'_>, subject: &Subject, asked: &[Ask]) -> Vec<Again> {
    let Subject::Step(id) = subject else { return Vec::new() };
    let is_new = |again: &Again| again.ask().is_none_or(|ask| !asked.contains(&ask));
    match *id {
        StepId::SIGN_IN_TEST => tests(case).filter(is_new).collect(),
        StepId::ALERTS => notification(case).into_iter().collect(),
        StepId::CREDENTIALS => slips(case).chain(pages(case)).filter(is_new).collect(),
        _ => Vec::new(),
    }
}

fn tests(case: &Case<'_>) -> impl Iterator<Item = Again> {
    let tested = every_slot(case).into_iter().filter(|slot| case.evidence.test(*slot).is_some());
    tested.filter(|slot| step_9_sign_in_test::ask(case, *slot).is_some()).map(Again::Test)
}

/// One that was sent; where another one is due it is among the writes.
fn notification(case: &Case<'_>) -> Option<Again> {
    let is_due = alert_tests::is_notification_overdue(case);
    case.notified().filter(|sent| *sent && !is_due)?;
    alert_writes::notification(case).map(Again::Notification)
}

fn slips(case: &Case<'_>) -> impl Iterator<Item = Again> {
    let there = every_slot(case).into_iter().filter(|slot| is_there(case, *slot));
    there.filter_map(|slot| Some(Again::Slip(slot, password_slip::confirmed(case, slot)?.number)))
}

fn pages(case: &Case<'_>) -> Option<Again> {
    (!case.evidence.documents.is_empty()).then_some(Again::Pages)
}

/// Whether somebody's word that counts is about one of `checks`.
pub fn is_vouched(case: &Case<'_>, checks: &[Finding]) -> bool {
    let mut said = case.evidence.attested.keys();
    said.any(|about| case.attested(about) && checks.iter().any(|finding| is_of(about, &finding.subject())))
}

/// What was vouched for at `subject`, as it was asked, to be said anew.
pub fn vouched(case: &Case<'_>, subject: &Subject) -> Vec<Attest> {
    let checks = subject.checks(case);
    let is_here = |about: &&CheckSubject| checks.iter().any(|finding| is_of(about, &finding.subject()));
    let mut evidence: Evidence = case.evidence.clone();
    let mut asked = Vec::new();
    for about in case.evidence.attested.keys().filter(is_here) {
        let word = evidence.attested.remove(about);
        let without = Case { evidence: &evidence, ..*case };
        asked.extend(subject.asks(&without).into_iter().find_map(|ask| match ask {
            Ask::Attest(attest) if attest.about == *about => Some(attest),
            _ => None,
        }));
        evidence.attested.extend(word.map(|word| (about.clone(), word)));
    }
    asked
}

/// A word about a part belongs to the check of the whole, and one about an account to the check of that account.
fn is_of(about: &CheckSubject, check: &CheckSubject) -> bool {
    about == check || about.is_part_of(check)
}
