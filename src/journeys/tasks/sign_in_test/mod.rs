//! Testing a sign-in: as the account itself, with its own authorization request, or by hand. A failed test is
//! recorded too. Afterwards every session of the account is revoked.
//!
//! A test that is given up while its page stands open may have been a sign-in all the same: that is recorded as a use
//! that may have happened, its answer never counts, and the sessions are revoked as they are after any test.

use jiff::Timestamp;

use crate::domain::check::id::CheckId;
use crate::domain::connection::sign_in::Prompt;
use crate::domain::facts::Area;
use crate::domain::mark::Mark;
use crate::domain::record::{Entry, Test, Use, UseKind};
use crate::domain::secret::SecretId;
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Done, Effect, TestReplies, TestSeen, Wait};
use crate::journeys::reading;
use crate::journeys::reply::Reply;
use crate::journeys::tasks::attest::{self, Word};
use crate::journeys::tasks::played::SIMULATED;
use crate::journeys::tasks::{sign_in, who};
use crate::journeys::turn::Turn;
use crate::journeys::unattended::Answer;

mod screen;
mod seen;
mod told;
mod which_key;

use seen::{is_logged, seen_test};
use told::told;
use which_key::choices;

/// How long a sign-in is looked for in the logs, minutes: they appear within minutes as a rule (contract 9).
const LOG_MINUTES: u32 = 30;

/// Testing a sign-in.
#[derive(Debug, Clone, PartialEq)]
pub struct SignInTest {
    /// Whose.
    pub slot: Slot,
    /// Which attempt is waited for.
    pub attempt: u32,
    /// The method id of the key that whoever tests signs in with, where that was said.
    pub key: Option<String>,
    /// How far it is.
    pub state: State,
}

/// How far a sign-in test is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum State {
    /// What will happen is shown.
    Announced,
    /// Who tests is chosen among the names that are known.
    Who(Way),
    /// Who tests is typed; what was wrong with the last answer.
    Name(Way, Option<&'static str>),
    /// Which of several keys it is made with is asked for.
    WhichKey,
    /// The sign-in page stands at this address, once known.
    Awaiting(Option<Prompt>),
    /// The browser runs on another computer; its last address is brought back.
    Elsewhere(Prompt),
    /// Tested by hand: issues are asked for.
    ByHand { outcome: ByHand },
    /// Sessions are being revoked.
    Revoking,
    /// The sign-in is looked for in the logs, since then.
    AwaitingLog(Timestamp),
}

/// How a sign-in is tested.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// Through this program, which looks at the account's own token.
    ThroughHere,
    /// In the portal; somebody tells how it went.
    ByHand(ByHand),
}

/// How a test made by hand went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ByHand {
    /// It worked.
    Passed,
    /// It did not.
    Failed,
}

/// What happens during a test.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// Begin it through this program.
    Begin,
    /// It was made by hand.
    MadeByHand(ByHand),
    /// Who tests.
    Tester(String),
    /// Somebody whose name is to be typed.
    Other,
    /// With which key, by its method id; `None` when nobody can say.
    With(Option<String>),
    /// What went wrong, or nothing.
    Issues(String),
    /// The plan has somebody's word about it.
    Vouch(Word),
    /// What the person has to see, in this attempt.
    Prompted(u32, Prompt),
    /// This attempt ended.
    Tested(u32, Result<TestSeen, Trouble>),
    /// Open the page again.
    Open,
    /// The page could not be opened; the waiting goes on.
    NotOpened(Trouble),
    /// The browser runs on another computer.
    Elsewhere,
    /// The last address was pasted; it is in the vault.
    Entered(SecretId),
    /// It is no use; it is forgotten, and the waiting goes on.
    NotTaken(Trouble),
    /// Sessions were revoked, or not.
    Revoked(Box<Done>),
    /// The log was looked at.
    LogLooked,
    /// Nobody tests now.
    Skip,
    /// Back, or stop waiting.
    Back,
}

impl Msg {
    /// Whether the world says it.
    pub fn is_news(&self) -> bool {
        matches!(
            self,
            Self::Prompted(..)
                | Self::Tested(..)
                | Self::NotOpened(_)
                | Self::NotTaken(_)
                | Self::Revoked(_)
                | Self::LogLooked
        )
    }
}

