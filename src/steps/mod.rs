//! FLOOR 0: the nine steps, each the same three pure functions of a [`Case`](crate::domain::check::case::Case).
//!
//! Checks say what is true, actions what can be written now, asks what only a person can do. All three are derived
//! from what was just read; nothing here reads, writes or remembers. One definition serves setup, review, exercise and
//! repair. `step_1_…` to `step_9_…` are the steps, `table` lists them, `id` says in which order they are gone through,
//! `before` is what comes before the first, `emergency` is the text of the day itself,
//! `repair` puts steps' functions together for one account, `review` for the rows of a review, and `shared` is what several of them need. A [`Subject`] is
//! any of them.

mod again;
mod before;
pub mod emergency;
mod id;
pub mod repair;
pub mod review;
mod shared;
mod step_1_first_account;
mod step_2_role;
mod step_3_second_factor;
mod step_4_second_account;
mod step_5_conditional_access;
mod step_6_security_defaults;
mod step_7_alerts;
mod step_8_credentials;
mod step_9_sign_in_test;
mod subject;
mod table;
mod vouching;

pub use again::{Again, again, is_vouched, vouched};
pub use before::{connect_asks, connect_checks, refused_operator, tell_ask};
pub use id::{ORDER, StepId};
pub use shared::alert_tests::{alert_of, row_seconds};
pub use shared::exclusion_group::is_unlicensed;
pub use shared::for_others::facts_for_others;
pub use shared::key_rules::before_fetching;
pub use shared::keys_tried::{Tried, keys_tried};
pub use shared::lost::lost_slips;
pub use shared::method_policy::pass_for;
pub use shared::needs::{Lack, lacks};
pub use shared::registered::planned_keys;
pub use shared::sign_ins;
pub use shared::upkeep::{applies, every, last_done, next_due};
pub use shared::what_if_lag::any as what_if_is_late;
pub use step_8_credentials::custody;
pub use step_8_credentials::to_destroy as files_to_destroy;
pub use subject::Subject;
pub use table::{STEPS, Step};
pub use vouching::{done_by_people, word_says, words_needed};
