//! What the program would propose for a plan like this one, so that what stands as proposed need not be said again.

use super::{Decision, accounts, of, presets};
use crate::domain::facts::Facts;
use crate::domain::plan::{Layout, Plan};

/// Every decision as it is proposed, for as many accounts, in the layout and with the methods that `plan` has. No user name is
/// among them: each is proposed anew, and is worth hearing.
pub fn proposed(plan: &Plan, facts: &Facts) -> Vec<Decision> {
    let mut like = presets::plan();
    presets::adapt(&mut like, facts);
    like.safes = Layout::of(plan).unwrap_or(presets::LAYOUT).safes();
    like.accounts = (0..plan.accounts.len()).map(|index| accounts::proposed(plan, index)).collect();
    of(&like)
}
