//! A rehearsal that can be rehearsed: what a simulated person does waits until the person at the console says so, what
//! happened is said, and no address of the real portal stands there without saying that it is one.

use breakglass::domain::facts::{AreaFacts, MethodKind, Reading, Registered};
use breakglass::domain::mark::Mark;
use breakglass::domain::secret::SecretId;
use breakglass::domain::slot::Slot;
use breakglass::effects::vault::Vault;
use breakglass::journeys::effect::{Brought, Wait};
use breakglass::journeys::model::Model;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::board as boards;
use breakglass::journeys::tasks::recipients::{self, Recipients};
use breakglass::journeys::tasks::register_key::{self, RegisterKey};
use breakglass::journeys::unattended::Answer;
use breakglass::journeys::{Effect, Msg, answer, screen, update};
use breakglass::ui::text;

use crate::support::face::{after, key};
use crate::support::model::{board, chosen, model_at, tell, write};
use crate::support::session::session;

/// The pass of the first key was issued in a tenant of this mark; what the world is asked then.
fn issued(mark: Mark) -> (Model, Vec<Effect>) {
    let mut model = model_at(3);
    model.desk.session = session(mark);
    model.guards.gate = breakglass::journeys::guards::tenant_name::Gate::Open;
    model.desk.world.facts_mut().absorb(AreaFacts::Methods(Reading::Read(Vec::new())));
    model.stack.push(Layer::RegisterKey(RegisterKey::begin(&model.desk, Slot::FIRST, 0)));
    let effects = update(&mut model, Msg::RegisterKey(register_key::Msg::Begin));
    let brought = Brought { secret: Some(SecretId(7)), id: Some("pass-id".to_owned()), before: None };
    let effects = tell(&mut model, write(&effects), Ok(brought));
    (model, effects)
}

/// What a face shows as one line, without the rail and the boxes of a wide window.
fn flat(face: &str) -> String {
    let bare = |line: &str| line.rsplit_once("││").map_or(line, |(_, own)| own).replace('│', " ");
    face.lines().map(bare).collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

fn opens(effects: &[Effect]) -> bool {
    effects.iter().any(|effect| matches!(effect, Effect::Open(..)))
}

#[test]
fn the_simulated_person_registers_the_key_when_the_person_says_so() {
    let (mut model, effects) = issued(Mark::Rehearsal);
    assert!(!opens(&effects), "it would flash by: {effects:?}");
    assert!(matches!(answer(&model), Answer::Say(Msg::RegisterKey(register_key::Msg::Open))), "unattended");
    let shown = screen(&model);
    assert!(shown.work.is_none(), "nothing is waited for but the person");
    // Enter is enough in the full-screen face; line by line it is the first choice.
    let vault = Vault::new();
    let window = after(&shown, &vault, &key(crossterm::event::KeyCode::Down));
    let lines = text::screen(&shown, text::Marks::Ascii);
    for face in [flat(&window), flat(&lines)] {
        assert!(face.contains("press Enter as if you"), "{face}");
    }
    assert!(window.contains("As if I had done it"), "{window}");
    let say = chosen(&model, "As if I had done it");
    assert!(opens(&update(&mut model, say)));
    assert!(matches!(answer(&model), Answer::Wait));
    assert!(!format!("{:?}", screen(&model).choices).contains("As if"), "a second key would be registered");
}

#[test]
fn a_real_page_is_opened_at_once() {
    let (model, effects) = issued(Mark::Live);
    assert!(opens(&effects) && matches!(answer(&model), Answer::Wait), "{effects:?}");
}

#[test]
fn what_happened_is_said_when_the_key_is_there() {
    let (mut model, _) = issued(Mark::Rehearsal);
    let msg = chosen(&model, "As if");
    update(&mut model, msg);
    let key =
        Registered { name: "key".to_owned(), ..Registered::new(Slot::FIRST, MethodKind::Fido2, "key-id") };
    let pass = Registered::new(Slot::FIRST, MethodKind::TemporaryPass, "pass-id");
    update(&mut model, Msg::Read(Box::new(AreaFacts::Methods(Reading::Read(vec![key, pass])))));
    let effects = update(&mut model, Msg::RegisterKey(register_key::Msg::Looked));
    let delete = effects.iter().find_map(Effect::as_write).expect("the pass is deleted").clone();
    tell(&mut model, &delete, Ok(Brought::default()));
    let done = model.desk.done.clone().expect("it is said").words;
    let safe = &model.desk.plan().accounts[0].keys[0].safe;
    assert!(done.contains("was registered, and its pass was deleted"), "{done}");
    assert!(done.contains(&format!("into safe {safe}")), "{done}");
}

#[test]
fn simulated_recipients_confirm_when_the_person_says_so() {
    let mut model = model_at(7);
    let (waiting, turn) = Recipients::begin(&model.desk);
    assert!(
        matches!(turn.effects.as_slice(), [breakglass::journeys::effect::Effect::Wait(Wait::Watch(_))]),
        "{:?}",
        turn.effects
    );
    assert!(!format!("{:?}", waiting.screen(&model.desk)).contains("As if"));
    model.desk.session.mailboxes = Some("http://127.0.0.1:5/people/mailboxes".to_owned());
    let (waiting, turn) = Recipients::begin(&model.desk);
    assert_eq!(turn.effects, []);
    model.stack.push(Layer::Recipients(waiting));
    let msg = chosen(&model, "As if they had done it");
    let effects = update(&mut model, msg);
    let [Effect::Open(page, _), Effect::Wait(Wait::Watch(_))] = effects.as_slice() else {
        panic!("{effects:?}")
    };
    assert!(page.ends_with("/people/mailboxes"));
    assert_eq!(update(&mut model, Msg::Recipients(recipients::Msg::Stop)), [Effect::StopWaiting]);
}

#[test]
fn an_address_of_the_real_portal_says_so_in_a_rehearsal_and_only_there() {
    for mark in Mark::ALL {
        for step in 1..=9 {
            let mut model = model_at(step);
            model.desk.session = session(mark);
            model.desk.session.entra = "https://entra.microsoft.com".to_owned();
            model.desk.session.portal = "http://127.0.0.1:5/portal".to_owned();
            update(&mut model, board(boards::Msg::ShowHow));
            let shown = screen(&model);
            let faces = [
                text::screen(&shown, text::Marks::Ascii),
                after(&shown, &Vault::new(), &key(crossterm::event::KeyCode::Down)),
            ];
            for face in faces {
                let face = flat(&face);
                let real = face.matches("https://entra.microsoft.com").count();
                let said = face
                    .matches("https://entra.microsoft.com (in the real portal; not part of this rehearsal)");
                let simulated = matches!(mark, Mark::Rehearsal | Mark::Exercise);
                assert_eq!(said.count(), if simulated { real } else { 0 }, "step {step}, {mark:?}: {face}");
            }
        }
    }
}
