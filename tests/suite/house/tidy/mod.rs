//! The house rules that a compiler does not check: who may import whom, no circles, purity, and files that stay readable.
//!
//! `source` reads a file, `imports` finds out where its paths lead, `rules` is the table of what is allowed, `tuples` looks
//! at what functions take, and `refused` shows on small sources that what breaks a rule is seen.

mod imports;
mod refused;
mod rules;
mod source;
mod tuples;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use imports::Crate;

/// No file is longer, in `src` and in `tests`.
const MOST_LINES: usize = 400;

/// Floors 0 and 1.
const PURE: [&str; 4] = ["domain", "guide", "steps", "journeys"];

/// Every file below `folder` of the project, with its text.
fn files(folder: &str) -> Vec<(PathBuf, String)> {
    fn collect(folder: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in fs::read_dir(folder).expect("a folder can be read") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") {
                let text = fs::read_to_string(&path).expect("a source can be read");
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), &mut found);
    found
}

/// The files of `src` by their name below it.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let name = |path: PathBuf| {
        let parts = path.strip_prefix(&root).expect("it is in src").components();
        parts.map(|part| part.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/")
    };
    files("src").into_iter().map(|(path, text)| (name(path), text)).collect()
}

/// The crate, read once.
fn house() -> &'static Crate {
    static HOUSE: LazyLock<Crate> = LazyLock::new(|| Crate::read(&sources()));
    &HOUSE
}

#[test]
fn every_import_is_one_that_the_table_allows() {
    let broken: Vec<String> = rules::broken(house());
    assert!(broken.is_empty(), "imported although the table does not allow it: {broken:#?}");
}

#[test]
fn no_files_import_each_other_in_a_circle() {
    let house = house();
    for folder in rules::WITHOUT_CIRCLES {
        let circles = house.circles(folder);
        assert!(circles.is_empty(), "{folder}: files import each other in a circle: {circles:#?}");
    }
}

#[test]
fn a_face_and_what_is_above_it_do_not_import_each_other() {
    let house = house();
    let ways: BTreeSet<(String, String)> =
        house.imports().iter().map(|it| (rules::part(&it.file.module), rules::part(&it.origin))).collect();
    let way = |from: &str, to: &str| ways.contains(&(from.to_owned(), to.to_owned()));
    assert!(!(way("ui", "app") && way("app", "ui")), "app and ui import each other");
}

#[test]
fn floors_0_and_1_do_no_io_and_read_no_clock() {
    let forbidden =
        ["std::fs", "std::net", "std::env::var", "tokio", "reqwest", "async fn", "Instant::now", "::now()"];
    for (name, text) in sources() {
        if PURE.iter().any(|floor| name.starts_with(&format!("{floor}/"))) {
            let code = text.split("#[cfg(test)]").next().unwrap_or_default();
            for word in forbidden {
                assert!(!code.contains(word), "{name} uses {word}");
            }
        }
    }
}

#[test]
fn no_function_takes_several_things_as_one_tuple() {
    let taking = tuples::taken(&sources());
    assert!(
        taking.is_empty(),
        "a tuple for a parameter is a type with a name, or several parameters: {taking:#?}"
    );
}

#[test]
fn every_file_says_what_it_is_for_and_stays_readable() {
    for (path, text) in [files("src"), files("tests")].concat() {
        assert!(text.starts_with("//! "), "{} has no paragraph of its own", path.display());
        let lines = text.lines().count();
        assert!(lines <= MOST_LINES, "{} has {lines} lines", path.display());
    }
}

#[test]
fn no_test_file_is_forgotten() {
    let suite = files("tests/suite");
    for (path, _) in &suite {
        let name = path.file_stem().expect("a name").to_string_lossy();
        let (folder, module) = match name.as_ref() {
            "main" => continue,
            "mod" => (path.parent().and_then(Path::parent), path.parent().and_then(Path::file_name)),
            _ => (path.parent(), path.file_stem()),
        };
        let (folder, module) = (folder.expect("a folder"), module.expect("a name").to_string_lossy());
        let parent = suite.iter().find(|(p, _)| {
            p.parent() == Some(folder) && p.file_stem().is_some_and(|stem| stem == "mod" || stem == "main")
        });
        let declared = parent.is_some_and(|(_, text)| text.contains(&format!("mod {module};")));
        assert!(declared, "{} is never compiled", path.display());
    }
}
