//! The plan as a file: whatever a person writes is read as written, or refused in words that repeat no secret.

use breakglass::domain::plan::plan_file;
use breakglass::domain::plan::{Attestation, Layout, Method, Phone, Plan, RoleOrder, SecondHalf};
use proptest::prelude::*;

fn example() -> Plan {
    plan_file::read(plan_file::example()).expect("the example is in order")
}

/// Text as people paste it: quotes, breaks, marks of direction and whatever else Unicode has.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![any::<String>(), "[\"'\\\\\n\t#=\\[\\] a-z]{0,20}"].prop_map(|text| format!("x{text}"))
}

#[test]
fn the_example_is_written_and_read_back_unchanged() {
    let plan = example();
    assert_eq!(plan_file::read(&plan_file::write(&plan)).expect("it is in order"), plan);
}

#[test]
fn a_key_left_out_of_the_example_has_its_preset() {
    assert_eq!(example().role.order, RoleOrder::AfterProof, "what is recommended is what it sets");
    let without = plan_file::example().replace("order = \"after-proof\"", "");
    assert_eq!(plan_file::read(&without).expect("it is in order").role.order, RoleOrder::AfterProof);
}

/// What is wrong with the example when `from` reads `to`.
fn refused(from: &str, to: &str) -> String {
    let text = plan_file::example();
    assert!(text.contains(from), "the example has no {from}");
    plan_file::read(&text.replace(from, to)).expect_err("it is not in order").to_string()
}

#[test]
fn one_key_is_not_the_key_of_two_accounts() {
    let wrong = refused("serial = \"SAMPLE-0003\"", "serial = \" sample-0001 \"");
    assert!(wrong.contains("sample-0001"), "{wrong}");
}

#[test]
fn security_defaults_are_not_turned_off_for_nothing() {
    let wrong = refused("decision = \"as-they-are\"", "decision = \"turn-off\"");
    assert!(wrong.contains("no policy is named"), "{wrong}");
}

#[test]
fn a_route_knows_where_it_leads() {
    let wrong = refused("route = \"file\"", "route = \"printer\"");
    assert!(wrong.contains("Printer's address must be the address"), "{wrong}");
    let wrong = refused("route = \"file\"", "route = \"device\"\ndevice = \" \"");
    assert!(wrong.contains("Printer's device must be the device file"), "{wrong}");
    let wrong = refused("route = \"file\"", "route = \"printer\"\nprinter = \"lpd://printer/queue\"");
    assert!(wrong.contains("ipp:// or ipps://"), "{wrong}");
    let wrong = refused("route = \"file\"", "route = \"spooler\"\nqueue = \"-o raw\"");
    assert!(wrong.contains("Queue of lp"), "{wrong}");
    let right = "route = \"printer\"\nprinter = \"ipps://printer.example.com/ipp/print\"";
    assert!(plan_file::read(&plan_file::example().replace("route = \"file\"", right)).is_ok());
}

#[test]
fn words_about_a_safe_are_about_one_of_the_plan() {
    let wrong = refused("about = \"paper.proof:B2\"", "about = \"paper.proof:Z9\"");
    assert!(wrong.contains("no safe called \"Z9\""), "{wrong}");
}

#[test]
fn nobody_has_vouched_for_anything_tomorrow() {
    let (day, before) = (jiff::civil::date(2026, 11, 2), jiff::civil::date(2026, 11, 1));
    assert!(plan_file::read_on(plan_file::example(), day).is_ok());
    let wrong = plan_file::read_on(plan_file::example(), before).expect_err("it is to come").to_string();
    assert!(wrong.contains("tell.monitoring") && wrong.contains("2026-11-02"), "{wrong}");
}

