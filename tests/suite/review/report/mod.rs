//! The report of a review: every format is made of one value, and each is read here by somebody else's reader.

mod export;
mod formats;
mod hostile;
mod pages;
mod profiles;
pub mod sample;
