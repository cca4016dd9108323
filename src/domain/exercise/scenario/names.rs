//! The names that a scenario speaks of by placeholders, so that an exercise speaks of the organization that plays it.
//!
//! Every text is filled, those of injects, options and cards as well as the parameters of damages. Where the names come
//! from is not known here.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{
    Artefact, ByHand, Card, Choice, Damage, Decision, Expected, Inject, Milestone, Objective, Role, Scenario,
};
use crate::domain::fill::fill as filled;
use crate::domain::text::clean;

/// What stands in the place of each placeholder.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Names {
    /// The name of the tenant.
    pub tenant: String,
    /// Its initial domain.
    pub domain: String,
    /// Another domain that mail and everyday accounts have.
    pub other_domain: String,
    /// The sign-in name of the First account, with its domain.
    pub first: String,
    /// The part of it before the @.
    pub first_name: String,
    /// The sign-in name of the Second account, with its domain.
    pub second: String,
    /// The part of it before the @.
    pub second_name: String,
    /// The exclusion group.
    pub group: String,
    /// A policy that is in force and excludes the group.
    pub policy: String,
    /// The sign-in name of the everyday administrator at the console.
    pub operator: String,
    /// Where the password of the First account lies.
    pub safe_first: String,
    /// Where the password of the Second account lies.
    pub safe_second: String,
    /// Where the keys of the First account lie.
    pub key_safe_first: String,
    /// Where the keys of the Second account lie.
    pub key_safe_second: String,
    /// What a key of the First account is called.
    pub key_first: String,
    /// What a key of the Second account is called.
    pub key_second: String,
    /// Who keeps the password of the First account.
    pub custodian_first: String,
    /// Who keeps the password of the Second account.
    pub custodian_second: String,
    /// Who may authorize a use.
    pub approver: String,
    /// Where each use is noted.
    pub incident_system: String,
    /// Who gets the alerts.
    pub recipient: String,
    /// Where the logs go.
    pub workspace: String,
}

/// Every placeholder that a scenario may hold.
pub const PLACEHOLDERS: [&str; 22] = [
    "tenant",
    "domain",
    "other-domain",
    "first",
    "first-name",
    "second",
    "second-name",
    "group",
    "policy",
    "operator",
    "safe-first",
    "safe-second",
    "key-safe-first",
    "key-safe-second",
    "key-first",
    "key-second",
    "custodian-first",
    "custodian-second",
    "approver",
    "incident-system",
    "recipient",
    "workspace",
];

impl Names {
    /// Names that are plainly samples: those of the example plan and the rehearsal tenant.
    pub fn sample() -> Self {
        let text = str::to_owned;
        Self {
            tenant: text("Fabrikam Rehearsal"),
            domain: text("fabrikamrehearsal.onmicrosoft.com"),
            other_domain: text("fabrikam.example"),
            first: text("harbor.lantern@fabrikamrehearsal.onmicrosoft.com"),
            first_name: text("harbor.lantern"),
            second: text("meadow.compass@fabrikamrehearsal.onmicrosoft.com"),
            second_name: text("meadow.compass"),
            group: text("Conditional Access - Emergency Access Exclusions"),
            policy: text("CA001 Require MFA for all users"),
            operator: text("riley.operator@fabrikamrehearsal.onmicrosoft.com"),
            safe_first: text("A1"),
            safe_second: text("B1"),
            key_safe_first: text("A2"),
            key_safe_second: text("B2"),
            key_first: text("Lantern key 1"),
            key_second: text("Compass key 1"),
            custodian_first: text("Sample Person A"),
            custodian_second: text("Sample Person B"),
            approver: text("Chief Information Security Officer"),
            incident_system: text("Incident register, category Emergency access"),
            recipient: text("Security operations"),
            workspace: text("law-identity-alerts"),
        }
    }

    /// The values in the order of [`PLACEHOLDERS`].
    fn values(&self) -> [&str; PLACEHOLDERS.len()] {
        [
            &self.tenant,
            &self.domain,
            &self.other_domain,
            &self.first,
            &self.first_name,
            &self.second,
            &self.second_name,
            &self.group,
            &self.policy,
            &self.operator,
            &self.safe_first,
            &self.safe_second,
            &self.key_safe_first,
            &self.key_safe_second,
            &self.key_first,
            &self.key_second,
            &self.custodian_first,
            &self.custodian_second,
            &self.approver,
            &self.incident_system,
            &self.recipient,
            &self.workspace,
        ]
    }
}

