//! The after-action report of a small exercise: every format, in HSEEP's order, and the scenario for other platforms.

use std::collections::{BTreeMap, BTreeSet};

use breakglass::domain::exercise::event::{Event, Moment, Players, Readers};
use breakglass::domain::exercise::scenario::Scenario;
use breakglass::domain::exercise::scenario::names::{Names, fill};
use breakglass::domain::plan::PaperSize;
use breakglass::journeys::report::exercise::{Format, Report, Source, cexf, render, report, schema};
use breakglass::paper::{self, Ink};
use jiff::civil::date;
use serde_json::{Value, json};

use super::rating::{moments, sample};
use crate::support::pdf_reader::{self, Page};

const NAME: &str = "2026-11-30-block-all";
const PRIVATE: &str = "They argue about who may decide.";

fn event(value: Value) -> Event {
    serde_json::from_value(value).expect("an event")
}

/// The case that has this in its name, as a whole exercise: begun, played, ended, talked about, completed.
pub fn played(case: &str, players: Players) -> Vec<Moment> {
    let players = serde_json::to_value(players).expect("JSON");
    let opened = json!({"event": "opened", "scenario": "block-all", "version": 3, "date": "2026-11-30", "dice": 7,
        "mode": "real", "players": players, "facilitator": "Sample Person F",
        "cast": [{"role": "lead", "person": "Sample Person A"}, {"role": "admin", "person": ""}]});
    let before = [
        opened,
        json!({"event": "broke", "inject": "block", "did": ["A policy blocks everybody."], "trouble": null}),
    ];
    let whole = |number: u32, objective: &str| {
        json!({"event": "improve", "number": number, "objective": objective, "issue": "It took too long.",
            "action": "Print the phone list.", "owner": "Sample Person B", "due": "2027-01-31", "retest": "2027-05-31"})
    };
    let after = [
        json!({"event": "noted", "text": PRIVATE, "to": "facilitator"}),
        json!({"event": "noted", "text": "The line is bad.", "to": "everybody"}),
        json!({"event": "responded", "what": "by-hand:switch-off"}),
        json!({"event": "beat"}),
        json!({"event": "ended", "why": "Everything was reached."}),
        json!({"event": "answered", "question": 0, "text": "The envelope was found at once."}),
        json!({"event": "answered", "question": 1, "text": "The phone list."}),
        json!({"event": "overridden", "objective": "caller", "rating": "P", "reason": "The line was bad.",
            "person": "Sample Person F"}),
        whole(1, "second"),
        whole(2, "back"),
        json!({"event": "completed", "person": "Sample Person F", "date": "2026-12-01"}),
    ];
    let played = moments(case);
    let last = played.last().map_or(0, |moment| moment.at);
    let of = |at| move |value| Moment { at, what: event(value) };
    before.into_iter().map(of(0)).chain(played).chain(after.into_iter().map(of(last))).collect()
}

fn of(case: &str, players: Players) -> Report {
    told(&played(case, players))
}

/// The report of the small exercise in which this has happened.
fn told(moments: &[Moment]) -> Report {
    of_scenario(&sample(), moments)
}

fn of_scenario(scenario: &Scenario, moments: &[Moment]) -> Report {
    report(&Source {
        exercise: NAME,
        scenario,
        moments,
        tenant: "Fabrikam (fabrikam.onmicrosoft.com)",
        sponsor: "Fabrikam",
        head: None,
    })
}

fn late() -> Report {
    of("everything, but late", Players::Team)
}

#[test]
fn markdown_tells_everything_in_the_order_of_the_template() {
    let md = render(&late(), Format::Markdown);
    insta::assert_snapshot!("exercise_report_markdown", md);
    let titles: Vec<&str> = md.lines().filter_map(|line| line.strip_prefix("## ")).collect();
    let order = [
        "Exercise overview",
        "Situation",
        "Ratings",
        "Timeline",
        "Decision log",
        "Improvement plan",
        "Hot wash",
        "Participants",
    ];
    assert_eq!(titles, order);
    assert!(!md.contains(PRIVATE), "private notes stay private");
}

#[test]
fn json_has_stable_names_and_fits_its_schema() {
    let schema: Value = serde_json::from_str(&schema()).expect("the schema is JSON");
    let validator = jsonschema::draft202012::new(&schema).expect("the schema is one");
    let alone = of("nothing reached", Players::Solo);
    for report in [late(), alone.clone()] {
        let value: Value = serde_json::from_str(&render(&report, Format::Json)).expect("JSON");
        let wrong: Vec<String> = validator.iter_errors(&value).map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
        assert_eq!(serde_json::from_value::<Report>(value).expect("it is read back"), report);
    }
    insta::assert_snapshot!("exercise_report_json", render(&late(), Format::Json));
    let score = alone.score.expect("the score of one alone");
    assert!(score.words.starts_with("1 of 3 objectives"), "{}", score.words);
    assert!(late().score.is_none());
}

