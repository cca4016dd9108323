//! The report as Markdown (GitHub's), whole: every finding with its evidence, so that it can be kept beside other papers.

use crate::journeys::report::markdown::{list, safe, table, titled};
use crate::journeys::report::review::verdict::{accounts_words, ids, minute};
use crate::journeys::report::review::{Evidence, FindingReport, Report, Row, Waiver};

/// The report as Markdown.
pub fn markdown(report: &Report) -> String {
    let mut md = format!("# Review {} of {}\n\n", safe(&report.review), safe(&report.tenant_words()));
    md.push_str(&format!("**{}**\n\n", safe(&report.mark)));
    for sentence in [report.days(), report.verdict(), report.signed()] {
        md.push_str(&format!("{}\n\n", safe(&sentence)));
    }
    let conflicts = report.conflicts.iter().map(String::as_str);
    md.push_str(&list("Where profiles differ", conflicts));
    md.push_str("## Findings\n\n");
    report.rows.iter().for_each(|row| md.push_str(&findings(row)));
    md.push_str(&due(report));
    md.push_str(&sign_ins(report));
    md.push_str(&changes(report));
    md.push_str(&matrix(report));
    let decided: Vec<String> = report.decided.iter().map(super::Decided::words).collect();
    md.push_str(&list("Decided", decided.iter().map(String::as_str)));
    md.push_str(&list("Written", report.written.iter().map(String::as_str)));
    let unread: Vec<String> =
        report.unread.iter().map(|u| format!("{}: {} {}", u.area, u.what, u.next)).collect();
    md.push_str(&list("Could not be read", unread.iter().map(String::as_str)));
    md.push_str(&anchor(report));
    md
}

fn findings(row: &Row) -> String {
    let title = format!("{} {}: {}", row.id, row.name, row.effective.words());
    let mut md = format!("### {}\n\n", safe(&title));
    if row.findings.is_empty() {
        return md + "Nothing was looked at.\n\n";
    }
    let rows = row.findings.iter().map(|finding| {
        vec![
            finding.effective.words().to_owned(),
            finding.label.clone(),
            finding.detail.clone(),
            notes(finding),
            grounds(finding),
            finding.remedy.clone(),
            ids(&finding.controls),
        ]
    });
    let heads = ["State", "Check", "Seen", "Since", "Evidence", "To do", "Controls"];
    md.push_str(&table(&heads, rows));
    md
}

fn notes(finding: &FindingReport) -> String {
    let notes = finding.notes().into_iter().chain(finding.age());
    notes.collect::<Vec<_>>().join(", ")
}

/// What it rests on, and by whom it is accepted.
fn grounds(finding: &FindingReport) -> String {
    let evidence = finding.evidence.iter().map(Evidence::words);
    finding.waiver.iter().map(Waiver::words).chain(evidence).collect::<Vec<_>>().join("; ")
}

fn due(report: &Report) -> String {
    let day = |day: Option<jiff::civil::Date>| day.map_or("never".to_owned(), |day| day.to_string());
    let rows = report.due.iter().map(|task| {
        vec![task.name.clone(), task.every.clone(), day(task.last), task.state(), task.owner.clone()]
    });
    titled("Recurring work", &["Task", "How often", "Last", "State", "Owner"], rows)
}

fn sign_ins(report: &Report) -> String {
    let heads =
        ["When", "Account", "Place", "Application", "Method", "Result", "Policies", "Request", "What it was"];
    let rows = report.sign_ins.iter().map(|one| {
        vec![
            minute(one.at),
            one.slot.clone(),
            one.place.clone(),
            one.application.clone(),
            one.method.clone(),
            one.result.clone(),
            one.policies.clone(),
            one.request.clone(),
            one.classed(),
        ]
    });
    titled("Sign-ins since the last review", &heads, rows)
}

fn changes(report: &Report) -> String {
    let rows = report.changes.iter().map(|one| {
        let (what, by, target) = (one.what.clone(), one.by.clone(), one.target.clone());
        vec![minute(one.at), what, target, by, one.request.clone(), one.classed()]
    });
    titled("Changes since the last review", &["When", "What", "To", "By", "Request", "What it was"], rows)
}

fn matrix(report: &Report) -> String {
    let heads: Vec<&str> =
        ["Who"].into_iter().chain(report.matrix.columns.iter().map(String::as_str)).collect();
    let rows = report.matrix.rows.iter().map(|row| {
        let cells = row.cells.iter().map(|cell| match cell.why.is_empty() {
            true => cell.can.words().to_owned(),
            false => format!("{}: {}", cell.can.words(), cell.why),
        });
        [row.who.clone()].into_iter().chain(cells).collect()
    });
    titled("Who still gets in", &heads, rows)
}

/// What the chain of the record can be held against.
fn anchor(report: &Report) -> String {
    let rows = [
        ("Tenant", report.tenant.id.clone()),
        ("Accounts", accounts_words(&report.accounts)),
        ("To know", report.notes.join(" ")),
        ("Profiles", report.profiles.join(", ")),
        ("Facts (SHA-256)", report.facts.clone()),
        ("Head of the record", report.head_words()),
        ("Record", report.record.clone()),
        ("Program", format!("breakglass {}", report.program)),
    ];
    let rows = rows.into_iter().filter(|(_, value)| !value.is_empty());
    let rows = rows.map(|(name, value)| vec![name.to_owned(), value]);
    titled("Anchor", &["What", "Value"], rows)
}
