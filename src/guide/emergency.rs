//! The words of the day itself, from `assets/guide/emergency.toml`: whom to ask, how to sign in, what comes afterwards.
//!
//! Which of them an account needs, and in which order, is worked out in `steps`.

use std::sync::LazyLock;

use serde::Deserialize;

use super::words::read;

/// `assets/guide/emergency.toml` as a whole.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Emergency {
    /// What the card is called.
    pub title: String,
    /// How to go about it.
    pub about: String,
    /// About the people who may authorize a use.
    pub people: String,
    /// Whom to ask, before anything else.
    pub authorize: String,
    /// Who goes, and what they take.
    pub fetch: String,
    /// The same where two people keep half a password each.
    pub fetch_halves: String,
    /// At which computer.
    pub computer: String,
    /// What comes before the computer as well, where a system keeps something.
    pub begin_system: String,
    /// The words of a sign-in.
    pub sign_in: SignInWords,
    /// The heading of what can go wrong.
    pub wrong: String,
    /// What can go wrong with what lies in the safe.
    pub wrongs: Wrongs,
    /// What to do where a policy blocks.
    pub locked_out: String,
    /// What to do where no account gets in; may hold `{tenant}`.
    pub nobody: String,
    /// The heading of what comes afterwards.
    pub afterwards: String,
    /// What comes afterwards, in order.
    pub after: Vec<String>,
    /// The heading of the list of everyone to tell.
    pub list: String,
}

/// What is met at a sign-in, in the order in which it is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is the page of the sign-in that its name says")]
pub struct SignInWords {
    pub title: String,
    pub address: String,
    pub key_first: String,
    pub password: String,
    pub password_system: String,
    pub halves: String,
    pub key: String,
    pub keys: String,
    pub key_system: String,
    pub keys_system: String,
    pub phone: String,
    pub certificate: String,
    pub change: String,
    pub register: String,
    pub stay: String,
    pub work: String,
}

/// What can go wrong with what lies in the safe.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs, reason = "each is about the thing that its name says")]
pub struct Wrongs {
    pub password: String,
    pub password_system: String,
    pub pin: String,
    pub pin_system: String,
    pub key: String,
    pub phone: String,
    pub pass: String,
    pub no_pass: String,
}

static EMERGENCY: LazyLock<Emergency> = LazyLock::new(|| read("emergency.toml"));

/// The words of the day itself.
pub fn emergency() -> &'static Emergency {
    &EMERGENCY
}
