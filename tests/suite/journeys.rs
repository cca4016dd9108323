//! The pure core: what a choice may lead to, and what a changed policy that is not as it should be leads to.

use breakglass::domain::check::repair::{Before, RepairCase, Repairing};
use breakglass::domain::connection::sign_in::{Audience, Demand};
use breakglass::domain::facts::policy::Policy;
use breakglass::domain::facts::{
    Account, Accounts, Area, AreaFacts, Facts, Group, Groups, InSlot, Licenses, Organization, Reading,
};
use breakglass::domain::mark::Mark;
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::{Entry, Evidence};
use breakglass::domain::secret::SecretId;
use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::Action;
use breakglass::journeys::message::{Answer, Done, Effect, Msg, Needed, NeededBy};
use breakglass::journeys::model::{Model, PlanOrigin, Session, Stage, TenantChoice, Writing};
use breakglass::journeys::screen::{Question, Weight};
use breakglass::journeys::{screen, update};
use jiff::Timestamp;
use serde_json::{Value, json};

const GROUP: &str = "group";

fn policy(change: &Value) -> Policy {
    let mut raw = json!({"id": "CA1", "displayName": "CA1", "state": "disabled",
        "conditions": {"users": {"includeUsers": ["All"], "excludeGroups": []}}});
    raw.as_object_mut().expect("an object").extend(change.as_object().expect("an object").clone());
    Policy::from_raw(raw).expect("a policy")
}

pub fn model() -> Model {
    let session = Session {
        journey: "setup".to_owned(),
        choice: TenantChoice::Open,
        requests: None,
        mark: Mark::Rehearsal,
        tenant: "test".to_owned(),
        writing: Writing::Allowed,
        plan_origin: PlanOrigin::Given,
        security_info: "http://localhost/".to_owned(),
        portal: String::new(),
        entra: String::new(),
        record: "record".to_owned(),
        time_scale: 1.0,
        today: jiff::civil::date(2026, 11, 23),
        now: Timestamp::UNIX_EPOCH,
    };
    let plan = plan_file::read(plan_file::example()).expect("a plan");
    let mut model = Model::new(session, plan, Evidence::default());
    model.facts = Facts {
        organization: Reading::Read(Organization {
            id: breakglass::rehearsal::TENANT_ID.to_owned(),
            name: "Contoso".to_owned(),
            initial_domain: "contoso.onmicrosoft.com".to_owned(),
            initial_is_managed: true,
            domains: Vec::new(),
            federated: Vec::new(),
        }),
        licenses: Reading::Read(Licenses { p1: true, p2: true }),
        accounts: Reading::Read(Accounts::default()),
        policies: Reading::Read(vec![policy(&json!({}))]),
        group: Reading::Read(Groups {
            found: Some(Group {
                id: GROUP.to_owned(),
                name: "Exclusions".to_owned(),
                description: String::new(),
                role_assignable: true,
                dynamic: false,
                members: Vec::new(),
                owners: Vec::new(),
            }),
            others: Vec::new(),
        }),
        ..Facts::default()
    };
    model.stage = Stage::Overview;
    model
}

/// Every message a person can send from the present screen, with its weight.
fn offers(model: &Model) -> Vec<(Msg, Weight)> {
    let shown = screen(model);
    let mut offers: Vec<(Msg, Weight)> = shown.choices.iter().map(|c| (c.msg.clone(), c.weight)).collect();
    match shown.question {
        Some(Question::Text { .. }) => offers.push((Msg::Answer("text".to_owned()), Weight::Safe)),
        Some(Question::Consent(_)) => {
            offers.extend([(Msg::Toggle(0), Weight::Safe), (Msg::ShowCall(0), Weight::Safe)]);
        }
        Some(Question::Secret { .. }) => offers.push((Msg::Entered(SecretId(1)), Weight::Safe)),
        Some(Question::SecretLine { .. } | Question::CopyByHand { .. }) | None => {}
    }
    offers
}

/// Under repair, with everything on the screen that the case can offer.
fn under_repair(case: RepairCase) -> Model {
    let mut model = model();
    let account = |slot: Slot| InSlot { slot, account: account(slot.key()) };
    let in_slots = [Slot::FIRST, Slot::new(1)].map(account).to_vec();
    model.facts.accounts = Reading::Read(Accounts { in_slots, ..Accounts::default() });
    let (before, key) = (Some(Before::default()), Some(0));
    model.repair = Some(Repairing { case, slot: Slot::FIRST, key, since: 1, tests: 0, before });
    model
}

fn account(id: &str) -> Account {
    Account::as_set_up(id, (&format!("{id}@contoso.onmicrosoft.com"), id))
}

#[test]
fn a_choice_that_is_not_marked_never_writes() {
    let mut worlds: Vec<Model> = (1..=9).map(|step| Model { step, ..model() }).collect();
    worlds.extend(RepairCase::ALL.map(under_repair));
    let mut looked_at = 0;
    while let Some(world) = worlds.pop() {
        looked_at += 1;
        for (msg, weight) in offers(&world) {
            let mut next = world.clone();
            let effects = update(&mut next, msg.clone());
            let writes = effects
                .iter()
                .any(|e| matches!(e, Effect::Do(_) | Effect::Make(_) | Effect::PrintSlip { .. }));
            assert!(!writes || weight == Weight::Writes, "{msg:?} writes without saying so: {effects:?}");
            if weight == Weight::Safe && next.stage != world.stage && looked_at < 2_000 {
                worlds.push(next);
            }
        }
    }
    assert!(looked_at > 100, "only {looked_at} screens were reached");
}

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

