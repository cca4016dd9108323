//! The shapes of Azure's answers, as far as they are used (contract 8 and 15.9). Everything may be missing.

use serde::Deserialize;
use serde_json::Value;

/// A subscription.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Subscription {
    pub subscription_id: String,
    pub display_name: Option<String>,
    pub state: Option<String>,
    pub tenant_id: Option<String>,
}

/// A region, or a grouping of several.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Location {
    pub name: String,
    pub metadata: LocationMetadata,
}

/// What is known of it.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct LocationMetadata {
    pub region_type: Option<String>,
}

/// What the caller may do, in one assignment.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Permission {
    pub actions: Vec<String>,
    pub not_actions: Vec<String>,
}

/// A resource provider.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Provider {
    pub registration_state: Option<String>,
}

/// Any resource: what is read of its properties differs by kind.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Resource {
    pub id: String,
    pub name: Option<String>,
    pub location: Option<String>,
    pub properties: Value,
}

/// A resource read as what it is; one of another shape has nothing in it.
pub(super) fn named(body: &Value) -> Resource {
    Resource::deserialize(body).unwrap_or_default()
}

impl Resource {
    /// The text property at `pointer`, not empty.
    pub fn text(&self, pointer: &str) -> Option<String> {
        self.properties.pointer(pointer)?.as_str().filter(|text| !text.is_empty()).map(str::to_owned)
    }

    /// The items of the list at `pointer`.
    pub fn items(&self, pointer: &str) -> impl Iterator<Item = &Value> {
        self.properties.pointer(pointer).and_then(Value::as_array).into_iter().flatten()
    }
}

/// The answer to a log query.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Tables {
    pub tables: Vec<Table>,
}

/// A table in it.
#[derive(Default, Deserialize)]
#[serde(default)]
pub(super) struct Table {
    pub rows: Vec<Vec<Value>>,
}
