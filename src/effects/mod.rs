//! FLOOR 2: where the world is touched: effects carried out, the vault of secrets, the record, the clock, files.
//!
//! Nothing here decides what happens next; it carries out what was decided and says how it went.

pub mod clock;
pub mod control;
pub mod draft;
pub mod exercise_papers;
pub mod files;
mod foreign;
pub mod forgetting;
pub mod generate;
pub mod lock;
pub mod locked;
pub mod observe;
pub mod pages;
pub mod perform;
pub mod print;
pub mod probe;
pub mod protect;
pub mod record;
pub mod record_chain;
pub mod record_compared;
mod record_folder;
pub mod record_show;
pub mod recording;
pub mod redact;
pub mod repeated;
pub mod selftest;
pub mod sheets;
pub mod signal;
pub mod standard_input;
pub mod system;
pub mod vault;
