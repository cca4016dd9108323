//! The screens of an exercise as the facilitator, the players and one who plays alone have them, in the smallest window and in
//! a wide one.

use std::sync::Arc;

use breakglass::domain::exercise::act::Act;
use breakglass::domain::exercise::event::{Cast, Mode, Players};
use breakglass::domain::exercise::scenario::named;
use breakglass::domain::exercise::scenario::names::{Names, fill};
use breakglass::domain::exercise::seat::Seat;
use breakglass::domain::mark::Mark;
use breakglass::domain::record::Evidence;
use breakglass::effects::vault::Vault;
use breakglass::journeys::breaking::Did;
use breakglass::journeys::effect::RecordEffect;
use breakglass::journeys::message::Now;
use breakglass::journeys::model::Model;
use breakglass::journeys::tabletop::{At, Msg as Tabletop};
use breakglass::journeys::turn::Start;
use breakglass::journeys::{Effect, Msg, Screen, begin, players, screen, update};
use breakglass::ui::tui::Face;
use jiff::Timestamp;

use crate::support::face::{COLORED, draw, rows};
use crate::support::sample;
use crate::support::session::session;

const NOW: Timestamp = Timestamp::UNIX_EPOCH;

fn perform(model: &mut Model, effects: Vec<Effect>) {
    for effect in effects {
        match effect {
            Effect::Record(RecordEffect::Remember(entry)) => {
                say(model, Msg::Recorded(NOW, Box::new(entry)));
            }
            Effect::Break(broken) => {
                let did = vec!["The policy \"CA500 Block everything by default\" is there.".to_owned()];
                say(model, broken.tell.with(Ok(Did { told: did, lasts: Vec::new() })));
            }
            Effect::Observe(look) => say(model, look.tell.with(Arc::new(sample::facts("Sample")))),
            _ => {}
        }
    }
}

fn say(model: &mut Model, msg: Msg) {
    let effects = update(model, msg);
    perform(model, effects);
}

fn act(model: &mut Model, act: Act) {
    say(model, Msg::Tabletop(Tabletop::Act(act)));
}

/// An exercise seven minutes after it began.
fn played(players: Players) -> Model {
    let scenario = Arc::new(fill(named("block-all").expect("a scenario"), &Names::sample()));
    let today = jiff::civil::date(2026, 11, 30);
    let mut model = Model::new(session(Mark::Exercise), sample::plan(), Evidence::default(), today);
    let cast = scenario.roles.iter();
    let cast =
        cast.map(|role| Cast { role: role.id.clone(), person: format!("Sample {}", role.id) }).collect();
    let name = "2026-11-30-block-all".to_owned();
    let operator = "riley.operator@fabrikam.example".to_owned();
    model.desk.exercise = Some(Seat { scenario, name, players, operator, script: None });
    let effects = begin(&mut model, Start::Tabletop);
    perform(&mut model, effects);
    act(&mut model, Act::Open { facilitator: "Sample Lead".to_owned(), cast, mode: Mode::Turns });
    act(&mut model, Act::Turn { minutes: Some(7) });
    act(&mut model, Act::Card { card: "who-may".to_owned(), code: None });
    model
}

fn at(model: &mut Model, at: At) -> Screen {
    say(model, Msg::Tabletop(Tabletop::To(at)));
    screen(model)
}

fn windows(screen: &Screen) -> String {
    let drawn = [(80, 24), (120, 40)].map(|size| {
        let buffer = draw(&mut Face::new(COLORED), screen, (&Vault::new(), size));
        rows(&buffer).iter().map(|row| row.trim_end().to_owned()).collect::<Vec<_>>().join("\n")
    });
    drawn.join("\n\n")
}

#[test]
fn the_facilitator_sees_what_is_ahead() {
    let mut model = played(Players::Team);
    insta::assert_snapshot!("facilitator_console", windows(&at(&mut model, At::Console)));
    insta::assert_snapshot!("facilitator_injects", windows(&at(&mut model, At::Injects)));
    insta::assert_snapshot!("facilitator_inject", windows(&at(&mut model, At::Inject("author".to_owned()))));
    insta::assert_snapshot!("facilitator_team", windows(&at(&mut model, At::Team)));
    act(&mut model, Act::End { why: String::new() });
    insta::assert_snapshot!("facilitator_hot_wash", windows(&at(&mut model, At::Ratings)));
}

#[test]
fn the_players_see_the_situation_and_nothing_of_what_is_ahead() {
    let model = played(Players::Team);
    let shown = windows(&players(&model).expect("an exercise"));
    let scenario = &model.desk.exercise.as_ref().expect("an exercise").scenario;
    for inject in scenario.injects.iter().filter(|inject| inject.id == "author" || inject.id == "director") {
        assert!(!shown.contains(&inject.title), "{}", inject.title);
    }
    for note in scenario.injects.iter().flat_map(|inject| &inject.notes) {
        assert!(!shown.contains(&note[..20]), "{note}");
    }
    insta::assert_snapshot!("players", shown);
}

#[test]
fn one_alone_sees_what_players_see_and_what_can_be_done() {
    let mut model = played(Players::Solo);
    insta::assert_snapshot!("alone", windows(&at(&mut model, At::Console)));
    act(&mut model, Act::Hint { about: "milestone:in-again".to_owned() });
    insta::assert_snapshot!("alone_hint", windows(&at(&mut model, At::Hints)));
}

/// A screen reader would be told the whole of it each second otherwise, and a highlight would jump.
#[test]
fn that_the_clock_goes_on_changes_nothing_but_the_clock() {
    let mut model = played(Players::Team);
    act(&mut model, Act::Clock { mode: Mode::Real });
    for shown in [At::Console, At::Injects, At::Decisions, At::Team, At::Expected] {
        let before = at(&mut model, shown);
        let later = model.desk.session.now + jiff::SignedDuration::from_secs(1);
        let now = Now { at: later, today: model.desk.world.today() };
        say(&mut model, Msg::Tick(now));
        let after = screen(&model);
        assert_ne!(before.clock, after.clock);
        assert_eq!(Screen { clock: None, ..before }, Screen { clock: None, ..after });
    }
}
