//! Choices: what can be chosen, how much it weighs, and where it leads.

/// How much a choice weighs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    /// Changes nothing in the tenant.
    Safe,
    /// Writes to the tenant, or makes a secret.
    Writes,
    /// Puts somebody's word into the record: Enter never does.
    Vouches,
    /// Gives something up for good, a secret that is not on paper yet.
    Irreversible,
}

/// How often a face that says nothing twice says a choice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Telling {
    /// Once: what it does is known from then on.
    Once,
    /// Whenever its screen is come to: beside others of the same rank it tells how something stands now.
    EachTime,
    /// On request: a line of a list that stands as the program proposes it. A face with room shows it as every other.
    OnRequest,
}

/// Something to choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Choice<M> {
    /// The key in the full-screen face; [`Choice::LISTED`] for a line of a long list.
    pub key: char,
    /// What it does, in a few words.
    pub label: String,
    /// The present value behind a listed line, or a word of explanation behind another choice; may be empty.
    pub detail: String,
    /// What is said about it once it was chosen; a face with room says it beside the list already.
    pub about: Vec<String>,
    /// What it sends.
    pub msg: M,
    /// Whether it leads back to where one came from.
    pub way: Way,
    /// How much it weighs.
    pub weight: Weight,
    /// How often it is said.
    pub telling: Telling,
}

/// How the program is left from a screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// The words of the choice.
    pub label: &'static str,
    /// A word of explanation behind it; may be empty.
    pub detail: &'static str,
    /// Whether it is asked once more.
    pub how: Leaving,
}

/// Whether it is asked once more before the program is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leaving {
    /// It is.
    Asking,
    /// It is not: nothing is under way.
    AtOnce,
}

impl Leave {
    /// Leaving after a question.
    pub fn asking(label: &'static str) -> Self {
        Self { label, detail: "", how: Leaving::Asking }
    }

    /// Leaving at once.
    pub fn at_once(label: &'static str) -> Self {
        Self { how: Leaving::AtOnce, ..Self::asking(label) }
    }

    /// This way to leave with a word of explanation.
    #[must_use]
    pub fn explained(self, detail: &'static str) -> Self {
        Self { detail, ..self }
    }
}

/// Where a choice leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// On.
    On,
    /// Back: Esc takes it.
    Back,
}

impl<M> Choice<M> {
    /// The key of choices that are lines of a long list, gone through with the arrows.
    pub const LISTED: char = '\0';

    /// This choice as one of whoever is above.
    #[must_use]
    pub fn lift<N>(self, up: fn(M) -> N) -> Choice<N> {
        let Self { key, label, detail, about, msg, way, weight, telling } = self;
        Choice { key, label, detail, about, msg: up(msg), way, weight, telling }
    }

    /// A choice that changes nothing.
    pub fn safe(key: char, label: impl Into<String>, msg: M) -> Self {
        let (label, detail, about) = (label.into(), String::new(), Vec::new());
        Self { key, label, detail, about, msg, way: Way::On, weight: Weight::Safe, telling: Telling::Once }
    }

    /// A choice that leads back.
    pub fn back(label: impl Into<String>, msg: M) -> Self {
        Self { way: Way::Back, ..Self::safe('b', label, msg) }
    }

    /// This choice as the one that Esc takes.
    #[must_use]
    pub fn leading_back(self) -> Self {
        Self { way: Way::Back, ..self }
    }

    /// A choice that writes.
    pub fn writes(key: char, label: impl Into<String>, msg: M) -> Self {
        Self { weight: Weight::Writes, ..Self::safe(key, label, msg) }
    }

    /// A choice that puts somebody's word into the record.
    pub fn vouches(key: char, label: impl Into<String>, msg: M) -> Self {
        Self { weight: Weight::Vouches, ..Self::safe(key, label, msg) }
    }

    /// A choice that gives something up for good.
    pub fn irreversible(key: char, label: impl Into<String>, msg: M) -> Self {
        Self { weight: Weight::Irreversible, ..Self::safe(key, label, msg) }
    }

    /// A line of a long list, with its present value.
    pub fn listed(label: impl Into<String>, value: impl Into<String>, msg: M) -> Self {
        Self { detail: value.into(), ..Self::safe(Self::LISTED, label, msg) }
    }

    /// This choice with a word of explanation.
    #[must_use]
    pub fn explained(self, detail: impl Into<String>) -> Self {
        Self { detail: detail.into(), ..self }
    }

    /// This choice with how that stands now, which is worth saying whenever it is come to.
    #[must_use]
    pub fn standing(self, detail: impl Into<String>) -> Self {
        Self { telling: Telling::EachTime, ..self.explained(detail) }
    }

    /// This choice with what is said about it once it was chosen.
    #[must_use]
    pub fn about(self, about: Vec<String>) -> Self {
        Self { about, ..self }
    }

    /// This choice, said where it is asked for.
    #[must_use]
    pub fn on_request(self) -> Self {
        Self { telling: Telling::OnRequest, ..self }
    }

    /// Label and detail as one line.
    pub fn whole(&self) -> String {
        match (self.detail.as_str(), self.key) {
            ("", _) => self.label.clone(),
            (value, Self::LISTED) => format!("{}: {value}", self.label),
            (words, _) => format!("{} ({words})", self.label),
        }
    }
}
