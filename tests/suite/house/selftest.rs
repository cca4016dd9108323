//! `breakglass selftest`: every guard has a line and a standing, programs read the same, and the exit code says whether all
//! of it holds here.

use crate::support::{Home, words};

#[test]
fn it_tells_people_and_programs_the_same_and_ends_with_what_it_found() {
    let home = Home::new();
    let told = home.breakglass().arg("selftest").output().expect("it runs");
    let json = home.breakglass().args(["selftest", "--json"]).output().expect("it runs");
    let report: serde_json::Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert_eq!(report["format"], 1, "{report}");
    let guards = report["guards"].as_array().expect("guards");
    for guard in guards {
        let (name, meaning) = (guard["name"].as_str().unwrap_or_default(), guard["meaning"].as_str());
        assert!(words(&told).contains(name) && meaning.is_some_and(|words| words.ends_with('.')), "{guard}");
    }
    let is_weak = guards.iter().any(|guard| guard["standing"] == "weak");
    assert_eq!(report["sound"], !is_weak, "{report}");
    assert_eq!(told.status.code(), Some(i32::from(is_weak)), "{}", words(&told));
    assert_eq!(json.status.code(), told.status.code());
}

#[test]
#[cfg(target_os = "linux")]
fn the_allocator_of_the_program_wipes_what_it_frees() {
    let output = Home::new().breakglass().args(["selftest", "--json"]).output().expect("it runs");
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let guards = report["guards"].as_array().expect("guards");
    for name in ["freed memory", "other programs", "crash files", "crash collector", "debuggers"] {
        let guard = guards
            .iter()
            .find(|guard| guard["name"] == name)
            .unwrap_or_else(|| panic!("no {name}: {report}"));
        assert_eq!(guard["standing"], "good", "{guard}");
    }
}

#[test]
fn a_recorder_is_weak_and_ends_with_1() {
    let output =
        Home::new().breakglass().arg("selftest").env("SCRIPT", "typescript").output().expect("it runs");
    assert_eq!(output.status.code(), Some(1), "{}", words(&output));
    assert!(words(&output).contains("script(1)"), "{}", words(&output));
}
