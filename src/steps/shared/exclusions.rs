//! Whether every policy that has to exclude the group does: what step 5 is about, and what others wait for.

use crate::domain::check::case::Case;
use crate::domain::facts::policy::Policy;
use crate::steps::shared::exclusion_group::licensed;
use crate::steps::shared::look::{Look, Seen, fail, listed, pass, read};
use crate::steps::shared::policies::Policies;

/// How many of the policies exclude the group, and which do not.
pub(in crate::steps) fn seen(case: &Case<'_>) -> Look<Seen> {
    read(&case.facts.policies)?;
    read(&case.facts.group)?;
    let policies = Policies::of(case);
    let (lacking, done): (Vec<&Policy>, Vec<&Policy>) =
        policies.applicable().partition(|p| policies.lacks_group(p));
    // What was refused is a finding of its own.
    let lacking: Vec<&Policy> = lacking.into_iter().filter(|p| !policies.is_refused(p)).collect();
    if lacking.is_empty() {
        return Ok(pass(format!("{} policies exclude the group", done.len())));
    }
    let names: Vec<&str> = lacking.iter().map(|p| p.name.as_str()).collect();
    let all = lacking.len() + done.len();
    Ok(fail(format!("{} of {all}; missing in {}{}", done.len(), listed(&names), one_by_one(case, &lacking))))
}

fn one_by_one(case: &Case<'_>, lacking: &[&Policy]) -> String {
    let accounts = case.facts.account_ids();
    match lacking.iter().filter(|p| p.excludes_each(&accounts)).count() {
        0 => String::new(),
        some => format!("; {some} exclude(s) the accounts individually; moved to the group"),
    }
}

/// Whether the exclusion is looked up and complete, or there is nothing to exclude from.
pub(in crate::steps) fn complete_or_unlicensed(case: &Case<'_>) -> bool {
    licensed(case) == Some(false) || seen(case).is_ok_and(|seen| seen.is_pass())
}
