//! The pure core: where a choice leads, what is asked for once, and how long a list takes.

use breakglass::domain::connection::sign_in::{Audience, Demand};
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::{Area, AreaFacts, Reading};
use breakglass::domain::write::action::Action;
use breakglass::journeys::message::{Answer, Done, Effect, Msg, Needed, NeededBy};
use breakglass::journeys::model::{Model, Stage};
use breakglass::journeys::{screen, update};
use serde_json::json;

use crate::support::model::{model, policy};

#[test]
fn every_screen_has_a_way_back_or_out() {
    for step in 1..=9 {
        let mut world = Model { step, ..model() };
        for msg in [Msg::DoForMe, Msg::ShowHow, Msg::Begin(0)] {
            let mut next = world.clone();
            update(&mut next, msg);
            assert!(!screen(&next).choices.is_empty(), "no way on from {:?}", next.stage);
        }
        update(&mut world, Msg::Quit);
        assert!(screen(&world).choices.iter().any(|c| c.msg == Msg::Back), "no way back from leaving");
    }
}

/// Requests to the queue of Conditional Access, each at its pace: a fresh read and a change for a policy, and a list of
/// 300 policies in fifteen pages.
const PACE: jiff::SignedDuration = jiff::SignedDuration::from_millis(1_150);
const REQUESTS_FOR_A_POLICY: u32 = 2;
const PAGES_OF_THE_LIST: u32 = 15;

/// Writes everything that was consented to, as the world would answer, and tells how many requests went by and what
/// was shown as the time left half way.
fn paced_run(model: &mut Model, count: usize) -> (u32, Option<(u32, u64)>) {
    let policies: Vec<Policy> = (0..count)
        .map(|n| policy(&json!({"id": format!("p{n}"), "displayName": format!("P{n:03}")})))
        .collect();
    update(model, Msg::Read(Box::new(AreaFacts::Policies(Reading::Read(policies.clone())))));
    model.step = 5;
    update(model, Msg::DoForMe);
    let mut effects = update(model, Msg::Consent);
    let (mut requests, mut done, mut half) = (0, 0, None);
    let mut now: Vec<Policy> = policies;
    while let Some(effect) = effects.pop() {
        match effect {
            Effect::Do(Action::ExcludeGroup { ref policy, ref group, .. }) => {
                requests += REQUESTS_FOR_A_POLICY;
                done += 1;
                let at = model
                    .session
                    .now
                    .checked_add(PACE * i32::try_from(REQUESTS_FOR_A_POLICY).expect("small"));
                update(model, Msg::Tick(at.expect("a time")));
                let before = now.iter().position(|p| p.id == *policy).expect("it is there");
                let (old, new) = (now[before].clone(), now[before].with_group_excluded(group));
                now[before] = new;
                let Effect::Do(action) = effect else { unreachable!() };
                let result = Ok(Answer { secret: None, before: Some(old) });
                effects.extend(update(model, Msg::Did(Box::new(Done { action, result }))));
                if done == count / 2 {
                    half = screen(model).work.and_then(|w| w.seconds_left).map(|left| (requests, left));
                }
            }
            Effect::Read { areas, .. } => {
                requests += if areas.contains(&Area::Policies) { PAGES_OF_THE_LIST } else { 0 };
                let at =
                    model.session.now.checked_add(PACE * i32::try_from(PAGES_OF_THE_LIST).expect("small"));
                update(model, Msg::Tick(at.expect("a time")));
                update(model, Msg::Read(Box::new(AreaFacts::Policies(Reading::Read(now.clone())))));
                effects.extend(update(model, Msg::ReadDone));
            }
            other => panic!("{other:?}"),
        }
        if done == count && !matches!(model.stage, Stage::Working(_)) {
            break;
        }
    }
    (requests, half)
}

