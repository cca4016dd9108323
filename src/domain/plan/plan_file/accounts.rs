//! Rules about accounts: names of their own, keys that are told apart, and places that there are.

use crate::domain::plan::plan_file::entra_names;
use crate::domain::plan::plan_file::halves::{apart, halves, one_loss};
use crate::domain::plan::plan_file::rule::{Wrong, again, filled, is_blank, when};
use crate::domain::plan::{Account, Method, Plan};
use crate::domain::record::Half;
use crate::domain::text::is_guid;

/// How many accounts a plan may have.
const ACCOUNTS: std::ops::RangeInclusive<usize> = 2..=4;

/// What must be corrected about the accounts, each and together.
pub(super) fn accounts(plan: &Plan) -> Vec<Wrong> {
    let mut wrong = together(plan);
    wrong.extend(plan.accounts.iter().enumerate().flat_map(|(i, account)| {
        let key = format!("accounts.{i}");
        of_account(plan, &key, account)
    }));
    wrong.extend(apart(plan));
    wrong.extend(one_loss(plan));
    wrong.extend(one_account_twice(plan));
    wrong.extend(one_key_twice(plan));
    wrong
}

fn together(plan: &Plan) -> Vec<Wrong> {
    let phones = plan.accounts.iter().filter(|a| a.method == Method::Phone).count();
    let count = plan.accounts.len();
    let number = (!ACCOUNTS.contains(&count))
        .then(|| Wrong::of("accounts", format!("There must be 2 to 4 accounts, not {count}.")));
    let all_phones = (count > 0 && phones == count)
        .then(|| Wrong::of("accounts", "At least one account must not depend on a phone."));
    let many = (phones > 1).then(|| Wrong::of("accounts", "At most one account may depend on a phone."));
    [number, all_phones, many].into_iter().flatten().collect()
}

fn of_account(plan: &Plan, key: &str, account: &Account) -> Vec<Wrong> {
    let mut wrong = entra_names::of_account(key, account);
    wrong.extend(filled(plan.custodian_of(account, Half::A), &format!("{key}.custodian")));
    wrong.extend(places(plan, key, account));
    wrong.extend(factor(key, account));
    wrong.extend(keys(key, account));
    wrong.extend(halves(plan, key, account));
    wrong
}

fn places(plan: &Plan, key: &str, account: &Account) -> Vec<Wrong> {
    let pin = account.pin_safe.iter().map(|safe| (format!("{key}.pin_safe"), safe));
    let half = account.second_half.iter().map(|half| (format!("{key}.second_half.safe"), &half.safe));
    let keys = account.keys.iter().enumerate().map(|(k, one)| (format!("{key}.keys.{k}.safe"), &one.safe));
    let named = std::iter::once((format!("{key}.safe"), &account.safe)).chain(pin).chain(half).chain(keys);
    let unknown = named.filter_map(|(key, name)| unknown_safe(plan, &key, name));
    unknown.chain(beside(key, account)).collect()
}

fn unknown_safe(plan: &Plan, key: &str, name: &str) -> Option<Wrong> {
    let known: Vec<&str> = plan.safes.iter().map(|safe| safe.name.as_str()).collect();
    let known = known.join(", ");
    match plan.safe(name) {
        Some(_) => None,
        None if plan.system(name).is_some() => None,
        None if is_blank(name) => Some(Wrong::about(key, format!("must name one of the safes: {known}."))),
        None => Some(Wrong::about(key, format!("\"{name}\" is not in the list of safes: {known}."))),
    }
}

/// Keys that would lie beside their PIN.
fn beside(key: &str, account: &Account) -> Vec<Wrong> {
    let of_pin = |safe: &String| account.pin_safe.as_ref() == Some(safe) && !is_blank(safe);
    let beside = account.keys.iter().filter(|one| of_pin(&one.safe));
    beside
        .map(|one| {
            let says =
                format!("must not be {}: the key \"{}\" lies there, beside its PIN.", one.safe, one.name);
            Wrong::about(&format!("{key}.pin_safe"), says)
        })
        .collect()
}

