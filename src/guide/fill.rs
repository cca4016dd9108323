//! The placeholders that the guide may hold, filled by [`fill`](crate::domain::fill::fill).

/// Every placeholder that `by_hand`, `limits` and check labels may hold; `steps.toml` says what each means.
pub const PLACEHOLDERS: [&str; 17] = [
    "account",
    "action_group",
    "audit_query",
    "display_name",
    "entra",
    "group_description",
    "group_name",
    "initial_domain",
    "justification",
    "others",
    "policy_count",
    "portal",
    "query",
    "recipients",
    "security_info",
    "upn",
    "workspace",
];
