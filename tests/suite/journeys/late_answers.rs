//! Answers that come late, or not at all: what nobody waits for any longer never counts, and what may have happened all
//! the same is recorded, revoked, deleted and forgotten.

use breakglass::domain::connection::sign_in::Prompt;
use breakglass::domain::facts::{
    Account, Accounts, Area, AreaFacts, InSlot, MethodKind, Reading, Registered,
};
use breakglass::domain::record::{AdministrativeRead, Entry, Use, UseKind};
use breakglass::domain::secret::SecretId;
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::domain::write::action::Action;
use breakglass::journeys::effect::{Brought, TestReplies, TestSeen, VaultEffect, Wait};
use breakglass::journeys::home::Home;
use breakglass::journeys::message::Now;
use breakglass::journeys::model::Model;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::register_key::{self, RegisterKey};
use breakglass::journeys::tasks::sign_in_test::{self, SignInTest};
use breakglass::journeys::tasks::slip::{self, MakeSlip};
use breakglass::journeys::turn::Start;
use breakglass::journeys::{Effect, Msg, begin, screen, update};
use jiff::{SignedDuration, Timestamp};

use crate::support::model::{
    action, answered, chosen, found, is_at_board, model_at, reading, slip, tell, write,
};

/// With the first account there.
fn model(step: u8) -> Model {
    let mut model = model_at(step);
    let account = Account {
        password_changed: Some(Timestamp::UNIX_EPOCH),
        ..Account::as_set_up("first-id", "first@contoso.onmicrosoft.com", "First")
    };
    let in_slots = vec![InSlot { slot: Slot::FIRST, account }];
    let accounts = Accounts { in_slots, ..Accounts::default() };
    model.desk.world.facts_mut().absorb(AreaFacts::Accounts(Reading::Read(accounts)));
    model.desk.world.facts_mut().absorb(AreaFacts::Methods(Reading::Read(Vec::new())));
    model
}

/// A person answers the question on the screen.
fn types(model: &mut Model, text: &str) -> Vec<Effect> {
    let msg = answered(model, text);
    update(model, msg)
}

/// A person takes a choice.
fn picks(model: &mut Model, words: &str) -> Vec<Effect> {
    let msg = chosen(model, words);
    update(model, msg)
}

fn prompt() -> Prompt {
    Prompt::Browser {
        address: "https://login.example/authorize".to_owned(),
        short: "http://localhost/".to_owned(),
    }
}

fn forgets(effects: &[Effect], secret: SecretId) -> bool {
    effects.iter().any(|effect| *effect == Effect::Vault(VaultEffect::Forget(secret)))
}

fn writes(effects: &[Effect]) -> Vec<&Action> {
    effects.iter().filter_map(Effect::as_write).map(|write| &write.action).collect()
}

/// At a sign-in test whose page is shown; how its answers are told.
fn testing(model: &mut Model) -> TestReplies<Msg> {
    model.stack.push(Layer::SignInTest(SignInTest::begin(Slot::FIRST)));
    update(model, Msg::SignInTest(sign_in_test::Msg::Begin));
    picks(model, "Somebody else");
    let effects = types(model, "Sample Tester");
    let Some(Effect::Wait(Wait::TestSignIn { tell, .. })) = effects.into_iter().next() else {
        panic!("no sign-in is awaited")
    };
    update(model, tell.prompt.with(prompt()));
    tell
}

fn seen() -> TestSeen {
    TestSeen {
        administrator: true,
        read: AdministrativeRead::Worked,
        azure: AdministrativeRead::Worked,
        with: Box::default(),
        seconds: 7,
        at: Timestamp::UNIX_EPOCH,
    }
}

#[test]
fn a_test_given_up_with_its_page_open_is_recorded_as_a_possible_use_and_its_sessions_are_revoked() {
    let mut model = model(9);
    let tells = testing(&mut model);
    let effects = picks(&mut model, "Stop waiting");
    assert!(effects.contains(&Effect::StopWaiting), "the listener closes: {effects:?}");
    let entry = effects.iter().find_map(Effect::as_entry);
    let Some(Entry::Used(Use { kind: UseKind::TestGivenUp, slot: Slot::FIRST, .. })) = entry else {
        panic!("no use is recorded: {effects:?}")
    };
    assert!(matches!(writes(&effects).as_slice(), [Action::RevokeSessions { slot: Slot::FIRST, .. }]));
    let late = update(&mut model, tells.ended.with(Ok(seen())));
    assert!(late.is_empty(), "a late answer counts: {late:?}");
    let revoke = effects.iter().find_map(Effect::as_write).expect("a write").clone();
    tell(&mut model, &revoke, Ok(Brought::default()));
    assert!(is_at_board(&model));
    assert_eq!(model.desk.evidence().test(Slot::FIRST), None, "nothing was tested");
}

