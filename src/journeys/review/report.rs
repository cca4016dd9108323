//! The report of a review, filled from what lies on the desk. Which format it becomes is decided elsewhere.

use jiff::civil::Date;

use crate::domain::check::finding::{Finding, Verdict};
use crate::domain::facts::{Area, Facts};
use crate::domain::review::{Effective, ReviewRow, Since, digest};
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::guide::{self, Place};
use crate::journeys::desk::Desk;
use crate::journeys::frame;
use crate::journeys::report::review::{
    AccountReport, Decided, DueReport, Evidence, FORMAT, FindingReport, Report, Row, Signature, TenantReport,
    Unread, Waiver, controls,
};
use crate::journeys::report::review::{happened, matrix};
use crate::journeys::review::rows::{self, State, state};
use crate::journeys::session::PlanOrigin;
use crate::steps::review::Due;
use crate::steps::review::lockout::Matrix;
use crate::steps::{self, Subject};

/// The report as it stands. `exit` is the code that the run would end with.
pub fn report(desk: &Desk, exit: u8) -> Report {
    let reviews = &desk.evidence().reviews;
    let (case, today) = (desk.case(), desk.world.today());
    let present = || (reviews.name(today), today, digest(&rows::concluded(desk), &rows::policies(desk)));
    let open = reviews.open.as_ref().map(|open| (open.review.clone(), open.date, open.facts.clone()));
    let is_signed = is_as_signed(desk);
    let closed = reviews.last.as_ref().filter(|_| is_signed);
    let closed = closed.map(|last| (last.review.clone(), last.date, last.facts.clone()));
    let (review, began, facts) = open.or(closed).unwrap_or_else(present);
    let other = (!reviews.signatures.is_empty() && !is_signed).then_some(OTHER_THAN_SIGNED);
    let head = desk.evidence().head.as_ref();
    let rows: Vec<Row> = ReviewRow::ALL.into_iter().map(|row| of_row(desk, row)).collect();
    Report {
        format: FORMAT,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        mark: desk.session.mark.as_str().to_owned(),
        tenant: tenant(desk),
        accounts: accounts(desk),
        notes: judged_by(desk).into_iter().chain(other).map(str::to_owned).collect(),
        review,
        began,
        at: desk.session.now,
        last: reviews.last.as_ref().map(|last| last.date),
        facts,
        head: head.map(|head| head.hash.clone()).unwrap_or_default(),
        lines: head.map_or(0, |head| head.lines),
        profiles: desk.plan().review.chosen().into_iter().map(|profile| profile.name().to_owned()).collect(),
        conflicts: guide::contradictions(&desk.plan().review.chosen()),
        complete: rows.iter().all(|row| !row.effective.is_open()),
        exit,
        rows,
        sign_ins: happened::sign_ins(&case),
        changes: happened::changes(&case),
        matrix: matrix::report(&Matrix::of(&case)),
        due: due(desk),
        decided: decided(desk, began),
        signatures: if is_signed { signatures(desk) } else { Vec::new() },
        written: desk.written.clone(),
        unread: unread(desk.facts()),
        record: desk.session.record.clone(),
    }
}

fn tenant(desk: &Desk) -> TenantReport {
    desk.facts().organization.get().map_or_else(TenantReport::default, |organization| TenantReport {
        id: organization.id.clone(),
        name: clean(&organization.name),
        domain: organization.initial_domain.clone(),
    })
}

/// The accounts by the names they sign in with.
pub(super) fn accounts(desk: &Desk) -> Vec<AccountReport> {
    let case = desk.case();
    let named = desk
        .plan()
        .slots()
        .map(|(slot, _)| AccountReport { slot: slot.key().to_owned(), name: case.upn(slot) });
    named.filter(|account| !account.name.starts_with('@') && !account.name.ends_with('@')).collect()
}

/// What has to be known about the plan by which everything is judged, where nobody gave one.
pub(super) fn judged_by(desk: &Desk) -> Option<&'static str> {
    match desk.session.plan_origin {
        PlanOrigin::Given => None,
        PlanOrigin::Preset | PlanOrigin::Fitted => Some(
            "Nobody gave a plan: keys, safes, places and owners are judged by what is recommended, not by yours. Give one \
             with --plan; breakglass plan example prints one.",
        ),
    }
}

fn of_row(desk: &Desk, row: ReviewRow) -> Row {
    let derived = desk.world.derived(&Subject::Review(row));
    let findings: Vec<FindingReport> =
        derived.checks.iter().map(|finding| of_finding(desk, finding)).collect();
    let worst = Effective::ALL.into_iter().find(|one| findings.iter().any(|f| f.effective == *one));
    Row {
        id: row.number().to_string(),
        name: guide::review_row(row).name.clone(),
        effective: worst.unwrap_or(Effective::Pass),
        findings,
    }
}

fn of_finding(desk: &Desk, finding: &Finding) -> FindingReport {
    let State { effective, since } = state(desk, finding);
    FindingReport {
        check: finding.check.name().to_owned(),
        slot: finding.slot.map(|slot| Slot::key(slot).to_owned()),
        subject: finding.subject().to_string(),
        label: frame::label(finding),
        original: finding.verdict,
        effective,
        detail: finding.detail.clone(),
        since: since.unwrap_or(if finding.passed() { Since::Unchanged } else { Since::New }),
        first_seen: (!finding.passed()).then(|| first_seen(desk, since)).flatten(),
        due: finding.waits_until,
        overdue_days: None,
        owner: effective.is_open().then(|| desk.plan().upkeep.owner.clone()),
        evidence: evidence(desk, finding),
        waiver: waiver(desk, finding),
        remedy: frame::remedy(finding, Place::Review),
        repaired: is_repaired(desk, finding).then(|| desk.world.today()),
        controls: controls(finding.check, &desk.plan().review.chosen()),
    }
}

