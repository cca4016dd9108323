//! What was written, in one line: told by kind and number, so that 36 policies are no list.
//!
//! Which write was which stands in the record; here is only what a person wants to hear when they come back to a board.

use crate::domain::text::counted;
use crate::domain::write::action::{ActionKey, ActionKind};

/// The writes that were made, as one sentence; empty where there were none.
pub fn told(made: &[ActionKey]) -> String {
    let mut kinds: Vec<(ActionKind, usize)> = Vec::new();
    for kind in made.iter().filter_map(ActionKey::kind) {
        match kinds.iter_mut().find(|(known, _)| *known == kind) {
            Some((_, count)) => *count += 1,
            None => kinds.push((kind, 1)),
        }
    }
    let phrases: Vec<String> = kinds.into_iter().map(|(kind, count)| phrase(made, kind, count)).collect();
    sentence(&phrases.join(", "))
}

fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string());
    first.map(|first| first + letters.as_str() + ".").unwrap_or_default()
}

/// What was done of one kind.
fn phrase(made: &[ActionKey], kind: ActionKind, count: usize) -> String {
    let of = |verb: &str, one: &str, many: &str| format!("{verb} {}", counted(count, one, many));
    match kind {
        ActionKind::CreateUser => match made.iter().find_map(|key| key.object_of(kind)) {
            Some(upn) if count == 1 => format!("created {upn}"),
            _ => of("created", "account", "accounts"),
        },
        ActionKind::RepairUser => of("corrected", "account", "accounts"),
        ActionKind::RemoveLicense => of("removed", "license", "licenses"),
        ActionKind::AssignRole => of("assigned the role to", "account", "accounts"),
        ActionKind::OpenMethod => of("opened", "method policy", "method policies"),
        ActionKind::IssuePass => of("issued", "pass", "passes"),
        ActionKind::DeletePass => of("deleted", "pass", "passes"),
        ActionKind::AddPhone => of("registered", "phone", "phones"),
        ActionKind::ReplacePhone => of("replaced", "phone number", "phone numbers"),
        ActionKind::DeletePhone => of("removed", "phone", "phones"),
        ActionKind::DeleteKey => of("removed", "key", "keys"),
        ActionKind::CreateGroup => "created the exclusion group".to_owned(),
        ActionKind::AddMember => of("put into the group", "account", "accounts"),
        ActionKind::RemoveMember => of("taken out of the group", "member", "members"),
        ActionKind::AddOwner => of("made an owner of the group", "account", "accounts"),
        ActionKind::RemoveOwner => of("taken from the group", "owner", "owners"),
        ActionKind::ExcludeGroup => of("excluded from", "policy", "policies"),
        ActionKind::RestorePolicy => of("put back", "policy", "policies"),
        ActionKind::DisableSecurityDefaults => "turned off security defaults".to_owned(),
        ActionKind::EnablePolicy => of("enabled", "policy", "policies"),
        ActionKind::RegisterProvider => of("registered", "Azure provider", "Azure providers"),
        ActionKind::PutResourceGroup => "made the resource group".to_owned(),
        ActionKind::PutWorkspace => "made the workspace".to_owned(),
        ActionKind::PutDiagnosticSetting => "set up the sending of the logs".to_owned(),
        ActionKind::PutActionGroup => "wrote the action group".to_owned(),
        ActionKind::PutRule => of("wrote", "alert rule", "alert rules"),
        ActionKind::TestNotification => "sent the test notification".to_owned(),
        ActionKind::SetPassword => of("set", "password", "passwords"),
        ActionKind::RevokeSessions => of("revoked the sessions of", "account", "accounts"),
        ActionKind::LeaveUnit => of("taken out of its unit", "account", "accounts"),
        ActionKind::EnterUnit => of("put back into its unit", "account", "accounts"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn many_writes_are_one_line() {
        let user = ActionKind::CreateUser.about("a@b.example");
        assert_eq!(told(std::slice::from_ref(&user)), "Created a@b.example.");
        let mut made = vec![ActionKind::CreateGroup.about("g")];
        made.extend((0..36).map(|n| ActionKind::ExcludeGroup.about(&n.to_string())));
        assert_eq!(told(&made), "Created the exclusion group, excluded from 36 policies.");
        let kinds = [ActionKind::RegisterProvider, ActionKind::PutDiagnosticSetting, ActionKind::PutRule];
        assert_eq!(
            told(&kinds.map(|kind| kind.about("x"))),
            "Registered 1 Azure provider, set up the sending of the logs, wrote 1 alert rule."
        );
        assert_eq!(told(&[]), "");
    }
}
