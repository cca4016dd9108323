//! The tenant itself: what it remembers, questions about it, its clock, its file on disk, and the seeds it grows from.
//!
//! Answers no request.

pub mod assignment;
pub mod audit;
pub mod azure;
pub mod directory;
pub mod dump;
pub mod federated;
pub mod lags;
pub mod methods;
pub mod model;
pub mod seed;
pub mod store;
pub mod time;
pub mod troubles;
pub mod world;
