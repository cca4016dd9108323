//! The review: what drifted since the last one, what is due, and who signs for it.
//!
//! One review is open per tenant. It froze what the checks saw when it began; everything done on its rows is done by the same
//! consent, slips, registrations, tests and repairs as in a setup, and is looked up again. Silence never signs.

use crate::domain::check::repair::RepairCase;
use crate::domain::facts::Area;
use crate::domain::paper::printing::Printout;
use crate::domain::record::Entry;
use crate::domain::review::{By, ReviewRow, Scope, Signed};
use crate::domain::trouble::Trouble;
use crate::journeys::decisions::presets;
use crate::journeys::desk::Desk;
use crate::journeys::effect::Effect;
use crate::journeys::identity;
use crate::journeys::report::review::Report;
use crate::journeys::screen::{RailItem, Screen};
use crate::journeys::session::PlanOrigin;
use crate::journeys::tasks::who::Typing;
use crate::journeys::tasks::{board, who};
use crate::journeys::turn::{Go, Operators, Outcome, Start, Turn};
use crate::journeys::unattended::Answer;
use crate::steps::{self, Subject};

mod candidates;
mod keep;
pub mod lockout;
mod mending;
mod report;
mod rows;
mod screens;
mod sign_off;

use candidates::Candidates;
pub use mending::{mends, planned};
pub use report::report;
pub use rows::{State, findings, open, policies, state};

/// What the journey is called in the record.
pub const JOURNEY: &str = "review";

/// A review under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// Where it is.
    pub at: At,
    /// What the board says.
    pub shown: Shown,
    /// What was signed: with the end of a review everything counts against that review, and not against the one before.
    pub signed: Option<Box<Report>>,
    /// Whether its report is on its way to a file or a printer.
    pub report: OnItsWay,
}

/// Whether something is on its way.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum OnItsWay {
    /// Nothing is.
    #[default]
    No,
    /// It is.
    Yes,
}

/// Where a review is.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum At {
    /// The operator signs in.
    Connecting,
    /// Which accounts it is about is not known.
    Candidates(Candidates),
    /// The board of all rows.
    Board,
    /// One row.
    Row(ReviewRow),
    /// Who signs; what was wrong with the last answer; whether a name is typed.
    SignOff { typing: Typing, problem: Option<String> },
    /// It is signed off.
    End,
}

/// How much the board says: nobody reads a list of what is in order unless they ask.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// What needs somebody.
    Open,
    /// Every row.
    All,
}

/// What happens in a review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// Everything was read.
    Looked,
    /// Look at everything again.
    LookAgain,
    /// To this row.
    Row(ReviewRow),
    /// Say what is in order too, or not any more.
    Show(Shown),
    /// At the board of the row.
    Board(board::Msg),
    /// Which accounts it is about.
    Candidates(candidates::Msg),
    /// The record takes a word that the plan has, where nobody is there.
    TakeWord,
    /// Repair what may be repaired where nobody is there.
    Mend,
    /// Repair something about an account, which is asked for.
    Repair(RepairCase),
    /// What stays open is accepted by name.
    AcceptByName,
    /// The exclusion group that somebody else made is the plan's from now on.
    AdoptGroup,
    /// The report of the signed review to a file.
    Save,
    /// Where it lies.
    Saved(Result<String, Trouble>),
    /// The report of the signed review to the printer.
    Print,
    /// How it left.
    Printed(Result<Printout, Trouble>),
    /// To the signatures.
    SignOff,
    /// Somebody else than the names that are known signs.
    Typed,
    /// This person signs.
    Sign(String),
    /// Back.
    Back,
    /// To the first screen.
    Home,
}

impl Msg {
    /// Whether the review goes on by itself with it.
    pub(super) fn is_news(&self) -> bool {
        matches!(self, Self::Looked | Self::Saved(_) | Self::Printed(_))
    }
}

impl Review {
    /// A review that has come this far.
    pub fn at(at: At) -> Self {
        Self { at, shown: Shown::Open, signed: None, report: OnItsWay::No }
    }

