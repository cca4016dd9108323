//! The exercise: a team, or one person alone, on a tenant that really breaks.
//!
//! What happened stands in the exercise's own record and nowhere else; how it stands is worked out from there
//! ([`Play`]), so an exercise that was interrupted goes on as it was. What the team does on the tenant is done by the
//! same boards, repairs and tests as elsewhere; what they bring, the checks see by themselves. In the organization's own world
//! this room only offers what can be played.

use std::collections::VecDeque;
use std::sync::Arc;

use jiff::Timestamp;

use crate::domain::check::repair::RepairCase;
use crate::domain::exercise::act::{Act, Response};
use crate::domain::exercise::clock::Clock;
use crate::domain::exercise::event::{Event, Mode, Moment, Players, Readers};
use crate::domain::exercise::journal::Journal;
use crate::domain::exercise::play::Play;
use crate::domain::exercise::scenario::Scenario;
use crate::domain::facts::Facts;
use crate::domain::record::Entry;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::journeys::breaking::Did;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, ProgramEffect};
use crate::journeys::screen::Screen;
use crate::journeys::tasks::board;
use crate::journeys::turn::{Outcome, Start, Turn};
use crate::journeys::unattended::Answer;
use crate::steps::Subject;

mod acts;
mod at;
mod beginning;
mod better;
mod conduct;
mod console;
mod deciding;
mod framed;
mod hot_wash;
mod library;
mod lists;
mod people;
mod players;
mod scripted;
mod team;
mod timing;
mod typing;

pub use at::{At, Part};
pub use hot_wash::{exit_code, report};

/// What the journey is called in the record.
pub const JOURNEY: &str = "tabletop";

/// An exercise under way.
#[derive(Debug, Clone, PartialEq)]
pub struct Tabletop {
    /// What is on the screen.
    pub at: At,
    /// The clock.
    clock: Clock,
    /// When the clock was last kept in the record, by itself.
    beaten: u32,
    /// Changes of the tenant that are on their way, in their order.
    breaking: VecDeque<String>,
    /// How often the tenant was changed by name in this run.
    changes: u32,
    /// Whether the checks are looking at the tenant, and how often it was changed when they began.
    looking: Option<u32>,
    /// What they saw last.
    seen: Option<Seen>,
    /// A response that waits until the checks have looked for the first time.
    pending: Option<Response>,
    /// A response that waits until the operator is signed in.
    waiting: Option<Response>,
    /// How many lines of the script were played.
    line: usize,
    /// Why the last line of the script could not be played.
    stuck: Option<Trouble>,
}

/// What the checks saw of the tenant, and when.
#[derive(Debug, Clone, PartialEq)]
struct Seen {
    facts: Arc<Facts>,
    at: Timestamp,
}

/// What happens in an exercise.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// To this screen.
    To(At),
    /// Somebody does something.
    Act(Act),
    /// The answer to the question on the screen.
    Typed(String),
    /// At the board of a row.
    Board(board::Msg),
    /// Time goes by.
    Tick,
    /// A moment stands in the record.
    Recorded(Box<Moment>),
    /// The tenant was changed, or not.
    Broke(Result<Did, Trouble>),
    /// The checks have looked.
    Looked(Arc<Facts>),
    /// The next line of the script.
    Next,
    /// One back.
    Back,
    /// The exercise of this scenario is begun, or gone on with.
    Play(String, Players),
    /// Write the papers that are handed out before.
    Papers,
    /// To the organization.
    Home,
}

impl Msg {
    /// Whether it is news: nobody has chosen it.
    pub fn is_news(&self) -> bool {
        matches!(self, Self::Tick | Self::Recorded(_) | Self::Broke(_) | Self::Looked(_) | Self::Next)
    }
}

/// What an exercise has at hand, as long as one thing is done.
struct Table<'a> {
    scenario: &'a Scenario,
    journal: &'a Journal,
    play: Play,
}

/// What the exercise of this run has at hand; `None` where the run is none.
fn table(desk: &Desk) -> Option<Table<'_>> {
    let scenario = &*desk.exercise.as_ref()?.scenario;
    let journal = &desk.evidence().exercise;
    Some(Table { scenario, journal, play: Play::of(scenario, &journal.moments) })
}

