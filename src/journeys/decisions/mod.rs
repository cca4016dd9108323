//! The decisions of the plan as a list that can be shown and changed, one line of text each.

use crate::domain::plan::{Account, DefaultsDecision, Method, Phone, Plan, RoleOrder};
use crate::journeys::screen::Question;

mod alerts;
mod earlier;
mod halves;
mod paper;
pub mod presets;
mod tenant;
mod typed;
mod words;

pub use earlier::{Difference, Earlier, changes, differences};
use typed::{items, number, word};
use words::{defaults_words, method_words, order_words, proof};

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
}

impl Decision {
    /// The heading of the screen that asks for it.
    pub fn heading(&self) -> String {
        format!("The plan: {}", self.name)
    }

    /// The question for it: its name, what may be typed, the present answer.
    pub fn question<M: 'static>(&self, answer: fn(String) -> M) -> Question<M> {
        let options = options(self.field).map(|options| format!(" ({options})")).unwrap_or_default();
        Question::text(format!("{}{options}", self.name), answer).preset(self.value.clone())
    }
}

/// What is decided. Numbers are places in the plan's lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The tenant's name, where no connection tells it.
    TenantName,
    /// Its initial domain.
    TenantDomain,
    /// Its id.
    TenantId,
    /// Its license.
    License,
    /// How many accounts.
    Accounts,
    /// User name.
    UserName(usize),
    /// Display name.
    DisplayName(usize),
    /// An existing account to adopt.
    Adopt(usize),
    /// Second factor.
    Method(usize),
    /// How many keys.
    Keys(usize),
    /// Serial number of a key.
    Serial(usize, usize),
    /// Safe of a key.
    KeySafe(usize, usize),
    /// Safe of the PIN slip.
    PinSafe(usize),
    /// Dedicated phone.
    Phone(usize),
    /// Safe of the password slip.
    Safe(usize),
    /// Custodian.
    Custodian(usize),
    /// How many people keep the password.
    People(usize),
    /// Safe of the second half.
    SecondSafe(usize),
    /// Custodian of the second half.
    SecondCustodian(usize),
    /// How many safes.
    Safes,
    /// Where a safe stands.
    Place(usize),
    /// What a safe withstands.
    Proof(usize),
    /// Password length.
    Length,
    /// When the role is assigned.
    RoleOrder,
    /// Security defaults.
    Defaults,
    /// Policies that are enabled when security defaults go off.
    Enable,
    /// Where logs go.
    Destination,
    /// Resource group.
    ResourceGroup,
    /// Workspace.
    Workspace,
    /// Region.
    Region,
    /// Recipients of alerts.
    Recipients,
    /// Who approves.
    Approvers,
    /// Who retrieves.
    Retrievers,
    /// Where each use is logged.
    IncidentSystem,
    /// Who owns the upkeep.
    Owner,
    /// Route to paper.
    Route,
    /// The size of the paper.
    PaperSize,
    /// The printer's address.
    Printer,
    /// Whether a page waits there until it is released.
    Hold,
    /// The queue of the print system.
    Queue,
    /// The printer's device file.
    Device,
    /// What the printer behind it understands.
    Language,
    /// The folder of slips that are files.
    Folder,
    /// What kind of files.
    Format,
    /// What QR codes there are.
    Codes,
}

/// Every decision of `plan`, in the order in which people think of them.
pub fn of(plan: &Plan) -> Vec<Decision> {
    let mut list: Vec<Decision> = plan.tenant.iter().flat_map(tenant::decisions).collect();
    list.push(line(Field::Accounts, "Accounts", plan.accounts.len().to_string(), "accounts"));
    list.push(line(Field::Safes, "Safes", plan.safes.len().to_string(), "safes"));
    for (i, safe) in plan.safes.iter().enumerate() {
        list.push(line(Field::Place(i), &format!("Safe {}: place", safe.name), safe.place.clone(), "safes"));
        let proof = proof(safe.fireproof, safe.waterproof);
        list.push(line(Field::Proof(i), &format!("Safe {}: withstands", safe.name), proof, "safes"));
    }
    for (i, account) in plan.accounts.iter().enumerate() {
        list.extend(of_account(i, account));
    }
    list.push(line(Field::Length, "Password length", plan.passwords.length.to_string(), "password-length"));
    list.push(line(Field::RoleOrder, "Role is assigned", order_words(plan.role.order), "role-order"));
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
    list
}

