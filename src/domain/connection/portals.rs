//! Where people look at a tenant, as they type it. Which cloud has which address is the ring's; here they are words on
//! paper and in the record.

use serde::{Deserialize, Serialize};

/// The addresses for people; empty where they are not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Portals {
    /// The Azure portal.
    pub portal: String,
    /// The Entra admin center; the portal again where a cloud has none of its own.
    pub entra: String,
}

impl Portals {
    /// Whether nothing is known.
    pub fn is_empty(&self) -> bool {
        self.portal.is_empty() && self.entra.is_empty()
    }

    /// Every address once: "A or B".
    pub fn words(&self) -> String {
        let mut all: Vec<&str> = vec![&self.portal, &self.entra];
        all.retain(|address| !address.is_empty());
        all.dedup();
        all.join(" or ")
    }

    /// Where a camera is led to.
    pub fn link(&self) -> &str {
        if self.entra.is_empty() { &self.portal } else { &self.entra }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_said_once() {
        let portals =
            |portal: &str, entra: &str| Portals { portal: portal.to_owned(), entra: entra.to_owned() };
        assert_eq!(portals("https://a", "https://b").words(), "https://a or https://b");
        assert_eq!(portals("https://a", "https://a").words(), "https://a");
        assert_eq!(portals("https://a", "").words(), "https://a");
        assert!(Portals::default().words().is_empty() && Portals::default().is_empty());
    }
}
