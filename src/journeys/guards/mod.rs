//! Guards: what stands around every effect, so that no task can forget it.
//!
//! [`tenant_name`] holds the first write to a live tenant back until its name was typed; [`restricted_unit`] leads a change
//! of an account in a restricted administrative unit out of the unit and back.

pub mod restricted_unit;
pub mod tenant_name;
