//! Replies: how an answer of the world, or of a person, becomes a message of whoever asked.
//!
//! An effect and a question carry the reply with them, so an answer can reach nobody but the one who waits for it.

use std::fmt;
use std::sync::Arc;

/// Makes the message `M` of an answer `T`.
pub struct Reply<T, M>(Arc<dyn Fn(T) -> M + Send + Sync>);

impl<T: 'static, M: 'static> Reply<T, M> {
    /// A reply that `make`s the message.
    pub fn to(make: impl Fn(T) -> M + Send + Sync + 'static) -> Self {
        Self(Arc::new(make))
    }

    /// The message for this answer.
    pub fn with(&self, answer: T) -> M {
        (self.0)(answer)
    }

    /// This reply as a message of whoever is above.
    #[must_use]
    pub fn lift<N: 'static>(self, up: fn(M) -> N) -> Reply<T, N> {
        Reply::to(move |answer| up(self.with(answer)))
    }
}

impl<T, M> Clone for Reply<T, M> {
    fn clone(&self) -> Self {
        Self(Arc::clone(&self.0))
    }
}

impl<T, M> fmt::Debug for Reply<T, M> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Reply")
    }
}

/// Functions cannot be compared: what else an effect or a question says is what tells two of them apart.
impl<T, M> PartialEq for Reply<T, M> {
    fn eq(&self, _other: &Self) -> bool {
        true
    }
}
