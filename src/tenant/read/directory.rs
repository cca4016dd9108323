//! The tenant, its domains and licenses, and who is signed in (contract 1 and 15.2).

use crate::domain::facts::{Licenses, Operator, Organization};
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::tenant::fault::Fault;
use crate::tenant::http::Audience;
use crate::tenant::jwt;
use crate::tenant::session::Session;
use crate::tenant::wire::{self, DirectoryRole, Domain, Me, ScheduleInstance, ServicePlan, Sku};

use super::{Reader, escaped};

/// Service plan ids and names of Entra ID P1 and P2 (contract 1).
const P1: (&str, &str) = ("41781fb2-bc02-4b7c-bd55-b576c07bb09d", "AAD_PREMIUM");
const P2: (&str, &str) = ("eec0eb4f-6444-4f95-aba0-50c24d67f998", "AAD_PREMIUM_P2");

/// The tenant and its domains.
pub(super) async fn organization(reader: &Reader<'_>) -> Result<Organization, Fault> {
    let session = reader.session;
    let tenants: Vec<wire::Organization> = session.graph_list("/organization?$select=id,displayName").await?;
    let domains: Vec<Domain> =
        session.graph_list("/domains?$select=id,isInitial,isVerified,authenticationType").await?;
    let tenant = tenants.into_iter().next().ok_or_else(|| nothing("no organization"))?;
    let initial =
        domains.iter().find(|d| d.is_initial && d.is_verified).ok_or_else(|| nothing("no initial domain"))?;
    Ok(Organization {
        id: tenant.id,
        name: clean(&tenant.display_name),
        initial_domain: initial.id.clone(),
        initial_is_managed: initial.authentication_type.eq_ignore_ascii_case("Managed"),
        domains: domains.iter().filter(|d| d.is_verified).map(|d| clean(&d.id)).collect(),
        federated: domains
            .iter()
            .filter(|d| d.authentication_type.eq_ignore_ascii_case("Federated"))
            .map(|d| d.id.clone())
            .collect(),
    })
}

fn nothing(what: &str) -> Trouble {
    Trouble::new(
        "The tenant tells too little.",
        format!("It shows {what}."),
        "Check the account's rights, then try again.",
    )
}

/// Which licenses the tenant has.
pub(super) async fn licenses(reader: &Reader<'_>) -> Result<Licenses, Fault> {
    let skus: Vec<Sku> =
        reader.session.graph_list("/subscribedSkus?$select=capabilityStatus,servicePlans").await?;
    let alive =
        |sku: &&Sku| ["Enabled", "Warning"].iter().any(|s| s.eq_ignore_ascii_case(&sku.capability_status));
    let plans: Vec<&ServicePlan> = skus.iter().filter(alive).flat_map(|sku| &sku.service_plans).collect();
    let has = |(id, name): (&str, &str)| {
        plans.iter().any(|plan| {
            plan.provisioning_status.eq_ignore_ascii_case("Success")
                && (plan.service_plan_id.eq_ignore_ascii_case(id) || plan.service_plan_name == name)
        })
    };
    Ok(Licenses { p1: has(P1) || has(P2), p2: has(P2) })
}

/// Who is signed in.
pub(super) async fn operator(reader: &Reader<'_>) -> Result<Operator, Fault> {
    let session = reader.session;
    if session.source(Audience::Graph).way.is_app() {
        return app(session).await;
    }
    let me: Me = session.graph("/me?$select=id,userPrincipalName").await?;
    let roles = directory_roles(session).await?;
    let eligible = eligible_roles(session, &me.id).await;
    let token = session.token(Audience::Graph).await?;
    let scopes = jwt::claims(&token).map(|claims| claims.scp).unwrap_or_default();
    Ok(Operator {
        id: me.id,
        upn: clean(&me.user_principal_name),
        roles,
        eligible,
        scopes: scopes.split_whitespace().map(str::to_owned).collect(),
    })
}

/// Roles that are the person's own on request (contract 3). Without P2, or without the right to look, nothing is known.
async fn eligible_roles(session: &Session, person: &str) -> Option<Vec<String>> {
    let path = format!(
        "/roleManagement/directory/roleEligibilityScheduleInstances?$filter=principalId%20eq%20'{}'",
        escaped(person)
    );
    let instances: Vec<ScheduleInstance> = session.graph_list(&path).await.ok()?;
    Some(instances.into_iter().map(|held| held.role_definition_id).collect())
}

/// An app that signed in by itself: it has no `/me`, so its token tells who it is and what it may do (contract 15.10).
async fn app(session: &Session) -> Result<Operator, Fault> {
    let token = session.token(Audience::Graph).await?;
    let claims = jwt::claims(&token).ok_or_else(|| nothing("a token that cannot be read"))?;
    let upn = clean(&format!("app {}", claims.app()));
    Ok(Operator { id: claims.oid, upn, roles: Vec::new(), eligible: None, scopes: claims.roles })
}

/// Template ids and names of the caller's active directory roles. The index behind it may be late (contract 15.2).
pub(in crate::tenant) async fn directory_roles(session: &Session) -> Result<Vec<(String, String)>, Fault> {
    let path = "/me/transitiveMemberOf/microsoft.graph.directoryRole?$count=true&$select=id,displayName,roleTemplateId";
    let roles: Vec<DirectoryRole> = session.graph_list(path).await?;
    Ok(roles.into_iter().map(|role| (role.role_template_id, clean(&role.display_name))).collect())
}
