//! The after-action report as JSON with stable names, and its schema.

use schemars::generate::SchemaSettings;

use crate::journeys::report::exercise::{FORMAT, Report};

/// The report as JSON.
pub(super) fn json(report: &Report) -> String {
    // Every part of it has a form in JSON; the suite writes and reads them.
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

/// The JSON Schema of reports (draft 2020-12).
pub fn schema() -> String {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Report>();
    schema.insert("title".to_owned(), format!("The report of a breakglass exercise, format {FORMAT}").into());
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}
