//! Actions: every single write the program can make, and the sentence that announces it.
//!
//! An action is data. What it sends is [`crate::domain::write::call`], what the tenant should look like afterwards is
//! [`crate::domain::write::expect`]. Nothing here holds a secret: a password is named by its [`SecretId`].

use std::sync::Arc;

use serde_json::Value;

use crate::domain::facts::policy::State;
use crate::domain::facts::{Area, Original};
use crate::domain::plan::Recipient;
use crate::domain::secret::SecretId;
use crate::domain::slot::Slot;
use crate::domain::text::{clean, counted};

mod azure;
mod key;
mod method;
mod parts;
mod query;
mod rule;

pub use key::{ActionKey, ActionKind};
pub(in crate::domain::write) use method::targets;
pub use parts::{PassUse, PolicyMethod, Protection, RecycleBin, Repair, RoleRoute};
pub(in crate::domain::write) use rule::leaves_nothing_out;
pub use rule::{Flaw, Rule, RuleKind};

/// The role template id of Global Administrator (contract 0).
pub const GLOBAL_ADMINISTRATOR: &str = "62e90394-69f5-4237-9190-012177145e10";

/// One write.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum Action {
    /// Create an emergency access account with a throw-away password nobody sees.
    CreateUser { slot: Slot, upn: String, display_name: String, bin: RecycleBin },
    /// Put properties of an account right.
    RepairUser { slot: Slot, id: String, repairs: Vec<Repair> },
    /// Take a directly assigned license off an account.
    RemoveLicense { slot: Slot, id: String, sku: String },
    /// Assign Global Administrator, permanently and active.
    AssignRole { slot: Slot, principal: String, route: RoleRoute },
    /// Open a method policy to this target (nothing where everybody is one already), beside those of one that is on.
    OpenMethod { method: PolicyMethod, target: Option<Value>, original: Original },
    /// Issue a Temporary Access Pass that lives so many minutes; its value goes to the vault.
    IssuePass { slot: Slot, id: String, use_once: PassUse, minutes: u32 },
    /// Delete a Temporary Access Pass that has served.
    DeletePass { slot: Slot, id: String, pass: String },
    /// Register the dedicated phone.
    AddPhone { slot: Slot, id: String, number: String },
    /// Put another number in the place of a phone's.
    ReplacePhone { slot: Slot, id: String, phone: String, number: String },
    /// Take a phone off an account.
    DeletePhone { slot: Slot, id: String, phone: String },
    /// Take a security key off an account.
    DeleteKey { slot: Slot, id: String, key: String, name: String },
    /// Create the exclusion group.
    CreateGroup { name: String, description: String, protection: Protection, members: Vec<(Slot, String)> },
    /// Add an account to the exclusion group.
    AddMember { group: String, slot: Slot, id: String },
    /// Take someone who is not an emergency access account out of the exclusion group.
    RemoveMember { group: String, id: String, name: String },
    /// Make an account an owner of the exclusion group: Entra keeps the last owner a group has.
    AddOwner { group: String, slot: Slot, id: String },
    /// Take the ownership of the exclusion group from someone who is not an emergency access account.
    RemoveOwner { group: String, id: String, name: String },
    /// Add the exclusion group to one policy's exclusions.
    ExcludeGroup { policy: String, name: String, state: State, groups: Vec<String>, group: String },
    /// Put a policy back as it was read before this program changed it.
    RestorePolicy { policy: String, name: String, original: Arc<Value> },
    /// Switch security defaults off.
    DisableSecurityDefaults,
    /// Enable a policy that was ready (with security defaults going off).
    EnablePolicy { policy: String, name: String },
    /// Register an Azure resource provider.
    RegisterProvider { subscription: String, namespace: String },
    /// Create a resource group.
    PutResourceGroup { subscription: String, name: String, region: String },
    /// Create a Log Analytics workspace.
    PutWorkspace { subscription: String, resource_group: String, name: String, region: String },
    /// Create the Entra diagnostic setting, or send these categories by the one that is there too.
    PutDiagnosticSetting { workspace: String, categories: Vec<String>, original: Option<Original> },
    /// Create the action group that tells people, or add these recipients to the one that is there.
    PutActionGroup { id: String, recipients: Vec<Recipient>, original: Option<Original> },
    /// Create or repair an alert rule.
    PutRule(Rule),
    /// Send a test notification to the action group's recipients.
    TestNotification { id: String, recipients: Vec<Recipient> },
    /// Set the password that goes to the safe.
    SetPassword { slot: Slot, id: String, secret: SecretId },
    /// Revoke every session of an account.
    RevokeSessions { slot: Slot, id: String },
    /// Take an account out of a restricted management unit, so that it can be changed.
    LeaveUnit { slot: Slot, id: String, unit: String, name: String },
    /// Put it back.
    EnterUnit { slot: Slot, id: String, unit: String, name: String },
}

