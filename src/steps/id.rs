//! The number of each step: the one place where it stands.

/// The number of a step, 1 to 9.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct StepId(u8);

impl StepId {
    /// The first account itself.
    pub const FIRST_ACCOUNT: Self = Self(1);
    /// Its role.
    pub const ROLE: Self = Self(2);
    /// Its second factor.
    pub const SECOND_FACTOR: Self = Self(3);
    /// Every other account with its role and its second factor.
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
