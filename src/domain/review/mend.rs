//! What a review without a person may repair when the command line names it. Each name stands for a few kinds of writes;
//! whatever is not named here needs a person: new accounts, passwords, passes, keys, phones, and everything that takes away
//! what somebody has put there.

use crate::domain::write::action::ActionKind;

/// Something that may be repaired without a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mend {
    /// Properties of the accounts: enabled, named as planned, a password that does not expire.
    Account,
    /// A license that stands in the account's way.
    License,
    /// Global Administrator, permanent and active.
    Role,
    /// The exclusion group, and the accounts in it.
    Group,
    /// The exclusion of the group from policies.
    Exclusions,
    /// Where the logs go.
    Logs,
    /// Who is told, and the rules.
    Alerts,
}

impl Mend {
    /// Every one, in the order of the steps.
    pub const ALL: [Self; 7] =
        [Self::Account, Self::License, Self::Role, Self::Group, Self::Exclusions, Self::Logs, Self::Alerts];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Account => "account",
            Self::License => "license",
            Self::Role => "role",
            Self::Group => "group",
            Self::Exclusions => "exclusions",
            Self::Logs => "logs",
            Self::Alerts => "alerts",
        }
    }

    /// What it means, in a few words.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Account => "enables an account, puts its properties right",
            Self::License => "takes a license off an account",
            Self::Role => "assigns Global Administrator",
            Self::Group => "makes the exclusion group, puts the accounts in",
            Self::Exclusions => "excludes the group from policies",
            Self::Logs => "sends the logs to the workspace",
            Self::Alerts => "puts recipients and alert rules right",
        }
    }

    /// The one of this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mend| mend.name() == name)
    }

    /// The one that a write belongs to; `None` where only a person decides about it.
    pub const fn of(kind: ActionKind) -> Option<Self> {
        match kind {
            ActionKind::RepairUser | ActionKind::LeaveUnit | ActionKind::EnterUnit => Some(Self::Account),
            ActionKind::RemoveLicense => Some(Self::License),
            ActionKind::AssignRole => Some(Self::Role),
            ActionKind::CreateGroup | ActionKind::AddMember | ActionKind::AddOwner => Some(Self::Group),
            ActionKind::ExcludeGroup => Some(Self::Exclusions),
            ActionKind::RegisterProvider
            | ActionKind::PutResourceGroup
            | ActionKind::PutWorkspace
            | ActionKind::PutDiagnosticSetting => Some(Self::Logs),
            ActionKind::PutActionGroup | ActionKind::PutRule => Some(Self::Alerts),
            ActionKind::CreateUser
            | ActionKind::OpenMethod
            | ActionKind::IssuePass
            | ActionKind::DeletePass
            | ActionKind::AddPhone
            | ActionKind::ReplacePhone
            | ActionKind::DeletePhone
            | ActionKind::DeleteKey
            | ActionKind::RemoveMember
            | ActionKind::RemoveOwner
            | ActionKind::RestorePolicy
            | ActionKind::DisableSecurityDefaults
            | ActionKind::EnablePolicy
            | ActionKind::TestNotification
            | ActionKind::SetPassword
            | ActionKind::RevokeSessions => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_its_own_and_stands_for_a_write() {
        for mend in Mend::ALL {
            assert_eq!(Mend::named(mend.name()), Some(mend));
            assert!(ActionKind::all().any(|kind| Mend::of(kind) == Some(mend)), "{mend:?}");
        }
        assert_eq!(Mend::named("password"), None);
    }
}
