//! An example of every change that the control port lists, and the names of what drifts. Nothing in here is a test.

use serde_json::{Value, json};

pub const FIRST: &str = "harbor.lantern@fabrikamrehearsal.onmicrosoft.com";
pub const GROUP: &str = "Conditional Access - Emergency Access Exclusions";
pub const POLICY: &str = "CA001 Require MFA for all users";
pub const KEY_MODEL: &str = "5eed5eed-0000-4000-8000-00000000f1d0";

/// An example of every change there is, in an order in which each can be made on the seed `drifted`.
pub fn examples() -> Vec<(&'static str, Value)> {
    let mut all = vec![
        ("account-disabled", json!({"account": FIRST})),
        ("account-enabled", json!({"account": "harbor.lantern"})),
        ("account-deleted", json!({"account": FIRST, "by": "casey.director"})),
        ("account-restored", json!({"account": FIRST})),
        ("method-stops-working", json!({"account": FIRST, "method": "fido2", "number": 2})),
        ("method-works-again", json!({"account": FIRST})),
        ("account-without-type", json!({"account": FIRST})),
        ("password-change-forced", json!({"account": FIRST})),
        ("role-taken", json!({"account": "casey.director"})),
        ("role-eligible-only", json!({"account": FIRST, "role": "Global Administrator"})),
        ("role-rule", json!({"rule": "mfa", "to": "off"})),
        ("activation-waits", json!({"approvers": ["casey.director", "group:Finance"]})),
        ("role-ends", json!({"account": FIRST, "minutes": 5})),
        ("role-activated", json!({"account": FIRST})),
        (
            "policy-appears",
            json!({"name": "Block", "who": "all", "grant": "block", "except": [format!("group:{GROUP}")]}),
        ),
        ("policy-edited", json!({"policy": POLICY, "state": "off", "name": "Renamed"})),
        ("policy-deleted", json!({"policy": "Renamed"})),
        ("policy-loses-exclusions", json!({})),
        ("key-model-disallowed", json!({"model": KEY_MODEL})),
        ("key-model-allowed", json!({"model": KEY_MODEL})),
        ("key-models-listed", json!({"models": [KEY_MODEL]})),
        ("attestation-switched", json!({"to": "on"})),
        ("key-described", json!({"account": FIRST, "passkey": "synced"})),
        ("key-appears", json!({"account": FIRST, "name": "Somebody's"})),
        ("pass-lifetime", json!({"least": 60, "most": 480})),
        ("passwords-banned", json!({"times": 1})),
        ("security-defaults-switched", json!({"to": "off"})),
        ("group-gains-owner", json!({"group": GROUP, "account": FIRST})),
        ("group-loses-member", json!({"group": GROUP, "account": FIRST})),
        ("group-gains-member", json!({"group": GROUP, "account": FIRST})),
        ("group-deleted", json!({"group": GROUP})),
        ("group-restored", json!({"group": GROUP})),
        ("shows-late", json!({"what": "policy-reads", "seconds": 45})),
        ("service-out", json!({"service": "logs", "how": "hang", "minutes": 5})),
        ("fault-armed", json!({"fault": "Html", "at": "GET /nowhere", "times": 3})),
        ("services-back", json!({})),
        ("order-over", json!({"of": "first-calls", "minutes": 30})),
        ("sign-in-arrives", json!({"account": FIRST, "address": "203.0.113.99", "country": "NZ"})),
        ("sign-in-arrives", json!({"account": FIRST, "at": "03:04", "country": "NZ"})),
        ("sign-in-arrives", json!({"account": FIRST, "with": "password", "address": "203.0.113.99"})),
        ("foreign-sign-ins", json!({"count": 3})),
        ("methods-out", json!({"methods": ["app", "phone"], "minutes": 90})),
        ("methods-back", json!({})),
        ("federation-out", json!({"domain": "fabrikam.example"})),
        ("federation-back", json!({"domain": "fabrikam.example"})),
        ("domain-managed", json!({"domain": "fabrikam.example"})),
        ("users-at-risk", json!({"who": "everybody", "level": "high", "except": [FIRST]})),
        ("risk-dismissed", json!({"who": ["casey.director"]})),
        ("password-set-elsewhere", json!({"account": FIRST})),
        ("sessions-gone", json!({"account": FIRST})),
        ("operator-is", json!({"account": "casey.director"})),
        ("operator-is", json!({"account": "riley.operator"})),
        ("everybody-blocked", json!({})),
        ("device-required", json!({})),
        ("simulated-keys-disallowed", json!({})),
        ("dead-exclusion", json!({})),
        ("late-everywhere", json!({})),
        ("keys-of-others-only", json!({})),
        ("permanent-role-forbidden", json!({})),
        ("role-asks-for-a-ticket", json!({})),
        ("long-passes-only", json!({})),
        ("sign-in-out", json!({})),
        ("cloud-out", json!({})),
        ("foreign-sign-ins", json!({"count": 3})),
        ("time-passes", json!({"days": 90})),
        ("account-edited", json!({"account": FIRST, "property": "jobTitle", "value": "Clerk"})),
        ("group-edited", json!({"group": GROUP, "property": "description", "value": "Ours"})),
        ("role-given", json!({"account": "sam.helpdesk", "role": "Global Reader"})),
        ("method-appears", json!({"account": FIRST, "method": "email"})),
        ("method-gone", json!({"account": FIRST, "method": "email"})),
        ("campaign-switched", json!({"to": "disabled"})),
        ("methods-migrated", json!({"to": "preMigration"})),
        ("reset-by-administrators", json!({"to": "off"})),
    ];
    all.extend(azure_examples());
    all
}

