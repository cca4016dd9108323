//! Writes: which there are, the HTTP call behind each, and what the tenant should look like afterwards.

pub mod action;
pub mod call;
pub mod expect;
pub mod order;
pub mod reconciled;
pub mod shown;
pub mod told;
pub mod whole;
