//! Messages: everything that can happen to the program. Each journey, task and guard has its own, nested here by who hears
//! them, so that none can be handed what is not its own.
//!
//! They are plain data and hold no secret.

use jiff::Timestamp;
use jiff::civil::Date;

use crate::domain::connection::sign_in::Demand;
use crate::domain::facts::AreaFacts;
use crate::domain::record::{Entry, Head};
use crate::domain::trouble::Trouble;
use crate::journeys::effect::{self, Read, Watch, Write};
use crate::journeys::guards::{restricted_unit, tenant_name};
use crate::journeys::tasks::{
    accept, again, alert_test, attest, by_hand, calibrate, classify, consent, destroy, hand_over, pages,
    recipients, register_key, sign_in, sign_in_test, slip, task_list, writing,
};
use crate::journeys::{home, repair, review, screen, setup, tabletop};

/// A screen whose choices are messages of the program.
pub type Screen = screen::Screen<Msg>;
/// A choice that is a message of the program.
pub type Choice = screen::Choice<Msg>;
/// A question answered by messages of the program.
pub type Question = screen::Question<Msg>;
/// An effect answered by messages of the program.
pub type Effect = effect::Effect<Msg>;

/// Something happened.
#[derive(Debug, Clone, PartialEq)]
pub enum Msg {
    /// A person asks to leave.
    Quit,
    /// A person leaves.
    Leave,
    /// A person stays after all.
    Stay,
    /// Time passed while something is awaited.
    Tick(Now),
    /// One area was read.
    Read(Box<AreaFacts>),
    /// All areas of a reading were read. What follows it comes with it: no face may ask in between.
    ReadDone(Option<Box<Msg>>),
    /// A write takes minutes, because of this.
    Waiting(String),
    /// Something cannot go on before somebody signs in.
    SignInNeeded(Box<Needed>),
    /// A secret is shown although this may keep it; somebody has decided so.
    Exposed(String),
    /// An entry stands in the record.
    Recorded(Timestamp, Box<Entry>),
    /// The record goes so far now; told before the entry that it ends with.
    Head(Head),
    /// The record could not be written; nothing further may be changed.
    RecordFailed(Trouble),
    /// Pages without secrets, or the answers so far, were written into the record folder, or not.
    Filed(Result<Vec<String>, Trouble>),
    /// To the first screen.
    Home(home::Msg),
    /// To the setup.
    Setup(setup::Msg),
    /// To a repair.
    Repair(repair::Msg),
    /// To the review.
    Review(review::Msg),
    /// To the exercise.
    Tabletop(tabletop::Msg),
    /// To the instructions for doing it by hand.
    ByHand(by_hand::Msg),
    /// To the list of tasks.
    TaskList(task_list::Msg),
    /// To the consent list.
    Consent(consent::Msg),
    /// To the writing.
    Writing(writing::Msg),
    /// To whoever vouches.
    Attest(attest::Msg),
    /// To what else can be done.
    Others(again::Msg),
    /// To whoever accepts by name.
    Accept(accept::Msg),
    /// To whoever says what sign-ins and changes were.
    Classify(classify::Msg),
    /// To the registration of a key.
    RegisterKey(register_key::Msg),
    /// To the making of a slip.
    Slip(slip::Msg),
    /// To the files that are destroyed.
    Destroy(destroy::Msg),
    /// To the sign-in test.
    SignInTest(sign_in_test::Msg),
    /// To the test of the alert.
    AlertTest(alert_test::Msg),
    /// To the waiting for recipients.
    Recipients(recipients::Msg),
    /// To the page for another team.
    HandOver(hand_over::Msg),
    /// To the pages that are looked at.
    Pages(pages::Msg),
    /// To the printer that is tried.
    Calibrate(calibrate::Msg),
    /// To the sign-in.
    SignIn(sign_in::Msg),
    /// To the question for the tenant's name.
    TenantName(tenant_name::Msg),
    /// To the change of an account in a restricted unit.
    RestrictedUnit(restricted_unit::Msg),
}

/// What time it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Now {
    /// For display and deadlines.
    pub at: Timestamp,
    /// The day, where the administrator is.
    pub today: Date,
}

/// A sign-in that is needed, and what for.
#[derive(Debug, Clone, PartialEq)]
pub struct Needed {
    /// What the sign-in must bring.
    pub demand: Demand,
    /// What waits for it.
    pub by: NeededBy,
}

/// What waits for a sign-in.
#[derive(Debug, Clone, PartialEq)]
pub enum NeededBy {
    /// A reading, with the areas that are left.
    Read(Read<Msg>),
    /// The watch over an area.
    Watch(Watch<Msg>),
    /// A write.
    Write(Write<Msg>),
}

impl Msg {
    /// Whether it is news: the world answered, or the program goes on by itself. Anything else a person has chosen, and
    /// the trouble on the screen was read.
    pub(super) fn is_news(&self) -> bool {
        match self {
            Self::Quit | Self::Leave | Self::Stay => true,
            Self::Tick(_)
            | Self::Read(_)
            | Self::ReadDone(_)
            | Self::Waiting(_)
            | Self::SignInNeeded(_)
            | Self::Recorded(..)
            | Self::Head(_)
            | Self::RecordFailed(_)
            | Self::Filed(_)
            | Self::RestrictedUnit(_) => true,
            Self::Setup(msg) => msg.is_news(),
            Self::Repair(msg) => *msg == repair::Msg::Looked,
            Self::Review(msg) => msg.is_news(),
            Self::Tabletop(msg) => msg.is_news(),
            Self::Writing(msg) => {
                !matches!(msg, writing::Msg::AskToStop | writing::Msg::GoOn | writing::Msg::Stop)
            }
            Self::RegisterKey(msg) => msg.is_news(),
            Self::Slip(msg) => msg.is_news(),
            Self::SignInTest(msg) => msg.is_news(),
            Self::SignIn(msg) => msg.is_news(),
            Self::Recipients(msg) => msg.is_news(),
            Self::AlertTest(msg) => msg.is_news(),
            Self::Pages(msg) => matches!(msg, pages::Msg::Set(_)),
            Self::Calibrate(msg) => matches!(msg, calibrate::Msg::Printed(_) | calibrate::Msg::JobSeen(_)),
            Self::Home(_)
            | Self::ByHand(_)
            | Self::TaskList(_)
            | Self::Consent(_)
            | Self::Attest(_)
            | Self::Accept(_)
            | Self::Others(_)
            | Self::Classify(_)
            | Self::Destroy(_)
            | Self::HandOver(_)
            | Self::TenantName(_)
            | Self::Exposed(_) => false,
        }
    }
}