    /// Begins, or goes on with the one that is open: sign in first, where there is a connection.
    pub fn begin(desk: &mut Desk) -> (Self, Turn<Msg>) {
        let mut review = Self::at(At::Connecting);
        let began = keep::began(desk);
        keep::take_up(desk);
        let turn = match desk.facts().operator.get() {
            None if !desk.is_by_hand() => Turn::begin(Start::SignIn(Operators::Administrators)),
            _ => review.look(desk),
        };
        (review, turn.after(began))
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::Looked => self.looked(desk),
            Msg::LookAgain => self.look(desk),
            Msg::Row(row) => self.enter(At::Row(row)),
            Msg::Show(shown) => {
                self.shown = shown;
                Turn::stay()
            }
            Msg::Board(msg) => match self.subject() {
                Some(subject) => board::on(desk, &subject, &msg),
                None => Turn::stay(),
            },
            Msg::Candidates(msg) => self.choose(desk, msg),
            Msg::TakeWord => keep::take_word(desk),
            Msg::Mend => Turn::begin(Start::Consent(Subject::Mend(desk.wish.repairs.clone()))),
            Msg::Repair(case) => Turn::begin(Start::Repair { case: Some(case), slot: None }),
            Msg::AcceptByName => Turn::begin(Start::Accept(self.subject())),
            Msg::AdoptGroup => keep::adopt_group(desk),
            Msg::Save => self.sending(keep::report_as_pdf(desk, self.signed.as_deref())),
            Msg::Print => self.sending(keep::print_report(desk, self.signed.as_deref())),
            Msg::Saved(saved) => self.sent(desk, keep::saved(saved)),
            Msg::Printed(printed) => self.sent(desk, keep::printed(printed)),
            Msg::SignOff => self.enter(At::SignOff { typing: Typing::No, problem: None }),
            Msg::Typed => self.enter(At::SignOff { typing: Typing::Yes, problem: None }),
            Msg::Sign(person) => self.sign(desk, &person),
            Msg::Back => self.back(),
            Msg::Home => Turn::over(),
        }
    }

    /// A task on top has ended.
    pub fn resumed(&mut self, desk: &mut Desk, outcome: &Outcome) -> Turn<Msg> {
        match outcome {
            Outcome::SignedIn => self.look(desk),
            Outcome::GivenUp if self.at == At::Connecting => Turn::over(),
            Outcome::Misuse(slot) => {
                Turn::begin(Start::Repair { case: Some(RepairCase::Misuse), slot: Some(*slot) })
            }
            Outcome::LockedOut => {
                Turn::become_(Start::Repair { case: Some(RepairCase::Blocked), slot: None })
            }
            _ => Turn::stay(),
        }
    }

    /// What is on the table.
    pub fn subject(&self) -> Option<Subject> {
        match self.at {
            At::Row(row) => Some(Subject::Review(row)),
            At::Connecting | At::Candidates(_) | At::Board | At::SignOff { .. } | At::End => None,
        }
    }

    fn enter(&mut self, at: At) -> Turn<Msg> {
        self.at = at;
        Turn::stay()
    }

    fn back(&mut self) -> Turn<Msg> {
        match &self.at {
            At::SignOff { typing: Typing::Yes, .. } => {
                self.enter(At::SignOff { typing: Typing::No, problem: None })
            }
            At::Row(_) | At::SignOff { .. } => self.enter(At::Board),
            At::Connecting | At::Candidates(_) | At::Board | At::End => Turn::over(),
        }
    }

    /// Reads everything, once at the beginning and whenever somebody asks.
    fn look(&mut self, desk: &mut Desk) -> Turn<Msg> {
        self.enter(At::Board).read(desk, &Area::REVIEW, Some(Msg::Looked))
    }

    /// It was read: whose tenant it is, who is at work, and what the review begins with.
    fn looked(&mut self, desk: &mut Desk) -> Turn<Msg> {
        if desk.session.plan_origin != PlanOrigin::Given && desk.evidence().accounts.is_empty() {
            let (before, facts) = (desk.world.shared_plan(), desk.world.shared_facts());
            presets::fit(desk.world.plan_mut(), &facts);
            // What the fitted plan names was not looked for yet: a resource group of another name, other accounts.
            if *before != *desk.world.plan() {
                return Turn::stay().read(desk, &Area::REVIEW, Some(Msg::Looked));
            }
        }
        let told = match identity::seen(desk) {
            Ok(told) => told,
            Err(foreign) => return Turn { go: Go::Stop(foreign), ..Turn::stay() },
        };
        if let Some(refused) = steps::refused_operator(&desk.case()) {
            return self.turned_away(desk, refused);
        }
        if candidates::are_wanted(desk) {
            return self.enter(At::Candidates(Candidates::default())).with(told);
        }
        if desk.wish.scope == Scope::Due && self.at == At::Board {
            self.at = At::Row(ReviewRow::Upkeep);
        }
        let frozen = keep::frozen(desk);
        Turn::stay().with(told).with(frozen).with(self.signed_already(desk))
    }

    /// A run that ended between the last signature and its line about the end: everybody has signed, and nobody is asked
    /// again.
    fn signed_already(&mut self, desk: &Desk) -> Option<Effect<Msg>> {
        let is_due = desk.wish.by == By::Person && !desk.is_dry_run() && sign_off::is_signed(desk);
        let closed = sign_off::closed(desk).filter(|_| is_due)?;
        (self.at, self.signed) = (At::End, Some(keep::as_it_stands(desk)));
        Some(Effect::remember(Entry::Reviewed(closed)))
    }

    /// The accounts were named: from here on the plan of the record says it.
    fn choose(&mut self, desk: &mut Desk, msg: candidates::Msg) -> Turn<Msg> {
        let At::Candidates(candidates) = &mut self.at else { return Turn::stay() };
        if msg == candidates::Msg::Away {
            return Turn::over();
        }
        let Some(accounts) = candidates.on(msg) else { return Turn::stay() };
        presets::adopt(desk.world.plan_mut(), &accounts);
        let saved = keep::plan(desk);
        self.look(desk).with(saved)
    }

    fn turned_away(&mut self, desk: &mut Desk, refused: Trouble) -> Turn<Msg> {
        desk.trouble = Some(refused);
        self.at = At::Connecting;
        Turn::begin(Start::SignInAgain(Operators::Administrators))
    }

    /// Somebody signs; with the last signature it is over.
    fn sign(&mut self, desk: &mut Desk, person: &str) -> Turn<Msg> {
        let refused = |problem: String| At::SignOff { typing: Typing::Yes, problem: Some(problem) };
        let person = match who::typed(person) {
            Ok(person) => person,
            Err(problem) => return self.enter(refused(problem.to_owned())),
        };
        if let Some(problem) = sign_off::refusal(desk, &person) {
            return self.enter(refused(problem));
        }
        let Some(open) = desk.evidence().reviews.open.clone() else { return Turn::stay() };
        desk.person.clone_from(&person);
        let signed = Signed {
            review: open.review,
            person,
            date: desk.world.today(),
            facts: open.facts,
            head: String::new(),
        };
        let closed = sign_off::is_last(desk).then(|| sign_off::closed(desk)).flatten();
        self.at = match closed {
            Some(_) => At::End,
            None => At::SignOff { typing: Typing::No, problem: None },
        };
        self.signed = closed.is_some().then(|| keep::as_it_stands(desk));
        let entries = [Entry::ReviewSigned(signed)].into_iter().chain(closed.map(Entry::Reviewed));
        Turn::stay().with(entries.map(Effect::remember))
    }

    /// The report goes its way; nothing else is chosen meanwhile.
    fn sending(&mut self, turn: Turn<Msg>) -> Turn<Msg> {
        self.report = OnItsWay::Yes;
        turn
    }

    /// It has arrived, or not.
    fn sent(&mut self, desk: &mut Desk, told: Result<String, Trouble>) -> Turn<Msg> {
        self.report = OnItsWay::No;
        match told {
            Ok(words) => desk.did(words),
            Err(trouble) => desk.trouble = Some(trouble),
        }
        Turn::stay()
    }

    /// The name under which its help stands in the guide.
    pub fn help(&self) -> &'static str {
        match self.at {
            At::Connecting | At::Candidates(_) => "signing-in",
            At::Board => "review",
            At::Row(_) => "review-row",
            At::SignOff { .. } | At::End => "review-sign-off",
        }
    }

    /// The rows beside every screen.
    pub(super) fn rail(&self, desk: &Desk) -> Vec<RailItem> {
        let here = match self.at {
            At::Row(row) => Some(row),
            At::Connecting | At::Candidates(_) | At::Board | At::SignOff { .. } | At::End => None,
        };
        screens::rail(desk, here)
    }

    /// Whether the rail of its rows stands beside it.
    pub fn has_rail(&self) -> bool {
        !matches!(self.at, At::Connecting | At::Candidates(_))
    }

    /// The screen.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        match &self.at {
            At::Connecting | At::Board => screens::board(desk, self.shown),
            At::Candidates(candidates) => candidates.screen(desk).lift(Msg::Candidates),
            At::Row(row) => screens::row(desk, *row),
            At::SignOff { typing, problem } => sign_off::screen(desk, *typing, problem.clone()),
            At::End => screens::end(desk, self),
        }
    }

    /// What is answered when nobody is there: it looks, and leaves with what it saw. Nobody signs.
    pub fn answer(&self, desk: &Desk) -> Answer<Msg> {
        match self.at {
            At::Connecting | At::Candidates(_) => Answer::Stop,
            At::Board | At::Row(_) if desk.trouble.is_some() => Answer::Stop,
            At::Board | At::Row(_) if !desk.is_dry_run() && keep::told_by_plan(desk).is_some() => {
                Answer::Say(Msg::TakeWord)
            }
            At::Board | At::Row(_) if mending::may_mend(desk) => Answer::Say(Msg::Mend),
            At::Board | At::Row(_) | At::SignOff { .. } | At::End => Answer::Leave,
        }
    }
}

/// Whether nothing says which accounts the review is about.
pub fn is_unnamed(desk: &Desk) -> bool {
    candidates::are_wanted(desk)
}

/// What is to be added to the command line where nobody is there to say which accounts it is about.
pub fn unnamed(desk: &Desk) -> Option<Trouble> {
    candidates::are_wanted(desk).then(|| candidates::unnamed(desk))
}
