//! Present answers in the words in which they are typed.

use crate::domain::plan::{DefaultsDecision, Method, RoleOrder};

/// What a safe withstands.
pub(super) fn proof(fire: bool, water: bool) -> String {
    match (fire, water) {
        (true, true) => "fire and water",
        (true, false) => "fire",
        (false, true) => "water",
        (false, false) => "neither",
    }
    .to_owned()
}

pub(super) fn method_words(method: Method) -> String {
    match method {
        Method::SecurityKey => "security key",
        Method::Phone => "phone",
        Method::Certificate => "certificate",
    }
    .to_owned()
}

pub(super) fn order_words(order: RoleOrder) -> String {
    match order {
        RoleOrder::AsInGuide => "in step 2",
        RoleOrder::AfterProof => "after exclusion and keys",
    }
    .to_owned()
}

pub(super) fn defaults_words(decision: DefaultsDecision) -> String {
    match decision {
        DefaultsDecision::AsTheyAre => "as they are",
        DefaultsDecision::KeepOn => "keep on",
        DefaultsDecision::TurnOff => "turn off",
    }
    .to_owned()
}
