//! Whether sign-ins of the accounts arrive in the workspace, how new the newest rows are, and the plans of the tables (contract 8 and 16).

use jiff::Timestamp;
use serde_json::{Value, json};

use crate::domain::facts::{LogTable, Reading, Workspace};
use crate::domain::text::clean;
use crate::domain::write::action::RuleKind;
use crate::domain::write::call::{api, newest_query, sign_in_query};
use crate::tenant::fault::Fault;
use crate::tenant::http::Audience;

use super::azure_wire::Tables;
use super::{Reader, escaped, resources};

/// How far back is looked for sign-ins of the accounts, and for the newest row of anybody (ISO 8601).
const SPAN: &str = "P7D";
const NEWEST_SPAN: &str = "P30D";

/// How many rows there are. `None` while the table does not exist, which can last three days, and when the workspace
/// may not be queried: both mean that nothing is known.
pub(super) async fn rows(reader: &Reader<'_>, workspace: &str) -> Option<u64> {
    let accounts = reader.known.account_ids();
    if accounts.is_empty() || workspace.is_empty() {
        return None;
    }
    let query = format!("{} | count", sign_in_query(&accounts));
    let answer = asked(reader, workspace, &json!({"query": query, "timespan": SPAN})).await.ok()?;
    answer.first()?.iter().find_map(Value::as_u64)
}

async fn asked(reader: &Reader<'_>, workspace: &str, body: &Value) -> Result<Vec<Vec<Value>>, Fault> {
    let path = format!("/v1/workspaces/{}/query", escaped(workspace));
    let answer: Tables = reader.session.question(Audience::Logs, &path, body).await?;
    Ok(answer.tables.into_iter().next().map(|table| table.rows).unwrap_or_default())
}

/// The tables that the two rules look at: plan and newest row.
pub(super) async fn tables(reader: &Reader<'_>, workspace: &Workspace) -> Vec<LogTable> {
    let mut tables = Vec::new();
    for name in [RuleKind::SignIn, RuleKind::Audit].map(RuleKind::table) {
        let id = format!("{}/tables/{name}", workspace.id);
        let plan = match resources::resource(reader.session, &id, &[api::WORKSPACES]).await {
            Ok(table) => Reading::Read(
                table.map(|table| clean(table.body["properties"]["plan"].as_str().unwrap_or("not told"))),
            ),
            Err(fault) => Reading::Unreadable(fault.during("Could not read the plan of a table.")),
        };
        let newest = match plan {
            // A query about a table that is not there is refused like a wrong one.
            Reading::Read(None) => Reading::Read(None),
            _ => newest(reader, &workspace.customer_id, name).await,
        };
        tables.push(LogTable { name: name.to_owned(), plan, newest });
    }
    tables
}

/// When the newest row of anybody was written.
async fn newest(reader: &Reader<'_>, workspace: &str, table: &str) -> Reading<Option<Timestamp>> {
    let body = json!({"query": newest_query(table), "timespan": NEWEST_SPAN});
    match asked(reader, workspace, &body).await {
        Ok(rows) => Reading::Read(rows.iter().flatten().find_map(|cell| cell.as_str()?.parse().ok())),
        Err(fault) => Reading::Unreadable(fault.during("Could not ask the workspace for its newest row.")),
    }
}
