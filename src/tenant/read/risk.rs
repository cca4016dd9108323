//! What Identity Protection thinks of the accounts, where the tenant has Entra ID P2.
//!
//! None of the descriptions at hand has it. Microsoft Learn, "Get riskyUser" and "riskyUser resource type" (read 2026-11-30): one
//! `GET` for each account, a scope of its own, not in the cloud that 21Vianet runs. UNVERIFIED: that an account at which nothing
//! was ever seen is answered with 404. Nothing is concluded from a word that is not known.

use serde_json::Value;

use crate::domain::connection::sign_in::Audience;
use crate::domain::facts::around::{Risk, RiskState};
use crate::domain::facts::{InSlot, Reading};
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::tenant::fault::Fault;

use super::{Reader, escaped, told_of};

/// What is thought of each account; nothing is asked where the tenant cannot have an answer.
pub(super) async fn risks(reader: &Reader<'_>) -> Reading<Vec<Risk>> {
    if !reader.known.has_p2() || !reader.session.profile.cloud.has_risk() {
        return Reading::NotYet;
    }
    let Some(accounts) = reader.known.accounts.get() else { return Reading::NotYet };
    told_of("what Identity Protection thinks of the accounts", of_each(reader, &accounts.in_slots).await)
}

async fn of_each(reader: &Reader<'_>, accounts: &[InSlot]) -> Result<Vec<Risk>, Fault> {
    let mut all = Vec::new();
    for known in accounts {
        let path = format!("/v1.0/identityProtection/riskyUsers/{}", escaped(&known.account.id));
        all.push(match reader.session.read::<Value>(Audience::Risk, &path).await {
            Ok(user) => risk(known.slot, &user),
            Err(fault) if fault.is_absent() => {
                Risk { slot: known.slot, state: RiskState::None, level: String::new(), since: None }
            }
            Err(fault) => return Err(fault),
        });
    }
    Ok(all)
}

fn risk(slot: Slot, user: &Value) -> Risk {
    let text = |name: &str| clean(user[name].as_str().unwrap_or_default());
    Risk {
        slot,
        state: state(text("riskState")),
        level: text("riskLevel"),
        since: user["riskLastUpdatedDateTime"].as_str().and_then(|at| at.parse().ok()),
    }
}

fn state(word: String) -> RiskState {
    match word.as_str() {
        "none" | "confirmedSafe" | "remediated" | "dismissed" => RiskState::None,
        "atRisk" => RiskState::AtRisk,
        "confirmedCompromised" => RiskState::Compromised,
        _ => RiskState::Other(word),
    }
}