fn factor(key: &str, account: &Account) -> Vec<Wrong> {
    let count = account.keys.len();
    let has_key = account.method == Method::SecurityKey;
    let has_phone = account.method == Method::Phone;
    let phone = account.phone.as_ref();
    let at = |field: &str| format!("{key}.{field}");
    [
        when(has_key && !(1..=2).contains(&count), &at("keys"), &format!("must be 1 or 2, not {count}.")),
        when(
            has_key && account.pin_safe.is_none(),
            &at("pin_safe"),
            "must name the safe for the slip with the PIN.",
        ),
        when(!has_key && count > 0, &at("keys"), "are only for the second factor security key."),
        when(has_phone && phone.is_none(), &at("phone"), "must be told: its number, and where it is kept."),
        when(!has_phone && phone.is_some(), &at("phone"), "is only for the second factor phone."),
        when(
            phone.is_some_and(|phone| !is_number(&phone.number)),
            &at("phone.number"),
            "must be international, like \"+1 2065555555\".",
        ),
        when(phone.is_some_and(|phone| is_blank(&phone.place)), &at("phone.place"), "must not be empty."),
        when(
            phone.is_some_and(|phone| is_code(&phone.unlock)),
            &at("phone.unlock"),
            "must say where the codes lie on paper, and this looks like a code.",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Keys of one account: each has a name of its own, by which people and Entra tell them apart.
fn keys(key: &str, account: &Account) -> Vec<Wrong> {
    let each = account.keys.iter().enumerate().flat_map(|(k, one)| {
        let at = |field: &str| format!("{key}.keys.{k}.{field}");
        let is_model = one.aaguid.as_deref().is_none_or(is_guid);
        let model = "must have the form of a UUID, as on the maker's page.";
        filled(&one.name, &at("name")).into_iter().chain(when(!is_model, &at("aaguid"), model))
    });
    let twice = again(account.keys.iter().map(|one| one.name.as_str()));
    let twice = twice.map(|(k, name)| {
        let says = format!("must differ: both keys of this account are called \"{name}\".");
        Wrong::about(&format!("{key}.keys.{k}.name"), says)
    });
    each.chain(twice).collect()
}

/// One account in two slots: by its name, or because both adopt it.
fn one_account_twice(plan: &Plan) -> Vec<Wrong> {
    let names = again(plan.accounts.iter().map(|account| account.user_name.as_str())).map(|(i, name)| {
        let says = format!("must differ: \"{name}\" is the name of another account of this plan.");
        Wrong::about(&format!("accounts.{i}.user_name"), says)
    });
    let adopted = plan.accounts.iter().map(|account| account.adopt.as_deref().unwrap_or_default());
    let adopted = again(adopted).map(|(i, name)| {
        let says = format!("must differ: {name} is adopted for two accounts of this plan.");
        Wrong::about(&format!("accounts.{i}.adopt"), says)
    });
    names.chain(adopted).chain(adopted_and_made(plan)).collect()
}

/// An account that is adopted here and made there, as far as its name tells.
fn adopted_and_made(plan: &Plan) -> Vec<Wrong> {
    let local = |account: &Account| Some(account.adopt.as_ref()?.split_once('@')?.0.to_lowercase());
    let is_made = |name: &String, not: usize| {
        let others = plan.accounts.iter().enumerate().filter(|(i, other)| *i != not && other.adopt.is_none());
        others.into_iter().any(|(_, other)| other.user_name.to_lowercase() == *name)
    };
    let all = plan.accounts.iter().enumerate().filter_map(|(i, account)| Some((i, local(account)?)));
    all.filter(|(i, name)| is_made(name, *i))
        .map(|(i, name)| {
            let says =
                format!("must be another account: \"{name}\" is the user name of one that this plan makes.");
            Wrong::about(&format!("accounts.{i}.adopt"), says)
        })
        .collect()
}

/// A key with the serial number of another one: one of the two accounts would have no key.
fn one_key_twice(plan: &Plan) -> Vec<Wrong> {
    let keys = plan.accounts.iter().enumerate().flat_map(|(i, account)| {
        account.keys.iter().enumerate().map(move |(k, key)| (format!("accounts.{i}.keys.{k}.serial"), key))
    });
    let keys: Vec<_> = keys.collect();
    let twice = again(keys.iter().map(|(_, key)| key.serial.as_str()));
    twice
        .map(|(place, serial)| {
            let says = format!("must differ: {serial} is given to another key; every key has its own.");
            Wrong::about(&keys[place].0, says)
        })
        .collect()
}

/// Whether a text is a SIM PIN or a lock code in place of where it lies: digits, and nothing that a place has.
pub fn is_code(text: &str) -> bool {
    text.chars().any(|c| c.is_ascii_digit()) && !text.chars().any(char::is_alphabetic)
}

/// `+1 2065555555`: a plus sign, country code, and 6 to 15 digits in all; Graph wants a space after the code.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_plain = |c: char| c.is_ascii_digit() || " -().x".contains(c);
    text.strip_prefix('+')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().all(is_plain))
        && (6..=15).contains(&digits)
}
