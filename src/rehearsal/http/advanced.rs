//! What only the directory's second index answers: `$search`, `ne`, `endswith`, counting, and the order of deleted users.
//!
//! It has to be asked for: header `ConsistencyLevel: eventual` and `$count=true` (contract 0 and 15.1), else 400. Where
//! the contract is silent: that `$count=true` alone counts nothing, that users and groups are ordered only by what the
//! directory indexes, and what `$search` finds, are UNVERIFIED here.

use serde_json::Value;

use super::call::Call;
use super::filter::{Filter, at};
use super::refusal::Refusal;

/// Which index answers a listing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Index {
    /// Users, groups, units and what is in them.
    Directory,
    /// Users that were deleted: they have an order only in the second index.
    Deleted,
    /// Logs, policies and all else: no advanced queries, and no search.
    Other,
}

/// Listings of the directory, by the fragment of their context.
const DIRECTORY: &[&str] = &["users", "groups", "directoryObjects", "administrativeUnits"];

impl Index {
    /// The index behind a listing.
    pub fn of(call: &Call, context: &str) -> Self {
        if !DIRECTORY.contains(&context) {
            Self::Other
        } else if call.path.to_lowercase().starts_with("/directory/deleteditems") {
            Self::Deleted
        } else {
            Self::Directory
        }
    }

    /// Whether this call is told how many there are.
    pub fn counts(self, call: &Call) -> bool {
        asks_to_count(call) && (self == Self::Other || is_eventual(call))
    }
}

fn is_eventual(call: &Call) -> bool {
    call.header("consistencylevel").is_some_and(|level| level.eq_ignore_ascii_case("eventual"))
}

fn asks_to_count(call: &Call) -> bool {
    call.query("$count").is_some_and(|count| count.eq_ignore_ascii_case("true"))
}

/// 400 where an advanced query does not ask for its index.
pub fn allowed(call: &Call, index: Index, filter: Option<&Filter>) -> Result<(), Refusal> {
    let filters = index != Index::Other && filter.is_some_and(Filter::is_advanced);
    let searches = index != Index::Other && call.query("$search").is_some();
    let orders = index == Index::Deleted && call.query("$orderby").is_some();
    // Searching is the one advanced query that needs no count.
    if (filters || orders) && !asks_to_count(call) || (filters || orders || searches) && !is_eventual(call) {
        return Err(unsupported(
            "The request uses unsupported query: ConsistencyLevel and $count are required.",
        ));
    }
    Ok(())
}

fn unsupported(message: &str) -> Refusal {
    Refusal::new(400, "Request_UnsupportedQuery", message)
}

/// What `$search="displayName:text"` finds: every word of the text begins a word of the property.
pub fn searched(call: &Call, index: Index, items: Vec<Value>) -> Result<Vec<Value>, Refusal> {
    let Some(text) = call.query("$search") else { return Ok(items) };
    if index == Index::Other {
        return Err(unsupported("$search is not supported on this resource."));
    }
    let clause = text.trim().strip_prefix('"').and_then(|text| text.strip_suffix('"'));
    let clause = clause.and_then(|clause| clause.split_once(':')).filter(|(name, _)| is_name(name));
    let (name, wanted) = clause.ok_or_else(|| bad_clause("$search"))?;
    let finds = |item: &Value| {
        let known: Vec<String> = words(at(item, name).as_str().unwrap_or_default());
        words(wanted).iter().all(|word| known.iter().any(|one| one.starts_with(word.as_str())))
    };
    Ok(items.into_iter().filter(finds).collect())
}

fn words(text: &str) -> Vec<String> {
    let split = text.to_lowercase();
    split.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

fn is_name(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '/' || c == '_')
}

fn bad_clause(option: &str) -> Refusal {
    Refusal::new(400, "BadRequest", format!("Invalid {option} clause."))
}

/// One key of an order.
struct Key<'a> {
    path: &'a str,
    descending: bool,
}

/// In the order of `$orderby`; what is no order, or names a property that nothing has, is refused.
pub fn ordered(call: &Call, mut items: Vec<Value>, properties: &[&str]) -> Result<Vec<Value>, Refusal> {
    let Some(text) = call.query("$orderby") else { return Ok(items) };
    let keys = text.split(',').map(key).collect::<Option<Vec<_>>>().ok_or_else(|| bad_clause("$orderby"))?;
    if let Some(key) = keys.iter().find(|key| !is_known(key.path, &items, properties)) {
        return Err(Refusal::no_property(key.path));
    }
    for key in keys.iter().rev() {
        items.sort_by_cached_key(|item| sort_text(at(item, key.path)));
        if key.descending {
            items.reverse();
        }
    }
    Ok(items)
}

fn key(clause: &str) -> Option<Key<'_>> {
    let mut parts = clause.split_whitespace();
    let path = parts.next().filter(|name| is_name(name))?;
    let descending = match parts.next().map(str::to_lowercase).as_deref() {
        None | Some("asc") => false,
        Some("desc") => true,
        Some(_) => return None,
    };
    parts.next().is_none().then_some(Key { path, descending })
}

/// Where the type is not known, a property is one that some item has; an empty list has them all.
fn is_known(path: &str, items: &[Value], properties: &[&str]) -> bool {
    let first = path.split('/').next().unwrap_or_default();
    match properties {
        [] => items.is_empty() || items.iter().any(|item| item.get(first).is_some()),
        known => known.iter().any(|name| name.eq_ignore_ascii_case(first)),
    }
}

/// Texts without case, as the directory compares them; moments sort as texts.
fn sort_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_lowercase)
}
