//! Sign-ins of the accounts, from the tenant's own log (contract 9): asked for account by account, never the whole log.

use jiff::{SignedDuration, Timestamp};

use crate::domain::facts::{KEPT_DAYS, SignIn, SignInTold};
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::tenant::fault::Fault;

use super::logs_wire::{Location, SignInEntry};
use super::{Reader, no_p1};

/// How far back is looked where nobody asks for more, in days: the log of the smallest license keeps no more.
const DAYS: i64 = 7;

/// Sign-ins of the last week, or since the query says, newest first for each account.
pub(super) async fn sign_ins(reader: &Reader<'_>) -> Result<Vec<SignIn>, Fault> {
    if reader.lacks_p1() {
        return Err(no_p1());
    }
    let since = since(reader);
    let mut all = Vec::new();
    for known in reader.known.accounts.get().into_iter().flat_map(|accounts| &accounts.in_slots) {
        // Pages of the largest size: an account that somebody guesses at has thousands of lines.
        let path = format!(
            "/auditLogs/signIns?$filter=userId%20eq%20'{}'%20and%20createdDateTime%20ge%20{since:.0}&$top=1000",
            known.account.id
        );
        let entries: Vec<SignInEntry> = reader.session.graph_list(&path).await?;
        all.extend(entries.into_iter().filter_map(|entry| sign_in(known.slot, entry)));
    }
    Ok(all)
}

/// Since when is asked: what is older than the log costs nothing to leave out.
fn since(reader: &Reader<'_>) -> Timestamp {
    let now = reader.session.profile.clock.now();
    let days = |days: i64| now - SignedDuration::from_hours(24 * days);
    reader.query.since.map_or(days(DAYS), |since| since.max(days(KEPT_DAYS)))
}

/// An entry without a time proves nothing and is left out.
fn sign_in(slot: Slot, entry: SignInEntry) -> Option<SignIn> {
    let told = told(&entry);
    let took_part = entry.applied_conditional_access_policies.into_iter();
    let took_part = took_part.filter(|policy| ["success", "failure"].contains(&policy.result.as_str()));
    Some(SignIn {
        slot,
        at: entry.created_date_time?,
        // Without a status it is not known to have worked.
        error: entry.status.map_or(-1, |status| status.error_code),
        policies: took_part.map(|policy| clean(&policy.display_name)).collect(),
        application: clean(&entry.app_display_name),
        app: entry.app_id,
        correlation: entry.correlation_id,
        address: clean(&entry.ip_address),
        id: entry.id,
        told,
    })
}

fn told(entry: &SignInEntry) -> SignInTold {
    let methods = entry.authentication_details.iter().map(|one| one.authentication_method.as_str());
    let methods: Vec<&str> = methods.filter(|method| !method.is_empty()).collect();
    let method = if methods.is_empty() { entry.client_app_used.clone() } else { methods.join(", ") };
    SignInTold {
        place: entry.location.as_ref().map(place).unwrap_or_default(),
        method: clean(&method),
        policy_result: clean(&entry.conditional_access_status),
    }
}

fn place(location: &Location) -> String {
    let parts = [location.city.as_str(), location.country_or_region.as_str()];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    clean(&parts.join(", "))
}
