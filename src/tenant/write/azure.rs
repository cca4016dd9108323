//! Azure answers a write before it is done: waiting until it is (contract 8 and 15.9).

use std::time::Duration;

use reqwest::StatusCode;
use serde_json::Value;

use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::tenant::fault::{Fault, Kind};
use crate::tenant::http::{Audience, Request, Response};
use crate::tenant::session::Session;

use super::{not_seen, whole};

/// Looks at a long operation: often at first, then every thirty seconds, ten minutes in all (tenant seconds).
const FIRST_LOOKS: [u64; 5] = [1, 2, 5, 10, 15];
const LATER_LOOK: u64 = 30;
const LATER_LOOKS: usize = 19;

/// Waits until an accepted write is done.
pub(super) async fn settled(
    session: &Session,
    action: &Action,
    ask: &Request,
    answer: &Response,
) -> Result<(), Fault> {
    match action {
        Action::RegisterProvider { .. } => {
            let own = ask.url.replacen("/register?", "?", 1);
            let registered = |_, body: &Value| progress(body["registrationState"].as_str(), "Registered");
            watch(session, own, registered).await
        }
        Action::TestNotification { .. } => notified(session, answer).await,
        Action::PutDiagnosticSetting { .. } => whole::compared(session, action, ask).await,
        Action::PutActionGroup { .. } | Action::PutRule(_) => {
            provisioned(session, ask, answer).await?;
            whole::compared(session, action, ask).await
        }
        _ => provisioned(session, ask, answer).await,
    }
}

/// How far a long operation is.
enum Progress {
    Done,
    Going,
    Failed(String),
}

fn progress(state: Option<&str>, good: &str) -> Progress {
    match state {
        Some(state) if state.eq_ignore_ascii_case(good) => Progress::Done,
        Some(state) if ["failed", "canceled"].iter().any(|bad| state.eq_ignore_ascii_case(bad)) => {
            Progress::Failed(state.to_owned())
        }
        _ => Progress::Going,
    }
}

/// A write that is followed where Azure says (`Azure-AsyncOperation`, else `Location`), or whose answer is final, or
/// whose resource tells its state when asked.
async fn provisioned(session: &Session, ask: &Request, answer: &Response) -> Result<(), Fault> {
    if let Some(place) = answer.operation() {
        let url = at_home(session, place)?;
        return watch(session, url, |_, body| progress(body["status"].as_str(), "Succeeded")).await;
    }
    if let Some(place) = answer.location().filter(|_| answer.status == StatusCode::ACCEPTED) {
        let url = at_home(session, place)?;
        return watch(session, url, |status, _| match status {
            StatusCode::ACCEPTED => Progress::Going,
            _ => Progress::Done,
        })
        .await;
    }
    let body: Value = serde_json::from_slice(&answer.body).unwrap_or_default();
    let state = body.pointer("/properties/provisioningState").and_then(Value::as_str);
    let stateless = state.is_none() && answer.status != StatusCode::ACCEPTED;
    if stateless || matches!(progress(state, "Succeeded"), Progress::Done) {
        return Ok(());
    }
    watch(session, ask.url.clone(), |_, body| {
        match body.pointer("/properties/provisioningState").and_then(Value::as_str) {
            // A resource that tells no state is there as soon as it can be read.
            None => Progress::Done,
            state => progress(state, "Succeeded"),
        }
    })
    .await
}

/// The mails of a test notification, each with its own result.
async fn notified(session: &Session, answer: &Response) -> Result<(), Fault> {
    let Some(location) = answer.location() else {
        // An answer without a place to look is all there will be.
        return if answer.status == StatusCode::ACCEPTED {
            Err(not_seen("Azure does not say where to look."))
        } else {
            Ok(())
        };
    };
    watch(session, at_home(session, location)?, |_, body| delivery(body)).await
}

/// The whole address of a place that Azure named; elsewhere it would give the token away.
fn at_home(session: &Session, place: &str) -> Result<String, Fault> {
    let url = if place.starts_with('/') { session.url(Audience::Arm, place) } else { place.to_owned() };
    session.same_host(Audience::Arm, &url).map_err(|trouble| Fault::unanswered(Kind::SignIn, trouble))?;
    Ok(url)
}

fn delivery(body: &Value) -> Progress {
    let good =
        |text: &str| ["complete", "completed", "succeeded"].iter().any(|g| text.eq_ignore_ascii_case(g));
    let details = body.get("actionDetails").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let failed: Vec<String> = details
        .iter()
        .filter(|d| d["Status"].as_str().is_some_and(|status| !good(status)))
        .map(|d| format!("{}: {} {}", text(d, "Name"), text(d, "Status"), text(d, "SubState")))
        .collect();
    match body["state"].as_str() {
        Some(state) if good(state) && failed.is_empty() => Progress::Done,
        Some(state) if good(state) => Progress::Failed(failed.join(", ")),
        state => progress(state, "Completed"),
    }
}

fn text<'a>(value: &'a Value, name: &str) -> &'a str {
    value[name].as_str().unwrap_or_default()
}

/// Reads `url` again and again until it is done. A fresh resource may be unreadable for a moment.
async fn watch(
    session: &Session,
    url: String,
    judge: impl Fn(StatusCode, &Value) -> Progress,
) -> Result<(), Fault> {
    let ask = Request::get(Audience::Arm, url);
    let looks = FIRST_LOOKS.into_iter().chain(std::iter::repeat_n(LATER_LOOK, LATER_LOOKS));
    for seconds in looks {
        session.pause(Duration::from_secs(seconds)).await;
        let answer = match session.fetch(&ask).await {
            Err(fault) if fault.is_absent() => continue,
            Err(fault) => return Err(not_seen(&fault.trouble.reason())),
            Ok(answer) => answer,
        };
        // An operation that only tells by its status has no body.
        let body = if answer.body.is_empty() { Ok(Value::Null) } else { answer.json(&ask) };
        match judge(answer.status, &body.map_err(|fault| not_seen(&fault.trouble.reason()))?) {
            Progress::Done => return Ok(()),
            Progress::Going => {}
            Progress::Failed(why) => return Err(failed(&why)),
        }
    }
    Err(not_seen("Azure is still at it after ten minutes."))
}

fn failed(why: &str) -> Fault {
    let why = format!("Azure accepted the request and then reported: {why}.");
    Fault::unanswered(
        Kind::Refused,
        Trouble::new("It did not work.", why, "Look at it in the portal, then check again."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_notification_is_done_when_every_mail_is() {
        let mail = |status: &str| json!({"Name": "SecOps", "Status": status, "SubState": "Default"});
        let answer = |state: &str, status: &str| json!({"state": state, "actionDetails": [mail(status)]});
        assert!(matches!(delivery(&answer("Complete", "Succeeded")), Progress::Done));
        assert!(
            matches!(delivery(&answer("Completed", "Failed")), Progress::Failed(why) if why.contains("SecOps"))
        );
        assert!(matches!(delivery(&answer("InProgress", "Completed")), Progress::Going));
    }
}