fn line(field: Field, name: &str, value: String, guide: &'static str) -> Decision {
    Decision { field, name: name.to_owned(), value, guide }
}

fn of_account(i: usize, account: &Account) -> Vec<Decision> {
    let slot = crate::domain::slot::Slot::new(i);
    let named = |what: &str| format!("{slot}: {what}");
    let mut list = vec![
        line(Field::UserName(i), &named("user name"), account.user_name.clone(), "names"),
        line(Field::DisplayName(i), &named("display name"), account.display_name.clone(), "names"),
        line(
            Field::Adopt(i),
            &named("adopt existing"),
            account.adopt.clone().unwrap_or_default(),
            "accounts",
        ),
        line(Field::Method(i), &named("second factor"), method_words(account.method), "method"),
    ];
    match account.method {
        Method::SecurityKey => {
            list.push(line(Field::Keys(i), &named("keys"), account.keys.len().to_string(), "keys"));
            for (k, key) in account.keys.iter().enumerate() {
                let name = named(&format!("key {}", k + 1));
                list.push(line(Field::Serial(i, k), &format!("{name} serial"), key.serial.clone(), "keys"));
                list.push(line(Field::KeySafe(i, k), &format!("{name} in safe"), key.safe.clone(), "safes"));
            }
            let pin = account.pin_safe.clone().unwrap_or_default();
            list.push(line(Field::PinSafe(i), &named("PIN slip in safe"), pin, "safes"));
        }
        Method::Phone => {
            let phone =
                account.phone.as_ref().map(|p| format!("{}; {}", p.number, p.place)).unwrap_or_default();
            list.push(line(Field::Phone(i), &named("phone; its place"), phone, "method"));
        }
        Method::Certificate => {}
    }
    let (safe, custodian) = halves::first_words(account);
    list.push(line(Field::Safe(i), &named(safe), account.safe.clone(), "safes"));
    list.push(line(Field::Custodian(i), &named(custodian), account.custodian.clone(), "custodians"));
    list.extend(halves::decisions(i, account));
    list
}

/// What may be typed for `field`, where it is one of a few words.
pub fn options(field: Field) -> Option<&'static str> {
    match field {
        Field::License => Some("P1, P2, none or not known"),
        Field::Accounts | Field::Safes => Some("2, 3 or 4"),
        Field::Keys(_) => Some("1 or 2"),
        Field::People(_) => Some("one person or two people"),
        Field::Method(_) => Some("security key, phone or certificate"),
        Field::Proof(_) => Some("fire and water, fire, water or neither"),
        Field::RoleOrder => Some("in step 2, or after exclusion and keys"),
        Field::Defaults => Some("as they are, keep on or turn off"),
        Field::Destination => Some("workspace, or elsewhere: who watches them"),
        Field::Length => Some("24 to 64"),
        Field::Recipients => Some("name <mailbox>; name <mailbox>"),
        Field::Phone(_) => Some("+1 2065555555; where it is kept"),
        Field::Approvers | Field::Retrievers => Some("several, with ; between them"),
        other => paper::options(other),
    }
}

