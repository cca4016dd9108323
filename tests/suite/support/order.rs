//! Which step a write is about, written down a second time so that a step that takes up another's work is noticed.

use breakglass::domain::slot::Slot;
use breakglass::domain::write::action::{Action, ActionKind};
use breakglass::steps::StepId;

/// The steps on whose lists a write may stand. The group and its members are wanted by the exclusions and, where there are
/// none, by the method policies.
pub fn step_of(action: &Action) -> Vec<StepId> {
    let of_account = match action.slot() {
        Some(Slot::FIRST) => StepId::FIRST_ACCOUNT,
        _ => StepId::SECOND_ACCOUNT,
    };
    match action.kind() {
        ActionKind::CreateUser
        | ActionKind::RepairUser
        | ActionKind::RemoveLicense
        | ActionKind::LeaveUnit
        | ActionKind::EnterUnit => vec![of_account],
        ActionKind::AssignRole => vec![StepId::ROLE],
        ActionKind::OpenMethod
        | ActionKind::IssuePass
        | ActionKind::DeletePass
        | ActionKind::AddPhone
        | ActionKind::ReplacePhone
        | ActionKind::DeletePhone
        | ActionKind::DeleteKey => vec![StepId::SECOND_FACTOR],
        ActionKind::CreateGroup | ActionKind::AddMember => {
            vec![StepId::CONDITIONAL_ACCESS, StepId::SECOND_FACTOR]
        }
        ActionKind::RemoveMember
        | ActionKind::AddOwner
        | ActionKind::RemoveOwner
        | ActionKind::ExcludeGroup
        | ActionKind::RestorePolicy => vec![StepId::CONDITIONAL_ACCESS],
        ActionKind::DisableSecurityDefaults | ActionKind::EnablePolicy => vec![StepId::SECURITY_DEFAULTS],
        ActionKind::RegisterProvider
        | ActionKind::PutResourceGroup
        | ActionKind::PutWorkspace
        | ActionKind::PutDiagnosticSetting
        | ActionKind::PutActionGroup
        | ActionKind::PutRule
        | ActionKind::TestNotification => vec![StepId::ALERTS],
        ActionKind::SetPassword => vec![StepId::CREDENTIALS, StepId::SECOND_FACTOR],
        ActionKind::RevokeSessions => vec![StepId::CREDENTIALS, StepId::SIGN_IN_TEST],
    }
}
