//! Testing a sign-in: as the account itself, with its own authorization request, or by hand. A failed test is
//! recorded too. Afterwards every session of the account is revoked.

use jiff::SignedDuration;

use crate::domain::connection::sign_in::{Audience, Prompt};
use crate::domain::facts::Area;
use crate::domain::record::{Entry, Test};
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::journeys::message::{Effect, Msg, TestSeen, Typed};
use crate::journeys::model::{Model, Stage, Testing, TestingState, Then, Way};
use crate::journeys::screen::{Block, Choice, Question, Screen, Work};
use crate::journeys::{errand, frame, overview, signing_in, update};

/// How long a sign-in is looked for in the logs, minutes: they appear within minutes as a rule (contract 9).
const LOG_MINUTES: u32 = 30;
/// How much earlier than the end of the test its sign-in may be logged.
const LOGGED_EARLIER: SignedDuration = SignedDuration::from_mins(15);

/// Announces the test.
pub(super) fn begin(model: &mut Model, slot: Slot) -> Vec<Effect> {
    model.stage = Stage::Testing(Testing { slot, state: TestingState::Announced });
    Vec::new()
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::Testing(testing) = &mut model.stage else { return Vec::new() };
    let slot = testing.slot;
    match (&testing.state, msg) {
        (TestingState::Announced, Msg::Consent) if !model.facts.is_by_hand() => {
            testing.state = TestingState::Who(Way::ThroughHere);
            Vec::new()
        }
        (TestingState::Announced, Msg::TestedByHand { passed }) => {
            testing.state = TestingState::Who(Way::ByHand { passed });
            Vec::new()
        }
        (TestingState::Who(way), Msg::Answer(person)) => {
            let way = *way;
            named(model, slot, (way, clean(person.trim())))
        }
        (TestingState::Who(_), Msg::Back) => begin(model, slot),
        (TestingState::Who(_), Msg::Skip) => overview::show(model),
        (TestingState::Announced, Msg::Vouch { person, date, note }) => {
            let at = date.to_zoned(jiff::tz::TimeZone::UTC).map_or(model.session.now, |day| day.timestamp());
            record(model, Test { at, person, ..told(slot, (true, clean(note.trim()))) })
        }
        (TestingState::ByHand { passed }, Msg::Answer(issues)) => {
            let passed = *passed;
            by_hand(model, slot, (passed, clean(issues.trim())))
        }
        (TestingState::Awaiting(_), Msg::SignInAt(prompt)) => {
            let effects = opened(&prompt);
            testing.state = TestingState::Awaiting(Some(prompt));
            effects
        }
        (TestingState::Awaiting(Some(prompt)), Msg::OpenAddress) => opened(prompt),
        (TestingState::Awaiting(Some(prompt)), Msg::Elsewhere) => {
            testing.state = TestingState::Elsewhere(prompt.clone());
            Vec::new()
        }
        (TestingState::Elsewhere(prompt), Msg::Back) => {
            testing.state = TestingState::Awaiting(Some(prompt.clone()));
            Vec::new()
        }
        (TestingState::Elsewhere(_), Msg::Entered(secret)) => {
            vec![Effect::TakeTyped { secret, typed: Typed::Address, audience: Audience::Graph }]
        }
        (TestingState::Elsewhere(_), Msg::NotTaken(trouble)) => {
            model.trouble = Some(trouble);
            Vec::new()
        }
        (TestingState::Awaiting(_) | TestingState::Elsewhere(_), Msg::Tested(result)) => {
            tested(model, slot, result)
        }
        (TestingState::Revoking, Msg::Did(done)) => {
            model.trouble = done.result.err();
            await_log(model, slot)
        }
        (TestingState::AwaitingLog(_), Msg::Back) => {
            let mut effects = vec![Effect::StopWatching];
            effects.extend(close(model));
            effects
        }
        (
            TestingState::Announced | TestingState::ByHand { .. } | TestingState::Awaiting(_),
            Msg::Back | Msg::Skip,
        ) => overview::show(model),
        _ => Vec::new(),
    }
}

