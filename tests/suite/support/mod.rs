//! What the tests share. Nothing in here is a test.

pub mod album;
#[cfg(unix)]
pub mod alike;
pub mod answers;
pub mod any_screen;
pub mod apps;
pub mod asker;
pub mod at_sign_in;
#[cfg(unix)]
pub mod between;
pub mod by_keys;
pub mod cases;
pub mod client;
pub mod console;
#[cfg(unix)]
pub mod crashes;
pub mod descriptions;
pub mod drifting;
pub mod face;
pub mod home;
pub mod in_memory;
pub mod in_process;
pub mod killed;
#[cfg(unix)]
pub mod little;
#[cfg(unix)]
pub mod matrix;
pub mod mishap;
pub mod model;
pub mod order;
pub mod pdf_reader;
pub mod person;
pub mod phone;
pub mod picture;
pub mod plain;
pub mod printer;
pub mod sample;
pub mod served;
pub mod session;
pub mod signing_in;
pub mod sitting;
pub mod states;
pub mod terminal;
pub mod two_people;

pub use home::{Home, files, words};
pub use person::{Person, choice};
