//! A facilitator who does anything that the screens offer, in any order, is interrupted at any moment, and goes on: nothing
//! panics, the clock can always be let run again, an exercise that is gone on with stands as it stood, and nothing leads to
//! another tenant.

use std::sync::Arc;

use breakglass::domain::exercise::act::Act;
use breakglass::domain::exercise::event::{Mode, Players};
use breakglass::domain::exercise::play::Play;
use breakglass::domain::exercise::scenario::names::{Names, fill};
use breakglass::domain::exercise::scenario::{Scenario, shipped};
use breakglass::domain::exercise::seat::Seat;
use breakglass::domain::mark::Mark;
use breakglass::domain::record::{Entry, Evidence};
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::breaking::Did;
use breakglass::journeys::effect::{ProgramEffect, RecordEffect, TenantEffect};
use breakglass::journeys::message::Now;
use breakglass::journeys::model::Model;
use breakglass::journeys::turn::Start;
use breakglass::journeys::{Effect, Msg, Question, begin, screen, tabletop, update};
use jiff::{SignedDuration, Timestamp};

use crate::support::sample;
use crate::support::session::session;

/// Plays of as many actions, together 10,000.
const PLAYS: u64 = 40;
const ACTIONS: u32 = 250;

/// Numbers that look drawn and are the same in every run (xorshift).
struct Drawn(u64);

impl Drawn {
    fn below(&mut self, count: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(count.max(1)).expect("a count")).expect("a place")
    }

    fn of<'a, T>(&mut self, all: &'a [T]) -> Option<&'a T> {
        let place = self.below(all.len());
        all.get(place)
    }
}

/// What people type, wrong things too.
const TYPED: [&str; 7] =
    ["Sample Person", "", "48217-X", "2027-01-31", "2020-01-01", "a\u{1b}[2Jb", "because it is so"];

/// The program, its record, and the time.
struct Console {
    model: Model,
    record: Vec<(Timestamp, Entry)>,
    now: Timestamp,
    scenario: Arc<Scenario>,
    drawn: Drawn,
}

impl Console {
    fn new(number: u64) -> Self {
        let all = shipped();
        let scenario = &all[usize::try_from(number).expect("a number") % all.len()];
        let scenario = Arc::new(fill(scenario, &Names::sample()));
        let now = Timestamp::from_second(1_796_000_000).expect("a time");
        let mut console = Self {
            model: model(&scenario, number, Evidence::default()),
            record: Vec::new(),
            now,
            scenario,
            drawn: Drawn(0x9E37_79B9 + number * 7919),
        };
        console.begins();
        console
    }

    fn begins(&mut self) {
        let now = Now { at: self.now, today: self.model.desk.world.today() };
        self.say(Msg::Tick(now));
        let effects = begin(&mut self.model, Start::Tabletop);
        self.perform(effects);
    }

    /// The run is killed; another one reads the record.
    fn killed(&mut self, number: u64) {
        let before = self.play();
        let entries = self.record.iter().map(|(at, entry)| (*at, entry));
        self.model = model(&self.scenario, number, Evidence::of(entries));
        assert_eq!(self.play(), before, "it stands as it stood");
        self.begins();
    }

    fn play(&self) -> Play {
        Play::of(&self.scenario, &self.model.desk.evidence().exercise.moments)
    }

    fn say(&mut self, msg: Msg) {
        let effects = update(&mut self.model, msg);
        self.perform(effects);
    }

    /// The world answers at once.
    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Record(RecordEffect::Remember(entry)) => {
                    self.record.push((self.now, entry.clone()));
                    self.say(Msg::Recorded(self.now, Box::new(entry)));
                }
                Effect::Record(
                    RecordEffect::WritePapers(_)
                    | RecordEffect::WriteReport(..)
                    | RecordEffect::KeepAnswers(_),
                ) => self.say(Msg::Filed(Ok(Vec::new()))),
                Effect::Break(broken) => {
                    let answer = match self.drawn.below(5) {
                        0 => Err(Trouble::new("It was not changed.", "No answer came.", "Go on.")),
                        _ => Ok(Did { told: vec!["It was changed.".to_owned()], lasts: Vec::new() }),
                    };
                    self.say(broken.tell.with(answer));
                }
                Effect::Observe(look) => self.say(look.tell.with(Arc::new(sample::facts("complete")))),
                Effect::Tenant(TenantEffect::Read(read)) => self.say(Msg::ReadDone(read.then.map(Box::new))),
                Effect::Program(ProgramEffect::Switch(tenant)) => panic!("it leads to {tenant}"),
                _ => {}
            }
        }
    }

    /// Anything that the screen offers, but leaving.
    fn acts(&mut self) {
        let shown = screen(&self.model);
        let is_asked = matches!(shown.question, Some(Question::Text { .. })) && self.drawn.below(3) > 0;
        if let (true, Some(Question::Text { answer, .. })) = (is_asked, &shown.question) {
            let text = self.drawn.of(&TYPED).copied().unwrap_or_default();
            return self.say(answer.with(text.to_owned()));
        }
        let leads_out = |msg: &Msg| matches!(msg, Msg::Quit | Msg::Leave);
        let choices: Vec<_> = shown.choices.iter().filter(|choice| !leads_out(&choice.msg)).collect();
        let chosen = self.drawn.of(&choices).map(|choice| choice.msg.clone());
        assert!(chosen.is_some() || shown.work.is_some(), "no way on: {}", shown.title);
        if let Some(msg) = chosen {
            self.say(msg);
        }
    }

    fn passes(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
        let now = Now { at: self.now, today: self.model.desk.world.today() };
        self.say(Msg::Tick(now));
    }

    /// The clock is let run, and a minute later it has gone on.
    fn can_run(&mut self) {
        if !self.play().is_on() {
            return;
        }
        self.say(Msg::Tabletop(tabletop::Msg::Act(Act::Clock { mode: Mode::Real })));
        let before = self.play().at;
        self.passes(61);
        self.passes(61);
        assert!(self.play().at > before, "it stands at {before}");
    }
}

fn model(scenario: &Arc<Scenario>, number: u64, evidence: Evidence) -> Model {
    let today = jiff::civil::date(2026, 11, 30);
    let mut model = Model::new(session(Mark::Exercise), sample::plan(), evidence, today);
    model.desk.exercise = Some(Seat {
        scenario: Arc::clone(scenario),
        name: format!("2026-11-30-{}", scenario.id),
        players: if number.is_multiple_of(4) { Players::Solo } else { Players::Team },
        operator: "riley.operator@fabrikam.example".to_owned(),
        script: None,
    });
    model
}

#[test]
fn slow_ten_thousand_actions_of_a_facilitator_neither_panic_nor_stop_the_clock_for_good() {
    let mut begun = 0;
    for number in 0..PLAYS {
        let mut console = Console::new(number);
        for action in 0..ACTIONS {
            console.acts();
            if action % 3 == 0 {
                let seconds = i64::try_from(console.drawn.below(240)).expect("a time");
                console.passes(seconds);
            }
            if action % 61 == 60 {
                console.killed(number);
            }
        }
        console.can_run();
        begun += u32::from(console.play().opened.is_some());
    }
    assert!(begun > 30, "most of them begin: {begun}");
}
