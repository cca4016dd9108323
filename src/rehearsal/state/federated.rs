//! Which domains of a tenant are federated, and what follows from its troubles for its people.

use serde_json::Value;

use super::model::State;

impl State {
    /// Whether people of a domain sign in at a server of its own.
    pub fn is_federated(&self, domain: &str) -> bool {
        let is_it = |one: &&Value| one["id"].as_str().is_some_and(|id| id.eq_ignore_ascii_case(domain));
        self.domains.iter().find(is_it).is_some_and(|one| one["authenticationType"] == "Federated")
    }
}
