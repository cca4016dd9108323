//! Home: the first screen, and the pages of the guide that are read from it.

use crate::domain::paper::page;
use crate::guide::Topic;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, ProgramEffect};
use crate::journeys::frame;
use crate::journeys::screen::{Block, Choice, Leave, Screen};
use crate::journeys::session::TenantChoice;
use crate::journeys::turn::{Start, Turn};
use crate::journeys::unattended::Answer;

mod board;
mod lost;
mod other_tenant;

/// The word for the tenant without a connection, as on the command line.
const MANUAL: &str = "manual";

/// Where one is at home.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Home {
    /// The first screen.
    #[default]
    First,
    /// Which real tenant to work on; what was wrong with the last answer.
    OtherTenant { problem: Option<String> },
    /// A page of the guide.
    Guide(Topic),
}

/// What a person does at home.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// Begin the setup, or go on with it.
    BeginSetup,
    /// Make a new slip in place of one that counts as lost.
    MakeSlip,
    /// Review: what drifted and what is due.
    BeginReview,
    /// Begin an exercise.
    BeginTabletop,
    /// Repair something about one account, or rotate its password.
    BeginRepair,
    /// Work on a real tenant.
    OtherTenant,
    /// Which.
    Tenant(String),
    /// Work without a connection.
    WithoutConnection,
    /// Look at the pages, secrets masked.
    LookAtPages,
    /// Read the guide.
    Read(Topic),
    /// Back to the first screen.
    Back,
}

impl Home {
    /// What comes of a message.
    pub fn on(&mut self, desk: &Desk, msg: Msg) -> Turn<Msg> {
        let may_choose = desk.session.choice == TenantChoice::Open;
        match msg {
            Msg::BeginSetup => return Turn::begin(Start::Setup),
            Msg::MakeSlip => return Turn::begin(Start::SetupAt(lost::step())),
            Msg::BeginReview => return Turn::begin(Start::Review),
            Msg::BeginTabletop => return Turn::begin(Start::Tabletop),
            Msg::BeginRepair => return Turn::begin(Start::Repair { case: None, slot: None }),
            Msg::LookAtPages => return Turn::begin(Start::Pages(page::all(&desk.case()))),
            Msg::WithoutConnection if may_choose => return switch(MANUAL).into(),
            Msg::WithoutConnection => {}
            Msg::OtherTenant if may_choose => *self = Self::OtherTenant { problem: None },
            Msg::OtherTenant => {}
            Msg::Tenant(answer) => return self.other_tenant(answer.trim()),
            Msg::Read(topic) => *self = Self::Guide(topic),
            Msg::Back => *self = Self::First,
        }
        Turn::stay()
    }

    /// Unattended there is a setup to be made; a repair needs a person.
    pub fn answer(&self) -> Answer<Msg> {
        match self {
            Self::First => Answer::Say(Msg::BeginSetup),
            Self::Guide(_) => Answer::Say(Msg::Back),
            Self::OtherTenant { .. } => Answer::Stop,
        }
    }

    /// The name under which its help stands in the guide.
    pub fn help(&self) -> &'static str {
        match self {
            Self::First => "home",
            Self::OtherTenant { .. } => "other-tenant",
            Self::Guide(_) => "guide",
        }
    }

    /// The screen.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        match self {
            Self::First => first(desk),
            Self::OtherTenant { problem } => other_tenant::screen(desk, problem.clone()),
            Self::Guide(topic) => guide(desk, *topic),
        }
    }
}

/// Puts the program together anew around another tenant.
fn switch(tenant: &str) -> Effect<Msg> {
    Effect::Program(ProgramEffect::Switch(tenant.to_owned()))
}

fn first(desk: &Desk) -> Screen<Msg> {
    let mut screen = frame::of(desk, "Emergency access for your tenant");
    screen.prose.extend(lost::words(desk));
    screen.prose.push(Block::Text(
        "Two accounts that still open the tenant when every other administrator is locked out: set up, put on paper, \
         watched and tested."
            .to_owned(),
    ));
    screen.prose.extend(other_tenant::words(desk));
    if desk.evidence().has_begun() {
        screen.prose.extend(board::blocks(desk));
        screen.prose.push(Block::Text(format!(
            "There is a record of an earlier run in {}. The setup reads the tenant again and goes on from there.",
            desk.session.record
        )));
    }
    screen.prose.extend(frame::requests(desk));
    screen.choices = choices(desk);
    screen.leave = Some(Leave::asking("Leave"));
    screen
}

fn choices(desk: &Desk) -> Vec<Choice<Msg>> {
    let setup = match desk.evidence().has_begun() {
        true => Choice::safe('s', go_on(desk), Msg::BeginSetup),
        false => {
            Choice::safe('s', "Set up the accounts", Msg::BeginSetup).explained("nine steps, about an hour")
        }
    };
    let repair = Choice::safe('r', "Repair or rotate", Msg::BeginRepair);
    let review = Choice::safe('v', review(desk), Msg::BeginReview);
    let mut choices: Vec<_> = lost::choice(desk).into_iter().chain([setup]).collect();
    let reviews = &desk.evidence().reviews;
    let has_any = desk.evidence().has_begun() || reviews.open.is_some() || reviews.last.is_some();
    choices.extend(has_any.then(|| review.explained("what drifted, what is due")));
    choices.push(repair.explained("something about one account"));
    choices
        .push(Choice::safe('x', "Exercise", Msg::BeginTabletop).explained("a team, on a tenant that breaks"));
    choices.extend(other_tenant::choices(desk));
    choices.push(Choice::safe('p', "Look at the pages, secrets masked", Msg::LookAtPages));
    let topics = Topic::ALL.into_iter().zip(['g', 'u', 't', 'c']);
    choices.extend(
        topics
            .map(|(topic, key)| Choice::safe(key, format!("Read about {}", topic.name()), Msg::Read(topic))),
    );
    choices
}

fn review(desk: &Desk) -> String {
    match &desk.evidence().reviews.open {
        Some(open) => format!("Go on with review {}", open.review),
        None => "Review".to_owned(),
    }
}

fn go_on(desk: &Desk) -> String {
    match board::first_open(desk) {
        Some(step) => format!("Go on with the setup, step {step}"),
        None => "Go on with the setup".to_owned(),
    }
}

fn guide(desk: &Desk, topic: Topic) -> Screen<Msg> {
    let mut screen = frame::of(desk, topic.name());
    screen.prose.push(Block::Verbatim(crate::guide::page(topic)));
    screen.choices = vec![Choice::back("Back", Msg::Back)];
    screen
}