#[test]
fn the_time_left_half_way_is_right_within_a_tenth() {
    let mut model = model();
    let (requests, half) = paced_run(&mut model, 300);
    let (then, shown) = half.expect("a time left is shown half way");
    let really = f64::from(requests - then) * PACE.as_secs_f64();
    let shown = f64::from(u32::try_from(shown).expect("small"));
    assert!((shown - really).abs() <= really / 10.0, "shown {shown} s, really {really} s");
}

#[test]
fn a_list_is_read_once_for_twenty_five_policies_and_a_constant() {
    let mut model = model();
    let (requests, _) = paced_run(&mut model, 300);
    let lists = (requests - 600) / PAGES_OF_THE_LIST;
    assert!(lists <= 300 / 25 + 2, "{lists} lists");
}

#[test]
fn a_stronger_sign_in_that_brings_nothing_is_asked_for_once() {
    let mut model = model();
    model.step = 5;
    update(&mut model, Msg::DoForMe);
    let Some(Effect::Do(action)) = update(&mut model, Msg::Consent).into_iter().next() else {
        panic!("a write")
    };
    let demand = Demand { audience: Audience::Graph, claims: Some("{\"access_token\":{}}".to_owned()) };
    let needed = || {
        let by = NeededBy::Write(Box::new(action.clone()));
        Msg::SignInNeeded(Box::new(Needed { demand: demand.clone(), by }))
    };
    assert!(matches!(update(&mut model, needed()).first(), Some(Effect::SignIn(asked)) if *asked == demand));
    assert!(matches!(model.stage, Stage::SigningIn(_)));
    let derived = update(&mut model, Msg::SignedIn(Ok(())));
    assert!(
        matches!(derived.first(), Some(Effect::Read { .. })),
        "it is derived again from facts: {derived:?}"
    );
    let again = update(&mut model, needed());
    assert!(!again.iter().any(|e| matches!(e, Effect::SignIn(_))), "{again:?}");
    assert!(model.trouble.is_some(), "the reason is told");
}

#[test]
fn work_goes_on_without_a_sign_in_when_that_is_chosen() {
    let mut model = model();
    update(&mut model, Msg::CheckAgain);
    let demand = Demand { audience: Audience::Arm, claims: None };
    update(&mut model, Msg::SignInNeeded(Box::new(Needed { demand, by: NeededBy::Reading })));
    assert!(screen(&model).choices.iter().any(|c| c.msg == Msg::Skip), "there is a way on");
    let effects = update(&mut model, Msg::Skip);
    assert!(effects.contains(&Effect::Decline(Audience::Arm)), "{effects:?}");
    assert!(effects.iter().any(|e| matches!(e, Effect::Read { .. })), "the reading goes on: {effects:?}");
    assert_eq!(model.stage, Stage::Overview);
}

#[test]
fn going_on_shows_every_step_once() {
    let mut model = model();
    let mut seen = vec![model.step];
    while matches!(model.stage, Stage::Overview) {
        update(&mut model, Msg::NextStep);
        seen.push(model.step);
        assert!(seen.len() < 40, "it goes round in circles: {seen:?}");
    }
    let steps: std::collections::BTreeSet<u8> = seen.iter().copied().collect();
    assert_eq!(steps.len(), 9, "{seen:?}");
}

#[test]
fn a_refusal_in_the_middle_of_a_list_is_told_at_its_end() {
    let mut model = model();
    model.trouble = Some(breakglass::domain::trouble::Trouble::new("Refused: one.", "why", "next"));
    model.stage = Stage::Working(breakglass::journeys::model::Working { total: 2, ..Default::default() });
    let action = Action::CreateUser {
        slot: breakglass::domain::slot::Slot::FIRST,
        upn: "a@contoso.onmicrosoft.com".to_owned(),
        display_name: "A".to_owned(),
    };
    let answer = Answer { secret: None, before: None };
    update(&mut model, Msg::Did(Box::new(Done { action, result: Ok(answer) })));
    assert!(screen(&model).trouble.is_some_and(|trouble| trouble.what == "Refused: one."));
}
