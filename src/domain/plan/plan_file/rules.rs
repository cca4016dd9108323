//! Whether the decisions of a plan fit together: what must be corrected, and what deserves a second thought.
//!
//! Each sentence names what it is about and what it should be. Pure; the tenant is not asked.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::domain::plan::plan_file::rule::{Wrong, filled, is_blank, when};
use crate::domain::plan::plan_file::{
    accounts, azure, entra_names, halves, paper, people, systems, texts, words,
};
use crate::domain::plan::{
    Account, DefaultsDecision, LONGEST_KEPT, Method, Plan, Safe, SignIn, Tenant, azure_names, key_by_number,
};
use crate::domain::record::Half;
use crate::domain::secret::password::{LONGEST, SHORTEST};
use crate::domain::slot::Slot;
use crate::domain::text::{clean, is_domain, is_guid};

/// Words in a user name that tell a stranger what the account is.
const OBVIOUS: [&str; 9] = [
    "admin",
    "breakglass",
    "break-glass",
    "break.glass",
    "break_glass",
    "emergency",
    "root",
    "global",
    "firecall",
];

/// What must be corrected, one sentence each in the words of the plan list; empty when the plan fits together.
pub fn validate(plan: &Plan) -> Vec<String> {
    corrections(plan).into_iter().map(|wrong| wrong.words).collect()
}

/// What must be corrected in answers that are there; what nobody has answered yet is left out.
pub fn misfits(plan: &Plan) -> Vec<String> {
    let answered = corrections(plan).into_iter().filter(|wrong| !wrong.is_missing);
    answered.map(|wrong| wrong.words).collect()
}

/// What must be corrected, with the keys of the file.
pub fn corrections(plan: &Plan) -> Vec<Wrong> {
    let mut wrong: Vec<Wrong> = plan.tenant.iter().flat_map(tenant).collect();
    wrong.extend(sign_in(&plan.sign_in));
    wrong.extend(whole(plan));
    wrong.extend(accounts::accounts(plan));
    wrong.extend(people::safes(plan));
    wrong.extend(systems::systems(plan));
    wrong.extend(people::procedure(plan));
    wrong.extend(azure::alerts(plan));
    wrong.extend(paper::paper(plan));
    wrong.extend(words::words(plan));
    wrong.extend(texts::texts(plan));
    wrong.into_iter().map(|one| by_name(plan, one)).collect()
}

/// A safe and a key go by their names, as in the list, and not by their places in the file.
fn by_name(plan: &Plan, wrong: Wrong) -> Wrong {
    let parts: Vec<&str> = wrong.key.split('.').collect();
    let named = match parts.as_slice() {
        ["safes", safe, ..] => safe.parse().ok().and_then(|safe| safe_by_name(plan, safe)),
        // What is wrong with the name itself is said of its place.
        ["accounts", _, "keys", _, "name"] => None,
        ["accounts", slot, "keys", key, ..] => {
            slot.parse().ok().zip(key.parse().ok()).and_then(|(slot, key)| key_by_name(plan, slot, key))
        }
        _ => None,
    };
    let Some((counted, called)) = named else { return wrong };
    Wrong { words: wrong.words.replacen(&counted, &called, 1), ..wrong }
}

fn safe_by_name(plan: &Plan, index: usize) -> Option<(String, String)> {
    let safe = plan.safes.get(index).filter(|safe| !is_blank(&safe.name))?;
    Some((format!("Safe {}:", index + 1), format!("Safe {}:", clean(&safe.name))))
}

fn key_by_name(plan: &Plan, account: usize, key: usize) -> Option<(String, String)> {
    let (slot, account) = (Slot::new(account), plan.accounts.get(account)?);
    let named = |name: &str| format!("{slot}: {name} ");
    Some((named(&key_by_number(key)), named(&clean(&account.key_name(key)))))
}

/// What is allowed and still deserves a second thought, one sentence each.
pub fn warnings(plan: &Plan) -> Vec<String> {
    let mut doubts: Vec<String> = plan.slots().flat_map(|(slot, account)| doubts(slot, account)).collect();
    doubts.extend(
        plan.safes
            .iter()
            .filter(|safe| !safe.fireproof || !safe.waterproof)
            .map(|safe| format!("Safe {} does not withstand both fire and water.", safe.name)),
    );
    let custodians: BTreeSet<String> = plan
        .accounts
        .iter()
        .map(|a| plan.custodian_of(a, Half::A).trim().to_lowercase())
        .filter(|who| !who.is_empty())
        .collect();
    let is_halved = plan.accounts.iter().any(|a| a.second_half.is_some());
    let one =
        "One custodian has charge of every account: when that person is away, nobody gets at any of them.";
    doubts.extend((plan.accounts.len() > 1 && custodians.len() == 1 && !is_halved).then(|| one.to_owned()));
    doubts.extend(halves::parted(plan));
    doubts.extend(azure_names::unheard_of_region(&plan.alerts.region));
    doubts.extend(words::without_effect(plan));
    doubts.extend(people::rarer(plan));
    doubts.extend(keepers(plan));
    doubts.extend(plan.slots().flat_map(|(slot, account)| two_custodians(plan, slot, account)));
    doubts
}

