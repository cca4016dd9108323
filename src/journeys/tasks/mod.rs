//! Tasks: what every journey does with a subject and comes back from.
//!
//! Each owns its state, its messages, what it does with them, its screen and what it answers when nobody is there. It
//! works on the [desk](crate::journeys::desk) and says how it ended; it knows neither what lies beneath it nor the other
//! tasks, which it begins by [name](crate::journeys::turn::Start). [`board`] is no task but the face of a subject, which a
//! journey shows as its own screen.

pub mod accept;
pub mod again;
pub mod alert_test;
pub mod attest;
pub mod board;
pub mod by_hand;
pub mod calibrate;
pub mod classify;
pub mod consent;
pub mod day;
pub mod destroy;
pub mod hand_over;
pub mod pages;
pub mod played;
pub mod recipients;
pub mod register_key;
pub mod sign_in;
pub mod sign_in_test;
pub mod slip;
pub mod task_list;
pub mod who;
pub mod writing;