impl Action {
    /// What will be written, as a sentence for the consent screen.
    pub fn sentence(&self) -> String {
        let text = match self {
            Action::CreateUser { slot, upn, bin, .. } => {
                format!("Create user {upn} ({slot} account){}", bin.words())
            }
            Action::RepairUser { slot, repairs, .. } => {
                format!("Correct the {slot} account: {}", list(repairs.iter().map(repair_words)))
            }
            Action::RemoveLicense { slot, .. } => format!("Remove a license from the {slot} account"),
            Action::AssignRole { slot, route, .. } => format!(
                "Assign Global Administrator to the {slot} account, permanent and active{}",
                match route {
                    RoleRoute::Pim { .. } => ", through Privileged Identity Management",
                    RoleRoute::Direct => "",
                    RoleRoute::PastPim => {
                        ", directly: past the settings of Privileged Identity Management, which forbid it"
                    }
                }
            ),
            Action::OpenMethod { method, target, original } => {
                method::opening(*method, target.as_ref(), original)
            }
            Action::IssuePass { slot, minutes, .. } => {
                format!("Issue a Temporary Access Pass for the {slot} account, for {minutes} minutes")
            }
            Action::DeletePass { slot, .. } => {
                format!("Delete the Temporary Access Pass of the {slot} account")
            }
            Action::AddPhone { slot, .. } => format!("Register the dedicated phone for the {slot} account"),
            Action::ReplacePhone { slot, .. } => {
                format!("Replace the phone number of the {slot} account by the new one")
            }
            Action::DeletePhone { slot, .. } => format!("Remove the phone from the {slot} account"),
            Action::DeleteKey { slot, name, .. } => {
                format!("Remove security key \"{name}\" from the {slot} account")
            }
            Action::CreateGroup { name, protection, members, .. } => format!(
                "Create {} group \"{name}\" with {}",
                match protection {
                    Protection::RoleAssignable => "role-assignable",
                    Protection::Ordinary => "ordinary",
                },
                counted(members.len(), "member", "members")
            ),
            Action::AddMember { slot, .. } => format!("Add the {slot} account to the exclusion group"),
            Action::RemoveMember { name, .. } => format!("Remove {name} from the exclusion group"),
            Action::AddOwner { slot, .. } => {
                format!(
                    "Make the {slot} account an owner of the exclusion group, for its last owner cannot be removed"
                )
            }
            Action::RemoveOwner { name, .. } => format!("Remove {name} as an owner of the exclusion group"),
            Action::ExcludeGroup { name, .. } => format!("Exclude the group from policy \"{name}\""),
            Action::RestorePolicy { name, .. } => format!("Put policy \"{name}\" back as it was read before"),
            Action::DisableSecurityDefaults => "Turn security defaults off".to_owned(),
            Action::EnablePolicy { name, .. } => format!("Enable policy \"{name}\""),
            Action::RegisterProvider { namespace, .. } => format!("Register the Azure provider {namespace}"),
            Action::PutResourceGroup { name, region, .. } => {
                format!("Create resource group {name} in {region}")
            }
            Action::PutWorkspace { name, region, .. } => {
                format!("Create Log Analytics workspace {name} in {region}")
            }
            Action::PutDiagnosticSetting { categories, original, .. } => {
                azure::diagnostic_setting(categories, original.as_ref())
            }
            Action::PutActionGroup { id, recipients, original } => {
                azure::action_group(id, recipients, original.as_ref())
            }
            Action::PutRule(rule) => azure::rule(rule),
            Action::TestNotification { recipients, .. } => {
                format!("Send a test notification to {}", list(recipients.iter().map(|r| r.email.clone())))
            }
            Action::SetPassword { slot, .. } => format!("Set a new password for the {slot} account"),
            Action::RevokeSessions { slot, .. } => format!("Revoke every session of the {slot} account"),
            Action::LeaveUnit { slot, name, .. } => {
                format!("Take the {slot} account out of the restricted unit \"{name}\", for this change only")
            }
            Action::EnterUnit { slot, name, .. } => {
                format!("Put the {slot} account back into the restricted unit \"{name}\"")
            }
        };
        clean(&text)
    }

