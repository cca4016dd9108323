//! What a policy asks of whom it reaches: the authentication strength, and everything else that may stop somebody.
//!
//! Read from the object when it is asked for: only the few policies aimed at the emergency access accounts are. It decides
//! nothing about accounts. Fields as in contract 6 and 16.

use serde_json::Value;

use super::is_nothing;

/// What a policy asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Demands {
    /// Controls and conditions other than a strength, each in words that follow the policy's name.
    pub hurdles: Vec<String>,
    /// The authentication strength.
    pub strength: Strength,
}

/// An authentication strength.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Strength {
    /// None is asked for.
    None,
    /// One of these combinations of methods, in Graph's words; a key only of one of these models, where any are named.
    OneOf {
        /// `allowedCombinations`.
        combinations: Vec<String>,
        /// `allowedAAGUIDs` of its keys, in lower case.
        models: Vec<String>,
    },
    /// One that does not say what it takes.
    Unknown,
}

/// Combinations of the built-in strength "Multifactor authentication" that this program can look up (contract 6).
const MULTIFACTOR: [&str; 4] = ["fido2", "x509CertificateMultiFactor", "password,sms", "password,voice"];
/// Session controls that stop nobody: they only ask for the same again.
const HARMLESS: [&str; 2] = ["signInFrequency", "persistentBrowser"];

impl Demands {
    /// What the policy `raw` asks for.
    pub(super) fn of(raw: &Value) -> Self {
        let grant = &raw["grantControls"];
        let mut hurdles: Vec<String> =
            texts(&grant["builtInControls"]).filter(|c| *c != "mfa").map(control).collect();
        if !is_nothing(&grant["customAuthenticationFactors"]) {
            hurdles.push("asks for a custom control".to_owned());
        }
        if !is_nothing(&grant["termsOfUse"]) {
            hurdles.push("asks for terms of use to be accepted".to_owned());
        }
        hurdles.extend(conditions(&raw["conditions"]).map(|what| format!("depends on {what}")));
        hurdles
            .extend(sessions(&raw["sessionControls"]).map(|name| format!("sets the session control {name}")));
        Self { hurdles, strength: strength(grant) }
    }
}

fn control(name: &str) -> String {
    match name {
        "block" => "blocks every sign-in that it reaches".to_owned(),
        "compliantDevice" => "asks for a compliant device".to_owned(),
        "domainJoinedDevice" => "asks for a joined device".to_owned(),
        "approvedApplication" => "asks for an approved app".to_owned(),
        "compliantApplication" => "asks for an app with a protection policy".to_owned(),
        "passwordChange" => "asks for a new password".to_owned(),
        other => format!("asks for {}", crate::domain::text::clean(other)),
    }
}

/// What a sign-in has to be like, beside who makes it and to what.
fn conditions(conditions: &Value) -> impl Iterator<Item = &'static str> {
    let is_set = |name: &str| !is_nothing(&conditions[name]);
    let places = &conditions["locations"];
    let platforms = &conditions["platforms"];
    [
        (narrows(places, "Locations"), "the location"),
        (narrows(platforms, "Platforms"), "the platform"),
        (is_set("signInRiskLevels"), "the risk of the sign-in"),
        (is_set("userRiskLevels"), "the risk of the user"),
        (is_set("insiderRiskLevels"), "the risk of an insider"),
        (is_set("devices") || is_set("deviceStates"), "the device"),
    ]
    .into_iter()
    .filter_map(|(is_set, what)| is_set.then_some(what))
}

/// Everywhere and every platform is no condition, as long as nothing is left out.
fn narrows(condition: &Value, noun: &str) -> bool {
    let included: Vec<&str> = texts(&condition[format!("include{noun}")]).collect();
    let excludes = !is_nothing(&condition[format!("exclude{noun}")]);
    let every = included.iter().all(|item| item.eq_ignore_ascii_case("all"));
    excludes || !every
}

fn sessions(controls: &Value) -> impl Iterator<Item = &str> {
    let members = controls.as_object().into_iter().flatten();
    members
        .filter(|(name, value)| !name.contains('@') && is_on(value) && !HARMLESS.contains(&name.as_str()))
        .map(|(name, _)| name.as_str())
}

