//! The part of a person that a rehearsal plays: it waits until whoever rehearses says that it was done, so that there is
//! time to read what is done for real. Unattended it is said at once.

use crate::domain::connection::loopback::leads_here;
use crate::domain::mark::Mark;
use crate::journeys::desk::Desk;

/// Whether somebody simulated acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Play {
    /// Nobody: a person does it.
    OfAPerson,
    /// Somebody simulated, as soon as the person at the console says so.
    Waits,
    /// Somebody simulated, who was told.
    Played,
}

impl Play {
    /// How it is in this tenant.
    pub fn of(desk: &Desk) -> Self {
        if is_simulated(desk) { Self::Waits } else { Self::OfAPerson }
    }
}

/// Who says what only a person can say, where nobody is there and nothing about the tenant is real.
pub const SIMULATED: &str = "simulated person of the rehearsal";

/// Whether nothing about this tenant is real.
pub fn is_simulated(desk: &Desk) -> bool {
    match desk.session.mark {
        Mark::Rehearsal | Mark::Exercise => true,
        Mark::Live | Mark::Manual => false,
    }
}

/// An address for people, saying so where it is a real one and the tenant is not.
pub fn address(desk: &Desk, address: &str) -> String {
    match is_simulated(desk) && !address.is_empty() && !leads_here(address) {
        true => format!("{address} (in the real portal; not part of this rehearsal)"),
        false => address.to_owned(),
    }
}
