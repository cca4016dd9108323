//! What an answer to a write means: done, done already, not known everywhere yet.

use std::borrow::Cow;
use std::time::Duration;

use serde::Deserialize;
use zeroize::Zeroizing;

use crate::domain::record::Outcome;
use crate::domain::secret::Secret;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, RoleRoute};
use crate::tenant::fault::{Fault, Kind};
use crate::tenant::http::{Request, Response};
use crate::tenant::session::Session;
use crate::tenant::wire::Made;
use crate::tenant::{Blamed, Receipt};
use crate::tenant::{challenge, jwt};

use super::{Refused, azure, confirm, confirm::Restriction, not_seen, receipt, whole};

/// Waits while PIM carries a request out, tenant seconds.
const PROVISIONING: [u64; 7] = [0, 2, 5, 10, 20, 30, 60];

/// Waits until the effect of an accepted write can be seen.
pub(super) async fn settled(
    session: &Session,
    action: &Action,
    ask: &Request,
    answer: Response,
) -> Result<Receipt, Fault> {
    match action {
        Action::CreateUser { .. } => made(session, "/users", ask, &answer).await,
        Action::CreateGroup { .. } => made(session, "/groups", ask, &answer).await,
        Action::AssignRole { route, principal, .. } => {
            let receipt = assigned(session, route, ask, &answer).await?;
            confirm::listed(session, principal).await;
            Ok(receipt)
        }
        Action::IssuePass { .. } => passed(ask, &answer),
        Action::AddPhone { .. } => {
            let phone: Made = answer.json(ask)?;
            Ok(receipt(&answer, Some(phone.id)))
        }
        Action::RegisterProvider { .. }
        | Action::PutResourceGroup { .. }
        | Action::PutWorkspace { .. }
        | Action::PutDiagnosticSetting { .. }
        | Action::PutActionGroup { .. }
        | Action::PutRule(_)
        | Action::TestNotification { .. } => {
            azure::settled(session, action, ask, &answer).await?;
            Ok(receipt(&answer, None))
        }
        Action::OpenMethod { .. } => {
            whole::compared(session, action, ask).await?;
            Ok(receipt(&answer, None))
        }
        Action::LeaveUnit { id, .. } => {
            confirm::restricted(session, id, Restriction::Gone).await;
            Ok(receipt(&answer, None))
        }
        Action::EnterUnit { id, .. } => {
            confirm::restricted(session, id, Restriction::There).await;
            Ok(receipt(&answer, None))
        }
        Action::RepairUser { .. }
        | Action::RemoveLicense { .. }
        | Action::DeletePass { .. }
        | Action::ReplacePhone { .. }
        | Action::DeletePhone { .. }
        | Action::DeleteKey { .. }
        | Action::AddMember { .. }
        | Action::RemoveMember { .. }
        | Action::AddOwner { .. }
        | Action::RemoveOwner { .. }
        | Action::ExcludeGroup { .. }
        | Action::RestorePolicy { .. }
        | Action::DisableSecurityDefaults
        | Action::EnablePolicy { .. }
        | Action::SetPassword { .. }
        | Action::RevokeSessions { .. } => Ok(receipt(&answer, None)),
    }
}

/// A new object: its id, once it can be read by it.
async fn made(
    session: &Session,
    collection: &str,
    ask: &Request,
    answer: &Response,
) -> Result<Receipt, Fault> {
    let made: Made = answer.json(ask)?;
    if made.id.is_empty() {
        return Err(Fault::unanswered(Kind::Lost, no_id()));
    }
    confirm::readable(session, &format!("{collection}/{}?$select=id", made.id)).await?;
    Ok(receipt(answer, Some(made.id)))
}

fn no_id() -> Trouble {
    Trouble::new("The answer is incomplete.", "It names no id.", "Check again.")
}

async fn assigned(
    session: &Session,
    route: &RoleRoute,
    ask: &Request,
    answer: &Response,
) -> Result<Receipt, Fault> {
    let mut made: Made = answer.json(ask)?;
    let id = made.id.clone();
    if !matches!(route, RoleRoute::Pim { .. }) {
        return Ok(receipt(answer, Some(id)));
    }
    let path = format!("/roleManagement/directory/roleAssignmentScheduleRequests/{id}");
    for seconds in PROVISIONING {
        if made.status.eq_ignore_ascii_case("Provisioned") {
            return Ok(receipt(answer, Some(id)));
        }
        if let Some(refusal) = ended(&made.status) {
            return Err(refusal);
        }
        session.pause(Duration::from_secs(seconds)).await;
        made = match session.graph(&path).await {
            Err(fault) if fault.is_absent() => continue,
            Err(fault) => return Err(not_seen(&fault.trouble.reason())),
            Ok(made) => made,
        };
    }
    Err(not_seen("Privileged Identity Management has not carried the request out yet."))
}

/// States from which a request does not go on by itself.
fn ended(status: &str) -> Option<Fault> {
    let status = status.to_lowercase();
    let (why, next) = match status.as_str() {
        "pendingapproval" | "pendingadmindecision" | "pendingapprovalprovisioning" => (
            "The request waits for somebody's approval.",
            "Have it approved in Privileged Identity Management, then check again.",
        ),
        "denied" | "admindenied" | "failed" | "canceled" | "revoked" | "invalid" | "timedout" => {
            ("Privileged Identity Management ended the request.", "Look at the request in the portal.")
        }
        _ => return None,
    };
    let trouble = Trouble::new("The role is not assigned.", format!("{why} (status {status})"), next);
    Some(Fault::unanswered(Kind::Refused, trouble))
}

