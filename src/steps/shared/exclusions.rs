//! Whether every policy that has to exclude the group does: what step 5 is about, and what others wait for.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::facts::policy::{Policy, State};
use crate::steps::shared::exclusion_group::{self, licensed};
use crate::steps::shared::look::{Look, Seen, fail, listed, needs_person, pass, read};
use crate::steps::shared::policies::Policies;

/// How many of the policies exclude the group, which do not, and which refused to.
pub(in crate::steps) fn seen(case: &Case<'_>) -> Look<Seen> {
    read(&case.facts.policies)?;
    read(&case.facts.group)?;
    let policies = Policies::of(case);
    let (lacking, done): (Vec<&Policy>, Vec<&Policy>) =
        policies.applicable().partition(|p| policies.lacks_group(p));
    // What Microsoft keeps to itself is a finding of its own.
    let lacking: Vec<&Policy> =
        lacking.into_iter().filter(|p| !(policies.is_refused(p) && p.is_microsoft_managed())).collect();
    let (refused, open): (Vec<&Policy>, Vec<&Policy>) =
        lacking.iter().copied().partition(|p| policies.is_refused(p));
    let all = lacking.len() + done.len();
    let held_back = held_back(case, &policies);
    let by_hand = by_hand(&policies, &refused);
    let names: Vec<&str> = open.iter().map(|p| p.name.as_str()).collect();
    Ok(match (open.is_empty(), refused.is_empty()) {
        (true, true) => pass(format!("{} policies exclude the group", done.len())),
        (true, false) => {
            needs_person(format!("{} of {all}; {by_hand}", done.len())).because(why(&policies, &refused))
        }
        (false, true) => {
            let moved = one_by_one(case, &open);
            fail(format!("{} of {all}; missing in {}{moved}{held_back}", done.len(), listed(&names)))
        }
        (false, false) => {
            let moved = one_by_one(case, &open);
            fail(format!(
                "{} of {all}; missing in {}{moved}; {by_hand}{held_back}",
                done.len(),
                listed(&names)
            ))
            .because(why(&policies, &refused))
        }
    })
}

/// Whether a refusal names something that is gone: then that has to be taken out first.
fn why(policies: &Policies<'_>, refused: &[&Policy]) -> Cause {
    let dead = refused.iter().any(|policy| policies.named_dead(policy).next().is_some());
    if dead { Cause::NotFound } else { Cause::ByHand }
}

/// Why no policy is changed although some lack the group.
fn held_back(case: &Case<'_>, policies: &Policies<'_>) -> &'static str {
    match policies.group {
        Some(group) if !exclusion_group::is_safe_to_exclude(case, group) => {
            "; none is changed while others than the emergency access accounts are in the group"
        }
        Some(_) | None => "",
    }
}

/// The policies that refused the change, each with its id and what the server said.
fn by_hand(policies: &Policies<'_>, refused: &[&Policy]) -> String {
    let why = |policy: &&Policy| {
        let why = policies.refusal(policy).map_or("", |trouble| trouble.why.trim_end_matches('.'));
        let dead: Vec<&str> = policies.named_dead(policy).collect();
        match dead.is_empty() {
            true => format!("{} ({}): {why}", policy.name, policy.id),
            false => {
                format!("{} ({}), after taking {} out of it: {why}", policy.name, policy.id, dead.join(", "))
            }
        }
    };
    let refused: Vec<String> = refused.iter().map(why).collect();
    format!("refused here, so exclude the group by hand in {}", listed(&refused))
}

fn one_by_one(case: &Case<'_>, lacking: &[&Policy]) -> String {
    let accounts = case.facts.account_ids();
    match lacking.iter().filter(|p| p.excludes_each(&accounts)).count() {
        0 => String::new(),
        1 => "; one excludes the accounts individually; moved to the group".to_owned(),
        some => format!("; {some} exclude the accounts individually; moved to the group"),
    }
}

/// Whether the exclusion is looked up and complete, or there is nothing to exclude from. What refused the change and is
/// enforced on nobody holds nothing up: it stays on the list.
pub(in crate::steps) fn complete_or_unlicensed(case: &Case<'_>) -> bool {
    let policies = Policies::of(case);
    let is_left =
        |p: &Policy| policies.is_refused(p) && (p.is_microsoft_managed() || p.state != State::Enabled);
    let is_read = case.facts.policies.get().is_some() && case.facts.group.get().is_some();
    licensed(case) == Some(false) || is_read && policies.lacking().all(is_left)
}
