//! Rules of the tenant on the screens: what goes past one is ticked by nobody but a person or the plan; what keys must be is
//! told before anybody fetches one; a pass says how long it lives.

use breakglass::domain::facts::{
    Account, Accounts, InSlot, KeyRule, KeyRules, MethodPolicy, MethodState, Models, PassLifetime, Reading,
    Roles,
};
use breakglass::domain::plan::{IfForbidden, RoleOrder};
use breakglass::domain::slot::Slot;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Block;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::{board, consent, register_key::RegisterKey};
use breakglass::journeys::{Msg, Question, screen, update};

use crate::support::model::{action, board as at_board, consented, is_at_board, model_at};

fn with_account(number: u8) -> Model {
    let mut model = model_at(number);
    let account = Account::as_set_up("id", "harbor.lantern@contoso.onmicrosoft.com", "Harbor Lantern");
    let in_slots = vec![InSlot { slot: Slot::FIRST, account }];
    model.desk.world.facts_mut().accounts = Reading::Read(Accounts { in_slots, ..Accounts::default() });
    model
}

fn forbidden() -> Model {
    let mut model = with_account(2);
    model.desk.world.plan_mut().role.order = RoleOrder::AsInGuide;
    let roles = Roles { permanent_allowed: Some(false), ..Roles::default() };
    model.desk.world.facts_mut().roles = Reading::Read(roles);
    model
}

fn lines(model: &Model) -> Vec<(String, bool)> {
    match screen(model).question {
        Some(Question::Consent(lines)) => {
            lines.into_iter().map(|line| (line.sentence, line.ticked)).collect()
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_goes_past_a_rule_of_pim_is_ticked_by_a_person_or_by_the_plan() {
    let mut asked = forbidden();
    update(&mut asked, at_board(board::Msg::DoForMe));
    let shown = lines(&asked);
    assert!(shown[0].0.contains("past the settings of Privileged Identity Management"), "{shown:?}");
    assert!(!shown[0].1, "nobody has decided yet");
    let effects = update(&mut asked, Msg::Consent(consent::Msg::Write));
    assert!(action(&effects).is_none() && is_at_board(&asked), "nothing was ticked: {effects:?}");
    update(&mut asked, at_board(board::Msg::DoForMe));
    update(&mut asked, Msg::Consent(consent::Msg::Toggle(0)));
    assert!(action(&update(&mut asked, Msg::Consent(consent::Msg::Write))).is_some());

    let mut decided = forbidden();
    decided.desk.world.plan_mut().role.if_forbidden = IfForbidden::AssignDirectly;
    let effects = consented(&mut decided);
    assert!(action(&effects).is_some(), "{effects:?}");
}

fn narrow() -> MethodPolicy {
    let open =
        MethodState { enabled: true, includes: vec!["all_users".to_owned()], ..MethodState::default() };
    let models = Models::Only(vec!["5eed5eed-0000-4000-8000-00000000f1d0".to_owned()]);
    MethodPolicy {
        fido2: open.clone(),
        fido2_self_service: true,
        key_rules: Box::new(KeyRules { whole: KeyRule { models, ..KeyRule::open() }, profiles: Vec::new() }),
        temporary_pass: open.clone(),
        pass_once_only: false,
        pass_lifetime: PassLifetime { least: Some(480), most: Some(1440) },
        sms: open.clone(),
        certificate: open,
    }
}

#[test]
fn before_a_key_is_fetched_the_rule_for_keys_and_the_life_of_the_pass_are_told() {
    let mut model = with_account(3);
    model.desk.world.facts_mut().method_policy = Reading::Read(narrow());
    model.stack.push(Layer::RegisterKey(RegisterKey::begin(&model.desk, Slot::FIRST, 0)));
    let prose: Vec<String> = screen(&model)
        .prose
        .into_iter()
        .flat_map(|block| match block {
            Block::Text(text) | Block::Reason(text) => vec![text],
            Block::List(items) => items,
            _ => Vec::new(),
        })
        .collect();
    let told = prose.join("\n");
    assert!(told.contains("only the models 5eed5eed-0000-4000-8000-00000000f1d0 are accepted"), "{told}");
    assert!(told.contains("before you fetch it"), "{told}");
    assert!(told.contains("for 480 minutes"), "{told}");
}

#[test]
fn the_life_of_a_pass_is_the_nearest_that_is_allowed() {
    let range = |least, most| PassLifetime { least, most };
    for (range, minutes) in [
        (range(None, None), 60),
        (range(Some(60), Some(480)), 60),
        (range(Some(480), Some(1440)), 480),
        (range(Some(10), Some(30)), 30),
        (range(Some(90), None), 90),
    ] {
        assert_eq!(range.nearest(60), minutes, "{range:?}");
    }
}
