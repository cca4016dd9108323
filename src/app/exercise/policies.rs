//! Policies of the exercise's tenant are called as those of the organization, where one of its own is about the same.
//!
//! Only names are taken, and only by words that say what a policy is about: what it does stays as it is.

use crate::domain::exercise::scenario::Damage;
use crate::domain::record::Evidence;

/// What a policy can be about, each with the words that say so.
const ABOUT: [(&str, &[&str]); 11] = [
    ("legacy", &["legacy", "basic auth"]),
    ("guests", &["guest", "external"]),
    ("azure", &["azure", "management"]),
    ("sign-in risk", &["risky sign-in", "sign-in risk", "signin risk"]),
    ("user risk", &["user risk", "risky user"]),
    ("registering", &["register", "registration", "security info"]),
    ("devices", &["compliant", "managed device", "device compliance"]),
    ("phishing", &["phishing-resistant", "phishing resistant", "fido"]),
    ("session", &["session", "sign-in frequency", "every eight hours"]),
    ("locations", &["location", "countr", "network"]),
    ("mfa for all", &["mfa for all", "multifactor authentication for all", "mfa all users"]),
];

/// The names that the organization's policies had at its last review.
pub(super) fn known(evidence: &Evidence) -> Vec<String> {
    let reviews = &evidence.reviews;
    let last = reviews.last.as_ref().map(|review| review.names.clone());
    last.or_else(|| reviews.open.as_ref().map(|review| review.names.clone())).unwrap_or_default()
}

/// The changes that give policies of the tenant the names of the organization's.
pub(super) fn renamed(tenants: &[String], theirs: &[String]) -> Vec<Damage> {
    let mut left: Vec<&String> = theirs.iter().filter(|name| !name.trim().is_empty()).collect();
    let mut changes = Vec::new();
    for name in tenants {
        let Some(about) = about(name) else { continue };
        let Some(at) = left.iter().position(|one| self::about(one) == Some(about)) else { continue };
        let new = left.remove(at);
        if new != name && !tenants.contains(new) {
            changes.push(renaming(name, new));
        }
    }
    changes
}

fn about(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    let hit = ABOUT.iter().find(|(_, words)| words.iter().any(|word| name.contains(word)));
    hit.map(|(about, _)| *about)
}

fn renaming(from: &str, to: &str) -> Damage {
    let parameters = [("policy", from), ("name", to)];
    let parameters = parameters.into_iter().map(|(name, value)| (name.to_owned(), value.into())).collect();
    Damage { change: "policy-edited".to_owned(), parameters }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_takes_the_name_of_one_that_is_about_the_same_and_of_no_other() {
        let tenants = ["CA001 Require MFA for all users", "CA002 Block legacy authentication", "CA099 Terms"];
        let theirs = ["Pilot: block Legacy Auth", "Terms of use", "GRANT - MFA for all", "Legacy, second"];
        let own = |names: &[&str]| names.iter().map(ToString::to_string).collect::<Vec<_>>();
        let changes = renamed(&own(&tenants), &own(&theirs));
        let said: Vec<String> = changes
            .iter()
            .map(|one| format!("{} -> {}", one.parameters["policy"], one.parameters["name"]))
            .collect();
        assert_eq!(
            said,
            [
                "\"CA001 Require MFA for all users\" -> \"GRANT - MFA for all\"",
                "\"CA002 Block legacy authentication\" -> \"Pilot: block Legacy Auth\"",
            ]
        );
        assert!(renamed(&own(&tenants), &own(&tenants)).is_empty());
    }
}
