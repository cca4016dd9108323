//! The simulated tenant, asked over real HTTP the way a client asks.

mod azure;
mod graph;
mod policies;
mod serve;