/// Who keeps what, where somebody is named: a safe that nobody opens when its keeper is away, and hands that have a whole set.
fn keepers(plan: &Plan) -> Vec<String> {
    let alone = plan.safes.iter().filter(|safe| !is_blank(&safe.custodian) && is_blank(&safe.deputy));
    let alone: Vec<&str> = alone.map(|safe| safe.name.as_str()).collect();
    let deputies =
        format!("No deputy is named for {}: when the custodian is away, nobody opens it.", alone.join(", "));
    let whole = plan.slots().flat_map(|(slot, account)| {
        let paper = plan.safe(&account.safe).map(keeping).unwrap_or_default();
        let keys = account.keys.iter().filter_map(|key| plan.safe(&key.safe)).flat_map(keeping);
        let both: BTreeSet<String> = keys.filter(|who| paper.contains(who)).collect();
        both.into_iter().map(move |who| {
            format!("{slot} account: {who} keeps both the password and a key, a whole set in one hand.")
        })
    });
    (!alone.is_empty()).then_some(deputies).into_iter().chain(whole).collect()
}

/// Who is named for the password of an account, or a half of it, where somebody else keeps the safe in which it lies.
fn two_custodians(plan: &Plan, slot: Slot, account: &Account) -> BTreeSet<String> {
    let told = |half: Half| {
        let (place, own) = account.keeper(half);
        let keeper = plan.safe(place).map_or("", |safe| safe.custodian.trim());
        let is_two =
            !is_blank(own) && !is_blank(keeper) && own.trim().to_lowercase() != keeper.to_lowercase();
        is_two.then(|| {
            format!(
                "{slot} account: {} is named as its custodian, but {keeper} keeps safe {place}, where its password lies. \
                 The papers name {keeper}; leave the account's custodian out, or correct one of them.",
                own.trim()
            )
        })
    };
    Half::BOTH.into_iter().filter_map(told).collect()
}

/// Custodian and deputy of a safe, as far as they are named.
fn keeping(safe: &Safe) -> Vec<String> {
    let both = [safe.custodian.trim(), safe.deputy.trim()];
    both.into_iter().filter(|who| !who.is_empty()).map(str::to_owned).collect()
}

/// The same on the day `today`, with what is out of time then, and what has no time.
pub fn warnings_on(plan: &Plan, today: Date) -> Vec<String> {
    warnings(plan).into_iter().chain(words::out_of_time(plan, today)).chain(words::old_form(plan)).collect()
}

fn doubts(slot: Slot, account: &Account) -> Vec<String> {
    let name = account.user_name.to_lowercase();
    let obvious = OBVIOUS.iter().find(|word| name.contains(**word)).map(|word| {
        format!("{slot} account: the user name contains \"{word}\", which tells a stranger what it is.")
    });
    let phone = (account.method == Method::Phone)
        .then(|| format!("{slot} account: a phone can be taken over or fail; a security key is better."));
    let one_key = (account.method == Method::SecurityKey && account.keys.len() == 1)
        .then(|| format!("{slot} account: one key has no spare; the other account is then the way back."));
    let locked = account.phone.as_ref().filter(|phone| is_blank(&phone.unlock)).map(|_| {
        format!(
            "{slot} account: no place is named for the SIM PIN and the screen lock code of its phone; whoever fetches it \
             cannot unlock it."
        )
    });
    obvious.into_iter().chain(phone).chain(locked).chain(one_key).collect()
}

/// The tenant as a person names it.
fn tenant(tenant: &Tenant) -> Vec<Wrong> {
    let domain = tenant.initial_domain.trim();
    let id = "must be the id of the tenant (Entra admin center, Overview).";
    [
        filled(&tenant.name, "tenant.name"),
        when(!is_domain(domain), "tenant.initial_domain", "must be a domain, like contoso.onmicrosoft.com."),
        when(!is_guid(&tenant.id), "tenant.id", id),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn sign_in(sign_in: &SignIn) -> Option<Wrong> {
    let says =
        "must be the application (client) id of an app registration; see: breakglass guide registration.";
    when(!sign_in.client_id.iter().all(|id| is_guid(id)), "sign_in.client_id", says)
}

fn whole(plan: &Plan) -> Vec<Wrong> {
    let length = plan.passwords.length;
    let kept = plan.passwords.kept_minutes();
    let defaults = &plan.security_defaults;
    let turned_off = defaults.decision == DefaultsDecision::TurnOff;
    let instead = defaults.enable.iter().position(is_blank);
    let odd = plan.policies.allow.iter().position(|id| !is_guid(id));
    let ticket = plan.role.ticket.iter().flat_map(|ticket| {
        let number = filled(&ticket.number, "role.ticket.number");
        number.into_iter().chain(filled(&ticket.system, "role.ticket.system"))
    });
    [
        when(
            !(SHORTEST..=LONGEST).contains(&length),
            "passwords.length",
            &format!("must be {SHORTEST} to {LONGEST}, not {length}."),
        ),
        when(
            !(1..=LONGEST_KEPT).contains(&kept),
            "passwords.forget_after",
            &format!("must be 1 to {LONGEST_KEPT} minutes, not {kept}."),
        ),
        when(
            turned_off && defaults.enable.is_empty(),
            "security_defaults.enable",
            "must name a policy: security defaults are to be turned off, and no policy is named that is enabled instead.",
        ),
        instead.and_then(|i| when(true, &format!("security_defaults.enable.{i}"), "must not have an empty entry.")),
        odd.and_then(|i| when(true, &format!("policies.allow.{i}"), "must be object ids of policies, 36 characters each.")),
        filled(&plan.role.justification, "role.justification"),
    ]
    .into_iter()
    .flatten()
    .chain(ticket)
    .chain(entra_names::of_group(&plan.group))
    .collect()
}