impl SignInTest {
    /// Announces the test.
    pub fn begin(slot: Slot) -> Self {
        Self { slot, attempt: 0, key: None, state: State::Announced }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match (self.state.clone(), msg) {
            (_, Msg::Prompted(attempt, _) | Msg::Tested(attempt, _)) if attempt != self.attempt => {
                Turn::stay()
            }
            (State::Announced, Msg::Begin) if !desk.is_by_hand() => self.ask_who(desk, Way::ThroughHere),
            (State::Announced, Msg::MadeByHand(how)) => self.ask_who(desk, Way::ByHand(how)),
            (State::Announced, Msg::Vouch(word)) => self.vouched(desk, word),
            (State::Who(way) | State::Name(way, _), Msg::Tester(person)) => self.named(desk, way, &person),
            (State::Who(way), Msg::Other) => self.enter(State::Name(way, None)),
            (State::WhichKey, Msg::With(key)) => {
                self.key = key;
                self.sign_in(desk)
            }
            (State::Announced | State::Who(_) | State::Name(..), Msg::Skip) => Turn::over(),
            (State::Name(way, _), Msg::Back) if !screen::names(desk, self.slot).is_empty() => {
                self.enter(State::Who(way))
            }
            (State::Who(_) | State::Name(..) | State::WhichKey, Msg::Back) => self.enter(State::Announced),
            (State::ByHand { outcome }, Msg::Issues(issues)) => self.by_hand(desk, outcome, &issues),
            (State::Awaiting(_), Msg::Prompted(_, prompt)) => {
                let open = opened(&prompt);
                self.enter(State::Awaiting(Some(prompt))).with(open)
            }
            (State::Awaiting(Some(prompt)), Msg::Open) => Turn::stay().with(opened(&prompt)),
            (State::Awaiting(prompt), Msg::NotOpened(trouble)) => {
                desk.trouble = Some(sign_in::by_hand(trouble, prompt.as_ref()));
                Turn::stay()
            }
            (State::Awaiting(Some(prompt)), Msg::Elsewhere) => self.enter(State::Elsewhere(prompt)),
            (State::Elsewhere(prompt), Msg::Back) => self.enter(State::Awaiting(Some(prompt))),
            (State::Elsewhere(_), Msg::Entered(secret)) => {
                Effect::TakeAddress(secret, Reply::to(Msg::NotTaken)).into()
            }
            (State::Elsewhere(_), Msg::NotTaken(trouble)) => {
                desk.trouble = Some(trouble);
                Turn::stay()
            }
            (State::Awaiting(_) | State::Elsewhere(_), Msg::Tested(_, result)) => self.tested(desk, result),
            (State::Awaiting(prompt), Msg::Back) => self.given_up(desk, prompt.as_ref()),
            (State::Revoking, Msg::Revoked(done)) => {
                desk.trouble = done.result.err().or(desk.trouble.take());
                self.await_log(desk)
            }
            (State::AwaitingLog(since), Msg::LogLooked) => self.log_looked(desk, since),
            (State::AwaitingLog(_), Msg::Back) => close(desk).after([Effect::StopWaiting]),
            (State::Announced | State::ByHand { .. }, Msg::Back) => Turn::over(),
            _ => Turn::stay(),
        }
    }

    fn enter(&mut self, state: State) -> Turn<Msg> {
        self.state = state;
        Turn::stay()
    }

    /// Asks who tests: among the names that are known, where any is.
    fn ask_who(&mut self, desk: &Desk, way: Way) -> Turn<Msg> {
        let is_any_known = !screen::names(desk, self.slot).is_empty();
        self.enter(if is_any_known { State::Who(way) } else { State::Name(way, None) })
    }

    /// Somebody said who tests.
    fn named(&mut self, desk: &mut Desk, way: Way, person: &str) -> Turn<Msg> {
        match who::typed(person) {
            Ok(person) => desk.tester = person,
            Err(problem) => return self.enter(State::Name(way, Some(problem))),
        }
        match way {
            // Which of several was used, the token does not tell.
            Way::ThroughHere if !choices(desk, self.slot).is_empty() => self.enter(State::WhichKey),
            Way::ThroughHere => self.sign_in(desk),
            Way::ByHand(outcome) => self.enter(State::ByHand { outcome }),
        }
    }

    fn sign_in(&mut self, desk: &mut Desk) -> Turn<Msg> {
        self.attempt = desk.next_attempt();
        let attempt = self.attempt;
        let (upn, id) = (desk.world.upn(self.slot), desk.world.account_id(self.slot));
        let tell = TestReplies {
            prompt: Reply::to(move |prompt| Msg::Prompted(attempt, prompt)),
            ended: Reply::to(move |result| Msg::Tested(attempt, result)),
        };
        self.enter(State::Awaiting(None)).with([Effect::Wait(Wait::TestSignIn { upn, id, tell })])
    }

    fn tested(&mut self, desk: &mut Desk, result: Result<TestSeen, Trouble>) -> Turn<Msg> {
        match result {
            Ok(seen) => {
                let test = seen_test(desk, self, seen);
                self.record(desk, test)
            }
            Err(trouble) => {
                let issues = format!("{} {}", trouble.what, trouble.reason());
                let test = Test {
                    at: desk.session.now,
                    day: Some(desk.world.today()),
                    person: desk.tester.clone(),
                    ..told(self.slot, ByHand::Failed, issues)
                };
                desk.trouble = Some(told::failed(self.slot, trouble));
                Turn::over().with([Effect::remember(Entry::Tested(test))])
            }
        }
    }

