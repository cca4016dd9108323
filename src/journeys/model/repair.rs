//! Where a repair is, before and beside the screen of its case.

use crate::domain::check::repair::RepairCase;
use crate::domain::slot::Slot;

/// The screens of a repair that are no overview.
#[derive(Debug, Clone, PartialEq, Eq)]
#[allow(missing_docs, reason = "each variant says what its fields are")]
pub enum RepairStage {
    /// Which case it is.
    Cases,
    /// Which account it is about.
    Accounts(RepairCase),
    /// Which key it is about.
    Keys(RepairCase, Slot),
    /// The other emergency access account, in this slot, is signed in: that is a use, and is said so.
    Helped(Slot),
    /// Whether an account was really used without authorization.
    Happened,
    /// One decision of the plan is being changed.
    Deciding { decision: usize, problem: Option<String> },
}
