//! The decisions of the plan as a list that can be shown and changed, one line of text each.

use crate::domain::plan::{DefaultsDecision, LONGEST_KEPT, Passwords, Plan};
use crate::domain::secret::values::looks_secret;
use crate::journeys::screen::Question;

mod accounts;
mod action_groups;
mod alerts;
mod answer;
mod answers;
mod earlier;
mod field;
mod halves;
mod looked_up;
mod paper;
pub mod presets;
mod proposed;
mod role;
mod safes;
mod systems;
mod tenant;
mod there;
mod typed;
mod words;

pub use answer::{Answer, Answers, Typed};
pub use answers::answers;
pub use earlier::{Difference, Earlier, changes, differences};
pub use field::Field;
pub use looked_up::is_expected;
pub use proposed::proposed;
pub use there::{areas, refused, seen};
use typed::{items, number, word};
use words::defaults_words;

/// One decision.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decision {
    /// What is decided.
    pub field: Field,
    /// Its name, short.
    pub name: String,
    /// The present answer as text.
    pub value: String,
    /// Id of the guide's words about it.
    pub guide: &'static str,
    /// Whether the plan can stand without an answer.
    pub need: Need,
}

/// Whether the plan can stand without an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// It cannot.
    Answer,
    /// It can.
    Nothing,
}

impl Decision {
    /// The heading of the screen that asks for it.
    pub fn heading(&self) -> String {
        format!("The plan: {}", self.name)
    }

    /// Whether the plan cannot stand before this is answered.
    pub fn is_missing(&self) -> bool {
        self.value.is_empty() && self.need == Need::Answer
    }

    fn optional(self) -> Self {
        Self { need: Need::Nothing, ..self }
    }

    /// The question for it: its name, what may be typed, the present answer.
    pub fn question<M: 'static>(&self, answer: fn(String) -> M) -> Question<M> {
        let options = options(self.field).map(|options| format!(" ({options})")).unwrap_or_default();
        Question::text(format!("{}{options}", self.name), answer).preset(self.value.clone())
    }
}

/// Every decision of `plan`, in the order in which people think of them; what is rarely needed stands last.
pub fn of(plan: &Plan) -> Vec<Decision> {
    let mut list: Vec<Decision> = plan.tenant.iter().flat_map(tenant::decisions).collect();
    list.push(line(Field::Accounts, "Accounts", plan.accounts.len().to_string(), "accounts"));
    list.extend(safes::decisions(plan));
    for (i, account) in plan.accounts.iter().enumerate() {
        list.extend(accounts::decisions(plan, i, account));
    }
    list.push(line(Field::Length, "Password length", plan.passwords.length.to_string(), "password-length"));
    list.extend(role::decisions(plan));
    let defaults = defaults_words(plan.security_defaults.decision);
    list.push(line(Field::Defaults, "Security defaults", defaults, "security-defaults"));
    if plan.security_defaults.decision == DefaultsDecision::TurnOff {
        let policies = plan.security_defaults.enable.join("; ");
        list.push(line(Field::Enable, "Policies enabled instead", policies, "security-defaults"));
    }
    list.extend(alerts::decisions(&plan.alerts));
    list.push(line(Field::Approvers, "Approvers", plan.procedure.approvers.join("; "), "approvers"));
    list.push(line(Field::Retrievers, "Retrievers", plan.procedure.retrievers.join("; "), "access-process"));
    let system = plan.procedure.incident_system.clone();
    list.push(line(Field::IncidentSystem, "Incident system", system, "incident-system"));
    list.push(line(Field::Owner, "Upkeep is owned by", plan.upkeep.owner.clone(), "access-process"));
    list.extend(paper::decisions(&plan.paper));
    list.push(forget_after(&plan.passwords));
    list.extend(role::rarely_needed(plan));
    list.extend(systems::decisions(plan));
    list
}

fn forget_after(passwords: &Passwords) -> Decision {
    let minutes = passwords.kept_minutes().to_string();
    line(Field::ForgetAfter, "Rarely needed: secrets are forgotten after", minutes, "forget-after")
}

