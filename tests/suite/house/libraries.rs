//! Libraries: a reason beside each, no feature that comes unasked, and duplicates that are told with theirs.

use std::collections::{BTreeMap, BTreeSet};

use toml::Value;

const MANIFEST: &str = include_str!("../../../Cargo.toml");
const LOCK: &str = include_str!("../../../Cargo.lock");
const DENY: &str = include_str!("../../../deny.toml");

/// Names of libraries in `text`, each with the line above it.
fn declared(text: &str) -> Vec<(&str, &str)> {
    let mut inside = false;
    let mut above = "";
    let mut all = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') {
            inside = line.ends_with("dependencies]");
        } else if let Some((name, _)) = line.split_once(" = ").filter(|_| inside) {
            all.push((name, above));
        }
        above = line;
    }
    all
}

fn without_a_reason(text: &str) -> Vec<&str> {
    let has_one = |above: &str| above.strip_prefix("# ").is_some_and(|reason| !reason.starts_with('-'));
    declared(text).into_iter().filter(|(_, above)| !has_one(above)).map(|(name, _)| name).collect()
}

#[test]
fn each_has_a_reason_of_its_own() {
    assert!(declared(MANIFEST).len() > 40);
    assert_eq!(without_a_reason(MANIFEST), Vec::<&str>::new());
    let made_up = "[dependencies]\n# ---- a heading\nbare = \"1\"\n# why\ngood = \"1\"\nnext = \"1\"\n[lints]\nx = \"y\"\n";
    assert_eq!(without_a_reason(made_up), ["bare", "next"]);
}

/// Every package of the lock file.
fn locked() -> Vec<Value> {
    let lock: Value = toml::from_str(LOCK).expect("TOML");
    lock["package"].as_array().expect("packages").clone()
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

#[test]
fn all_come_from_the_registry_with_a_checksum() {
    let is_known = |package: &&Value| {
        text(package, "source").starts_with("registry+") && !text(package, "checksum").is_empty()
    };
    let locked = locked();
    let strangers: Vec<String> =
        locked.iter().filter(|package| !is_known(package)).map(|package| text(package, "name")).collect();
    assert_eq!(strangers, ["breakglass"]);
}

#[test]
fn what_is_skipped_is_there_and_everything_has_a_reason() {
    let deny: Value = toml::from_str(DENY).expect("TOML");
    let listed = |key: &str| -> BTreeMap<String, String> {
        let entries = deny["bans"][key].as_array().expect("a list");
        entries.iter().map(|entry| (text(entry, "name"), text(entry, "reason"))).collect()
    };
    let at = |package: &Value| format!("{}@{}", text(package, "name"), text(package, "version"));
    let there: BTreeSet<String> = locked().iter().map(at).collect();
    for (name, reason) in listed("skip") {
        assert!(there.contains(&name), "{name} is not there any more");
        assert!(!reason.is_empty(), "{name} has no reason");
    }
    for (name, reason) in listed("deny") {
        assert!(!reason.is_empty(), "{name} has no reason");
    }
}
