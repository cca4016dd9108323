//! The day itself: what opens an account, where each part of it lies and with whom, and what is asked for at its sign-in,
//! in that order. The procedure card is this text on paper.
//!
//! It is worked out from plan and record alone, because on that day nothing can be read.

use crate::domain::check::case::Case;
use crate::domain::plan::system::{Commands, shown};
use crate::domain::plan::{Account, Method};
use crate::domain::record::{Checked, Half, HalfSlip, Slip, SlipKind, SlipState};
use crate::domain::slot::Slot;
use crate::guide::{emergency, fill};

/// Names with what is known of them; empty where a person writes it down.
pub type Pairs = Vec<(String, String)>;

/// What opens the account in `slot`: a line for each thing that is fetched, with its place.
pub fn things(case: &Case<'_>, slot: Slot) -> Pairs {
    let Some(account) = case.plan.account(slot) else { return Pairs::new() };
    let mut things = password(case, slot, account);
    match account.method {
        Method::SecurityKey => things.extend(keys(case, slot, account)),
        Method::Phone => things.extend(phone(account)),
        Method::Certificate => things.push(("Certificate, kept in".to_owned(), String::new())),
    }
    things
}

fn password(case: &Case<'_>, slot: Slot, account: &Account) -> Pairs {
    let made = confirmed(case, slot, SlipKind::Password);
    let slip =
        made.filter(|slip| on_paper(slip)).map(|slip| format!("slip {}, ", slip.number)).unwrap_or_default();
    if account.second_half.is_none() && made.is_none_or(|slip| slip.halves.is_empty()) {
        let place = case.plan.place_and_charge(account, &account.safe);
        let mut pairs = vec![("Password".to_owned(), format!("{slip}{place}"))];
        pairs.extend(fetched(case, slot, SlipKind::Password, "Password"));
        return pairs;
    }
    let half = |half: Half| {
        let place = half_place(case, account, made.and_then(|slip| taken(slip, half)), half);
        (format!("Password, half {}", half.name()), format!("{slip}{place}"))
    };
    Half::BOTH.map(half).to_vec()
}

/// The command by which a secret is fetched from the system that keeps it, as a person types it.
fn fetched(case: &Case<'_>, slot: Slot, kind: SlipKind, name: &str) -> Option<(String, String)> {
    let commands = in_system(case, slot, kind)?;
    Some((format!("{name}, fetched with"), shown(&commands.read)))
}

/// The system that keeps a secret, unless the one that counts is on paper still.
fn in_system(case: &Case<'_>, slot: Slot, kind: SlipKind) -> Option<Commands> {
    case.plan.system_of(slot, kind).filter(|_| !confirmed(case, slot, kind).is_some_and(on_paper))
}

fn taken(slip: &Slip, half: Half) -> Option<&HalfSlip> {
    slip.halves.iter().find(|taken| taken.half == half)
}

/// Where a half lies and with whom: as it was taken, or else as planned.
fn half_place(case: &Case<'_>, account: &Account, taken: Option<&HalfSlip>, half: Half) -> String {
    match taken {
        None => case.plan.place_and_charge(account, account.keeper(half).0),
        Some(taken) => {
            let seal = if taken.seal.is_empty() { String::new() } else { format!(", seal {}", taken.seal) };
            let deputy = match case.plan.safe(account.keeper(half).0).map_or("", |safe| safe.deputy.trim()) {
                "" => String::new(),
                deputy => format!(" (deputy: {deputy})"),
            };
            format!("safe {}, with {}{deputy}{seal}", taken.safe, taken.custodian)
        }
    }
}

