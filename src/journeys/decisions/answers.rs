//! The answers that can be chosen. What has a closed set of values is a list and nothing else; what has a name of its own is
//! typed, beside or behind what is known already: names, safes, what the first look found in the tenant.

use std::collections::BTreeSet;

use super::answer::{Answer, Answers};
use super::paper::{CODES, FORMATS, HOLDS, LANGUAGES, SIZES, SYSTEM_QUEUE};
use super::words::{DEFAULTS, METHODS, PROOFS};
use super::{Field, alerts, halves, of, role, safes, tenant, there};
use crate::domain::facts::Facts;
use crate::domain::plan::system::LOCKED_OUT;
use crate::domain::plan::{Layout, Plan, Route};

/// What can be answered to `field`, as far as the plan and what was read tell.
pub fn answers(plan: &Plan, facts: &Facts, field: Field) -> Answers {
    match field {
        Field::License => closed(&tenant::LICENSES),
        Field::Accounts => Answers::all(["2", "3", "4"].map(Answer::new)),
        Field::Keys(_) => Answers::all(["1", "2"].map(Answer::new)),
        Field::Layout => {
            Answers::all(Layout::ALL.map(|layout| {
                Answer::new(safes::layout_words(layout)).meaning(safes::layout_meaning(layout))
            }))
        }
        Field::Proof(_) => Answers::all(PROOFS.map(Answer::new)),
        Field::Method(_) => closed(&METHODS),
        Field::Safe(_) | Field::PinSafe(_) => Answers::all(safes_of(plan).chain(systems_of(plan))),
        Field::KeySafe(..) | Field::SecondSafe(_) => Answers::all(safes_of(plan)),
        Field::People(_) => closed(&halves::PEOPLE),
        Field::Keeper(_) | Field::Deputy(_) | Field::Custodian(_) | Field::SecondCustodian(_) => people(plan),
        Field::Length => Answers::behind(["24", "32", "40", "48", "64"].map(Answer::new)),
        Field::ForgetAfter => Answers::behind(["5", "10", "15", "30", "60"].map(Answer::new)),
        Field::RoleOrder => closed(&role::ORDERS),
        Field::IfForbidden => closed(&role::FORBIDDEN),
        Field::Sms(_) => Answers::beside([Answer::new("").called("No SMS")]),
        Field::System(_) => Answers::beside([Answer::new("").called("No system")]),
        Field::Ticket => Answers::beside([Answer::new("").called("No ticket")]),
        Field::Model(..) => Answers::beside([Answer::new("").called("Not known yet")]),
        Field::Defaults => closed(&DEFAULTS),
        Field::Enable => there::policies(plan, facts),
        Field::Destination => closed(&alerts::DESTINATIONS),
        Field::Route => closed(&Route::ALL.map(|route| (route.words(), route))),
        Field::PaperSize => closed(&SIZES),
        Field::Hold => closed(&HOLDS),
        Field::Queue => Answers::beside([Answer::new(SYSTEM_QUEUE)]),
        Field::Language => closed(&LANGUAGES),
        Field::Format => closed(&FORMATS),
        Field::Codes => closed(&CODES),
        Field::Adopt(_)
        | Field::Group
        | Field::Subscription
        | Field::Workspace
        | Field::ResourceGroup
        | Field::Region
        | Field::ActionGroup
        | Field::Recipients => there::answers(plan, facts, field),
        Field::TenantName
        | Field::TenantDomain
        | Field::TenantId
        | Field::UserName(_)
        | Field::DisplayName(_)
        | Field::Serial(..)
        | Field::Phone(_)
        | Field::PhoneCodes(_)
        | Field::Place(_)
        | Field::GroupName
        | Field::Elsewhere
        | Field::Approvers
        | Field::Retrievers
        | Field::IncidentSystem
        | Field::Owner
        | Field::Printer
        | Field::Device
        | Field::Folder
        | Field::SystemPlace(_)
        | Field::SystemStore(_)
        | Field::SystemRead(_) => Answers::beside([]),
    }
}

fn closed<T>(words: &[(&str, T)]) -> Answers {
    Answers::all(words.iter().map(|(word, _)| Answer::new(*word)))
}

/// The safes of the plan with their places.
fn safes_of(plan: &Plan) -> impl Iterator<Item = Answer> {
    plan.safes.iter().map(|safe| Answer::new(&safe.name).meaning(&safe.place))
}

/// The secret management systems of the plan, with what each depends on; a key lies in none of them.
fn systems_of(plan: &Plan) -> impl Iterator<Item = Answer> {
    plan.systems
        .iter()
        .map(|system| Answer::new(&system.name).meaning(format!("{}. {LOCKED_OUT}.", system.place)))
}

/// Everybody whom the plan names as a keeper or retriever already.
fn people(plan: &Plan) -> Answers {
    let is_keeper = |field: Field| {
        matches!(
            field,
            Field::Keeper(_)
                | Field::Deputy(_)
                | Field::Custodian(_)
                | Field::SecondCustodian(_)
                | Field::Retrievers
        )
    };
    let named = of(plan).into_iter().filter(|decision| is_keeper(decision.field));
    let names: BTreeSet<String> = named.flat_map(|decision| super::typed::items(&decision.value)).collect();
    Answers::beside(names.into_iter().map(Answer::new))
}
