//! Policies aimed at nobody but these accounts: whether they let them in (contract 16).
//!
//! Such a policy is shown and left alone. It is right only when it merely asks for an authentication strength that a
//! registered method of every account satisfies; one that the plan names is a decision and is not looked at here. One that
//! is not enforced fails nothing today: what it would do is for a person to hear before somebody enables it.

use crate::domain::check::case::Case;
use crate::domain::facts::policy::{Demands, Policy, State, Strength};
use crate::domain::facts::{MethodKind, Registered};
use crate::domain::plan::Method;
use crate::domain::slot::Slot;
use crate::steps::shared::key_rules;
use crate::steps::shared::look::{Look, Seen, fail, needs_person, pass, read, unknown};
use crate::steps::shared::policies::Policies;

/// How a policy treats the accounts.
enum Treats {
    /// Each of them gets in.
    Well,
    /// Some may not, for this reason.
    Badly(String),
    /// It cannot be told, for this reason.
    Unclear(String),
}

/// What is to be said of such policies; `None` where there are none.
pub(in crate::steps) fn seen(case: &Case<'_>) -> Option<Look<Seen>> {
    let policies = Policies::of(case);
    let aimed: Vec<&Policy> = policies.aimed().collect();
    (!aimed.is_empty()).then(|| judged(case, &aimed))
}

/// Whether `policy`, which is aimed at these accounts alone, may keep one of them out.
pub(in crate::steps) fn keeps_out(case: &Case<'_>, policy: &Policy) -> bool {
    let methods = case.facts.methods.get().map(Vec::as_slice);
    matches!(treats(case, policy, methods), Treats::Badly(_))
}

fn judged(case: &Case<'_>, aimed: &[&Policy]) -> Look<Seen> {
    let methods = read(&case.facts.methods).map(Vec::as_slice);
    let (mut bad, mut dormant, mut unclear) = (Vec::new(), Vec::new(), Vec::new());
    for policy in aimed {
        let told = |why: String| match policy.state {
            State::Enabled => format!("{} {why}", policy.name),
            State::ReportOnly => format!("{} is report-only; once it is enabled it {why}", policy.name),
            State::Disabled => format!("{} is switched off; once it is enabled it {why}", policy.name),
        };
        match (treats(case, policy, methods.as_ref().ok().copied()), policy.state) {
            (Treats::Well, _) => {}
            (Treats::Badly(why), State::Enabled) => bad.push(told(why)),
            (Treats::Badly(why), State::ReportOnly | State::Disabled) => dormant.push(told(why)),
            (Treats::Unclear(why), _) => unclear.push(told(why)),
        }
    }
    let all = [bad.clone(), dormant.clone()].concat();
    Ok(match (bad.as_slice(), dormant.as_slice(), unclear.as_slice()) {
        ([_, ..], _, _) => fail(all.join("; ")),
        ([], [_, ..], _) => needs_person(all.join("; ")),
        ([], [], [_, ..]) => unknown(unclear.join("; ")),
        ([], [], []) => {
            let names: Vec<&str> = aimed.iter().map(|policy| policy.name.as_str()).collect();
            pass(format!("{}: asks for nothing that these accounts lack", names.join(", ")))
        }
    })
}

fn treats(case: &Case<'_>, policy: &Policy, methods: Option<&[Registered]>) -> Treats {
    let Demands { hurdles, strength } = policy.demands();
    if !hurdles.is_empty() {
        return Treats::Badly(hurdles.join(", "));
    }
    let (combinations, models) = match &strength {
        Strength::None => return Treats::Well,
        Strength::Unknown => {
            return Treats::Unclear(
                "asks for a strength that does not say which methods it takes".to_owned(),
            );
        }
        Strength::OneOf { combinations, models } => (combinations, models),
    };
    let Some(methods) = methods else {
        return Treats::Unclear(
            "asks for a strength, and the registered methods could not be read".to_owned(),
        );
    };
    let fits = |slot: Slot| {
        let mut own = methods.iter().filter(|m| m.slot == slot);
        // A key that today's rule refuses is no method.
        own.any(|m| satisfies(m, combinations, models) && key_rules::refusal(case, slot, m).is_none())
    };
    let lacking: Vec<Slot> = present(case).filter(|slot| !fits(*slot)).collect();
    let by_certificate = |slot: &Slot| {
        let takes = combinations.iter().any(|one| one.starts_with("x509Certificate"));
        takes && case.plan.account(*slot).is_some_and(|planned| planned.method == Method::Certificate)
    };
    match lacking.as_slice() {
        [] => Treats::Well,
        all if all.iter().all(by_certificate) => Treats::Unclear(
            "asks for a strength that a certificate may satisfy, which cannot be seen here".to_owned(),
        ),
        [first, ..] => Treats::Badly(format!(
            "asks for an authentication strength that no registered method of the {first} account satisfies"
        )),
    }
}

fn present(case: &Case<'_>) -> impl Iterator<Item = Slot> {
    let accounts = case.facts.accounts.get();
    accounts.into_iter().flat_map(|accounts| accounts.in_slots.iter().map(|a| a.slot))
}

/// What a pass or an unnamed method proves is not told apart by what was read, so it proves nothing here.
fn satisfies(method: &Registered, combinations: &[String], models: &[String]) -> bool {
    let takes = |names: &[&str]| combinations.iter().any(|one| names.contains(&one.as_str()));
    match method.kind {
        MethodKind::Fido2 => takes(&["fido2"]) && is_model(method, models),
        MethodKind::Phone => takes(&["password,sms", "password,voice"]),
        MethodKind::Password | MethodKind::TemporaryPass | MethodKind::Other => false,
    }
}

fn is_model(key: &Registered, models: &[String]) -> bool {
    let own = key.aaguid.as_deref().unwrap_or_default().to_lowercase();
    models.is_empty() || models.contains(&own)
}
