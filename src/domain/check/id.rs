//! What every check is called: the one place that spells it.
//!
//! The text is what plans, records and reports carry; the words a person reads stand in `assets/guide/checks.toml`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::domain::text::known_near;

/// The name of a check.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs, reason = "each is called as it is spelled below")]
pub enum CheckId {
    ConnectRole,
    ConnectScopes,
    ConnectAzure,
    ConnectAdmins,
    ConnectLicenses,
    TellMonitoring,
    AccountExists,
    AccountEnabled,
    AccountMember,
    AccountCloudOnly,
    AccountUnit,
    AccountInitialDomain,
    AccountNoLicense,
    AccountEmptyProperties,
    AccountPasswordNeverExpires,
    AccountNoForcedChange,
    AccountRenamed,
    AccountGroups,
    AccountPasswordAge,
    AccountRisk,
    AccountCleanupExempt,
    RolePermanent,
    RoleOthers,
    MethodPolicy,
    MethodRegistrationOpen,
    MethodKey,
    MethodPhone,
    MethodCertificate,
    MethodStrong,
    MethodPinSlip,
    MethodUnexpected,
    MethodOwnReset,
    MethodCampaign,
    MethodMigration,
    MethodPerUser,
    GroupExists,
    GroupRoleAssignable,
    GroupMembers,
    GroupOwners,
    GroupLicense,
    PoliciesExcluded,
    PoliciesCannotExclude,
    PoliciesWhatIf,
    PoliciesManaged,
    PoliciesAimed,
    PoliciesLicense,
    PoliciesNew,
    PoliciesGhosts,
    PoliciesContexts,
    DefaultsDecision,
    DefaultsProtected,
    TenantDeleted,
    LogsDiagnosticSetting,
    LogsWorkspace,
    LogsFlowing,
    AlertsActionGroup,
    AlertsRecipients,
    AlertsSignInRule,
    AlertsAuditRule,
    AlertsNotification,
    AlertsFirstLogs,
    PaperSlip,
    PaperSeparateSafes,
    PaperDocument,
    PaperProcedure,
    PaperSessionsRevoked,
    PaperSafe,
    PaperSealed,
    PaperPrinted,
    PaperDestroyed,
    PaperProof,
    PaperSafeLog,
    PaperSystem,
    PaperCalibration,
    PaperOldSlip,
    PaperCombinations,
    PaperSupportPath,
    PaperContactsCalled,
    TestSignIn,
    TestRoles,
    TestLogged,
    TestOthers,
    TestEveryKey,
    TestDeputy,
    UseRotated,
    UseIncident,
    RepairPassword,
    RepairKey,
    RepairPhone,
    RepairTested,
    RepairDone,
    ScheduleTest,
    ScheduleRotation,
    ReviewLogs,
    ExerciseHeld,
    ExerciseImprovements,
    UseClassified,
    LogGap,
    LockoutCovered,
}

