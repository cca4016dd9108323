//! Entra over HTTP: ways to sign in, answers that go wrong, and what is asked for.

mod absurd_numbers;
mod browser_by_name;
mod cloud_file;
mod lost_answers;
mod needs;
mod openapi;
mod originals;
mod read_retries;
mod redirect_listener;
mod risk;
mod sign_in;
mod sign_in_of_apps;
mod test_sign_in;
mod token_patience;

/// What runs whole setups, kills, paces or takes seconds: `--skip slow` leaves it out. The files stand beside this one.
#[path = "."]
mod slow {
    mod action_groups;
    pub mod azure;
    mod azure_silence;
    mod blame;
    mod echoes;
    mod fault_matrix;
    mod items;
    mod mishaps;
    mod network;
    mod paced;
    mod reaching;
    mod rules;
    mod ways;
    mod who_signed_in;
    mod wire;
}
