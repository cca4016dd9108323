//! What somebody at the console does in an exercise: by a key, or by a line of a script. One form for both, so that a
//! script does nothing that a person cannot do.

use jiff::civil::Date;
use serde::Deserialize;

use super::event::{Cast, Mark, Mode, Rating, Readers};
use super::written::day;
use crate::domain::check::repair::RepairCase;
use crate::domain::record::Class;
use crate::domain::slot::Slot;
use crate::domain::text::clean;

/// One thing that is done.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(tag = "do", rename_all = "kebab-case", deny_unknown_fields)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Act {
    /// The exercise begins.
    Open {
        facilitator: String,
        #[serde(default)]
        cast: Vec<Cast>,
        #[serde(default)]
        mode: Mode,
    },
    /// The clock goes like this from now on.
    Clock { mode: Mode },
    /// One turn goes by; so many minutes, the scenario's when left out.
    Turn {
        #[serde(default)]
        minutes: Option<u32>,
    },
    /// An inject is sent now.
    Send { inject: String },
    /// An inject is kept back.
    Withhold { inject: String },
    /// A role's person is away.
    Away { role: String },
    /// Somebody decides.
    Decide {
        decision: String,
        option: String,
        owner: String,
        #[serde(default)]
        rationale: String,
    },
    /// The evaluator says how far an action was carried out.
    Mark {
        inject: String,
        action: String,
        mark: Mark,
        #[serde(default)]
        note: String,
    },
    /// What stands on a card is typed; in a script the card's own code when left out.
    Card {
        card: String,
        #[serde(default)]
        code: Option<String>,
    },
    /// The team does something on the tenant.
    Respond { with: Response },
    /// The checks look at the tenant now.
    Look,
    /// A note.
    Note {
        text: String,
        #[serde(default = "private")]
        to: Readers,
    },
    /// A hint is asked for: `milestone:ID`, `decision:ID` or `action:INJECT/ID`.
    Hint { about: String },
    /// The play ends.
    End {
        #[serde(default)]
        why: String,
    },
    /// A question of the hot wash is answered; they are counted from 1.
    Answer { question: usize, text: String },
    /// A rating is changed.
    Override { objective: String, rating: Rating, reason: String, person: String },
    /// What is to be better: the improvement with this number, counted from 1.
    Improve {
        number: u32,
        #[serde(default)]
        objective: String,
        #[serde(default)]
        issue: String,
        #[serde(default)]
        action: String,
        #[serde(default)]
        owner: String,
        #[serde(default, deserialize_with = "day")]
        due: Option<Date>,
        #[serde(default, deserialize_with = "day")]
        retest: Option<Date>,
    },
    /// Everything is said.
    Complete { person: String },
}

fn private() -> Readers {
    Readers::Facilitator
}

/// What a team does on the tenant, by the product's own means.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Response {
    /// `sign-in:SLOT`: somebody signs in as the account.
    SignIn(Slot),
    /// `repair:CASE:SLOT`: a repair of the account.
    Repair(RepairCase, Slot),
    /// `row:NUMBER`: a row of the review, with its writes.
    Row(u8),
    /// `by-hand:ID`: what the product has no write for.
    ByHand(String),
    /// `console:operator`, `console:SLOT`: who signs in at the console from now on.
    Console(Option<Slot>),
    /// `alert:SLOT`: the alert is tested, by a sign-in of the account.
    Alert(Slot),
    /// `classify:CLASS`: what nobody has classified yet was this; people say it at the row of sign-ins and changes.
    Classify(Class),
}

/// What may stand there, for whoever wrote something else.
pub const RESPONSES: &str = "sign-in:SLOT, repair:CASE:SLOT, row:NUMBER, by-hand:ID, console:SLOT, console:operator, alert:SLOT, \
     classify:CLASS";

/// How many rows a review has.
const ROWS: u8 = 12;

/// The everyday administrator, as the one at the console.
const OPERATOR: &str = "operator";

/// Which account is signed in at the console where the journal says that `who` sat down there (`console:second`); `None` for
/// the everyday administrator.
pub fn seated(who: &str) -> Option<Slot> {
    match Response::named(who) {
        Some(Response::Console(slot)) => slot,
        _ => None,
    }
}

impl TryFrom<String> for Response {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::named(&text).ok_or_else(|| match text.strip_prefix("row:") {
            Some(row) => format!("there is no row {}: the review has the rows 1 to {ROWS}", clean(row)),
            None => format!("\"{}\" is none of: {RESPONSES}", clean(&text)),
        })
    }
}

impl Response {
    fn named(text: &str) -> Option<Self> {
        let (kind, rest) = text.split_once(':')?;
        match kind {
            "sign-in" => Slot::named(rest).map(Self::SignIn),
            "row" => rest.parse().ok().filter(|row| (1..=12).contains(row)).map(Self::Row),
            "by-hand" => Some(Self::ByHand(rest.to_owned())),
            "console" if rest == OPERATOR => Some(Self::Console(None)),
            "console" => Slot::named(rest).map(|slot| Self::Console(Some(slot))),
            "alert" => Slot::named(rest).map(Self::Alert),
            "classify" => Class::named(rest).map(Self::Classify),
            "repair" => {
                let (case, slot) = rest.split_once(':')?;
                RepairCase::named(case).zip(Slot::named(slot)).map(|(case, slot)| Self::Repair(case, slot))
            }
            _ => None,
        }
    }

    /// As a script and the journal spell it.
    pub fn name(&self) -> String {
        match self {
            Self::SignIn(slot) => format!("sign-in:{}", slot.key()),
            Self::Repair(case, slot) => format!("repair:{}:{}", case.id(), slot.key()),
            Self::Row(row) => format!("row:{row}"),
            Self::ByHand(id) => format!("{}{id}", super::play::HAND),
            Self::Console(slot) => format!("{}{}", super::play::CONSOLE, slot.map_or(OPERATOR, Slot::key)),
            Self::Alert(slot) => format!("alert:{}", slot.key()),
            Self::Classify(class) => format!("classify:{}", class.id()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_response_is_read_as_it_is_spelled() {
        for text in [
            "sign-in:second",
            "repair:blocked-by-policy:first",
            "row:5",
            "by-hand:switch-off",
            "console:operator",
            "alert:second",
            "classify:misuse",
        ] {
            assert_eq!(Response::try_from(text.to_owned()).map(|it| it.name()), Ok(text.to_owned()));
        }
        for wrong in
            ["", "row:0", "row:13", "sign-in:third-floor", "repair:first", "look", "classify:planned"]
        {
            assert!(Response::try_from(wrong.to_owned()).is_err(), "{wrong}");
        }
    }
}
