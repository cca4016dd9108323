//! Every answer of the plan is on the disk as soon as it is given: a run that is killed loses none, and a plan file that
//! says something else than the record does not overrule it in silence.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};

use breakglass::domain::plan::{Plan, plan_file};
use breakglass::effects::{draft, record};
use breakglass::journeys::decisions::{Earlier, changes};
use breakglass::journeys::effect::RecordEffect;
use breakglass::journeys::screen::Block;
use breakglass::journeys::{Effect, screen, setup, update};

use crate::support::model::{answered, at_plan, chosen, kept, model};
use crate::support::person::{Person, choice};
use crate::support::{Home, words};

/// What is typed, by a word of the prompt.
const TEXTS: [(&str, &str); 12] = [
    ("Tenant: name", "Woodgrove"),
    ("initial domain", "woodgrove.onmicrosoft.com"),
    ("Tenant: id", "11111111-2222-4333-8444-555555555555"),
    ("A1: place", "North, room 1"),
    ("B1: place", "South, room 2"),
    ("A2: place", "North, room 3"),
    ("B2: place", "South, room 4"),
    ("custodian", "Sample Custodian"),
    ("mailed to", "Security <security@example.com>"),
    ("Approvers", "Chief Information Officer"),
    ("Retrievers", "Sample Person A; Sample Person B"),
    ("Incident system", "Sample register"),
];

fn begin(home: &Home) -> Person {
    let mut command = home.breakglass();
    command.args(["setup", "--tenant", "manual", "--plain", "--record"]).arg(home.record());
    Person::at(command)
}

/// Begins, answers the first question that is still open, and is killed as soon as the next one is asked. The prompt and
/// the answer; `None` when nothing was open.
fn answer_one_and_die(home: &Home) -> Option<(String, String)> {
    let mut person = begin(home);
    let list = person.next_question().expect("the plan");
    let Some(fill) = choice(&list, "Fill in what is empty") else {
        person.kill();
        return None;
    };
    person.type_line(&fill);
    let asked = person.next_question().expect("a question");
    let prompt = asked.lines().last().expect("a prompt").to_owned();
    let known = TEXTS.iter().find(|(words, _)| prompt.contains(words));
    // Every key has a number of its own.
    let text = known.map_or_else(
        || prompt.replace(|c: char| !c.is_ascii_alphanumeric(), ""),
        |(_, text)| (*text).to_owned(),
    );
    person.type_line(&text);
    person.next_question().expect("the next question");
    person.kill();
    Some((prompt, text))
}

#[test]
fn a_run_that_is_killed_after_any_answer_has_lost_none() {
    let home = Home::new();
    let mut given = BTreeMap::new();
    while let Some((prompt, text)) = answer_one_and_die(&home) {
        assert!(given.insert(prompt.clone(), text).is_none(), "asked again: {prompt}");
        let kept = draft::read(&home.record()).expect("it can be read").expect("answers");
        let kept = plan_file::write(&kept);
        for text in given.values().flat_map(|text| text.split([';', '<', '>'])).map(str::trim) {
            assert!(kept.contains(text), "{text} is lost:\n{kept}");
        }
    }
    assert!(given.len() >= 14, "{given:?}");
    let mut person = begin(&home);
    let list = person.next_question().expect("the plan");
    assert!(list.contains("answers of an earlier run are taken up"), "{list}");
    assert!(!home.record().join(record::PLAN).exists(), "no plan stands before somebody says so");
    person.type_line(&choice(&list, "The plan stands").expect("it can stand"));
    let steps = person.next_question().expect("the steps");
    assert!(!steps.contains("The plan cannot stand"), "{steps}");
    // The worker writes it while the next screen is drawn.
    person.leave();
    assert!(home.record().join(record::PLAN).exists(), "it stands now");
    assert!(!home.record().join(draft::DRAFT).exists(), "and its answers are needed no more");
}

#[test]
fn every_decision_that_is_changed_is_kept_at_once_and_a_dry_run_keeps_none() {
    let mut model = model();
    at_plan(&mut model);
    let open = chosen(&model, "Incident system");
    update(&mut model, open);
    let said = answered(&model, "Sample register");
    let effects = update(&mut model, said);
    kept(&mut model, &effects);
    let answers = effects.iter().find_map(|effect| match effect {
        Effect::Record(RecordEffect::KeepAnswers(plan)) => Some(plan),
        _ => None,
    });
    assert_eq!(answers.expect("it is kept").procedure.incident_system, "Sample register");

    model.desk.session.writing = breakglass::journeys::session::Writing::DryRun;
    at_plan(&mut model);
    let open = chosen(&model, "Incident system");
    update(&mut model, open);
    let said = answered(&model, "Another register");
    assert_eq!(update(&mut model, said), Vec::new());
}

fn other_owner() -> Plan {
    let mut plan = crate::support::sample::plan();
    plan.upkeep.owner = "Another team".to_owned();
    plan
}

#[test]
fn what_a_plan_file_overrules_is_told_and_may_be_taken_instead() {
    let mut model = model();
    model.desk.earlier = Earlier::Overruled(Box::new(other_owner()));
    at_plan(&mut model);
    let told = screen(&model).prose.iter().any(|block| match block {
        Block::List(lines) => {
            lines.iter().any(|line| line.contains("owned by: IT Security in the plan file, Another team"))
        }
        _ => false,
    });
    assert!(told, "{:#?}", screen(&model).prose);
    let take = chosen(&model, "Take the answers of the record");
    assert_eq!(take, breakglass::journeys::Msg::Setup(setup::Msg::TakeEarlier));
    update(&mut model, take);
    assert_eq!(model.desk.plan().upkeep.owner, "Another team");
    assert_eq!(
        changes(&crate::support::sample::plan(), model.desk.plan()),
        ["Upkeep is owned by: Another team"]
    );
}

#[test]
fn an_unattended_run_says_what_its_plan_file_overrules() {
    let home = Home::new();
    let run = |mut command: Command| command.stdin(Stdio::null()).output().expect("it runs");
    std::fs::create_dir_all(home.record()).expect("a folder");
    draft::save(&home.record(), &other_owner()).expect("it is kept");
    let mut command = home.setup("p1");
    command.arg("--dry-run");
    let told = words(&run(command));
    assert!(told.contains("The plan file counts; the record has other answers:"), "{told}");
    assert!(told.contains("Another team in the record"), "{told}");
}

#[test]
fn what_another_layout_has_not_is_not_among_the_answers_that_are_taken_up() {
    use breakglass::domain::plan::Layout;
    let before = crate::support::sample::plan();
    let mut answers = before.clone();
    Layout::TwoSafes.arrange(&mut answers);
    let told = changes(&before, &answers);
    assert!(told.contains(&"Safes: two safes".to_owned()), "{told:?}");
    assert!(told.iter().all(|line| !line.starts_with("Safe B1:")), "{told:?}");
    let overruled = Earlier::Overruled(Box::new(answers)).overruled(&before).join("\n");
    assert!(overruled.contains("Safe B1: place: Sample Building South"), "{overruled}");
    assert!(!overruled.contains("(empty) in the record"), "{overruled}");
}
