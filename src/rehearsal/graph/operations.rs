//! Who may do what in Graph, as data: one row per operation of the stored API description.
//!
//! The third column lists permissions any one of which suffices, separated by spaces; `A+B` needs both. Source:
//! `permissions.json` of microsoft-graph-devx-content (2026-08), with the combinations the reference pages demand.

/// Method, path with `{}` for an id, permissions.
pub const OPERATIONS: &[(&str, &str, &str)] = &[
    ("POST", "/$batch", ""),
    ("GET", "/auditLogs/directoryAudits", "AuditLog.Read.All Directory.Read.All"),
    ("GET", "/auditLogs/signIns", "AuditLog.Read.All"),
    (
        "GET",
        "/directory/administrativeUnits",
        "AdministrativeUnit.Read.All AdministrativeUnit.ReadWrite.All Directory.Read.All \
         Directory.ReadWrite.All",
    ),
    ("POST", "/directory/administrativeUnits", "AdministrativeUnit.ReadWrite.All"),
    ("GET", "/directory/administrativeUnits/{}", "AdministrativeUnit.Read.All"),
    (
        "GET",
        "/directory/administrativeUnits/{}/members",
        "AdministrativeUnit.Read.All AdministrativeUnit.ReadWrite.All Directory.Read.All \
         Directory.ReadWrite.All",
    ),
    (
        "POST",
        "/directory/administrativeUnits/{}/members/$ref",
        "AdministrativeUnit.ReadWrite.All Directory.AccessAsUser.All Directory.ReadWrite.All \
         Group.ReadWrite.All",
    ),
    ("DELETE", "/directory/administrativeUnits/{}/members/{}/$ref", "AdministrativeUnit.ReadWrite.All"),
    ("POST", "/directory/administrativeUnits/{}/scopedRoleMembers", "RoleManagement.ReadWrite.Directory"),
    ("GET", "/directory/deletedItems/microsoft.graph.user", "User.Read.All"),
    ("DELETE", "/directory/deletedItems/{}", "User.DeleteRestore.All User.ReadWrite.All"),
    ("GET", "/directory/deletedItems/{}", "User.Read.All"),
    ("POST", "/directory/deletedItems/{}/restore", "User.DeleteRestore.All User.ReadWrite.All"),
    ("POST", "/directoryObjects/getByIds", "Directory.Read.All"),
    ("GET", "/domains", "Domain.Read.All Domain.ReadWrite.All Directory.Read.All"),
    (
        "GET",
        "/groups",
        "Group.ReadBasic.All Directory.Read.All Directory.ReadWrite.All Group.Read.All \
         Group.ReadWrite.All GroupMember.Read.All",
    ),
    ("POST", "/groups", "Group.ReadWrite.All Directory.ReadWrite.All"),
    ("DELETE", "/groups/{}", "Group.ReadWrite.All"),
    (
        "GET",
        "/groups/{}",
        "Directory.Read.All Directory.ReadWrite.All Group.Read.All Group.ReadBasic.All \
         Group.ReadWrite.All GroupMember.Read.All",
    ),
    ("PATCH", "/groups/{}", "Directory.ReadWrite.All Group.ReadWrite.All"),
    (
        "GET",
        "/groups/{}/members",
        "GroupMember.ReadBasic.All Directory.Read.All Group.Read.All Group.ReadBasic.All \
         Group.ReadWrite.All GroupMember.Read.All GroupMember.ReadWrite.All",
    ),
    ("POST", "/groups/{}/members/$ref", "GroupMember.ReadWrite.All Group.ReadWrite.All"),
    (
        "DELETE",
        "/groups/{}/members/{}/$ref",
        "GroupMember.ReadWrite.All Directory.ReadWrite.All Group.ReadWrite.All",
    ),
    (
        "GET",
        "/groups/{}/owners",
        "Group.ReadWrite.All GroupMember.Read.All Directory.Read.All Group.Read.All \
         GroupMember.ReadWrite.All",
    ),
    ("POST", "/groups/{}/owners/$ref", "Group.ReadWrite.All Directory.ReadWrite.All"),
    ("DELETE", "/groups/{}/owners/{}/$ref", "Group.ReadWrite.All Directory.ReadWrite.All"),
    (
        "GET",
        "/groups/{}/transitiveMembers",
        "GroupMember.ReadBasic.All Directory.Read.All Group.Read.All Group.ReadBasic.All \
         Group.ReadWrite.All GroupMember.Read.All GroupMember.ReadWrite.All",
    ),
    // Microsoft Learn, "List riskyUsers" and "Get riskyUser"; the description at hand does not have them.
    ("GET", "/identityProtection/riskyUsers", "IdentityRiskyUser.Read.All"),
    ("GET", "/identityProtection/riskyUsers/{}", "IdentityRiskyUser.Read.All"),
    (
        "POST",
        "/identity/conditionalAccess/evaluate",
        "Policy.Read.ConditionalAccess Policy.Read.All Policy.ReadWrite.ConditionalAccess",
    ),
    ("GET", "/identity/conditionalAccess/namedLocations", "Policy.Read.All"),
    ("GET", "/identity/conditionalAccess/policies", "Policy.Read.All"),
    (
        "POST",
        "/identity/conditionalAccess/policies",
        "Policy.ReadWrite.ConditionalAccess+Policy.Read.All+Application.Read.All",
    ),
    (
        "DELETE",
        "/identity/conditionalAccess/policies/{}",
        "Policy.ReadWrite.ConditionalAccess+Policy.Read.All",
    ),
    ("GET", "/identity/conditionalAccess/policies/{}", "Policy.Read.All"),
    (
        "PATCH",
        "/identity/conditionalAccess/policies/{}",
        "Policy.ReadWrite.ConditionalAccess+Policy.Read.All+Application.Read.All",
    ),
    (
        "GET",
        "/me",
        "User.Read Directory.Read.All Directory.ReadWrite.All User.Read.All \
         User.ReadBasic.All User.ReadWrite.All",
    ),
    (
        "GET",
        "/me/transitiveMemberOf",
        "User.Read Directory.Read.All Directory.ReadWrite.All Group.Read.All \
         Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadBasic.All User.Read.All",
    ),
    (
        "GET",
        "/me/transitiveMemberOf/microsoft.graph.directoryRole",
        "User.Read Directory.Read.All Directory.ReadWrite.All Group.Read.All \
         Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadBasic.All User.Read.All",
    ),
    (
        "GET",
        "/organization",
        "Directory.Read.All Directory.ReadWrite.All Organization.Read.All \
         Organization.ReadWrite.All User.Read User.Read.All",
    ),
    (
        "GET",
        "/policies/authenticationMethodsPolicy",
        "Policy.Read.AuthenticationMethod Policy.ReadWrite.AuthenticationMethod \
         Policy.Read.All",
    ),
    ("PATCH", "/policies/authenticationMethodsPolicy", "Policy.ReadWrite.AuthenticationMethod"),
    (
        "GET",
        "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations",
        "Policy.Read.AuthenticationMethod Policy.Read.All",
    ),
    (
        "GET",
        "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{}",
        "Policy.Read.AuthenticationMethod Policy.Read.All \
         Policy.ReadWrite.AuthenticationMethod",
    ),
    (
        "PATCH",
        "/policies/authenticationMethodsPolicy/authenticationMethodConfigurations/{}",
        "Policy.ReadWrite.AuthenticationMethod",
    ),
    (
        "GET",
        "/policies/authenticationStrengthPolicies",
        "Policy.Read.AuthenticationMethod Policy.Read.All \
         Policy.ReadWrite.AuthenticationMethod Policy.ReadWrite.ConditionalAccess",
    ),
    (
        "POST",
        "/policies/authenticationStrengthPolicies",
        "Policy.ReadWrite.ConditionalAccess Policy.ReadWrite.AuthenticationMethod",
    ),
    (
        "GET",
        "/policies/authenticationStrengthPolicies/{}",
        "Policy.Read.AuthenticationMethod Policy.Read.All \
         Policy.ReadWrite.AuthenticationMethod Policy.ReadWrite.ConditionalAccess",
    ),
    ("GET", "/policies/authorizationPolicy", "Policy.Read.All Policy.ReadWrite.Authorization"),
    ("PATCH", "/policies/authorizationPolicy", "Policy.ReadWrite.Authorization"),
    ("GET", "/policies/identitySecurityDefaultsEnforcementPolicy", "Policy.Read.All"),
    (
        "PATCH",
        "/policies/identitySecurityDefaultsEnforcementPolicy",
        "Policy.ReadWrite.SecurityDefaults+Policy.Read.All",
    ),
    (
        "GET",
        "/policies/roleManagementPolicyAssignments",
        "RoleManagementPolicy.Read.Directory RoleManagement.Read.All \
         RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory \
         RoleManagementPolicy.ReadWrite.Directory",
    ),
    ("GET", "/reports/authenticationMethods/userRegistrationDetails", "AuditLog.Read.All"),
    ("GET", "/reports/authenticationMethods/userRegistrationDetails/{}", "AuditLog.Read.All"),
    (
        "GET",
        "/roleManagement/directory/roleAssignmentScheduleInstances",
        "RoleAssignmentSchedule.Read.Directory RoleAssignmentSchedule.ReadWrite.Directory \
         RoleManagement.Read.All RoleManagement.Read.Directory \
         RoleManagement.ReadWrite.Directory",
    ),
    (
        "POST",
        "/roleManagement/directory/roleAssignmentScheduleRequests",
        "RoleAssignmentSchedule.ReadWrite.Directory RoleManagement.ReadWrite.Directory",
    ),
    (
        "GET",
        "/roleManagement/directory/roleAssignmentScheduleRequests/{}",
        "RoleAssignmentSchedule.ReadWrite.Directory RoleManagement.ReadWrite.Directory",
    ),
    (
        "GET",
        "/roleManagement/directory/roleAssignmentSchedules",
        "RoleAssignmentSchedule.Read.Directory RoleAssignmentSchedule.ReadWrite.Directory \
         RoleManagement.Read.All RoleManagement.Read.Directory \
         RoleManagement.ReadWrite.Directory",
    ),
    (
        "GET",
        "/roleManagement/directory/roleAssignments",
        "RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory Directory.Read.All \
         Directory.ReadWrite.All RoleManagement.Read.All",
    ),
    ("POST", "/roleManagement/directory/roleAssignments", "RoleManagement.ReadWrite.Directory"),
    ("DELETE", "/roleManagement/directory/roleAssignments/{}", "RoleManagement.ReadWrite.Directory"),
    (
        "GET",
        "/roleManagement/directory/roleAssignments/{}",
        "RoleManagement.Read.Directory Directory.Read.All",
    ),
    (
        "GET",
        "/roleManagement/directory/roleDefinitions",
        "RoleManagement.Read.Directory RoleManagement.ReadWrite.Directory Directory.Read.All \
         Directory.ReadWrite.All RoleManagement.Read.All",
    ),
    (
        "GET",
        "/roleManagement/directory/roleDefinitions/{}",
        "RoleManagement.Read.Directory Directory.Read.All",
    ),
    (
        "GET",
        "/roleManagement/directory/roleEligibilityScheduleInstances",
        "RoleEligibilitySchedule.Read.Directory RoleEligibilitySchedule.ReadWrite.Directory \
         RoleManagement.Read.All RoleManagement.Read.Directory \
         RoleManagement.ReadWrite.Directory",
    ),
    (
        "POST",
        "/roleManagement/directory/roleEligibilityScheduleRequests",
        "RoleEligibilitySchedule.ReadWrite.Directory RoleManagement.ReadWrite.Directory",
    ),
    (
        "GET",
        "/roleManagement/directory/roleEligibilityScheduleRequests/{}",
        "RoleEligibilitySchedule.ReadWrite.Directory RoleManagement.ReadWrite.Directory",
    ),
    (
        "GET",
        "/subscribedSkus",
        "LicenseAssignment.Read.All Directory.Read.All Directory.ReadWrite.All \
         Organization.Read.All Organization.ReadWrite.All",
    ),
    (
        "GET",
        "/users",
        "User.ReadBasic.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All \
         User.Read.All",
    ),
    ("POST", "/users", "User.ReadWrite.All Directory.ReadWrite.All"),
    ("DELETE", "/users/{}", "User.DeleteRestore.All User.ReadWrite.All"),
    (
        "GET",
        "/users/{}",
        "User.ReadBasic.All User.ReadWrite.All Directory.Read.All Directory.ReadWrite.All \
         User.Read User.Read.All",
    ),
    (
        "PATCH",
        "/users/{}",
        "User.ReadWrite.All Directory.ReadWrite.All User-PasswordProfile.ReadWrite.All \
         User.EnableDisableAccount.All Directory.AccessAsUser.All",
    ),
    (
        "POST",
        "/users/{}/assignLicense",
        "LicenseAssignment.ReadWrite.All Directory.ReadWrite.All User.ReadWrite.All",
    ),
    (
        "DELETE",
        "/users/{}/authentication/emailMethods/{}",
        "UserAuthMethod-Email.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "DELETE",
        "/users/{}/authentication/externalAuthenticationMethods/{}",
        "UserAuthMethod-External.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "GET",
        "/users/{}/authentication/fido2Methods",
        "UserAuthMethod-Passkey.Read.All UserAuthenticationMethod.Read.All",
    ),
    (
        "POST",
        "/users/{}/authentication/fido2Methods",
        "UserAuthMethod-Passkey.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "GET",
        "/users/{}/authentication/fido2Methods/creationOptions",
        "UserAuthMethod-Passkey.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "DELETE",
        "/users/{}/authentication/fido2Methods/{}",
        "UserAuthMethod-Passkey.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "GET",
        "/users/{}/authentication/methods",
        "UserAuthenticationMethod.Read.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "DELETE",
        "/users/{}/authentication/microsoftAuthenticatorMethods/{}",
        "UserAuthMethod-MicrosoftAuthApp.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    ("GET", "/users/{}/authentication/passwordMethods", "UserAuthenticationMethod.Read.All"),
    (
        "GET",
        "/users/{}/authentication/phoneMethods",
        "UserAuthMethod-Phone.Read.All UserAuthMethod-Phone.ReadWrite.All \
         UserAuthenticationMethod.Read.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "POST",
        "/users/{}/authentication/phoneMethods",
        "UserAuthMethod-Phone.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "DELETE",
        "/users/{}/authentication/phoneMethods/{}",
        "UserAuthMethod-Phone.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "PATCH",
        "/users/{}/authentication/phoneMethods/{}",
        "UserAuthMethod-Phone.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "DELETE",
        "/users/{}/authentication/platformCredentialMethods/{}",
        "UserAuthMethod-PlatformCred.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "DELETE",
        "/users/{}/authentication/softwareOathMethods/{}",
        "UserAuthMethod-SoftwareOATH.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "GET",
        "/users/{}/authentication/temporaryAccessPassMethods",
        "UserAuthenticationMethod.ReadWrite.All UserAuthMethod-TAP.Read.All \
         UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.Read.All",
    ),
    (
        "POST",
        "/users/{}/authentication/temporaryAccessPassMethods",
        "UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "DELETE",
        "/users/{}/authentication/temporaryAccessPassMethods/{}",
        "UserAuthMethod-TAP.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    (
        "DELETE",
        "/users/{}/authentication/windowsHelloForBusinessMethods/{}",
        "UserAuthMethod-WindowsHello.ReadWrite.All UserAuthenticationMethod.ReadWrite.All",
    ),
    ("GET", "/users/{}/memberOf", "User.Read Directory.Read.All GroupMember.Read.All"),
    (
        "POST",
        "/users/{}/revokeSignInSessions",
        "User.RevokeSessions.All Directory.ReadWrite.All User.ReadWrite.All",
    ),
    (
        "GET",
        "/users/{}/transitiveMemberOf",
        "User.Read Directory.Read.All Directory.ReadWrite.All Group.Read.All \
         Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadBasic.All User.Read.All",
    ),
    (
        "GET",
        "/users/{}/transitiveMemberOf/microsoft.graph.directoryRole",
        "User.Read Directory.Read.All Directory.ReadWrite.All Group.Read.All \
         Group.ReadBasic.All GroupMember.Read.All GroupMember.ReadBasic.All User.Read.All",
    ),
];
