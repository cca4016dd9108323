//! The after-action report on paper, in the order of HSEEP's template.

use jiff::civil::Date;

use crate::journeys::report::exercise::{ObjectiveReport, Report};
use crate::paper::exercise::heading;
use crate::paper::page::{Form, Piece, Sheet, pair};
use crate::paper::pieces::{listed, titled, told};

/// The report as a sheet of several pages. `date` is the day on which it is made, for a report without one.
pub fn report(report: &Report, date: Date) -> Sheet {
    let report = &report.cleaned();
    let overview = &report.overview;
    let mut pieces = vec![Piece::Title(format!("After-action report: {}", overview.title))];
    pieces.extend(listed("Not complete yet", report.missing.iter().cloned()));
    pieces.push(Piece::Section("Exercise overview".to_owned()));
    pieces.push(Piece::Pairs(self::overview(report)));
    pieces.extend(told("Situation", overview.situation.iter().cloned()));
    pieces.extend(ratings(report));
    report.objectives.iter().for_each(|one| pieces.extend(objective(one)));
    let score = report.score.iter();
    let score =
        score.flat_map(|score| [score.words.clone()].into_iter().chain(score.reasons.iter().cloned()));
    pieces.extend(listed("Score", score));
    let rows = report.timeline.iter().map(|one| vec![one.at.clone(), one.kind.clone(), one.text.clone()]);
    pieces.extend(titled("Timeline", &[("Time", 10), ("Kind", 14), ("What", 76)], rows.collect()));
    pieces.extend(decisions(report));
    pieces.extend(improvements(report));
    let asked = report.hot_wash.iter().map(|one| vec![one.question.clone(), one.answer.clone()]);
    pieces.extend(titled("Hot wash", &[("Question", 36), ("Answer", 64)], asked.collect()));
    let people = report.participants.iter().map(|one| vec![one.role.clone(), one.person.clone()]);
    pieces.extend(titled("Participants", &[("Role", 40), ("Person", 60)], people.collect()));
    let date = overview.completed.or(overview.date).unwrap_or(date);
    let heading = heading(&overview.tenant, &overview.exercise, date);
    Sheet { name: "after-action-report", form: Form::Flowing, heading, pieces }
}

/// What is empty would be a line to write on, and is not there.
fn overview(report: &Report) -> Vec<(String, String)> {
    report.pairs().into_iter().map(|(name, value)| pair(name, value)).collect()
}

fn ratings(report: &Report) -> Vec<Piece> {
    let rows = report.objectives.iter().map(|one| {
        let points: Vec<String> = one.points.iter().map(u8::to_string).collect();
        vec![one.rating.clone(), one.text.clone(), one.words.clone(), points.join(", ")]
    });
    titled("Ratings", &[("Rating", 10), ("Objective", 46), ("In words", 30), ("Points", 14)], rows.collect())
}

/// An objective with what went well and what did not.
fn objective(one: &ObjectiveReport) -> Vec<Piece> {
    let mut pieces = vec![Piece::Section(format!("{}: {}", one.rating, one.text))];
    let changed = one.overridden.as_ref();
    pieces.extend(
        changed.map(|by| {
            Piece::Text(format!("Derived {}, changed by {}: {}", one.derived, by.person, by.reason))
        }),
    );
    for (title, all) in [("Strengths", &one.strengths), ("Areas for improvement", &one.areas)] {
        if !all.is_empty() {
            pieces.push(Piece::Small(title.to_owned()));
            pieces.push(Piece::List(all.clone()));
        }
    }
    pieces
}

fn decisions(report: &Report) -> Vec<Piece> {
    let rows = report.decisions.iter().map(|one| {
        let options: Vec<&str> = one.options.iter().map(|option| option.text.as_str()).collect();
        vec![
            one.at.clone(),
            one.question.clone(),
            options.join(" / "),
            one.outcome().to_owned(),
            one.owner.clone(),
            one.rationale.clone(),
        ]
    });
    let columns =
        [("Time", 9), ("Question", 20), ("Options", 24), ("Decision", 17), ("Owner", 13), ("Rationale", 17)];
    titled("Decision log", &columns, rows.collect())
}

fn improvements(report: &Report) -> Vec<Piece> {
    let rows = report.improvements.iter().map(|one| {
        let [start, due, retest] = one.days();
        vec![
            one.number.to_string(),
            one.issue.clone(),
            one.action.clone(),
            one.owner.clone(),
            start,
            due,
            retest,
        ]
    });
    let columns = [
        ("No.", 5),
        ("Issue", 26),
        ("Corrective action", 22),
        ("Responsible", 14),
        ("Start", 11),
        ("Completion", 11),
        ("Retest", 11),
    ];
    titled("Improvement plan", &columns, rows.collect())
}
