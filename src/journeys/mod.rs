//! FLOOR 1: what happens next, pure. A message changes the model and asks for effects; a screen is made from the model.
//!
//! Nothing here does I/O, reads a clock or waits. One file per stage holds its part of `update` and its screens.

mod answer;
mod attesting;
mod decisions;
mod errand;
mod frame;
mod hand_over;
mod identity;
mod instructions;
pub mod message;
pub mod model;
mod naming;
mod open_items;
mod other_tenant;
mod overview;
mod paper;
mod parked;
mod planning;
mod presets;
mod projection;
mod recipients;
mod registering;
mod repair;
mod report;
pub mod screen;
mod signing_in;
mod start;
mod summary;
mod tasks;
mod testing;
mod update;
mod working;

pub use answer::{Answer, answer};
pub use open_items::open_items;
pub use presets::plan as preset_plan;
pub use projection::{Line as ProjectedLine, of_setup as project_setup};
pub use repair::{JOURNEY as REPAIR, begin as begin_repair};
pub use report::{Report, report};
pub use start::begin as begin_setup;
pub use summary::{at_the_end, exit_code};
pub use update::update;
pub use working::call_lines;

use crate::guide;
use model::{Model, Stage};
use screen::{Block, Choice, Screen};

/// The screen for the model as it is.
pub fn screen(model: &Model) -> Screen {
    let mut screen = match &model.stage {
        Stage::Home => start::home(model),
        Stage::OtherTenant { problem } => other_tenant::screen(model, problem.as_deref()),
        Stage::Guide(topic) => start::guide(model, *topic),
        Stage::SigningIn(stage) => signing_in::screen(model, stage),
        Stage::Looked => start::looked_screen(model),
        Stage::Planning(planning) => planning::screen(model, planning),
        Stage::Projected => planning::projected_screen(model),
        Stage::Repair(stage) => repair::screens::screen(model, stage),
        Stage::Overview => overview::screen(model),
        Stage::ByHand => overview::by_hand(model),
        Stage::Tasks(_) => tasks::screen(model),
        Stage::Consent(consent) => working::consent_screen(model, consent),
        Stage::Working(work) => working::working_screen(model, work),
        Stage::Attesting(attesting) => attesting::screen(model, attesting),
        Stage::Registering(registering) => registering::screen(model, registering),
        Stage::Slip(work) => paper::slip_screens::screen(model, work),
        Stage::Testing(testing) => testing::screen(model, testing),
        Stage::AwaitingRecipients(_) => recipients::screen(model),
        Stage::Naming(naming) => naming::screen(model, naming),
        Stage::HandOver(hand_over) => hand_over::screen(model, hand_over),
        Stage::Pages(pages) => paper::pages::screen(model, pages),
        Stage::Calibrating(calibrating) => paper::calibrating::screen(model, calibrating),
        Stage::Summary => summary::screen(model),
        Stage::Stuck(trouble) => stuck(model, trouble),
        Stage::Leaving(_) => leaving(model),
        Stage::Over => frame::of(model, "Good-bye"),
    };
    if screen.help.is_empty() {
        screen.help = guide::screen_help(name(&model.stage)).to_vec();
    }
    let can_wait = !matches!(model.stage, Stage::Stuck(_) | Stage::Leaving(_) | Stage::Over);
    if can_wait && screen.work.is_none() && overview::looking(model).is_some() {
        // What is being read or written would make these choices others.
        screen.work = overview::looking(model);
        screen.choices.clear();
        screen.question = None;
    }
    screen
}

/// The name of a stage, under which its help stands in the guide.
fn name(stage: &Stage) -> &'static str {
    match stage {
        Stage::Home => "home",
        Stage::OtherTenant { .. } => "other-tenant",
        Stage::Guide(_) => "guide",
        Stage::SigningIn(_) => "signing-in",
        Stage::Looked => "looked",
        Stage::Planning(_) => "planning",
        Stage::Projected => "projected",
        Stage::ByHand => "by-hand",
        Stage::Tasks(_) => "tasks",
        Stage::Naming(_) => "naming",
        Stage::HandOver(_) => "hand-over",
        Stage::Consent(_) => "consent",
        Stage::Working(_) => "working",
        Stage::Attesting(_) => "attesting",
        Stage::Registering(_) => "registering",
        Stage::Slip(_) => "slip",
        Stage::Testing(_) => "testing",
        Stage::AwaitingRecipients(_) => "recipients",
        Stage::Pages(_) => "pages",
        Stage::Calibrating(_) => "calibrating",
        Stage::Summary => "summary",
        Stage::Stuck(_) => "stuck",
        Stage::Leaving(_) => "leaving",
        Stage::Repair(_) => "repair",
        Stage::Overview | Stage::Over => "",
    }
}

fn stuck(model: &Model, trouble: &crate::domain::trouble::Trouble) -> Screen {
    let mut screen = frame::of(model, "Stopped");
    screen.trouble = Some(trouble.clone());
    screen.choices = vec![Choice::safe('q', "Leave", message::Msg::Leave)];
    screen
}

fn leaving(model: &Model) -> Screen {
    let mut screen = frame::of(model, "Leave?");
    screen.prose.push(Block::Text(
        "Nothing is lost: the next run reads the tenant and the record again and goes on from there. A slip that was \
         not typed back gets a new secret."
            .to_owned(),
    ));
    screen.choices =
        vec![Choice::safe('b', "Stay", message::Msg::Back), Choice::safe('q', "Leave", message::Msg::Leave)];
    screen
}
