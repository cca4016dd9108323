//! Whether the decisions of a plan fit together: what must be corrected, and what deserves a second thought.
//!
//! Each sentence names what it is about and what it should be. Pure; the tenant is not asked.

use std::collections::BTreeSet;

use crate::domain::plan::plan_file::entra_names;
use crate::domain::plan::plan_file::halves::{apart, halves};
use crate::domain::plan::plan_file::paper::paper;
use crate::domain::plan::plan_file::rule::{is_blank, when};
use crate::domain::plan::plan_file::systems::systems;
use crate::domain::plan::{
    Account, Attestation, DefaultsDecision, Destination, Method, Plan, Safe, Tenant, azure_names,
};
use crate::domain::secret::password::{LONGEST, SHORTEST};
use crate::domain::slot::Slot;
use crate::domain::text::is_guid;
use crate::domain::text::sentence;

/// How many accounts a plan may have.
const ACCOUNTS: std::ops::RangeInclusive<usize> = 2..=4;
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

/// What must be corrected, one sentence each; empty when the plan fits together.
pub fn validate(plan: &Plan) -> Vec<String> {
    let mut wrong: Vec<String> = plan.tenant.iter().flat_map(tenant).collect();
    wrong.extend(whole(plan));
    wrong.extend(plan.slots().flat_map(|(slot, account)| of_account(plan, slot, account)));
    wrong.extend(apart(plan));
    wrong.extend(one_key_twice(plan));
    wrong.extend(safes(plan));
    wrong.extend(systems(plan));
    wrong.extend(procedure(plan));
    wrong.extend(alerts(plan));
    wrong.extend(paper(plan));
    wrong.extend(attestations(plan));
    wrong
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
        .map(|a| a.custodian.trim().to_lowercase())
        .filter(|who| !who.is_empty())
        .collect();
    let is_halved = plan.accounts.iter().any(|a| a.second_half.is_some());
    doubts.extend(when(
        plan.accounts.len() > 1 && custodians.len() == 1 && !is_halved,
        "One custodian has charge of every account: when that person is away, nobody gets at any of them.",
    ));
    doubts.extend(keepers(plan));
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
    when(!alone.is_empty(), &deputies).into_iter().chain(whole).collect()
}

/// Custodian and deputy of a safe, as far as they are named.
fn keeping(safe: &Safe) -> Vec<String> {
    let both = [safe.custodian.trim(), safe.deputy.trim()];
    both.into_iter().filter(|who| !who.is_empty()).map(str::to_owned).collect()
}

fn doubts(slot: Slot, account: &Account) -> Vec<String> {
    let name = account.user_name.to_lowercase();
    let obvious = OBVIOUS.iter().find(|word| name.contains(**word)).map(|word| {
        format!("{slot} account: the user name contains \"{word}\", which tells a stranger what it is.")
    });
    let phone = when(
        account.method == Method::Phone,
        &format!("{slot} account: a phone can be taken over or fail; a security key is better."),
    );
    let one_key = when(
        account.method == Method::SecurityKey && account.keys.len() == 1,
        &format!("{slot} account: one key has no spare; the other account is then the way back."),
    );
    obvious.into_iter().chain(phone).chain(one_key).collect()
}

