//! Writing to a live tenant: a person types its name first, and an unattended run is told twice which tenant it is.

use breakglass::rehearsal::TENANT_ID;

use crate::plain;
use crate::served::Served;
use crate::support::{Person, choice, words};

fn live(seed: &str) -> Served {
    let served = Served::new(seed, Vec::new());
    served.mark_live();
    served
}

#[test]
fn unattended_needs_the_tenant_spelled_out_twice() {
    let served = live("p1");
    for more in [vec![], vec!["--yes-write-to", "11111111-2222-4333-8444-555555555555"]] {
        let output = served.setup().args(more).output().expect("it runs");
        assert_eq!(output.status.code(), Some(64), "{}", words(&output));
        assert!(words(&output).contains(&format!("--yes-write-to {TENANT_ID}")), "{}", words(&output));
        assert!(served.home.journal().is_empty(), "it began all the same");
    }
    let output = served.setup().arg("--dry-run").output().expect("it runs");
    assert_ne!(output.status.code(), Some(64), "a dry run writes nothing: {}", words(&output));
    let output = served.setup().args(["--yes-write-to", TENANT_ID]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2), "nobody is named who tests: {}", words(&output));
    let output = with_testers(&served).args(["--yes-write-to", TENANT_ID]).output().expect("it runs");
    assert_eq!(output.status.code(), Some(0), "{}", words(&output));
    for line in served.home.journal().iter().filter(|line| line["entry"]["entry"] == "tested") {
        assert_eq!(line["entry"]["person"], "Sample Tester");
    }
}

/// The setup with a plan that names who signs in as each account.
fn with_testers(served: &Served) -> std::process::Command {
    let command = served.setup();
    let path = served.home.path("plan.toml");
    let mut plan = std::fs::read_to_string(&path).expect("the plan");
    for slot in ["first", "second"] {
        plan += &format!(
            "\n[[attestations]]\nabout = \"test.sign-in:{slot}\"\ntenant = \"{TENANT_ID}\"\n\
             person = \"Sample Tester\"\ndate = \"2026-11-02\"\n"
        );
    }
    std::fs::write(path, plan).expect("the plan can be written");
    command
}

#[test]
fn nothing_is_written_to_a_live_tenant_before_its_name_was_typed() {
    let served = live("p1");
    let mut command = served.home.breakglass();
    command.arg("--plain").args(served.options()).arg("--plan").arg(served.home.plan());
    let mut person = Person::at(command);
    let wishes =
        ["Set up the accounts", "Go on to the plan", "The plan stands", "Not now", "Write ", "Do it for me"];
    let intends = |served: &Served| served.home.journal().iter().any(|l| l["entry"]["entry"] == "intends");
    let mut wrong = 0;
    for _ in 0..30 {
        let shown = person.next_question().expect("it goes on");
        let shown = &shown[shown.rfind("\nbreakglass  ").unwrap_or_default()..];
        if shown.ends_with("Name of the tenant: ") {
            assert!(shown.contains("Fabrikam Rehearsal") && !intends(&served), "{shown}");
            assert!(wrong != 1 || shown.contains("That is not the name"), "{shown}");
            wrong += 1;
            person.type_line(["contoso", "", "fabrikam rehearsal"][(wrong - 1).min(2)]);
            if wrong == 3 {
                break;
            }
            continue;
        }
        let next = wishes.iter().find_map(|words| choice(shown, words));
        let line = next.unwrap_or_else(|| panic!("no way on from:\n{shown}"));
        person.type_line(
            if shown.ends_with(": ") && !shown.ends_with("Number: ") && !shown.ends_with("3): ") {
                "/1"
            } else {
                &line
            },
        );
    }
    assert_eq!(wrong, 3, "the name was never asked for");
    person.next_question();
    assert!(intends(&served), "the right name did not let it write");
    person.leave();
}

#[test]
fn a_whole_setup_of_a_live_tenant_asks_for_the_name_once() {
    let served = live("p1");
    let mut command = served.home.breakglass();
    command.arg("--plain").args(served.options());
    let (screens, seen) = plain::walk(command);
    assert_eq!(screens.matches("Before the first write").count(), 1, "{screens}");
    assert!(plain::point(&seen, "1. There are at least two").contains('✓'), "{screens}");
    assert!(screens.contains("LIVE"));
}
