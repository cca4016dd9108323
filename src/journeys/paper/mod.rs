//! Slips and pages, from the first word about them to the sealed envelope.
//!
//! [`slips`] is the path of a secret: made, set, put on paper, typed back. [`printing`] takes it from the vault to paper
//! by the route that was chosen, [`calibrating`] tries that route before; [`halves`] and [`own_pin`] are the two other ways
//! to make a slip. [`pages`] shows every page with its secret masked. Files with `screens` in their name draw, the others
//! decide.

pub(super) mod calibrating;
pub(super) mod halves;
pub(super) mod own_pin;
pub(super) mod pages;
pub(super) mod printing;
pub(super) mod printing_screens;
pub(super) mod slip_screens;
pub(super) mod slips;