fn is_on(control: &Value) -> bool {
    match control {
        Value::Null => false,
        Value::Bool(on) => *on,
        Value::Object(members) => members.get("isEnabled") != Some(&Value::Bool(false)),
        Value::Number(_) | Value::String(_) | Value::Array(_) => true,
    }
}

fn strength(grant: &Value) -> Strength {
    let strength = &grant["authenticationStrength"];
    if strength.is_null() {
        let multifactor = texts(&grant["builtInControls"]).any(|control| control == "mfa");
        let combinations = MULTIFACTOR.map(str::to_owned).to_vec();
        return if multifactor {
            Strength::OneOf { combinations, models: Vec::new() }
        } else {
            Strength::None
        };
    }
    let combinations: Vec<String> = texts(&strength["allowedCombinations"]).map(str::to_owned).collect();
    let narrowed = strength["combinationConfigurations"].as_array().into_iter().flatten();
    let models = narrowed.flat_map(|one| texts(&one["allowedAAGUIDs"])).map(str::to_lowercase).collect();
    if combinations.is_empty() { Strength::Unknown } else { Strength::OneOf { combinations, models } }
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    value.as_array().into_iter().flatten().filter_map(Value::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn hurdles(policy: &Value) -> String {
        Demands::of(policy).hurdles.join("; ")
    }

    #[test]
    fn a_strength_alone_is_no_hurdle() {
        let policy = json!({"conditions": {"locations": null, "platforms": {"includePlatforms": ["all"]}},
            "grantControls": {"operator": "OR", "builtInControls": [], "termsOfUse": [],
                "authenticationStrength": {"allowedCombinations": ["fido2"]}},
            "sessionControls": {"signInFrequency": {"isEnabled": true}, "disableResilienceDefaults": null}});
        let demands = Demands::of(&policy);
        assert_eq!(demands.hurdles, Vec::<String>::new());
        let combinations = vec!["fido2".to_owned()];
        assert_eq!(demands.strength, Strength::OneOf { combinations, models: Vec::new() });
    }

    #[test]
    fn every_control_that_may_stop_somebody_is_named() {
        for (control, told) in [
            ("block", "blocks"),
            ("compliantDevice", "compliant device"),
            ("domainJoinedDevice", "joined device"),
            ("approvedApplication", "approved app"),
            ("compliantApplication", "protection policy"),
            ("passwordChange", "new password"),
            ("inventedLater", "inventedLater"),
        ] {
            let told_so = hurdles(&json!({"grantControls": {"builtInControls": [control]}}));
            assert!(told_so.contains(told), "{control}: {told_so}");
        }
        assert!(hurdles(&json!({"grantControls": {"termsOfUse": ["t"]}})).contains("terms of use"));
        let resilience = json!({"sessionControls": {"disableResilienceDefaults": true}});
        assert!(hurdles(&resilience).contains("disableResilienceDefaults"));
    }

    #[test]
    fn every_condition_that_may_catch_them_is_named() {
        for (conditions, told) in [
            (json!({"locations": {"includeLocations": ["All"], "excludeLocations": ["x"]}}), "location"),
            (json!({"locations": {"includeLocations": ["x"]}}), "location"),
            (json!({"platforms": {"includePlatforms": ["linux"]}}), "platform"),
            (json!({"signInRiskLevels": ["high"]}), "risk of the sign-in"),
            (json!({"userRiskLevels": ["high"]}), "risk of the user"),
            (json!({"devices": {"deviceFilter": {"mode": "include"}}}), "device"),
        ] {
            let told_so = hurdles(&json!({"conditions": conditions}));
            assert!(told_so.contains(told), "{told}: {told_so}");
        }
    }

    #[test]
    fn a_strength_that_does_not_say_what_it_takes_is_unknown() {
        let named_only = json!({"grantControls": {"authenticationStrength": {"id": "x"}}});
        assert_eq!(Demands::of(&named_only).strength, Strength::Unknown);
        assert_eq!(Demands::of(&json!({})).strength, Strength::None);
    }
}
