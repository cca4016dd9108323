//! What every write is called: its kind and the object it is about, for consent, refusals and the record. The one place that
//! spells the kinds.

use serde::{Deserialize, Serialize};

/// A kind of write.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is called as the action is")]
pub enum ActionKind {
    CreateUser,
    RepairUser,
    RemoveLicense,
    AssignRole,
    OpenMethod,
    IssuePass,
    DeletePass,
    AddPhone,
    ReplacePhone,
    DeletePhone,
    DeleteKey,
    CreateGroup,
    AddMember,
    RemoveMember,
    AddOwner,
    RemoveOwner,
    ExcludeGroup,
    RestorePolicy,
    DisableSecurityDefaults,
    EnablePolicy,
    RegisterProvider,
    PutResourceGroup,
    PutWorkspace,
    PutDiagnosticSetting,
    PutActionGroup,
    PutRule,
    TestNotification,
    SetPassword,
    RevokeSessions,
    LeaveUnit,
    EnterUnit,
}

/// Every kind with its spelling, in the order of the type.
const SPELLED: &[(ActionKind, &str)] = &[
    (ActionKind::CreateUser, "create-user"),
    (ActionKind::RepairUser, "repair-user"),
    (ActionKind::RemoveLicense, "remove-license"),
    (ActionKind::AssignRole, "assign-role"),
    (ActionKind::OpenMethod, "open-method"),
    (ActionKind::IssuePass, "issue-pass"),
    (ActionKind::DeletePass, "delete-pass"),
    (ActionKind::AddPhone, "add-phone"),
    (ActionKind::ReplacePhone, "replace-phone"),
    (ActionKind::DeletePhone, "delete-phone"),
    (ActionKind::DeleteKey, "delete-key"),
    (ActionKind::CreateGroup, "create-group"),
    (ActionKind::AddMember, "add-member"),
    (ActionKind::RemoveMember, "remove-member"),
    (ActionKind::AddOwner, "add-owner"),
    (ActionKind::RemoveOwner, "remove-owner"),
    (ActionKind::ExcludeGroup, "exclude-group"),
    (ActionKind::RestorePolicy, "restore-policy"),
    (ActionKind::DisableSecurityDefaults, "disable-security-defaults"),
    (ActionKind::EnablePolicy, "enable-policy"),
    (ActionKind::RegisterProvider, "register-provider"),
    (ActionKind::PutResourceGroup, "put-resource-group"),
    (ActionKind::PutWorkspace, "put-workspace"),
    (ActionKind::PutDiagnosticSetting, "put-diagnostic-setting"),
    (ActionKind::PutActionGroup, "put-action-group"),
    (ActionKind::PutRule, "put-rule"),
    (ActionKind::TestNotification, "test-notification"),
    (ActionKind::SetPassword, "set-password"),
    (ActionKind::RevokeSessions, "revoke-sessions"),
    (ActionKind::LeaveUnit, "leave-unit"),
    (ActionKind::EnterUnit, "enter-unit"),
];

impl ActionKind {
    /// Every kind.
    pub fn all() -> impl Iterator<Item = Self> {
        SPELLED.iter().map(|(kind, _)| *kind)
    }

    /// A stable short name, for the record.
    pub const fn name(self) -> &'static str {
        SPELLED[self as usize].1
    }

    /// The kind with this name.
    pub fn named(name: &str) -> Option<Self> {
        SPELLED.iter().find(|(_, spelled)| *spelled == name).map(|(kind, _)| *kind)
    }

    /// The key of a write of this kind about `object`.
    pub fn about(self, object: &str) -> ActionKey {
        ActionKey(format!("{} {object}", self.name()))
    }
}

/// The identity of a write: kind and object. It is one text, and a record's is kept as it stands, known here or not.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ActionKey(String);

impl ActionKey {
    /// The text, as the record has it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The kind, where it is one of ours.
    pub fn kind(&self) -> Option<ActionKind> {
        ActionKind::named(self.halves().0)
    }

    /// What a write of this kind is about; `None` where it is another kind.
    pub fn object_of(&self, kind: ActionKind) -> Option<&str> {
        let (own, object) = self.halves();
        (own == kind.name()).then_some(object)
    }

    fn halves(&self) -> (&str, &str) {
        self.0.split_once(' ').unwrap_or((&self.0, ""))
    }
}

impl From<String> for ActionKey {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl From<&str> for ActionKey {
    fn from(text: &str) -> Self {
        Self(text.to_owned())
    }
}

impl std::fmt::Display for ActionKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_stands_in_its_place_under_a_name_of_its_own() {
        for (place, (kind, name)) in SPELLED.iter().enumerate() {
            assert_eq!(*kind as usize, place, "{name}");
            assert_eq!(ActionKind::named(name), Some(*kind));
        }
    }

    #[test]
    fn a_key_is_its_text_and_an_unknown_one_is_kept() {
        let key = ActionKind::ExcludeGroup.about("a policy");
        assert_eq!(key.as_str(), "exclude-group a policy");
        assert_eq!(key.object_of(ActionKind::ExcludeGroup), Some("a policy"));
        assert_eq!(key.object_of(ActionKind::EnablePolicy), None);
        let later: ActionKey = serde_json::from_str("\"invent-thing x\"").expect("any text");
        assert_eq!((later.as_str(), later.kind()), ("invent-thing x", None));
    }
}
