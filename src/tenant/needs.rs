//! What each part of the tenant asks of whoever reads or writes it: scope, role and licence (contract 0).
//!
//! Only used to explain refusals; what is allowed, the tenant alone decides.

/// What a request needs.
pub(super) struct Needs {
    /// Scope for reading, scope for writing; for Azure, the right.
    scopes: [&'static str; 2],
    /// The least directory or Azure role.
    role: &'static str,
    pub license: &'static str,
    writes: Writes,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Writes {
    Yes,
    No,
}

impl Needs {
    /// Scope and role in words.
    pub fn words(&self) -> String {
        let scope = self.scopes[usize::from(self.writes == Writes::Yes)];
        format!("permission {scope}, role {}", self.role)
    }
}

/// A row: a piece of the path, the scopes for reading and writing, the role, the licence.
type Row = (&'static str, [&'static str; 2], &'static str, &'static str);

/// First match counts.
const TABLE: &[Row] = &[
    (
        "/identity/conditionalAccess",
        [
            "Policy.Read.All",
            "Policy.ReadWrite.ConditionalAccess (with Policy.Read.All and Application.Read.All)",
        ],
        "Conditional Access Administrator (to read: Security Reader)",
        "Entra ID P1",
    ),
    (
        "/roleManagement",
        ["RoleManagement.Read.Directory", "RoleManagement.ReadWrite.Directory"],
        "Privileged Role Administrator",
        "Entra ID P2",
    ),
    (
        "/policies/roleManagement",
        ["RoleManagement.Read.Directory"; 2],
        "Privileged Role Administrator",
        "Entra ID P2",
    ),
    (
        "/policies/authenticationMethodsPolicy",
        ["Policy.Read.AuthenticationMethod", "Policy.ReadWrite.AuthenticationMethod"],
        "Authentication Policy Administrator",
        "Entra ID P1",
    ),
    (
        "/policies/identitySecurityDefaults",
        ["Policy.Read.All", "Policy.ReadWrite.SecurityDefaults"],
        "Security Administrator",
        "Entra ID",
    ),
    (
        "/authentication/",
        ["UserAuthenticationMethod.Read.All", "UserAuthenticationMethod.ReadWrite.All"],
        "Privileged Authentication Administrator (to read: Global Reader)",
        "Entra ID P1",
    ),
    ("/auditLogs", ["AuditLog.Read.All"; 2], "Reports Reader", "Entra ID P1"),
    (
        "/revokeSignInSessions",
        ["User.RevokeSessions.All"; 2],
        "Privileged Authentication Administrator",
        "Entra ID",
    ),
    ("/assignLicense", ["LicenseAssignment.ReadWrite.All"; 2], "License Administrator", "Entra ID"),
    (
        "/users",
        ["User.Read.All", "User.ReadWrite.All (for a password: User-PasswordProfile.ReadWrite.All)"],
        "User Administrator (for an administrator's password: Privileged Authentication Administrator)",
        "Entra ID",
    ),
    (
        "/groups",
        ["GroupMember.Read.All", "Group.ReadWrite.All and RoleManagement.ReadWrite.Directory"],
        "Privileged Role Administrator",
        "Entra ID P1",
    ),
    ("/directory/deletedItems", ["User.Read.All"; 2], "User Administrator", "Entra ID"),
    ("/domains", ["Domain.Read.All"; 2], "Global Reader", "Entra ID"),
    ("/subscribedSkus", ["LicenseAssignment.Read.All"; 2], "Global Reader", "Entra ID"),
    ("/organization", ["Organization.Read.All"; 2], "Global Reader", "Entra ID"),
    ("/me", ["User.Read"; 2], "any", "Entra ID"),
    (
        "microsoft.aadiam",
        ["microsoft.aadiam/diagnosticSettings/read", "microsoft.aadiam/diagnosticSettings/write"],
        "Security Administrator (with Log Analytics Contributor on the workspace)",
        "Entra ID P1",
    ),
    ("/query", ["to query the workspace"; 2], "Log Analytics Reader", "an Azure subscription"),
    (
        "/Microsoft.Insights/",
        ["to read Azure Monitor", "to write Azure Monitor"],
        "Monitoring Contributor",
        "an Azure subscription",
    ),
];

const OTHER: Row = (
    "",
    ["to read in Azure", "to write in Azure"],
    "Contributor on the subscription",
    "an Azure subscription",
);

/// What a request with this method to this path needs.
pub(super) fn needs(method: &str, path: &str) -> Needs {
    let (_, scopes, role, license) = *TABLE.iter().find(|row| path.contains(row.0)).unwrap_or(&OTHER);
    let asks = path.ends_with("/evaluate") || path.ends_with("/query");
    let writes = if method == "GET" || asks { Writes::No } else { Writes::Yes };
    Needs { scopes, role, license, writes }
}
