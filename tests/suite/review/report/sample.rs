//! A report with something of everything in it.

use breakglass::domain::check::finding::Verdict;
use breakglass::domain::check::id::CheckId;
use breakglass::domain::plan::Profile;
use breakglass::domain::review::{Effective, Since};
use breakglass::domain::slot::Slot;
use breakglass::guide;
use breakglass::journeys::report::review::{
    AccountReport, Can, CellReport, ChangeReport, Class, Decided, DueReport, Evidence, FORMAT, FindingReport,
    MatrixReport, MatrixRow, Report, Row, SignInReport, Signature, TenantReport, Unread, Waiver, controls,
};
use jiff::Timestamp;
use jiff::civil::{Date, date};

/// The profiles of the sample.
pub const CHOSEN: [Profile; 3] = [Profile::Guide, Profile::Cis, Profile::Scuba];

pub const FACTS: &str = "9f2c4b7d1e3a5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcd";
pub const HEAD: &str = "0a1b2c3d4e5f60718293a4b5c6d7e8f90123456789abcdef0123456789abcdef";
pub const REQUEST: &str = "5eed0000-0000-4000-8000-0000000000a1";

fn at(text: &str) -> Timestamp {
    text.parse().expect("a moment")
}

/// A finding in order, as it was.
pub fn finding(check: CheckId, slot: Option<Slot>) -> FindingReport {
    let subject = slot.map_or_else(|| check.whole(), |slot| check.of(slot));
    FindingReport {
        check: check.name().to_owned(),
        slot: slot.map(|slot| slot.key().to_owned()),
        subject: subject.to_string(),
        label: guide::label(check, slot),
        original: Verdict::Pass,
        effective: Effective::Pass,
        detail: String::new(),
        since: Since::Unchanged,
        first_seen: None,
        due: None,
        overdue_days: None,
        owner: None,
        evidence: Vec::new(),
        waiver: None,
        remedy: String::new(),
        repaired: None,
        controls: controls(check, &CHOSEN),
    }
}

fn failed() -> FindingReport {
    FindingReport {
        original: Verdict::Fail,
        effective: Effective::Fail,
        detail: "It is eligible for the role, not assigned.".to_owned(),
        since: Since::Regressed,
        first_seen: Some(date(2026, 11, 28)),
        due: Some(date(2026, 12, 5)),
        owner: Some("IT Security".to_owned()),
        evidence: vec![Evidence {
            what: "Role assignments were read.".to_owned(),
            date: Some(date(2026, 11, 30)),
            request: Some(REQUEST.to_owned()),
        }],
        remedy: "Assign the role in step 2, for good.".to_owned(),
        ..finding(CheckId::RolePermanent, Some(Slot::SECOND))
    }
}

fn expired() -> FindingReport {
    FindingReport {
        original: Verdict::NeedsPerson,
        effective: Effective::Expired,
        detail: "Vouched for by Sample Person A on 2026-03-01; that held until 2026-09-01.".to_owned(),
        overdue_days: Some(90),
        waiver: Some(Waiver {
            reason: "The safe was moved".to_owned(),
            person: "Sample Person A".to_owned(),
            approver: Some("Sample Person B".to_owned()),
            until: Some(date(2026, 9, 1)),
        }),
        remedy: "Look at the safe and say so.".to_owned(),
        ..finding(CheckId::PaperSafe, Some(Slot::FIRST))
    }
}

fn waived() -> FindingReport {
    FindingReport {
        original: Verdict::Fail,
        effective: Effective::Waived,
        detail: "1 policy that Microsoft manages refuses the change.".to_owned(),
        waiver: Some(Waiver {
            reason: "It only reports today.".to_owned(),
            person: "Sample Person A".to_owned(),
            approver: Some("Sample Person B".to_owned()),
            until: Some(date(2026, 12, 31)),
        }),
        ..finding(CheckId::PoliciesManaged, None)
    }
}

fn open(check: CheckId, original: Verdict, effective: Effective) -> FindingReport {
    FindingReport {
        original,
        effective,
        detail: "Nobody knows yet.".to_owned(),
        since: Since::New,
        remedy: "Look again.".to_owned(),
        ..finding(check, None)
    }
}

fn fixed() -> FindingReport {
    FindingReport {
        detail: "It is enabled.".to_owned(),
        since: Since::Fixed,
        repaired: Some(date(2026, 11, 30)),
        evidence: vec![Evidence {
            what: "The account was read again".to_owned(),
            date: Some(date(2026, 11, 30)),
            request: None,
        }],
        ..finding(CheckId::AccountEnabled, Some(Slot::FIRST))
    }
}

fn row(id: &str, name: &str, findings: Vec<FindingReport>) -> Row {
    let worst = Effective::ALL.into_iter().find(|one| findings.iter().any(|f| f.effective == *one));
    Row { id: id.to_owned(), name: name.to_owned(), effective: worst.unwrap_or(Effective::Unknown), findings }
}

