//! The report as JSON with stable names, its schema, and reading one back.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::domain::trouble::Trouble;
use crate::journeys::report::review::{FORMAT, Report};

/// The report as JSON.
pub fn json(report: &Report) -> String {
    // Every part of it has a form in JSON; the suite writes and reads them.
    serde_json::to_string_pretty(report).unwrap_or_default() + "\n"
}

/// The JSON Schema of reports (draft 2020-12), as `breakglass review schema` prints it.
pub fn schema() -> String {
    let mut schema = SchemaSettings::draft2020_12().into_generator().into_root_schema_for::<Report>();
    schema.insert("title".to_owned(), format!("The report of a breakglass review, format {FORMAT}").into());
    serde_json::to_string_pretty(&schema).unwrap_or_default() + "\n"
}

/// Reads a report that an earlier review wrote.
pub fn read(text: &str) -> Result<Report, Trouble> {
    let unread = |why: String| {
        Trouble::new(
            "This is no report of a review.",
            why,
            "Name a file that breakglass review --format json has written, or a day.",
        )
    };
    let value: Value =
        serde_json::from_str(text).map_err(|_| unread("It is no JSON, or only a part of it.".to_owned()))?;
    // Of another format nothing else is expected.
    match value.get("format").and_then(Value::as_u64) {
        Some(format) if format == u64::from(FORMAT) => {}
        Some(other) => {
            return Err(unread(format!("It has format {other}, and this program reads format {FORMAT}.")));
        }
        None => {
            return Err(unread("It is JSON, but does not say of which format a report is in it.".to_owned()));
        }
    }
    serde_json::from_value(value).map_err(|_| {
        unread(format!("It says format {FORMAT}, but is not whole: something of a report is missing."))
    })
}
