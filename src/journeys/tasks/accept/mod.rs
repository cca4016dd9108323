//! Accepting by name: a person lives with what a check saw, with a reason and an end, or takes that back.
//!
//! It shows what is open of one subject or of all. What may never be accepted is said, with why; nothing is accepted by Enter,
//! and nobody approves what they ask for.
//! What an acceptance counts for is the domain's to say (`domain::check::accept`).

use jiff::civil::Date;
use jiff::{Span, ToSpan as _};

use crate::domain::check::accept;
use crate::domain::check::finding::{Finding, once};
use crate::domain::record::{Accepted, Entry};
use crate::domain::text::clean;
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::frame;
use crate::journeys::report;
use crate::journeys::screen::Screen;
use crate::journeys::tasks::{day, who};
use crate::journeys::turn::Turn;
use crate::steps::Subject;

mod screens;

/// Accepting by name.
#[derive(Debug, Clone, PartialEq)]
pub struct Accepting {
    /// Whose findings; all of a setup where none is named.
    pub of: Option<Subject>,
    /// What is being decided about.
    pub chosen: Option<Finding>,
    /// What is being decided.
    pub does: Does,
    /// What has been said so far.
    pub said: Said,
    /// What is asked.
    pub at: At,
    /// What was wrong with the last answer.
    pub problem: Option<String>,
}

/// What has been said so far.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Said {
    /// Why.
    pub reason: String,
    /// Until when.
    pub until: Option<Date>,
    /// Who.
    pub person: String,
    /// Who approved it.
    pub approver: String,
}

/// What is decided about a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Does {
    /// It is accepted.
    Accepts,
    /// What was accepted counts again.
    TakesBack,
}

/// What is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At {
    /// Which finding.
    Findings,
    /// Why.
    Reason,
    /// Until when, as a span.
    End,
    /// Until when, as a day.
    Day,
    /// Who.
    Who,
    /// Who, typed.
    Name,
    /// Who approved it.
    Approver,
    /// Who approved it, typed.
    ApproverName,
    /// Whether all of it is right.
    Whole,
}

/// What a person says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// This finding of the list.
    Choose(usize),
    /// What was accepted of this finding counts again.
    Undo(usize),
    /// The answer to the question on the screen.
    Answer(String),
    /// For so many months.
    Months(i32),
    /// A day to be typed.
    Typed,
    /// This person.
    Person(String),
    /// A person whose name is to be typed.
    Other,
    /// All of it is right; the record takes it.
    Yes,
    /// Back one question.
    Back,
}

impl Accepting {
    /// Begins with the list of what is open.
    pub fn begin(of: Option<Subject>) -> Self {
        let does = Does::Accepts;
        Self { of, chosen: None, does, said: Said::default(), at: At::Findings, problem: None }
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        self.problem = None;
        match (self.at, msg) {
            (At::Findings, Msg::Choose(index)) => {
                self.choose(self.open(desk).get(index), Does::Accepts, At::Reason)
            }
            (At::Findings, Msg::Undo(index)) => {
                self.choose(self.accepted(desk).get(index), Does::TakesBack, who_is_asked(desk))
            }
            (_, Msg::Answer(text)) => self.answered(desk, &text),
            (At::End, Msg::Months(months)) => self.end(desk, in_months(desk.world.today(), months)),
            (At::End, Msg::Typed) => self.enter(At::Day),
            (At::Who, Msg::Person(name)) => self.named(desk, name),
            (At::Who, Msg::Other) => self.enter(At::Name),
            (At::Approver, Msg::Person(name)) => self.approved(name),
            (At::Approver, Msg::Other) => self.enter(At::ApproverName),
            (At::Whole, Msg::Yes) => match self.does {
                Does::Accepts => self.accept(desk),
                Does::TakesBack => self.take_back(desk),
            },
            (_, Msg::Back) => self.back(),
            _ => Turn::stay(),
        }
    }

    fn enter(&mut self, at: At) -> Turn<Msg> {
        self.at = at;
        Turn::stay()
    }

    fn choose(&mut self, finding: Option<&Finding>, does: Does, first: At) -> Turn<Msg> {
        let Some(finding) = finding.cloned() else { return Turn::stay() };
        (self.chosen, self.does, self.said) = (Some(finding), does, Said::default());
        self.enter(first)
    }

    fn answered(&mut self, desk: &Desk, text: &str) -> Turn<Msg> {
        match self.at {
            At::Reason if clean(text.trim()).is_empty() => {
                self.problem = Some("A reason is needed: whoever reads it later decides by it.".to_owned());
                Turn::stay()
            }
            At::Reason => {
                self.said.reason = clean(text.trim());
                self.enter(At::End)
            }
            At::Day => match until(text, desk.world.today()) {
                Ok(day) => self.end(desk, day),
                Err(problem) => self.refused(problem),
            },
            At::Name => match who::typed(text) {
                Ok(name) => self.named(desk, name),
                Err(problem) => self.refused(problem.to_owned()),
            },
            At::ApproverName => match who::typed(text) {
                Ok(name) => self.approved(name),
                Err(problem) => self.refused(problem.to_owned()),
            },
            At::Findings | At::End | At::Who | At::Approver | At::Whole => Turn::stay(),
        }
    }

