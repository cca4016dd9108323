//! What every simulated service speaks: calls, replies, refusals, OData, certificates; and the router that hands a call on.
//!
//! Only the router knows the services.

pub mod advanced;
pub mod call;
pub mod filter;
pub mod json;
pub mod odata;
pub mod refusal;
pub mod reply;
pub mod router;
pub mod spoiled;
pub mod tls;
