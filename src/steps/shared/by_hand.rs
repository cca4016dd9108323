//! Steps without a connection: what cannot be looked up here is looked at by a person, who vouches for it.
//!
//! The checks are the same. A check that says "not connected" becomes somebody's word, or a question for it; a check
//! that the record itself answers (a slip that was typed back) stays as it is.

use crate::domain::check::ask::{Ask, Attest};
use crate::domain::check::case::Case;
use crate::domain::check::cause::{Cause, Next};
use crate::domain::check::finding::{Finding, Verdict};
use crate::guide;
use crate::steps::shared::look::{NOT_CONNECTED, overdue};

/// The findings as they are told without a connection; with one, as they are.
pub(in crate::steps) fn worded(case: &Case<'_>, findings: Vec<Finding>) -> Vec<Finding> {
    if !case.is_by_hand() {
        return findings;
    }
    findings.into_iter().map(|finding| on_word(case, finding)).collect()
}

fn on_word(case: &Case<'_>, finding: Finding) -> Finding {
    if !is_for_a_person(&finding) {
        return finding;
    }
    let subject = finding.subject();
    let (verdict, detail, cause) = match (overdue(case, &subject), case.word(&subject)) {
        (Some(overdue), _) => (overdue.verdict, overdue.detail, Cause::Ended),
        (None, Some(word)) => {
            let note = if word.note.is_empty() { String::new() } else { format!(": {}", word.note) };
            let told = format!("attested by {}, not looked up{note}", word.by());
            (Verdict::Pass, told, Cause::NotVouched)
        }
        (None, None) if case.accepts(&subject) => return finding,
        (None, None) => {
            let told = "not connected: somebody has to look and vouch for it".to_owned();
            (Verdict::NeedsPerson, told, Cause::NotVouched)
        }
    };
    let told = Finding::new(finding.check, verdict, detail).then(Next::Because(cause));
    match finding.slot {
        Some(slot) => told.of(slot),
        None => told,
    }
}

/// Whether the check met the missing connection, and nothing else.
fn is_for_a_person(finding: &Finding) -> bool {
    finding.verdict == Verdict::Unknown && finding.detail == NOT_CONNECTED
}

/// Everything among `looked`, as the checks saw it, that nobody has vouched for yet.
pub(in crate::steps) fn asks(case: &Case<'_>, looked: &[Finding]) -> Vec<Ask> {
    let open = looked.iter().filter(|f| is_for_a_person(f) && !case.attested(&f.subject()));
    open.map(|finding| Ask::Attest(attest(finding))).collect()
}

fn attest(finding: &Finding) -> Attest {
    Attest {
        about: finding.subject(),
        statement: guide::label(finding.check, finding.slot),
        note: "What was looked at, if that is worth a note".to_owned(),
    }
}
