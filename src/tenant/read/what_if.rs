//! What-If: which policies would apply to the accounts, at a sign-in and when registering a key (contract 6, 15.8).
//!
//! The best proof without signing in. Risk is assumed high for sign-ins, so that risk-based policies show too. A review asks
//! in other contexts as well: apps, other systems, another country, a device code.

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
    let conditions = Conditions { risk: "none", ..AT_A_DESK };
    let questions = [Question { words: "registering security information", context, conditions }];
    answers(reader, &questions).await
}

/// Policies that would apply to a sign-in.
pub(super) async fn what_if(reader: &Reader<'_>) -> Result<Vec<WouldApply>, Fault> {
    let questions =
        APPLICATIONS.map(|(words, id)| Question { words, context: application(id), conditions: AT_A_DESK });
    answers(reader, &questions).await
}

/// Policies that would apply to a sign-in of another kind: a question for each of a few, as the service takes one a second
/// (throttling.md).
pub(super) async fn contexts(reader: &Reader<'_>) -> Result<Vec<WouldApply>, Fault> {
    let [_, (_, graph), _] = APPLICATIONS;
    let questions =
        CONTEXTS.map(|(words, conditions)| Question { words, context: application(graph), conditions });
    answers(reader, &questions).await
}

fn application(id: &str) -> Value {
    json!({"@odata.type": "#microsoft.graph.applicationContext", "includeApplications": [id]})
}

/// A question to be asked about each account.
struct Question {
    words: &'static str,
    context: Value,
    conditions: Conditions,
}

/// How somebody signs in, in the words of Graph.
#[derive(Clone, Copy)]
struct Conditions {
    platform: &'static str,
    client: &'static str,
    /// Of the user and of the sign-in.
    risk: &'static str,
    /// Country, with an address there: for documentation (RFC 5737), so that no named location holds it.
    place: (&'static str, &'static str),
    /// Whether a code is entered on another device.
    code: bool,
}

/// In a browser, at a computer, at the worst time.
const AT_A_DESK: Conditions = Conditions {
    platform: "windows",
    client: "browser",
    risk: "high",
    place: ("US", "203.0.113.7"),
    code: false,
};

/// Other ways to sign in on the day.
const CONTEXTS: [(&str, Conditions); 5] = [
    ("an app on Linux", Conditions { platform: "linux", client: "mobileAppsAndDesktopClients", ..AT_A_DESK }),
    ("a browser on a Mac", Conditions { platform: "macOS", risk: "medium", ..AT_A_DESK }),
    (
        "an app on a phone",
        Conditions { platform: "android", client: "mobileAppsAndDesktopClients", ..AT_A_DESK },
    ),
    ("a browser in another country", Conditions { risk: "low", place: ("NZ", "198.51.100.7"), ..AT_A_DESK }),
    (
        "a code entered on another device",
        Conditions { client: "mobileAppsAndDesktopClients", risk: "none", code: true, ..AT_A_DESK },
    ),
];

impl Conditions {
    fn body(self) -> Value {
        let (country, address) = self.place;
        let mut body = json!({
            "devicePlatform": self.platform,
            "clientAppType": self.client,
            "signInRiskLevel": self.risk,
            "userRiskLevel": self.risk,
            "country": country,
            "ipAddress": address,
        });
        if self.code {
            body["authenticationFlow"] = json!({"transferMethod": "deviceCodeFlow"});
        }
        body
    }
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
        "signInConditions": question.conditions.body(),
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
