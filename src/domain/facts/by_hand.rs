//! Facts of a tenant that nobody is connected to: what the plan tells, and nothing else.

use crate::domain::connection::cloud::Cloud;
use crate::domain::connection::portals::Portals;
use crate::domain::facts::{Facts, Licenses, Organization, Reading};
use crate::domain::plan::{License, Tenant};

impl Facts {
    /// The facts of a manual tenant, as far as the plan tells them. Nothing in them was looked up. In which cloud it is
    /// the command line says; see [`Self::in_cloud_of`].
    pub fn by_hand(told: Option<&Tenant>) -> Self {
        Self {
            cloud: Cloud::Global,
            portals: Portals::default(),
            organization: told.map_or(Reading::NotConnected, |tenant| Reading::Read(organization(tenant))),
            licenses: told
                .and_then(|tenant| tenant.license)
                .map_or(Reading::NotConnected, |license| Reading::Read(licenses(license))),
            operator: Reading::NotConnected,
            accounts: Reading::NotConnected,
            roles: Reading::NotConnected,
            methods: Reading::NotConnected,
            method_policy: Reading::NotConnected,
            registration: Reading::NotConnected,
            group: Reading::NotConnected,
            policies: Reading::NotConnected,
            what_if: Reading::NotConnected,
            defaults: Reading::NotConnected,
            monitoring: Reading::NotConnected,
            sign_ins: Reading::NotConnected,
            around: Reading::NotConnected,
            audits: Reading::NotConnected,
        }
    }

    /// These facts, of a tenant in the cloud that `other` is in.
    #[must_use]
    pub fn in_cloud_of(self, other: &Self) -> Self {
        Self { cloud: other.cloud, portals: other.portals.clone(), ..self }
    }

    /// Whether there is no connection to this tenant.
    pub fn is_by_hand(&self) -> bool {
        self.accounts == Reading::NotConnected
    }
}

fn organization(tenant: &Tenant) -> Organization {
    Organization {
        id: tenant.id.clone(),
        name: tenant.name.clone(),
        initial_domain: tenant.initial_domain.clone(),
        initial_is_managed: true,
        domains: Vec::new(),
        federated: Vec::new(),
    }
}

fn licenses(license: License) -> Licenses {
    match license {
        License::None => Licenses { p1: false, p2: false },
        License::P1 => Licenses { p1: true, p2: false },
        License::P2 => Licenses { p1: true, p2: true },
    }
}
