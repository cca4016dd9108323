//! Decisions about the role: when it is assigned, why, and what to do where Privileged Identity Management forbids it.

use serde::{Deserialize, Serialize};

/// How and when Global Administrator is assigned.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Role {
    /// In step 2 as in the guide, or only after exclusion and keys are verified.
    pub order: RoleOrder,
    /// The reason that Privileged Identity Management stores with the assignment.
    pub justification: String,
    /// What to do where its settings forbid an assignment without end.
    #[serde(skip_serializing_if = "IfForbidden::is_preset")]
    pub if_forbidden: IfForbidden,
    /// The ticket that its settings ask for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ticket: Option<Ticket>,
}

impl Default for Role {
    fn default() -> Self {
        Self {
            order: RoleOrder::AfterProof,
            justification: "Emergency access account: permanent assignment required".to_owned(),
            if_forbidden: IfForbidden::default(),
            ticket: None,
        }
    }
}

/// When the role is assigned.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum RoleOrder {
    /// In step 2.
    AsInGuide,
    /// After the exclusion and the keys have been verified.
    AfterProof,
}

/// What to do where the role's settings forbid an assignment without end.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum IfForbidden {
    /// Nothing, until somebody decides.
    #[default]
    Ask,
    /// Assign it directly, past those settings.
    AssignDirectly,
}

impl IfForbidden {
    #[allow(clippy::trivially_copy_pass_by_ref, reason = "serde asks by reference")]
    fn is_preset(&self) -> bool {
        *self == Self::default()
    }
}

/// A ticket, as the role's settings may ask for one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Ticket {
    /// Its number.
    pub number: String,
    /// The system it is in.
    pub system: String,
}
