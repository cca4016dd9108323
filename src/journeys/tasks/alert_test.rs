//! Testing the alert with a stopwatch: a sign-in, its row in the log, the alert that it raises, and the mail that somebody
//! gets. The sign-in is a sign-in test like any other; row and alert are looked up; the mail is a named person's word.
//!
//! It writes nothing to the tenant. That no mail came is recorded too.

use jiff::{SignedDuration, Timestamp};

use crate::domain::facts::Area;
use crate::domain::facts::monitoring::Told;
use crate::domain::record::{AlertTest, Entry, Test};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Question, Screen};
use crate::journeys::tasks::played::SIMULATED;
use crate::journeys::tasks::who;
use crate::journeys::turn::{Start, Turn};
use crate::steps::{self, StepId, Subject};

use crate::domain::check::ask::Ask;
use crate::domain::check::id::CheckId;

/// A sign-in raises an alert within this time, or it is another one's: what is older is not timed.
const YOUNG: SignedDuration = SignedDuration::from_hours(24);
/// Nobody waits longer than a day for a mail that is to wake them.
const LONGEST_MINUTES: u32 = 24 * 60;

/// Testing the alert.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AlertTesting {
    /// Whose sign-in raises it.
    pub slot: Slot,
    /// What is asked.
    pub at: At,
    /// After how many minutes the mail came, once said; `None` where none came.
    pub minutes: Option<u32>,
    /// The test that does not count, as it was made before what is tested broke: only in an exercise.
    pub before: Option<Timestamp>,
    /// Whether the sign-in was begun from here.
    pub is_tried: bool,
    /// What was wrong with the last answer.
    pub problem: Option<String>,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Nothing: how far it is.
    Standing,
    /// After how many minutes the mail came.
    Minutes,
    /// Who says so.
    Who,
    /// Who says so, typed.
    Name,
}

/// What a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// The sign-in.
    SignIn,
    /// Look at log and alerts again.
    Look,
    /// They were looked at.
    Looked,
    /// The mail came.
    Came,
    /// No mail came.
    NoMail,
    /// The answer to the question on the screen.
    Answer(String),
    /// This person says so.
    Person(String),
    /// A person whose name is to be typed.
    Other,
    /// Back.
    Back,
}

impl Msg {
    /// Whether the world says it.
    pub fn is_news(&self) -> bool {
        matches!(self, Self::Looked)
    }
}

impl AlertTesting {
    /// Begins with how far it is; in an exercise with a sign-in that is still to be made.
    pub fn begin(desk: &Desk, slot: Slot) -> Self {
        let made = desk.exercise.as_ref().and_then(|_| desk.evidence().test(slot));
        let before = made.map(|test| test.at);
        Self { slot, at: At::Standing, minutes: None, before, is_tried: false, problem: None }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        self.problem = None;
        match (self.at, msg) {
            (At::Standing, Msg::SignIn) => {
                self.is_tried = true;
                Turn::begin(Start::Ask(Ask::TestSignIn { slot: self.slot }))
            }
            (At::Standing, Msg::Look) => {
                Turn::stay().read(desk, &[Area::SignIns, Area::Monitoring], Some(Msg::Looked))
            }
            (At::Standing, Msg::Came) => self.enter(At::Minutes),
            (At::Standing, Msg::NoMail) => {
                self.minutes = None;
                self.ask_who(desk)
            }
            (At::Minutes, Msg::Answer(text)) => match minutes(&text) {
                Ok(minutes) => {
                    self.minutes = Some(minutes);
                    self.ask_who(desk)
                }
                Err(problem) => self.refused(problem),
            },
            (At::Who, Msg::Person(name)) => self.record(desk, name),
            (At::Who, Msg::Other) => self.enter(At::Name),
            (At::Name, Msg::Answer(text)) => match who::typed(&text) {
                Ok(name) => self.record(desk, name),
                Err(problem) => self.refused(problem.to_owned()),
            },
            (At::Standing, Msg::Back) => Turn::over(),
            (_, Msg::Back) => self.enter(At::Standing),
            _ => Turn::stay(),
        }
    }

    fn enter(&mut self, at: At) -> Turn<Msg> {
        self.at = at;
        Turn::stay()
    }

    fn refused(&mut self, problem: String) -> Turn<Msg> {
        self.problem = Some(problem);
        Turn::stay()
    }

    fn ask_who(&mut self, desk: &Desk) -> Turn<Msg> {
        self.enter(if who::known(desk).is_empty() { At::Name } else { At::Who })
    }

