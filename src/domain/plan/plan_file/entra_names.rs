//! Names that Entra refuses: user names, display names, the name of the group. Each sentence tells the rule.
//!
//! Names in Azure have rules of their own, which do not stand here.

use crate::domain::plan::plan_file::rule::{Wrong, filled, is_blank, when};
use crate::domain::plan::{Account, Group};
use crate::domain::text::{is_guid, is_mail_address};

/// Characters that Entra allows before the @ besides letters and digits (contract 2).
const UPN_SIGNS: &str = "'.-_!#^~";
/// The most characters before the @ (contract 15.7).
const UPN_LONGEST: usize = 64;
/// The most characters of a display name, of a user and of a group: from Microsoft's reference of both, not in the contract.
const DISPLAY_NAME_LONGEST: usize = 256;
/// What a user name is made of, as people read it.
const UPN_RULE: &str =
    "It is the part before the @: letters A to Z, digits, and the signs ' . - _ ! # ^ and ~.";

/// What is wrong with the names of the account at `key`.
pub(super) fn of_account(key: &str, account: &Account) -> Vec<Wrong> {
    let mut wrong = user_name(&format!("{key}.user_name"), &account.user_name);
    wrong.extend(display_name(&format!("{key}.display_name"), &account.display_name));
    wrong.extend(adopted(&format!("{key}.adopt"), account.adopt.as_deref()));
    wrong
}

fn user_name(key: &str, name: &str) -> Vec<Wrong> {
    if is_blank(name) {
        return filled(name, key).into_iter().collect();
    }
    let foreign = name.chars().find(|c| !c.is_ascii_alphanumeric() && !UPN_SIGNS.contains(*c));
    [
        foreign.map(|c| Wrong::about(key, foreign_words(name, c))),
        // Microsoft's rules of names that are synchronized; that Graph refuses them too is UNVERIFIED.
        when(name.starts_with('.'), key, "must not begin with a dot."),
        when(name.ends_with('.'), key, "must not end with a dot: none stands right before the @."),
        when(name.contains(".."), key, "must not have two dots in a row."),
        when(
            name.chars().count() > UPN_LONGEST,
            key,
            &format!("must have at most {UPN_LONGEST} characters."),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What to do about a character that stands in no user name.
fn foreign_words(name: &str, foreign: char) -> String {
    match foreign {
        '@' => {
            let local = name.split('@').next().unwrap_or_default();
            format!("is only the part before the @, like \"{local}\"; the tenant's initial domain is added.")
        }
        c if c.is_whitespace() => format!("must not contain a space. {UPN_RULE}"),
        c if c.is_control() => format!("must not contain a control character. {UPN_RULE}"),
        c => format!("must not contain the character {c}. {UPN_RULE}"),
    }
}

/// An account that exists is named by what Entra finds it by.
fn adopted(key: &str, adopt: Option<&str>) -> Option<Wrong> {
    let adopt = adopt?;
    let says = "must be the user name with its domain (name@contoso.com) or the object id of an account; left out where \
                none is there.";
    when(!is_guid(adopt) && !is_mail_address(adopt), key, says)
}

/// What is wrong with the name of the exclusion group, and with the id of one that exists.
pub(super) fn of_group(group: &Group) -> Vec<Wrong> {
    let says = "must be the object id of a group (Entra admin center, Groups, Overview).";
    let adopt = group.adopt.as_deref().filter(|id| !is_guid(id)).map(|_| Wrong::about("group.adopt", says));
    display_name("group.name", &group.name).into_iter().chain(adopt).collect()
}

fn display_name(key: &str, name: &str) -> Vec<Wrong> {
    let longest = DISPLAY_NAME_LONGEST;
    [
        filled(name, key),
        when(
            name.chars().count() > longest,
            key,
            &format!("must have at most {longest} characters, which is what Entra takes."),
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}
