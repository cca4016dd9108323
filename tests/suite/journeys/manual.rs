//! The manual tenant: the whole wizard without a connection. What is not looked up is vouched for, and says so.

use std::collections::BTreeSet;
use std::process::{Command, Stdio};

use breakglass::domain::facts::Facts;
use breakglass::domain::mark::Mark;
use breakglass::domain::plan::{License, Tenant, plan_file};
use breakglass::domain::record::Evidence;
use breakglass::journeys::effect::{RecordEffect, Wait};
use breakglass::journeys::model::{Model, Presence};
use breakglass::journeys::session::Session;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::{Effect, Msg, Question, screen, update};
use jiff::Timestamp;
use serde_json::Value;

use crate::support::model::{kept, place};
use crate::support::plain;
use crate::support::session::session;
use crate::support::{Home, words};

const TENANT: &str = "11111111-2222-4333-8444-555555555555";

fn named() -> Tenant {
    Tenant {
        name: "Woodgrove".to_owned(),
        initial_domain: "woodgrove.onmicrosoft.com".to_owned(),
        id: TENANT.to_owned(),
        license: Some(License::P1),
    }
}

/// The example plan for the manual tenant, with somebody's word about each of `subjects`.
fn write_plan(home: &Home, subjects: &BTreeSet<String>) -> std::path::PathBuf {
    let mut plan = plan_file::read(plan_file::example()).expect("the example");
    plan.tenant = Some(named());
    let today = jiff::Zoned::now().date();
    let pattern = breakglass::domain::plan::Attestation { date: today, ..plan.attestations[0].clone() };
    plan.attestations.clear();
    for about in subjects {
        let (about, tenant) = (about.as_str().into(), TENANT.to_owned());
        plan.attestations.push(breakglass::domain::plan::Attestation { about, tenant, ..pattern.clone() });
    }
    let path = home.path("plan.toml");
    std::fs::write(&path, plan_file::write(&plan)).expect("the plan can be written");
    path
}

fn setup(home: &Home, plan: &std::path::Path) -> Command {
    let mut command = home.breakglass();
    command.args(["setup", "--tenant", "manual", "--unattended", "--json", "--record"]).arg(home.record());
    command.arg("--plan").arg(plan).stdin(Stdio::null());
    command
}

fn report(output: &std::process::Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap_or_else(|e| panic!("{e}: {}", words(output)))
}

/// Every finding of a report.
fn findings(report: &Value) -> Vec<Value> {
    let steps = report["steps"].as_array().expect("steps").iter();
    let open = report["open"].as_array().expect("open").iter().cloned();
    steps.flat_map(|s| s["findings"].as_array().expect("findings").clone()).chain(open).collect()
}

fn subject(finding: &Value) -> String {
    let slot = finding["slot"].as_str().map(|slot| format!(":{slot}"));
    finding["check"].as_str().expect("a check").to_owned() + &slot.unwrap_or_default()
}

fn model() -> Model {
    let session =
        Session { tenant: "manual tenant".to_owned(), security_info: String::new(), ..session(Mark::Manual) };
    let mut plan = plan_file::read(plan_file::example()).expect("a plan");
    plan.tenant = Some(named());
    let mut model = Model::new(session, plan, Evidence::default(), jiff::civil::date(2026, 11, 23));
    *model.desk.world.facts_mut() = Facts::by_hand(Some(&named()));
    model
}

fn calls(effect: &Effect) -> bool {
    match effect {
        Effect::Tenant(_) => true,
        Effect::Wait(wait) => !matches!(wait, Wait::Job { .. }),
        _ => false,
    }
}

#[test]
fn nothing_a_person_can_choose_needs_a_connection() {
    let mut worlds = vec![model()];
    let mut seen: Vec<(Vec<Layer>, Presence)> = Vec::new();
    while let Some(world) = worlds.pop() {
        let shown = screen(&world);
        let mut said: Vec<Msg> = shown.choices.iter().map(|choice| choice.msg.clone()).collect();
        if let Some(Question::Text { answer, .. }) = shown.question {
            said.push(answer.with("text".to_owned()));
        }
        for msg in said {
            let mut next = world.clone();
            let effects = update(&mut next, msg.clone());
            kept(&mut next, &effects);
            for effect in effects {
                assert!(!calls(&effect), "{msg:?} asks for a connection: {effect:?}");
                // The record answers at once.
                if let Effect::Record(RecordEffect::Remember(entry)) = effect {
                    update(&mut next, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(entry)));
                }
            }
            let place = place(&next);
            if !seen.contains(&place) && seen.len() < 1_500 {
                seen.push(place);
                worlds.push(next);
            }
        }
    }
    assert!(seen.len() > 50, "only {} screens were reached", seen.len());
}

