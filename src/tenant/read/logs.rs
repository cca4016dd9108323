//! Whether sign-ins arrive in the workspace, how new the newest is, and the plans of the tables (contract 8 and 16).

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::domain::facts::{LogTable, Reading};
use crate::domain::text::clean;
use crate::domain::write::action::RuleKind;
use crate::domain::write::call::{api, newest_query, sign_in_query};
use crate::tenant::http::Audience;

use super::azure_wire::Tables;
use super::{Reader, escaped, resources};

/// How far back is looked (ISO 8601).
const SPAN: &str = "P7D";

/// How many rows there are. `None` while the table does not exist, which can last three days, and when the workspace
/// may not be queried: both mean that nothing is known.
pub(super) async fn rows(reader: &Reader<'_>, workspace: &str) -> Option<u64> {
    let accounts = reader.known.account_ids();
    if accounts.is_empty() || workspace.is_empty() {
        return None;
    }
    let answer = asked(reader, workspace, &format!("{} | count", sign_in_query(&accounts))).await?;
    answer.first()?.iter().find_map(Value::as_u64)
}

/// When the newest sign-in of anybody was.
pub(super) async fn newest(reader: &Reader<'_>, workspace: &str) -> Option<Timestamp> {
    let answer = asked(reader, workspace, newest_query()).await?;
    answer.first()?.iter().find_map(|cell| cell.as_str()?.parse().ok())
}

async fn asked(reader: &Reader<'_>, workspace: &str, query: &str) -> Option<Vec<Vec<Value>>> {
    if workspace.is_empty() {
        return None;
    }
    let body = json!({"query": query, "timespan": SPAN});
    let path = format!("/v1/workspaces/{}/query", escaped(workspace));
    let answer: Tables = reader.session.question(Audience::Logs, &path, &body).await.ok()?;
    Some(answer.tables.into_iter().next()?.rows)
}

/// The plans of the tables that the two rules look at.
pub(super) async fn tables(reader: &Reader<'_>, workspace: &str) -> Vec<LogTable> {
    let mut tables = Vec::new();
    for name in [RuleKind::SignIn, RuleKind::Audit].map(RuleKind::table) {
        let id = format!("{workspace}/tables/{name}");
        let plan = match resources::resource(reader.session, &id, &[api::WORKSPACES]).await {
            Ok(table) => Reading::Read(
                table.map(|table| clean(table.body["properties"]["plan"].as_str().unwrap_or("not told"))),
            ),
            Err(fault) => Reading::Unreadable(fault.during("Could not read the plan of a table.")),
        };
        tables.push(LogTable { name: name.to_owned(), plan });
    }
    tables
}
