//! Over which line a page with a secret goes to a printer.
//!
//! `ipps` is tried before `ipp`, at the same place: many printers speak both (RFC 7472). A secret leaves this computer in
//! clear only after a person was told and chose it. A page without a secret, and a printer of this computer, need none of
//! that.

use std::time::Duration;

use url::Url;

use crate::domain::connection::loopback;
use crate::domain::paper::printing::Line;
use crate::effects::print::wire::{self, Wire};
use crate::effects::print::{Page, ipp};
use crate::paper::Ink;

/// How long a printer may take to show that it speaks TLS; one that does not may say nothing at all.
const PATIENCE: Duration = Duration::from_secs(5);

/// Where a page goes.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// To this address.
    To(String),
    /// Nowhere yet: it would be readable on the way, because of this.
    OnlyInClear(String),
}

/// The way for `page` to the printer at `address`.
pub(super) async fn of(wire: &Wire, address: &str, page: &Page<'_>) -> Way {
    let encrypted = match page.ink {
        Ink::Secret(_) => encrypted(address),
        Ink::Masked | Ink::Blank => None,
    };
    let Some(encrypted) = encrypted else { return Way::To(address.to_owned()) };
    let why = match tokio::time::timeout(PATIENCE, ipp::reach(wire, &encrypted)).await {
        Ok(Ok(())) => return Way::To(encrypted),
        Ok(Err(trouble)) => trouble.why,
        Err(_) => "It did not answer in time.".to_owned(),
    };
    match page.line {
        Line::InClear => Way::To(address.to_owned()),
        Line::Encrypted => Way::OnlyInClear(why),
    }
}

/// The same place, encrypted; nothing where it is encrypted already, or no address of a printer, or this computer, whatever
/// that does with a page afterwards.
fn encrypted(address: &str) -> Option<String> {
    let mut url = Url::parse(address).ok()?;
    let scheme = match url.scheme() {
        "ipp" => "ipps",
        "http" => "https",
        _ => return None,
    };
    if loopback::is_here(&wire::http(address).ok()?) {
        return None;
    }
    url.set_scheme(scheme).ok()?;
    Some(url.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_would_be_readable_on_the_way_is_encrypted() {
        let cases = [
            ("ipp://printer.example.com/ipp/print", Some("ipps://printer.example.com/ipp/print")),
            ("ipp://10.1.2.3:8631/ipp", Some("ipps://10.1.2.3:8631/ipp")),
            ("ipp://[fe80::1]/ipp", Some("ipps://[fe80::1]/ipp")),
            ("http://printer.example.com:631/ipp", Some("https://printer.example.com:631/ipp")),
            ("ipp://localhost.example.com/ipp", Some("ipps://localhost.example.com/ipp")),
            ("ipp://127.0.0.1.example.com/ipp", Some("ipps://127.0.0.1.example.com/ipp")),
            ("ipp://128.0.0.1/ipp", Some("ipps://128.0.0.1/ipp")),
            ("ipp://localhost./ipp", Some("ipps://localhost./ipp")),
            ("ipps://printer.example.com/ipp/print", None),
            ("https://printer.example.com/ipp", None),
            ("ipp://localhost/printers/office", None),
            ("ipp://LOCALHOST:631/printers/office", None),
            ("ipp://127.0.0.1:9/ipp", None),
            ("ipp://[::1]/ipp", None),
            ("ipp://[::ffff:127.0.0.1]/ipp", None),
            ("lpd://printer/queue", None),
            ("no address", None),
        ];
        for (address, wanted) in cases {
            assert_eq!(encrypted(address).as_deref(), wanted, "{address}");
        }
    }
}
