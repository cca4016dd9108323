//! What happens next: the state machine in memory, and whole journeys with the real binary.

mod calibrating;
mod decisions;
mod halves;
mod halves_by_lines;
mod hand_over;
mod manual;
mod other_tenant;
mod own_pin;
mod preview;
mod repair;
mod setup;
mod state_machine;
mod tasks;
mod units;
