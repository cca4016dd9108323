//! Each format, read by a reader of another author.

use breakglass::domain::review::Effective;
use breakglass::journeys::report::review::{Format, Marks, Report, read, render, schema};
use serde_json::Value;
use serde_sarif::sarif::{ResultBaselineState, ResultKind, ResultLevel, Sarif};

use super::sample::{HEAD, REQUEST, sample};

fn all_in_order() -> Report {
    let mut report = sample();
    for row in &mut report.rows {
        row.findings.retain(|finding| finding.effective == Effective::Pass);
        row.effective = Effective::Pass;
    }
    report.rows.retain(|row| !row.findings.is_empty());
    Report { complete: true, exit: 0, unread: Vec::new(), due: Vec::new(), ..report }
}

#[test]
fn text_fits_eighty_columns_and_tells_what_needs_somebody_first() {
    let text = render(&sample(), Format::Text(Marks::Unicode));
    for line in text.lines() {
        assert!(textwrap::core::display_width(line) <= 80, "{line}");
    }
    insta::assert_snapshot!("review_report_text", text);
    let ascii = render(&sample(), Format::Text(Marks::Ascii));
    assert!(ascii.is_ascii(), "{ascii}");
    let calm = render(&all_in_order(), Format::Text(Marks::Ascii));
    assert!(calm.contains("All is in order.") && !calm.contains("What needs you"), "{calm}");
}

#[test]
fn markdown_has_everything() {
    let md = render(&sample(), Format::Markdown);
    insta::assert_snapshot!("review_report_markdown", md);
    for finding in sample().findings() {
        assert!(md.contains(&finding.label), "{}", finding.label);
    }
}

#[test]
fn json_fits_its_schema_and_is_read_back() {
    let schema: Value = serde_json::from_str(&schema()).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
    for report in [sample(), all_in_order(), Report { last: None, ..sample() }] {
        let json = render(&report, Format::Json);
        let value: Value = serde_json::from_str(&json).expect("JSON");
        let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(read(&json).expect("a report"), report);
    }
}

/// Every key in `value`.
fn keys(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(fields) => fields.iter().for_each(|(key, value)| {
            found.push(key.clone());
            keys(value, found);
        }),
        Value::Array(items) => items.iter().for_each(|item| keys(item, found)),
        _ => {}
    }
}

/// Every key that is printed stands in the schema: it lets more names through, but knows all there are.
#[test]
fn the_schema_knows_every_name() {
    let schema = schema();
    let mut found = Vec::new();
    keys(&serde_json::to_value(sample()).expect("JSON"), &mut found);
    for key in found {
        assert!(schema.contains(&format!("\"{key}\"")), "{key}");
    }
}

#[test]
fn another_format_of_json_is_refused_with_what_to_name() {
    let other = render(&sample(), Format::Json).replacen("\"format\": 1", "\"format\": 7", 1);
    let refused = read(&other).expect_err("another format").to_string();
    assert!(refused.contains("format 7"), "{refused}");
    assert!(read("{}").is_err());
}

#[test]
fn junit_is_read_by_another_parser() {
    let xml = render(&sample(), Format::Junit);
    let suites = junit_parser::from_reader(xml.as_bytes()).expect("JUnit");
    assert_eq!((suites.tests, suites.failures, suites.errors), (9, 2, 2));
    let all: Vec<_> = suites.suites.iter().flat_map(|suite| &suite.cases).collect();
    assert_eq!(all.len(), 9);
    let named = |part: &str| all.iter().find(|case| case.name.contains(part)).expect(part);
    assert!(named("role.permanent:second").status.is_failure());
    assert!(named("role.permanent:first").status.is_success());
    assert!(named("paper.safe:first").status.is_failure(), "expired counts as failed");
    assert!(named("paper.procedure").status.is_error(), "silence is never green");
    assert!(named("alerts.first-logs").status.is_error());
    assert!(named("policies.managed").status.is_skipped());
    assert!(xml.contains(REQUEST) && xml.contains(HEAD));
}

