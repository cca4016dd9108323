//! What drifts about the exclusion group beside its members and owners, which step 5 looks at: licenses assigned to it reach
//! every account in it.

use crate::domain::check::case::Case;
use crate::domain::check::cause::Cause;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::domain::facts::Group;
use crate::domain::text::counted;
use crate::steps::review::around;
use crate::steps::shared::exclusion_group;
use crate::steps::shared::look::{Look, Seen, fail, pass, read, report, unknown};

/// What is true of the group.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    vec![report(CheckId::GroupLicense, licenses(case))]
}

/// The exclusion group, where somebody else made it and the plan does not adopt it: as long as that is so, nothing of it is
/// changed here. Members that a rule computes make a group that is of no use.
pub fn foreign_group<'a>(case: &Case<'a>) -> Option<&'a Group> {
    let group = case.facts.group.get()?.found.as_ref()?;
    (!group.dynamic && !exclusion_group::is_ours(case, group)).then_some(group)
}

fn licenses(case: &Case<'_>) -> Look<Seen> {
    Ok(match *read(&around(case)?.group_licenses)? {
        Some(0) => pass("no license is assigned to it"),
        Some(some) => fail(format!("{} assigned to the group", counted(some, "license", "licenses"))),
        None => unknown("the tenant does not tell which licenses are assigned to it").because(Cause::Hidden),
    })
}
