//! What each request asks of whoever sends it: permission, role and licence (contract 0 to 9, 12 and 15).
//!
//! One table for everything that this program can send, keyed by method and path template. It only explains refusals;
//! what is allowed, the tenant alone decides. A request that is not in the table is explained without a guess.

use crate::domain::connection::sign_in::{Audience, RISK_SCOPE};
use crate::domain::trouble::Missing;

/// What one request needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Needs {
    /// The service that answers it.
    pub service: Audience,
    /// `GET`, `POST`, …
    pub method: &'static str,
    /// Path below the service's address; a segment in braces stands for any one.
    pub path: &'static str,
    /// Scopes, all of which are needed; for Azure, the operations that a role has to allow.
    pub permissions: &'static [&'static str],
    /// The least directory or Azure role.
    pub role: &'static str,
    /// What the tenant has to have.
    pub license: &'static str,
}

impl Needs {
    /// What a refusal names.
    pub fn missing(&self) -> Missing {
        Missing { permission: self.permissions.join(" and "), role: self.role.to_owned() }
    }

    /// Whether a request to `path` is this one, segment by segment; how many segments stand for any, when it is.
    ///
    /// A cloud profile may put a path of its own before the service's: what comes before the first segment is left out.
    fn placeholders(&self, path: &str) -> Option<usize> {
        let template: Vec<&str> = segments(self.path).collect();
        let first = template.first()?;
        let sent: Vec<&str> =
            segments(path).skip_while(|segment| !segment.eq_ignore_ascii_case(first)).collect();
        let is_any = |part: &str| part.starts_with('{');
        let alike = |(part, segment): (&&str, &&str)| is_any(part) || part.eq_ignore_ascii_case(segment);
        let fits = template.len() == sent.len() && template.iter().zip(&sent).all(alike);
        fits.then(|| template.iter().filter(|part| is_any(part)).count())
    }
}

fn segments(path: &str) -> impl Iterator<Item = &str> {
    path.split('/').filter(|segment| !segment.is_empty())
}

/// What a request with this method to this path of `service` needs; of several rows that fit, the most exact one.
pub fn of(service: Audience, method: &str, path: &str) -> Option<Needs> {
    let service = if service == Audience::Risk { Audience::Graph } else { service };
    let of_it = all().filter(|row| row.service == service && row.method == method);
    let fitting = of_it.filter_map(|row| row.placeholders(path).map(|any| (any, row)));
    fitting.min_by_key(|(any, _)| *any).map(|(_, row)| row)
}

/// The whole table.
pub fn all() -> impl Iterator<Item = Needs> {
    let services = [(Audience::Graph, GRAPH), (Audience::Arm, AZURE), (Audience::Logs, LOGS)];
    services.into_iter().flat_map(|(service, rows)| {
        rows.iter().map(move |&(method, path, permissions, Holder { role, license })| Needs {
            service,
            method,
            path,
            permissions,
            role,
            license,
        })
    })
}

/// Who may do it.
#[derive(Clone, Copy)]
struct Holder {
    role: &'static str,
    license: &'static str,
}

