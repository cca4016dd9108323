//! Answers as a list to choose from, and whether something else can be typed.

/// What can be answered to a decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answers {
    /// What can be chosen.
    pub list: Vec<Answer>,
    /// Whether something else can be typed.
    pub typed: Typed,
}

/// An answer that can be chosen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// What it is called.
    pub label: String,
    /// What it means; may be empty.
    pub meaning: String,
    /// What stands for it.
    pub text: String,
}

/// Whether something else than what can be chosen can be typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Typed {
    /// No: these are all.
    No,
    /// Yes, in a field that stands there at once; what can be chosen is beside it.
    Beside,
    /// Yes, once that is chosen.
    Behind,
}

impl Answer {
    pub(super) fn new(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { label: text.clone(), meaning: String::new(), text }
    }

    pub(super) fn called(self, label: impl Into<String>) -> Self {
        Self { label: label.into(), ..self }
    }

    pub(super) fn meaning(self, meaning: impl Into<String>) -> Self {
        Self { meaning: meaning.into(), ..self }
    }
}

impl Answers {
    pub(super) fn all(list: impl IntoIterator<Item = Answer>) -> Self {
        Self { list: list.into_iter().collect(), typed: Typed::No }
    }

    pub(super) fn beside(list: impl IntoIterator<Item = Answer>) -> Self {
        Self { list: list.into_iter().collect(), typed: Typed::Beside }
    }

    pub(super) fn behind(list: impl IntoIterator<Item = Answer>) -> Self {
        Self { list: list.into_iter().collect(), typed: Typed::Behind }
    }
}
