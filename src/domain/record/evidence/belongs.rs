//! The tenant that a record belongs to.

use crate::domain::record::evidence::Evidence;
use crate::domain::record::{Belongs, Identity};
use crate::domain::text::is_guid;

fn same(one: &str, other: &str) -> bool {
    one.eq_ignore_ascii_case(other)
}

impl Evidence {
    /// Whether the record belongs to the tenant that is named like this, by its id or one of its domains.
    pub fn belongs_to(&self, named: &str) -> Belongs {
        let Some(begun) = &self.tenant else { return Belongs::Yes };
        let domains = self.identity.as_ref().map(|identity| identity.domains.as_slice()).unwrap_or_default();
        if same(begun, named) || domains.iter().any(|domain| same(domain, named)) {
            return Belongs::Yes;
        }
        match self.tenant_id() {
            Some(id) if same(id, named) => Belongs::Yes,
            Some(_) if is_guid(named) => Belongs::No,
            _ => Belongs::NotKnownYet,
        }
    }

    /// Whether the record belongs to the tenant that was read.
    pub fn belongs_to_tenant(&self, read: &Identity) -> bool {
        match (&self.tenant, self.tenant_id()) {
            (None, _) => true,
            (Some(_), Some(id)) => same(id, &read.id),
            (Some(domain), None) => read.domains.iter().any(|known| same(known, domain)),
        }
    }

    /// Whether anything was made, vouched for or tested here: a plan alone, or a look at the tenant, is no beginning.
    pub fn has_begun(&self) -> bool {
        let has_made = !self.accounts.is_empty() || self.group.is_some() || !self.originals.is_empty();
        has_made || !self.attested.is_empty() || !self.slips.is_empty() || !self.tests.is_empty()
    }

    /// The id of the tenant that the record belongs to, as far as the record knows it.
    fn tenant_id(&self) -> Option<&str> {
        let begun = self.tenant.as_deref().filter(|begun| is_guid(begun));
        self.identity.as_ref().map(|identity| identity.id.as_str()).or(begun)
    }

    /// A tenant has told who it is: known of the record once it belongs to somebody.
    pub(super) fn identified(&mut self, told: Identity) {
        match self.tenant {
            Some(_) => self.identity = Some(told),
            None => self.told = Some(told),
        }
    }

    /// From the first thing on that is more than a beginning or a look, the record belongs to the tenant of that run.
    pub(super) fn bind(&mut self) {
        if self.tenant.is_none() {
            self.tenant.clone_from(&self.begun);
            self.identity = self.told.take();
        }
    }
}