const ANYBODY: Holder = Holder { role: "any", license: "Entra ID" };
const READER: Holder = Holder { role: "Global Reader", license: "Entra ID" };
const USERS: Holder = Holder { role: "User Administrator", license: "Entra ID" };
/// Of an administrator's account, the emergency access accounts' among them.
const ADMINISTRATORS: Holder = Holder {
    role: "User Administrator (for an administrator's account: Privileged Authentication Administrator)",
    license: "Entra ID",
};
const SESSIONS: Holder = Holder { role: "Privileged Authentication Administrator", license: "Entra ID" };
/// Learn, "user: assignLicense" (`graph/api/user-assignlicense`, read 2026-11-29): Directory Writers, License
/// Administrator or User Administrator.
const LICENSES: Holder = Holder { role: "License Administrator", license: "Entra ID" };
const ROLES: Holder = Holder { role: "Privileged Role Administrator", license: "Entra ID" };
const SCHEDULES: Holder = Holder { role: "Privileged Role Administrator", license: "Entra ID P2" };
const GROUP: Holder = Holder { role: "Privileged Role Administrator", license: "Entra ID P1" };
const UNIT: Holder = Holder { role: "Privileged Role Administrator", license: "Entra ID P1" };
const METHODS_READ: Holder = Holder { role: "Global Reader", license: "Entra ID P1" };
const METHODS: Holder = Holder { role: "Privileged Authentication Administrator", license: "Entra ID P1" };
const METHOD_POLICY: Holder = Holder { role: "Authentication Policy Administrator", license: "Entra ID P1" };
const POLICIES_READ: Holder = Holder { role: "Security Reader", license: "Entra ID P1" };
const POLICIES: Holder = Holder { role: "Conditional Access Administrator", license: "Entra ID P1" };
const DEFAULTS: Holder = Holder { role: "Security Administrator", license: "Entra ID" };
/// Learn, "Get riskyUser" (`graph/api/riskyuser-get`, read 2026-11-30): Global Reader, Security Operator, Security Reader or
/// Security Administrator; Entra ID P2.
const RISK: Holder = Holder { role: "Security Reader", license: "Entra ID P2" };
const REPORTS: Holder = Holder { role: "Reports Reader", license: "Entra ID P1" };
const AZURE_READER: Holder = Holder { role: "Reader on the subscription", license: "an Azure subscription" };
const MONITORING_READER: Holder =
    Holder { role: "Monitoring Reader on the subscription", license: "an Azure subscription" };
const AZURE_GROUP_READER: Holder =
    Holder { role: "Reader on the resource group", license: "an Azure subscription" };
const CONTRIBUTOR: Holder =
    Holder { role: "Contributor on the subscription", license: "an Azure subscription" };
const WORKSPACE: Holder =
    Holder { role: "Log Analytics Contributor on the resource group", license: "an Azure subscription" };
const QUERY: Holder =
    Holder { role: "Log Analytics Reader on the workspace", license: "an Azure subscription" };
const MONITOR: Holder =
    Holder { role: "Monitoring Contributor on the resource group", license: "an Azure subscription" };
const SETTINGS: Holder = Holder {
    role: "Security Administrator (with Log Analytics Contributor on the workspace)",
    license: "Entra ID P1",
};

/// Method, path template, permissions, and who holds them.
type Row = (&'static str, &'static str, &'static [&'static str], Holder);

const READ_METHODS: &[&str] = &["UserAuthenticationMethod.Read.All"];
const WRITE_METHODS: &[&str] = &["UserAuthenticationMethod.ReadWrite.All"];
const READ_ROLES: &[&str] = &["RoleManagement.Read.Directory"];
const WRITE_ROLES: &[&str] = &["RoleManagement.ReadWrite.Directory"];
const READ_GROUPS: &[&str] = &["GroupMember.Read.All"];
/// The second for a role-assignable group (contract 5).
const MAKE_GROUP: &[&str] = &["Group.ReadWrite.All", "RoleManagement.ReadWrite.Directory"];
const WRITE_MEMBERS: &[&str] = &["GroupMember.ReadWrite.All", "RoleManagement.ReadWrite.Directory"];
const READ_POLICIES: &[&str] = &["Policy.Read.All"];
const WRITE_POLICIES: &[&str] =
    &["Policy.ReadWrite.ConditionalAccess", "Policy.Read.All", "Application.Read.All"];
/// Where the contract names no operation, none is made up.
const READ_AZURE: &[&str] = &["to read in Azure"];
/// The second for a password (contract 2).
const WRITE_USER: &[&str] = &["User.ReadWrite.All", "User-PasswordProfile.ReadWrite.All"];

