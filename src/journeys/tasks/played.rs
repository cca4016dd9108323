//! The part of a person that a rehearsal plays: it waits until whoever rehearses says that it was done, so that there is
//! time to read what is done for real. Unattended it is said at once.

use url::{Host, Url};

use crate::domain::mark::Mark;
use crate::journeys::desk::Desk;

/// Whether somebody simulated acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Play {
    /// Nobody: a person does it.
    OfAPerson,
    /// Somebody simulated, as soon as the person at the console says so.
    Waits,
    /// Somebody simulated, who was told.
    Played,
}

impl Play {
    /// How it is in this tenant.
    pub fn of(desk: &Desk) -> Self {
        if is_simulated(desk) { Self::Waits } else { Self::OfAPerson }
    }
}

/// Who says what only a person can say, where nobody is there and nothing about the tenant is real.
pub const SIMULATED: &str = "simulated person of the rehearsal";

/// Whether nothing about this tenant is real.
pub fn is_simulated(desk: &Desk) -> bool {
    match desk.session.mark {
        Mark::Rehearsal | Mark::Exercise => true,
        Mark::Live | Mark::Manual => false,
    }
}

/// Whether it is an address of this computer, where a rehearsal is; by its host, for its first letters can be anybody's.
fn is_of_this_computer(address: &str) -> bool {
    let url = Url::parse(address).ok();
    match url.as_ref().and_then(Url::host) {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

/// An address for people, saying so where it is a real one and the tenant is not.
pub fn address(desk: &Desk, address: &str) -> String {
    match is_simulated(desk) && !address.is_empty() && !is_of_this_computer(address) {
        true => format!("{address} (in the real portal; not part of this rehearsal)"),
        false => address.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computer_is_ours_whatever_an_address_begins_with() {
        let ours = [
            "http://127.0.0.1:8123/x",
            "https://127.1.2.3",
            "http://localhost:1",
            "http://[::1]:80/",
            "HTTP://LocalHost/",
        ];
        let theirs = [
            "http://localhost.example",
            "http://127.example.com",
            "https://127.0.0.1.example.com/",
            "http://localhost@example.com",
            "https://entra.microsoft.com",
            "localhost",
            "",
        ];
        assert!(ours.into_iter().all(is_of_this_computer));
        for address in theirs {
            assert!(!is_of_this_computer(address), "{address}");
        }
    }
}