/// Each PIN before its key: it lies elsewhere, and is fetched first.
fn keys(case: &Case<'_>, slot: Slot, account: &Account) -> Pairs {
    let mut pairs = Pairs::new();
    for (index, key) in account.keys.iter().enumerate() {
        let made = confirmed(case, slot, SlipKind::Pin { key: index });
        let slip = made
            .filter(|slip| on_paper(slip))
            .map(|slip| format!("slip {}, ", slip.number))
            .unwrap_or_default();
        let place = account.pin_safe.as_deref().map(|safe| case.plan.place_and_charge(account, safe));
        let pin = place.map(|place| format!("{slip}{place}")).unwrap_or_default();
        let serial = if key.serial.is_empty() { String::new() } else { format!("serial {}, ", key.serial) };
        let name = format!("PIN of {}", account.key_name(index));
        let fetched = fetched(case, slot, SlipKind::Pin { key: index }, &name);
        pairs.push((name, pin));
        pairs.extend(fetched);
        let at = case.plan.place_and_charge(account, &key.safe);
        pairs.push((account.key_name(index), format!("{serial}{at}")));
    }
    pairs
}

fn phone(account: &Account) -> Pairs {
    let told = |of: fn(&crate::domain::plan::Phone) -> &String| account.phone.as_ref().map(of).cloned();
    vec![
        ("Phone number".to_owned(), told(|phone| &phone.number).unwrap_or_default()),
        ("Phone, kept in".to_owned(), told(|phone| &phone.place).unwrap_or_default()),
        ("SIM PIN and lock code, kept in".to_owned(), told(|phone| &phone.unlock).unwrap_or_default()),
    ]
}

/// Whether there is paper of it; a system keeps a secret without any.
fn on_paper(slip: &Slip) -> bool {
    slip.checked != Some(Checked::ReadFromSystem)
}

/// The slip that counts: typed back from its paper.
fn confirmed<'a>(case: &Case<'a>, slot: Slot, kind: SlipKind) -> Option<&'a Slip> {
    case.evidence.slip(slot, kind).filter(|slip| slip.state == SlipState::Confirmed)
}

/// What is met at the sign-in of the account in `slot`, one act a line.
pub fn sign_in(case: &Case<'_>, slot: Slot, upn: &str) -> Vec<String> {
    let Some(account) = case.plan.account(slot) else { return Vec::new() };
    let words = &emergency().sign_in;
    let mut acts = vec![fill(&words.address, &[("upn", upn)])];
    match account.method {
        Method::SecurityKey => {
            acts.extend([words.key_first.clone(), typed(case, slot, account), key(case, slot, account)]);
        }
        Method::Phone => {
            acts.extend([typed(case, slot, account), on_phone(account)]);
        }
        Method::Certificate => acts.extend([words.certificate.clone(), typed(case, slot, account)]),
    }
    acts.extend([&words.change, &words.register, &words.stay, &words.work].map(Clone::clone));
    acts
}

/// The phone: what unlocks it, and the code that comes to it.
fn on_phone(account: &Account) -> String {
    let phone = account.phone.as_ref();
    let number = phone.map_or("its number", |phone| phone.number.as_str());
    let codes =
        phone.map(|phone| phone.unlock.trim()).filter(|place| !place.is_empty()).unwrap_or("________");
    fill(&emergency().sign_in.phone, &[("number", number), ("codes", codes)])
}

/// The key with its PIN, from a slip or from the system that keeps it.
fn key(case: &Case<'_>, slot: Slot, account: &Account) -> String {
    let words = &emergency().sign_in;
    let system = in_system(case, slot, SlipKind::Pin { key: 0 });
    match (system, account.keys.len() > 1) {
        (None, false) => words.key.clone(),
        (None, true) => words.keys.clone(),
        (Some(commands), false) => given(&words.key_system, &commands),
        (Some(commands), true) => given(&words.keys_system, &commands),
    }
}

fn given(words: &str, commands: &Commands) -> String {
    fill(words, &[("system", &format!("system {}", commands.system))])
}

/// The password, typed by one person or by two, from paper or from the system that keeps it.
fn typed(case: &Case<'_>, slot: Slot, account: &Account) -> String {
    let words = &emergency().sign_in;
    let by = |half| case.plan.charge(account, account.keeper(half).0);
    match account.second_half {
        None => match in_system(case, slot, SlipKind::Password) {
            None => words.password.clone(),
            Some(commands) => given(&words.password_system, &commands),
        },
        Some(_) => fill(&words.halves, &[("a", &by(Half::A)), ("b", &by(Half::B))]),
    }
}

