//! What can be done in an exercise that a milestone counts by: read from the one text that a scenario has for it.

use serde::Deserialize;

use crate::domain::slot::Slot;
use crate::domain::text::clean;

/// Something that counts when it was done in the exercise: a name, and the account where it is about one.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub enum Deed {
    /// `sign-in:SLOT`: a sign-in test of the account passed.
    SignIn(Slot),
    /// `new-password:SLOT`: the slip of a new password was typed back.
    NewPassword(Slot),
    /// `new-key:SLOT`: a key was registered.
    NewKey(Slot),
    /// `alert`: an alert was tested, and it reached somebody.
    Alert,
    /// `classified`: a named person has said what a sign-in or a change was.
    Classified,
}

/// What may stand there, for whoever wrote something else.
pub const DEEDS: &str = "sign-in:SLOT, new-password:SLOT, new-key:SLOT, alert, classified";

impl TryFrom<String> for Deed {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        let unknown = || format!("\"{}\" is none of: {DEEDS}", clean(&text));
        let (name, slot) = text.split_once(':').unwrap_or((&text, ""));
        let slot = || Slot::named(slot).ok_or_else(unknown);
        match name {
            "sign-in" => Ok(Self::SignIn(slot()?)),
            "new-password" => Ok(Self::NewPassword(slot()?)),
            "new-key" => Ok(Self::NewKey(slot()?)),
            "alert" if text == name => Ok(Self::Alert),
            "classified" if text == name => Ok(Self::Classified),
            _ => Err(unknown()),
        }
    }
}
