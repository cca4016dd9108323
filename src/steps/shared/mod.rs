//! What several steps share: how they look, and what they look at for an account of any slot.

pub(super) mod account;
pub(super) mod aimed;
pub(super) mod alert_rules;
pub(super) mod alert_writes;
pub(super) mod azure;
pub(super) mod by_hand;
pub(super) mod exclusion_group;
pub(super) mod exclusions;
pub(super) mod first_logs;
pub(super) mod for_others;
mod halves;
pub(super) mod key_rules;
pub(super) mod look;
pub mod lost;
pub(super) mod method_policy;
pub(super) mod needs;
pub(super) mod password_slip;
pub(super) mod policies;
pub(super) mod registered;
pub(super) mod role;
pub(super) mod second_factor;
pub mod sign_ins;
pub(super) mod tested;
pub(super) mod upkeep;
pub(super) mod uses;
pub(super) mod what_if_lag;
