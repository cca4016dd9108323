//! Whether a write happened whose answer was lost: the tenant is asked.
//!
//! Only writes that would make a second thing need this, and what is found must be what was sent ([`super::ours`]).
//! Everything else sets a value at an address of its own (Azure's resources among them), and setting it twice is the same
//! as once: there is nothing that could be mistaken for another's.

use std::time::Duration;

use jiff::Timestamp;
use serde_json::Value;

use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::tenant::Receipt;
use crate::tenant::fault::Fault;
use crate::tenant::read::escaped;
use crate::tenant::session::Session;
use crate::tenant::wire::{Method, User};

use super::not_seen;
use super::ours::{self, Found, SentGroup, SentUser};
use super::stands::{self, Held};

/// Looks after a lost answer, tenant seconds: a list may know of a fresh object later than its id does.
const LOOKS: [u64; 5] = [0, 5, 10, 20, 30];
/// Waits until a fresh object can be read by its id: three minutes in all, tenant seconds (contract 0).
const READABLE: [u64; 9] = [0, 1, 2, 4, 8, 15, 30, 60, 60];

/// Whether doing it twice is the same as doing it once.
pub(super) fn is_repeatable(action: &Action) -> bool {
    !matches!(action, Action::CreateUser { .. } | Action::CreateGroup { .. })
}

/// What became of a write whose answer was lost.
pub(super) enum Happened {
    /// It was made.
    Yes(Receipt),
    /// It does not show.
    No,
    /// Something is in its place that somebody else made: neither is it taken, nor is it sent again.
    Foreign(Trouble),
}

/// Looks whether a write happened although its answer was lost.
pub(super) async fn happened(session: &Session, sent: Sent<'_>) -> Result<Happened, Fault> {
    let Sent { action, since } = sent;
    match action {
        Action::CreateUser { upn, display_name, .. } => {
            let sent = SentUser { upn, display_name, since };
            looked(session, Sought::User(sent)).await
        }
        Action::CreateGroup { name, protection, members, .. } => {
            let sent = SentGroup { name, protection: *protection, members };
            looked(session, Sought::Group(sent)).await
        }
        Action::AssignRole { principal, .. } => {
            let held = stands::assignment(session, principal).await?;
            Ok(done((held == Held::ForGood).then(Receipt::default)))
        }
        Action::AddPhone { id, number, .. } => Ok(done(phone(session, id, number).await?.map(named))),
        Action::RemoveLicense { id, sku, .. } => {
            Ok(done(is_gone(session, id, sku).await?.then(Receipt::default)))
        }
        _ => Ok(Happened::No),
    }
}

/// A write on its way.
#[derive(Clone, Copy)]
pub(super) struct Sent<'a> {
    pub action: &'a Action,
    /// The services' time when it was first sent.
    pub since: Timestamp,
}

fn done(receipt: Option<Receipt>) -> Happened {
    receipt.map_or(Happened::No, Happened::Yes)
}

fn named(id: String) -> Receipt {
    Receipt { id: Some(id), ..Receipt::default() }
}

/// An object that may have been made.
enum Sought<'a> {
    User(SentUser<'a>),
    Group(SentGroup<'a>),
}

/// Looks several times, because what was made may show late, behind another's of its name.
async fn looked(session: &Session, sought: Sought<'_>) -> Result<Happened, Fault> {
    let mut last = Happened::No;
    for seconds in LOOKS {
        session.pause(Duration::from_secs(seconds)).await;
        let found = match &sought {
            Sought::User(sent) => ours::user(session, sent).await?,
            Sought::Group(sent) => ours::group(session, sent).await?,
        };
        last = match found {
            Found::Ours(id) => return Ok(Happened::Yes(named(id))),
            Found::Foreign(trouble) => Happened::Foreign(trouble),
            Found::Nothing => last,
        };
    }
    Ok(last)
}

/// Waits until an assignment is in the list that is read afterwards. It stands either way: when it does not show within
/// three minutes, the check says so.
pub(super) async fn listed(session: &Session, principal: &str) {
    for seconds in READABLE {
        session.pause(Duration::from_secs(seconds)).await;
        match stands::assignment(session, principal).await {
            Ok(Held::Otherwise(_) | Held::Not) => {}
            Err(fault) if fault.is_absent() => {}
            // What else goes wrong was repeated already where that helps.
            Ok(Held::ForGood) | Err(_) => return,
        }
    }
}

/// Whether an account is to be in a restricted unit or not.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Restriction {
    There,
    Gone,
}

/// Waits until an account shows that it has left or entered its restricted unit. The write stands either way: when it
/// does not show within three minutes, the change that follows is refused and says so.
pub(super) async fn restricted(session: &Session, user: &str, wanted: Restriction) {
    let path = format!("/users/{}?$select=id,isManagementRestricted", escaped(user));
    for seconds in READABLE {
        session.pause(Duration::from_secs(seconds)).await;
        let shown = session.graph::<User>(&path).await.map(|user| user.is_management_restricted);
        match shown {
            Ok(shown) if shown != (wanted == Restriction::There) => {}
            Err(fault) if fault.is_absent() => {}
            Ok(_) | Err(_) => return,
        }
    }
}

/// The phone that was registered as the mobile one: the same number may stand there as another kind.
async fn phone(session: &Session, user: &str, number: &str) -> Result<Option<String>, Fault> {
    let methods: Vec<Method> =
        session.graph_list(&format!("/users/{}/authentication/methods", escaped(user))).await?;
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let is_it = |m: &Method| {
        m.phone_type == "mobile" && !m.phone_number.is_empty() && digits(&m.phone_number) == digits(number)
    };
    let found = methods.into_iter().find(is_it);
    Ok(found.map(|method| method.id))
}

async fn is_gone(session: &Session, user: &str, sku: &str) -> Result<bool, Fault> {
    let user: User = session.graph(&format!("/users/{}?$select=id,assignedLicenses", escaped(user))).await?;
    Ok(!user.assigned_licenses.iter().any(|license| license.sku_id.eq_ignore_ascii_case(sku)))
}

/// Waits until the fresh object at `path` can be read by its id.
pub(super) async fn readable(session: &Session, path: &str) -> Result<(), Fault> {
    for seconds in READABLE {
        session.pause(Duration::from_secs(seconds)).await;
        match session.graph::<Value>(path).await {
            Ok(_) => return Ok(()),
            Err(fault) if fault.is_absent() => {}
            Err(fault) => return Err(not_seen(&fault.trouble.reason())),
        }
    }
    Err(not_seen("It was made, but cannot be read by its id after three minutes."))
}