impl Tabletop {
    /// Begins with what can be played; in a run that is an exercise, with the exercise where it stands.
    pub fn begin(desk: &mut Desk) -> (Self, Turn<Msg>) {
        let now = desk.session.now;
        let mut tabletop = Self {
            at: At::Library,
            clock: Clock::showing(0, Mode::Paused, now),
            beaten: 0,
            breaking: VecDeque::new(),
            changes: 0,
            looking: None,
            seen: None,
            pending: None,
            waiting: None,
            line: 0,
            stuck: None,
        };
        let turn = match table(desk) {
            None => Turn::stay(),
            Some(table) => {
                tabletop.at = place(&table);
                // Whoever comes back finds the clock standing: nobody loses the minutes of a real call.
                let mode = if table.play.mode == Mode::Turns { Mode::Turns } else { Mode::Paused };
                tabletop.clock = Clock::showing(table.play.at, mode, now).at_pace(timing::pace(desk, &table));
                tabletop.beaten = table.play.at;
                tabletop.resume(desk)
            }
        };
        (tabletop, turn)
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match msg {
            Msg::To(at) => self.to(desk, at),
            Msg::Act(act) => self.act(desk, act),
            Msg::Typed(text) => self.typed(desk, &text),
            Msg::Board(msg) => match self.subject() {
                Some(subject) => board::on(desk, &subject, &msg),
                None => Turn::stay(),
            },
            Msg::Tick => self.tick(desk),
            Msg::Recorded(moment) => self.recorded(desk, &moment),
            Msg::Broke(result) => self.broke(desk, result),
            Msg::Looked(facts) => self.looked(desk, facts),
            Msg::Next => self.next_line(desk),
            Msg::Back => self.back(desk),
            Msg::Play(scenario, players) => {
                Effect::Program(ProgramEffect::Exercise(scenario, players)).into()
            }
            Msg::Papers => {
                let folder = &desk.session.record;
                desk.did(format!("The papers are for-players.pdf and for-the-facilitator.pdf, in {folder}."));
                Turn::stay().with(beginning::papers(desk))
            }
            Msg::Home => self.home(desk),
        }
    }

    /// A task on top has ended: what it brought, the checks see.
    pub fn resumed(&mut self, desk: &mut Desk, outcome: &Outcome) -> Turn<Msg> {
        match (outcome, self.waiting.take()) {
            (Outcome::SignedIn, Some(with)) => self.signed_in(desk, &with),
            (Outcome::Misuse(slot), _) => {
                Turn::begin(Start::Repair { case: Some(RepairCase::Misuse), slot: Some(*slot) })
            }
            _ => self.came_back(desk),
        }
    }

    /// What is on the table.
    pub fn subject(&self) -> Option<Subject> {
        match self.at {
            At::Row(row) => Some(Subject::Review(row)),
            _ => None,
        }
    }

    fn enter(&mut self, at: At) -> Turn<Msg> {
        self.at = at;
        Turn::stay()
    }

    fn to(&mut self, desk: &mut Desk, at: At) -> Turn<Msg> {
        match at {
            At::Row(row) => self.at_row(desk, Response::Row(row.number())),
            at => self.enter(at),
        }
    }

    fn back(&mut self, desk: &mut Desk) -> Turn<Msg> {
        match at::before(&self.at) {
            // Once the play has ended, its lists are looked at from the hot wash.
            Some(At::Console) => self.enter(table(desk).as_ref().map_or(At::Console, place)),
            Some(at) => self.enter(at),
            None => self.home(desk),
        }
    }

    /// Out of the exercise, which goes on where it stands when it is begun again.
    fn home(&self, desk: &Desk) -> Turn<Msg> {
        if desk.exercise.is_none() {
            return Turn::over();
        }
        let kept = self.kept(desk).map(Effect::remember);
        Turn::from(Effect::Program(ProgramEffect::Home)).after(kept)
    }

    /// Puts a moment into the record, at what the clock shows.
    fn moment(&self, desk: &Desk, what: Event) -> Effect<Msg> {
        let at = self.clock.at(desk.session.now);
        Effect::remember(Entry::Moment(Moment { at, what }))
    }