#[test]
fn the_action_plan_is_read_by_another_parser() {
    let text = render(&sample(), Format::Csv);
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(text.as_bytes());
    let heads = reader.headers().expect("heads").clone();
    let column = |name: &str| heads.iter().position(|head| head == name).expect(name);
    assert_eq!(
        heads.iter().take(4).collect::<Vec<_>>(),
        ["Control ID", "Requirement", "Result", "Criticality"]
    );
    let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
    assert_eq!(rows.len(), 5, "what is open, and what is accepted");
    let role = rows.iter().find(|row| &row[column("Check")] == "role.permanent:second").expect("the role");
    assert_eq!(&role[column("Result")], "Fail");
    assert_eq!(&role[column("Remediation Completion Date")], "2026-12-05");
    assert_eq!(&role[column("Owner")], "IT Security");
    assert!(role[column("Control ID")].contains("scuba MS.AAD.7.4v1"), "{role:?}");
    let waived = rows.iter().find(|row| &row[column("Result")] == "Accepted").expect("the waiver");
    assert_eq!(&waived[column("Non-Compliance Reason")], "It only reports today.");
    assert!(waived[column("Justification")].contains("Sample Person B"));
}

fn sarif(report: &Report) -> Sarif {
    serde_json::from_str(&render(report, Format::Sarif)).expect("SARIF")
}

/// The fingerprints of a report's results, in order.
fn fingerprints(report: &Report) -> Vec<String> {
    let log = sarif(report);
    let results = log.runs[0].results.clone().expect("results");
    let prints = results.iter().map(|result| result.partial_fingerprints.clone().expect("a fingerprint"));
    prints.map(|prints| prints.values().next().expect("one").clone()).collect()
}

#[test]
fn sarif_is_read_by_another_parser_and_keeps_the_rules_of_the_standard() {
    let log = sarif(&sample());
    let run = &log.runs[0];
    let rules = run.tool.driver.rules.as_ref().expect("rules");
    let results = run.results.as_ref().expect("results");
    assert_eq!(results.len(), 6, "what is open, what is accepted, what is gone");
    for result in results {
        let place = usize::try_from(result.rule_index.expect("a rule")).expect("not negative");
        assert_eq!(Some(&rules[place].id), result.rule_id.as_ref());
        // 3.27.10: a level other than none is for failures.
        let is_failure = is(result.kind.as_ref(), &ResultKind::Fail);
        assert_eq!(is_failure, !is(result.level.as_ref(), &ResultLevel::None), "{result:?}");
        // 3.27.23 and 3.27.24: all results have them, or none.
        assert!(result.suppressions.is_some() && result.baseline_state.is_some());
    }
    let state = |rule: &str| {
        let result = results.iter().find(|r| r.rule_id.as_deref() == Some(rule)).expect(rule);
        serde_json::to_value(&result.baseline_state).expect("a state")
    };
    assert_eq!(state("role.permanent"), state_of(&ResultBaselineState::New));
    assert_eq!(state("account.enabled"), state_of(&ResultBaselineState::Absent));
    assert_eq!(state("policies.managed"), state_of(&ResultBaselineState::Unchanged));
    assert_eq!(state("paper.safe"), state_of(&ResultBaselineState::Updated));
    let suppressed = results.iter().filter(|r| r.suppressions.as_ref().is_some_and(|all| !all.is_empty()));
    let suppressed: Vec<_> = suppressed.map(|r| r.rule_id.clone().unwrap_or_default()).collect();
    assert_eq!(suppressed, ["policies.managed"], "an expired waiver suppresses nothing");
}

fn is<T: serde::Serialize, U: serde::Serialize>(found: Option<&T>, wanted: &U) -> bool {
    found.map(|found| serde_json::to_value(found).ok()) == Some(serde_json::to_value(wanted).ok())
}

fn state_of(state: &ResultBaselineState) -> Value {
    serde_json::to_value(state).expect("a state")
}

#[test]
fn fingerprints_are_the_same_in_every_run_and_no_two_are_equal() {
    let first = fingerprints(&sample());
    let mut later = sample();
    later.review = "2027-Q1".to_owned();
    later.program = "9.9.9".to_owned();
    for finding in later.rows.iter_mut().flat_map(|row| &mut row.findings) {
        finding.detail = "Something else is seen.".to_owned();
        finding.overdue_days = Some(3);
    }
    assert_eq!(first, fingerprints(&later));
    let mut twice = sample();
    let again = twice.rows[1].findings[1].clone();
    twice.rows[1].findings.push(again);
    let mut prints = fingerprints(&twice);
    assert_eq!(prints.len(), 7);
    prints.sort_unstable();
    prints.dedup();
    assert_eq!(prints.len(), 7);
}

#[test]
fn a_first_review_claims_no_baseline() {
    let log = sarif(&Report { last: None, ..sample() });
    let results = log.runs[0].results.as_ref().expect("results");
    assert!(results.iter().all(|result| result.baseline_state.is_none()));
}