#[test]
fn a_good_and_a_bad_play_differ_in_ratings_timeline_and_what_is_missing() {
    let (good, bad) = (of("all in time", Players::Team), of("something missed", Players::Team));
    let ratings =
        |report: &Report| report.objectives.iter().map(|one| one.rating.clone()).collect::<String>();
    assert_eq!((ratings(&good).as_str(), ratings(&bad).as_str()), ("PPP", "MMP"));
    assert!(good.complete && bad.complete);
    assert_eq!(bad.objectives[2].derived, "M");
    assert_ne!(good.timeline, bad.timeline);
    let open = told(&moments("something missed"));
    assert!(!open.complete && open.missing.len() == 6, "{:?}", open.missing);
    assert!(render(&open, Format::Markdown).contains("## Not complete yet"));
}

#[test]
fn hostile_words_stay_words() {
    let text = "]]><script> | a | b |\n# heading \u{1b}[31m \u{202e} [x](http://evil.example) ![y](z)";
    let mut report = late();
    report.overview.title = text.to_owned();
    report.decisions[0].rationale = text.to_owned();
    report.improvements[0].issue = text.to_owned();
    let md = render(&report, Format::Markdown);
    assert!(!md.contains("<script>") && !md.contains("\n# heading") && !md.contains("://"), "{md}");
    assert!(md.lines().all(|line| breakglass::domain::text::clean(line) == line));
    assert!(!render(&report, Format::Json).contains('\u{1b}'));
    for page in pdf(&report, PaperSize::A4) {
        assert_eq!(page.clips(20.0), None);
    }
}

fn pdf(report: &Report, size: PaperSize) -> Vec<Page> {
    pdf_reader::pages(&bytes(report, size))
}

fn bytes(report: &Report, size: PaperSize) -> Vec<u8> {
    let sheet = paper::exercise::report(report, date(2026, 12, 1));
    paper::pdf(&sheet, Ink::Blank, size).expect("a PDF").to_vec()
}

