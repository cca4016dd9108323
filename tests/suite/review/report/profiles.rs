//! Frameworks: which controls a finding answers, and where those that were chosen contradict each other.

use std::collections::BTreeSet;

use breakglass::domain::check::id::CheckId;
use breakglass::domain::plan::{Profile, plan_file};
use breakglass::guide;
use breakglass::journeys::report::review::controls;

#[test]
fn every_profile_is_told_and_each_of_its_controls_is_answered_by_a_check() {
    let told: Vec<Profile> = guide::profiles().iter().map(|profile| profile.id).collect();
    assert_eq!(told, Profile::ALL);
    for profile in guide::profiles() {
        assert!(!profile.controls.is_empty(), "{}", profile.name);
        let ids: BTreeSet<&str> = profile.controls.iter().map(|control| control.id.as_str()).collect();
        assert_eq!(ids.len(), profile.controls.len(), "{}: an id stands twice", profile.name);
        for control in &profile.controls {
            for pattern in &control.checks {
                let alone = guide::ControlWords { checks: vec![pattern.clone()], ..control.clone() };
                let answers = CheckId::all().any(|check| alone.is_answered_by(check));
                assert!(answers, "{} {}: there is no check {pattern}", profile.name, control.id);
            }
        }
    }
}

#[test]
fn a_finding_names_the_controls_of_the_chosen_profiles_and_no_others() {
    let ids = |check: CheckId, chosen: &[Profile]| -> Vec<String> {
        let controls = controls(check, chosen).into_iter();
        controls.map(|control| format!("{} {}", control.profile, control.id)).collect()
    };
    assert_eq!(ids(CheckId::RolePermanent, &[Profile::Guide]), ["guide point 3"]);
    assert_eq!(
        ids(CheckId::RolePermanent, &[Profile::Guide, Profile::Cis, Profile::Scuba, Profile::ZeroTrust]),
        [
            "guide point 3",
            "cis 1.1.2",
            "scuba MS.AAD.7.4v1",
            "zero-trust 21815",
            "zero-trust 21816",
            "zero-trust 21835"
        ]
    );
    assert_eq!(ids(CheckId::AlertsSignInRule, &[Profile::Cis]), ["cis 2.2.1"], "by its family");
}

#[test]
fn profiles_that_contradict_are_told_in_a_sentence_and_others_are_not() {
    assert!(guide::contradictions(&[Profile::Guide]).is_empty());
    let told = guide::contradictions(&[Profile::Guide, Profile::Guardrails]);
    let about: Vec<&str> = told.iter().filter_map(|one| Some(one.split_once(':')?.0)).collect();
    assert_eq!(about, ["License", "Owner", "Second factor", "Test"]);
    assert_eq!(
        told[0],
        "License: for the guide, the accounts have none; for GC Cloud Guardrails, each has Entra ID P2. \
         The accounts stay without one here; where an auditor asks for it, accept that by name."
    );
    let counts =
        guide::contradictions(&[Profile::Guide, Profile::Cis, Profile::Scuba, Profile::EssentialEight]);
    let count = counts.iter().find(|one| one.starts_with("Number of")).expect("the number");
    assert!(
        count.contains("CIS Microsoft 365 Foundations and ACSC Essential Eight, there are two to four"),
        "{count}"
    );
    // All positions of frameworks that agree are one position.
    assert!(
        !guide::contradictions(&[Profile::Guide, Profile::Cis]).iter().any(|one| one.starts_with("License"))
    );
}

#[test]
fn a_profile_is_chosen_in_the_plan_and_an_unknown_one_is_told() {
    let chosen = format!("{}\n[review]\nprofiles = [\"cis\", \"gc-guardrails\"]\n", plan_file::example());
    let plan = plan_file::read(&chosen).expect("a plan");
    assert_eq!(plan.review.chosen(), [Profile::Guide, Profile::Cis, Profile::Guardrails]);
    let again = plan_file::read(&plan_file::write(&plan)).expect("what was written");
    assert_eq!(again.review, plan.review);
    let wrong = chosen.replace("\"cis\"", "\"cys\"");
    let refused = plan_file::read(&wrong).expect_err("no profile").to_string();
    assert!(refused.contains("there is no profile called \"cys\"; did you mean cis?"), "{refused}");
}
