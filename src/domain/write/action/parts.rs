//! What writes are made of: which way, for which method, which rule. Plain choices, without a request of their own.

use crate::domain::plan::Ticket;

/// Whether the tenant's deleted users could be looked at, where an account of the same name may lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RecycleBin {
    /// None of the name is in it.
    Read,
    /// It could not be read: the new account may come to stand beside a deleted one that is restored.
    Unread,
}

impl RecycleBin {
    /// What a sentence adds.
    pub(super) fn words(self) -> &'static str {
        match self {
            RecycleBin::Read => "",
            RecycleBin::Unread => "; whether a deleted one lies in the recycle bin could not be read",
        }
    }
}

/// A property of an account that is put right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Repair {
    /// `accountEnabled: true`.
    Enable,
    /// `passwordPolicies: DisablePasswordExpiration`.
    NeverExpire,
    /// A property that should be empty, by its Graph name.
    Clear(String),
}

/// How the role is assigned.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum RoleRoute {
    /// A PIM schedule request without end, with this justification and, where the plan has one, this ticket (P2).
    Pim { justification: String, ticket: Option<Ticket> },
    /// A direct role assignment, where there is no PIM.
    Direct,
    /// A direct role assignment past the settings of PIM, which forbid one without end: only where somebody decided so.
    PastPim,
}

/// A method whose policy can be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PolicyMethod {
    /// FIDO2 security keys.
    Fido2,
    /// Temporary Access Pass.
    TemporaryPass,
    /// SMS.
    Sms,
}

impl PolicyMethod {
    /// The name on screens.
    pub fn words(self) -> &'static str {
        match self {
            PolicyMethod::Fido2 => "security keys (FIDO2)",
            PolicyMethod::TemporaryPass => "Temporary Access Pass",
            PolicyMethod::Sms => "SMS",
        }
    }
}

/// Whether a Temporary Access Pass can be used once or until it ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PassUse {
    /// One sign-in.
    Once,
    /// Any number of sign-ins within its lifetime.
    UntilItEnds,
}

/// Whether only role administrators may change the exclusion group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protection {
    /// `isAssignableToRole: true`; needs P1.
    RoleAssignable,
    /// An ordinary group, where the tenant has no P1 and therefore no Conditional Access.
    Ordinary,
}