#[rustfmt::skip]
const GRAPH: &[Row] = &[
    ("GET", "/v1.0/organization", &["Organization.Read.All"], READER),
    ("GET", "/v1.0/domains", &["Domain.Read.All"], READER),
    ("GET", "/v1.0/subscribedSkus", &["LicenseAssignment.Read.All"], READER),
    ("GET", "/v1.0/me", &["User.Read"], ANYBODY),
    ("GET", "/v1.0/me/transitiveMemberOf/microsoft.graph.directoryRole", &["User.Read"], ANYBODY),
    ("GET", "/v1.0/users/{id}", &["User.Read.All"], READER),
    ("GET", "/v1.0/users/{id}/transitiveMemberOf", &["User.Read.All"], READER),
    ("POST", "/v1.0/users", &["User.ReadWrite.All"], USERS),
    ("PATCH", "/v1.0/users/{id}", WRITE_USER, ADMINISTRATORS),
    ("POST", "/v1.0/users/{id}/assignLicense", &["LicenseAssignment.ReadWrite.All"], LICENSES),
    ("POST", "/v1.0/users/{id}/revokeSignInSessions", &["User.RevokeSessions.All"], SESSIONS),
    ("GET", "/v1.0/directory/deletedItems/microsoft.graph.user", &["User.Read.All"], USERS),
    ("GET", "/v1.0/directory/deletedItems/{id}", &["User.Read.All"], USERS),
    ("GET", "/v1.0/users/{id}/authentication/methods", READ_METHODS, METHODS_READ),
    ("POST", "/v1.0/users/{id}/authentication/temporaryAccessPassMethods", WRITE_METHODS, METHODS),
    ("DELETE", "/v1.0/users/{id}/authentication/temporaryAccessPassMethods/{method}", WRITE_METHODS, METHODS),
    ("POST", "/v1.0/users/{id}/authentication/phoneMethods", WRITE_METHODS, METHODS),
    ("PATCH", "/v1.0/users/{id}/authentication/phoneMethods/{method}", WRITE_METHODS, METHODS),
    ("DELETE", "/v1.0/users/{id}/authentication/phoneMethods/{method}", WRITE_METHODS, METHODS),
    ("DELETE", "/v1.0/users/{id}/authentication/fido2Methods/{method}", WRITE_METHODS, METHODS),
    ("GET", "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{method}", &["Policy.Read.AuthenticationMethod"], METHOD_POLICY),
    ("PATCH", "/v1.0/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{method}", &["Policy.ReadWrite.AuthenticationMethod"], METHOD_POLICY),
    ("GET", "/v1.0/policies/authenticationMethodsPolicy", &["Policy.Read.AuthenticationMethod"], METHOD_POLICY),
    ("GET", "/v1.0/policies/authorizationPolicy", READ_POLICIES, READER),
    ("GET", "/v1.0/roleManagement/directory/roleAssignments", READ_ROLES, ROLES),
    ("POST", "/v1.0/roleManagement/directory/roleAssignments", WRITE_ROLES, ROLES),
    ("GET", "/v1.0/roleManagement/directory/roleAssignmentScheduleInstances", READ_ROLES, SCHEDULES),
    ("GET", "/v1.0/roleManagement/directory/roleEligibilityScheduleInstances", READ_ROLES, SCHEDULES),
    ("POST", "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests", WRITE_ROLES, SCHEDULES),
    ("GET", "/v1.0/roleManagement/directory/roleAssignmentScheduleRequests/{id}", WRITE_ROLES, SCHEDULES),
    ("GET", "/v1.0/policies/roleManagementPolicyAssignments", READ_ROLES, SCHEDULES),
    ("GET", "/v1.0/groups", READ_GROUPS, READER),
    ("GET", "/v1.0/groups/{id}", READ_GROUPS, READER),
    ("GET", "/v1.0/groups/{id}/transitiveMembers", READ_GROUPS, READER),
    ("GET", "/v1.0/groups/{id}/owners", READ_GROUPS, READER),
    ("POST", "/v1.0/groups", MAKE_GROUP, GROUP),
    ("POST", "/v1.0/groups/{id}/members/$ref", WRITE_MEMBERS, GROUP),
    ("DELETE", "/v1.0/groups/{id}/members/{member}/$ref", WRITE_MEMBERS, GROUP),
    ("POST", "/v1.0/groups/{id}/owners/$ref", MAKE_GROUP, GROUP),
    ("DELETE", "/v1.0/groups/{id}/owners/{owner}/$ref", MAKE_GROUP, GROUP),
    ("GET", "/v1.0/directory/administrativeUnits", &["AdministrativeUnit.Read.All"], READER),
    ("GET", "/v1.0/directory/administrativeUnits/{id}/members", &["AdministrativeUnit.Read.All"], READER),
    ("POST", "/v1.0/directory/administrativeUnits/{id}/members/$ref", &["AdministrativeUnit.ReadWrite.All"], UNIT),
    ("DELETE", "/v1.0/directory/administrativeUnits/{id}/members/{member}/$ref", &["AdministrativeUnit.ReadWrite.All"], UNIT),
    ("GET", "/v1.0/identity/conditionalAccess/policies", READ_POLICIES, POLICIES_READ),
    ("GET", "/v1.0/identity/conditionalAccess/policies/{id}", READ_POLICIES, POLICIES_READ),
    ("PATCH", "/v1.0/identity/conditionalAccess/policies/{id}", WRITE_POLICIES, POLICIES),
    ("POST", "/v1.0/identity/conditionalAccess/evaluate", READ_POLICIES, POLICIES_READ),
    ("GET", "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy", READ_POLICIES, DEFAULTS),
    ("PATCH", "/v1.0/policies/identitySecurityDefaultsEnforcementPolicy", &["Policy.ReadWrite.SecurityDefaults", "Policy.Read.All"], DEFAULTS),
    ("GET", "/v1.0/identityProtection/riskyUsers/{id}", &[RISK_SCOPE], RISK),
    ("GET", "/v1.0/auditLogs/signIns", &["AuditLog.Read.All"], REPORTS),
    ("GET", "/v1.0/auditLogs/directoryAudits", &["AuditLog.Read.All"], REPORTS),
];