/// The report of the sample exercise with names in it, for pictures.
pub fn late_pdf() -> Vec<u8> {
    let scenario = fill(&sample(), &Names::sample());
    let moments = played("everything, but late", Players::Team);
    bytes(&of_scenario(&scenario, &moments), PaperSize::A4)
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn every_page_says_exercise_and_nothing_is_clipped_or_left_out() {
    for size in [PaperSize::A4, PaperSize::Letter] {
        let report = late();
        let pages = pdf(&report, size);
        assert!(pages.len() > 1, "{}", pages.len());
        for (number, page) in pages.iter().enumerate() {
            let text = page.text();
            assert!(text.starts_with("EXERCISE"), "page {}: {text}", number + 1);
            assert!(text.contains(&format!("page{}of{}", number + 1, pages.len())), "{text}");
            assert_eq!(page.clips(20.0), None);
        }
        let all: String = pages.iter().map(Page::text).collect();
        let objectives = report.objectives.iter();
        let said = objectives.flat_map(|one| [&one.text].into_iter().chain(&one.strengths).chain(&one.areas));
        let happened = report.timeline.iter().map(|one| &one.text);
        let plan = report.improvements.iter().map(|one| &one.issue);
        for text in said.chain(happened).chain(plan) {
            assert!(all.contains(&solid(text)), "{text}");
        }
        assert!(!all.contains(&solid(PRIVATE)));
    }
}

// ---- CEXF, against the shape that the MISP project publishes (format-description.md and its sample)

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

fn is_uuid_4(text: &str) -> bool {
    let groups: Vec<&str> = text.split('-').collect();
    let lengths: Vec<usize> = groups.iter().map(|group| group.len()).collect();
    lengths == [8, 4, 4, 4, 12]
        && groups.iter().all(|group| group.chars().all(|c| c.is_ascii_hexdigit()))
        && groups[2].starts_with('4')
        && groups[3].starts_with(['8', '9', 'a', 'b'])
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value[key].as_str().unwrap_or_else(|| panic!("{key} is no text in {value}"))
}

/// Holds a file against the published shape.
fn has_the_published_shape(file: &Value) {
    assert_eq!(keys(file), ["exercise", "inject_flow", "inject_payloads", "injects"].into());
    let exercise = &file["exercise"];
    for key in ["description", "expanded", "name", "namespace", "total_duration", "uuid", "version"] {
        assert!(!text(exercise, key).is_empty(), "{key}");
    }
    assert!(is_uuid_4(text(exercise, "uuid")) && exercise["meta"].is_object());
    for key in ["total_duration", "version"] {
        assert!(text(exercise, key).parse::<u64>().is_ok(), "{key} is a number as text");
    }
    let tags = exercise["tags"].as_array().expect("tags");
    assert!(tags.iter().all(|tag| tag.as_str().is_some_and(|tag| tag.contains(':'))));
    let all = |key: &str| file[key].as_array().unwrap_or_else(|| panic!("{key} is no list")).clone();
    let injects: BTreeMap<String, Value> =
        all("injects").into_iter().map(|inject| (text(&inject, "uuid").to_owned(), inject)).collect();
    let payloads: BTreeSet<String> =
        all("inject_payloads").iter().map(|payload| text(payload, "uuid").to_owned()).collect();
    for payload in all("inject_payloads") {
        assert_eq!(keys(&payload), ["name", "parameters", "type", "uuid"].into());
        assert!(is_uuid_4(text(&payload, "uuid")) && text(&payload, "type") == "file");
        assert_eq!(text(&payload["parameters"], "content-type"), "base64");
    }
    let results = |inject: &Value| -> Vec<String> {
        let all = inject["inject_evaluation"].as_array().expect("evaluations").iter();
        all.map(|one| text(one, "result").to_owned()).collect()
    };
    for inject in injects.values() {
        let wanted =
            ["action", "action_payload_resource_uuid", "inject_evaluation", "name", "target_tool", "uuid"];
        assert_eq!(keys(inject), wanted.into());
        assert!(payloads.contains(text(inject, "action_payload_resource_uuid")));
        assert_eq!(text(inject, "action"), "email_to_participants");
        for one in inject["inject_evaluation"].as_array().expect("evaluations") {
            assert_eq!(keys(one), ["parameters", "result", "score_range"].into());
            let range: Vec<u64> = serde_json::from_value(one["score_range"].clone()).expect("a range");
            assert!(range.len() == 2 && range[0] <= range[1]);
            for (_, parameter) in one["parameters"][0].as_object().expect("a parameter") {
                assert_eq!(keys(parameter), ["comparison", "values"].into());
            }
        }
    }
    let flow = all("inject_flow");
    assert_eq!(flow.len(), injects.len());
    for step in &flow {
        let wanted =
            ["description", "inject_uuid", "reporting_callback", "requirements", "sequence", "timing"];
        assert_eq!(keys(step), wanted.into());
        assert!(injects.contains_key(text(step, "inject_uuid")));
        assert!(step["timing"]["triggered_at"].is_null() || step["timing"]["triggered_at"].is_u64());
        let sequence = &step["sequence"];
        for next in sequence["followed_by"].as_array().expect("what follows") {
            assert!(injects.contains_key(next.as_str().expect("an id")));
        }
        if let Some(before) = step["requirements"].get("inject_uuid") {
            let before = &injects[before.as_str().expect("an id")];
            let needed = text(&step["requirements"], "resolution_requirement").to_owned();
            assert!(results(before).contains(&needed), "{needed} is no result of {before}");
            assert_eq!(sequence["trigger"], json!(["inject-resolution"]));
        }
    }
    let starts = flow.iter().filter(|step| step["sequence"]["trigger"] == json!(["startex"]));
    assert!(starts.count() >= 1, "nothing begins the exercise");
}

fn exported(moments: &[Moment]) -> Value {
    serde_json::from_str(&cexf(&sample(), moments)).expect("JSON")
}

#[test]
fn a_scenario_and_an_exercise_are_exported_in_the_common_format() {
    let scenario = exported(&[]);
    has_the_published_shape(&scenario);
    assert!(scenario["exercise"]["meta"].get("played").is_none());
    let exercise = exported(&played("everything, but late", Players::Team));
    has_the_published_shape(&exercise);
    assert_eq!(exercise["exercise"]["meta"]["played"], "2026-11-30");
    assert_eq!(exercise["exercise"]["meta"]["rating back"], "S");
    assert_eq!(exercise["injects"], scenario["injects"], "ids stay the same");
    insta::assert_snapshot!("exercise_cexf", cexf(&sample(), &[]));
}

#[test]
fn every_shipped_scenario_is_exported_in_the_common_format() {
    for scenario in breakglass::domain::exercise::scenario::shipped() {
        let file = cexf(scenario, &[]);
        has_the_published_shape(&serde_json::from_str(&file).expect("JSON"));
    }
}

#[test]
fn notes_for_everybody_are_told_and_those_of_the_facilitator_are_not() {
    let notes = |to| {
        let mut moments = moments("all in time");
        moments.push(Moment { at: 901, what: Event::Noted { text: "A note of somebody.".to_owned(), to } });
        render(&told(&moments), Format::Json)
    };
    assert!(notes(Readers::Everybody).contains("A note of somebody."));
    assert!(!notes(Readers::Facilitator).contains("A note of somebody."));
}
