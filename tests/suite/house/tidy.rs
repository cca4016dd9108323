//! The house rules that a compiler does not check: floors, purity, and faces that name no step.

use std::fs;
use std::path::{Path, PathBuf};

/// Which floor a module stands on. Imports only go down, or stay within the module.
const FLOORS: [(&str, u8); 11] = [
    ("domain", 0),
    ("steps", 0),
    ("guide", 0),
    ("journeys", 1),
    ("tenant", 2),
    ("rehearsal", 2),
    ("paper", 2),
    ("effects", 2),
    ("ui", 3),
    ("app", 3),
    ("cli", 3),
];

/// Allowed within one floor: what a module may use of its neighbors.
const NEIGHBORS: [(&str, &[&str]); 7] = [
    ("domain", &[]),
    ("steps", &["domain", "guide"]),
    ("guide", &["domain"]),
    ("tenant", &[]),
    ("rehearsal", &[]),
    ("paper", &[]),
    ("effects", &["tenant", "paper"]),
];

fn sources() -> Vec<PathBuf> {
    fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).expect("src can be read") {
            let path = entry.expect("entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found
}

fn module_of(path: &Path) -> String {
    let inside = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).expect("in src");
    let first = inside.components().next().expect("a component").as_os_str().to_string_lossy();
    first.trim_end_matches(".rs").to_owned()
}

fn floor(module: &str) -> Option<u8> {
    FLOORS.iter().find(|(name, _)| *name == module).map(|(_, floor)| *floor)
}

/// Every `crate::module` named in `text`.
fn imports(text: &str) -> Vec<String> {
    text.match_indices("crate::")
        .map(|(at, word)| {
            let rest = &text[at + word.len()..];
            rest.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect()
        })
        .collect()
}

/// The text of a file without its unit tests, which may look anywhere.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).expect("source can be read");
    text.split("#[cfg(test)]").next().unwrap_or_default().to_owned()
}

#[test]
fn imports_only_go_down_the_floors() {
    for path in sources() {
        let module = module_of(&path);
        let Some(own) = floor(&module) else { continue };
        for import in imports(&code(&path)) {
            let Some(other) = floor(&import) else { continue };
            let neighbors = NEIGHBORS.iter().find(|(name, _)| *name == module).map(|(_, n)| *n);
            let allowed = import == module
                || other < own
                || other == own && neighbors.is_none_or(|n| n.contains(&import.as_str()));
            assert!(allowed, "{} imports crate::{import}, which is not below it", path.display());
        }
    }
}

#[test]
fn the_rehearsal_shares_nothing_with_the_client() {
    for path in sources().into_iter().filter(|p| module_of(p) == "rehearsal") {
        let imports = imports(&code(&path));
        assert!(imports.iter().all(|i| i == "rehearsal"), "{} imports {imports:?}", path.display());
    }
}

#[test]
fn floors_0_and_1_do_no_io_and_read_no_clock() {
    let forbidden =
        ["std::fs", "std::net", "std::env::var", "tokio", "reqwest", "async fn", "Instant::now", "::now()"];
    for path in sources() {
        if floor(&module_of(&path)).is_some_and(|f| f <= 1) {
            let code = code(&path);
            for word in forbidden {
                assert!(!code.contains(word), "{} uses {word}", path.display());
            }
        }
    }
}

#[test]
fn faces_name_no_step() {
    for path in sources().into_iter().filter(|p| module_of(p) == "ui") {
        let imports = imports(&code(&path));
        assert!(!imports.contains(&"steps".to_owned()), "{} names a step", path.display());
    }
}

#[test]
fn every_file_says_what_it_is_for_and_stays_readable() {
    for path in sources() {
        let text = fs::read_to_string(&path).expect("source can be read");
        assert!(text.starts_with("//! "), "{} has no paragraph of its own", path.display());
        let lines = text.lines().count();
        assert!(lines <= 700, "{} has {lines} lines", path.display());
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/suite");
    let main = fs::read_to_string(folder.join("main.rs")).expect("main.rs");
    for entry in fs::read_dir(&folder).expect("tests/suite") {
        let name = entry.expect("entry").file_name().to_string_lossy().into_owned();
        if let Some(module) = name.strip_suffix(".rs").filter(|m| *m != "main") {
            assert!(main.contains(&format!("mod {module};")), "tests/suite/{name} is never compiled");
        }
    }
}
