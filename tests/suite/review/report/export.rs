//! What scanners are given, so that they are rightly quiet.

use breakglass::journeys::report::review::export::{Accounts, Export, Identity, Scanner, export};
use serde_json::{Value, json};

const FIRST: &str = "5eed0000-0000-4000-8000-000000000001";
const SECOND: &str = "5eed0000-0000-4000-8000-000000000002";
const GROUP: &str = "5eed0000-0000-4000-8000-000000000009";

fn one(id: &str, name: &str) -> Identity {
    Identity { id: id.to_owned(), name: name.to_owned() }
}

fn accounts() -> Accounts {
    let users =
        vec![one(FIRST, "harbor.lantern@fabrikam.example"), one(SECOND, "meadow.compass@fabrikam.example")];
    Accounts { users, group: Some(one(GROUP, "Exclusions")) }
}

fn entries(export: &Export) -> Value {
    let file: Value = serde_json::from_str(&export.text).expect("JSON");
    file["GlobalSettings"]["EmergencyAccessAccounts"].clone()
}

/// A user by name would have to be excluded one by one from every policy (MT.1005); ours are excluded by their group.
#[test]
fn maester_is_given_the_group_that_policies_exclude() {
    let given = export(Scanner::Maester, &accounts());
    assert_eq!(entries(&given), json!([{ "Type": "Group", "Id": GROUP }]));
    assert!(given.still_fails.iter().any(|told| told.starts_with("MT.1029")), "{:?}", given.still_fails);
    let alone = export(Scanner::Maester, &Accounts { group: None, ..accounts() });
    assert_eq!(entries(&alone)[1], json!({ "Type": "User", "Id": SECOND }));
    assert!(alone.still_fails.iter().any(|told| told.starts_with("MT.1005")), "{:?}", alone.still_fails);
}

#[test]
fn zero_trust_assessment_is_given_the_accounts() {
    let given = export(Scanner::ZeroTrust, &accounts());
    assert_eq!(entries(&given), json!([{ "Type": "User", "Id": FIRST }, { "Type": "User", "Id": SECOND }]));
    let mut three = accounts();
    three.users.push(one(GROUP, "third"));
    let told = export(Scanner::ZeroTrust, &three).still_fails;
    assert!(told.iter().any(|told| told.contains("Investigate") && told.contains("there are 3")), "{told:?}");
}

#[test]
fn scubagear_is_given_exclusions_of_policies_and_of_the_role() {
    let given = export(Scanner::ScubaGear, &accounts());
    insta::assert_snapshot!("review_export_scubagear", given.text);
    assert!(given.still_fails.iter().any(|told| told.starts_with("MS.AAD.7.5v1")), "{:?}", given.still_fails);
}

#[test]
fn what_has_no_id_is_left_out_and_told_and_a_name_stays_in_its_comment() {
    let mut odd = accounts();
    odd.users[0].id = String::new();
    odd.users[1].name = "x\nAad: {}\u{1b}[0m".to_owned();
    for scanner in Scanner::ALL {
        assert_eq!(Scanner::named(scanner.name()), Some(scanner));
        let given = export(scanner, &odd);
        assert!(!given.text.contains(FIRST), "{}", given.text);
        assert!(
            given.still_fails.iter().any(|told| told.starts_with("harbor.lantern")),
            "{:?}",
            given.still_fails
        );
        assert_eq!(given.text.matches("\nAad:").count(), 0, "{}", given.text);
        assert!(!given.text.contains('\u{1b}'));
    }
}