fn rows() -> Vec<Row> {
    let unknown = open(CheckId::AlertsFirstLogs, Verdict::Unknown, Effective::Unknown);
    let person = open(CheckId::PaperProcedure, Verdict::NeedsPerson, Effective::NeedsPerson);
    vec![
        row("1", "Accounts", vec![finding(CheckId::AccountExists, Some(Slot::FIRST)), fixed()]),
        row("3", "Role", vec![finding(CheckId::RolePermanent, Some(Slot::FIRST)), failed()]),
        row("5", "Conditional Access", vec![finding(CheckId::PoliciesExcluded, None), waived()]),
        row("6", "Alerts", vec![unknown]),
        row("7", "Paper", vec![expired()]),
        row("8", "Procedure", vec![person]),
    ]
}

fn sign_in(class: Option<Class>, day: &str) -> SignInReport {
    SignInReport {
        slot: "first".to_owned(),
        at: at(&format!("{day}T08:15:00Z")),
        place: "192.0.2.10, Redmond, US".to_owned(),
        application: "Azure Portal".to_owned(),
        method: "FIDO2 security key".to_owned(),
        result: "success".to_owned(),
        policies: "notApplied".to_owned(),
        request: REQUEST.to_owned(),
        class,
        by: class.map(|_| "Sample Person C".to_owned()),
        on: class.map(|_| date(2026, 11, 30)),
    }
}

fn change() -> ChangeReport {
    ChangeReport {
        at: at("2026-11-28T10:00:00Z"),
        what: "Remove member from role".to_owned(),
        by: "someone@fabrikam.example".to_owned(),
        target: "Second account".to_owned(),
        request: REQUEST.to_owned(),
        class: None,
        person: None,
        on: None,
    }
}

fn matrix() -> MatrixReport {
    let cell = |can: Can, why: &str| CellReport { can, why: why.to_owned() };
    let yes = || cell(Can::Yes, "");
    let who = |who: &str, cells: Vec<CellReport>| MatrixRow { who: who.to_owned(), cells };
    MatrixReport {
        columns: vec![
            "MFA service down".to_owned(),
            "A block-all policy".to_owned(),
            "Site A lost".to_owned(),
        ],
        rows: vec![
            who("First account", vec![yes(), yes(), cell(Can::No, "Its paper lies there.")]),
            who("Second account", vec![yes(), yes(), yes()]),
            who(
                "admin@fabrikam.example",
                vec![cell(Can::No, "It needs the service."), yes(), cell(Can::Unknown, "")],
            ),
        ],
    }
}

fn due(name: &str, last: Option<Date>, overdue_days: i64) -> DueReport {
    DueReport {
        task: "sign-in-test".to_owned(),
        name: name.to_owned(),
        every: "every month".to_owned(),
        last,
        next: last.map(|last| last.saturating_add(jiff::ToSpan::days(30))),
        overdue_days,
        owner: "IT Security".to_owned(),
    }
}

/// The report.
pub fn sample() -> Report {
    Report {
        format: FORMAT,
        program: "0.1.0".to_owned(),
        mark: "REHEARSAL".to_owned(),
        tenant: TenantReport {
            id: breakglass::rehearsal::TENANT_ID.to_owned(),
            name: "Fabrikam Rehearsal".to_owned(),
            domain: "fabrikamrehearsal.onmicrosoft.com".to_owned(),
        },
        accounts: [(Slot::FIRST, "harbor.lantern"), (Slot::SECOND, "meadow.compass")]
            .map(|(slot, name)| AccountReport {
                slot: slot.key().to_owned(),
                name: format!("{name}@fabrikam.onmicrosoft.com"),
            })
            .to_vec(),
        notes: vec!["Nobody gave a plan.".to_owned()],
        review: "2026-Q4".to_owned(),
        began: date(2026, 11, 29),
        at: at("2026-11-30T09:12:30Z"),
        last: Some(date(2026, 9, 3)),
        facts: FACTS.to_owned(),
        head: HEAD.to_owned(),
        lines: 48,
        profiles: CHOSEN.map(|profile| profile.name().to_owned()).to_vec(),
        conflicts: guide::contradictions(&CHOSEN),
        complete: false,
        exit: 1,
        rows: rows(),
        sign_ins: vec![sign_in(Some(Class::Drill), "2026-10-05"), sign_in(None, "2026-11-27")],
        changes: vec![change()],
        matrix: matrix(),
        due: vec![due("Test the sign-in", Some(date(2026, 10, 5)), 26), due("Test the alerts", None, 0)],
        decided: vec![Decided {
            sentence: "The managed policy is accepted until it is enforced.".to_owned(),
            person: Some("Sample Person B".to_owned()),
            date: Some(date(2026, 11, 30)),
        }],
        signatures: vec![Signature {
            person: "Sample Person C".to_owned(),
            date: date(2026, 11, 30),
            head: HEAD.to_owned(),
        }],
        written: vec!["Enable the First account.".to_owned()],
        unread: vec![Unread {
            area: "Alerts".to_owned(),
            what: "Azure refused (403).".to_owned(),
            next: "Ask for Monitoring Reader.".to_owned(),
        }],
        record: "records/fabrikam".to_owned(),
    }
}
