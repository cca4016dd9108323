//! An alert rule as it should be, and what is wrong with the one that is there. Each flaw is one change; everything else
//! in the rule stays as it is.

use super::query;
use crate::domain::facts::{AlertRule, Original};

/// The longest window of a rule, minutes, and the longest time between two looks: what is later comes too late
/// (contract 16, own judgement).
const LONGEST_WINDOW: i64 = 60;
const LONGEST_PAUSE: i64 = 15;

/// An alert rule to write.
#[derive(Debug, Clone, PartialEq)]
pub struct Rule {
    /// Which of the two rules.
    pub kind: RuleKind,
    /// ARM id of the rule.
    pub id: String,
    /// Region of the workspace.
    pub region: String,
    /// ARM id of the workspace it queries.
    pub workspace: String,
    /// ARM id of the action group it tells.
    pub action_group: String,
    /// Object ids that the query must name.
    pub watched: Vec<String>,
    /// The query, by object id.
    pub query: String,
    /// The rule that is there; none: it is made.
    pub original: Option<Original>,
}

/// The two alert rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    /// Somebody signs in, or tries to, as an emergency access account.
    SignIn,
    /// Somebody changes an account or the exclusion group.
    Audit,
}

impl RuleKind {
    /// Display name of the rule.
    pub fn name(self) -> &'static str {
        match self {
            RuleKind::SignIn => "Emergency access account sign-in",
            RuleKind::Audit => "Emergency access account changed",
        }
    }

    /// Name of the resource in Azure.
    pub fn resource_name(self) -> &'static str {
        match self {
            RuleKind::SignIn => "emergency-access-sign-in",
            RuleKind::Audit => "emergency-access-changed",
        }
    }

    /// The table that its query must look at.
    pub fn table(self) -> &'static str {
        match self {
            RuleKind::SignIn => "SigninLogs",
            RuleKind::Audit => "AuditLogs",
        }
    }
}

/// Something that keeps a rule from telling people at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each says in words what it is")]
pub enum Flaw {
    Off,
    Severity,
    Workspace,
    Query,
    Condition,
    Window,
    Frequency,
    Muted,
    Stateful,
    Untold,
}

impl Flaw {
    /// What is wrong.
    pub fn words(self) -> &'static str {
        match self {
            Flaw::Off => "the rule is switched off",
            Flaw::Severity => "the rule does not have severity 0",
            Flaw::Workspace => "the rule does not look into the workspace that receives the logs",
            Flaw::Query => {
                "the rule does not look for every account by its object id, or not in a way that is understood here; a \
                 name goes silent on a rename"
            }
            Flaw::Condition => "the rule does not fire on every result",
            Flaw::Window => {
                "the rule looks at too long a time, or at a shorter one than passes between two looks"
            }
            Flaw::Frequency => "the rule looks too rarely",
            Flaw::Muted => "the rule is mute for a time after it has fired",
            Flaw::Stateful => "the rule says nothing new while an alert has not resolved itself",
            Flaw::Untold => "the rule tells nobody who was planned",
        }
    }

    /// What a change does about it.
    pub fn remedy(self) -> &'static str {
        match self {
            Flaw::Off => "switch it on",
            Flaw::Severity => "severity 0",
            Flaw::Workspace => "look into the planned workspace",
            Flaw::Query => "look for every account by object id instead of what it looks for",
            Flaw::Condition => "fire on any result",
            Flaw::Window => "look at 15 minutes",
            Flaw::Frequency => "look every 5 minutes",
            Flaw::Muted => "no mute time",
            Flaw::Stateful => "no automatic resolving",
            Flaw::Untold => "tell the action group",
        }
    }
}

impl Rule {
    /// What is wrong with the rule that is there; empty where it is right, or where there is none.
    pub fn flaws(&self) -> Vec<Flaw> {
        let Some(original) = &self.original else { return Vec::new() };
        let rule = AlertRule { id: self.id.clone(), name: String::new(), original: original.clone() };
        let found = [
            (Flaw::Off, rule.property("enabled") != true),
            (Flaw::Severity, rule.property("severity").as_f64() != Some(0.0)),
            (Flaw::Workspace, !names(&rule.texts("/scopes"), &self.workspace)),
            (Flaw::Query, !self.is_asked_by(&rule)),
            (Flaw::Condition, !fires_on_any_result(&rule)),
            (Flaw::Window, !has_short_window(&rule)),
            (Flaw::Frequency, rule.minutes("evaluationFrequency").is_none_or(|every| every > LONGEST_PAUSE)),
            (Flaw::Muted, is_muted(&rule)),
            (Flaw::Stateful, is_stateful(&rule)),
            (Flaw::Untold, !names(&rule.texts("/actions/actionGroups"), &self.action_group)),
        ];
        found.into_iter().filter_map(|(flaw, is_there)| is_there.then_some(flaw)).collect()
    }

