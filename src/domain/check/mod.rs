//! What is looked at and what is concluded: a case, findings, what is asked of a person, repairs, and when things recur.

pub mod accept;
pub mod ask;
pub mod case;
pub mod cause;
pub mod concluded;
pub mod effective;
pub mod finding;
pub mod id;
pub mod repair;
pub mod subject;
pub mod thing;
pub mod upkeep;
