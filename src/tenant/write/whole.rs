//! After a PUT to Azure the whole resource is read again and compared with what was sent, and so is a method policy after
//! its PATCH with what it was, changed by what was sent: only our part may have changed.
//!
//! A read may lag behind: as long as nothing shows, or what was there before, it is looked again for about three minutes.
//! Any other difference is looked at twice, and told.

use std::time::Duration;

use serde_json::Value;

use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::domain::write::whole::differences;
use crate::tenant::fault::{Fault, Kind};
use crate::tenant::http::Request;
use crate::tenant::session::Session;

use super::fresh::place;
use super::not_seen;

/// Waits before each look, tenant seconds.
const LOOKS: [u64; 7] = [0, 2, 5, 15, 30, 60, 60];
/// How often a difference that is no lag is looked at.
const DIFFERENT_LOOKS: usize = 2;

/// Waits until what was sent can be read, whole.
pub(super) async fn compared(session: &Session, action: &Action, ask: &Request) -> Result<(), Fault> {
    let Some(sent) = ask.body.as_ref().and_then(|body| serde_json::from_slice::<Value>(body).ok()) else {
        return Ok(());
    };
    let wanted = wanted(action, sent);
    let mut different = 0;
    for seconds in LOOKS {
        session.pause(Duration::from_secs(seconds)).await;
        let Some(found) = found(session, ask).await? else { continue };
        let unlike = differences(&wanted, &found);
        if unlike.is_empty() {
            return Ok(());
        }
        different += usize::from(!is_the_original(action, &found));
        if different == DIFFERENT_LOOKS {
            return Err(not_as_sent(action, &unlike));
        }
    }
    // A new setting is in the answer before it is anywhere else (contract 8); the next read of the area shows it.
    match action {
        Action::PutDiagnosticSetting { original: None, .. } => Ok(()),
        _ => Err(not_seen(&format!(
            "{} took it; what it shows is still what was there before.",
            place(action)
        ))),
    }
}

async fn found(session: &Session, ask: &Request) -> Result<Option<Value>, Fault> {
    let look = Request::get(ask.audience, ask.url.clone());
    match session.fetch(&look).await {
        Err(fault) if fault.is_absent() => Ok(None),
        Err(fault) => Err(not_seen(&fault.trouble.reason())),
        Ok(answer) => Ok(Some(answer.json(&look)?)),
    }
}

/// A PUT sends the whole; a PATCH leaves the members that it does not name (contract 15.6).
fn wanted(action: &Action, sent: Value) -> Value {
    let (Action::OpenMethod { original, .. }, Value::Object(changed)) = (action, &sent) else { return sent };
    let mut whole = original.body.as_object().cloned().unwrap_or_default();
    whole.extend(changed.clone());
    Value::Object(whole)
}

fn is_the_original(action: &Action, found: &Value) -> bool {
    let Some(original) = action.original() else { return false };
    match action {
        Action::OpenMethod { .. } => differences(&original.body, found).is_empty(),
        _ => differences(&original.body["properties"], &found["properties"]).is_empty(),
    }
}

fn not_as_sent(action: &Action, unlike: &[String]) -> Fault {
    let kept = match action.original() {
        Some(_) => "What was there before stands whole in the record, with this write. ",
        None => "",
    };
    Fault::unanswered(
        Kind::SignIn,
        Trouble::new(
            format!("It is not in {} as it was sent: {}.", place(action), action.sentence()),
            format!("Different: {}. Somebody else may be editing it.", unlike.join(", ")),
            format!("{kept}Compare it in the portal, then check again."),
        ),
    )
}
