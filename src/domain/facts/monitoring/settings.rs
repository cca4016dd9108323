//! Diagnostic settings: which logs of the tenant go where. What several settings send to one place adds up.

use std::collections::BTreeSet;

use super::Original;

/// The categories that alerts need.
pub const LOGS_NEEDED: [&str; 2] = ["SignInLogs", "AuditLogs"];

/// A diagnostic setting of Entra.
#[derive(Debug, Clone, PartialEq)]
pub struct DiagnosticSetting {
    /// Name, cleaned.
    pub name: String,
    /// Workspace it sends to (ARM id).
    pub workspace: Option<String>,
    /// Storage account, event hub or partner it sends to, instead or besides (ARM ids).
    pub elsewhere: Vec<String>,
    /// Enabled log categories.
    pub categories: Vec<String>,
    /// The whole of it.
    pub original: Original,
}

impl DiagnosticSetting {
    /// Whether `category` is sent.
    pub fn sends(&self, category: &str) -> bool {
        self.categories.iter().any(|own| own.eq_ignore_ascii_case(category))
    }

    /// Every place it sends to.
    pub fn places(&self) -> impl Iterator<Item = &str> {
        self.workspace.iter().chain(&self.elsewhere).map(String::as_str)
    }

    /// Whether anything is sent to `place`.
    pub fn sends_to(&self, place: &str) -> bool {
        self.places().any(|own| own.eq_ignore_ascii_case(place))
    }
}

/// The needed categories that no setting sends to `place`.
pub fn lacking(settings: &[DiagnosticSetting], place: &str) -> Vec<&'static str> {
    let is_sent =
        |category: &str| settings.iter().any(|setting| setting.sends_to(place) && setting.sends(category));
    LOGS_NEEDED.into_iter().filter(|category| !is_sent(category)).collect()
}

/// The settings that together send everything needed to `place`; `None` when something is lacking.
pub fn covering<'a>(settings: &'a [DiagnosticSetting], place: &str) -> Option<Vec<&'a DiagnosticSetting>> {
    let needed = |setting: &&DiagnosticSetting| {
        setting.sends_to(place) && LOGS_NEEDED.iter().any(|category| setting.sends(category))
    };
    let all: Vec<&DiagnosticSetting> = settings.iter().filter(needed).collect();
    // One that does it alone is named alone.
    let alone =
        all.iter().find(|setting| LOGS_NEEDED.iter().all(|category| setting.sends(category))).copied();
    match alone {
        Some(one) => Some(vec![one]),
        None => lacking(settings, place).is_empty().then_some(all),
    }
}

impl super::Monitoring {
    /// A place that everything needed is sent to, and by which settings.
    pub fn covered_place(&self) -> Option<(&str, Vec<&DiagnosticSetting>)> {
        let settings = self.settings.get()?;
        let places: BTreeSet<&str> = settings.iter().flat_map(DiagnosticSetting::places).collect();
        places.into_iter().find_map(|place| Some((place, covering(settings, place)?)))
    }

    /// A workspace that everything needed is sent to.
    pub fn covered_workspace(&self) -> Option<&str> {
        let settings = self.settings.get()?;
        let places = settings.iter().filter_map(|setting| setting.workspace.as_deref());
        places.into_iter().find(|place| covering(settings, place).is_some())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value;

    fn setting(name: &str, workspace: &str, categories: &[&str]) -> DiagnosticSetting {
        DiagnosticSetting {
            name: name.to_owned(),
            workspace: Some(workspace.to_owned()),
            elsewhere: Vec::new(),
            categories: categories.iter().map(|c| (*c).to_owned()).collect(),
            original: Original::new("v", Value::Null),
        }
    }

    #[test]
    fn what_several_settings_send_to_one_workspace_adds_up_whatever_its_case() {
        let split = [setting("sign-ins", "/S/W", &["SignInLogs"]), setting("audit", "/s/w", &["AuditLogs"])];
        let names: Vec<&str> =
            covering(&split, "/s/W").expect("covered").iter().map(|s| s.name.as_str()).collect();
        assert_eq!(names, ["sign-ins", "audit"]);
        assert_eq!(lacking(&split[..1], "/s/w"), ["AuditLogs"]);
        let apart = [setting("a", "/s/w", &["SignInLogs"]), setting("b", "/s/other", &["AuditLogs"])];
        assert!(covering(&apart, "/s/w").is_none() && covering(&apart, "/s/other").is_none());
    }
}
