//! A plan with a secret management system in the place of a safe: what it may keep, and what is refused with its reason.

use breakglass::domain::plan::{Plan, SecondHalf, System, plan_file};
use breakglass::domain::record::SlipKind;
use breakglass::domain::slot::Slot;

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

/// The example plan whose First account has password and PINs in a system.
pub fn with_system() -> Plan {
    let mut plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    plan.systems.push(System {
        name: "V".to_owned(),
        place: "Sample vault, vault.example.com".to_owned(),
        store: words("vault kv put -mount=secret breakglass/{account}-{what} value=-"),
        read: words("vault kv get -mount=secret -field=value breakglass/{account}-{what}"),
    });
    plan.accounts[0].safe = "V".to_owned();
    plan.accounts[0].pin_safe = Some("V".to_owned());
    plan
}

#[test]
fn it_is_in_order_written_and_read_back_and_its_commands_are_filled() {
    let plan = with_system();
    assert_eq!(plan_file::validate(&plan), Vec::<String>::new());
    assert_eq!(plan_file::read(&plan_file::write(&plan)).expect("it is in order"), plan);
    let commands = plan.system_of(Slot::FIRST, SlipKind::Pin { key: 1 }).expect("its PIN is kept there");
    assert_eq!(commands.store[4], "breakglass/first-pin-2");
    assert_eq!(plan.system_of(Slot::new(1), SlipKind::Password), None);
    assert_eq!(plan.place_words("V"), "system V, Sample vault, vault.example.com");
}

#[test]
fn the_lines_of_the_example_are_a_plan_without_their_comment_marks() {
    let mut inside = false;
    let text = plan_file::example().lines().map(|line| {
        inside = (inside || line == "# [[systems]]") && line.starts_with("# ");
        if inside { line.trim_start_matches("# ").to_owned() } else { line.to_owned() }
    });
    let text: Vec<String> = text.collect();
    let plan = plan_file::read(&text.join("\n")).expect("it is in order");
    assert_eq!(plan.systems.len(), 1);
}

#[test]
fn what_a_system_cannot_keep_is_refused_in_clear_words() {
    type Change = fn(&mut Plan);
    let table: [(Change, &str); 11] = [
        (|plan| plan.accounts[0].keys[0].safe = "V".to_owned(), "is a thing and lies in a safe"),
        (
            |plan| {
                let second = SecondHalf { safe: "A2".to_owned(), custodian: "Sample Person C".to_owned() };
                plan.accounts[0].second_half = Some(second);
            },
            "could read both halves",
        ),
        (|plan| plan.systems[0].name = "A1".to_owned(), "a name of its own"),
        (|plan| plan.systems[0].place = " ".to_owned(), "a name and a place"),
        (|plan| plan.systems[0].store.clear(), "store must name a program"),
        (|plan| plan.systems[0].read = vec![String::new()], "read must name a program"),
        (|plan| plan.systems[0].store.push("value={secret}".to_owned()), "standard input"),
        (|plan| plan.systems[0].store.push("a\nb".to_owned()), "control character"),
        (
            |plan| plan.systems[0].store[4] = "breakglass/{account}".to_owned(),
            "its store command does not tell",
        ),
        (
            |plan| plan.systems[0].read[5] = "breakglass/{account}".to_owned(),
            "its read command does not tell",
        ),
        (|plan| plan.systems[0].read[5] = "one".to_owned(), "to keep 3 secrets"),
    ];
    for (change, words) in table {
        let mut plan = with_system();
        change(&mut plan);
        let wrong = plan_file::validate(&plan).join(" ");
        assert!(wrong.contains(words), "{words}: {wrong}");
    }
    let mut together = with_system();
    together.accounts[1].safe = "V".to_owned();
    assert!(plan_file::validate(&together).join(" ").contains("must not lie in one place"));
}

#[test]
fn a_secret_as_a_key_beside_the_commands_is_still_refused() {
    let text = plan_file::write(&with_system()) + "\n[systems_password]\nvalue = \"x\"\n";
    assert!(plan_file::read(&text).expect_err("a secret").what.contains("seems to hold a secret"));
}
