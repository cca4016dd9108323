//! What leaves the real program, read by readers of other authors: each format of one review, the schema, each export, and a
//! comparison with a day and with a report.

use std::process::Output;

use serde_json::Value;
use serde_sarif::sarif::Sarif;

use super::command::{report, review};
use crate::support::{Home, words};

/// What a review of this home says in a format, and how it ended.
fn told(home: &Home, format: &str) -> Output {
    let output = review(home, "drifted").args(["--format", format]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{format}: {}", words(&output));
    output
}

fn findings(report: &Value) -> Vec<&Value> {
    let rows = report["rows"].as_array().expect("rows").iter();
    rows.flat_map(|row| row["findings"].as_array().expect("findings")).collect()
}

fn count(report: &Value, effective: &str) -> usize {
    findings(report).iter().filter(|finding| finding["effective"] == effective).count()
}

#[test]
fn every_format_of_one_review_is_read_back_and_says_the_same() {
    let home = Home::new();
    let json = report(&told(&home, "json"));
    let schema = home.breakglass().args(["review", "schema"]).output().expect("it runs");
    let schema: Value = serde_json::from_slice(&schema.stdout).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
    let wrong: Vec<String> = validator.iter_errors(&json).map(|error| error.to_string()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
    let all = findings(&json).len();
    let failed = count(&json, "fail") + count(&json, "expired");

    let xml = told(&home, "junit").stdout;
    let suites = junit_parser::from_reader(xml.as_slice()).expect("JUnit");
    assert_eq!(usize::try_from(suites.tests).ok(), Some(all));
    assert_eq!(usize::try_from(suites.failures).ok(), Some(failed));

    let plan = told(&home, "csv").stdout;
    let mut reader = csv::ReaderBuilder::new().flexible(false).from_reader(plan.as_slice());
    let lines = reader.records().map(|row| row.expect("a row")).count();
    assert_eq!(lines, all - count(&json, "pass"), "what is open, and what is accepted");

    let sarif: Sarif = serde_json::from_slice(&told(&home, "sarif").stdout).expect("SARIF");
    let results = sarif.runs[0].results.as_ref().expect("results");
    assert!(results.len() >= failed, "{} of {failed}", results.len());

    let markdown = String::from_utf8(told(&home, "markdown").stdout).expect("text");
    let text = String::from_utf8(told(&home, "text").stdout).expect("text");
    assert!(markdown.starts_with("# ") && markdown.contains("| --- |"), "{markdown}");
    assert!(text.contains(&format!("{failed} failed")) && text.is_ascii(), "{text}");
    pages(told(&home, "pdf").stdout);
}

fn pages(bytes: Vec<u8>) {
    let pdf = hayro::hayro_syntax::Pdf::new(bytes).expect("a PDF");
    assert!(pdf.pages().len() > 2, "a cover, and findings behind it");
}

#[test]
fn every_export_of_what_the_record_knows_is_read_back() {
    let home = Home::new();
    let none =
        home.breakglass().args(["review", "export", "maester", "--record"]).arg(home.record()).output();
    assert_eq!(none.expect("it runs").status.code(), Some(3), "no record, no export");
    home.setup("p1").output().expect("it runs");
    for scanner in breakglass::journeys::report::review::export::Scanner::ALL {
        let mut command = home.breakglass();
        let output =
            command.args(["review", "export", scanner.name(), "--record"]).arg(home.record()).output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}: {}", scanner.name(), words(&output));
        let text = String::from_utf8(output.stdout).expect("text");
        let is_json = serde_json::from_str::<Value>(&text).is_ok();
        let is_yaml = yaml_rust2::YamlLoader::load_from_str(&text).is_ok_and(|all| !all.is_empty());
        assert!(is_json || is_yaml, "{}: {text}", scanner.name());
        let ids = breakglass::domain::text::ids_in(&text).count();
        assert!(ids > 0, "{}: {text}", scanner.name());
    }
}

#[test]
fn a_review_is_compared_with_the_one_of_a_day_and_with_a_report() {
    let home = Home::new();
    let kept = home.path("first.json");
    std::fs::write(&kept, told(&home, "json").stdout).expect("a file");
    let mut command = review(&home, "drifted");
    command.args(["--format", "json", "--repair", "license", "--since"]).arg(&kept);
    let output = command.output().expect("it runs");
    let json = report(&output);
    let since = |check: &str| {
        let of = |one: &&&Value| one["check"] == check && one["slot"] == "first";
        findings(&json).iter().find(of).map(|one| one["since"].as_str().unwrap_or_default().to_owned())
    };
    assert_eq!(since("account.no-license").as_deref(), Some("fixed"), "{}", words(&output));
    assert_eq!(since("account.enabled").as_deref(), Some("unchanged"), "{}", words(&output));
}