fn azure_examples() -> Vec<(&'static str, Value)> {
    let group = json!({"location": "Global", "properties": {"groupShortName": "T", "enabled": true}});
    let action_group = json!({"group": "rg-theirs", "type": "Microsoft.Insights/actionGroups", "name": "theirs", "body": group});
    vec![
        ("azure-group-appears", json!({"group": "rg-theirs"})),
        ("azure-resource-appears", action_group),
        ("azure-resource-changes", json!({"name": "law-security", "at": "/tags", "value": {"cost": "7"}})),
        (
            "azure-setting-appears",
            json!({"name": "theirs", "workspace": "law-security", "properties": {"logs": []}}),
        ),
        ("azure-setting-vanishes", json!({"name": "theirs"})),
        ("azure-subscription", json!({"state": "Warned"})),
        ("azure-rights", json!({"in": "subscription", "actions": ["*/read"]})),
        ("alerts-silenced", json!({"name": "quiet"})),
        ("alerts-told", json!({"ends": "Failed"})),
        ("logs-stop", json!({"status": "ForceOff", "days": 2})),
        ("logs-flow", json!({})),
        ("alerts-heard", json!({"name": "quiet"})),
        ("azure-resource-vanishes", json!({"name": "theirs"})),
        ("azure-app-reads", json!({"client": "0b5e7e70-0000-4000-8000-0000000000e1"})),
        ("table-plan", json!({"table": "AuditLogs", "plan": "Auxiliary"})),
        ("alerts-muted-by-maintenance", json!({})),
        ("alerts-throttled", json!({})),
        ("daily-cap-reached", json!({})),
        ("basic-table", json!({})),
        ("subscription-past-due", json!({})),
        ("subscription-disabled", json!({})),
        ("rights-on-group-only", json!({})),
        ("logs-by-two-settings", json!({})),
        ("action-group-of-others", json!({})),
        ("on-call-group", json!({})),
    ]
}

/// The names of the files of drifts.
pub fn drifts() -> Vec<String> {
    let folder = std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/assets/tenants/drifts"));
    let files = folder.expect("the folder of drifts").flatten();
    files.map(|file| file.file_name().to_string_lossy().trim_end_matches(".toml").to_owned()).collect()
}
