//! To which tenant a record belongs. A tenant has one id and several domains, and may be named by any of them.

/// A tenant as it was read: the id never changes, domains come and go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Tenant id.
    pub id: String,
    /// Its verified domains.
    pub domains: Vec<String>,
}

/// Whether a record belongs to a tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Belongs {
    /// It does, or to nobody yet.
    Yes,
    /// It does not.
    No,
    /// That shows when the tenant tells its id.
    NotKnownYet,
}