    /// The kind of write.
    pub fn kind(&self) -> ActionKind {
        match self {
            Action::CreateUser { .. } => ActionKind::CreateUser,
            Action::RepairUser { .. } => ActionKind::RepairUser,
            Action::RemoveLicense { .. } => ActionKind::RemoveLicense,
            Action::AssignRole { .. } => ActionKind::AssignRole,
            Action::OpenMethod { .. } => ActionKind::OpenMethod,
            Action::IssuePass { .. } => ActionKind::IssuePass,
            Action::DeletePass { .. } => ActionKind::DeletePass,
            Action::AddPhone { .. } => ActionKind::AddPhone,
            Action::ReplacePhone { .. } => ActionKind::ReplacePhone,
            Action::DeletePhone { .. } => ActionKind::DeletePhone,
            Action::DeleteKey { .. } => ActionKind::DeleteKey,
            Action::CreateGroup { .. } => ActionKind::CreateGroup,
            Action::AddMember { .. } => ActionKind::AddMember,
            Action::RemoveMember { .. } => ActionKind::RemoveMember,
            Action::AddOwner { .. } => ActionKind::AddOwner,
            Action::RemoveOwner { .. } => ActionKind::RemoveOwner,
            Action::ExcludeGroup { .. } => ActionKind::ExcludeGroup,
            Action::RestorePolicy { .. } => ActionKind::RestorePolicy,
            Action::DisableSecurityDefaults => ActionKind::DisableSecurityDefaults,
            Action::EnablePolicy { .. } => ActionKind::EnablePolicy,
            Action::RegisterProvider { .. } => ActionKind::RegisterProvider,
            Action::PutResourceGroup { .. } => ActionKind::PutResourceGroup,
            Action::PutWorkspace { .. } => ActionKind::PutWorkspace,
            Action::PutDiagnosticSetting { .. } => ActionKind::PutDiagnosticSetting,
            Action::PutActionGroup { .. } => ActionKind::PutActionGroup,
            Action::PutRule(_) => ActionKind::PutRule,
            Action::TestNotification { .. } => ActionKind::TestNotification,
            Action::SetPassword { .. } => ActionKind::SetPassword,
            Action::RevokeSessions { .. } => ActionKind::RevokeSessions,
            Action::LeaveUnit { .. } => ActionKind::LeaveUnit,
            Action::EnterUnit { .. } => ActionKind::EnterUnit,
        }
    }

    /// The account concerned, if one is.
    pub fn slot(&self) -> Option<Slot> {
        match self {
            Action::CreateUser { slot, .. }
            | Action::RepairUser { slot, .. }
            | Action::RemoveLicense { slot, .. }
            | Action::AssignRole { slot, .. }
            | Action::IssuePass { slot, .. }
            | Action::DeletePass { slot, .. }
            | Action::AddPhone { slot, .. }
            | Action::ReplacePhone { slot, .. }
            | Action::DeletePhone { slot, .. }
            | Action::DeleteKey { slot, .. }
            | Action::AddMember { slot, .. }
            | Action::AddOwner { slot, .. }
            | Action::SetPassword { slot, .. }
            | Action::RevokeSessions { slot, .. }
            | Action::LeaveUnit { slot, .. }
            | Action::EnterUnit { slot, .. } => Some(*slot),
            _ => None,
        }
    }

