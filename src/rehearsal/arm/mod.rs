//! Azure Resource Manager and Log Analytics as far as this product uses them: one file for each provider, `service` in front.
//!
//! Rights are the subscription's owners; this tenant knows no finer ones.

pub mod aadiam;
pub mod alerts;
pub mod logs;
pub mod monitor;
pub mod request;
pub mod resources;
pub mod service;