    /// The name under which its help stands in the guide.
    pub fn help(&self) -> &'static str {
        match &self.at {
            At::Library | At::Offer(_) => "tabletop",
            At::Brief | At::Leader(_) | At::Cast { .. } => "tabletop-before",
            At::Team | At::Seats | At::Account(_) | At::Row(_) | At::Hands => "tabletop-team",
            At::Question(_)
            | At::Ratings
            | At::Rating(_)
            | At::Reason { .. }
            | At::Rater { .. }
            | At::Improvements
            | At::Improving { .. }
            | At::Completing(_)
            | At::End => "tabletop-after",
            _ => "tabletop-console",
        }
    }

    /// The screen.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        let Some(table) = table(desk) else { return library::screen(desk, &self.at) };
        let now = self.clock.at(desk.session.now);
        let view = View { desk, table: &table, now, mode: self.clock.mode };
        match &self.at {
            At::Library | At::Offer(_) | At::Brief => beginning::brief(&view),
            At::Leader(problem) => beginning::leader(&view, problem.clone()),
            At::Cast { names, .. } => beginning::cast(&view, names.len()),
            At::Console => console::screen(&view),
            At::Injects => lists::injects(&view),
            At::Inject(id) => lists::inject(&view, id),
            At::Decisions => deciding::decisions(&view),
            At::Options(decision) => deciding::options(&view, decision),
            At::Owner { decision, option, typing } => {
                deciding::owner(&view, Chosen { decision, option }, *typing)
            }
            At::Rationale { decision, option, owner } => {
                deciding::rationale(&view, Chosen { decision, option }, owner)
            }
            At::Expected => lists::expected(&view),
            At::Marking { inject, action } => lists::marking(&view, inject, action),
            At::Word { inject, action } => lists::word(&view, inject, action),
            At::Team => team::screen(&view),
            At::Seats => team::seats(&view),
            At::Account(case) => team::accounts(&view, *case),
            At::Row(row) => team::row_board(&view, *row),
            At::Hands => team::hands(&view),
            At::People => people::people(&view),
            At::Person(role) => people::person(&view, role),
            At::Cards => lists::cards(&view),
            At::Card { card, problem } => lists::card(&view, card, problem.clone()),
            At::Note(to) => lists::note(&view, *to),
            At::Timeline => lists::timeline(&view),
            At::Hints => lists::hints(&view),
            At::Interrupting => console::interrupting(&view),
            At::Ending => hot_wash::ending(&view),
            At::Question(number) => hot_wash::question(&view, *number),
            At::Ratings => hot_wash::ratings(&view),
            At::Rating(objective) => hot_wash::rating(&view, objective),
            At::Reason { problem, .. } => hot_wash::reason(&view, problem.clone()),
            At::Rater { .. } => hot_wash::rater(&view),
            At::Improvements => better::improvements(&view),
            At::Improving { number, part, problem } => {
                better::improving(&view, *number, *part, problem.clone())
            }
            At::Completing(problem) => hot_wash::completing(&view, problem.clone()),
            At::End => hot_wash::end(&view),
        }
    }

    /// What is answered when nobody is there: what the script says.
    pub fn answer(&self, desk: &Desk) -> Answer<Msg> {
        self.scripted(desk)
    }

    /// Whether the tenant is being changed or looked at.
    fn is_busy(&self) -> bool {
        self.looking.is_some() || !self.breaking.is_empty()
    }
}

/// An option of a decision.
#[derive(Clone, Copy)]
struct Chosen<'a> {
    decision: &'a str,
    option: &'a str,
}

/// What a screen is made from.
struct View<'a> {
    desk: &'a Desk,
    table: &'a Table<'a>,
    /// What the clock shows.
    now: u32,
    /// How it goes.
    mode: Mode,
}

/// Where an exercise stands when it is gone to.
fn place(table: &Table<'_>) -> At {
    match &table.play {
        play if play.completed.is_some() => At::End,
        play if play.ended.is_some() => At::Ratings,
        play if play.opened.is_some() => At::Console,
        _ => At::Brief,
    }
}

/// The account of a slot, as people call it.
fn account(desk: &Desk, slot: Slot) -> String {
    format!("{slot} account ({})", desk.world.upn(slot))
}