    fn refused(&mut self, problem: String) -> Turn<Msg> {
        self.problem = Some(problem);
        Turn::stay()
    }

    fn end(&mut self, desk: &Desk, day: Date) -> Turn<Msg> {
        self.said.until = Some(day);
        self.enter(who_is_asked(desk))
    }

    fn named(&mut self, desk: &Desk, name: String) -> Turn<Msg> {
        self.said.person = name;
        match self.does {
            Does::TakesBack => self.enter(At::Whole),
            Does::Accepts if self.others(desk).is_empty() => self.enter(At::ApproverName),
            Does::Accepts => self.enter(At::Approver),
        }
    }

    /// Nobody approves what they ask for.
    fn approved(&mut self, name: String) -> Turn<Msg> {
        if accept::is_one_person(&name, &self.said.person) {
            return self.refused(format!("{name} asks for it; a second person has to approve it."));
        }
        self.said.approver = name;
        self.enter(At::Whole)
    }

    /// The known names but for who asks for it.
    fn others(&self, desk: &Desk) -> Vec<String> {
        let known = who::known(desk).into_iter();
        known.filter(|name| !accept::is_one_person(name, &self.said.person)).collect()
    }

    fn back(&mut self) -> Turn<Msg> {
        self.at = match (self.at, self.does) {
            (At::Findings, _) => return Turn::over(),
            (At::Reason, _) | (At::Who, Does::TakesBack) => At::Findings,
            (At::End, _) => At::Reason,
            (At::Day, _) | (At::Who, Does::Accepts) => At::End,
            (At::Whole, Does::Accepts) | (At::ApproverName, _) => At::Approver,
            (At::Name | At::Approver | At::Whole, _) => At::Who,
        };
        Turn::stay()
    }

    fn accept(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let (Some(finding), Some(until)) = (&self.chosen, self.said.until) else { return Turn::stay() };
        let Said { reason, person, approver, .. } = self.said.clone();
        let entry = Entry::Accepted(Accepted {
            about: finding.subject(),
            tenant: desk.case().tenant().to_owned(),
            person: person.clone(),
            approver: Some(approver),
            date: desk.world.today(),
            until,
            reason,
            verdict: finding.verdict,
            seen: finding.detail.clone(),
        });
        desk.did(format!("{} is accepted by {person} until {until}.", frame::label(finding)));
        self.again(desk, person, entry)
    }

    fn take_back(&mut self, desk: &mut Desk) -> Turn<Msg> {
        let Some(finding) = &self.chosen else { return Turn::stay() };
        let (about, person) = (finding.subject(), self.said.person.clone());
        let (tenant, date) = (desk.case().tenant().to_owned(), desk.world.today());
        desk.did(format!("{} counts again.", frame::label(finding)));
        let entry = Entry::TakenBack { about, tenant, person: person.clone(), date };
        self.again(desk, person, entry)
    }

    /// The list again: there may be more to decide about.
    fn again(&mut self, desk: &mut Desk, person: String, entry: Entry) -> Turn<Msg> {
        desk.person = person;
        *self = Self::begin(self.of.clone());
        Effect::remember(entry).into()
    }

    fn findings(&self, desk: &Desk) -> Vec<Finding> {
        match &self.of {
            Some(subject) => desk.world.derived(subject).checks.clone(),
            None => report::findings(desk),
        }
    }

    /// What can be accepted.
    fn open(&self, desk: &Desk) -> Vec<Finding> {
        let open = report::unsettled(desk, self.findings(desk)).into_iter();
        once(open.filter(|finding| accept::refusal(finding.check).is_none()))
    }

    /// What was accepted at the screen and is to be seen here, whether or not it still counts.
    fn accepted(&self, desk: &Desk) -> Vec<Finding> {
        let all = self.findings(desk).into_iter();
        once(all.filter(|finding| desk.case().said_here(&finding.subject()).is_some()))
    }

    /// What stays open whatever anybody says.
    fn never(&self, desk: &Desk) -> Vec<String> {
        let open = report::unsettled(desk, self.findings(desk)).into_iter();
        let never = once(open.filter(|finding| accept::refusal(finding.check).is_some()));
        never.iter().map(|finding| format!("{}: {}", frame::label(finding), finding.detail)).collect()
    }

    /// The list, the questions, and the whole.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        self.shown(desk)
    }
}

/// How it is asked who stands for it: among the names that are known, or typed where none is.
fn who_is_asked(desk: &Desk) -> At {
    if who::known(desk).is_empty() { At::Name } else { At::Who }
}

fn in_months(today: Date, months: i32) -> Date {
    let span: Span = months.months();
    today.checked_add(span).unwrap_or(today).min(accept::latest(today))
}

/// The last day that was typed: today or later, a year away at most.
fn until(text: &str, today: Date) -> Result<Date, String> {
    let latest = accept::latest(today);
    match day::typed(text, in_months(today, 1))? {
        day if day < today => Err(format!("{day} is over; name today or a later day.")),
        day if day > latest => {
            Err(format!("Nothing is accepted for more than a year: {latest} at the latest."))
        }
        day => Ok(day),
    }
}
