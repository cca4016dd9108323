//! Names that Entra refuses: user names, display names, the name of the group. Each sentence tells the rule.
//!
//! Names in Azure have rules of their own, which do not stand here.

use crate::domain::plan::plan_file::rule::{is_blank, when};
use crate::domain::plan::{Account, Group};

/// Characters that Entra allows before the @ besides letters and digits (contract 2).
const UPN_SIGNS: &str = "'.-_!#^~";
/// The most characters before the @ (contract 15.7).
const UPN_LONGEST: usize = 64;
/// The most characters of a display name, of a user and of a group: from Microsoft's reference of both, not in the contract.
const DISPLAY_NAME_LONGEST: usize = 256;

/// What is wrong with the names of an account.
pub(super) fn of_account(account: &Account) -> Vec<String> {
    let name = account.user_name.as_str();
    let foreign = name.chars().find(|c| !c.is_ascii_alphanumeric() && !UPN_SIGNS.contains(*c));
    [
        when(name.is_empty(), "user_name must not be empty."),
        foreign.map(|c| {
            format!(
                "user_name must not contain '{c}'; it is the part before the @: letters A to Z, digits and {UPN_SIGNS}"
            )
        }),
        // Microsoft's rule of names that are synchronized; that Graph refuses them too is UNVERIFIED.
        when(name.starts_with('.'), "user_name must not begin with a dot."),
        when(name.ends_with('.'), "user_name must not end with a dot: none stands right before the @."),
        when(
            name.chars().count() > UPN_LONGEST,
            &format!("user_name must have at most {UPN_LONGEST} characters."),
        ),
    ]
    .into_iter()
    .flatten()
    .chain(display_name("display_name", &account.display_name))
    .collect()
}

/// What is wrong with the name of the exclusion group.
pub(super) fn of_group(group: &Group) -> Vec<String> {
    display_name("group.name", &group.name)
}

fn display_name(key: &str, name: &str) -> Vec<String> {
    let longest = DISPLAY_NAME_LONGEST;
    [
        when(is_blank(name), &format!("{key} must not be empty.")),
        when(
            name.chars().count() > longest,
            &format!("{key} must have at most {longest} characters, which is what Entra takes."),
        ),
        when(
            name.chars().any(char::is_control),
            &format!("{key} must not contain a line break or another control character."),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
