//! The real binary, without a person, on the rehearsal tenant: a plan whose First account is kept by a system, which here is
//! two small scripts.

use std::os::unix::fs::PermissionsExt as _;

use crate::support::{Home, words};

/// A store as two scripts, and the part of a plan that names it.
fn store(home: &Home, store: &str) -> String {
    let folder = home.path("vault");
    std::fs::create_dir_all(&folder).expect("a folder");
    let script = |name: &str, body: &str| {
        let path = folder.join(name);
        std::fs::write(&path, format!("#!/bin/sh\n{body}\n")).expect("a script");
        std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o755)).expect("it may run");
        path.display().to_string()
    };
    let kept = format!("{}/{{account}}-{{what}}", folder.display());
    format!(
        "[[systems]]\nname = \"V\"\nplace = \"Sample vault\"\nstore = [\"{}\", \"{kept}\"]\nread = [\"{}\", \"{kept}\"]\n\n",
        script("store", store),
        script("read", "cat \"$1\"")
    )
}

/// The example plan whose First account is kept by that store.
fn plan(home: &Home, systems: &str) {
    let first = "safe = \"A1\"\n# The safe that holds the slip with the PIN of the key; never the safe of the key itself.\npin_safe = \"A1\"";
    let kept = "safe = \"V\"\npin_safe = \"V\"";
    let accounts = "# The accounts, First to Fourth.";
    home.plan_with(&[
        (first, kept),
        (accounts, &format!("{systems}{accounts}")),
        ("about = \"paper.destroyed:", "about = \"test.logged:"),
    ]);
}

fn kept(home: &Home, name: &str) -> String {
    std::fs::read_to_string(home.path("vault").join(name)).unwrap_or_default()
}

#[test]
fn a_plan_with_a_system_is_carried_out_without_a_person() {
    let home = Home::new();
    let mut command = home.setup("p1");
    let systems = store(&home, "cat > \"$1\"");
    plan(&home, &systems);
    let output = command.output().expect("it runs");
    let said = words(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    let flat = said.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains("sign in through this tenant"), "it is said what is open: {said}");
    assert_eq!(kept(&home, "first-password").chars().count(), 32);
    assert_eq!((kept(&home, "first-pin-1").len(), kept(&home, "first-pin-2").len()), (8, 8));
    let slips = std::fs::read_dir(home.record().join("slips")).expect("a folder");
    let names: Vec<String> =
        slips.flatten().map(|file| file.file_name().to_string_lossy().into_owned()).collect();
    assert!(names.iter().all(|name| name.contains("second")), "{names:?}");
    let of_system =
        home.journal().iter().filter(|line| line["entry"]["checked"] == "read-from-system").count();
    assert_eq!(of_system, 3);
    let journal = home.journal().iter().map(ToString::to_string).collect::<String>();
    assert!(!journal.contains(&kept(&home, "first-password")[..8]), "the record holds a part of it");
}

#[test]
fn a_store_that_keeps_a_part_leaves_the_slip_open_and_says_why() {
    let home = Home::new();
    let mut command = home.setup("p1");
    let systems = store(&home, "head -c 6 > \"$1\"");
    plan(&home, &systems);
    let output = command.output().expect("it runs");
    let said = words(&output);
    assert!(said.contains("Only the first 6 of"), "{said}");
    assert!(!home.journal().iter().any(|line| line["entry"]["checked"] == "read-from-system"));
    assert_ne!(output.status.code(), Some(0));
}