/// What can go wrong with what these accounts open with.
pub fn wrongs(case: &Case<'_>) -> Vec<String> {
    let (all, words) = (emergency(), &emergency().wrongs);
    let uses = |method| case.plan.accounts.iter().any(|account| account.method == method);
    let mut lines = refused(case, |_| Some(SlipKind::Password), [&words.password, &words.password_system]);
    if uses(Method::SecurityKey) {
        let pin = |account: &Account| (!account.keys.is_empty()).then_some(SlipKind::Pin { key: 0 });
        lines.extend(refused(case, pin, [&words.pin, &words.pin_system]));
        lines.push(words.key.clone());
    }
    if uses(Method::Phone) {
        lines.push(words.phone.clone());
    }
    lines.push(all.locked_out.clone());
    if uses(Method::SecurityKey) || uses(Method::Phone) {
        lines.push(if case.facts.cloud.has_pass() { words.pass.clone() } else { words.no_pass.clone() });
    }
    let tenant = if case.tenant().is_empty() { "________" } else { case.tenant() };
    lines.push(fill(&all.nobody, &[("tenant", tenant)]));
    lines
}

/// What to do where a secret is refused: the first of `words` if any account has it on paper, the other if a system keeps any.
fn refused(case: &Case<'_>, kind: fn(&Account) -> Option<SlipKind>, words: [&String; 2]) -> Vec<String> {
    let kept = case.plan.slots().filter_map(|(slot, account)| Some((slot, kind(account)?)));
    let kept: Vec<bool> = kept.map(|(slot, kind)| in_system(case, slot, kind).is_some()).collect();
    let told = [false, true].into_iter().zip(words).filter(|(system, _)| kept.contains(system));
    told.map(|(_, words)| words.clone()).collect()
}

/// What comes before the computer, in order.
pub fn begin(case: &Case<'_>) -> Vec<String> {
    let words = emergency();
    let fetch = if has_halves(case) { &words.fetch_halves } else { &words.fetch };
    let system = case.plan.systems_in_use().next().map(|_| &words.begin_system);
    [&words.authorize, fetch].into_iter().chain(system).chain([&words.computer]).cloned().collect()
}

/// Whether two people keep half a password each, so that nobody else may fetch theirs.
pub fn has_halves(case: &Case<'_>) -> bool {
    case.plan.accounts.iter().any(|account| account.second_half.is_some())
}

/// Who may fetch what lies in an envelope: a half only its custodian, all else two of those whom the plan names.
pub fn fetchers(case: &Case<'_>) -> (String, String) {
    let name = if has_halves(case) { "May fetch all but a half, two of" } else { "May fetch, two of" };
    (name.to_owned(), case.plan.procedure.retrievers.join(", "))
}

/// Who may authorize a use, each with room for a phone number unless one stands in the name.
pub fn approvers(case: &Case<'_>) -> Pairs {
    let has_number = |name: &str| name.chars().filter(char::is_ascii_digit).count() >= 6;
    let line = |name: &String| match has_number(name) {
        true => ("May authorize it".to_owned(), name.clone()),
        false => (format!("{name}, phone"), String::new()),
    };
    case.plan.procedure.approvers.iter().map(line).collect()
}

/// Everyone who is told of a use, by what they are to it.
pub fn everyone(case: &Case<'_>) -> Pairs {
    let plan = case.plan;
    let recipients: Vec<String> =
        plan.alerts.recipients.iter().map(|one| format!("{} ({})", one.name, one.email)).collect();
    let people = [
        ("Authorized by", plan.procedure.approvers.join(", ")),
        ("Custodians", plan.custodians().into_iter().collect::<Vec<_>>().join(", ")),
        ("Alerts go to", recipients.join(", ")),
        ("Upkeep", plan.upkeep.owner.clone()),
        ("Incident system", plan.procedure.incident_system.clone()),
    ];
    people.into_iter().map(|(name, who)| (name.to_owned(), who)).collect()
}