#[rustfmt::skip]
const AZURE: &[Row] = &[
    ("GET", "/subscriptions", READ_AZURE, AZURE_READER),
    ("GET", "/subscriptions/{id}/locations", READ_AZURE, AZURE_READER),
    ("GET", "/subscriptions/{id}/providers/Microsoft.Authorization/permissions", READ_AZURE, AZURE_READER),
    ("GET", "/subscriptions/{id}/resourcegroups/{group}/providers/Microsoft.Authorization/permissions", READ_AZURE, AZURE_GROUP_READER),
    ("GET", "/subscriptions/{id}/providers/{namespace}", READ_AZURE, AZURE_READER),
    ("POST", "/subscriptions/{id}/providers/{namespace}/register", &["/register/action of the provider"], CONTRIBUTOR),
    ("GET", "/subscriptions/{id}/resourcegroups", READ_AZURE, AZURE_READER),
    ("GET", "/subscriptions/{id}/resourcegroups/{group}", READ_AZURE, AZURE_GROUP_READER),
    ("PUT", "/subscriptions/{id}/resourcegroups/{group}", &["Microsoft.Resources/subscriptions/resourceGroups/write"], CONTRIBUTOR),
    ("GET", "/subscriptions/{id}/providers/Microsoft.OperationalInsights/workspaces", &["Microsoft.OperationalInsights/workspaces/read"], AZURE_READER),
    ("GET", "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.OperationalInsights/workspaces/{name}", &["Microsoft.OperationalInsights/workspaces/read"], AZURE_GROUP_READER),
    ("PUT", "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.OperationalInsights/workspaces/{name}", &["Microsoft.OperationalInsights/workspaces/write"], WORKSPACE),
    ("GET", "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.OperationalInsights/workspaces/{name}/tables/{table}", &["Microsoft.OperationalInsights/workspaces/read"], AZURE_GROUP_READER),
    ("GET", "/subscriptions/{id}/providers/Microsoft.AlertsManagement/actionRules", &["Microsoft.AlertsManagement/actionRules/read"], MONITORING_READER),
    ("GET", "/subscriptions/{id}/providers/Microsoft.AlertsManagement/alerts", &["Microsoft.AlertsManagement/alerts/read"], MONITORING_READER),
    ("GET", "/subscriptions/{id}/providers/Microsoft.AlertsManagement/alerts/{alert}/history", &["Microsoft.AlertsManagement/alerts/read"], MONITORING_READER),
    ("GET", "/providers/microsoft.aadiam/diagnosticSettings/{name}", &["microsoft.aadiam/diagnosticSettings/read"], SETTINGS),
    ("GET", "/providers/microsoft.aadiam/diagnosticSettings", &["microsoft.aadiam/diagnosticSettings/read"], SETTINGS),
    ("PUT", "/providers/microsoft.aadiam/diagnosticSettings/{name}", &["microsoft.aadiam/diagnosticSettings/write"], SETTINGS),
    ("GET", "/subscriptions/{id}/providers/Microsoft.Insights/actionGroups", READ_AZURE, AZURE_READER),
    ("GET", "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Insights/actionGroups/{name}", READ_AZURE, AZURE_GROUP_READER),
    ("PUT", "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Insights/actionGroups/{name}", &["Microsoft.Insights/actionGroups/write"], MONITOR),
    ("POST", "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Insights/actionGroups/{name}/createNotifications", &["Microsoft.Insights/actionGroups/*"], MONITOR),
    ("GET", "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Insights/actionGroups/{name}/notificationStatus/{notification}", &["Microsoft.Insights/actionGroups/*"], MONITOR),
    ("GET", "/subscriptions/{id}/providers/Microsoft.Insights/scheduledQueryRules", READ_AZURE, AZURE_READER),
    ("GET", "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Insights/scheduledQueryRules/{name}", READ_AZURE, AZURE_GROUP_READER),
    ("PUT", "/subscriptions/{id}/resourceGroups/{group}/providers/Microsoft.Insights/scheduledQueryRules/{name}", &["Microsoft.Insights/scheduledQueryRules/write"], MONITOR),
];

