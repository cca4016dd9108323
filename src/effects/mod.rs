//! FLOOR 2: where the world is touched: the vault of secrets, the record on disk, the clock, files and the process.
//!
//! Nothing here decides what happens next; it carries out what was decided and says how it went.

pub mod clock;
pub mod files;
pub mod generate;
pub mod lock;
pub mod protect;
pub mod record;
pub mod record_chain;
pub mod record_show;
pub mod vault;
