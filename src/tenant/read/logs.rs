//! Whether the accounts' sign-ins arrive in the workspace (contract 8).

use serde_json::{Value, json};

use crate::domain::write::call::sign_in_query;
use crate::tenant::http::Audience;

use super::azure_wire::Tables;
use super::{Reader, escaped};

/// How far back is looked (ISO 8601).
const SPAN: &str = "P7D";

/// How many rows there are. `None` while the table does not exist, which can last three days, and when the workspace
/// may not be queried: both mean that nothing is known.
pub(super) async fn rows(reader: &Reader<'_>, workspace: &str) -> Option<u64> {
    let accounts = reader.known.account_ids();
    if accounts.is_empty() || workspace.is_empty() {
        return None;
    }
    let body = json!({"query": format!("{} | count", sign_in_query(&accounts)), "timespan": SPAN});
    let path = format!("/v1/workspaces/{}/query", escaped(workspace));
    let answer: Tables = reader.session.question(Audience::Logs, &path, &body).await.ok()?;
    counted(&answer)
}

fn counted(answer: &Tables) -> Option<u64> {
    answer.tables.first()?.rows.first()?.iter().find_map(Value::as_u64)
}
