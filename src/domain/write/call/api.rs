//! API versions of Azure Resource Manager used here (contract 8, 15.9, 16).

/// Providers and resource groups.
pub const RESOURCES: &str = "2025-04-01";
/// Log Analytics workspaces.
pub const WORKSPACES: &str = "2025-07-01";
/// Entra diagnostic settings.
pub const DIAGNOSTICS: &str = "2017-04-01";
/// Action groups; the version that tells whether a mailbox was confirmed.
pub const ACTION_GROUPS_CONFIRMED: &str = "2026-09-01";
/// Action groups; the version accepted everywhere.
pub const ACTION_GROUPS: &str = "2023-01-01";
/// Alert rules; the version accepted everywhere.
pub const RULES: &str = "2023-12-01";
/// Alert rules; the newest, which shows all that a rule may hold.
pub const RULES_NEWEST: &str = "2026-03-01";
/// Alerts that have fired, and their history.
pub const ALERTS: &str = "2019-03-01";
/// Alert processing rules (contract 16, UNVERIFIED).
pub const PROCESSING_RULES: &str = "2021-08-08";
