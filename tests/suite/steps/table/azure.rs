//! What Azure holds in a world of the table: everything, or everything with one thing wrong.

use std::sync::Arc;

use breakglass::domain::facts::monitoring::{AlertRule, Fired, ProcessingRule, Told};
use breakglass::domain::facts::{
    ActionGroup, DiagnosticSetting, LogTable, Monitoring, Original, Permission, Reading, Rights,
    Subscription, Workspace,
};
use breakglass::domain::trouble::Trouble;
use breakglass::domain::write::action::RuleKind;
use breakglass::domain::write::call;
use serde_json::json;

use super::{GROUP, World, at, id};

impl World {
    pub fn monitoring(&self) -> Reading<Monitoring> {
        match self.azure.as_str() {
            "none" => Reading::Read(Monitoring::default()),
            "unreadable" => {
                Reading::Unreadable(Trouble::new("Azure did not answer.", "No token.", "Sign in."))
            }
            "past-due" => Reading::Read(Monitoring { subscriptions: vec![seen("PastDue")], ..empty() }),
            "disabled" => {
                let subscriptions = vec![seen("Disabled")];
                Reading::Read(Monitoring { subscription: None, subscriptions, ..empty() })
            }
            "empty" => Reading::Read(empty()),
            "no-rights" => Reading::Read(Monitoring { rights: Rights::default(), ..empty() }),
            "rights-in-group" => {
                Reading::Read(Monitoring { rights: in_the_group(), resource_group: true, ..empty() })
            }
            "unregistrable" => Reading::Read(Monitoring {
                rights: in_the_group(),
                resource_group: true,
                unregistered: vec!["Microsoft.OperationalInsights".to_owned()],
                ..empty()
            }),
            kind => Reading::Read(self.complete(kind)),
        }
    }

    fn complete(&self, kind: &str) -> Monitoring {
        let ids: Vec<String> = self.accounts.iter().map(|name| id(name)).collect();
        let exclusions = self.group.as_ref().map(|_| GROUP);
        let recipients = ["security-operations@example.com", "identity-team@example.com"];
        let mut found = Monitoring {
            resource_group: true,
            workspace: Some(Workspace {
                id: workspace(),
                name: "law".to_owned(),
                region: "westeurope".to_owned(),
                customer_id: "c".to_owned(),
                retention_days: Some(90),
                daily_cap: Some(-1.0),
                ingestion: Some("RespectQuota".to_owned()),
            }),
            settings: Reading::Read(vec![setting("theirs", &workspace(), &["SignInLogs", "AuditLogs"])]),
            action_group: Some(ActionGroup {
                id: action_group(),
                enabled: true,
                recipients: recipients.map(|r| (r.to_owned(), Some(true))).to_vec(),
                original: Original::new("v", json!({"properties": {"enabled": true}})),
            }),
            rules: vec![
                rule(RuleKind::SignIn, &call::sign_in_query(&ids)),
                rule(RuleKind::Audit, &call::audit_query(&ids, exclusions)),
            ],
            rows: Some(4),
            tables: tables("Analytics"),
            fired: Reading::Read(
                [RuleKind::SignIn, RuleKind::Audit].map(|kind| fired(kind, Told::NeverFired)).to_vec(),
            ),
            ..empty()
        };
        break_it(&mut found, kind);
        found
    }
}

/// What is wrong in a tenant whose monitoring is complete otherwise.
fn break_it(found: &mut Monitoring, kind: &str) {
    let workspace = found.workspace.as_mut().expect("it is there");
    let group = found.action_group.as_mut().expect("it is there");
    match kind {
        "complete" => {}
        "by-name" => {
            let query = "SigninLogs | where UserPrincipalName startswith 'emergency'";
            found.rules[0] = rule(RuleKind::SignIn, query);
        }
        "mute-query" => {
            let ids = query_ids(&found.rules[0]);
            found.rules[0] = rule(RuleKind::SignIn, &format!("SigninLogs | where UserId !in {ids}"));
        }
        "query-of-others" => {
            let ids = query_ids(&found.rules[0]);
            found.rules[0] =
                rule(RuleKind::SignIn, &format!("SigninLogs | where UserId in {ids} | where true"));
            found.rules[0].id = "/subscriptions/sub/theirs".to_owned();
        }
        "switched-off" => change(&mut found.rules[0], "enabled", json!(false)),
        "muted" => change(&mut found.rules[0], "muteActionsDuration", json!("P1D")),
        "rules-gone" => found.rules.clear(),
        "pending" => group.recipients.iter_mut().for_each(|(_, confirmed)| *confirmed = Some(false)),
        "other-pending" => group.recipients.push(("soc@example.com".to_owned(), Some(false))),
        "not-told" => group.recipients.iter_mut().for_each(|(_, confirmed)| *confirmed = None),
        "one-mailbox" => group.recipients.truncate(1),
        "silent" => found.tables.iter_mut().for_each(|table| table.newest = Reading::Read(None)),
        "no-sign-in" => found.rows = Some(0),
        "rows-unknown" => found.rows = None,
        "stopped" => found.tables[0].newest = Reading::Read(Some(at(-12 * 24))),
        "audit-stopped" => found.tables[1].newest = Reading::Read(Some(at(-12 * 24))),
        "age-unknown" => found.tables[1].newest = Reading::Unreadable(refused()),
        "basic-table" => found.tables = tables("Basic"),
        "capped" => workspace.ingestion = Some("OverQuota".to_owned()),
        "cap-unknown" => (workspace.ingestion, workspace.daily_cap) = (None, None),
        "silenced" => found.silencing = Reading::Read(vec![silencing("RemoveAllActionGroups")]),
        "added-to" => found.silencing = Reading::Read(vec![silencing("AddActionGroups")]),
        "silence-unknown" => found.silencing = Reading::Unreadable(refused()),
        "throttled" => {
            let (sign_in, audit) = (Told::No("Throttled".to_owned()), Told::Yes);
            let both = vec![fired(RuleKind::SignIn, sign_in), fired(RuleKind::Audit, audit)];
            found.fired = Reading::Read(both);
        }
        "rule-of-others-unread" => found.rules[0].id = "/subscriptions/sub/theirs".to_owned(),
        "history-unknown" => found.fired = Reading::Unreadable(refused()),
        "split" => {
            found.settings = Reading::Read(vec![
                setting("sign-ins", &workspace.id, &["SignInLogs"]),
                setting("audit", &workspace.id.to_lowercase(), &["AuditLogs"]),
            ]);
        }
        "half" => {
            found.settings = Reading::Read(vec![setting("sign-ins", &workspace.id, &["SignInLogs"])]);
        }
        "ours-elsewhere" => {
            let ours = setting("emergency-access-logs", "/subscriptions/other", &["SignInLogs", "AuditLogs"]);
            found.settings = Reading::Read(vec![ours]);
        }
        other => panic!("no such Azure: {other}"),
    }
}