#[test]
fn names_that_entra_refuses_are_told_with_the_rule() {
    let long = "a".repeat(257);
    let user = |name: &str| format!("user_name = \"{name}\"");
    let shown = |name: &str| format!("display_name = \"{name}\"");
    for (name, rule) in [
        (user("harbor.lantern."), "must not end with a dot"),
        (user(".harbor"), "must not begin with a dot"),
        (user("harbor lantern"), "must not contain a space"),
        (user("h\u{e4}fen"), "letters A to Z, digits, and the signs"),
        (user(&long[..65]), "at most 64 characters"),
    ] {
        let wrong = refused("user_name = \"harbor.lantern\"", &name);
        assert!(wrong.contains("First: user name") && wrong.contains(rule), "{wrong}");
    }
    for (name, rule) in
        [(shown(&long), "at most 256 characters"), (shown("a\\nb"), "line break"), (shown(" "), "empty")]
    {
        let wrong = refused("display_name = \"Harbor Lantern\"", &name);
        assert!(wrong.contains("First: display name") && wrong.contains(rule), "{wrong}");
    }
    let group = format!("name = \"{long}\"");
    let wrong = refused("name = \"Conditional Access - Emergency Access Exclusions\"", &group);
    assert!(wrong.contains("Exclusion group's name must have at most 256"), "{wrong}");
}

#[test]
fn two_custodians_of_one_password_are_a_note() {
    let mut plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    plan.safes[0].deputy = "Sample Person D".to_owned();
    let told = |plan: &Plan| plan_file::warnings(plan).join(" ");
    for (keeper, own, is_told) in [
        ("Sample Person K", "Sample Person A", true),
        ("sample person a", "Sample Person A", false),
        ("Sample Person K", "", false),
    ] {
        plan.safes[0].custodian = keeper.to_owned();
        plan.accounts[0].custodian = own.to_owned();
        let says =
            "First account: Sample Person A is named as its custodian, but Sample Person K keeps safe A1";
        assert_eq!(told(&plan).contains(says), is_told, "{keeper}, {own}: {}", told(&plan));
        assert_eq!(plan_file::validate(&plan), Vec::<String>::new(), "{keeper}, {own}");
    }
}

#[test]
fn what_unlocks_a_phone_has_a_place_and_is_never_told_itself() {
    let mut plan = example();
    let account = &mut plan.accounts[1];
    (account.method, account.pin_safe, account.keys) = (Method::Phone, None, Vec::new());
    let place = "Sample Building South, room 2.20".to_owned();
    account.phone = Some(Phone { number: "+1 2065555555".to_owned(), place, unlock: String::new() });
    let is_noted = |plan: &Plan| {
        plan_file::warnings(plan).iter().any(|note| note.contains("no place is named for the SIM PIN"))
    };
    let mut unlocked = |words: &str| {
        plan.accounts[1].phone.as_mut().expect("a phone").unlock = words.to_owned();
        (is_noted(&plan), plan_file::validate(&plan).join(" "))
    };
    assert_eq!(unlocked(""), (true, String::new()));
    assert_eq!(unlocked("Sample Building South, room 4.01"), (false, String::new()));
    let (_, refused) = unlocked("1234, 990011");
    assert!(refused.contains("Second: phone's codes lie in must say where"), "{refused}");
}

#[test]
fn one_custodian_for_everything_is_a_note() {
    let mut plan = example();
    assert!(plan_file::warnings(&plan).iter().all(|note| !note.contains("custodian")));
    plan.accounts[1].custodian = plan.accounts[0].custodian.clone();
    assert!(plan_file::warnings(&plan).iter().any(|note| note.contains("custodian")));
}

