//! One integration binary, because linking dominates. `promises` is where to begin; the rest stands by floor.

mod domain;
mod effects;
mod exercise;
mod fuzzed;
mod house;
mod journeys;
mod paper;
mod promises;
mod rehearsal;
mod review;
mod steps;
mod support;
mod tenant;
mod ui;
