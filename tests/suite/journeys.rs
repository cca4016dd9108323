//! The pure core: what a choice may lead to, and what a changed policy that is not as it should be leads to.

use breakglass::domain::action::Action;
use breakglass::domain::evidence::{Entry, Evidence};
use breakglass::domain::facts::{Accounts, AreaFacts, Facts, Group, Groups, Licenses, Organization, Reading};
use breakglass::domain::plan_file;
use breakglass::domain::policy::Policy;
use breakglass::domain::secret::SecretId;
use breakglass::journeys::message::{Answer, Done, Effect, Msg};
use breakglass::journeys::model::{Model, PlanOrigin, Session, Stage, Writing};
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

fn model() -> Model {
    let session = Session {
        mark: "REHEARSAL".to_owned(),
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

#[test]
fn a_choice_that_is_not_marked_never_writes() {
    let mut worlds: Vec<Model> = (1..=9).map(|step| Model { step, ..model() }).collect();
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
