//! Control: change this tenant by name while it runs, for exercises and tests.
//!
//! Listens on a loopback port of its own, under a path nobody can guess, and only where [`super::Options`] ask for it.
//! `GET` lists what can be changed and what was changed; `POST {"change": NAME, "parameters": {…}}` makes one change
//! and says in one sentence what it did; `{"order": TEXT, "changes": [{…}]}` makes several, all or none, and once. None of it is part of Microsoft's services. To add a change, add a row to
//! `CHANGES` of the part of the tenant it belongs to.

pub mod accounts;
pub mod azure;
pub mod azure_by_hand;
pub mod catalog;
pub mod change;
pub mod drifts;
pub mod edits;
pub mod find;
pub mod given;
pub mod groups;
pub mod lasting;
pub mod methods;
pub mod policies;
pub mod ready_made;
pub mod roles;
pub mod server;
pub mod services;
pub mod sign_ins;
pub mod troubles;
