//! What happens next: the state machine in memory, and whole journeys with the real binary.

mod accepting;
mod action_group_there;
mod answers_kept;
mod attesting;
mod calibrating;
mod decisions;
mod exposure;
mod group_there;
mod halves;
mod hand_over;
mod key_names;
mod late_answers;
mod lists;
mod lost_slips;
mod manual;
mod not_opened;
mod one_safe;
mod one_way;
mod other_tenant;
mod out_of_time;
mod own_pin;
mod played;
mod preview;
mod rules;
mod slip_consequences;
mod slip_files;
mod state_machine;
mod systems;
mod tasks;
mod who_is_it;
mod whose_sign_in;
mod words;

/// What runs whole setups, kills, paces or takes seconds: `--skip slow` leaves it out. The files stand beside this one.
#[path = "."]
mod slow {
    mod exit_codes;
    mod halves_by_lines;
    mod plain_waits;
    mod repair;
    mod repair_of_a_key;
    mod setup;
    mod sign_in_tests_count;
    mod systems_unattended;
    mod there_already;
    mod time_passes;
    mod units;
}
