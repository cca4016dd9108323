//! Exercises: the scenario that is played, what happened in one by its clock, what it came to, and what is to be better.
//!
//! Nouns and pure rules. The journey is `journeys::tabletop`; the tenant that breaks is the rehearsal's.

pub mod act;
pub mod cards;
pub mod clock;
pub mod closing;
pub mod days;
pub mod die;
pub mod event;
pub mod held;
pub mod journal;
pub mod play;
pub mod rating;
pub mod scenario;
pub mod script;
pub mod seat;
pub mod standing;
pub mod tally;
mod written;
