//! Sign-ins of people whom nobody asks about, for a log as long as a large tenant's: made up one by one when the log is asked,
//! so that they take no memory and no room in the file.

use serde_json::{Value, json};

use crate::rehearsal::state::model::TENANT_ID;
use crate::rehearsal::state::time::{DAY, stamp};
use crate::rehearsal::state::world::World;

/// Those of the last `days` that pass, newest first.
pub fn sign_ins(world: &World, days: i64, passes: &impl Fn(&Value) -> bool) -> Vec<Value> {
    let count = i64::from(world.state().foreign_sign_ins);
    let apart = (days * DAY).checked_div(count).unwrap_or_default();
    let mut line = a_line();
    let mut passed = Vec::new();
    for number in 0..count {
        line["createdDateTime"] = json!(stamp(world.now - number * apart));
        line["userId"] = json!(format!("f0e16400-0000-4000-8000-{:012x}", number % 5000));
        if passes(&line) {
            let mut line = line.clone();
            line["id"] = json!(format!("f0e16400-0000-4000-9000-{number:012x}"));
            passed.push(line);
        }
    }
    passed
}

fn a_line() -> Value {
    json!({"id": "", "createdDateTime": "", "userId": "", "userDisplayName": "Somebody else",
        "userPrincipalName": "somebody.else@fabrikam-rehearsal.onmicrosoft.com", "correlationId": "",
        "appId": "00000002-0000-0ff1-ce00-000000000000", "appDisplayName": "Office 365 Exchange Online",
        "ipAddress": "198.51.100.7", "clientAppUsed": "Browser", "conditionalAccessStatus": "notApplied",
        "isInteractive": true, "resourceTenantId": TENANT_ID, "homeTenantId": TENANT_ID,
        "status": {"errorCode": 0, "failureReason": "Other.", "additionalDetails": null},
        "location": {"city": "Fabrikam", "state": null, "countryOrRegion": "US", "geoCoordinates": null},
        "appliedConditionalAccessPolicies": []})
}