/// A number that stands already leaves the plan as it is: what was left out may go on being left out.
fn set_forget_after(passwords: &mut Passwords, text: &str) -> Result<(), String> {
    let minutes = number(text.trim_end_matches("minutes").trim_end(), 1..=usize::from(LONGEST_KEPT))?;
    if minutes != usize::from(passwords.kept_minutes()) {
        passwords.forget_after = u16::try_from(minutes).ok();
    }
    Ok(())
}

fn line(field: Field, name: &str, value: String, guide: &'static str) -> Decision {
    Decision { field, name: name.to_owned(), value, guide, need: Need::Answer }
}

/// What may be typed for `field`, where it has a form of its own.
pub fn options(field: Field) -> Option<&'static str> {
    match field {
        Field::Length => Some("24 to 64"),
        Field::ForgetAfter => Some("1 to 60 minutes"),
        Field::ActionGroup => Some("its resource group, a slash, its name"),
        Field::Recipients => {
            Some("name <mailbox>, or mailboxes alone; several with commas or ; between them")
        }
        Field::Sms(_) => Some("+1 2065555555"),
        Field::Phone(_) => Some("+1 2065555555; where it is kept"),
        Field::PhoneCodes(_) => Some("where SIM PIN and screen lock code lie on paper, never the codes"),
        Field::Approvers | Field::Retrievers => Some("several, with commas or ; between them"),
        Field::Ticket => Some("number; system"),
        Field::Enable => Some("names of policies, with ; between them"),
        Field::System(_) => Some("a short name, as safes have one"),
        Field::SystemStore(_) => Some(systems::STORE),
        Field::SystemRead(_) => Some(systems::READ),
        other => paper::options(other),
    }
}

/// Changes one decision, or says what is wrong with the answer.
pub fn set(plan: &mut Plan, field: Field, text: &str) -> Result<(), String> {
    let text = crate::domain::text::clean(text.trim());
    if let Some(kind) = looks_secret(&text) {
        return Err(format!("This looks like {kind}; no secret belongs in the plan, and it was not kept."));
    }
    match field {
        Field::Layout => safes::set_layout(plan, &text)?,
        Field::Place(_) | Field::Proof(_) | Field::Keeper(_) | Field::Deputy(_) => {
            safes::set(plan, field, &text);
        }
        Field::Length => plan.passwords.length = number(&text, 24..=64)?,
        Field::ForgetAfter => set_forget_after(&mut plan.passwords, &text)?,
        Field::RoleOrder | Field::IfForbidden | Field::Ticket => role::set(&mut plan.role, field, &text)?,
        Field::Group | Field::GroupName => role::set_group(&mut plan.group, field, text),
        Field::Defaults => plan.security_defaults.decision = word(&text, &words::DEFAULTS)?,
        Field::Enable => plan.security_defaults.enable = items(&text),
        Field::Destination
        | Field::Elsewhere
        | Field::Subscription
        | Field::ResourceGroup
        | Field::Workspace
        | Field::Region
        | Field::ActionGroup
        | Field::Recipients
        | Field::Sms(_) => alerts::set(&mut plan.alerts, field, text)?,
        Field::Approvers => plan.procedure.approvers = typed::people(&text),
        Field::Retrievers => plan.procedure.retrievers = typed::people(&text),
        Field::IncidentSystem => plan.procedure.incident_system = text,
        Field::Owner => plan.upkeep.owner = text,
        Field::Route
        | Field::PaperSize
        | Field::Printer
        | Field::Hold
        | Field::Queue
        | Field::Device
        | Field::Language
        | Field::Folder
        | Field::Format
        | Field::Codes => paper::set(&mut plan.paper, field, text)?,
        Field::TenantName | Field::TenantDomain | Field::TenantId | Field::License => {
            tenant::set(plan.tenant.get_or_insert_default(), field, text)?;
        }
        Field::People(i) | Field::SecondSafe(i) | Field::SecondCustodian(i) => {
            halves::set(plan, i, field, text)?;
        }
        Field::System(i) | Field::SystemPlace(i) | Field::SystemStore(i) | Field::SystemRead(i) => {
            systems::set(plan, i, field, text)?;
        }
        of_account => accounts::set(plan, of_account, text)?,
    }
    Ok(())
}
