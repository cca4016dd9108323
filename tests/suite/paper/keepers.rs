//! The card and the labels say with whom each thing lies, and how what a system keeps is fetched from it.

use breakglass::domain::check::case::Case;
use breakglass::domain::connection::cloud::Cloud;
use breakglass::domain::connection::portals::Portals;
use breakglass::domain::paper::page::Page;
use breakglass::domain::plan::{Plan, plan_file};
use breakglass::domain::record::{Checked, Evidence};
use breakglass::paper::{self, Ink};
use jiff::civil::date;

use crate::domain::plan_systems::with_system;
use crate::paper::card::{Kind, at, card, in_order, joined, labels, made, plan_of};
use crate::support::sample::facts;

/// The example plan whose safes have keepers of their own, and whose accounts name nobody.
fn with_keepers() -> Plan {
    let mut plan = plan_of(Kind::TwoKeys);
    for (safe, who) in plan.safes.iter_mut().zip(["K", "L", "M", "N"]) {
        safe.custodian = format!("Keeper {who}");
        safe.deputy = format!("Deputy {who}");
    }
    plan.accounts.iter_mut().for_each(|account| account.custodian.clear());
    plan_file::read(&plan_file::write(&plan)).expect("the safes name whom the accounts leave out")
}

#[test]
fn each_thing_is_with_the_keepers_of_the_safe_in_which_it_lies() {
    let plan = with_keepers();
    let (text, _) = card(&plan, &at(Cloud::Global, Portals::default()), &made(&plan));
    in_order(
        &text,
        &[
            "Password: slip 13, safe A1, Sample Building North, room 1.10, wall safe, with Keeper K (deputy: Deputy K)",
            "PIN of Lantern key 1: slip 11, safe A1, Sample Building North, room 1.10, wall safe, with Keeper K (deputy: Deputy K)",
            "Lantern key 1: serial SAMPLE-0001, safe A2, Sample Building North, room 3.05, key cabinet, with Keeper \
             L (deputy: Deputy L)",
            "with Keeper M (deputy: Deputy M)",
            "Custodians: Deputy K, Deputy L, Deputy M, Deputy N, Keeper K, Keeper L, Keeper M, Keeper N",
        ],
    );
    let custodian = |pairs: &Vec<(String, String)>| pairs[4].1.clone();
    let told: Vec<String> = labels(&plan, &made(&plan)).iter().map(custodian).collect();
    let [paper, keys] = ["Keeper K (deputy: Deputy K)", "Keeper L (deputy: Deputy L)"];
    assert_eq!(told, [paper, paper, keys, paper, keys]);
    let facts = facts("Fabrikam");
    let case = Case { plan: &plan, facts: &facts, evidence: &made(&plan), today: date(2026, 11, 23) };
    let document = joined(&paper::text(&paper::page(&case, "LIVE", &Page::Document), Ink::Masked));
    in_order(
        &document,
        &["Custodian: Keeper K (deputy: Deputy K)", "with Keeper L", "PINs of the keys", "with Keeper K"],
    );
}

#[test]
fn where_nobody_keeps_a_safe_only_its_paper_is_with_the_custodian_of_the_account() {
    let plan = plan_of(Kind::OneKey);
    let told: Vec<String> = labels(&plan, &made(&plan)).iter().map(|pairs| pairs[4].1.clone()).collect();
    assert_eq!(told, ["Sample Person A", "Sample Person A", ""], "who keeps the key's safe is for a pen");
}

/// The record once the secrets of the first account are in their system.
fn stored(plan: &Plan) -> Evidence {
    let mut evidence = made(plan);
    evidence.slips.values_mut().for_each(|slip| slip.checked = Some(Checked::ReadFromSystem));
    evidence
}

#[test]
fn what_a_system_keeps_is_fetched_from_it_and_not_from_a_slip() {
    let plan = with_system();
    let read = |what: &str| format!("vault kv get -mount=secret -field=value breakglass/first-{what}");
    let (password, pin_1, pin_2) = (read("password"), read("pin-1"), read("pin-2"));
    for evidence in [stored(&plan), Evidence::default()] {
        let (text, _) = card(&plan, &at(Cloud::Global, Portals::default()), &evidence);
        let second = text.find("SECOND ACCOUNT").expect("the second");
        let first = &text[text.find("FIRST ACCOUNT").expect("the first")..second];
        in_order(&text, &["What a system keeps lies in no envelope", "Use a computer you trust"]);
        in_order(
            first,
            &[
                "Password: system V, Sample vault, vault.example.com, with Sample Person A",
                &format!("Password, fetched with: {password}"),
                "PIN of Lantern key 1: system V, Sample vault, vault.example.com, with Sample Person A",
                &format!("PIN of Lantern key 1, fetched with: {pin_1}"),
                &format!("PIN of Lantern key 2, fetched with: {pin_2}"),
                "Type the password that system V gave",
                "type the PIN that system V gave for that key",
            ],
        );
        assert!(!first.contains("boxed") && !first.to_lowercase().contains("slip"), "{first}");
        // The second account is on paper, as before.
        in_order(
            &text[second..],
            &["Type the password from its slip", "PIN slip", "check character", "from a system"],
        );
    }
    let mut plan = plan;
    for account in &mut plan.accounts {
        (account.safe, account.pin_safe) = ("V".to_owned(), Some("V".to_owned()));
    }
    let (text, _) = card(&plan, &at(Cloud::Global, Portals::default()), &Evidence::default());
    assert!(!text.contains("check character") && !text.contains("boxed"), "nothing is on paper: {text}");
    let (text, _) =
        card(&plan_of(Kind::TwoKeys), &at(Cloud::Global, Portals::default()), &Evidence::default());
    assert!(!text.contains("a system"), "no system keeps anything: {text}");
}
