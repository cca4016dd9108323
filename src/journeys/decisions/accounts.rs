//! The accounts as decisions: names, second factor, keys, and where everything of each lies.

use super::typed::{number, right, word};
use super::words::{METHODS, method_words};
use super::{Decision, Field, halves, line, presets};
use crate::domain::plan::{Account, Layout, Method, Phone, Plan, plan_file};
use crate::domain::record::Half;
use crate::domain::slot::Slot;
use crate::domain::text::is_guid;

/// Every decision about the account number `i`.
pub(super) fn decisions(plan: &Plan, i: usize, account: &Account) -> Vec<Decision> {
    let named = |what: &str| format!("{}: {what}", Slot::new(i));
    let adopt = account.adopt.clone().unwrap_or_default();
    let mut list = vec![
        line(Field::UserName(i), &named("user name"), account.user_name.clone(), "names"),
        line(Field::DisplayName(i), &named("display name"), account.display_name.clone(), "names"),
        line(Field::Adopt(i), &named("adopt existing"), adopt, "accounts").optional(),
        line(Field::Method(i), &named("second factor"), method_words(account.method), "method"),
    ];
    list.extend(of_method(i, account));
    let (safe, custodian) = halves::first_words(account);
    list.push(line(Field::Safe(i), &named(safe), account.safe.clone(), "safes"));
    if is_kept_apart(plan, account) {
        let custodian = line(Field::Custodian(i), &named(custodian), account.custodian.clone(), "custodians");
        // The safe's custodian answers it, where one is named.
        let is_answered = account.custodian.is_empty() && !plan.custodian_of(account, Half::A).is_empty();
        list.push(if is_answered { custodian.optional() } else { custodian });
    }
    list.extend(halves::decisions(plan, i, account));
    list
}

fn of_method(i: usize, account: &Account) -> Vec<Decision> {
    let named = |what: &str| format!("{}: {what}", Slot::new(i));
    match account.method {
        Method::SecurityKey => {
            let mut list = vec![line(Field::Keys(i), &named("keys"), account.keys.len().to_string(), "keys")];
            for (k, key) in account.keys.iter().enumerate() {
                let name = named(&account.key_name(k));
                list.push(line(Field::Serial(i, k), &format!("{name} serial"), key.serial.clone(), "keys"));
                list.push(line(Field::KeySafe(i, k), &format!("{name} in safe"), key.safe.clone(), "safes"));
            }
            let pin = account.pin_safe.clone().unwrap_or_default();
            list.push(line(Field::PinSafe(i), &named("PIN slip in safe"), pin, "safes"));
            list
        }
        Method::Phone => {
            let phone = account.phone.as_ref().map(|p| format!("{}; {}", p.number, p.place));
            let codes = account.phone.as_ref().map(|phone| phone.unlock.clone()).unwrap_or_default();
            let told = account.phone.as_ref().map(|_| {
                let codes = line(Field::PhoneCodes(i), &named("phone's codes lie in"), codes, "method");
                codes.optional()
            });
            let phone =
                line(Field::Phone(i), &named("phone; its place"), phone.unwrap_or_default(), "method");
            std::iter::once(phone).chain(told).collect()
        }
        Method::Certificate => Vec::new(),
    }
}

/// Whether its envelope is in the charge of somebody else than its safe, so that it is asked for itself.
fn is_kept_apart(plan: &Plan, account: &Account) -> bool {
    let safe = plan.safes.iter().position(|safe| safe.name == account.safe);
    let keeper = safe.map_or("", |index| plan.keeper_of(index));
    account.second_half.is_some()
        || safe.is_none()
        || (!account.custodian.is_empty() && account.custodian != keeper)
}

