//! Microsoft Graph v1.0 as far as this product uses it: one file for each area, `service` in front.
//!
//! Every call passes the checks of `routes` and `access` first.

pub mod access;
pub mod batch;
pub mod deleted_users;
pub mod foreign;
pub mod groups;
pub mod logs;
pub mod method_policies;
pub mod methods;
pub mod operations;
pub mod organization;
pub mod passkeys;
pub mod policies;
pub mod request;
pub mod risky_users;
pub mod roles;
pub mod routes;
pub mod schedules;
pub mod service;
pub mod units;
pub mod user_checks;
pub mod users;
pub mod what_if;
