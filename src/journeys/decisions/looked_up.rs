//! What is said of something that an answer names and that was looked up in the tenant, in the same words everywhere.

use crate::domain::facts::Reading;

pub(super) const NO_SUBSCRIPTION: &str = "no subscription to look in";
pub(super) const WILL_BE_MADE: &str = "not there; it will be made";
pub(super) const NOT_THERE: &str = "not there: nothing can be adopted under that name";
pub(super) const UNREADABLE: &str = "cannot be read: whether it is there is not known";

/// Whether `seen` is what is to be expected before anything is made.
pub fn is_expected(seen: &str) -> bool {
    [WILL_BE_MADE, NO_SUBSCRIPTION].contains(&seen)
}

pub(super) fn of<T>(reading: &Reading<T>, look: impl Fn(&T) -> String) -> Option<String> {
    match reading {
        Reading::NotYet | Reading::NotConnected => None,
        Reading::Read(read) => Some(look(read)),
        Reading::Unreadable(_) => Some(UNREADABLE.to_owned()),
    }
}
