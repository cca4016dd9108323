//! The names that a scenario speaks of: of the exercise's own plan and tenant, and the organization's own name where its
//! record knows it.

use std::path::Path;

use super::Organization as Home;
use crate::domain::exercise::scenario::names::Names;
use crate::domain::facts::Organization;
use crate::domain::plan::{Account, Plan};
use crate::domain::record::Half;
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::effects::files;
use crate::rehearsal::{self, Known};

/// Where they lie in the folder of an exercise.
const FILE: &str = "names.json";

/// The names that the exercise in `folder` has spoken of since it was first begun; `first` makes them then. By now its tenant
/// is broken, somebody else may sit at its console, and the organization's plan may be another one.
///
/// # Errors
///
/// They cannot be read or written.
pub(super) fn kept(folder: &Path, first: impl FnOnce() -> Names) -> Result<Names, Trouble> {
    let file = folder.join(FILE);
    if let Ok(bytes) = files::read_own(&file) {
        return serde_json::from_slice(&bytes).map_err(|error| {
            Trouble::new(
                format!("The names of the exercise in {} cannot be read.", folder.display()),
                format!("{FILE}: {error}."),
                "Move that folder away, and begin the exercise anew.",
            )
        });
    }
    let names = first();
    files::replace(&file, &serde_json::to_vec_pretty(&names).unwrap_or_default())?;
    Ok(names)
}

/// The exercise's own tenant, as it is known before anybody has looked: what its accounts are called is no secret at the table,
/// and the first sign-in may come before the first look.
pub(super) fn tenant(known: Known) -> Organization {
    Organization {
        id: rehearsal::TENANT_ID.to_owned(),
        name: known.tenant,
        initial_domain: known.domain.clone(),
        initial_is_managed: true,
        domains: vec![known.domain, known.other_domain],
        federated: Vec::new(),
    }
}

/// The names for an exercise by `plan` on the tenant that is `known`.
pub(super) fn of(plan: Option<&Plan>, home: &Home, known: &Known) -> Names {
    let sample = Names::sample();
    let Some(plan) = plan else { return Names { operator: known.operator.clone(), ..sample } };
    let (first, second) = (Named::of(plan, Slot::FIRST), Named::of(plan, Slot::SECOND));
    let upn = |name: &str| format!("{name}@{}", known.domain);
    let or = |text: Option<&String>, sample: String| {
        text.filter(|text| !text.trim().is_empty()).cloned().unwrap_or(sample)
    };
    Names {
        tenant: organization(home).unwrap_or_else(|| known.tenant.clone()),
        domain: known.domain.clone(),
        other_domain: known.other_domain.clone(),
        first: upn(&first.name),
        first_name: first.name,
        second: upn(&second.name),
        second_name: second.name,
        group: plan.group.name.clone(),
        policy: or(known.in_force.first(), sample.policy),
        operator: known.operator.clone(),
        safe_first: first.safe,
        safe_second: second.safe,
        key_safe_first: first.key_safe,
        key_safe_second: second.key_safe,
        key_first: first.key,
        key_second: second.key,
        custodian_first: first.custodian,
        custodian_second: second.custodian,
        approver: or(plan.procedure.approvers.first(), sample.approver),
        incident_system: or(Some(&plan.procedure.incident_system), sample.incident_system),
        recipient: or(plan.alerts.recipients.first().map(|one| &one.name), sample.recipient),
        workspace: plan.alerts.workspace.clone(),
    }
}

/// The organization's own name: as its pages had it, or as its plan has it.
fn organization(home: &Home) -> Option<String> {
    let printed = home.record.evidence().names.as_ref().map(|names| names.tenant.clone());
    let planned =
        || home.plan.as_ref().and_then(|plan| plan.tenant.as_ref()).map(|tenant| tenant.name.clone());
    printed.or_else(planned).filter(|name| !name.trim().is_empty())
}

/// What belongs to one account, by name.
#[derive(Default)]
struct Named {
    name: String,
    safe: String,
    key: String,
    key_safe: String,
    custodian: String,
}

impl Named {
    fn of(plan: &Plan, slot: Slot) -> Self {
        plan.account(slot).map(|account| Self::of_account(plan, account)).unwrap_or_default()
    }

    fn of_account(plan: &Plan, account: &Account) -> Self {
        let key = account.keys.first();
        Self {
            name: account.user_name.clone(),
            safe: account.safe.clone(),
            key: key.map(|key| key.name.clone()).unwrap_or_default(),
            key_safe: key.map(|key| key.safe.clone()).unwrap_or_default(),
            custodian: plan.custodian_of(account, Half::A).to_owned(),
        }
    }
}
