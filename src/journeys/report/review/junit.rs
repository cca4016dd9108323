//! The report as JUnit XML, for whatever shows test results: a row is a suite, a finding a case.
//!
//! What failed or expired is a failure. What nobody could decide, because it could not be read or waits for a person, is an
//! error and never green. What is accepted is skipped, with who accepts it.

use crate::domain::review::Effective;
use crate::journeys::report::review::verdict::ids;
use crate::journeys::report::review::{Evidence, FindingReport, Report, Row, Waiver};

/// The report as JUnit XML.
pub fn junit(report: &Report) -> String {
    let mut xml = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let all: Vec<&FindingReport> = report.findings().collect();
    let name = format!("breakglass review {} {}", report.review, report.mark);
    let counts = counts(&all);
    xml.push_str(&format!("<testsuites name=\"{}\"{} time=\"0\">\n", escaped(&name), counts.of_all()));
    report.rows.iter().for_each(|row| suite(&mut xml, report, row));
    xml.push_str("</testsuites>\n");
    xml
}

/// How many cases ended how.
struct Counts {
    tests: usize,
    failures: usize,
    errors: usize,
    skipped: usize,
}

impl Counts {
    /// As attributes of the whole.
    fn of_all(&self) -> String {
        let Self { tests, failures, errors, .. } = self;
        format!(" tests=\"{tests}\" failures=\"{failures}\" errors=\"{errors}\"")
    }

    /// As attributes of a suite.
    fn of_suite(&self) -> String {
        format!("{} skipped=\"{}\"", self.of_all(), self.skipped)
    }
}

fn counts(findings: &[&FindingReport]) -> Counts {
    let count = |kind: Kind| findings.iter().filter(|f| Kind::of(f.effective) == kind).count();
    Counts {
        tests: findings.len(),
        failures: count(Kind::Failure),
        errors: count(Kind::Error),
        skipped: count(Kind::Skipped),
    }
}

/// How a case ended, in the words of JUnit.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Passed,
    Failure,
    Error,
    Skipped,
}

impl Kind {
    fn of(effective: Effective) -> Self {
        match effective {
            Effective::Pass => Self::Passed,
            Effective::Fail | Effective::Expired => Self::Failure,
            Effective::NeedsPerson | Effective::Unknown => Self::Error,
            Effective::Waived => Self::Skipped,
        }
    }
}

fn suite(xml: &mut String, report: &Report, row: &Row) {
    let name = escaped(&format!("{} {}", row.id, row.name));
    let counts = counts(&row.findings.iter().collect::<Vec<_>>()).of_suite();
    let at = report.at.strftime("%Y-%m-%dT%H:%M:%S");
    xml.push_str(&format!("  <testsuite name=\"{name}\"{counts} time=\"0\" timestamp=\"{at}\">\n"));
    xml.push_str("    <properties>\n");
    let tenant = &report.tenant.id;
    for (name, value) in [
        ("mark", &report.mark),
        ("tenant", tenant),
        ("review", &report.review),
        ("facts", &report.facts),
        ("head", &report.head),
        ("lines", &report.lines.to_string()),
    ] {
        xml.push_str(&format!("      <property name=\"{name}\" value=\"{}\"/>\n", escaped(value)));
    }
    xml.push_str("    </properties>\n");
    row.findings.iter().for_each(|finding| case(xml, row, finding));
    xml.push_str("  </testsuite>\n");
}

fn case(xml: &mut String, row: &Row, finding: &FindingReport) {
    let name = escaped(&format!("{} ({})", finding.label, finding.subject));
    let class = escaped(&format!("breakglass.review.{}", row.id));
    let open = format!("    <testcase name=\"{name}\" classname=\"{class}\" time=\"0\"");
    let (kind, message) = (finding.effective.name(), escaped(&finding.detail));
    let body = escaped(&body(finding));
    let inside = match Kind::of(finding.effective) {
        Kind::Passed => None,
        Kind::Failure => Some(format!("<failure type=\"{kind}\" message=\"{message}\">{body}</failure>")),
        Kind::Error => Some(format!("<error type=\"{kind}\" message=\"{message}\">{body}</error>")),
        Kind::Skipped => {
            let accepted = finding.waiver.as_ref().map(Waiver::words).unwrap_or_default();
            Some(format!("<skipped message=\"{}\"/>", escaped(&accepted)))
        }
    };
    match inside {
        None => xml.push_str(&format!("{open}/>\n")),
        Some(inside) => xml.push_str(&format!("{open}>\n      {inside}\n    </testcase>\n")),
    }
}

/// All that helps whoever reads the result of a build and nothing else.
fn body(finding: &FindingReport) -> String {
    let evidence = finding.evidence.iter().map(Evidence::words).map(|words| format!("Evidence: {words}"));
    let next = (!finding.remedy.is_empty()).then(|| format!("Next: {}", finding.remedy));
    let controls = (!finding.controls.is_empty()).then(|| format!("Controls: {}", ids(&finding.controls)));
    let notes = finding.notes();
    let notes = (!notes.is_empty()).then(|| notes.join(", "));
    let waiver = finding.waiver.as_ref().map(Waiver::words);
    let lines = [Some(finding.detail.clone()), notes, waiver, next].into_iter().flatten();
    lines.chain(evidence).chain(controls).collect::<Vec<_>>().join("\n")
}

/// `text` as XML 1.0 may hold it, in attributes and between tags.
fn escaped(text: &str) -> String {
    text.chars().fold(String::with_capacity(text.len()), |mut xml, c| {
        match c {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            '\n' => xml.push('\n'),
            // No document of XML 1.0 may hold these, not even as a reference.
            c if c.is_control() || matches!(c, '\u{FFFE}' | '\u{FFFF}') => {}
            c => xml.push(c),
        }
        xml
    })
}
