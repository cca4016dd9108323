//! Entra over HTTP: ways to sign in, answers that go wrong, and what is asked for.

mod cloud_file;
mod lost_answers;
mod needs;
mod network;
mod openapi;
mod read_retries;
mod redirect_listener;
mod sign_in;
mod sign_in_of_apps;

/// Whole setups with the real binary, some killed, some paced: `--skip slow` leaves them out. The files stand beside this one.
#[path = "."]
mod slow {
    mod mishaps;
    mod paced;
    mod reaching;
    mod ways;
    mod wire;
}