const LOGS: &[Row] = &[("POST", "/v1/workspaces/{id}/query", &["to query the workspace"], QUERY)];

#[cfg(test)]
mod tests {
    use super::*;

    fn missing(service: Audience, method: &str, path: &str) -> String {
        of(service, method, path).map(|row| row.missing().to_string()).unwrap_or_default()
    }

    #[test]
    fn administrative_units_are_neither_a_person_s_own_page_nor_azure() {
        let units = "https://graph.microsoft.com/v1.0/directory/administrativeUnits";
        let list = missing(Audience::Graph, "GET", units);
        assert_eq!(list, "permission AdministrativeUnit.Read.All, role Global Reader");
        let members = format!("{units}/u/members");
        assert_eq!(missing(Audience::Graph, "GET", &members), list);
        for (method, below) in [("POST", "/$ref"), ("DELETE", "/m/$ref")] {
            let told = missing(Audience::Graph, method, &format!("{members}{below}"));
            assert!(told.contains("AdministrativeUnit.ReadWrite.All"), "{told}");
        }
    }

    #[test]
    fn names_that_begin_or_end_alike_are_not_alike() {
        assert_eq!(missing(Audience::Graph, "GET", "/graph/v1.0/members"), "");
        assert_eq!(missing(Audience::Graph, "GET", "/graph/v1.0/groups/g/members/query"), "");
        assert_eq!(missing(Audience::Arm, "GET", "/v1.0/organization"), "");
        assert!(missing(Audience::Graph, "GET", "/graph/v1.0/me").contains("User.Read,"));
        assert!(missing(Audience::Graph, "GET", "/v1.0/groups/me/owners").contains("GroupMember.Read.All"));
    }

    #[test]
    fn the_most_exact_row_counts() {
        let told = |namespace: &str| {
            let path = format!("https://a.example.com/subscriptions/s/providers/{namespace}");
            missing(Audience::Arm, "GET", &path)
        };
        for namespace in ["Microsoft.Insights", "Microsoft.Insights/scheduledQueryRules"] {
            assert_eq!(told(namespace), "permission to read in Azure, role Reader on the subscription");
        }
        let deleted = "/v1.0/directory/deletedItems/microsoft.graph.user";
        assert!(missing(Audience::Graph, "GET", deleted).contains("User.Read.All"));
    }
}
