//! Entra over HTTP: ways to sign in, answers that go wrong, and what is asked for.

mod mishaps;
mod network;
mod openapi;
mod paced;
mod reaching;
mod sign_in;
mod sign_in_of_apps;
mod ways;
mod wire;
