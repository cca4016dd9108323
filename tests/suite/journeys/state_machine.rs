//! The pure core: where a choice leads, what is asked for once, and how long a list takes.

use std::collections::{BTreeSet, VecDeque};

use breakglass::domain::connection::sign_in::{Audience, Demand};
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::{Area, AreaFacts, Reading};
use breakglass::domain::write::action::{Action, RecycleBin};
use breakglass::domain::write::order::Others;
use breakglass::journeys::effect::{Brought, Done, TenantEffect, Wait};
use breakglass::journeys::message::{Needed, NeededBy, Now};
use breakglass::journeys::model::Model;
use breakglass::journeys::setup::{self, At};
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::writing::{self, Changes, Left, Stopping, Writing};
use breakglass::journeys::tasks::{board, sign_in};
use breakglass::journeys::{Effect, Msg, screen, update};
use breakglass::steps::StepId;
use breakglass::steps::Subject;
use serde_json::json;

use crate::support::model::{
    at_plan, at_step, board, consented, found, is_at_board, model, model_at, policy, reading, step_of, tell,
    write,
};

#[test]
fn every_screen_has_a_way_back_or_out() {
    for step in 1..=9 {
        let mut world = model_at(step);
        for msg in [board::Msg::DoForMe, board::Msg::ShowHow, board::Msg::Begin(0)] {
            let mut next = world.clone();
            update(&mut next, board(msg));
            assert!(!screen(&next).choices.is_empty(), "no way on from {:?}", next.top());
        }
        update(&mut world, Msg::Quit);
        assert!(screen(&world).choices.iter().any(|c| c.msg == Msg::Stay), "no way back from leaving");
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
    at_step(model, 5);
    let mut effects = consented(model);
    let (mut requests, mut done, mut half) = (0, 0, None);
    let mut now: Vec<Policy> = policies;
    while let Some(effect) = effects.pop() {
        match effect {
            Effect::Tenant(TenantEffect::Write(write)) => {
                requests += REQUESTS_FOR_A_POLICY;
                done += 1;
                pass(model, REQUESTS_FOR_A_POLICY);
                let before = Some(excluded(&mut now, &write.action));
                effects.extend(tell(model, &write, Ok(Brought { before, ..Brought::default() })));
                if done == count / 2 {
                    half = screen(model).work.and_then(|w| w.seconds_left).map(|left| (requests, left));
                }
            }
            Effect::Tenant(TenantEffect::Read(read)) => {
                requests += if read.areas.contains(&Area::Policies) { PAGES_OF_THE_LIST } else { 0 };
                pass(model, PAGES_OF_THE_LIST);
                let policies = AreaFacts::Policies(Reading::Read(now.clone()));
                effects.extend(found(model, &read, vec![policies]));
            }
            other => panic!("{other:?}"),
        }
        if done == count && !matches!(model.top(), Layer::Writing(_)) {
            break;
        }
    }
    (requests, half)
}

/// Lets the time of so many requests pass.
fn pass(model: &mut Model, requests: u32) {
    let (now, today) = (model.desk.session.now, model.desk.world.today());
    let at = now.checked_add(PACE * i32::try_from(requests).expect("small")).expect("a time");
    update(model, Msg::Tick(Now { at, today }));
}

/// Excludes the group from the policy, and returns that as it was.
fn excluded(policies: &mut [Policy], action: &Action) -> Policy {
    let Action::ExcludeGroup { policy, group, .. } = action else { panic!("{action:?}") };
    let now = policies.iter_mut().find(|p| p.id == *policy).expect("it is there");
    let changed = now.with_group_excluded(group);
    std::mem::replace(now, changed)
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
    let mut model = model_at(5);
    let written = write(&consented(&mut model)).clone();
    let demand = Demand { audience: Audience::Graph, claims: Some("{\"access_token\":{}}".to_owned()) };
    let needed = || {
        let by = NeededBy::Write(written.clone());
        Msg::SignInNeeded(Box::new(Needed { demand: demand.clone(), by }))
    };
    let effects = update(&mut model, needed());
    let Some(Effect::Wait(Wait::SignIn { demand: asked, tell })) = effects.first() else {
        panic!("{effects:?}")
    };
    assert_eq!(*asked, demand);
    assert!(matches!(model.top(), Layer::SignIn(..)));
    let derived = update(&mut model, tell.ended.with(Ok(())));
    assert!(reading(&derived[..1]).is_some(), "it is derived again from facts: {derived:?}");
    let again = update(&mut model, needed());
    let signs_in = |effect: &Effect| matches!(effect, Effect::Wait(Wait::SignIn { .. }));
    assert!(!again.iter().any(signs_in), "{again:?}");
    assert!(model.desk.trouble.is_some(), "the reason is told");
}

#[test]
fn work_goes_on_without_a_sign_in_when_that_is_chosen() {
    let mut model = model();
    let effects = update(&mut model, board(board::Msg::CheckAgain));
    let read = reading(&effects).expect("a reading").clone();
    let demand = Demand { audience: Audience::Arm, claims: None };
    update(&mut model, Msg::SignInNeeded(Box::new(Needed { demand, by: NeededBy::Read(read) })));
    let without = Msg::SignIn(sign_in::Msg::GoOnWithout);
    assert!(screen(&model).choices.iter().any(|c| c.msg == without), "there is a way on");
    let effects = update(&mut model, without);
    assert!(effects.contains(&Effect::Tenant(TenantEffect::Decline(Audience::Arm))), "{effects:?}");
    assert!(reading(&effects).is_some(), "the reading goes on: {effects:?}");
    assert!(is_at_board(&model), "{:?}", model.stack);
}

#[test]
fn going_on_shows_every_step_once() {
    let mut model = model();
    let mut seen = vec![step_of(&model)];
    while is_at_board(&model) {
        update(&mut model, Msg::Setup(setup::Msg::Next));
        seen.push(step_of(&model));
        assert!(seen.len() < 40, "it goes round in circles: {seen:?}");
    }
    assert!(matches!(model.top(), Layer::Setup(setup) if setup.at == At::End), "{:?}", model.stack);
    let steps: BTreeSet<u8> = seen.iter().copied().collect();
    assert_eq!(steps.len(), 9, "{seen:?}");
}

#[test]
fn a_refusal_in_the_middle_of_a_list_is_told_at_its_end() {
    let mut model = model();
    model.desk.trouble = Some(breakglass::domain::trouble::Trouble::new("Refused: one.", "why", "next"));
    let action = Action::CreateUser {
        slot: breakglass::domain::slot::Slot::FIRST,
        upn: "a@contoso.onmicrosoft.com".to_owned(),
        display_name: "A".to_owned(),
        bin: RecycleBin::Read,
    };
    model.stack.push(Layer::Writing(Box::new(second_of_two(&model, action.clone()))));
    let done = Done { action, result: Ok(Brought::default()), others: Others::GoOn };
    let effects = update(&mut model, Msg::Writing(writing::Msg::Did(Box::new(done))));
    let is_told = |model: &Model| screen(model).trouble.is_some_and(|told| told.what == "Refused: one.");
    assert!(is_told(&model));
    found(&mut model, reading(&effects).expect("a reading"), Vec::new());
    assert!(is_at_board(&model) && is_told(&model), "{:?}", model.stack);
}

#[test]
fn from_a_choice_that_reads_to_what_follows_the_reading_nothing_can_be_chosen() {
    let mut model = model();
    at_plan(&mut model);
    let effects = update(&mut model, Msg::Setup(setup::Msg::Accept));
    let read = reading(&effects).expect("a reading");
    for area in [AreaFacts::Policies(Reading::Read(Vec::new())), AreaFacts::Methods(Reading::default())] {
        assert!(screen(&model).choices.is_empty(), "{:?}", screen(&model).choices);
        update(&mut model, Msg::Read(Box::new(area)));
    }
    assert!(screen(&model).choices.is_empty(), "{:?}", screen(&model).choices);
    found(&mut model, read, Vec::new());
    // How the steps stand is in the record by now.
    model.desk.unrecorded = 0;
    let shown = screen(&model);
    assert!(!shown.choices.is_empty() && shown.title != "The plan", "the plan is asked for again");
}

/// The second of two writes is on its way.
fn second_of_two(model: &Model, doing: Action) -> Writing {
    Writing {
        subject: Subject::Step(StepId::FIRST_ACCOUNT),
        consented: BTreeSet::new(),
        queue: VecDeque::new(),
        doing: Some(doing),
        done: 0,
        made: Vec::new(),
        total: 2,
        began: model.desk.session.now,
        stale: BTreeSet::new(),
        changes: Changes::default(),
        left: Left::default(),
        stopping: Stopping::No,
        asked_again: 0,
    }
}
