//! The report as SARIF 2.1.0: what is open, what is accepted, and what was open at the last review and is gone.
//!
//! A result's fingerprint is made of tenant and subject alone, so it is the same in every run. Results have no file and no
//! line; they are located by name. What fails has a level; by the standard nothing else may have one.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::domain::check::id::CheckId;
use crate::domain::review::{Effective, Since};
use crate::domain::text::sentence;
use crate::guide::{self, Place};
use crate::journeys::report::review::{FindingReport, Report, Unread, Waiver};

/// Where the schema is published.
const SCHEMA: &str = "https://json.schemastore.org/sarif-2.1.0.json";

/// The report as SARIF.
pub fn sarif(report: &Report) -> String {
    let found: Vec<&FindingReport> = report.findings().filter(|finding| has_result(finding)).collect();
    let rules = rules(&found);
    let log = json!({
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "breakglass",
                "semanticVersion": report.program,
                "rules": rules.iter().map(|finding| rule(finding)).collect::<Vec<_>>(),
            }},
            "automationDetails": {
                "id": format!("breakglass/review/{}/{}", report.tenant.id, report.review),
            },
            "invocations": [invocation(report)],
            "results": results(report, &found, &rules),
            "properties": {
                "mark": report.mark,
                "tenant": report.tenant.id,
                "facts": report.facts,
                "head": report.head,
                "lines": report.lines,
            },
        }],
    });
    serde_json::to_string_pretty(&log).unwrap_or_default() + "\n"
}

/// Whether it has a result: all but what is in order and was.
fn has_result(finding: &FindingReport) -> bool {
    finding.effective != Effective::Pass || finding.since == Since::Fixed
}

/// One finding of each check.
fn rules<'a>(found: &[&'a FindingReport]) -> Vec<&'a FindingReport> {
    let mut rules: Vec<&FindingReport> = Vec::new();
    for finding in found {
        if !rules.iter().any(|rule| rule.check == finding.check) {
            rules.push(finding);
        }
    }
    rules
}

/// A check in the words of the guide, or in those of the finding where the guide has none.
fn rule(finding: &FindingReport) -> Value {
    let known = CheckId::named(&finding.check);
    let about = known.map_or_else(|| finding.label.clone(), |check| guide::label(check, None));
    let remedy = known.and_then(guide::check);
    let remedy = remedy.map_or(finding.remedy.clone(), |words| guide::placed(&words.remedy, Place::Review));
    let tags = finding.controls.iter().map(|control| format!("{}/{}", control.profile, control.id));
    json!({
        "id": finding.check,
        "shortDescription": { "text": sentence(&about) },
        "help": { "text": if remedy.is_empty() { about.as_str() } else { remedy.as_str() } },
        "defaultConfiguration": { "level": "error" },
        "properties": { "tags": tags.collect::<Vec<_>>() },
    })
}

fn invocation(report: &Report) -> Value {
    let notification = |unread: &Unread| {
        let text = [&unread.area, &unread.what, &unread.next].map(|part| sentence(part)).join(" ");
        json!({ "level": "error", "message": { "text": text } })
    };
    json!({
        "executionSuccessful": report.exit != 3,
        "exitCode": report.exit,
        "endTimeUtc": report.at.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        "toolExecutionNotifications": report.unread.iter().map(notification).collect::<Vec<_>>(),
    })
}

/// A result for each finding; those that share a subject are told apart by their order.
fn results(report: &Report, found: &[&FindingReport], rules: &[&FindingReport]) -> Vec<Value> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let numbered = found.iter().map(|finding| {
        let number = seen.entry(&finding.subject).or_default();
        *number += 1;
        let place = rules.iter().position(|rule| rule.check == finding.check);
        let mut result = result(report, finding, &named(&finding.subject, *number));
        result["ruleIndex"] = json!(place);
        result
    });
    numbered.collect()
}

/// The first of a subject goes by its name alone, as it does where there is but one.
fn named(subject: &str, number: usize) -> String {
    if number == 1 { subject.to_owned() } else { format!("{subject}#{number}") }
}

fn result(report: &Report, finding: &FindingReport, name: &str) -> Value {
    let (kind, level) = kind(finding.effective);
    let tenant = &report.tenant.id;
    let mut result = json!({
        "ruleId": finding.check,
        "kind": kind,
        "level": level,
        "message": { "text": message(finding) },
        "locations": [{
            "physicalLocation": { "artifactLocation": { "uri": format!("tenant/{}", uri(tenant)) } },
            "logicalLocations": [{ "fullyQualifiedName": format!("{tenant}/{name}"), "kind": "resource" }],
        }],
        "partialFingerprints": { "breakglassSubject/v1": format!("{tenant}/{name}") },
        // By the standard all results of a run have this, or none has.
        "suppressions": suppressions(finding),
        "properties": {
            "original": finding.original,
            "effective": finding.effective,
            "since": finding.since,
            "overdueDays": finding.overdue_days,
            "evidence": finding.evidence,
        },
    });
    // Without an earlier review there is nothing to compare with, and no result may claim it.
    if report.last.is_some() {
        result["baselineState"] = json!(baseline(finding));
    }
    result
}

/// How the standard calls it. Nobody has decided yet what waits for a person or could not be read.
fn kind(effective: Effective) -> (&'static str, &'static str) {
    match effective {
        Effective::Fail | Effective::Expired | Effective::Waived => ("fail", "error"),
        Effective::NeedsPerson => ("review", "none"),
        Effective::Unknown => ("open", "none"),
        Effective::Pass => ("pass", "none"),
    }
}

/// What was in order at the last review and is not now has no result there, so it is new.
fn baseline(finding: &FindingReport) -> &'static str {
    let is_late = finding.overdue_days.is_some_and(|days| days > 0);
    match finding.since {
        Since::New | Since::Regressed => "new",
        Since::Fixed => "absent",
        Since::Unchanged if is_late || finding.effective == Effective::Expired => "updated",
        Since::Unchanged => "unchanged",
    }
}

fn suppressions(finding: &FindingReport) -> Vec<Value> {
    let accepted = finding.waiver.as_ref().filter(|_| finding.effective == Effective::Waived);
    let suppression = |waiver: &Waiver| json!({ "kind": "external", "status": "accepted", "justification": waiver.words() });
    accepted.map(suppression).into_iter().collect()
}

fn message(finding: &FindingReport) -> String {
    let notes = finding.notes().join(", ");
    let parts = [finding.label.as_str(), finding.detail.as_str(), notes.as_str()];
    let said = parts.into_iter().filter(|part| !part.is_empty()).map(sentence);
    said.collect::<Vec<_>>().join(" ")
}

/// A part of an address: what has a meaning of its own there is left out.
fn uri(text: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_');
    let kept: String = text.chars().filter(|c| plain(*c)).collect();
    if kept.is_empty() { "unknown".to_owned() } else { kept }
}
