//! A case: everything a step looks at. Steps are pure functions of a case.

use jiff::civil::Date;

use crate::domain::facts::Facts;
use crate::domain::plan::Plan;
use crate::domain::record::Evidence;
use crate::domain::slot::Slot;

/// The plan, what was read, what is remembered, and the day.
#[derive(Debug, Clone, Copy)]
pub struct Case<'a> {
    /// The decisions.
    pub plan: &'a Plan,
    /// What was read from the tenant.
    pub facts: &'a Facts,
    /// What the record remembers.
    pub evidence: &'a Evidence,
    /// Today, where the administrator is.
    pub today: Date,
}

impl Case<'_> {
    /// The tenant id, once the organization was read.
    pub fn tenant(&self) -> &str {
        self.facts.organization.get().map_or("", |o| o.id.as_str())
    }

    /// Whether there is no connection: nothing is looked up, everything is vouched for.
    pub fn is_by_hand(&self) -> bool {
        self.facts.is_by_hand()
    }

    /// The user principal name of the account in `slot`: as it was read, or else as it is planned.
    pub fn upn(&self, slot: Slot) -> String {
        if let Some(account) = self.facts.account(slot) {
            return account.upn.clone();
        }
        let domain = self.facts.organization.get().map_or("", |o| o.initial_domain.as_str());
        let name = self.plan.account(slot).map_or("", |a| a.user_name.as_str());
        format!("{name}@{domain}")
    }
}