    /// Whether somebody else's work would be lost by mending the rule that is there: other conditions, other places, or
    /// another thing that is looked for.
    pub fn is_of_others(&self) -> bool {
        let Some(original) = &self.original else { return false };
        let rule = AlertRule { id: self.id.clone(), name: String::new(), original: original.clone() };
        let scopes = rule.texts("/scopes");
        let elsewhere = scopes.iter().any(|scope| !scope.eq_ignore_ascii_case(&self.workspace));
        let is_elsewhere = elsewhere && (scopes.len() > 1 || !self.is_asked_by(&rule));
        let asked = query_of(&rule);
        let is_about_something_else = !asked.is_empty() && !query::speaks_of(asked, self.kind.table(), &[]);
        rule.criteria().len() > 1 || is_elsewhere || is_about_something_else
    }

    /// Whether the query is known to look for everything that is watched. A rule of several queries is another rule.
    fn is_asked_by(&self, rule: &AlertRule) -> bool {
        let asked = query_of(rule);
        let is_simple = match self.kind {
            RuleKind::SignIn => query::looks_for(asked, self.kind.table(), &self.watched),
            RuleKind::Audit => false,
        };
        is_simple || query::is_same(asked, &self.query)
    }

    /// Whether the rule that is there would be right if its query, which speaks of everything that is watched, looked for
    /// it; that cannot be told from here.
    pub fn may_be_asked(&self) -> bool {
        let Some(original) = &self.original else { return false };
        let rule = AlertRule { id: self.id.clone(), name: String::new(), original: original.clone() };
        self.flaws() == [Flaw::Query] && query::speaks_of(query_of(&rule), self.kind.table(), &self.watched)
    }
}

fn query_of(rule: &AlertRule) -> &str {
    rule.criteria().first().and_then(|one| one["query"].as_str()).unwrap_or_default()
}

fn names(list: &[&str], id: &str) -> bool {
    list.iter().any(|one| one.eq_ignore_ascii_case(id))
}

/// More than 0 rows, counted, in the only look that is judged, and no row left out by a dimension.
fn fires_on_any_result(rule: &AlertRule) -> bool {
    let [one] = rule.criteria() else { return false };
    let threshold = one["threshold"].as_f64();
    let operator = one["operator"].as_str().unwrap_or_default();
    let above_zero = match operator.to_lowercase().as_str() {
        "greaterthan" => threshold.is_some_and(|least| (0.0..1.0).contains(&least)),
        "greaterthanorequal" => threshold.is_some_and(|least| least > 0.0 && least <= 1.0),
        _ => false,
    };
    let counted = one["timeAggregation"].as_str().is_some_and(|how| how.eq_ignore_ascii_case("Count"));
    let at_once = one["failingPeriods"]["minFailingPeriodsToAlert"].as_f64().unwrap_or(1.0) <= 1.0;
    let mut dimensions = one["dimensions"].as_array().into_iter().flatten();
    above_zero && counted && at_once && dimensions.all(leaves_nothing_out)
}

/// A dimension that only splits: it includes every value.
pub(in crate::domain::write) fn leaves_nothing_out(dimension: &serde_json::Value) -> bool {
    let includes = dimension["operator"].as_str().is_some_and(|how| how.eq_ignore_ascii_case("Include"));
    includes && dimension["values"].as_array().is_some_and(|values| values.iter().any(|one| one == "*"))
}

/// Short, and no shorter than the time between two looks: what happens in between would never be seen. A range of the
/// query's own counts like a window.
fn has_short_window(rule: &AlertRule) -> bool {
    let pause = rule.minutes("evaluationFrequency").unwrap_or_default();
    let is_good = |minutes: i64| (pause..=LONGEST_WINDOW).contains(&minutes) && minutes > 0;
    let own_range = rule.minutes("overrideQueryTimeRange").is_none_or(|range| range >= pause);
    rule.minutes("windowSize").is_some_and(is_good) && own_range
}

fn is_muted(rule: &AlertRule) -> bool {
    let mute = rule.property("muteActionsDuration");
    !mute.is_null() && rule.minutes("muteActionsDuration") != Some(0)
}

