//! FLOOR 0: the nouns of the product, pure data without I/O, clock or randomness.
//!
//! A [`plan::Plan`] holds the decisions, [`facts::Facts`] what was read from the tenant,
//! [`evidence::Evidence`] what the record remembers. Together they are a [`case::Case`], from which the
//! steps derive [`finding::Finding`]s, [`action::Action`]s and [`ask::Ask`]s.

pub mod action;
pub mod ask;
pub mod call;
pub mod case;
pub mod check;
pub mod cloud;
pub mod evidence;
pub mod expect;
pub mod facts;
pub mod finding;
pub mod judged;
pub mod page;
pub mod password;
pub mod pin;
pub mod plan;
pub mod plan_file;
pub mod policy;
pub mod printing;
pub mod query;
pub mod reach;
pub mod repair;
pub mod secret;
pub mod sign_in;
pub mod slot;
pub mod text;
pub mod upkeep;