/// Changes one decision, or says what is wrong with the answer.
pub fn set(plan: &mut Plan, field: Field, text: &str) -> Result<(), String> {
    let text = crate::domain::text::clean(text.trim());
    match field {
        Field::Accounts => set_accounts(plan, number(&text, 2..=4)?),
        Field::Safes => set_safes(plan, number(&text, 2..=4)?),
        Field::Place(i) => plan.safes[i].place = text,
        Field::Proof(i) => {
            (plan.safes[i].fireproof, plan.safes[i].waterproof) =
                (text.contains("fire"), text.contains("water"));
        }
        Field::Length => plan.passwords.length = number(&text, 24..=64)?,
        Field::RoleOrder => {
            let words =
                [("in step 2", RoleOrder::AsInGuide), ("after exclusion and keys", RoleOrder::AfterProof)];
            plan.role.order = word(&text, &words)?;
        }
        Field::Defaults => {
            let words = [
                ("as they are", DefaultsDecision::AsTheyAre),
                ("keep on", DefaultsDecision::KeepOn),
                ("turn off", DefaultsDecision::TurnOff),
            ];
            plan.security_defaults.decision = word(&text, &words)?;
        }
        Field::Enable => plan.security_defaults.enable = items(&text),
        Field::Destination | Field::ResourceGroup | Field::Workspace | Field::Region | Field::Recipients => {
            alerts::set(&mut plan.alerts, field, text)?;
        }
        Field::Approvers => plan.procedure.approvers = items(&text),
        Field::Retrievers => plan.procedure.retrievers = items(&text),
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
        of_account => set_account(plan, of_account, text)?,
    }
    Ok(())
}

fn set_account(plan: &mut Plan, field: Field, text: String) -> Result<(), String> {
    match field {
        Field::UserName(i) => plan.accounts[i].user_name = text,
        Field::DisplayName(i) => plan.accounts[i].display_name = text,
        Field::Adopt(i) => plan.accounts[i].adopt = Some(text).filter(|t| !t.is_empty()),
        Field::Method(i) => {
            let words = [
                ("security key", Method::SecurityKey),
                ("phone", Method::Phone),
                ("certificate", Method::Certificate),
            ];
            set_method(&mut plan.accounts[i], i, word(&text, &words)?);
        }
        Field::Keys(i) => {
            let count = number(&text, 1..=2)?;
            let safe = plan.accounts[i].safe.clone();
            let keys = &mut plan.accounts[i].keys;
            while keys.len() < count {
                keys.push(presets::key(i, keys.len(), &safe));
            }
            keys.truncate(count);
        }
        Field::Serial(i, k) => plan.accounts[i].keys[k].serial = text,
        Field::KeySafe(i, k) => plan.accounts[i].keys[k].safe = text,
        Field::PinSafe(i) => plan.accounts[i].pin_safe = Some(text),
        Field::Phone(i) => {
            let (number, place) =
                text.split_once(';').ok_or("Write the number, a semicolon, and the place.")?;
            plan.accounts[i].phone =
                Some(Phone { number: number.trim().to_owned(), place: place.trim().to_owned() });
        }
        Field::Safe(i) => plan.accounts[i].safe = text,
        Field::Custodian(i) => plan.accounts[i].custodian = text,
        _ => {}
    }
    Ok(())
}

fn set_method(account: &mut Account, index: usize, method: Method) {
    account.method = method;
    match method {
        Method::SecurityKey => {
            account.phone = None;
            if account.keys.is_empty() {
                let preset = presets::account(index, 0);
                account.keys = preset.keys;
                account.pin_safe = preset.pin_safe;
            }
        }
        Method::Phone | Method::Certificate => {
            account.keys.clear();
            account.pin_safe = None;
        }
    }
}

fn set_accounts(plan: &mut Plan, count: usize) {
    while plan.accounts.len() < count {
        let index = plan.accounts.len();
        plan.accounts.push(presets::account(index, index * 8));
    }
    plan.accounts.truncate(count);
}

fn set_safes(plan: &mut Plan, count: usize) {
    while plan.safes.len() < count {
        let name = presets::SAFES[plan.safes.len()].to_owned();
        plan.safes.push(crate::domain::plan::Safe {
            name,
            place: String::new(),
            fireproof: true,
            waterproof: true,
        });
    }
    plan.safes.truncate(count);
}