/// Every check with its spelling, in the order of the type.
const SPELLED: &[(CheckId, &str)] = &[
    (CheckId::ConnectRole, "connect.role"),
    (CheckId::ConnectScopes, "connect.scopes"),
    (CheckId::ConnectAzure, "connect.azure"),
    (CheckId::ConnectAdmins, "connect.admins"),
    (CheckId::ConnectLicenses, "connect.licenses"),
    (CheckId::TellMonitoring, "tell.monitoring"),
    (CheckId::AccountExists, "account.exists"),
    (CheckId::AccountEnabled, "account.enabled"),
    (CheckId::AccountMember, "account.member"),
    (CheckId::AccountCloudOnly, "account.cloud-only"),
    (CheckId::AccountUnit, "account.unit"),
    (CheckId::AccountInitialDomain, "account.initial-domain"),
    (CheckId::AccountNoLicense, "account.no-license"),
    (CheckId::AccountEmptyProperties, "account.empty-properties"),
    (CheckId::AccountPasswordNeverExpires, "account.password-never-expires"),
    (CheckId::AccountNoForcedChange, "account.no-forced-change"),
    (CheckId::AccountRenamed, "account.renamed"),
    (CheckId::AccountGroups, "account.groups"),
    (CheckId::AccountPasswordAge, "account.password-age"),
    (CheckId::AccountRisk, "account.risk"),
    (CheckId::AccountCleanupExempt, "account.cleanup-exempt"),
    (CheckId::RolePermanent, "role.permanent"),
    (CheckId::RoleOthers, "role.others"),
    (CheckId::MethodPolicy, "method.policy"),
    (CheckId::MethodRegistrationOpen, "method.registration-open"),
    (CheckId::MethodKey, "method.key"),
    (CheckId::MethodPhone, "method.phone"),
    (CheckId::MethodCertificate, "method.certificate"),
    (CheckId::MethodStrong, "method.strong"),
    (CheckId::MethodPinSlip, "method.pin-slip"),
    (CheckId::MethodUnexpected, "method.unexpected"),
    (CheckId::MethodOwnReset, "method.own-reset"),
    (CheckId::MethodCampaign, "method.campaign"),
    (CheckId::MethodMigration, "method.migration"),
    (CheckId::MethodPerUser, "method.per-user-mfa"),
    (CheckId::GroupExists, "group.exists"),
    (CheckId::GroupRoleAssignable, "group.role-assignable"),
    (CheckId::GroupMembers, "group.members"),
    (CheckId::GroupOwners, "group.owners"),
    (CheckId::GroupLicense, "group.license"),
    (CheckId::PoliciesExcluded, "policies.excluded"),
    (CheckId::PoliciesCannotExclude, "policies.cannot-exclude"),
    (CheckId::PoliciesWhatIf, "policies.what-if"),
    (CheckId::PoliciesManaged, "policies.managed"),
    (CheckId::PoliciesAimed, "policies.aimed"),
    (CheckId::PoliciesLicense, "policies.license"),
    (CheckId::PoliciesNew, "policies.new"),
    (CheckId::PoliciesGhosts, "policies.ghosts"),
    (CheckId::PoliciesContexts, "policies.contexts"),
    (CheckId::DefaultsDecision, "defaults.decision"),
    (CheckId::DefaultsProtected, "defaults.protected"),
    (CheckId::TenantDeleted, "tenant.deleted"),
    (CheckId::LogsDiagnosticSetting, "logs.diagnostic-setting"),
    (CheckId::LogsWorkspace, "logs.workspace"),
    (CheckId::LogsFlowing, "logs.flowing"),
    (CheckId::AlertsActionGroup, "alerts.action-group"),
    (CheckId::AlertsRecipients, "alerts.recipients"),
    (CheckId::AlertsSignInRule, "alerts.sign-in-rule"),
    (CheckId::AlertsAuditRule, "alerts.audit-rule"),
    (CheckId::AlertsNotification, "alerts.notification"),
    (CheckId::AlertsFirstLogs, "alerts.first-logs"),
    (CheckId::PaperSlip, "paper.slip"),
    (CheckId::PaperSeparateSafes, "paper.separate-safes"),
    (CheckId::PaperDocument, "paper.document"),
    (CheckId::PaperProcedure, "paper.procedure"),
    (CheckId::PaperSessionsRevoked, "paper.sessions-revoked"),
    (CheckId::PaperSafe, "paper.safe"),
    (CheckId::PaperSealed, "paper.sealed"),
    (CheckId::PaperPrinted, "paper.printed"),
    (CheckId::PaperDestroyed, "paper.destroyed"),
    (CheckId::PaperProof, "paper.proof"),
    (CheckId::PaperSafeLog, "paper.safe-log"),
    (CheckId::PaperSystem, "paper.system"),
    (CheckId::PaperCalibration, "paper.calibration"),
    (CheckId::PaperOldSlip, "paper.old-slip"),
    (CheckId::PaperCombinations, "paper.combinations"),
    (CheckId::PaperSupportPath, "paper.support-path"),
    (CheckId::PaperContactsCalled, "paper.contacts-called"),
    (CheckId::TestSignIn, "test.sign-in"),
    (CheckId::TestRoles, "test.roles"),
    (CheckId::TestLogged, "test.logged"),
    (CheckId::TestOthers, "test.others"),
    (CheckId::TestEveryKey, "test.every-key"),
    (CheckId::TestDeputy, "test.deputy"),
    (CheckId::UseRotated, "use.rotated"),
    (CheckId::UseIncident, "use.incident"),
    (CheckId::RepairPassword, "repair.password"),
    (CheckId::RepairKey, "repair.key"),
    (CheckId::RepairPhone, "repair.phone"),
    (CheckId::RepairTested, "repair.tested"),
    (CheckId::RepairDone, "repair.done"),
    (CheckId::ScheduleTest, "schedule.test"),
    (CheckId::ScheduleRotation, "schedule.rotation"),
    (CheckId::ReviewLogs, "review.logs"),
    (CheckId::ExerciseHeld, "exercise.held"),
    (CheckId::ExerciseImprovements, "exercise.improvements"),
    (CheckId::UseClassified, "use.classified"),
    (CheckId::LogGap, "log.gap"),
    (CheckId::LockoutCovered, "lockout.covered"),
];

impl CheckId {
    /// Every check, in the order of the steps.
    pub fn all() -> impl Iterator<Item = Self> {
        SPELLED.iter().map(|(id, _)| *id)
    }

    /// The name as it is written: `account.exists`.
    pub const fn name(self) -> &'static str {
        SPELLED[self as usize].1
    }

    /// Whether it holds, or may, before anything was done for it: by the plan, by a license, or because there is nothing yet
    /// that it could be wrong about.
    pub const fn holds_by_itself(self) -> bool {
        matches!(
            self,
            Self::MethodRegistrationOpen
                | Self::PoliciesLicense
                | Self::PoliciesCannotExclude
                | Self::PoliciesManaged
                | Self::PaperSeparateSafes
                | Self::TestOthers
        )
    }

    /// The check with this name.
    pub fn named(name: &str) -> Option<Self> {
        SPELLED.iter().find(|(_, spelled)| *spelled == name).map(|(id, _)| *id)
    }

    /// Why there is no check called `name`, with those that are called nearly so.
    pub fn unknown(name: &str) -> String {
        format!("there is no check called \"{name}\"{}", known_near(name, Self::all().map(Self::name)))
    }
}

impl std::fmt::Display for CheckId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}

impl Serialize for CheckId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

/// Only a name that is known: for the product's own words.
impl<'de> Deserialize<'de> for CheckId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::named(&name).ok_or_else(|| serde::de::Error::custom(Self::unknown(&name)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_check_stands_in_its_place_under_a_name_of_its_own() {
        for (place, (id, name)) in SPELLED.iter().enumerate() {
            assert_eq!(*id as usize, place, "{name}");
            assert_eq!(CheckId::named(name), Some(*id));
            assert_eq!(id.name(), *name);
        }
    }

    #[test]
    fn a_name_that_is_nearly_one_is_told_with_the_one() {
        let told = CheckId::unknown("test.latency");
        assert!(told.starts_with("there is no check called \"test.latency\""), "{told}");
        assert!(CheckId::unknown("account.exist").contains("account.exists"));
        let wrong: Result<CheckId, _> = serde_json::from_str("\"acount.exists\"");
        assert!(wrong.expect_err("a typo").to_string().contains("account.exists"));
    }
}
