//! The tenant itself as four decisions, where no connection tells it.

use super::{Decision, Field, line, typed::word};
use crate::domain::plan::{License, Tenant};
use crate::domain::text::is_guid;

/// Name, initial domain, id and license.
pub(super) fn decisions(tenant: &Tenant) -> [Decision; 4] {
    let license = match tenant.license {
        None => "not known",
        Some(License::None) => "none",
        Some(License::P1) => "P1",
        Some(License::P2) => "P2",
    };
    [
        line(Field::TenantName, "Tenant: name", tenant.name.clone(), "tenant"),
        line(Field::TenantDomain, "Tenant: initial domain", tenant.initial_domain.clone(), "tenant"),
        line(Field::TenantId, "Tenant: id", tenant.id.clone(), "tenant"),
        line(Field::License, "Tenant: Entra ID license", license.to_owned(), "tenant"),
    ]
}

/// Changes one of them, or says what is wrong with the answer.
pub(super) fn set(tenant: &mut Tenant, field: Field, text: String) -> Result<(), String> {
    match field {
        Field::TenantName => tenant.name = text,
        Field::TenantDomain => tenant.initial_domain = text,
        Field::TenantId => {
            if !is_guid(&text) {
                return Err("Write the id of the tenant, 36 characters long.".to_owned());
            }
            tenant.id = text;
        }
        Field::License => {
            let words = [
                ("P1", Some(License::P1)),
                ("P2", Some(License::P2)),
                ("none", Some(License::None)),
                ("not known", None),
            ];
            tenant.license = word(&text, &words)?;
        }
        _ => {}
    }
    Ok(())
}