fn is_stateful(rule: &AlertRule) -> bool {
    rule.property("autoMitigate") == true || rule.property("ruleResolveConfiguration")["autoResolved"] == true
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn rule(kind: RuleKind, change: impl FnOnce(&mut Value)) -> Rule {
        let mut body = json!({"properties": {"enabled": true, "severity": 0, "scopes": ["/S/LAW"],
            "evaluationFrequency": "PT5M", "windowSize": "PT15M", "autoMitigate": false,
            "criteria": {"allOf": [{"query": "SigninLogs | where UserId in ('id-1')", "timeAggregation": "Count",
                "operator": "GreaterThan", "threshold": 0.0,
                "dimensions": [{"name": "UserId", "operator": "Include", "values": ["*"]}]}]},
            "actions": {"actionGroups": ["/other", "/s/ag"], "customProperties": {"team": "soc"}}}});
        change(&mut body["properties"]);
        Rule {
            kind,
            id: "/s/r".to_owned(),
            region: "westeurope".to_owned(),
            workspace: "/s/law".to_owned(),
            action_group: "/S/AG".to_owned(),
            watched: vec!["id-1".to_owned()],
            query: "q".to_owned(),
            original: Some(Original::new("v", body)),
        }
    }

    #[test]
    fn somebodys_good_rule_has_no_flaw_whatever_the_case_of_its_ids() {
        assert_eq!(rule(RuleKind::SignIn, |_| ()).flaws(), []);
        assert_eq!(rule(RuleKind::Audit, |_| ()).flaws(), [Flaw::Query], "another table");
    }

    #[test]
    fn a_rule_that_does_something_else_as_well_is_of_others() {
        assert!(!rule(RuleKind::SignIn, |_| ()).is_of_others());
        for (at, value, is_of_others) in [
            ("/severity", json!(3), false),
            ("/scopes", json!(["/s/other"]), false),
            ("/scopes", json!(["/s/law", "/s/other"]), true),
            ("/criteria/allOf/0/query", json!("SigninLogs | where UserPrincipalName startswith 'e'"), false),
            ("/criteria/allOf/0/query", json!("Heartbeat | count"), true),
            (
                "/criteria/allOf",
                json!([{"query": "SigninLogs"}, {"query": "SigninLogs | where 1 == 1"}]),
                true,
            ),
        ] {
            let changed = rule(RuleKind::SignIn, |body| *body.pointer_mut(at).expect(at) = value.clone());
            assert_eq!(changed.is_of_others(), is_of_others, "{at} {value}");
        }
    }

    #[test]
    fn each_way_to_be_mute_is_a_flaw() {
        let condition = "/criteria/allOf/0";
        for (at, value, flaw) in [
            ("/enabled", json!(false), Flaw::Off),
            ("/severity", json!(3), Flaw::Severity),
            ("/scopes", json!(["/s/other"]), Flaw::Workspace),
            (
                "/criteria/allOf/0/query",
                json!("SigninLogs | where UserPrincipalName startswith 'e'"),
                Flaw::Query,
            ),
            ("/criteria/allOf/0/query", json!("SigninLogs | where UserId !in ('id-1')"), Flaw::Query),
            (
                "/criteria/allOf/0/query",
                json!("AADNonInteractiveUserSignInLogs | where UserId == 'id-1'"),
                Flaw::Query,
            ),
            ("/criteria/allOf/0/threshold", json!(5), Flaw::Condition),
            ("/criteria/allOf/0/operator", json!("LessThan"), Flaw::Condition),
            ("/criteria/allOf/0/timeAggregation", json!("Average"), Flaw::Condition),
            ("/criteria/allOf/0/dimensions/0/values", json!(["b"]), Flaw::Condition),
            ("/windowSize", json!("P1D"), Flaw::Window),
            ("/windowSize", Value::Null, Flaw::Window),
            ("/evaluationFrequency", Value::Null, Flaw::Frequency),
            ("/actions/actionGroups", json!([]), Flaw::Untold),
        ] {
            let changed = rule(RuleKind::SignIn, |body| *body.pointer_mut(at).expect(at) = value.clone());
            assert_eq!(changed.flaws(), [flaw], "{at} {value}");
        }
        assert_eq!(
            rule(RuleKind::SignIn, |b| b["muteActionsDuration"] = json!("P1D")).flaws(),
            [Flaw::Muted]
        );
        assert_eq!(rule(RuleKind::SignIn, |b| b["muteActionsDuration"] = json!("PT0S")).flaws(), []);
        assert_eq!(rule(RuleKind::SignIn, |b| b["autoMitigate"] = json!(true)).flaws(), [Flaw::Stateful]);
        let slow = rule(RuleKind::SignIn, |b| b["evaluationFrequency"] = json!("PT1H"));
        assert_eq!(slow.flaws(), [Flaw::Window, Flaw::Frequency]);
        let failing = json!({"numberOfEvaluationPeriods": 4, "minFailingPeriodsToAlert": 3});
        let late =
            rule(RuleKind::SignIn, |b| b.pointer_mut(condition).expect("one")["failingPeriods"] = failing);
        assert_eq!(late.flaws(), [Flaw::Condition]);
    }
}
