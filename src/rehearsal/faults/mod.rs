//! What goes wrong: faults by name and place, other administrators, cut connections, throttles.
//!
//! Nothing here but the throttles is part of Microsoft's services.

pub mod connections;
pub mod fault;
pub mod other_administrators;
pub mod outage;
pub mod throttling;
