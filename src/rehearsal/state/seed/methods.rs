//! The method policies of a seed: those of every tenant, narrowed as the seed says.

use serde_json::{Value, json};

use super::defaults;
use super::description::MethodsSeed;
use crate::rehearsal::state::methods::{set_attestation, set_models, set_pass_minutes};

/// One configuration per method.
pub fn configurations(seed: &MethodsSeed) -> Vec<Value> {
    let mut all = defaults::configurations([seed.fido2, seed.pass, seed.sms]);
    for body in &mut all {
        match body["id"].as_str() {
            Some("Fido2") => {
                set_attestation(body, seed.attestation);
                if !seed.key_models.is_empty() {
                    let list =
                        json!({"isEnforced": true, "enforcementType": "allow", "aaGuids": seed.key_models});
                    set_models(body, &list);
                }
            }
            Some("TemporaryAccessPass") => {
                if let Some(range) = seed.pass_minutes {
                    set_pass_minutes(body, range);
                }
            }
            _ => {}
        }
    }
    all
}