/// `scenario` with every placeholder filled; names of people and places are foreign text and are made safe to show.
pub fn fill(scenario: &Scenario, names: &Names) -> Scenario {
    let clean: Vec<String> = names.values().iter().map(|value| clean(value)).collect();
    let pairs = PLACEHOLDERS.iter().zip(&clean).map(|(name, value)| (*name, value.as_str()));
    Filler { pairs: pairs.collect() }.scenario(scenario)
}

/// `text` with the samples in the place of its placeholders: how long it may become.
pub(super) fn with_samples(text: &str) -> String {
    let names = Names::sample();
    let values = names.values();
    let pairs: Vec<(&str, &str)> = PLACEHOLDERS.iter().copied().zip(values).collect();
    filled(text, &pairs)
}

/// The placeholders with their values.
struct Filler<'a> {
    pairs: Vec<(&'a str, &'a str)>,
}

impl Filler<'_> {
    fn text(&self, text: &str) -> String {
        filled(text, &self.pairs)
    }

    fn texts(&self, texts: &[String]) -> Vec<String> {
        texts.iter().map(|text| self.text(text)).collect()
    }

    fn scenario(&self, whole: &Scenario) -> Scenario {
        Scenario {
            title: self.text(&whole.title),
            summary: self.text(&whole.summary),
            audience: self.texts(&whole.audience),
            before: self.texts(&whole.before),
            artificialities: self.texts(&whole.artificialities),
            ground_rules: self.texts(&whole.ground_rules),
            opening: self.texts(&whole.opening),
            objectives: whole.objectives.iter().map(|one| self.objective(one)).collect(),
            roles: whole.roles.iter().map(|one| self.role(one)).collect(),
            milestones: whole.milestones.iter().map(|one| self.milestone(one)).collect(),
            injects: whole.injects.iter().map(|one| self.inject(one)).collect(),
            decisions: whole.decisions.iter().map(|one| self.decision(one)).collect(),
            cards: whole.cards.iter().map(|one| self.card(one)).collect(),
            by_hand: whole.by_hand.iter().map(|one| self.by_hand(one)).collect(),
            hot_wash: self.texts(&whole.hot_wash),
            ..whole.clone()
        }
    }

    fn objective(&self, one: &Objective) -> Objective {
        Objective { text: self.text(&one.text), ..one.clone() }
    }

    fn role(&self, one: &Role) -> Role {
        Role { title: self.text(&one.title), does: self.text(&one.does), ..one.clone() }
    }

    fn milestone(&self, one: &Milestone) -> Milestone {
        Milestone { title: self.text(&one.title), hints: self.texts(&one.hints), ..one.clone() }
    }

    fn inject(&self, one: &Inject) -> Inject {
        Inject {
            title: self.text(&one.title),
            text: self.texts(&one.text),
            artefact: one.artefact.as_ref().map(|artefact| self.artefact(artefact)),
            damage: one.damage.iter().map(|damage| self.damage(damage)).collect(),
            expected: one.expected.iter().map(|expected| self.expected(expected)).collect(),
            notes: self.texts(&one.notes),
            ..one.clone()
        }
    }

    fn artefact(&self, one: &Artefact) -> Artefact {
        Artefact { title: self.text(&one.title), lines: self.texts(&one.lines) }
    }

    fn damage(&self, one: &Damage) -> Damage {
        Damage { parameters: self.table(&one.parameters), ..one.clone() }
    }

    fn table(&self, table: &Map<String, Value>) -> Map<String, Value> {
        table.iter().map(|(key, value)| (key.clone(), self.value(value))).collect()
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.text(text)),
            Value::Array(items) => Value::Array(items.iter().map(|item| self.value(item)).collect()),
            Value::Object(table) => Value::Object(self.table(table)),
            Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
        }
    }

    fn expected(&self, one: &Expected) -> Expected {
        Expected { text: self.text(&one.text), hints: self.texts(&one.hints), ..one.clone() }
    }

    fn decision(&self, one: &Decision) -> Decision {
        Decision {
            question: self.text(&one.question),
            options: one.options.iter().map(|option| self.choice(option)).collect(),
            hints: self.texts(&one.hints),
            ..one.clone()
        }
    }

    fn choice(&self, one: &Choice) -> Choice {
        Choice { text: self.text(&one.text), why: self.text(&one.why), ..one.clone() }
    }

    fn card(&self, one: &Card) -> Card {
        Card { title: self.text(&one.title), says: self.texts(&one.says), ..one.clone() }
    }

    fn by_hand(&self, one: &ByHand) -> ByHand {
        ByHand {
            title: self.text(&one.title),
            changes: one.changes.iter().map(|change| self.damage(change)).collect(),
            why: self.text(&one.why),
            ..one.clone()
        }
    }
}
