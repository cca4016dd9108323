//! Recent sign-ins of the accounts, from the tenant's own log (contract 9).

use jiff::SignedDuration;

use crate::domain::facts::SignIn;
use crate::domain::slot::Slot;
use crate::domain::text::clean;
use crate::tenant::fault::Fault;
use crate::tenant::wire::SignInEntry;

use super::{Reader, no_p1};

/// How far back is looked, in days: the log of the smallest license keeps no more.
const DAYS: i64 = 7;

/// Sign-ins of the last week, newest first for each account.
pub(super) async fn sign_ins(reader: &Reader<'_>) -> Result<Vec<SignIn>, Fault> {
    if reader.lacks_p1() {
        return Err(no_p1());
    }
    let since = reader.session.profile.clock.now() - SignedDuration::from_hours(24 * DAYS);
    let mut all = Vec::new();
    for known in reader.known.accounts.get().into_iter().flat_map(|accounts| &accounts.in_slots) {
        let path = format!(
            "/auditLogs/signIns?$filter=userId%20eq%20'{}'%20and%20createdDateTime%20ge%20{since:.0}&$top=50",
            known.account.id
        );
        let entries: Vec<SignInEntry> = reader.session.graph_list(&path).await?;
        all.extend(entries.into_iter().filter_map(|entry| sign_in(known.slot, entry)));
    }
    Ok(all)
}

/// An entry without a time proves nothing and is left out.
fn sign_in(slot: Slot, entry: SignInEntry) -> Option<SignIn> {
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
    })
}
