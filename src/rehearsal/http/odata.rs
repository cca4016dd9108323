//! The part of OData this tenant understands: `$filter`, `$search`, `$orderby`, `$select`, paging.
//!
//! Anything else is refused with 400 as the real service refuses it, never silently ignored.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::advanced::{Index, allowed, ordered, searched};
use super::call::Call;
use super::filter::Filter;
use super::json::Object;
use super::refusal::Refusal;
use super::reply::Reply;

/// A list of objects on its way to the caller.
pub struct Listing {
    /// All of them, unfiltered.
    pub items: Vec<Value>,
    /// Fragment of `@odata.context`.
    pub context: &'static str,
    /// Objects per page where the caller does not say.
    pub page: usize,
    /// Properties that may be selected; empty: any.
    pub properties: &'static [&'static str],
}

/// Filters, selects and pages a listing.
pub fn listed(call: &Call, listing: Listing) -> Result<Reply, Refusal> {
    check_options(call)?;
    let index = Index::of(call, listing.context);
    let filter = filter(call)?;
    allowed(call, index, filter.as_ref())?;
    check_names(call.query("$select").unwrap_or_default(), listing.properties)?;
    let items = searched(call, index, listing.items)?;
    let items = ordered(call, filtered(filter, items), listing.properties)?;
    let total = items.len();
    let (start, size) = window(call, listing.page)?;
    let page: Vec<Value> = items.into_iter().skip(start).take(size).collect();
    let page = page
        .into_iter()
        .map(|item| selected(call, item, listing.properties))
        .collect::<Result<Vec<_>, _>>()?;
    let mut body = json!({"@odata.context": context(call, listing.context)});
    if index.counts(call) {
        body["@odata.count"] = json!(total);
    }
    let end = start.saturating_add(size);
    if end < total {
        body["@odata.nextLink"] = json!(next_link(call, end));
    }
    body["value"] = json!(page);
    Ok(Reply::json(200, body))
}

/// One object, selected.
pub fn single(call: &Call, item: Value, properties: &'static [&'static str]) -> Result<Reply, Refusal> {
    check_options(call)?;
    Ok(Reply::json(200, selected(call, item, properties)?))
}

/// Options that are understood, here or by whoever lists. `$skip` is none: pages are turned by their links.
const OPTIONS: &[&str] =
    &["$count", "$expand", "$filter", "$format", "$orderby", "$search", "$select", "$skiptoken", "$top"];

/// 400 for an option that there is none of: a misspelled one must not be taken for nothing. The text is UNVERIFIED.
fn check_options(call: &Call) -> Result<(), Refusal> {
    let unknown = |name: &&str| name.starts_with('$') && !OPTIONS.contains(&name.to_lowercase().as_str());
    match call.query.iter().map(|(name, _)| name.as_str()).find(unknown) {
        Some(name) => {
            Err(Refusal::new(400, "BadRequest", format!("The query parameter '{name}' is not supported.")))
        }
        None => Ok(()),
    }
}

/// `@odata.context` of a listing.
pub fn context(call: &Call, fragment: &str) -> String {
    format!("{}{}/$metadata#{fragment}", call.origin, call.prefix)
}

fn window(call: &Call, default: usize) -> Result<(usize, usize), Refusal> {
    let start = match call.query("$skiptoken") {
        None => 0,
        Some(token) => {
            decoded(token).ok_or_else(|| Refusal::bad_request("Specified page token is invalid."))?
        }
    };
    // Logs come a thousand at a time (contract 9), everything else up to 999.
    let most = default.max(999);
    let size = match call.query("$top").map(str::parse::<usize>) {
        None => default,
        Some(Ok(size)) if (1..=most).contains(&size) => size,
        Some(_) => {
            let message = format!("Invalid page size specified. Must be between 1 and {most} inclusive.");
            return Err(Refusal::bad_request(message));
        }
    };
    Ok((start, size))
}

fn decoded(token: &str) -> Option<usize> {
    let bytes = URL_SAFE_NO_PAD.decode(token).ok()?;
    std::str::from_utf8(&bytes).ok()?.strip_prefix("after:")?.parse().ok()
}

fn next_link(call: &Call, start: usize) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    for (name, value) in call.query.iter().filter(|(name, _)| !name.eq_ignore_ascii_case("$skiptoken")) {
        query.append_pair(name, value);
    }
    query.append_pair("$skiptoken", &URL_SAFE_NO_PAD.encode(format!("after:{start}")));
    format!("{}?{}", call.address(), query.finish())
}

fn selected(call: &Call, item: Value, properties: &[&str]) -> Result<Value, Refusal> {
    let Some(select) = call.query("$select").filter(|select| !select.trim().is_empty()) else {
        return Ok(item);
    };
    check_names(select, properties)?;
    let names: Vec<&str> = select.split(',').map(str::trim).collect();
    let Value::Object(object) = item else { return Ok(item) };
    let wanted = |key: &str| key.starts_with('@') || names.iter().any(|name| name.eq_ignore_ascii_case(key));
    Ok(Value::Object(object.into_iter().filter(|(key, _)| wanted(key)).collect::<Object>()))
}

/// 400 for a name in a `$select` that the type does not have; where the type is not known, every name is.
fn check_names(select: &str, properties: &[&str]) -> Result<(), Refusal> {
    let unknown = |name: &&str| {
        !name.is_empty()
            && !properties.is_empty()
            && !properties.iter().any(|known| known.eq_ignore_ascii_case(name))
    };
    match select.split(',').map(str::trim).find(unknown) {
        Some(name) => Err(Refusal::no_property(name)),
        None => Ok(()),
    }
}

fn filter(call: &Call) -> Result<Option<Filter>, Refusal> {
    let Some(text) = call.query("$filter").filter(|text| !text.trim().is_empty()) else { return Ok(None) };
    let invalid = || Refusal::new(400, "BadRequest", "Invalid filter clause: it is not supported here.");
    Filter::parse(text).map(Some).ok_or_else(invalid)
}

fn filtered(filter: Option<Filter>, items: Vec<Value>) -> Vec<Value> {
    match filter {
        Some(filter) => items.into_iter().filter(|item| filter.matches(item)).collect(),
        None => items,
    }
}