    /// Nobody waits any longer. Where the page was shown, somebody may sign in there all the same.
    fn given_up(&mut self, desk: &Desk, shown: Option<&Prompt>) -> Turn<Msg> {
        if shown.is_none() {
            return Turn::over().with([Effect::StopWaiting]);
        }
        let used = Use {
            slot: self.slot,
            at: desk.session.now,
            kind: UseKind::TestGivenUp,
            why: format!("{} tested; the waiting was stopped while the sign-in page was open", desk.tester),
        };
        self.state = State::Revoking;
        let remember = Effect::remember(Entry::Used(used));
        Turn::stay().with([Effect::StopWaiting, remember, self.revoke(desk)])
    }

    fn by_hand(&mut self, desk: &mut Desk, outcome: ByHand, issues: &str) -> Turn<Msg> {
        let (at, day, person) = (desk.session.now, Some(desk.world.today()), desk.tester.clone());
        let test = Test { at, day, person, ..told(self.slot, outcome, clean(issues.trim())) };
        told::say(desk, &test);
        self.record(desk, test)
    }

    fn vouched(&mut self, desk: &mut Desk, word: Word) -> Turn<Msg> {
        let day = word.date.to_zoned(jiff::tz::TimeZone::UTC);
        let at = day.map_or(desk.session.now, |day| day.timestamp());
        let test = told(self.slot, ByHand::Passed, clean(word.note.trim()));
        self.record(desk, Test { at, day: Some(word.date), person: word.person, ..test })
    }

    /// Puts the test into the record, then revokes the sessions it left.
    fn record(&mut self, desk: &Desk, test: Test) -> Turn<Msg> {
        let remember = Effect::remember(Entry::Tested(test));
        if desk.is_by_hand() {
            return Turn::over().with([remember]);
        }
        self.state = State::Revoking;
        Turn::stay().with([remember, self.revoke(desk)])
    }

    fn revoke(&self, desk: &Desk) -> Effect<Msg> {
        let revoke = Action::RevokeSessions { slot: self.slot, id: desk.world.account_id(self.slot) };
        Effect::write(revoke, |done| Msg::Revoked(Box::new(done)))
    }

    /// A test that went well is looked for in the logs, where the tenant has any.
    fn await_log(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let test = desk.evidence().test(self.slot).filter(|test| test.passed);
        let is_this = test.is_some_and(|test| !desk.evidence().was_given_up_since(test));
        if !is_this || !desk.facts().has_p1() {
            return close(desk);
        }
        self.state = State::AwaitingLog(desk.session.now);
        reading::watch(desk, Area::SignIns, Msg::LogLooked).into()
    }

    /// Goes on when the sign-in is in the log, or when it has taken too long.
    fn log_looked(&self, desk: &mut Desk, since: Timestamp) -> Turn<Msg> {
        let is_logged = desk.evidence().test(self.slot).is_some_and(|test| is_logged(desk, test));
        if !is_logged && !desk.session.is_over(since, LOG_MINUTES) {
            return Turn::stay();
        }
        close(desk).after([Effect::StopWaiting])
    }

    /// By hand a test is what somebody says about it. Who tests is the person named by the plan's word about this
    /// sign-in; in a rehearsal it is the simulated one. Elsewhere nobody's name is made up.
    pub fn answer(&self, desk: &Desk) -> Answer<Msg> {
        let planned = || attest::planned(desk, &CheckId::TestSignIn.of(self.slot));
        let is_rehearsal = matches!(desk.session.mark, Mark::Rehearsal | Mark::Exercise);
        Answer::Say(match &self.state {
            State::Announced if desk.is_by_hand() => planned().map_or(Msg::Back, Msg::Vouch),
            State::Announced => Msg::Begin,
            State::Who(_) | State::Name(..) => {
                match attest::named(desk, &CheckId::TestSignIn.of(self.slot)) {
                    Some(word) if is_rehearsal => Msg::Tester(format!("{} (simulated)", word.person)),
                    Some(word) => Msg::Tester(word.person.clone()),
                    None if desk.session.mark == Mark::Live => Msg::Skip,
                    None => Msg::Tester(SIMULATED.to_owned()),
                }
            }
            State::WhichKey => Msg::With(which_key::unattended(desk, self.slot)),
            State::ByHand { .. } => Msg::Back,
            State::Awaiting(_) | State::Elsewhere(_) | State::Revoking | State::AwaitingLog(_) => {
                return Answer::Wait;
            }
        })
    }
}

fn opened(prompt: &Prompt) -> Option<Effect<Msg>> {
    match prompt {
        Prompt::Browser { address, .. } => Some(Effect::Open(address.clone(), Reply::to(Msg::NotOpened))),
        Prompt::Code { .. } | Prompt::Secret => None,
    }
}

fn close(desk: &mut Desk) -> Turn<Msg> {
    Turn::over().read(desk, &[Area::Accounts, Area::SignIns], None)
}
