//! Keys without end, pressed at the pure core while the world says nothing but that time passes, or that it has failed.

#[allow(clippy::duplicate_mod, reason = "the suite runs this file too, and has that one already")]
#[path = "../../suite/support/session.rs"]
mod session;

use breakglass::domain::mark::Mark;
use breakglass::domain::plan::plan_file;
use breakglass::domain::record::Evidence;
use breakglass::domain::trouble::Trouble;
use breakglass::journeys::message::Now;
use breakglass::journeys::model::Model;
use breakglass::journeys::turn::Start;
use breakglass::journeys::{Effect, Msg, Question, begin, screen, update};
use jiff::{SignedDuration, Timestamp};

use session::session;

/// More keys show nothing new.
const MOST: usize = 400;

/// From the first screen or a journey by its command, each byte is a key: a choice, an answer, a moment that passes, a
/// request to leave. There is always a screen, and one that can be left; a writing effect follows a choice only.
pub fn keys(bytes: &[u8]) {
    let Some((start, bytes)) = bytes.split_first() else { return };
    let mut model = model();
    if let Some(journey) = journey(*start) {
        begin(&mut model, journey);
    }
    for byte in bytes.iter().take(MOST) {
        let msg = pressed(&model, *byte);
        if msg == Msg::Leave {
            return;
        }
        let effects = update(&mut model, msg);
        answered(&mut model, effects.len(), *byte);
        let shown = screen(&model);
        assert!(!shown.title.is_empty());
        assert!(!shown.choices.is_empty() || shown.question.is_some() || shown.work.is_some(), "{shown:?}");
    }
}

fn journey(start: u8) -> Option<Start> {
    match start % 5 {
        0 => Some(Start::Setup),
        1 => Some(Start::Repair { case: None, slot: None }),
        2 => Some(Start::Review),
        3 => Some(Start::Tabletop),
        _ => None,
    }
}

/// The six low bits say which, the two high bits what kind.
fn pressed(model: &Model, byte: u8) -> Msg {
    let shown = screen(model);
    let which = usize::from(byte & 0x3f);
    match (byte >> 6, shown.question) {
        (0, Some(Question::Text { answer, .. })) => answer.with(TEXTS[which % TEXTS.len()].to_owned()),
        (1, _) if which == 0 => Msg::Quit,
        (1, _) if which < 8 => Msg::Tick(later(model, which)),
        _ if shown.choices.is_empty() => Msg::Stay,
        _ => shown.choices[which % shown.choices.len()].msg.clone(),
    }
}

/// What was asked for has failed, now and then.
fn answered(model: &mut Model, asked: usize, byte: u8) {
    if asked > 0 && byte.is_multiple_of(7) {
        let trouble = Trouble::new("The disk is full.", "There is no room.", "Make room.");
        let _effects: Vec<Effect> = update(model, Msg::RecordFailed(trouble));
    }
}

fn later(model: &Model, hours: usize) -> Now {
    let hours = i64::try_from(hours * hours * hours).unwrap_or(1);
    let at = model.desk.session.now.checked_add(SignedDuration::from_hours(hours)).unwrap_or(Timestamp::MAX);
    Now { at, today: at.to_zoned(jiff::tz::TimeZone::UTC).date() }
}

const TEXTS: [&str; 8] =
    ["", "Sample Person", "2", "SAMPLE-1", "2027-01-31", "nonsense; 99", "日本語\u{7}", "-1"];

fn model() -> Model {
    let plan = plan_file::read(plan_file::example()).expect("the example is a plan");
    Model::new(session(Mark::Rehearsal), plan, Evidence::default(), jiff::civil::date(2026, 11, 23))
}
