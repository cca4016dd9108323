//! How many people keep the password of an account: one with the whole slip, or two with half each.

use crate::domain::plan::{Account, Plan, SecondHalf};
use crate::domain::record::Half;
use crate::domain::slot::Slot;
use crate::journeys::decisions::typed::word;
use crate::journeys::decisions::{Decision, Field, line};

/// What is typed for the number of people.
pub(super) const PEOPLE: [(&str, usize); 2] = [("one person", 1), ("two people", 2)];

/// Who keeps the password; with two people also where the second half lies, and with whom.
pub(super) fn decisions(plan: &Plan, i: usize, account: &Account) -> Vec<Decision> {
    let named = |what: &str| format!("{}: {what}", Slot::new(i));
    let people = PEOPLE[usize::from(account.second_half.is_some())].0.to_owned();
    let mut list = vec![line(Field::People(i), &named("password is kept by"), people, "people")];
    if let Some(second) = &account.second_half {
        let (safe, custodian) = (second.safe.clone(), second.custodian.clone());
        list.push(line(Field::SecondSafe(i), &named("second half in safe"), safe, "people"));
        let custodian =
            line(Field::SecondCustodian(i), &named("second half's custodian"), custodian, "people");
        // The safe's custodian answers it, where one is named.
        let is_answered = second.custodian.is_empty() && !plan.custodian_of(account, Half::B).is_empty();
        list.push(if is_answered { custodian.optional() } else { custodian });
    }
    list
}

/// What safe and custodian of the account are about: the whole slip, or its first half.
pub(super) fn first_words(account: &Account) -> (&'static str, &'static str) {
    match account.second_half {
        Some(_) => ("first half in safe", "first half's custodian"),
        None => ("password in safe", "custodian"),
    }
}

/// Changes one of them.
pub(super) fn set(plan: &mut Plan, i: usize, field: Field, text: String) -> Result<(), String> {
    let account = &plan.accounts[i];
    let mut second = account.second_half.clone().unwrap_or_else(|| preset(plan, account));
    match field {
        Field::People(_) if word(&text, &PEOPLE)? == 1 => {
            plan.accounts[i].second_half = None;
            return Ok(());
        }
        Field::SecondSafe(_) => {
            let keeper = plan.safe(&text).map(|safe| safe.custodian.clone()).filter(|name| !name.is_empty());
            second.custodian = keeper.unwrap_or(second.custodian);
            second.safe = text;
        }
        Field::SecondCustodian(_) => second.custodian = text,
        _ => {}
    }
    plan.accounts[i].second_half = Some(second);
    Ok(())
}

/// A safe in another place that holds no part of another account's password; the first of them holds the keys, where
/// the account has some. Who takes it only the people know.
fn preset(plan: &Plan, account: &Account) -> SecondHalf {
    let others = plan.accounts.iter().filter(|other| other.user_name != account.user_name);
    let taken: Vec<&str> = others.flat_map(Account::password_safes).chain([account.safe.as_str()]).collect();
    let keys = account.keys.iter().map(|key| &key.safe);
    let mut safes = keys.chain(plan.safes.iter().map(|safe| &safe.name));
    let safe = safes.find(|safe| !taken.contains(&safe.as_str())).cloned().unwrap_or_default();
    let keeper = plan.safe(&safe).map(|safe| safe.custodian.clone());
    SecondHalf { safe, custodian: keeper.unwrap_or_default() }
}
