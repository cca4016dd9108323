//! Seeds: tenants in a few words of TOML (`assets/tenants`), grown into everything a tenant remembers.
//!
//! A seed is read once, when a tenant is made.

pub mod alerts;
pub mod azure;
pub mod defaults;
pub mod description;
pub mod grow;
pub mod methods;
pub mod names;
pub mod organization;
pub mod people;
pub mod policies;