/// Consents to the exclusion of the one policy and answers the write.
fn excluded(model: &mut Model) -> Vec<Effect> {
    model.step = 5;
    update(model, Msg::DoForMe);
    let effects = update(model, Msg::Consent);
    let Some(Effect::Do(action @ Action::ExcludeGroup { .. })) = effects.first() else {
        panic!("{effects:?}")
    };
    let before = policy(&json!({}));
    let original = Entry::Intends {
        key: action.key(),
        sentence: action.sentence(),
        call: String::new(),
        slot: None,
        original: Some(before.raw.clone()),
    };
    update(model, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(original)));
    let answer = Answer { secret: None, before: Some(before) };
    update(model, Msg::Did(Box::new(Done { action: action.clone(), result: Ok(answer) })))
}

fn read_policies(model: &mut Model, found: Policy) -> Vec<Effect> {
    update(model, Msg::Read(Box::new(AreaFacts::Policies(Reading::Read(vec![found])))));
    update(model, Msg::ReadDone)
}

#[test]
fn the_first_changed_policy_is_looked_at_alone() {
    let mut model = model();
    let effects = excluded(&mut model);
    assert!(matches!(effects.first(), Some(Effect::Read { areas, .. }) if areas.len() == 1), "{effects:?}");
    read_policies(&mut model, policy(&json!({})).with_group_excluded(GROUP));
    assert_eq!(model.trouble, None);
}

#[test]
fn a_difference_that_stays_stops_the_run_and_offers_the_original() {
    let mut model = model();
    excluded(&mut model);
    let other = policy(&json!({"state": "enabled"})).with_group_excluded(GROUP);
    let second = read_policies(&mut model, other.clone());
    assert!(
        matches!(second.first(), Some(Effect::Read { pause, .. }) if !pause.is_zero()),
        "no second look: {second:?}"
    );
    read_policies(&mut model, other);
    assert!(model.trouble.as_ref().is_some_and(|t| t.why.contains("/state")), "{:?}", model.trouble);
    let Stage::Consent(consent) = &model.stage else { panic!("{:?}", model.stage) };
    assert!(matches!(consent.actions.as_slice(), [Action::RestorePolicy { .. }]));
    let written = update(&mut model, Msg::Consent);
    assert!(matches!(written.first(), Some(Effect::Do(Action::RestorePolicy { .. }))), "{written:?}");
}

#[test]
fn a_stale_read_is_forgiven() {
    let mut model = model();
    excluded(&mut model);
    read_policies(&mut model, policy(&json!({})));
    read_policies(&mut model, policy(&json!({})).with_group_excluded(GROUP));
    assert_eq!(model.trouble, None);
}

#[test]
fn in_a_live_tenant_the_first_write_waits_and_going_back_drops_it() {
    let mut model = model();
    model.gate = breakglass::journeys::model::Gate::AwaitsName;
    model.step = 5;
    update(&mut model, Msg::DoForMe);
    assert_eq!(update(&mut model, Msg::Consent), Vec::new());
    assert_eq!(update(&mut model, Msg::Answer("Fabrikam".to_owned())), Vec::new());
    assert!(matches!(screen(&model).question, Some(Question::Text { problem: Some(_), .. })));
    assert_eq!(update(&mut model, Msg::Back), Vec::new());
    assert_eq!(model.stage, Stage::Overview);
    update(&mut model, Msg::DoForMe);
    update(&mut model, Msg::Consent);
    let written = update(&mut model, Msg::Answer(" contoso ".to_owned()));
    assert!(matches!(written.first(), Some(Effect::Do(Action::ExcludeGroup { .. }))), "{written:?}");
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
fn nobody_vouches_without_a_name_and_the_word_is_told() {
    let mut model = model();
    model.stage = Stage::Looked;
    model.step = 8;
    model.evidence.documents = vec!["pages/credentials.pdf".to_owned()];
    model.stage = Stage::Overview;
    update(&mut model, Msg::ShowTasks);
    let vouch = screen(&model).choices.into_iter().find(|c| c.label.contains("printed, signed"));
    update(&mut model, vouch.expect("a word to be vouched for").msg);
    update(&mut model, Msg::Answer("  ".to_owned()));
    let Some(Question::Text { problem, .. }) = screen(&model).question else { panic!("no question") };
    assert!(problem.is_some_and(|words| words.contains("A name is needed")));
    for msg in [Msg::Answer("Sample Person A".to_owned()), Msg::Answer(String::new()), Msg::Consent] {
        update(&mut model, msg);
    }
    assert!(screen(&model).said.is_some_and(|words| words.contains("Sample Person A")));
    update(&mut model, Msg::ShowHow);
    assert_eq!(screen(&model).said, None);
}

#[test]
fn one_choice_shows_the_call_of_every_ticked_write() {
    let mut model = model();
    update(&mut model, Msg::DoForMe);
    update(&mut model, Msg::ShowCalls);
    let calls = |model: &Model| match screen(model).question {
        Some(Question::Consent(lines)) => lines.iter().filter(|line| !line.call.is_empty()).count(),
        _ => 0,
    };
    assert!(calls(&model) > 0);
    update(&mut model, Msg::Toggle(0));
    update(&mut model, Msg::ShowCalls);
    assert_eq!(calls(&model), 0, "hidden again");
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
