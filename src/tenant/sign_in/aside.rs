//! Tokens that are put aside until a person has confirmed whose they are; [`super::confirm`] says when that is.

use super::tokens::Grant;
use crate::domain::connection::sign_in::Audience;

/// Who has to confirm whoever signed in.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Asked {
    /// People at a real browser; those of a rehearsal stand for the person at the console.
    #[default]
    RealPeople,
    /// The person at the console always, so that this, too, can be rehearsed.
    Everybody,
}

/// Who is awaited, and who is known.
#[derive(Default)]
pub(in crate::tenant) struct Signing {
    pub(in crate::tenant) asked: Asked,
    pub(super) aside: Option<Aside>,
    pub(super) known: Option<String>,
}

/// A sign-in that was not confirmed yet.
pub(super) struct Aside {
    pub(super) audience: Audience,
    pub(super) id: String,
    pub(super) grant: Grant,
}
