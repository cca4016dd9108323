//! What a change is: a name, a sentence, its parameters, and a function that does it to the tenant.
//!
//! The changes themselves stand in tables beside their functions, one file for each part of the tenant.

use serde_json::{Value, json};

use super::given::{Given, Refused, bad};
use crate::rehearsal::state::world::World;

/// One change of the tenant.
pub struct Change {
    /// What callers say.
    pub name: &'static str,
    /// What happens, in one sentence.
    pub does: &'static str,
    /// Everything that may be given besides [`BY`].
    pub parameters: &'static [Parameter],
    /// Does it, and says in one sentence what it did.
    pub apply: fn(&mut World, &Given) -> Result<String, Refused>,
}

/// One parameter.
pub struct Parameter {
    /// What callers say.
    pub name: &'static str,
    /// What it means, with the words that are possible.
    pub means: &'static str,
    /// Whether it can be left out.
    pub need: Need,
}

/// Whether a parameter can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
}

/// A parameter of every change: who did it, as the directory audit tells it.
pub const BY: &str = "by";

/// A parameter that must be given.
pub const fn required(name: &'static str, means: &'static str) -> Parameter {
    Parameter { name, means, need: Need::Required }
}

/// A parameter that can be left out.
pub const fn optional(name: &'static str, means: &'static str) -> Parameter {
    Parameter { name, means, need: Need::Optional }
}

impl Change {
    /// Refuses parameters that this change does not have, and names the first that is missing.
    pub fn check(&self, given: &Given) -> Result<(), Refused> {
        let known = |name: &str| name == BY || self.parameters.iter().any(|one| one.name == name);
        if let Some(stranger) = given.values().keys().find(|name| !known(name)) {
            let names: Vec<&str> = self.parameters.iter().map(|one| one.name).chain([BY]).collect();
            return Err(bad(stranger, format!("{} has: {}", self.name, names.join(", "))));
        }
        let missing = |one: &&Parameter| one.need == Need::Required && !given.has(one.name);
        match self.parameters.iter().find(missing) {
            Some(parameter) => Err(bad(parameter.name, format!("it is missing ({})", parameter.means))),
            None => Ok(()),
        }
    }

    /// As the list of changes shows it.
    pub fn shown(&self) -> Value {
        let parameter = |one: &Parameter| json!({"name": one.name, "means": one.means, "required": one.need == Need::Required});
        let parameters: Vec<Value> = self.parameters.iter().map(parameter).collect();
        json!({"name": self.name, "does": self.does, "parameters": parameters})
    }
}
