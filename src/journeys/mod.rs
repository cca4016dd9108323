//! FLOOR 1: what happens next, pure. A message changes the model and asks for effects; a screen is made from the model.
//!
//! Nothing here does I/O, reads a clock or waits. From the bottom up:
//!
//! * [`session`], [`world`], [`desk`]: what every journey and task works on; [`effect`], [`reply`], [`screen`], [`turn`],
//!   [`reading`]: what they say, each in messages of its own.
//! * [`tasks`]: what every journey does with a subject and comes back from. [`guards`]: what stands around every effect.
//! * [`home`], [`setup`], [`repair`], [`review`], [`tabletop`]: a room for each journey: which subject comes next, what
//!   the end is. [`report`]: the same result in several forms.
//! * [`message`], [`stack`], [`model`]: all of them together, and nobody below looks up to them.
//! * [`update()`], [`screen()`], [`answer()`]: hand on, and do nothing themselves.

pub mod breaking;
mod course;
pub mod decisions;
mod desk;
pub mod effect;
mod exit;
pub(crate) mod exposure;
mod frame;
pub mod guards;
pub mod home;
mod identity;
mod log_read;
pub mod message;
pub mod model;
pub mod observing;
pub mod paper_effect;
mod present;
mod projection;
mod reading;
mod reconcile;
pub mod repair;
pub mod reply;
pub mod report;
pub mod review;
pub mod screen;
pub mod session;
pub mod setup;
pub mod stack;
pub mod tabletop;
pub mod tasks;
mod told;
pub mod turn;
pub mod unattended;
mod update;
pub mod world;

pub use decisions::presets::plan as preset_plan;
pub use exit::{exit_code, is_at_the_end};
pub use message::{Choice, Effect, Msg, Question, Screen};
pub use present::{LEAVE, answer, asks_to_leave, glance, players, screen};
pub use projection::{Line as ProjectedLine, of_setup as project_setup};
pub use update::{begin, update};
