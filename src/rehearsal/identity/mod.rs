//! Identity: OAuth endpoints, tokens, scopes, the people who sign in, and Conditional Access that lets them in or not.
//!
//! What an identity may do in Graph or Azure is decided there.

pub mod answers;
pub mod apps;
pub mod conditional_access;
pub mod device_code;
pub mod hashing;
pub mod oauth;
pub mod people;
pub mod scopes;
pub mod sign_in;
pub mod sign_in_faults;
pub mod sign_in_log;
pub mod tokens;
pub mod visit;
