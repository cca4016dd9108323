//! A table of plans that are refused: the exit code, and the first reason in the words of the plan list.

use breakglass::domain::plan::plan_file;
use breakglass::journeys::decisions;
use serde::Deserialize;

use crate::support::{Home, words};

#[derive(Deserialize)]
struct Table {
    plan: Vec<Row>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    name: String,
    change: Vec<[String; 2]>,
    /// What the first reason begins with.
    says: String,
    /// Whether it is said before any reason.
    #[serde(default)]
    first: bool,
    /// Whether another reason may come first.
    #[serde(default)]
    anywhere: bool,
}

const REFUSED: i32 = 3;

fn table() -> Vec<Row> {
    let table: Table = toml::from_str(include_str!("bad_plans.toml")).expect("the table is TOML");
    table.plan
}

fn changed(row: &Row) -> String {
    let mut text = plan_file::example().to_owned();
    for [from, to] in &row.change {
        assert!(text.contains(from.as_str()), "{}: the example has no {from:?}", row.name);
        text = text.replacen(from.as_str(), to, 1);
    }
    text
}

/// The line, counted from 1, at which the first change ends.
fn line_of_change(row: &Row) -> usize {
    let to = row.change[0][1].as_str();
    let text = changed(row);
    let end = text.find(to).expect("the change is there") + to.trim_end_matches("\n[passwords]").len();
    text[..end].lines().count()
}

#[test]
fn every_bad_plan_is_refused_in_the_words_of_the_plan_list() {
    let home = Home::new();
    let mut wrong = Vec::new();
    let rows = table();
    assert!(rows.len() >= 60, "{}", rows.len());
    for row in rows {
        std::fs::write(home.path("plan.toml"), changed(&row)).expect("a file");
        let output = home.breakglass().args(["plan", "check", "plan.toml"]).output().expect("it runs");
        let told = words(&output);
        let says = row.says.replace("{line}", &line_of_change(&row).to_string());
        let mut lines = told.lines();
        let what = lines.next().unwrap_or_default();
        let why = lines.next().unwrap_or_default().trim_start().trim_start_matches("why:").trim_start();
        let is_said = match (row.first, row.anywhere) {
            (true, _) => what.contains(&says),
            (false, true) => told.contains(&says),
            (false, false) => why.contains(&says),
        };
        let shows_code = ["Some(", "struct ", "usize", "enum "].iter().any(|word| told.contains(word));
        if output.status.code() != Some(REFUSED) || !is_said || shows_code {
            wrong.push(format!("{}: {:?}\n{told}", row.name, output.status.code()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_run_refuses_what_the_check_refuses_with_the_same_code() {
    for name in ["a region with a hyphen", "a word of years to come", "a day that there is not"] {
        let home = Home::new();
        let row = table().into_iter().find(|row| row.name == name).expect("a row");
        let mut setup = home.setup("p1");
        std::fs::write(home.path("plan.toml"), changed(&row)).expect("a file");
        let output = setup.output().expect("it runs");
        assert_eq!(output.status.code(), Some(REFUSED), "{name}: {}", words(&output));
        assert!(words(&output).contains(&row.says), "{name}: {}", words(&output));
    }
}

#[test]
fn what_has_no_effect_or_is_unheard_of_is_a_note() {
    let home = Home::new();
    for (from, to, note) in [
        ("alerts.first-logs\"", "policies.license\"", "note: Accepted \"policies.license\" has no effect"),
        ("alerts.first-logs\"", "repair.done\"", "note: Accepted \"repair.done\" has no effect"),
        (
            "check = \"alerts.first-logs\"",
            "until = 2020-01-01\nperson = \"A\"\ncheck = \"alerts.first-logs\"",
            "is over",
        ),
        (
            "check = \"alerts.first-logs\"",
            "until = \"9000-01-01\"\ncheck = \"alerts.first-logs\"",
            "more than a year away",
        ),
        ("check = \"alerts.first-logs\"", "check = \"role.permanent\"", "mended, never accepted"),
        ("region = \"westeurope\"", "region = \"westeuropa\"", "did you mean westeurope?"),
        // A new one, or one of a cloud of one's own: only the tenant can refuse it.
        ("region = \"westeurope\"", "region = \"atlantis\"", "not among those that were known"),
    ] {
        home.plan_with(&[(from, to)]);
        let output = home.breakglass().args(["plan", "check", "plan.toml"]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{}", words(&output));
        assert!(words(&output).contains(note), "{}", words(&output));
    }
}

#[test]
fn a_day_without_quotes_is_a_day() {
    let home = Home::new();
    for day in ["2026-11-02", "2026-11-02T10:00:00Z", "2026-11-02 10:00:00", "\" 2026-11-02\""] {
        home.plan_with(&[("date = \"2026-11-02\"", &format!("date = {day}"))]);
        let output = home.breakglass().args(["plan", "check", "plan.toml"]).output().expect("it runs");
        assert_eq!(output.status.code(), Some(0), "{day}: {}", words(&output));
    }
}

#[test]
fn an_empty_answer_is_called_as_in_the_plan_list() {
    let mut plan = plan_file::read(plan_file::example()).expect("the example is in order");
    plan.safes[0].place.clear();
    plan.safes[0].name = "1".to_owned();
    for account in &mut plan.accounts {
        (account.user_name, account.display_name) = (String::new(), String::new());
    }
    for text in [
        &mut plan.procedure.incident_system,
        &mut plan.upkeep.owner,
        &mut plan.alerts.workspace,
        &mut plan.alerts.resource_group,
        &mut plan.alerts.region,
    ] {
        text.clear();
    }
    let names: Vec<String> = decisions::of(&plan).into_iter().map(|decision| decision.name).collect();
    let empty = plan_file::validate(&plan).into_iter().filter(|wrong| wrong.ends_with("must not be empty."));
    let empty: Vec<String> = empty.collect();
    assert_eq!(empty.len(), 10, "{empty:?}");
    for wrong in empty {
        let label = wrong.trim_end_matches(" must not be empty.");
        assert!(names.iter().any(|name| name == label), "{wrong}: {names:?}");
    }
}
