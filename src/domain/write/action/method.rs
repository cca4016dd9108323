//! Opening a method policy: what is told of it, and which targets it has afterwards.
//!
//! One that is on keeps every target. One that is off is opened to our target alone: switching it on for those that it
//! names would be a decision about them, so the sentence says how many are left out.

use serde_json::Value;

use super::PolicyMethod;
use crate::domain::facts::{EVERYBODY, Original};
use crate::domain::text::counted;

/// Whether the policy was on.
fn is_on(original: &Original) -> bool {
    original.body["state"] == "enabled"
}

/// Every target of the policy afterwards.
pub(in crate::domain::write) fn targets(target: Option<&Value>, original: &Original) -> Vec<Value> {
    let kept = if is_on(original) { others(target, original) } else { Vec::new() };
    let own = included(original).iter().find(|one| target.is_some_and(|target| target["id"] == one["id"]));
    kept.into_iter().chain(own.filter(|_| is_on(original)).or(target).cloned()).collect()
}

pub(super) fn opening(method: PolicyMethod, target: Option<&Value>, original: &Original) -> String {
    let what = match target {
        Some(_) => format!("Allow {} for the exclusion group", method.words()),
        None => format!("Let users register {} by themselves", method.words()),
    };
    let others = told(&others(target, original));
    let others = match (others.as_str(), is_on(original)) {
        ("", _) => String::new(),
        (kept, true) => format!(", keeping {kept}"),
        (left_out, false) => format!(", instead of {left_out}, named in it while it is off"),
    };
    format!("{what}, in the tenant's method policy{others}")
}

fn told(targets: &[Value]) -> String {
    match targets {
        [] => String::new(),
        some if some.iter().any(|one| one["id"] == EVERYBODY) => "everybody".to_owned(),
        some => counted(some.len(), "target", "targets"),
    }
}

fn included(original: &Original) -> &[Value] {
    original.body["includeTargets"].as_array().map(Vec::as_slice).unwrap_or_default()
}

/// The targets that are not ours.
fn others(target: Option<&Value>, original: &Original) -> Vec<Value> {
    let is_ours = |one: &&Value| target.is_some_and(|target| target["id"] == one["id"]);
    included(original).iter().filter(|one| !is_ours(one)).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn policy(state: &str, ids: &[&str]) -> Original {
        let targets: Vec<Value> = ids.iter().map(|id| json!({"id": id, "kept": true})).collect();
        Original::new("", json!({"state": state, "includeTargets": targets}))
    }

    fn ids(targets: &[Value]) -> Vec<&str> {
        targets.iter().filter_map(|one| one["id"].as_str()).collect()
    }

    #[test]
    fn a_policy_that_is_on_keeps_every_target_and_one_that_is_off_says_which_it_loses() {
        let ours = json!({"id": "ours"});
        for (state, before, after, told) in [
            ("enabled", vec![], vec!["ours"], "method policy"),
            ("enabled", vec!["a", "b"], vec!["a", "b", "ours"], "keeping 2 targets"),
            ("enabled", vec!["ours", "a"], vec!["a", "ours"], "keeping 1 target"),
            ("disabled", vec!["a"], vec!["ours"], "instead of 1 target, named in it while it is off"),
            (
                "disabled",
                vec!["all_users"],
                vec!["ours"],
                "instead of everybody, named in it while it is off",
            ),
            ("disabled", vec!["ours"], vec!["ours"], "method policy"),
        ] {
            let original = policy(state, &before);
            assert_eq!(ids(&targets(Some(&ours), &original)), after);
            let sentence = opening(PolicyMethod::Sms, Some(&ours), &original);
            assert!(sentence.ends_with(told), "{sentence}");
        }
        let everybody = policy("enabled", &["all_users"]);
        assert_eq!(ids(&targets(None, &everybody)), ["all_users"]);
        let own = targets(Some(&ours), &policy("enabled", &["ours"]));
        assert_eq!(own[0]["kept"], true, "our own target is kept as it is");
        let anew = targets(Some(&ours), &policy("disabled", &["ours"]));
        assert!(anew[0]["kept"].is_null(), "of one that is off nothing stays");
    }
}
