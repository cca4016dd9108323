//! The parts of a tenant that are the same in every seed: method policies, strengths, authorization.

use serde_json::{Value, json};

use crate::rehearsal::identity::hashing::id_for;
use crate::rehearsal::state::time::stamp;

/// Built-in authentication strengths with the ids Microsoft documents.
pub fn strengths(now: i64) -> Vec<Value> {
    let resistant = ["windowsHelloForBusiness", "fido2", "x509CertificateMultiFactor"];
    let passwordless: Vec<&str> = resistant.into_iter().chain(["deviceBasedPush"]).collect();
    let multifactor: Vec<&str> = passwordless
        .iter()
        .copied()
        .chain([
            "temporaryAccessPassOneTime",
            "temporaryAccessPassMultiUse",
            "password,microsoftAuthenticatorPush",
            "password,softwareOath",
            "password,hardwareOath",
            "password,sms",
            "password,voice",
        ])
        .collect();
    let strength = |id: &str, name: &str, combinations: &[&str]| {
        json!({"id": id, "displayName": name, "description": name, "policyType": "builtIn",
            "createdDateTime": stamp(now), "modifiedDateTime": stamp(now), "requirementsSatisfied": "mfa",
            "allowedCombinations": combinations, "combinationConfigurations": []})
    };
    vec![
        strength("00000000-0000-0000-0000-000000000002", "Multifactor authentication", &multifactor),
        strength("00000000-0000-0000-0000-000000000003", "Passwordless MFA", &passwordless),
        strength("00000000-0000-0000-0000-000000000004", "Phishing-resistant MFA", &resistant),
    ]
}

/// The methods policy without its configurations.
pub fn methods_policy(now: i64) -> Value {
    let everyone = json!([{"id": "all_users", "targetType": "group", "targetedAuthenticationMethod": "microsoftAuthenticator"}]);
    json!({"id": "authenticationMethodsPolicy", "displayName": "Authentication Methods Policy",
        "description": "Which methods people may register and use.", "lastModifiedDateTime": stamp(now),
        "policyVersion": "1.5", "policyMigrationState": "migrationComplete", "reconfirmationInDays": null,
        "registrationEnforcement": {"authenticationMethodsRegistrationCampaign": {"snoozeDurationInDays": 1,
            "enforceRegistrationAfterAllowedSnoozes": true, "state": "default", "excludeTargets": [],
            "includeTargets": everyone}}})
}

/// One configuration per method; `open` says whether security keys, passes and text messages are enabled.
pub fn configurations(open: [bool; 3]) -> Vec<Value> {
    let [fido2, pass, sms] = open;
    let state = |open: bool| if open { "enabled" } else { "disabled" };
    let profile = id_for("passkey profile", "default");
    let everyone = json!([{"targetType": "group", "id": "all_users", "isRegistrationRequired": false}]);
    let mut keys_for = everyone.clone();
    keys_for[0]["allowedPasskeyProfiles"] = json!([profile]);
    let mut texts_for = everyone.clone();
    texts_for[0]["isUsableForSignIn"] = json!(false);
    let restrictions = json!({"isEnforced": false, "enforcementType": "allow", "aaGuids": []});
    vec![
        json!({"@odata.type": kind("fido2"), "id": "Fido2", "state": state(fido2), "excludeTargets": [],
            "isSelfServiceRegistrationAllowed": true, "isAttestationEnforced": false, "keyRestrictions": restrictions,
            "defaultPasskeyProfile": profile, "includeTargets": keys_for, "passkeyProfiles": [{"id": profile,
                "name": "Default passkey profile", "attestationEnforcement": "disabled",
                "keyRestrictions": restrictions, "passkeyTypes": "deviceBound,synced"}]}),
        json!({"@odata.type": kind("temporaryAccessPass"), "id": "TemporaryAccessPass", "state": state(pass),
            "excludeTargets": [], "defaultLifetimeInMinutes": 60, "defaultLength": 8, "minimumLifetimeInMinutes": 60,
            "maximumLifetimeInMinutes": 480, "isUsableOnce": false, "includeTargets": everyone}),
        json!({"@odata.type": kind("sms"), "id": "Sms", "state": state(sms), "excludeTargets": [],
            "includeTargets": texts_for}),
        json!({"@odata.type": kind("voice"), "id": "Voice", "state": "disabled", "excludeTargets": [],
            "isOfficePhoneAllowed": false, "includeTargets": everyone}),
        json!({"@odata.type": kind("x509Certificate"), "id": "X509Certificate", "state": "disabled",
            "excludeTargets": [], "certificateUserBindings": [], "authenticationModeConfiguration":
                {"x509CertificateAuthenticationDefaultMode": "x509CertificateSingleFactor", "rules": []},
            "includeTargets": everyone}),
    ]
}

fn kind(method: &str) -> String {
    format!("#microsoft.graph.{method}AuthenticationMethodConfiguration")
}

/// What every user and guest may do.
pub fn authorization() -> Value {
    json!({"id": "authorizationPolicy", "displayName": "Authorization Policy",
        "description": "Used to manage authorization related settings across the company.",
        "allowedToSignUpEmailBasedSubscriptions": true, "allowedToUseSSPR": true,
        "allowEmailVerifiedUsersToJoinOrganization": false, "allowInvitesFrom": "adminsAndGuestInviters",
        "allowUserConsentForRiskyApps": false, "blockMsolPowerShell": true,
        "guestUserRoleId": "10dae51f-b6af-4016-8d66-8c2a99b929b3",
        "defaultUserRolePermissions": {"allowedToCreateApps": false, "allowedToCreateSecurityGroups": false,
            "allowedToReadOtherUsers": true, "permissionGrantPoliciesAssigned": []}})
}