#[test]
fn where_no_page_was_shown_nothing_may_have_happened() {
    let mut model = model(9);
    model.stack.push(Layer::SignInTest(SignInTest::begin(Slot::FIRST)));
    update(&mut model, Msg::SignInTest(sign_in_test::Msg::Begin));
    picks(&mut model, "Somebody else");
    types(&mut model, "Sample Tester");
    let effects = picks(&mut model, "Stop waiting");
    assert_eq!(effects, [Effect::StopWaiting]);
}

#[test]
fn sessions_of_a_test_given_up_are_revoked_by_the_next_run_where_this_one_could_not() {
    let mut model = model(9);
    let given_up = |at| {
        let why = "stopped".to_owned();
        Entry::Used(Use { slot: Slot::FIRST, at, kind: UseKind::TestGivenUp, why })
    };
    let at = Timestamp::from_second(1_000).expect("a time");
    update(&mut model, Msg::Recorded(at, Box::new(given_up(at))));
    let offered = breakglass::steps::STEPS[8].actions(&model.desk.case());
    assert!(matches!(offered.as_slice(), [Action::RevokeSessions { slot: Slot::FIRST, .. }]), "{offered:?}");
}

#[test]
fn what_an_administrator_reads_is_part_of_the_test() {
    for (read, passes) in
        [(AdministrativeRead::Worked, true), (AdministrativeRead::Refused("not allowed".to_owned()), false)]
    {
        let mut model = model(9);
        let tells = testing(&mut model);
        let effects = update(&mut model, tells.ended.with(Ok(TestSeen { read: read.clone(), ..seen() })));
        let Some(entry @ Entry::Tested(test)) = effects.iter().find_map(Effect::as_entry) else {
            panic!("no test is recorded: {effects:?}")
        };
        assert_eq!(test.read.as_ref(), Some(&read));
        update(&mut model, Msg::Recorded(Timestamp::UNIX_EPOCH, Box::new(entry.clone())));
        let findings = breakglass::steps::STEPS[8].checks(&model.desk.case());
        let roles = findings.iter().find(|f| f.subject().as_str() == "test.roles:first").expect("a finding");
        assert_eq!(roles.passed(), passes, "{roles:?}");
    }
}

#[test]
fn a_sign_in_that_was_given_up_takes_no_late_answer_and_none_of_an_earlier_attempt() {
    let mut model = model_at(1);
    model.stack.truncate(1);
    let sign_in = |effects: Vec<Effect>| match effects.into_iter().next() {
        Some(Effect::Wait(Wait::SignIn { tell, .. })) => tell,
        other => panic!("no sign-in is awaited: {other:?}"),
    };
    let first = sign_in(begin(&mut model, Start::Setup));
    update(&mut model, first.ended.with(Err(Trouble::new("Not signed in.", "why", "next"))));
    let second = sign_in(picks(&mut model, "Try again"));
    assert!(
        update(&mut model, first.ended.with(Ok(()))).is_empty(),
        "an answer to the attempt before counts"
    );
    update(&mut model, second.prompt.with(prompt()));
    let effects = picks(&mut model, "Back");
    assert_eq!(effects, [Effect::StopWaiting]);
    assert!(update(&mut model, second.ended.with(Ok(()))).is_empty(), "a late answer counts");
    assert!(matches!(model.top(), Layer::Home(_)));
}

/// At the registration of a key whose pass was issued; the pass.
fn registering(model: &mut Model) -> SecretId {
    let pass = SecretId(7);
    model.stack.push(Layer::RegisterKey(RegisterKey::begin(&model.desk, Slot::FIRST, 0)));
    let effects = update(model, Msg::RegisterKey(register_key::Msg::Begin));
    let answer = Brought { secret: Some(pass), id: Some("pass-id".to_owned()), before: None };
    tell(model, write(&effects), Ok(answer));
    pass
}

#[test]
fn a_pass_is_forgotten_and_deleted_whatever_ends_the_waiting() {
    let deletes = |effects: &[Effect]| matches!(writes(effects).as_slice(), [Action::DeletePass { pass, .. }] if pass == "pass-id");
    let mut given_up = model(3);
    let pass = registering(&mut given_up);
    let effects = picks(&mut given_up, "Stop waiting; the pass is deleted");
    assert!(forgets(&effects, pass) && deletes(&effects), "nobody has looked yet: {effects:?}");

    let mut too_late = model(3);
    let pass = registering(&mut too_late);
    let at = too_late.desk.session.now + SignedDuration::from_hours(2);
    update(&mut too_late, Msg::Tick(Now { at, today: jiff::civil::date(2026, 11, 23) }));
    let effects = update(&mut too_late, Msg::RegisterKey(register_key::Msg::Looked));
    assert!(forgets(&effects, pass) && deletes(&effects), "{effects:?}");
    assert!(too_late.desk.trouble.is_some_and(|trouble| trouble.what.contains("in time")));
}

