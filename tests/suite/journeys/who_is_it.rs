//! Who signed in is shown and confirmed before anything follows from it, at a beginning and in the middle of the work.

use std::sync::Arc;
use std::time::Duration;

use breakglass::domain::connection::sign_in::{Demand, Who};
use breakglass::domain::facts::Area;
use breakglass::domain::facts::query::Query;
use breakglass::journeys::effect::{Read, TenantEffect};
use breakglass::journeys::message::{Needed, NeededBy};
use breakglass::journeys::model::Model;
use breakglass::journeys::tasks::sign_in;
use breakglass::journeys::unattended::Answer;
use breakglass::journeys::{Effect, Msg, answer, screen, update};

use crate::support::at_sign_in::{attempt, say, signing_in};
use crate::support::model::model;

fn who() -> Who {
    Who { id: "o".to_owned(), upn: "lee@contoso.example".to_owned(), tenant: "the-tenant-id".to_owned() }
}

fn seen(model: &mut Model) -> Vec<Effect> {
    let number = attempt(model);
    say(model, sign_in::Msg::Seen(number, who()))
}

#[test]
fn nothing_follows_from_a_sign_in_before_it_is_confirmed() {
    let mut model = signing_in();
    assert_eq!(say(&mut model, sign_in::Msg::Right), [], "nobody was seen yet");
    assert_eq!(seen(&mut model), []);
    let shown = format!("{:?}", screen(&model).prose);
    assert!(shown.contains("lee@contoso.example") && shown.contains("the-tenant-id"), "{shown}");
    let effects = say(&mut model, sign_in::Msg::Right);
    let [Effect::Tenant(TenantEffect::Confirm), Effect::Tenant(TenantEffect::Read(_)), ..] =
        effects.as_slice()
    else {
        panic!("{effects:?}")
    };
}

#[test]
fn somebody_else_signs_in_again_and_an_old_answer_counts_for_nothing() {
    let mut model = signing_in();
    let old = attempt(&model);
    seen(&mut model);
    let effects = say(&mut model, sign_in::Msg::Again);
    assert!(matches!(effects.as_slice(), [Effect::Wait(_)]), "{effects:?}");
    assert_eq!(say(&mut model, sign_in::Msg::Right), [], "who was sent away is confirmed");
    say(&mut model, sign_in::Msg::Seen(old, who()));
    assert_eq!(say(&mut model, sign_in::Msg::Right), [], "a late answer is confirmed");
}

#[test]
fn in_the_middle_of_the_work_another_account_is_named_beside_the_one_before() {
    let mut model = model();
    let (areas, query, known, pause) =
        (vec![Area::Accounts], Query::default(), Arc::default(), Duration::ZERO);
    let read = Read { areas, query, known, pause, then: None };
    let needed = Needed { demand: Demand::default(), by: NeededBy::Read(read) };
    update(&mut model, Msg::SignInNeeded(Box::new(needed)));
    seen(&mut model);
    let shown = format!("{:?}", screen(&model).prose);
    let before = model.desk.facts().operator.get().map(|operator| operator.upn.clone());
    match before {
        Some(before) => assert!(shown.contains(&format!("Until now it was {before}")), "{shown}"),
        None => assert!(!shown.contains("Until now"), "{shown}"),
    }
}

#[test]
fn where_nobody_is_there_it_goes_on_as_whoever_signed_in() {
    let mut model = signing_in();
    seen(&mut model);
    let said = answer(&model);
    assert!(matches!(&said, Answer::Say(Msg::SignIn(sign_in::Msg::Right))), "{said:?}");
}
