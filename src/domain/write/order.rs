//! Which writes of a list wait for which, and how far it reaches when one is not made.
//!
//! Only what stands in one list is told apart here; what a write needs of the tenant itself is found out by reading, and
//! a write that cannot be made yet is not derived at all.

use crate::domain::write::action::Action;

/// The namespace of workspaces, and that of every other resource of the alerts. Without it a diagnostic setting is refused
/// as well (contract 8).
const WORKSPACES: &str = "Microsoft.OperationalInsights";
const ALERTS: &str = "Microsoft.Insights";

/// What becomes of the other writes of a list when one was not made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Others {
    /// It was about this one object: whatever does not wait for it goes on.
    GoOn,
    /// Every write of this kind would end alike: those are left out, the other kinds go on.
    NotOfThisKind,
    /// Nothing further is written before somebody has looked: no connection, a busy service, no sign-in.
    Stop,
}

impl Action {
    /// Whether this write can only be made after `other`, where both stand in one list.
    pub fn waits_for(&self, other: &Action) -> bool {
        match other {
            Action::CreateUser { slot, .. } => self.slot() == Some(*slot) && self != other,
            Action::CreateGroup { .. } => matches!(
                self,
                Action::AddMember { .. }
                    | Action::RemoveMember { .. }
                    | Action::ExcludeGroup { .. }
                    | Action::OpenMethod { .. }
            ),
            Action::RegisterProvider { namespace, .. } => self.is_of_provider(namespace),
            Action::PutResourceGroup { .. } => {
                matches!(
                    self,
                    Action::PutWorkspace { .. } | Action::PutActionGroup { .. } | Action::PutRule(_)
                )
            }
            Action::PutWorkspace { .. } => {
                matches!(self, Action::PutDiagnosticSetting { .. } | Action::PutRule(_))
            }
            Action::PutActionGroup { .. } => {
                matches!(self, Action::PutRule(_) | Action::TestNotification { .. })
            }
            Action::AddOwner { .. } => matches!(self, Action::RemoveOwner { .. }),
            // The tenant is never left without either: nothing is switched off while its replacement was refused.
            Action::EnablePolicy { .. } => matches!(self, Action::DisableSecurityDefaults),
            Action::SetPassword { slot, .. } => {
                matches!(self, Action::RevokeSessions { slot: own, .. } if own == slot)
            }
            Action::RepairUser { .. }
            | Action::RemoveLicense { .. }
            | Action::AssignRole { .. }
            | Action::OpenMethod { .. }
            | Action::IssuePass { .. }
            | Action::DeletePass { .. }
            | Action::AddPhone { .. }
            | Action::ReplacePhone { .. }
            | Action::DeletePhone { .. }
            | Action::DeleteKey { .. }
            | Action::AddMember { .. }
            | Action::RemoveMember { .. }
            | Action::RemoveOwner { .. }
            | Action::ExcludeGroup { .. }
            | Action::RestorePolicy { .. }
            | Action::DisableSecurityDefaults
            | Action::PutDiagnosticSetting { .. }
            | Action::PutRule(_)
            | Action::TestNotification { .. }
            | Action::RevokeSessions { .. }
            | Action::LeaveUnit { .. }
            | Action::EnterUnit { .. } => false,
        }
    }

    fn is_of_provider(&self, namespace: &str) -> bool {
        match self {
            Action::PutWorkspace { .. } => namespace.eq_ignore_ascii_case(WORKSPACES),
            Action::PutActionGroup { .. } | Action::PutRule(_) | Action::PutDiagnosticSetting { .. } => {
                namespace.eq_ignore_ascii_case(ALERTS)
            }
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::slot::Slot;
    use crate::domain::write::action::{Protection, RecycleBin};

    fn user(slot: Slot) -> Action {
        Action::CreateUser {
            slot,
            upn: "a@b".to_owned(),
            display_name: "A".to_owned(),
            bin: RecycleBin::Read,
        }
    }

    fn member(slot: Slot) -> Action {
        Action::AddMember { group: "g".to_owned(), slot, id: "i".to_owned() }
    }

    #[test]
    fn what_is_done_to_an_account_waits_for_this_account_alone() {
        assert!(member(Slot::FIRST).waits_for(&user(Slot::FIRST)));
        assert!(!member(Slot::SECOND).waits_for(&user(Slot::FIRST)));
        assert!(!user(Slot::FIRST).waits_for(&user(Slot::FIRST)));
    }

    #[test]
    fn what_is_done_with_the_group_waits_for_it() {
        let group = Action::CreateGroup {
            name: "G".to_owned(),
            description: String::new(),
            protection: Protection::RoleAssignable,
            members: Vec::new(),
        };
        assert!(member(Slot::FIRST).waits_for(&group));
        assert!(!user(Slot::FIRST).waits_for(&group));
    }

    #[test]
    fn azure_resources_wait_for_what_they_stand_on() {
        let text = str::to_owned;
        let provider = |namespace: &str| Action::RegisterProvider {
            subscription: text("s"),
            namespace: text(namespace),
        };
        let workspace = Action::PutWorkspace {
            subscription: text("s"),
            resource_group: text("g"),
            name: text("w"),
            region: text("r"),
        };
        let people = Action::PutActionGroup { id: text("a"), recipients: Vec::new(), original: None };
        assert!(workspace.waits_for(&provider("microsoft.operationalinsights")));
        assert!(!workspace.waits_for(&provider("Microsoft.Insights")));
        assert!(people.waits_for(&provider("Microsoft.Insights")) && !people.waits_for(&workspace));
        assert!(!people.waits_for(&provider("Microsoft.AlertsManagement")), "it is for reading alerts alone");
        let setting =
            Action::PutDiagnosticSetting { workspace: text("w"), categories: Vec::new(), original: None };
        assert!(setting.waits_for(&workspace) && !setting.waits_for(&people));
    }
}
