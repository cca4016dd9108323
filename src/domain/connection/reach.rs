//! How far each way to sign in reaches in each cloud: which steps are done over the API, which end with the name of what
//! is missing, and which a person does by hand (contract 10, 11 and 15.10).
//!
//! What a tenant really allows shows only there; this says what to expect before it is tried.

use crate::domain::connection::cloud::Cloud;
use crate::domain::connection::sign_in::SignInWay;

/// How a step ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Done over the API.
    Api,
    /// By hand, and looked up afterwards.
    ByHand,
    /// Not done; what is missing is named.
    ByName,
}

impl Reach {
    /// One letter for a table.
    pub fn letter(self) -> &'static str {
        match self {
            Reach::Api => "A",
            Reach::ByHand => "h",
            Reach::ByName => "-",
        }
    }
}

/// How step 1 to 9 ends with this way to sign in, in this cloud.
pub fn reach(way: SignInWay, cloud: Cloud, step: u8) -> Reach {
    match way {
        SignInWay::Browser | SignInWay::DeviceCode => person(cloud, step),
        // Its permissions are fixed by Microsoft and end before the first look does; it is meant for Azure.
        SignInWay::AzureCli => Reach::ByName,
        SignInWay::ClientSecret
        | SignInWay::ClientCertificate
        | SignInWay::ManagedIdentity
        | SignInWay::WorkloadIdentity => app(step),
    }
}

/// A person with every permission: only a missing Temporary Access Pass leaves the keys to their hands.
fn person(cloud: Cloud, step: u8) -> Reach {
    match step {
        3 if !cloud.has_pass() => Reach::ByHand,
        _ => Reach::Api,
    }
}

/// An app that has the reading permissions of a review: it looks up, it does not write. The diagnostic setting is
/// refused to apps in any case, and the sign-in test is made by a person at a browser.
fn app(step: u8) -> Reach {
    match step {
        7 | 9 => Reach::ByHand,
        _ => Reach::ByName,
    }
}

/// Whether every step is done over the API.
pub fn completes(way: SignInWay, cloud: Cloud) -> bool {
    (1..=9).all(|step| reach(way, cloud, step) == Reach::Api)
}

/// The rows of the table: ways that reach alike, the words for their clouds, and one of those clouds.
const ROWS: [(&[SignInWay], &str, Cloud); 5] = [
    (&[SignInWay::Browser, SignInWay::DeviceCode], "global, usgov, dod", Cloud::Global),
    (&[SignInWay::Browser, SignInWay::DeviceCode], "china", Cloud::China),
    (&[SignInWay::AzureCli], "all", Cloud::Global),
    (&[SignInWay::ClientSecret, SignInWay::ClientCertificate], "all", Cloud::Global),
    (&[SignInWay::ManagedIdentity, SignInWay::WorkloadIdentity], "all", Cloud::Global),
];

/// The whole table as lines of at most 76 characters, its legend last.
pub fn table() -> Vec<String> {
    let line = |ways: &str, clouds: &str, steps: &str| format!("{ways:<35} {clouds:<18} {steps}");
    let mut lines = vec![line("way to sign in", "cloud", "1 2 3 4 5 6 7 8 9")];
    lines.extend(ROWS.iter().map(|(ways, clouds, cloud)| {
        let names: Vec<&str> = ways.iter().map(|way| way.name()).collect();
        let steps: Vec<&str> = (1..=9).map(|step| reach(ways[0], *cloud, step).letter()).collect();
        line(&names.join(", "), clouds, &steps.join(" "))
    }));
    lines.extend(
        ["", "A  over the API     h  by hand, looked up     -  what is missing is named"].map(str::to_owned),
    );
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ways_that_share_a_line_of_the_table_reach_alike() {
        let alike = |one: SignInWay, other: SignInWay| {
            Cloud::ALL.iter().all(|c| (1..=9).all(|s| reach(one, *c, s) == reach(other, *c, s)))
        };
        assert!(alike(SignInWay::Browser, SignInWay::DeviceCode));
        assert!(alike(SignInWay::ClientSecret, SignInWay::ClientCertificate));
        assert!(alike(SignInWay::ClientSecret, SignInWay::ManagedIdentity));
        assert!(alike(SignInWay::ManagedIdentity, SignInWay::WorkloadIdentity));
        for step in 1..=9 {
            let of = |cloud| reach(SignInWay::Browser, cloud, step);
            assert!(of(Cloud::Global) == of(Cloud::UsGov) && of(Cloud::UsGov) == of(Cloud::Dod));
        }
    }
}