/// Changes one of them, or says what is wrong with the answer.
pub(super) fn set(plan: &mut Plan, field: Field, text: String) -> Result<(), String> {
    match field {
        Field::Accounts => set_count(plan, number(&text, 2..=4)?),
        Field::UserName(i) => plan.accounts[i].user_name = text,
        Field::DisplayName(i) => plan.accounts[i].display_name = text,
        Field::Adopt(i) => plan.accounts[i].adopt = Some(text).filter(|t| !t.is_empty()),
        Field::Method(i) => set_method(plan, i, word(&text, &METHODS)?),
        Field::Keys(i) => set_keys(&mut plan.accounts[i], i, number(&text, 1..=2)?),
        Field::Serial(i, k) => plan.accounts[i].keys[k].serial = text,
        Field::Model(i, k) => plan.accounts[i].keys[k].aaguid = model(text)?,
        Field::KeySafe(i, k) => plan.accounts[i].keys[k].safe = text,
        Field::PinSafe(i) => plan.accounts[i].pin_safe = Some(text),
        Field::Phone(i) => {
            let (number, place) =
                text.split_once(';').ok_or("Write the number, a semicolon, and the place.")?;
            let (number, place) = (number.trim().to_owned(), place.trim().to_owned());
            let unlock = plan.accounts[i].phone.take().map(|phone| phone.unlock).unwrap_or_default();
            plan.accounts[i].phone = Some(Phone { number, place, unlock });
        }
        Field::PhoneCodes(i) => {
            let place = right(text, phone_codes)?;
            plan.accounts[i].phone.iter_mut().for_each(|phone| phone.unlock.clone_from(&place));
        }
        Field::Safe(i) => {
            plan.accounts[i].safe = text;
            plan.follow_safe(i);
        }
        Field::Custodian(i) => plan.accounts[i].custodian = text,
        _ => {}
    }
    Ok(())
}

/// A place is told, never a code.
fn phone_codes(text: &str) -> Option<String> {
    plan_file::is_code(text).then(|| {
        "This looks like the code itself, and it was not kept: write where it lies on paper.".to_owned()
    })
}

fn model(text: String) -> Result<Option<String>, String> {
    let is_model = text.is_empty() || is_guid(&text);
    is_model.then(|| Some(text).filter(|text| !text.is_empty())).ok_or_else(|| {
        "The maker's page has it: 36 characters, like 00000000-0000-0000-0000-000000000000.".to_owned()
    })
}

/// Another key lies where the first one does.
fn set_keys(account: &mut Account, index: usize, count: usize) {
    let safe = account.keys.first().map_or_else(String::new, |key| key.safe.clone());
    while account.keys.len() < count {
        account.keys.push(presets::key(index, account.keys.len(), &safe));
    }
    account.keys.truncate(count);
}

fn set_method(plan: &mut Plan, index: usize, method: Method) {
    let like = preset_at(plan, index, 0);
    let account = &mut plan.accounts[index];
    account.method = method;
    match method {
        Method::SecurityKey => {
            account.phone = None;
            if account.keys.is_empty() {
                (account.keys, account.pin_safe) = (like.keys, like.pin_safe);
            }
        }
        Method::Phone => {
            account.keys.clear();
            account.pin_safe = None;
        }
        Method::Certificate => {
            account.keys.clear();
            (account.pin_safe, account.phone) = (None, None);
        }
    }
}

fn set_count(plan: &mut Plan, count: usize) {
    while plan.accounts.len() < count {
        let index = plan.accounts.len();
        let account = preset_at(plan, index, index * 8);
        plan.accounts.push(account);
        plan.follow_safe(index);
    }
    plan.accounts.truncate(count);
}

/// The preset account for slot `index`, laid out as the plan is.
fn preset_at(plan: &Plan, index: usize, turn: usize) -> Account {
    let mut account = presets::account(index, turn);
    if let Some(layout) = Layout::of(plan) {
        layout.lay(&mut account, index);
    }
    account
}

/// The account for slot `index` as it is proposed, but with the method of `plan`, without a user name, and with the display name
/// that would be proposed beside that of `plan`.
pub(super) fn proposed(plan: &Plan, index: usize) -> Account {
    let (own, mut like) = (&plan.accounts[index], plan.clone());
    like.accounts[index] = preset_at(plan, index, 0);
    set_method(&mut like, index, own.method);
    let words: Vec<String> = own.user_name.split('.').map(presets::capitalized).collect();
    Account { user_name: String::new(), display_name: words.join(" "), ..like.accounts.swap_remove(index) }
}
