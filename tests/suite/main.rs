//! One integration binary with a module for each theme, because linking dominates.

mod album;
mod faces;
mod journeys;
mod kill;
mod live;
mod manual;
mod paper;
mod plain;
mod plan;
mod preflight;
mod record;
mod rehearsal;
mod rehearsal_azure;
mod secrets;
mod serve;
mod served;
mod setup;
mod sign_in;
mod steps;
mod support;
mod terminal;
mod tidy;
mod trouble;
mod ways;
mod window;
mod wire;