/// The tenant as a person names it.
fn tenant(tenant: &Tenant) -> Vec<String> {
    let domain = tenant.initial_domain.trim();
    let is_domain = domain.split('.').count() > 1 && domain.split('.').all(is_label);
    [
        when(is_blank(&tenant.name), "tenant.name must not be empty."),
        when(!is_domain, "tenant.initial_domain must be a domain, like contoso.onmicrosoft.com."),
        when(!is_guid(&tenant.id), "tenant.id must be the id of the tenant (Entra admin center, Overview)."),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn is_label(label: &str) -> bool {
    !label.is_empty() && label.chars().all(|c| c.is_ascii_alphanumeric() || c == '-')
}

fn whole(plan: &Plan) -> Vec<String> {
    let names: BTreeSet<String> = plan.accounts.iter().map(|a| a.user_name.to_lowercase()).collect();
    let phones = plan.accounts.iter().filter(|a| a.method == Method::Phone).count();
    let count = plan.accounts.len();
    let length = plan.passwords.length;
    let turned_off = plan.security_defaults.decision == DefaultsDecision::TurnOff;
    [
        when(!ACCOUNTS.contains(&count), &format!("There must be 2 to 4 accounts, not {count}.")),
        when(names.len() < count, "Every account needs a user name of its own."),
        when(
            !(SHORTEST..=LONGEST).contains(&length),
            &format!("passwords.length must be {SHORTEST} to {LONGEST}, not {length}."),
        ),
        when(count > 0 && phones == count, "At least one account must not depend on a phone."),
        when(phones > 1, "At most one account may depend on a phone."),
        when(
            turned_off && plan.security_defaults.enable.is_empty(),
            "Security defaults are to be turned off, and no policy is named that is enabled instead.",
        ),
        when(is_blank(&plan.role.justification), "role.justification must not be empty."),
        when(
            plan.role.ticket.as_ref().is_some_and(|t| is_blank(&t.number) || is_blank(&t.system)),
            "role.ticket needs a number and a system.",
        ),
    ]
    .into_iter()
    .flatten()
    .chain(entra_names::of_group(&plan.group))
    .collect()
}

fn of_account(plan: &Plan, slot: Slot, account: &Account) -> Vec<String> {
    let mut wrong = naming(account);
    wrong.extend(places(plan, account));
    wrong.extend(factor(account));
    wrong.extend(halves(plan, account));
    wrong.into_iter().map(|sentence| format!("{slot} account: {sentence}")).collect()
}

fn naming(account: &Account) -> Vec<String> {
    let custodian = when(is_blank(&account.custodian), "custodian must not be empty.");
    entra_names::of_account(account).into_iter().chain(custodian).collect()
}

fn places(plan: &Plan, account: &Account) -> Vec<String> {
    let named = std::iter::once(&account.safe)
        .chain(account.pin_safe.iter())
        .chain(account.second_half.iter().map(|half| &half.safe))
        .chain(account.keys.iter().map(|key| &key.safe))
        .collect::<BTreeSet<_>>();
    let unknown = named
        .into_iter()
        .filter(|name| plan.safe(name).is_none() && plan.system(name).is_none())
        .map(|name| format!("the safe \"{name}\" is not in the list of safes."));
    let beside = account
        .keys
        .iter()
        .filter(|key| account.pin_safe.as_ref() == Some(&key.safe))
        .map(|key| format!("the PIN must not lie in safe {} beside the key \"{}\".", key.safe, key.name));
    unknown.chain(beside).collect()
}

fn factor(account: &Account) -> Vec<String> {
    let keys = account.keys.len();
    let has_key = account.method == Method::SecurityKey;
    let has_phone = account.method == Method::Phone;
    let number = account.phone.as_ref().map(|phone| phone.number.as_str());
    [
        when(has_key && !(1..=2).contains(&keys), &format!("needs 1 or 2 keys, not {keys}.")),
        when(has_key && account.pin_safe.is_none(), "pin_safe must name the safe for the slip with the PIN."),
        when(!has_key && keys > 0, "keys are only for the method \"security-key\"."),
        when(has_phone && number.is_none(), "the method \"phone\" needs a phone with number and place."),
        when(!has_phone && number.is_some(), "a phone is only for the method \"phone\"."),
        when(
            number.is_some_and(|n| !is_number(n)),
            "phone.number must be international, like \"+1 2065555555\".",
        ),
        when(account.keys.iter().any(|key| is_blank(&key.name)), "every key needs a name."),
        when(
            account.keys.iter().filter_map(|key| key.aaguid.as_deref()).any(|model| !is_guid(model)),
            "the aaguid of a key must have the form of a UUID.",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A key with the serial number of another one: one of the two accounts would have no key.
fn one_key_twice(plan: &Plan) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let serials = plan.accounts.iter().flat_map(|account| &account.keys).map(|key| key.serial.trim());
    let twice = serials.filter(|serial| !serial.is_empty() && !seen.insert(serial.to_lowercase()));
    twice
        .map(|serial| {
            format!("The serial number {serial} is given to more than one key; every key has its own.")
        })
        .collect()
}

fn safes(plan: &Plan) -> Vec<String> {
    let names: BTreeSet<&str> = plan.safes.iter().map(|safe| safe.name.trim()).collect();
    [
        when(plan.safes.len() + plan.systems.len() < 2, "There must be at least two safes."),
        when(names.len() < plan.safes.len(), "Every safe needs a name of its own."),
        when(
            plan.safes.iter().any(|safe| is_blank(&safe.name) || is_blank(&safe.place)),
            "Every safe needs a name and a place.",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn procedure(plan: &Plan) -> Vec<String> {
    let procedure = &plan.procedure;
    [
        when(filled(&procedure.approvers) < 1, "procedure.approvers must name at least one approver."),
        when(filled(&procedure.retrievers) < 2, "procedure.retrievers must name at least two people."),
        when(
            is_blank(&procedure.incident_system),
            "procedure.incident_system must say where each use is logged.",
        ),
        when(is_blank(&plan.upkeep.owner), "upkeep.owner must not be empty."),
    ]
    .into_iter()
    .flatten()
    .collect()
}

fn alerts(plan: &Plan) -> Vec<String> {
    match plan.alerts.destination {
        Destination::Workspace => workspace(plan),
        Destination::Elsewhere => when(
            plan.alerts.elsewhere.as_deref().is_none_or(is_blank),
            "alerts.elsewhere must say where the logs go and who watches them.",
        )
        .into_iter()
        .collect(),
    }
}

fn workspace(plan: &Plan) -> Vec<String> {
    let alerts = &plan.alerts;
    let named = [&alerts.resource_group, &alerts.workspace, &alerts.region];
    let bad = alerts.recipients.iter().filter(|r| !is_address(&r.email));
    [
        when(alerts.recipients.is_empty(), "alerts.recipients must name at least one mailbox."),
        when(
            named.into_iter().any(is_blank),
            "alerts.resource_group, workspace and region must not be empty.",
        ),
        refused(&alerts.resource_group, azure_names::wrong_resource_group),
        refused(&alerts.workspace, azure_names::wrong_workspace),
        refused(&alerts.region, azure_names::wrong_region),
        when(
            !alerts.subscription.iter().all(|id| is_guid(id)),
            "alerts.subscription must be the id of a subscription.",
        ),
    ]
    .into_iter()
    .flatten()
    .chain(bad.map(|r| format!("alerts.recipients: \"{}\" of {} is no mail address.", r.email, r.name)))
    .chain(alerts.recipients.iter().filter(|r| r.sms.is_some() && r.number().is_none()).map(|r| {
        format!(
            "alerts.recipients: the SMS number of {} must be like \"+1 2065550100\", with a space behind the country code.",
            r.name
        )
    }))
    .chain(azure_names::wrong_recipients(&alerts.recipients))
    .collect()
}

/// What Azure would refuse in a name that is there.
fn refused(name: &str, rule: fn(&str) -> Option<String>) -> Option<String> {
    rule(name).filter(|_| !is_blank(name))
}

fn attestations(plan: &Plan) -> Vec<String> {
    let lacks = |a: &Attestation| is_blank(a.about.as_str()) || is_blank(&a.tenant) || is_blank(&a.person);
    let vague = plan.attestations.iter().filter(|a| lacks(a));
    let vague =
        vague.map(|a| format!("attestation \"{}\": about, tenant and person must be filled.", a.about));
    let silent = plan.accepts.iter().filter(|a| is_blank(a.check.as_str()) || is_blank(&a.reason));
    let silent = silent.map(|a| format!("accepts \"{}\": check and reason must be filled.", a.check));
    vague.chain(silent).chain(about_nothing(plan)).collect()
}

/// A word about a check that does not exist would be waited for, and never be looked at.
fn about_nothing(plan: &Plan) -> impl Iterator<Item = String> {
    let words = plan.attestations.iter().map(|word| ("attestation", &word.about));
    let accepted = plan.accepts.iter().map(|accepted| ("accepts", &accepted.check));
    words.chain(accepted).filter(|(_, about)| !is_blank(about.as_str())).filter_map(|(key, about)| {
        let why = about.unknown()?;
        Some(sentence(&format!("{key} \"{about}\": {why}")))
    })
}

fn filled(names: &[String]) -> usize {
    names.iter().filter(|name| !is_blank(name)).map(|name| name.trim()).collect::<BTreeSet<_>>().len()
}

/// `+1 2065555555`: a plus sign, country code, and 6 to 15 digits in all; Graph wants a space after the code.
fn is_number(text: &str) -> bool {
    let digits = text.chars().filter(char::is_ascii_digit).count();
    let is_plain = |c: char| c.is_ascii_digit() || " -().x".contains(c);
    text.strip_prefix('+')
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()) && rest.chars().all(is_plain))
        && (6..=15).contains(&digits)
}

/// One @ with something before it and a dotted domain after it; whether mail arrives is confirmed later.
fn is_address(text: &str) -> bool {
    let is_plain = !text.chars().any(|c| c.is_whitespace() || c.is_control());
    text.split_once('@').is_some_and(|(user, domain)| {
        !user.is_empty()
            && !domain.contains('@')
            && domain.split('.').count() > 1
            && domain.split('.').all(|label| !label.is_empty())
    }) && is_plain
}