fn opened(prompt: &Prompt) -> Vec<Effect> {
    match prompt {
        Prompt::Browser { address, .. } => vec![Effect::Open(address.clone())],
        Prompt::Code { .. } | Prompt::Secret => Vec::new(),
    }
}

fn tested(model: &mut Model, slot: Slot, result: Result<TestSeen, Trouble>) -> Vec<Effect> {
    let person = model.tester.clone();
    match result {
        Ok(seen) => {
            let issues = if seen.administrator { "" } else { "the account is not a Global Administrator" };
            let test = Test {
                slot,
                at: seen.at,
                person,
                passed: true,
                administrator: seen.administrator,
                issues: issues.to_owned(),
                seconds: seen.seconds,
            };
            record(model, test)
        }
        Err(trouble) => {
            let issues = format!("{} {}", trouble.what, trouble.reason());
            let test = Test {
                slot,
                at: model.session.now,
                person,
                passed: false,
                administrator: false,
                issues,
                seconds: 0,
            };
            let next =
                format!("{} More ways out: Read about troubleshooting, on the first screen.", trouble.next);
            model.trouble = Some(Trouble { next, ..trouble });
            overview::show(model);
            vec![Effect::Remember(Entry::Tested(test))]
        }
    }
}

/// Somebody said who tests; an empty answer takes whoever tested before.
fn named(model: &mut Model, slot: Slot, (way, person): (Way, String)) -> Vec<Effect> {
    if !person.is_empty() {
        model.tester = person;
    }
    if model.tester.is_empty() {
        return Vec::new();
    }
    let state = match way {
        Way::ThroughHere => TestingState::Awaiting(None),
        Way::ByHand { passed } => TestingState::ByHand { passed },
    };
    model.stage = Stage::Testing(Testing { slot, state });
    match way {
        Way::ThroughHere => {
            vec![Effect::TestSignIn { slot, upn: model.upn(slot), id: model.account_id(slot) }]
        }
        Way::ByHand { .. } => Vec::new(),
    }
}

fn by_hand(model: &mut Model, slot: Slot, outcome: (bool, String)) -> Vec<Effect> {
    let test = Test { at: model.session.now, person: model.tester.clone(), ..told(slot, outcome) };
    record(model, test)
}

/// A test as somebody tells it, still without day and name.
fn told(slot: Slot, (passed, issues): (bool, String)) -> Test {
    Test {
        slot,
        at: jiff::Timestamp::UNIX_EPOCH,
        person: String::new(),
        passed,
        administrator: passed,
        issues,
        seconds: 0,
    }
}

/// Puts the test into the record, then revokes the sessions it left.
fn record(model: &mut Model, test: Test) -> Vec<Effect> {
    let slot = test.slot;
    if model.facts.is_by_hand() {
        overview::show(model);
        return vec![Effect::Remember(Entry::Tested(test))];
    }
    model.stage = Stage::Testing(Testing { slot, state: TestingState::Revoking });
    vec![
        Effect::Remember(Entry::Tested(test)),
        Effect::Do(Action::RevokeSessions { slot, id: model.account_id(slot) }),
    ]
}

/// A test that went well is looked for in the logs, where the tenant has any.
fn await_log(model: &mut Model, slot: Slot) -> Vec<Effect> {
    let passed = model.evidence.test(slot).is_some_and(|test| test.passed);
    if !passed || !model.facts.has_p1() {
        return close(model);
    }
    model.stage = Stage::Testing(Testing { slot, state: TestingState::AwaitingLog(model.session.now) });
    vec![update::watch(model, Area::SignIns)]
}

/// After each look: go on when the sign-in is in the log, or when it has taken too long.
pub(super) fn looked(model: &mut Model) -> Vec<Effect> {
    let Stage::Testing(Testing { slot, state: TestingState::AwaitingLog(since) }) = model.stage else {
        return Vec::new();
    };
    let logged = model.evidence.test(slot).is_some_and(|test| {
        let since = test.at.checked_sub(LOGGED_EARLIER).unwrap_or(test.at);
        let sign_ins = model.facts.sign_ins.get().into_iter().flatten();
        sign_ins.into_iter().any(|s| s.slot == slot && s.error == 0 && s.at >= since)
    });
    if !logged && !model.session.is_over(since, LOG_MINUTES) {
        return Vec::new();
    }
    let mut effects = vec![Effect::StopWatching];
    effects.extend(close(model));
    effects
}