/// The day on which it was first seen like this, as far as the last review tells.
fn first_seen(desk: &Desk, since: Option<Since>) -> Option<Date> {
    let reviews = &desk.evidence().reviews;
    match since {
        Some(Since::Unchanged) => reviews.last.as_ref().map(|last| last.date),
        _ => Some(reviews.open.as_ref().map_or_else(|| desk.world.today(), |open| open.date)),
    }
}

/// What was not in order when the review began, and is now.
fn is_repaired(desk: &Desk, finding: &Finding) -> bool {
    let open = desk.evidence().reviews.open.as_ref();
    let frozen = open.and_then(|open| open.findings.iter().find(|seen| seen.is_of(finding)));
    finding.passed() && frozen.is_some_and(|seen| seen.verdict != Verdict::Pass)
}

/// Whose word it rests on, and which line of the tenant's log.
fn evidence(desk: &Desk, finding: &Finding) -> Vec<Evidence> {
    let known = desk.evidence();
    let word = known.attested.get(&finding.subject()).map(|word| Evidence {
        what: format!("attested by {}", word.by()),
        date: Some(word.date),
        request: None,
    });
    let is_test = finding.check.name().starts_with("test.");
    let logged = known.logged.iter().rev().find(|logged| is_test && Some(logged.slot) == finding.slot);
    let logged = logged.map(|logged| Evidence {
        what: "the sign-in in the tenant's log".to_owned(),
        date: Some(logged.at.to_zoned(jiff::tz::TimeZone::UTC).date()),
        request: Some(logged.id.clone()),
    });
    word.into_iter().chain(logged).collect()
}

fn waiver(desk: &Desk, finding: &Finding) -> Option<Waiver> {
    let by = frame::accepted(desk, finding)?;
    Some(Waiver {
        reason: clean(by.reason),
        person: by.person.map(clean).unwrap_or_default(),
        approver: by.approver.map(clean),
        until: by.until,
    })
}

/// Each piece of recurring work, with the key or the account that it is about.
fn due(desk: &Desk) -> Vec<DueReport> {
    let case = desk.case();
    let told = |due: Due| DueReport {
        task: due.task.id.clone(),
        name: match due.about {
            Some(about) => format!("{}: {about}", due.task.name),
            None => due.task.name.clone(),
        },
        every: steps::every(&case, due.task).words().to_owned(),
        last: due.last,
        next: due.next,
        overdue_days: due.overdue_days,
        owner: due.owner,
    };
    steps::review::due(&case).into_iter().map(told).collect()
}

/// What people said and accepted since the review began.
fn decided(desk: &Desk, began: Date) -> Vec<Decided> {
    let known = desk.evidence();
    let attested =
        known.attested.iter().filter(|(_, word)| word.date >= began).map(|(about, word)| Decided {
            sentence: format!("Attested: {}", steps::word_says(desk.plan(), about)),
            person: Some(word.person.clone()),
            date: Some(word.date),
        });
    let accepted =
        known.accepted.iter().filter(|(_, said)| said.date >= began).map(|(about, said)| Decided {
            sentence: format!(
                "Accepted until {}: {}, because: {}",
                said.until,
                steps::word_says(desk.plan(), about),
                clean(&said.reason)
            ),
            person: Some(said.person.clone()),
            date: Some(said.date),
        });
    attested.chain(accepted).collect()
}

/// Who has signed the review that is open, or the last one.
pub(super) fn signatures(desk: &Desk) -> Vec<Signature> {
    desk.evidence().reviews.signatures.iter().map(signature).collect()
}

/// Whether the signatures that there are stand under what is seen now: everything that is not in order was not in order when
/// the review that is open began, or when the last one ended. What has come into order since contradicts nobody.
fn is_as_signed(desk: &Desk) -> bool {
    let reviews = &desk.evidence().reviews;
    let open = reviews.open.as_ref().map(|open| &open.findings);
    let seen = open.or(reviews.last.as_ref().map(|last| &last.findings));
    let Some(seen) = seen.filter(|_| !reviews.signatures.is_empty()) else { return false };
    let was_seen =
        |finding: &Finding| seen.iter().any(|seen| seen.is_of(finding) && seen.verdict == finding.verdict);
    rows::findings(desk).iter().all(|(_, finding)| finding.passed() || was_seen(finding))
}

/// Said beside findings that nobody signed, where a review has signatures.
const OTHER_THAN_SIGNED: &str = "What is seen now is not what was signed in the last review: go on with a review to have it \
                                 signed.";

fn signature(signed: &crate::domain::review::Signature) -> Signature {
    Signature { person: signed.person.clone(), date: signed.date, head: signed.head.clone() }
}

/// What could not be read, area by area.
fn unread(facts: &Facts) -> Vec<Unread> {
    Area::REVIEW
        .into_iter()
        .filter_map(|area| {
            let Trouble { what, next, .. } = facts.trouble(area)?;
            Some(Unread { area: area.words().to_owned(), what: what.clone(), next: next.clone() })
        })
        .collect()
}
