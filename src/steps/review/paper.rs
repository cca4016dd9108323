//! A review's checks of points 7 and 8, paper and people: who left and knew a combination, whether support and contacts on
//! paper answer, and whether the slip before the last is gone.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::id::CheckId;
use crate::steps::review::said::{Statement, set_up_on};
use crate::steps::shared::look::every_slot;
use crate::steps::shared::old_slip;

/// What is true of paper and people.
pub(in crate::steps) fn checks(case: &Case<'_>) -> Vec<Finding> {
    let said = [combinations(case), support(case), contacts(case)];
    let said = said.into_iter().filter_map(|statement| statement.finding(case));
    said.chain(every_slot(case).into_iter().filter_map(|slot| old_slip::finding(case, slot))).collect()
}

/// What a person has to say of it.
pub(in crate::steps) fn asks(case: &Case<'_>) -> Vec<Ask> {
    let said = [
        combinations(case).ask(
            case,
            "Nobody has left or changed jobs who knew a combination, a PIN or a password, or what they knew was changed"
                .to_owned(),
            "Who left, and what was changed when",
        ),
        support(case).ask(
            case,
            "The way to Microsoft's support on the pages was tried: somebody answered at that number".to_owned(),
            "Number, day, and what they asked for",
        ),
        contacts(case).ask(
            case,
            "Approvers, custodians and deputies were called at the numbers on paper, and answered".to_owned(),
            "Who did not answer, and what was corrected",
        ),
    ];
    said.into_iter()
        .flatten()
        .chain(every_slot(case).into_iter().filter_map(|slot| old_slip::ask(case, slot)))
        .collect()
}

fn combinations(case: &Case<'_>) -> Statement {
    let about = CheckId::PaperCombinations.whole();
    // Somebody spoke of other keepers: whoever is none of them any more may have left.
    let is_of_others = case.evidence.attested.contains_key(&about) && case.said(&about).is_none();
    let (since, open) = match is_of_others {
        true => {
            (None, "the keepers of the safes are others than those of the last word about the combinations")
        }
        false => (set_up_on(case), "nobody has vouched that who left knows no combination"),
    };
    Statement { about, since, open }
}

fn support(case: &Case<'_>) -> Statement {
    Statement {
        about: CheckId::PaperSupportPath.whole(),
        since: pages(case),
        open: "nobody has vouched that the way to support on paper was tried",
    }
}

fn contacts(case: &Case<'_>) -> Statement {
    Statement {
        about: CheckId::PaperContactsCalled.whole(),
        since: pages(case),
        open: "nobody has vouched that the numbers on paper were called",
    }
}

/// The pages name support and contacts since that day.
fn pages(case: &Case<'_>) -> Option<jiff::civil::Date> {
    case.evidence.documents_since.and(set_up_on(case))
}