fn close(model: &mut Model) -> Vec<Effect> {
    model.stage = Stage::Overview;
    update::read(model, &[Area::Accounts, Area::SignIns], Then::Overview)
}

/// The screen of the test.
pub(super) fn screen(model: &Model, testing: &Testing) -> Screen {
    let slot = testing.slot;
    let mut screen = frame::with_rail(model, format!("Sign-in test of the {slot} account"));
    match &testing.state {
        TestingState::Announced => announced(model, slot, &mut screen),
        TestingState::Elsewhere(prompt) => signing_in::elsewhere(&mut screen, prompt),
        TestingState::Awaiting(prompt) => {
            screen.prose.push(Block::Text(
                "Sign in as the account in a private window. What is awaited is the answer of that window."
                    .to_owned(),
            ));
            if let Some(Prompt::Browser { short, .. }) = prompt {
                screen.prose.push(Block::Verbatim(vec![short.clone()]));
            }
            screen.work = Some(Work::endless("waiting for the sign-in"));
            screen.choices.push(Choice::safe('o', "Open the page again", Msg::OpenAddress));
            screen.choices.push(Choice::safe('l', "Sign in on another computer (over SSH)", Msg::Elsewhere));
            screen.choices.push(Choice::safe('b', "Stop waiting", Msg::Back));
        }
        TestingState::Who(_) => who(model, &mut screen),
        TestingState::ByHand { passed } => {
            let prompt = if *passed { "Any issues met (empty for none)" } else { "What went wrong" };
            screen.question =
                Some(Question::Text { prompt: prompt.to_owned(), preset: String::new(), problem: None });
            screen.choices.push(Choice::safe('b', "Back", Msg::Back));
        }
        TestingState::Revoking => screen.work = Some(Work::endless("revoking every session of the account")),
        TestingState::AwaitingLog(_) => {
            screen.prose.push(Block::Text(
                "The sign-in worked. Sign-ins appear in the logs some minutes late; it is looked for there now."
                    .to_owned(),
            ));
            screen.work = Some(Work::endless("waiting for the sign-in to appear in the logs"));
            screen.choices.push(Choice::safe('b', "Stop waiting; look again later", Msg::Back));
        }
    }
    screen
}

fn who(model: &Model, screen: &mut Screen) {
    screen.prose.push(Block::Text(
        "The record keeps the name of the person who signs in as the account, whatever the outcome."
            .to_owned(),
    ));
    screen.question = Some(Question::Text {
        prompt: "Who tested (name and role)".to_owned(),
        preset: model.tester.clone(),
        problem: None,
    });
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
}

fn announced(model: &Model, slot: Slot, screen: &mut Screen) {
    match model.facts.is_by_hand() {
        true => screen.prose.push(Block::Text(format!(
            "Sign in as {} in a private window, with what lies in the safe; Show me how tells each click. A test that \
             failed is kept too.",
            model.upn(slot)
        ))),
        false => through_here(model, slot, screen),
    }
    screen.choices.push(Choice::writes(
        'y',
        "I tested it by hand; it worked",
        Msg::TestedByHand { passed: true },
    ));
    screen.choices.push(Choice::writes(
        'f',
        "I tested it by hand; it failed",
        Msg::TestedByHand { passed: false },
    ));
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
}

fn through_here(model: &Model, slot: Slot, screen: &mut Screen) {
    screen.prose.push(Block::Text(format!(
        "Sign in as {} with the password from its slip and its key. The sign-in asks for a short-lived token, looks at \
         the account's roles and the tenant's name, and forgets the token.",
        model.upn(slot)
    )));
    screen.prose.push(Block::Heading("What will be written".to_owned()));
    let parts = errand::parts(model, &Action::RevokeSessions { slot, id: model.account_id(slot) });
    screen.prose.push(Block::List(parts.iter().map(|part| part.sentence() + ", afterwards").collect()));
    screen.choices.push(Choice::writes('w', "Begin the test", Msg::Consent));
}
