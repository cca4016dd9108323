//! How a tenant is reached: in which cloud, by which sign-in, and how far that reaches.

pub mod cloud;
pub mod loopback;
pub mod portals;
pub mod reach;
pub mod sign_in;