    /// The sign-in that is timed: the account's latest test, where it went well and is young.
    fn test<'a>(&self, desk: &'a Desk) -> Option<&'a Test> {
        let test = desk.evidence().test(self.slot).filter(|test| test.passed)?;
        let is_old = self.before.is_some_and(|before| test.at <= before);
        (!is_old && desk.session.now.duration_since(test.at) < YOUNG).then_some(test)
    }

    fn record(&self, desk: &mut Desk, person: String) -> Turn<Msg> {
        let Some(test) = self.test(desk) else { return Turn::over() };
        let case = desk.case();
        let tested = AlertTest {
            slot: self.slot,
            test: test.at,
            person: person.clone(),
            date: desk.world.today(),
            row_seconds: steps::row_seconds(&case, test),
            alert_seconds: steps::alert_of(&case, test).map(|(seconds, _)| seconds),
            mail_minutes: self.minutes,
            note: String::new(),
        };
        desk.person = person;
        match self.minutes {
            Some(_) => desk.did(format!("The alert was tested: {}.", tested.words())),
            None => desk.trouble = Some(silent(&tested)),
        }
        Turn::over().with([Effect::remember(Entry::AlertTested(tested))])
    }

    /// How far it is, and what is asked.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "Test the alert");
        screen.prose.push(Block::Text(
            "A sign-in of one account, and a stopwatch: when its row is in the log, when the alert fires, and when the mail \
             reaches somebody. Do not warn the recipients; that they notice is what is tested. Tell their head."
                .to_owned(),
        ));
        screen.prose.push(Block::Pairs(self.pairs(desk)));
        match self.at {
            At::Standing => self.offer(desk, &mut screen),
            At::Minutes => {
                let asked = Question::text("Minutes from the sign-in until the mail", Msg::Answer);
                screen.question = Some(asked.refused(self.problem.clone()));
            }
            At::Who => {
                screen.prose.push(Block::Text("Who says so? The recipient, or who asked them.".to_owned()));
                who::ask(&mut screen, desk, Msg::Person, Msg::Other);
            }
            At::Name => {
                let asked = who::question("Who says so (name and role)", Msg::Answer);
                screen.question = Some(asked.refused(self.problem.clone()));
            }
        }
        screen.choices.push(Choice::back("Back", Msg::Back));
        screen
    }

    fn offer(&self, desk: &Desk, screen: &mut Screen<Msg>) {
        if self.test(desk).is_none() {
            let label = format!("Sign in as the {} account now", self.slot);
            screen.choices.push(Choice::safe('t', label, Msg::SignIn));
            return;
        }
        if !desk.is_by_hand() {
            screen.choices.push(Choice::safe('c', "Look at the log and the alerts again", Msg::Look));
        }
        screen.choices.push(Choice::safe('m', "The mail came", Msg::Came));
        screen.choices.push(Choice::safe('n', "No mail came", Msg::NoMail));
    }

    fn pairs(&self, desk: &Desk) -> Vec<(String, String)> {
        let Some(test) = self.test(desk) else {
            return vec![("Sign-in".to_owned(), "not made yet today".to_owned())];
        };
        let case = desk.case();
        let sign_in = format!("{} by {}", test.at.strftime("%Y-%m-%d %H:%M:%S UTC"), test.person);
        let row = match steps::row_seconds(&case, test) {
            Some(seconds) => format!("seen after {seconds} seconds"),
            None => "not seen yet".to_owned(),
        };
        let alert = match steps::alert_of(&case, test) {
            Some((seconds, told)) => format!("fired after {seconds} seconds; {}", told_words(told)),
            None => "not seen yet".to_owned(),
        };
        let pairs = [("Sign-in", sign_in), ("Row in the log", row), ("Alert", alert)];
        pairs.map(|(name, words)| (name.to_owned(), words)).into()
    }

    /// Nobody is there who got a mail. In an exercise that a script plays it came where every link of the chain is in order, as
    /// a facilitator would say: the first logs of a tenant that was just made take longer than any exercise.
    pub fn answer(&self, desk: &Desk) -> Msg {
        if !desk.is_scripted() {
            return Msg::Back;
        }
        match self.at {
            At::Standing => self.stands(desk),
            At::Minutes => Msg::Answer("1".to_owned()),
            At::Who => Msg::Person(who::known(desk).into_iter().next().unwrap_or_default()),
            At::Name => Msg::Answer(SIMULATED.to_owned()),
        }
    }

    fn stands(&self, desk: &Desk) -> Msg {
        match self.test(desk) {
            None if self.is_tried => Msg::Back,
            None => Msg::SignIn,
            Some(_) if is_chain_whole(desk) => Msg::Came,
            Some(_) => Msg::NoMail,
        }
    }
}

/// Whether every link from the sign-in to a person is in order.
fn is_chain_whole(desk: &Desk) -> bool {
    let links = [CheckId::LogsDiagnosticSetting, CheckId::AlertsSignInRule, CheckId::AlertsActionGroup];
    let found = Subject::Step(StepId::ALERTS).checks(&desk.case());
    links.into_iter().all(|link| found.iter().any(|finding| finding.check == link && finding.passed()))
}

fn told_words(told: &Told) -> String {
    match told {
        Told::Yes => "its action group was told".to_owned(),
        Told::No(how) => format!("nobody was told ({how})"),
        Told::NotSeen | Told::NeverFired => "whom it told does not show".to_owned(),
    }
}

/// A whole number of minutes.
fn minutes(text: &str) -> Result<u32, String> {
    let words = text.trim().trim_end_matches(|c: char| c.is_alphabetic()).trim();
    match words.parse::<u32>() {
        Ok(minutes) if minutes <= LONGEST_MINUTES => Ok(minutes),
        Ok(_) => Err("More than a day is no alert; go back and say that no mail came.".to_owned()),
        Err(_) => Err("A whole number of minutes is needed, such as 7.".to_owned()),
    }
}

/// An alert that nobody hears.
fn silent(test: &AlertTest) -> Trouble {
    let why = match test.alert_seconds {
        Some(seconds) => format!("The alert fired after {seconds} seconds, and no mail reached anybody."),
        None => "No alert of that time was seen either.".to_owned(),
    };
    Trouble::new(
        "The alert reached nobody; the record says so.",
        why,
        "Look at rule, action group, processing rules, confirmed mailboxes; then at junk mail and mailbox rules of \
         each recipient. Mend it and test again: until then a use of these accounts goes unnoticed.",
    )
}

#[cfg(test)]
mod tests {
    use super::minutes;

    #[test]
    fn minutes_are_read_as_people_write_them() {
        assert_eq!(minutes(" 7 "), Ok(7));
        assert_eq!(minutes("12 min"), Ok(12));
        assert!(minutes("soon").is_err_and(|why| why.contains("whole number")));
        assert!(minutes("-3").is_err() && minutes("").is_err());
        assert!(minutes("1441").is_err_and(|why| why.contains("More than a day")));
    }
}
