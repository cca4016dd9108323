//! Whether an address is of this computer: what a profile, a page on its way to a printer and a rehearsal's addresses
//! have in common. It goes by the host, for its first letters can be anybody's, and looks no name up.
//!
//! `localhost.` with a dot at its end counts as elsewhere: systems ask the network for it, and whoever answers there need
//! not be this computer (RFC 6761 would have it otherwise).

use url::{Host, Url};

/// Whether `url` leads to this computer: `localhost`, or an address of its loopback.
pub fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name.eq_ignore_ascii_case("localhost"),
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.to_canonical().is_loopback(),
        None => false,
    }
}

/// Whether `address` leads to this computer; what is no address leads nowhere.
pub fn leads_here(address: &str) -> bool {
    Url::parse(address).is_ok_and(|url| is_here(&url))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computer_is_here_whatever_an_address_begins_with() {
        let here = [
            "http://127.0.0.1:8123/x",
            "https://127.1.2.3",
            "http://2130706433/",
            "http://localhost:1",
            "HTTP://LocalHost/",
            "ipp://LOCALHOST:631/printers/office",
            "http://[::1]:80/",
            "http://[::ffff:127.0.0.1]/",
        ];
        let elsewhere = [
            "http://localhost.example",
            "http://localhost./",
            "http://127.example.com",
            "https://127.0.0.1.example.com/",
            "http://localhost@example.com",
            "http://128.0.0.1",
            "http://0.0.0.0",
            "http://10.0.0.1",
            "http://[::]/",
            "http://[fe80::1]/",
            "http://[::ffff:10.0.0.1]/",
            "https://entra.microsoft.com",
            "file:///localhost",
            "localhost",
            "",
        ];
        for address in here {
            assert!(leads_here(address), "{address}");
        }
        for address in elsewhere {
            assert!(!leads_here(address), "{address}");
        }
    }
}
