//! Who keeps the accounts working, and how often each task comes round where that is not as often as in the guide.

use serde::{Deserialize, Serialize};

use crate::domain::check::upkeep::{Every, UpkeepTask};

/// Who keeps the accounts working, and how often.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Upkeep {
    /// The team that owns the upkeep tasks.
    pub owner: String,
    /// How often somebody looks through the sign-ins; as the guide says where it is left out, like all that follow.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub log_review: Option<Every>,
    /// How often each account is tested, with each of its keys.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sign_in_test: Option<Every>,
    /// How often the tenant is looked at, and what only a person can say of it is said anew.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exclusion_review: Option<Every>,
    /// How often the alerts are tested.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub alert_test: Option<Every>,
    /// How often pages, places and people are read through.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub document_review: Option<Every>,
    /// How often passwords are changed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rotation: Option<Every>,
}

impl Default for Upkeep {
    fn default() -> Self {
        Self {
            owner: "IT Security".to_owned(),
            log_review: None,
            sign_in_test: None,
            exclusion_review: None,
            alert_test: None,
            document_review: None,
            rotation: None,
        }
    }
}

impl Upkeep {
    /// How often `task` comes round here.
    pub fn every(&self, task: UpkeepTask) -> Every {
        self.said(task).unwrap_or(task.usual())
    }

    /// The tasks that come round less often here than in the guide.
    pub fn rarer(&self) -> impl Iterator<Item = UpkeepTask> {
        UpkeepTask::ALL.into_iter().filter(|task| self.every(*task) > task.usual())
    }

    fn said(&self, task: UpkeepTask) -> Option<Every> {
        match task {
            UpkeepTask::LogReview => self.log_review,
            UpkeepTask::SignInTest => self.sign_in_test,
            UpkeepTask::ExclusionReview => self.exclusion_review,
            UpkeepTask::AlertTest => self.alert_test,
            UpkeepTask::DocumentReview => self.document_review,
            UpkeepTask::Rotation => self.rotation,
        }
    }
}