#[test]
fn a_pass_that_was_used_up_is_not_deleted_once_more() {
    let mut model = model(3);
    let pass = registering(&mut model);
    let key = Registered {
        name: "security key".to_owned(),
        ..Registered::new(Slot::FIRST, MethodKind::Fido2, "key-id")
    };
    update(&mut model, Msg::Read(Box::new(AreaFacts::Methods(Reading::Read(vec![key])))));
    let effects = update(&mut model, Msg::RegisterKey(register_key::Msg::Looked));
    assert!(forgets(&effects, pass) && writes(&effects).is_empty(), "{effects:?}");
}

/// The slip's password was set; the account is read until nobody reads it any more, always with the time of `changed`.
fn password_read(model: &mut Model, changed: Timestamp) -> usize {
    model.stack.push(Layer::Slip(Box::new(MakeSlip::of_password(&model.desk, Slot::FIRST))));
    update(model, Msg::Slip(slip::Msg::Make));
    update(model, Msg::Slip(slip::Msg::Probed(Ok(()))));
    let effects = update(model, Msg::Slip(slip::Msg::Made(Ok(SecretId(1)))));
    let set = effects.iter().find_map(Effect::as_write).expect("a write").clone();
    let mut effects = tell(model, &set, Ok(Brought::default()));
    let mut looks = 0;
    while let Some(read) = reading(&effects).cloned() {
        looks += 1;
        assert_eq!(read.areas, [Area::Accounts]);
        let account = Account {
            password_changed: Some(changed),
            ..Account::as_set_up("first-id", "first@contoso.onmicrosoft.com", "First")
        };
        let in_slots = vec![InSlot { slot: Slot::FIRST, account }];
        let accounts = Accounts { in_slots, ..Accounts::default() };
        effects = found(model, &read, vec![AreaFacts::Accounts(Reading::Read(accounts))]);
    }
    looks
}

#[test]
fn the_time_of_a_password_that_has_not_moved_is_not_known() {
    let mut model = model(8);
    assert_eq!(password_read(&mut model, Timestamp::UNIX_EPOCH), 5);
    assert_eq!(slip(&model).slip.changed, None, "the old time is no answer");

    let mut moved = self::model(8);
    let now = Timestamp::from_second(1_000).expect("a time");
    assert_eq!(password_read(&mut moved, now), 1);
    assert_eq!(slip(&moved).slip.changed, Some(now));
}

#[test]
fn after_midnight_it_is_another_day() {
    let mut model = model(1);
    let today = jiff::civil::date(2026, 11, 24);
    let at = model.desk.session.now;
    update(&mut model, Msg::Tick(Now { at, today }));
    assert_eq!(model.desk.world.today(), today);
    assert_eq!(model.desk.case().today, today);
}

#[test]
fn a_write_that_was_answered_while_it_is_asked_whether_to_leave_is_not_lost() {
    let mut model = model_at(5);
    let effects = crate::support::model::consented(&mut model);
    assert!(matches!(action(&effects), Some(Action::ExcludeGroup { .. })));
    update(&mut model, Msg::Quit);
    tell(&mut model, write(&effects), Err(Trouble::new("Refused.", "why", "next")));
    update(&mut model, Msg::Stay);
    assert!(model.desk.trouble.is_some(), "the refusal was told to nobody");
}

#[test]
fn a_note_while_signing_in_ends_no_sign_in() {
    let note = || Trouble::new("There is something to know about the record.", "A line is torn.", "Go on.");
    let offers = |model: &Model| screen(model).choices.iter().any(|choice| choice.label == "Try again");
    let mut model = crate::support::model::model();
    model.stack = vec![Layer::Home(Home::First)];
    update(&mut model, Msg::Home(breakglass::journeys::home::Msg::BeginSetup));
    let Layer::SignIn(sign_in, _) = model.top() else { panic!("{:?}", model.top()) };
    let attempt = sign_in.attempt;
    model.desk.trouble = Some(note());
    assert!(!offers(&model) && screen(&model).work.is_some(), "it goes on: {:?}", screen(&model));
    update(&mut model, Msg::SignIn(breakglass::journeys::tasks::sign_in::Msg::Ended(attempt, Err(note()))));
    assert!(offers(&model), "now it has ended");
}
