//! A log alert rule: what stands in it, asked of the whole of it as Azure showed it.

use serde_json::Value;

use super::Original;

/// A log alert rule.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertRule {
    /// ARM resource id.
    pub id: String,
    /// Display name, cleaned.
    pub name: String,
    /// The whole of it.
    pub original: Original,
}

impl AlertRule {
    /// The property called `name`; null where there is none.
    pub fn property(&self, name: &str) -> &Value {
        &self.original.body["properties"][name]
    }

    /// The texts in the list at `pointer` below the properties.
    pub fn texts(&self, pointer: &str) -> Vec<&str> {
        let list = self.original.body["properties"].pointer(pointer).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str).collect()
    }

    /// What it fires on.
    pub fn criteria(&self) -> &[Value] {
        self.property("criteria")["allOf"].as_array().map(Vec::as_slice).unwrap_or_default()
    }

    /// Minutes of the ISO 8601 duration called `name`; `None` where there is none, or none that can be understood.
    pub fn minutes(&self, name: &str) -> Option<i64> {
        minutes(self.property(name).as_str()?)
    }

    /// `LogAlert` unless it says otherwise.
    pub fn kind(&self) -> &str {
        self.original.body["kind"].as_str().unwrap_or("LogAlert")
    }

    /// The last word of its id.
    pub fn resource_name(&self) -> &str {
        self.id.rsplit('/').next().unwrap_or_default()
    }
}

fn minutes(text: &str) -> Option<i64> {
    let span: jiff::Span = text.parse().ok()?;
    let days = i64::from(span.get_years()) * 365
        + i64::from(span.get_months()) * 30
        + i64::from(span.get_weeks()) * 7
        + i64::from(span.get_days());
    let hours = days * 24 + i64::from(span.get_hours());
    // Begun minutes count as whole ones.
    Some(hours * 60 + span.get_minutes() + (span.get_seconds() + 59) / 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_understood_as_azure_writes_them() {
        let known = [("PT15M", 15), ("PT1H", 60), ("P1D", 1440), ("PT0S", 0), ("PT30S", 1), ("P2DT1H", 2940)];
        for (text, wanted) in known {
            assert_eq!(minutes(text), Some(wanted), "{text}");
        }
        assert_eq!(minutes("soon"), None);
    }
}
