//! The after-action report as Markdown, in the order of HSEEP's template: overview, ratings, each objective, timeline,
//! decisions, improvement plan, who took part.

use crate::journeys::report::exercise::{ObjectiveReport, Report};
use crate::journeys::report::markdown::{list, safe, titled};

/// The report as Markdown.
pub(super) fn markdown(report: &Report) -> String {
    let overview = &report.overview;
    let mut md =
        format!("# After-action report: {}\n\n**{}**\n\n", safe(&overview.title), safe(&report.mark));
    md.push_str(&list("Not complete yet", report.missing.iter().map(String::as_str)));
    md.push_str(&self::overview(report));
    md.push_str(&paragraphs("Situation", &overview.situation));
    md.push_str(&ratings(report));
    report.objectives.iter().for_each(|one| md.push_str(&objective(one)));
    if let Some(score) = &report.score {
        let lines = [score.words.as_str()].into_iter().chain(score.reasons.iter().map(String::as_str));
        md.push_str(&list("Score", lines));
    }
    md.push_str(&timeline(report));
    md.push_str(&decisions(report));
    md.push_str(&improvements(report));
    let asked = report.hot_wash.iter().map(|one| vec![one.question.clone(), one.answer.clone()]);
    md.push_str(&titled("Hot wash", &["Question", "Answer"], asked));
    let people = report.participants.iter().map(|one| vec![one.role.clone(), one.person.clone()]);
    md.push_str(&titled("Participants", &["Role", "Person"], people));
    md
}

/// Pages carry the tenant at their head; here it is said among the others.
fn overview(report: &Report) -> String {
    let mut rows = report.pairs();
    let before = rows.iter().position(|(name, _)| *name == "Sponsor").unwrap_or(rows.len());
    rows.insert(before, ("Tenant", report.overview.tenant.clone()));
    let rows = rows.into_iter().map(|(name, value)| vec![name.to_owned(), value]);
    titled("Exercise overview", &["What", "Value"], rows)
}

fn paragraphs(title: &str, all: &[String]) -> String {
    let all: Vec<String> = all.iter().map(|text| safe(text)).collect();
    if all.is_empty() { String::new() } else { format!("## {title}\n\n{}\n\n", all.join("\n\n")) }
}

fn ratings(report: &Report) -> String {
    let rows = report.objectives.iter().map(|one| {
        let points: Vec<String> = one.points.iter().map(u8::to_string).collect();
        vec![one.text.clone(), one.rating.clone(), one.words.clone(), points.join(", ")]
    });
    titled("Ratings", &["Objective", "Rating", "In words", "Points of the checklist"], rows)
}

fn objective(one: &ObjectiveReport) -> String {
    let mut md = format!("### {}: {}\n\n", safe(&one.rating), safe(&one.text));
    if let Some(by) = &one.overridden {
        let told = format!("Derived {}, changed by {}: {}", one.derived, by.person, by.reason);
        md.push_str(&format!("{}\n\n", safe(&told)));
    }
    for (title, all) in [("Strengths", &one.strengths), ("Areas for improvement", &one.areas)] {
        let items: Vec<String> = all.iter().map(|text| format!("- {}", safe(text))).collect();
        if !items.is_empty() {
            md.push_str(&format!("{title}:\n\n{}\n\n", items.join("\n")));
        }
    }
    md
}

fn timeline(report: &Report) -> String {
    let rows = report.timeline.iter().map(|one| vec![one.at.clone(), one.kind.clone(), one.text.clone()]);
    titled("Timeline", &["Time", "Kind", "What"], rows)
}

fn decisions(report: &Report) -> String {
    let rows = report.decisions.iter().map(|one| {
        let options: Vec<String> =
            one.options.iter().map(|option| format!("{} ({})", option.text, option.judged)).collect();
        vec![
            one.at.clone(),
            one.question.clone(),
            options.join("; "),
            one.outcome().to_owned(),
            one.owner.clone(),
            one.rationale.clone(),
        ]
    });
    let heads = ["Time", "Question", "Options", "Decision", "Owner", "Rationale"];
    titled("Decision log", &heads, rows)
}

fn improvements(report: &Report) -> String {
    let rows = report.improvements.iter().map(|one| {
        let [start, due, retest] = one.days();
        vec![
            one.number.to_string(),
            one.objective.clone(),
            one.issue.clone(),
            one.action.clone(),
            one.owner.clone(),
            start,
            due,
            retest,
        ]
    });
    let heads =
        ["No.", "Objective", "Issue", "Corrective action", "Responsible", "Start", "Completion", "Retest"];
    titled("Improvement plan", &heads, rows)
}
