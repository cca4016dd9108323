//! The tenant itself as four decisions, where no connection tells it.

use super::{Decision, Field, line, typed::word, words::word_for};
use crate::domain::plan::{License, Tenant};
use crate::domain::text::is_guid;

/// The license, in the words in which it is chosen.
pub(super) const LICENSES: [(&str, Option<License>); 4] = [
    ("P1", Some(License::P1)),
    ("P2", Some(License::P2)),
    ("none", Some(License::None)),
    ("not known", None),
];

/// Name, initial domain, id and license.
pub(super) fn decisions(tenant: &Tenant) -> [Decision; 4] {
    let license = word_for(&LICENSES, tenant.license);
    [
        line(Field::TenantName, "Tenant: name", tenant.name.clone(), "tenant"),
        line(Field::TenantDomain, "Tenant: initial domain", tenant.initial_domain.clone(), "tenant"),
        line(Field::TenantId, "Tenant: id", tenant.id.clone(), "tenant"),
        line(Field::License, "Tenant: Entra ID license", license, "tenant"),
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
            tenant.license = word(&text, &LICENSES)?;
        }
        _ => {}
    }
    Ok(())
}