#[test]
fn a_plan_without_the_tenant_is_asked_for_it_and_unattended_says_so() {
    let home = Home::new();
    let output = setup(&home, &home.plan()).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("Tenant: name must not be empty"), "{}", words(&output));
}

#[test]
fn a_record_of_another_manual_tenant_is_refused() {
    let home = Home::new();
    let plan = write_plan(&home, &BTreeSet::new());
    setup(&home, &plan).output().expect("it runs");
    let other = std::fs::read_to_string(&plan).expect("the plan").replace(TENANT, &TENANT.replace('1', "9"));
    std::fs::write(&plan, other).expect("it can be written");
    let output = setup(&home, &plan).output().expect("it runs");
    assert_eq!(output.status.code(), Some(3));
    assert!(words(&output).contains("belongs to another tenant"), "{}", words(&output));
}

#[test]
fn the_plan_of_another_tenant_is_refused_where_there_is_a_connection() {
    let home = Home::new();
    let mut command = home.setup("p1");
    write_plan(&home, &BTreeSet::new());
    let output = command.output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(words(&output).contains("The plan is for another tenant"), "{}", words(&output));
}

/// Whole setups and long searches: `--skip slow` leaves them out.
mod slow {
    use super::*;

    #[test]
    fn unattended_it_takes_somebody_s_word_for_everything_and_says_so() {
        let home = Home::new();
        // Nobody may call here: a client would try its proxy first.
        let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
        listener.set_nonblocking(true).expect("it can be asked");
        let proxy = format!("http://{}", listener.local_addr().expect("an address"));
        let run = |plan: &std::path::Path| {
            let mut command = setup(&home, plan);
            command.env("HTTPS_PROXY", &proxy).env("HTTP_PROXY", &proxy).env("ALL_PROXY", &proxy);
            command.output().expect("it runs")
        };
        let first = run(&write_plan(&home, &BTreeSet::new()));
        assert_eq!(first.status.code(), Some(2), "{}", words(&first));
        let json = report(&first);
        assert_eq!(json["mark"], "MANUAL");
        assert!(
            findings(&json).iter().any(|f| f["detail"].as_str().is_some_and(|d| d.contains("not connected")))
        );

        let subjects: BTreeSet<String> = findings(&json).iter().map(subject).collect();
        let second = run(&write_plan(&home, &subjects));
        assert_eq!(second.status.code(), Some(2), "its slips are newer than the words: {}", words(&second));
        let subjects: BTreeSet<String> = findings(&report(&second)).iter().map(subject).collect();
        let third = run(&write_plan(&home, &subjects));
        assert_eq!(
            third.status.code(),
            Some(2),
            "files are removed once they are printed: {}",
            words(&third)
        );
        let subjects: BTreeSet<String> = findings(&report(&third)).iter().map(subject).collect();
        let fourth = run(&write_plan(&home, &subjects));
        let json = report(&fourth);
        assert_eq!(fourth.status.code(), Some(0), "{:#}", json["open"]);
        assert_eq!((&json["complete"], &json["tenant"]), (&Value::Bool(true), &Value::from(TENANT)));
        let own = [
            "method.pin-slip",
            "paper.separate-safes",
            "policies.license",
            "schedule.rotation",
            "schedule.test",
        ];
        for finding in
            findings(&json).iter().filter(|f| !own.contains(&f["check"].as_str().unwrap_or_default()))
        {
            let detail = finding["detail"].as_str().expect("a detail");
            assert!(detail.contains("Sample Person") || finding["verdict"] == "unknown", "{finding}");
        }
        assert!(listener.accept().is_err(), "something called out");
        let typed = home.journal().iter().filter(|l| l["entry"]["checked"] == "file-read-back").count();
        assert_eq!(typed, 5, "two passwords and three PINs");
    }

    #[test]
    fn a_person_at_the_plain_face_comes_to_the_end_with_the_name_on_every_word() {
        let home = Home::new();
        let mut command = home.breakglass();
        command.args(["--tenant", "manual", "--plain", "--record"]).arg(home.record());
        let (screens, seen) = plain::walk(command);
        for point in
            ["1. There are at least two", "5. No Conditional Access", "7. Passwords and PINs are on paper"]
        {
            assert!(plain::point(&seen, point).contains("done"), "{point} is open:\n{screens}");
        }
        assert!(screens.contains("MANUAL"), "{screens}");
        assert!(screens.contains("given the password on slip"), "{screens}");
        let slips: Vec<String> = home.journal().iter().map(ToString::to_string).collect();
        assert_eq!(slips.iter().filter(|l| l.contains("typed-back")).count(), 6);
    }
}
