//! What-If: which policies would apply to the accounts, at a sign-in and when registering a key (contract 6, 15.8).
//!
//! The best proof without signing in. Risk is assumed high for sign-ins, so that risk-based policies show too.

use serde_json::{Value, json};

use crate::domain::facts::{InSlot, WouldApply};
use crate::domain::text::clean;
use crate::tenant::fault::Fault;
use crate::tenant::http::Audience;
use crate::tenant::wire::{Page, WhatIf};

use super::Reader;

/// Applications that an administrator in an emergency needs, with their ids (contract 6).
const APPLICATIONS: [(&str, &str); 3] = [
    ("Azure management", "797f4846-ba00-4fd7-ba43-dac1f8f63013"),
    ("Microsoft Graph", "00000003-0000-0000-c000-000000000000"),
    ("the admin portals", "c44b4083-3bb0-49c1-b47d-974e53cbdf3c"),
];

/// Policies that would stop or touch the registration of security information.
pub(super) async fn registration(reader: &Reader<'_>) -> Result<Vec<WouldApply>, Fault> {
    let context = json!({
        "@odata.type": "#microsoft.graph.userActionContext",
        "userAction": "registerSecurityInformation",
    });
    let questions = [Question { words: "registering security information", context, risk: "none" }];
    answers(reader, &questions).await
}

/// Policies that would apply to a sign-in.
pub(super) async fn what_if(reader: &Reader<'_>) -> Result<Vec<WouldApply>, Fault> {
    let questions = APPLICATIONS.map(|(words, id)| {
        let context =
            json!({"@odata.type": "#microsoft.graph.applicationContext", "includeApplications": [id]});
        Question { words, context, risk: "high" }
    });
    answers(reader, &questions).await
}

/// A question to be asked about each account.
struct Question {
    words: &'static str,
    context: Value,
    risk: &'static str,
}

/// Without P1 there are no policies, so none would apply.
async fn answers(reader: &Reader<'_>, questions: &[Question]) -> Result<Vec<WouldApply>, Fault> {
    let mut all = Vec::new();
    if reader.lacks_p1() {
        return Ok(all);
    }
    for known in reader.known.accounts.get().into_iter().flat_map(|accounts| &accounts.in_slots) {
        for question in questions {
            match answer(reader, known, question).await {
                Ok(policies) => all.extend(policies),
                Err(fault) if fault.is_unlicensed() => return Ok(Vec::new()),
                Err(fault) => return Err(fault),
            }
        }
    }
    Ok(all)
}

async fn answer(reader: &Reader<'_>, known: &InSlot, question: &Question) -> Result<Vec<WouldApply>, Fault> {
    let body = json!({
        "signInIdentity": {"@odata.type": "#microsoft.graph.userSignIn", "userId": known.account.id},
        "signInContext": question.context,
        "signInConditions": {
            "devicePlatform": "windows",
            "clientAppType": "browser",
            "signInRiskLevel": question.risk,
            "userRiskLevel": question.risk,
            "country": "US",
            // An address for documentation (RFC 5737): no named location holds it.
            "ipAddress": "203.0.113.7",
        },
        "appliedPoliciesOnly": true,
    });
    let path = "/v1.0/identity/conditionalAccess/evaluate";
    let page: Page<WhatIf> = reader.session.question(Audience::Graph, path, &body).await?;
    let applies = page.value.into_iter().filter(|policy| policy.policy_applies);
    Ok(applies.map(|policy| would_apply(known, question, policy)).collect())
}

fn would_apply(known: &InSlot, question: &Question, policy: WhatIf) -> WouldApply {
    WouldApply {
        slot: known.slot,
        name: clean(&policy.display_name),
        enforced: policy.state == "enabled",
        context: question.words.to_owned(),
        policy: policy.id,
    }
}
