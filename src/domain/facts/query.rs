//! What to look for when an area is read: planned names, and ids that the record remembers.

use jiff::Timestamp;

use crate::domain::plan::Plan;
use crate::domain::record::Evidence;
use crate::domain::slot::Slot;

/// What the reader looks for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Query {
    /// The accounts.
    pub accounts: Vec<Sought>,
    /// Display name of the exclusion group.
    pub group_name: String,
    /// Its object id, when adopted or remembered.
    pub group_id: Option<String>,
    /// Azure subscription id, when planned.
    pub subscription: Option<String>,
    /// Planned resource group.
    pub resource_group: String,
    /// Planned workspace.
    pub workspace: String,
    /// The action group that the plan adopts, `resource-group/name`; the one made here when left out.
    pub action_group: Option<String>,
    /// Since when logs are looked at, as far as they go back; the last days where nobody asks for more.
    pub since: Option<Timestamp>,
}

/// One account to look for.
#[derive(Debug, Clone, PartialEq)]
pub struct Sought {
    /// Which slot it fills.
    pub slot: Slot,
    /// The part before the @ of the planned name; the initial domain is added by the reader.
    pub user_name: String,
    /// Object id or user principal name of an account adopted by the plan.
    pub adopt: Option<String>,
    /// Object id remembered from the receipt of its creation.
    pub id: Option<String>,
}

impl Query {
    /// What to look for under `plan`, given what is remembered.
    pub fn of(plan: &Plan, evidence: &Evidence) -> Self {
        let accounts = plan
            .slots()
            .map(|(slot, account)| Sought {
                slot,
                user_name: account.user_name.clone(),
                adopt: account.adopt.clone(),
                id: evidence.accounts.get(&slot).cloned(),
            })
            .collect();
        Self {
            accounts,
            group_name: plan.group.name.clone(),
            group_id: plan.group.adopt.clone().or_else(|| evidence.group.clone()),
            subscription: plan.alerts.subscription.clone(),
            resource_group: plan.alerts.resource_group.clone(),
            workspace: plan.alerts.workspace.clone(),
            action_group: plan.alerts.action_group.clone(),
            since: None,
        }
    }
}
