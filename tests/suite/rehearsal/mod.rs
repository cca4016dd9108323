//! The simulated tenant, asked over real HTTP the way a client asks.

mod azure;
mod changes;
mod clients;
mod contract;
mod control;
mod control_logs;
mod graph;
mod orders;
mod policies;
mod serve;
mod time;
