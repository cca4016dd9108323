//! Azure Resource Manager and Log Analytics as far as this product uses them: one file for each provider, `service` in front.
//!
//! Rights are given in the subscription or in a resource group, never at a single resource.

pub mod aadiam;
pub mod alerts;
pub mod logs;
pub mod monitor;
pub mod request;
pub mod resources;
pub mod rights;
pub mod service;
