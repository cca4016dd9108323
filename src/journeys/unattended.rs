//! What is answered when nobody sits at the console. Every task and journey answers for itself, from the plan; it never
//! guesses: where the plan is silent, the question is skipped and stays open.

/// What to do without a person.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer<M> {
    /// Say this.
    Say(M),
    /// Wait for the world.
    Wait,
    /// It is over; leave.
    Leave,
    /// Nothing can be said; leave with what is open.
    Stop,
}

impl<M> Answer<M> {
    /// This answer as one of whoever is above.
    #[must_use]
    pub fn lift<N>(self, up: fn(M) -> N) -> Answer<N> {
        match self {
            Self::Say(msg) => Answer::Say(up(msg)),
            Self::Wait => Answer::Wait,
            Self::Leave => Answer::Leave,
            Self::Stop => Answer::Stop,
        }
    }
}
