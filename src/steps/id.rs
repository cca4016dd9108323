//! The number of each step, and the order in which the steps are gone through: the one place where both stand.

/// The number of a step, 1 to 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct StepId(u8);

/// The one way through the steps, from the first to the last; nothing leads back on it. Their numbers are the guide's.
/// Of the five that make an account what it is, the role comes last: an account is an open door until it is excluded and
/// has its keys.
pub const ORDER: [StepId; 9] = [
    StepId::FIRST_ACCOUNT,
    StepId::SECOND_ACCOUNT,
    StepId::CONDITIONAL_ACCESS,
    StepId::SECOND_FACTOR,
    StepId::ROLE,
    StepId::SECURITY_DEFAULTS,
    StepId::ALERTS,
    StepId::CREDENTIALS,
    StepId::SIGN_IN_TEST,
];

impl StepId {
    /// The first account itself.
    pub const FIRST_ACCOUNT: Self = Self(1);
    /// The accounts' role.
    pub const ROLE: Self = Self(2);
    /// The accounts' second factors.
    pub const SECOND_FACTOR: Self = Self(3);
    /// Every other account itself.
    pub const SECOND_ACCOUNT: Self = Self(4);
    /// The exclusion from Conditional Access.
    pub const CONDITIONAL_ACCESS: Self = Self(5);
    /// Security defaults.
    pub const SECURITY_DEFAULTS: Self = Self(6);
    /// Logs and alerts.
    pub const ALERTS: Self = Self(7);
    /// Credentials on paper.
    pub const CREDENTIALS: Self = Self(8);
    /// The sign-in test.
    pub const SIGN_IN_TEST: Self = Self(9);

    /// The number, 1 to 9.
    pub const fn number(self) -> u8 {
        self.0
    }

    /// The position in [`STEPS`], counted from zero.
    pub fn index(self) -> usize {
        usize::from(self.0).saturating_sub(1)
    }

    /// The place on the way through the steps, counted from zero.
    pub fn place(self) -> usize {
        ORDER.iter().position(|id| *id == self).unwrap_or_default()
    }

    /// The step of `number`, when there is one.
    pub fn new(number: u8) -> Option<Self> {
        (1..=9).contains(&number).then_some(Self(number))
    }
}

impl std::fmt::Display for StepId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.fmt(f)
    }
}
