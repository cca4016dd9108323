//! What an event of the terminal comes to.

use crate::domain::secret::SecretId;
use crate::effects::locked::LockedText;
use crate::journeys::Msg;

/// What an event leads to.
#[derive(Debug)]
pub enum Reaction {
    /// Nothing at all.
    None,
    /// The face's own state changed.
    Draw,
    /// A message to the program.
    Say(Msg),
    /// A line of a secret was typed and is to be checked by the vault.
    Check {
        /// Which secret.
        secret: SecretId,
        /// Which line of it.
        line: usize,
        /// What was typed.
        typed: LockedText,
    },
    /// A secret that is not known yet was typed or pasted; the vault keeps it.
    Keep(LockedText),
    /// Show what can be copied without borders.
    Copy,
    /// Stop until continued.
    Suspend,
}
