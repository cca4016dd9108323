//! A policy that refuses the exclusion group itself: one that Conditional Access does not know yet, or one that is gone.
//!
//! Told apart from a dead id among the exclusions by whose id the refusal names, and from each other by looking at the
//! group: how it words the refusal is nowhere documented (contract 6), so only the id in it is looked at.

use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use crate::domain::record::Outcome;
use crate::domain::write::action::Action;
use crate::domain::write::order::Others;
use crate::tenant::fault::Fault;
use crate::tenant::read::escaped;
use crate::tenant::session::Session;

use super::Refused;

/// Up to this age a group may be unknown to Conditional Access: lags of minutes are reported (contract 0 and 3); a
/// quarter of an hour is far beyond them (own judgement).
const NEW: SignedDuration = SignedDuration::from_mins(15);

/// What is waited for meanwhile.
pub(super) const WAITS: &str =
    "Conditional Access does not know the new group yet; trying again, for three minutes at most";

/// The exclusion group of `action`, when the refusal is about it.
pub(super) fn named<'a>(action: &'a Action, fault: &Fault) -> Option<&'a str> {
    let Action::ExcludeGroup { group, .. } = action else { return None };
    let is_named = fault.message.to_ascii_lowercase().contains(&group.to_ascii_lowercase());
    (matches!(fault.status, 400 | 404) && is_named).then_some(group)
}

/// How the group stands in the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Standing {
    /// Made a short while ago, or nobody can say when: it may become known.
    New,
    /// It has been there for long.
    Old,
    /// It is not there any more.
    Gone,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Age {
    created_date_time: Option<Timestamp>,
}

/// Looks at the group.
pub(super) async fn standing(session: &Session, group: &str) -> Standing {
    let path = format!("/groups/{}?$select=id,createdDateTime", escaped(group));
    match session.graph::<Age>(&path).await {
        Err(fault) if fault.is_absent() => Standing::Gone,
        // What cannot be read is waited for: that does no harm and ends.
        Err(_) | Ok(Age { created_date_time: None }) => Standing::New,
        Ok(Age { created_date_time: Some(made) }) => of_age(session.service_time().duration_since(made)),
    }
}

fn of_age(age: SignedDuration) -> Standing {
    if age < NEW { Standing::New } else { Standing::Old }
}

/// No policy takes the group: the others of this kind would end alike, and each may be tried again.
pub(super) fn refusal(standing: Standing, mut fault: Fault) -> Refused {
    let (why, next) = match standing {
        Standing::New => (
            " Conditional Access still does not know the new group after three minutes.",
            "Check again in some minutes: the group stays, and the exclusions are offered again.",
        ),
        Standing::Old => (
            " The group is there, and is not new.",
            "Check again in some minutes. If it stays so, exclude the group from the policies by hand in the portal.",
        ),
        Standing::Gone => (
            " It is not in the directory.",
            "The exclusion group may have been deleted: check again, and it is made anew.",
        ),
    };
    fault.trouble.why.push_str(why);
    next.clone_into(&mut fault.trouble.next);
    Refused { outcome: Outcome::NotNow, others: Others::NotOfThisKind, fault }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::facts::policy::State;
    use crate::domain::trouble::Trouble;
    use crate::tenant::fault::Kind;

    fn action() -> Action {
        Action::ExcludeGroup {
            policy: "p".to_owned(),
            name: "P".to_owned(),
            state: State::Disabled,
            groups: vec!["dead-1".to_owned(), "ours-1".to_owned()],
            group: "ours-1".to_owned(),
        }
    }

    fn fault(message: &str) -> Fault {
        let fault = Fault::unanswered(Kind::Refused, Trouble::new("No.", "why.", "next"));
        Fault { status: 400, message: message.to_owned(), ..fault }
    }

    #[test]
    fn the_id_that_is_named_says_whom_the_refusal_is_about() {
        assert_eq!(named(&action(), &fault("1054: Invalid group value: OURS-1.")), Some("ours-1"));
        assert_eq!(named(&action(), &fault("1054: Invalid group value: dead-1.")), None);
        assert_eq!(named(&action(), &fault("1007: Incoming object is null")), None);
    }

    #[test]
    fn an_old_group_is_not_waited_for() {
        assert_eq!(of_age(SignedDuration::from_secs(-2)), Standing::New);
        assert_eq!(of_age(SignedDuration::from_mins(14)), Standing::New);
        assert_eq!(of_age(SignedDuration::from_hours(1)), Standing::Old);
    }
}