/// The answer to issuing a pass. The value is taken over, never copied unless it had escapes.
#[derive(Deserialize)]
struct Pass<'a> {
    id: Cow<'a, str>,
    #[serde(borrow, rename = "temporaryAccessPass")]
    value: Cow<'a, str>,
}

fn passed(ask: &Request, answer: &Response) -> Result<Receipt, Fault> {
    // The body is not part of the error: it may hold the value.
    let pass: Pass<'_> = match serde_json::from_slice(&answer.body) {
        Ok(pass) => pass,
        Err(_) => return answer.json::<Made>(ask).and(Err(Fault::unanswered(Kind::Lost, no_id()))),
    };
    let secret = Secret::new(Zeroizing::new(pass.value.into_owned()));
    Ok(Receipt { secret: Some(secret), ..receipt(answer, Some(pass.id.into_owned())) })
}

/// The answer says that what was wanted is there, or that what was unwanted is gone. Whether that is so is looked up
/// ([`super::stands`]).
pub(super) fn says_done(action: &Action, fault: &Fault) -> bool {
    match action {
        Action::AssignRole { route: RoleRoute::Pim { .. }, .. } => fault.says("RoleAssignmentExists"),
        Action::AssignRole { route: RoleRoute::Direct | RoleRoute::PastPim, .. } => {
            fault.says("RoleAssignmentExists") || (fault.status == 400 && fault.says("conflicting object"))
        }
        Action::AddMember { .. } | Action::AddOwner { .. } => {
            fault.status == 400 && fault.says("already exist")
        }
        Action::EnterUnit { .. } => fault.status == 400 && fault.says("already exist"),
        Action::DeletePass { .. }
        | Action::DeletePhone { .. }
        | Action::DeleteKey { .. }
        | Action::RemoveMember { .. }
        | Action::RemoveOwner { .. }
        | Action::LeaveUnit { .. } => fault.is_absent(),
        _ => false,
    }
}

/// After a lost answer: it is there, and it must have been us.
pub(super) fn exists_already(action: &Action, fault: &Fault) -> bool {
    let makes = matches!(
        action,
        Action::CreateUser { .. }
            | Action::CreateGroup { .. }
            | Action::AddPhone { .. }
            | Action::RemoveLicense { .. }
    );
    makes && matches!(fault.status, 400 | 409)
}

/// Whether it is the password that was refused: a banned one is told in words only (contract 2, UNVERIFIED). Where nothing
/// else was sent, nothing else can be to blame.
pub(super) fn blamed(action: &Action, fault: &Fault) -> Blamed {
    let says_so = fault.message.to_lowercase().contains("password");
    let is_refused = fault.kind == Kind::Refused && fault.status == 400;
    match action {
        Action::SetPassword { .. } if is_refused => Blamed::Password,
        Action::CreateUser { .. } if is_refused && says_so => Blamed::Password,
        _ => Blamed::TheWrite,
    }
}

/// A refusal, and whether it is about the object itself. Rights can be had, and what is gone can be made again: such a
/// write may be tried again. A policy that refuses its change does so for good (contract 6).
pub(super) fn refusal(action: &Action, fault: Fault) -> Refused {
    let is_gone = matches!(action, Action::ExcludeGroup { .. }) && fault.is_absent();
    let may_pass = fault.lacks_rights() || fault.is_unlicensed() || fault.status == 401;
    let outcome = if may_pass || is_gone { Outcome::NotNow } else { Outcome::Refused };
    Refused { outcome, others: fault.others(), fault }
}

/// What is waited for while a fresh object is not known everywhere.
pub(super) const WAITS: &str =
    "what was just made is not known everywhere yet; trying again, for three minutes at most";

/// A fresh object is not known everywhere yet. Not asked of later writes: there, missing means missing.
pub(super) fn is_lagging(action: &Action, fault: &Fault) -> bool {
    let needs_fresh = matches!(
        action,
        Action::AssignRole { .. }
            | Action::AddMember { .. }
            | Action::CreateGroup { .. }
            | Action::IssuePass { .. }
            | Action::AddPhone { .. }
            | Action::RepairUser { .. }
    );
    let unknown =
        ["SubjectNotFound", "ResourceNotFound", "PrincipalNotFound"].iter().any(|code| fault.says(code));
    // Seen even where another owner was added a moment ago (contract 15.4).
    let is_last = matches!(action, Action::RemoveOwner { .. }) && fault.says("at least one owner");
    is_last || needs_fresh && (fault.is_absent() || (fault.status == 400 && unknown))
}

/// The claims in `…claims=…` of a message, as text or in base64.
pub(super) fn claims_in(message: &str) -> Option<String> {
    let rest = message.split("claims=").nth(1)?;
    let raw: String = rest.chars().take_while(|c| !c.is_whitespace() && !matches!(c, '&' | ';')).collect();
    let plain: String =
        url::form_urlencoded::parse(raw.as_bytes()).next().map(|(key, _)| key.into_owned())?;
    let decoded = jwt::decoded(plain.trim_matches('"')).and_then(|bytes| String::from_utf8(bytes).ok());
    [Some(plain), decoded].into_iter().flatten().find_map(|text| challenge::claims(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_are_found_inside_a_message() {
        let wanted = r#"{"access_token":{"acrs":{"essential":true,"value":"c1"}}}"#;
        let escaped: String = url::form_urlencoded::byte_serialize(wanted.as_bytes()).collect();
        let message = format!("RoleAssignmentRequestAcrsValidationFailed &claims={escaped}");
        assert_eq!(claims_in(&message).as_deref(), Some(wanted));
        assert_eq!(claims_in("nothing"), None);
    }

    #[test]
    fn a_request_that_waits_for_approval_does_not_go_on() {
        assert!(ended("PendingApproval").is_some());
        assert!(ended("PendingProvisioning").is_none());
    }
}