proptest! {
    #![proptest_config(crate::support::cases::cases(256))]

    #[test]
    fn decisions_in_any_words_are_read_as_they_were_written(
        words in proptest::collection::vec(text(), 10), length in 24_usize..=64
    ) {
        let mut plan = example();
        plan.passwords.length = length;
        plan.role.justification.clone_from(&words[0]);
        plan.group.description.clone_from(&words[1]);
        plan.accounts[0].display_name.clone_from(&words[2]);
        plan.accounts[1].custodian.clone_from(&words[3]);
        plan.safes[0].place.clone_from(&words[4]);
        plan.procedure.incident_system.clone_from(&words[5]);
        plan.upkeep.owner.clone_from(&words[6]);
        plan.policies.allow = words[7..9].to_vec();
        plan.accounts[0].phone = Some(Phone { number: "+1 5550100".to_owned(), place: words[8].clone(), unlock: words[9].clone() });
        plan.attestations.push(Attestation { person: words[8].clone(), note: words[0].clone(), ..plan.attestations[0].clone() });
        let written = plan_file::write(&plan);
        match plan_file::read(&written) {
            Ok(read) => prop_assert_eq!(read, plan),
            // Some words are refused (a blank name, a place used twice); then the reason is about the words.
            Err(trouble) => prop_assert!(trouble.what.contains("correction") || trouble.what.contains("secret"), "{:?}\n{}", trouble, written),
        }
    }

    #[test]
    fn no_text_makes_it_stumble(text in any::<String>()) {
        let _ = plan_file::read(&text);
    }

    #[test]
    fn a_secret_is_refused_under_many_names_and_never_repeated(
        before in "(admin_|first-|)", word in "(password|passphrase|pin|secret|client_secret|token|PASSWORD)",
        value in "[A-Z][a-z0-9]{14}"
    ) {
        let text = format!("{before}{word} = \"{value}\"\n{}", plan_file::example());
        let refused = plan_file::read(&text).expect_err("no plan holds a secret");
        prop_assert!(!format!("{refused:?}").contains(&value), "{:?}", refused);
    }
}

/// A change to the example plan, by its name.
type Change = (&'static str, fn(&mut Plan));

#[test]
fn one_fire_never_takes_both_accounts() {
    fn phone(plan: &mut Plan, place: &str) {
        let account = &mut plan.accounts[1];
        (account.method, account.pin_safe, account.keys) = (Method::Phone, None, Vec::new());
        account.phone = Some(Phone {
            number: "+1 2065555555".to_owned(),
            place: place.to_owned(),
            unlock: String::new(),
        });
    }
    let refused: [Change; 6] = [
        ("all keys of both", |plan| plan.accounts[0].keys.iter_mut().for_each(|k| k.safe = "B2".to_owned())),
        ("keys beside the other's password", |plan| {
            plan.accounts[0].keys.iter_mut().for_each(|key| key.safe = "B1".to_owned());
        }),
        ("both PIN slips", |plan| plan.accounts[0].pin_safe = Some("B1".to_owned())),
        ("a PIN slip and the other's password", |plan| plan.accounts[1].pin_safe = Some("A1".to_owned())),
        ("half a password and the other's key", |plan| {
            let (safe, custodian) = ("B2".to_owned(), "Sample Person C".to_owned());
            plan.accounts[0].second_half = Some(SecondHalf { safe, custodian });
        }),
        ("one room under two names", |plan| plan.safes[3].place = plan.safes[1].place.to_uppercase()),
    ];
    for (name, change) in refused {
        let mut plan = example();
        change(&mut plan);
        let wrong = plan_file::validate(&plan).join(" ");
        assert!(wrong.contains("One fire must leave a whole account"), "{name}: {wrong}");
    }
    let mut plan = example();
    let keys = plan.safes[1].place.clone();
    phone(&mut plan, &keys);
    assert!(
        plan_file::validate(&plan).join(" ").contains("One fire"),
        "the phone lies with the other's keys"
    );
    phone(&mut plan, "Sample Building South, room 2.20, floor safe");
    assert_eq!(plan_file::validate(&plan), Vec::<String>::new());

    let mut spare = example();
    spare.accounts[0].keys[1].safe = "B2".to_owned();
    assert_eq!(plan_file::validate(&spare), Vec::<String>::new(), "the other key is left");
    let mut two = example();
    Layout::TwoSafes.arrange(&mut two);
    two.attestations.clear();
    assert_eq!(plan_file::validate(&two), Vec::<String>::new(), "no other way with two safes");
    assert!(plan_file::warnings(&two).join(" ").contains("a fire in either takes part of both"));
}
