//! Whom an action group tells by SMS, as Azure takes them (contract 16).

use serde_json::{Value, json};

use crate::domain::plan::Recipient;

/// SMS receivers of those recipients who want one. A receiver's name is its own among all of the group.
pub(super) fn texts(recipients: &[Recipient]) -> Vec<Value> {
    let text = |one: &Recipient| {
        let (code, number) = one.number()?;
        Some(json!({"name": format!("{} (SMS)", one.name), "countryCode": code, "phoneNumber": number}))
    };
    recipients.iter().filter_map(text).collect()
}
