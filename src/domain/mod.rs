//! FLOOR 0: the nouns of the product, pure data without I/O, clock or randomness.
//!
//! A [`plan::Plan`] holds the decisions, [`facts::Facts`] what was read from the tenant, [`record::Evidence`] what the
//! record remembers. Together they are a [`check::case::Case`], from which the steps derive
//! [`check::finding::Finding`]s, [`write::action::Action`]s and [`check::ask::Ask`]s.

pub mod check;
pub mod connection;
pub mod encoding;
pub mod environment;
pub mod exercise;
pub mod facts;
pub mod fill;
pub mod mark;
pub mod paper;
pub mod plan;
pub mod record;
pub mod review;
pub mod secret;
pub mod sha256;
pub mod slot;
pub mod tenants;
pub mod text;
mod toml_file;
pub mod trouble;
pub mod wrap;
pub mod write;
