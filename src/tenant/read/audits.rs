//! Changes of the accounts, of the exclusion group and of policies, from the tenant's own audit log (contract 9): asked for
//! by who made them, by what they were made to, or by the service that made them; never the whole log.
//!
//! That these filters may be joined is UNVERIFIED. Where a server refuses one, what was done in the time is read page by
//! page and sorted out here, up to a measure; a log larger than that is unread, and said to be.

use std::collections::BTreeSet;

use jiff::{SignedDuration, Timestamp};

use crate::domain::facts::{AuditEntry, AuditTarget, Audits, KEPT_DAYS, KEPT_DAYS_FREE};
use crate::domain::text::clean;
use crate::domain::trouble::Trouble;
use crate::tenant::fault::Fault;

use super::Reader;
use super::logs_wire::{AuditLine, Initiator, Target};

/// The service that writes about policies. From Microsoft's list of activities; UNVERIFIED on the wire.
const POLICIES: &str = "loggedByService%20eq%20'Conditional%20Access'";
/// What is read at the most where a filter was refused, in pages of a thousand.
const MOST_PAGES: usize = 20;

/// What was changed, newest first.
pub(super) async fn audits(reader: &Reader<'_>) -> Result<Audits, Fault> {
    let ours = Ours::of(reader);
    let mut entries = match asked(reader, &ours).await {
        Err(fault) if fault.status == 400 => whole(reader).await?,
        other => other?,
    };
    entries.retain(|entry| ours.concerns(entry));
    let mut seen = BTreeSet::new();
    entries.retain(|entry| seen.insert(entry.id.clone()));
    entries.sort_by_key(|entry| std::cmp::Reverse(entry.at));
    Ok(Audits { entries })
}

/// Whom and what changes are looked for of.
struct Ours {
    accounts: Vec<String>,
    group: Option<String>,
}

impl Ours {
    fn of(reader: &Reader<'_>) -> Self {
        let group = reader.known.group.get().and_then(|groups| groups.found.as_ref());
        let group = group.map(|group| group.id.clone()).or_else(|| reader.query.group_id.clone());
        Self { accounts: reader.known.account_ids(), group }
    }

    /// Objects by whose id the log is asked.
    fn objects(&self) -> impl Iterator<Item = &String> {
        self.accounts.iter().chain(&self.group)
    }

    /// Any change of a policy does: one that no longer excludes the accounts cannot be told by what it is now.
    fn concerns(&self, entry: &AuditEntry) -> bool {
        self.objects().any(|id| entry.is_about(id))
            || self.accounts.iter().any(|id| entry.is_by(id))
            || entry.is_of_a_policy()
    }
}

async fn asked(reader: &Reader<'_>, ours: &Ours) -> Result<Vec<AuditEntry>, Fault> {
    let of = |id: &String| format!("targetResources/any(t:t/id%20eq%20'{id}')");
    let by = |id: &String| format!("initiatedBy/user/id%20eq%20'{id}'");
    let filters = ours.objects().map(of).chain(ours.accounts.iter().map(by));
    let mut all = Vec::new();
    for filter in filters.chain([POLICIES.to_owned()]) {
        let path = format!("{}%20and%20{filter}&$top=1000", in_time(reader));
        let lines: Vec<AuditLine> = reader.session.graph_list(&path).await?;
        all.extend(lines.into_iter().filter_map(entry));
    }
    Ok(all)
}

/// Everything that was done in the time, as far as it can be read in reasonable time.
async fn whole(reader: &Reader<'_>) -> Result<Vec<AuditEntry>, Fault> {
    let path = format!("{}&$top=1000", in_time(reader));
    let lines: Option<Vec<AuditLine>> = reader.session.graph_list_up_to(&path, MOST_PAGES).await?;
    let lines = lines.ok_or_else(too_much)?;
    Ok(lines.into_iter().filter_map(entry).collect())
}

fn in_time(reader: &Reader<'_>) -> String {
    format!("/auditLogs/directoryAudits?$filter=activityDateTime%20ge%20{:.0}", since(reader))
}

fn since(reader: &Reader<'_>) -> Timestamp {
    let days = if reader.known.has_p1() { KEPT_DAYS } else { KEPT_DAYS_FREE };
    let kept = reader.session.profile.clock.now() - SignedDuration::from_hours(24 * days);
    reader.query.since.map_or(kept, |since| since.max(kept))
}

fn too_much() -> Fault {
    Trouble::new(
        "The audit log is too large to be read whole.",
        "This service refuses the filter that picks out what concerns these accounts.",
        "Look for the accounts and the exclusion group in the portal's audit log, and say so in the record.",
    )
    .into()
}

/// An entry without id or time cannot be classified and is left out.
fn entry(line: AuditLine) -> Option<AuditEntry> {
    let (by_id, by) = line.initiated_by.map(initiator).unwrap_or_default();
    let changed = line.target_resources.iter().flat_map(|target| &target.modified_properties);
    let changed: BTreeSet<String> = changed.map(|one| clean(&one.display_name)).collect();
    Some(AuditEntry {
        id: Some(line.id).filter(|id| !id.is_empty())?,
        at: line.activity_date_time?,
        activity: clean(&line.activity_display_name),
        result: clean(&line.result),
        by_id,
        by: clean(&by),
        targets: line.target_resources.into_iter().map(target).collect(),
        changed: changed.into_iter().filter(|name| !name.is_empty()).collect(),
        correlation: line.correlation_id,
    })
}

/// Id and name of whoever made it.
fn initiator(by: Initiator) -> (String, String) {
    match (by.user, by.app) {
        (Some(user), _) if !user.id.is_empty() => (user.id, user.user_principal_name),
        (_, Some(app)) => (app.service_principal_id, app.display_name),
        (user, None) => (String::new(), user.map(|user| user.user_principal_name).unwrap_or_default()),
    }
}

fn target(target: Target) -> AuditTarget {
    let name =
        if target.user_principal_name.is_empty() { target.display_name } else { target.user_principal_name };
    AuditTarget { id: target.id, name: clean(&name) }
}