    /// The object the write is about, for telling two writes of one kind apart in the record.
    pub fn object(&self) -> String {
        match self {
            Action::CreateUser { upn, .. } => upn.clone(),
            Action::ExcludeGroup { policy, .. }
            | Action::RestorePolicy { policy, .. }
            | Action::EnablePolicy { policy, .. } => policy.clone(),
            Action::CreateGroup { name, .. } | Action::PutResourceGroup { name, .. } => name.clone(),
            Action::PutWorkspace { name, .. } => name.clone(),
            Action::RemoveMember { id, .. } | Action::RemoveOwner { id, .. } => id.clone(),
            Action::RegisterProvider { namespace, .. } => namespace.clone(),
            Action::PutRule(rule) => rule.kind.name().to_owned(),
            Action::OpenMethod { method, .. } => method.words().to_owned(),
            Action::RemoveLicense { slot, sku, .. } => format!("{} {sku}", slot.key()),
            Action::DeletePhone { slot, phone, .. } => format!("{} {phone}", slot.key()),
            Action::DeleteKey { slot, key, .. } => format!("{} {key}", slot.key()),
            Action::LeaveUnit { slot, unit, .. } | Action::EnterUnit { slot, unit, .. } => {
                format!("{} {unit}", slot.key())
            }
            other => other.slot().map(|s| s.key().to_owned()).unwrap_or_default(),
        }
    }

    /// `kind` and `object` together: the identity of this write for consent, refusals and the record.
    pub fn key(&self) -> ActionKey {
        self.kind().about(&self.object())
    }

    /// The resource of Azure, or the method policy, that this write changes, as it was read; `None` where it makes one.
    pub fn original(&self) -> Option<&Original> {
        match self {
            Action::PutDiagnosticSetting { original, .. } | Action::PutActionGroup { original, .. } => {
                original.as_ref()
            }
            Action::PutRule(rule) => rule.original.as_ref(),
            Action::OpenMethod { original, .. } => Some(original),
            _ => None,
        }
    }

    /// The areas that must be read again after this write.
    pub fn stale(&self) -> &'static [Area] {
        match self {
            Action::CreateUser { .. } => {
                &[Area::Accounts, Area::Roles, Area::Methods, Area::Registration, Area::WhatIf]
            }
            Action::RepairUser { .. }
            | Action::RemoveLicense { .. }
            | Action::SetPassword { .. }
            | Action::RevokeSessions { .. }
            | Action::LeaveUnit { .. }
            | Action::EnterUnit { .. } => &[Area::Accounts],
            Action::AssignRole { .. } => &[Area::Roles],
            Action::OpenMethod { .. } => &[Area::MethodPolicy],
            Action::IssuePass { .. }
            | Action::DeletePass { .. }
            | Action::AddPhone { .. }
            | Action::ReplacePhone { .. }
            | Action::DeletePhone { .. }
            | Action::DeleteKey { .. } => &[Area::Methods],
            Action::CreateGroup { .. } | Action::AddMember { .. } | Action::RemoveMember { .. } => {
                &[Area::Group, Area::Registration, Area::WhatIf]
            }
            Action::AddOwner { .. } | Action::RemoveOwner { .. } => &[Area::Group],
            Action::ExcludeGroup { .. } | Action::RestorePolicy { .. } | Action::EnablePolicy { .. } => {
                &[Area::Policies, Area::Registration, Area::WhatIf]
            }
            Action::DisableSecurityDefaults => &[Area::Defaults],
            Action::RegisterProvider { .. }
            | Action::PutResourceGroup { .. }
            | Action::PutWorkspace { .. }
            | Action::PutDiagnosticSetting { .. }
            | Action::PutActionGroup { .. }
            | Action::PutRule(_)
            | Action::TestNotification { .. } => &[Area::Monitoring],
        }
    }

    /// Whether it goes past a rule that somebody made, so that it needs a decision of its own.
    pub fn is_past_a_rule(&self) -> bool {
        matches!(self, Action::AssignRole { route: RoleRoute::PastPim, .. })
    }
}

fn repair_words(repair: &Repair) -> String {
    match repair {
        Repair::Enable => "enable it".to_owned(),
        Repair::NeverExpire => "its password never expires".to_owned(),
        Repair::Clear(name) => format!("clear {name}"),
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    items.collect::<Vec<_>>().join(", ")
}
