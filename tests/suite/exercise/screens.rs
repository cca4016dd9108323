//! The screens of an exercise as the facilitator, the players and one who plays alone have them, in the smallest window and in
//! a wide one.

use std::sync::Arc;

use breakglass::domain::exercise::act::{Act, Response};
use breakglass::domain::exercise::days::Days;
use breakglass::domain::exercise::event::{Cast, Event, Mode, Moment, Players, SentBy};
use breakglass::domain::exercise::play::Play;
use breakglass::domain::exercise::scenario::named;
use breakglass::domain::exercise::scenario::names::{Names, fill};
use breakglass::domain::exercise::seat::Seat;
use breakglass::domain::mark::Mark;
use breakglass::domain::record::{Entry, Evidence};
use breakglass::effects::vault::Vault;
use breakglass::journeys::breaking::Did;
use breakglass::journeys::effect::RecordEffect;
use breakglass::journeys::message::Now;
use breakglass::journeys::model::Model;
use breakglass::journeys::tabletop::{At, Msg as Tabletop, Part};
use breakglass::journeys::turn::Start;
use breakglass::journeys::{Effect, Msg, Question, Screen, begin, players, screen, update};
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
pub fn played(players: Players) -> Model {
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

#[test]
fn what_was_done_by_hand_is_said() {
    let mut model = played(Players::Team);
    let hand = "to-report-only".to_owned();
    for event in [
        Event::Sent { inject: "author".to_owned(), by: SentBy::Hand },
        Event::Reached { milestone: "in-again".to_owned() },
    ] {
        say(&mut model, Msg::Recorded(NOW, Box::new(Entry::Moment(Moment { at: 420, what: event }))));
    }
    act(&mut model, Act::Respond { with: Response::ByHand(hand) });
    let done = screen(&model).done;
    let words = done.as_ref().map(|done| done.words.as_str());
    assert_eq!(words, Some("Done by hand: Set CA500 to report-only in the admin center."));
}

fn improve(number: u32, due: &str, retest: &str) -> Act {
    let day = |text: &str| text.parse().ok();
    Act::Improve {
        number,
        objective: "second".to_owned(),
        issue: "The phone list.".to_owned(),
        action: "Print it".to_owned(),
        owner: "Sample Keeper".to_owned(),
        due: day(due),
        retest: day(retest),
    }
}

#[test]
fn a_retest_before_the_due_day_is_refused_and_the_next_one_that_is_to_say_is_chosen() {
    let mut model = played(Players::Team);
    act(&mut model, Act::End { why: String::new() });
    act(&mut model, improve(1, "2027-03-01", "2027-02-01"));
    let refused = screen(&model).trouble.expect("it is refused").why;
    assert!(refused.contains("tried again on 2027-02-01, before it is due on 2027-03-01"), "{refused}");
    act(&mut model, improve(1, "2020-03-01", ""));
    let refused = screen(&model).trouble.expect("it is refused").why;
    assert!(refused.contains("It is due on 2020-03-01, before the exercise of "), "{refused}");
    act(&mut model, improve(1, "2027-03-01", ""));
    say(
        &mut model,
        Msg::Tabletop(Tabletop::To(At::Improving { number: 1, part: Part::Retest, problem: None })),
    );
    say(&mut model, Msg::Tabletop(Tabletop::Typed("2027-02-01".to_owned())));
    let shown = screen(&model);
    assert!(format!("{:?}", shown.question).contains("before it is due on"), "{:?}", shown.question);
    say(&mut model, Msg::Tabletop(Tabletop::Typed("2020-01-01".to_owned())));
    let shown = format!("{:?}", screen(&model).question);
    assert!(shown.contains("That day is over: take today ("), "{shown}");
    say(&mut model, Msg::Tabletop(Tabletop::Typed("2027-03-01".to_owned())));
    let shown = screen(&model);
    assert_eq!((shown.title.as_str(), shown.suggested_line), ("What is to be better", 1));
    assert!(shown.choices[0].detail.contains("said") && shown.choices[1].detail.contains("to say"));
    // A face that knows where its highlight stood takes it to the next one only after an act that is told.
    assert_eq!(shown.done.map(|done| done.words).as_deref(), Some("Improvement 1 is said."));
}

#[test]
fn what_was_said_of_an_improvement_is_gone_through_again_and_a_later_day_asks_for_its_retest_anew() {
    let mut model = played(Players::Team);
    act(&mut model, Act::End { why: String::new() });
    act(&mut model, improve(1, "2027-02-01", "2027-03-01"));
    let at = At::Improving { number: 1, part: Part::Action, problem: None };
    say(&mut model, Msg::Tabletop(Tabletop::To(at)));
    for (asked, preset, typed) in [
        ("What is done about it", "Print it", "Print it twice"),
        ("Who does it", "Sample Keeper", "Sample Keeper"),
        ("Until when", "2027-02-01", "2027-04-01"),
        ("When it is tried again", "2027-05-01", "2027-05-02"),
    ] {
        let shown = screen(&model);
        let Some(Question::Text { prompt, preset: shown, .. }) = &shown.question else {
            panic!("{asked}: {shown:?}")
        };
        assert!(prompt.starts_with(asked) && shown == preset, "{prompt}: {shown}");
        say(&mut model, Msg::Tabletop(Tabletop::Typed(typed.to_owned())));
    }
    assert_eq!(screen(&model).title, "What is to be better");
    let given = &Play::of(
        &model.desk.exercise.as_ref().expect("an exercise").scenario,
        &model.desk.evidence().exercise.moments,
    )
    .improvements[&1];
    let day = |text: &str| text.parse().ok();
    assert_eq!(given.action, "Print it twice");
    assert_eq!(given.days(), Days { due: day("2027-04-01"), retest: day("2027-05-02") });
}
