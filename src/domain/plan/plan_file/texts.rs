//! Every text of a plan, whatever it is for: nothing in it that cannot be seen, and nothing that looks like a secret.

use toml::Value;

use crate::domain::plan::Plan;
use crate::domain::plan::plan_file::rule::Wrong;
use crate::domain::secret::values::looks_secret;
use crate::domain::text::clean;

/// Keys whose text may go over several lines.
const LONG: [&str; 4] = ["note", "reason", "description", "justification"];

/// What must be corrected about texts.
pub(super) fn texts(plan: &Plan) -> Vec<Wrong> {
    let mut wrong = Vec::new();
    // Every type of a plan has a form in TOML.
    if let Ok(value) = Value::try_from(plan) {
        look("", &value, &mut wrong);
    }
    wrong
}

fn look(key: &str, value: &Value, wrong: &mut Vec<Wrong>) {
    let below = |part: &str| if key.is_empty() { part.to_owned() } else { format!("{key}.{part}") };
    match value {
        Value::String(text) => wrong.extend(of_text(key, text)),
        Value::Table(table) => table.iter().for_each(|(part, value)| look(&below(part), value, wrong)),
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(i, item)| look(&below(&i.to_string()), item, wrong));
        }
        Value::Integer(_) | Value::Float(_) | Value::Boolean(_) | Value::Datetime(_) => {}
    }
}

fn of_text(key: &str, text: &str) -> Option<Wrong> {
    let is_long = LONG.iter().any(|long| key.ends_with(long));
    let shown = if is_long { text.replace(['\n', '\t', '\r'], " ") } else { text.to_owned() };
    if clean(&shown) != shown {
        let says = "must not contain a line break or another character that cannot be seen.";
        return Some(Wrong::about(key, says));
    }
    looks_secret(text)
        .map(|kind| Wrong::about(key, format!("must hold no secret, and this looks like {kind}.")))
}