/// A subscription in which nothing was made yet.
fn empty() -> Monitoring {
    Monitoring {
        subscription: Some(("sub".to_owned(), "Sample".to_owned())),
        subscriptions: vec![seen("Enabled")],
        rights: Rights::to_everything(),
        settings: Reading::Read(Vec::new()),
        silencing: Reading::Read(Vec::new()),
        fired: Reading::Read(Vec::new()),
        ..Monitoring::default()
    }
}

fn seen(state: &str) -> Subscription {
    Subscription { id: "sub".to_owned(), name: "Sample".to_owned(), state: Some(state.to_owned()) }
}

/// Everything in the resource group, and nothing but reading in the subscription.
fn in_the_group() -> Rights {
    Rights { subscription: may("*/read"), group: may("*") }
}

fn may(action: &str) -> Vec<Permission> {
    vec![Permission { actions: vec![action.to_owned()], not_actions: Vec::new() }]
}

fn refused() -> Trouble {
    Trouble::new("Could not read it.", "Azure answered 403.", "Ask for the right.")
}

fn workspace() -> String {
    call::workspace_id("sub", "rg", "law")
}

fn action_group() -> String {
    call::action_group_id("sub", "rg-identity-alerts")
}

fn setting(name: &str, workspace: &str, categories: &[&str]) -> DiagnosticSetting {
    DiagnosticSetting {
        name: name.to_owned(),
        workspace: Some(workspace.to_owned()),
        elsewhere: Vec::new(),
        categories: categories.iter().map(|one| (*one).to_owned()).collect(),
        original: Original::new("v", json!({})),
    }
}

fn rule(kind: RuleKind, query: &str) -> AlertRule {
    let body = json!({"properties": {"enabled": true, "severity": 0, "scopes": [workspace()],
        "evaluationFrequency": "PT5M", "windowSize": "PT15M", "autoMitigate": false,
        "criteria": {"allOf": [{"query": query, "timeAggregation": "Count", "operator": "GreaterThan", "threshold": 0}]},
        "actions": {"actionGroups": [action_group()]}}});
    AlertRule {
        id: call::rule_id("sub", "rg-identity-alerts", kind),
        name: kind.name().to_owned(),
        original: Original::new("v", body),
    }
}

/// The list of ids in the query of a rule made here.
fn query_ids(rule: &AlertRule) -> String {
    let query = rule.criteria()[0]["query"].as_str().expect("a query");
    let list = query.split_once('(').and_then(|(_, rest)| rest.split_once(')')).expect("a list").0;
    format!("({list})")
}

fn change(rule: &mut AlertRule, property: &str, value: serde_json::Value) {
    Arc::make_mut(&mut rule.original.body)["properties"][property] = value;
}

fn tables(plan: &str) -> Vec<LogTable> {
    let table = |name: &str| LogTable {
        name: name.to_owned(),
        plan: Reading::Read(Some(plan.to_owned())),
        newest: Reading::Read(Some(at(0))),
    };
    ["SigninLogs", "AuditLogs"].map(table).to_vec()
}

fn silencing(action: &str) -> ProcessingRule {
    let body = json!({"properties": {"enabled": true, "scopes": ["/subscriptions/sub"], "actions": [{"actionType": action}]}});
    ProcessingRule { name: "Maintenance".to_owned(), body: Arc::new(body) }
}

fn fired(kind: RuleKind, told: Told) -> Fired {
    Fired { rule: call::rule_id("sub", "rg-identity-alerts", kind), at: Some(at(-48)), told }
}
