//! A plan in which two people keep half a password each: refused where one of them could do without the other.

use breakglass::domain::plan::{Plan, SecondHalf, plan_file};
use breakglass::domain::record::Half;

use crate::support::Home;
use crate::support::two_people::{COMMENTED, SECOND_HALF, for_two};

// ---- the plan

#[test]
fn a_plan_for_two_people_is_written_and_read_back() {
    let plan = for_two();
    let second = plan.accounts[0].second_half.clone().expect("a second half");
    assert_eq!(second, SecondHalf { safe: "A2".to_owned(), custodian: "Sample Person C".to_owned() });
    assert_eq!(plan_file::read(&plan_file::write(&plan)).expect("it is in order"), plan);
}

#[test]
fn fewer_than_80_unknown_bits_are_refused_at_every_length() {
    for length in 24..=64_usize {
        let mut plan = for_two();
        plan.passwords.length = length;
        let refused = plan_file::validate(&plan).iter().any(|wrong| wrong.contains("at least 80 are needed"));
        // Whoever has the longer half lacks the shorter one; 32 characters to choose from are five bits each.
        let unknown = (length / 2) * 5;
        assert_eq!(refused, unknown < 80, "{length}: {unknown} bits");
        let mut alone = plan.clone();
        alone.accounts[0].second_half = None;
        assert_eq!(plan_file::validate(&alone), Vec::<String>::new(), "{length} for one person");
    }
}

#[test]
fn both_halves_in_one_hand_or_one_place_are_refused() {
    let wrong = |safe: &str, custodian: &str| {
        let mut plan = for_two();
        let (safe, custodian) = (safe.to_owned(), custodian.to_owned());
        plan.accounts[0].second_half = Some(SecondHalf { safe, custodian });
        plan_file::validate(&plan).join(" ")
    };
    let refused = [
        ("A2", " sample person A", "in the hands of Sample Person A"),
        ("A2", "  ", "second half's custodian must not be empty"),
        ("A1", "Sample Person C", "both halves of the password would lie in one place"),
        ("Z9", "Sample Person C", "\"Z9\" is not in the list of safes"),
        ("B1", "Sample Person C", "First and the Second account must not lie in one place"),
    ];
    for (safe, custodian, why) in refused {
        let told = wrong(safe, custodian);
        assert!(told.contains(why), "{safe}, {custodian}: {told}");
    }
    let mut one_room = for_two();
    one_room.safes[1].place = one_room.safes[0].place.to_uppercase();
    assert!(plan_file::validate(&one_room).join(" ").contains("would lie in one place"));
}

#[test]
fn who_keeps_the_safe_of_a_half_has_it_and_nobody_by_chance() {
    let mut plan = for_two();
    plan.accounts[0].second_half =
        Some(SecondHalf { safe: "B1".to_owned(), custodian: "Sample Person C".to_owned() });
    let of = |plan: &Plan, half| plan.custodian_of(&plan.accounts[0], half).to_owned();
    assert_eq!(of(&plan, Half::B), "Sample Person C", "not whose whole password lies there");
    let mut plan = for_two();
    plan.accounts[0].custodian.clear();
    plan.accounts[0].second_half.as_mut().expect("two people").custodian.clear();
    for (index, keeper, refused) in
        [(0, "Keeper", "second half's custodian"), (1, " keeper", "in the hands of Keeper")]
    {
        plan.safes[index].custodian = keeper.to_owned();
        assert!(plan_file::validate(&plan).join(" ").contains(refused), "{refused}");
    }
    plan.safes[1].custodian = "Another".to_owned();
    assert_eq!(plan_file::validate(&plan), Vec::<String>::new());
    assert_eq!([Half::A, Half::B].map(|half| of(&plan, half)), ["Keeper", "Another"]);
}

#[test]
fn plan_check_says_why_a_plan_for_two_is_refused() {
    let home = Home::new();
    let file = home.plan_with(&[(COMMENTED, SECOND_HALF), ("length = 32", "length = 31")]);
    let output = home.breakglass().args(["plan", "check"]).arg(&file).output().expect("it runs");
    let words = crate::support::words(&output);
    assert_eq!(output.status.code(), Some(3), "{words}");
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("75 bits") && words.contains("must be 32 or more"), "{words}");
}
