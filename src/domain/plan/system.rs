//! The guide's other place for a secret: an approved secret management system, reached by two commands that a person
//! names. One takes the secret on its standard input, the other prints it again, to be compared.
//!
//! Commands are lists of words, never lines for a shell, and no word of them ever holds the secret. `{account}` and
//! `{what}` in a word stand for the account (`first`) and what is kept of it (`password`, `pin-1`).

use serde::{Deserialize, Serialize};

use crate::domain::plan::Plan;
use crate::domain::record::SlipKind;
use crate::domain::slot::Slot;
use crate::domain::text::clean;

/// What stands for the account in a command.
pub const ACCOUNT: &str = "{account}";
/// What stands for what is kept of the account in a command.
pub const WHAT: &str = "{what}";

/// A secret management system.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// A short name, as safes have one.
    pub name: String,
    /// Which system, at which address, and where in it.
    pub place: String,
    /// The command that takes a secret on its standard input, word by word.
    pub store: Vec<String>,
    /// The command that prints it again, word by word.
    pub read: Vec<String>,
}

/// The two commands for one secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Commands {
    /// The short name of the system.
    pub system: String,
    /// Takes the secret on its standard input.
    pub store: Vec<String>,
    /// Prints it.
    pub read: Vec<String>,
}

/// What is run for a secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Errand {
    /// Nothing: it is looked whether the programs are there.
    Find(Commands),
    /// The command that takes the secret.
    Store(Commands),
    /// The command that prints it, to be compared with what was stored.
    Compare(Commands),
}

impl System {
    /// The commands for what is kept of the account in `slot`.
    pub fn commands(&self, slot: Slot, kind: SlipKind) -> Commands {
        let what = match kind {
            SlipKind::Password => "password".to_owned(),
            SlipKind::Pin { key } => format!("pin-{}", key + 1),
        };
        let fill = |word: &String| word.replace(ACCOUNT, slot.key()).replace(WHAT, &what);
        Commands {
            system: self.name.clone(),
            store: self.store.iter().map(fill).collect(),
            read: self.read.iter().map(fill).collect(),
        }
    }
}

impl Plan {
    /// The system called `name`.
    pub fn system(&self, name: &str) -> Option<&System> {
        self.systems.iter().find(|system| system.name == name)
    }

    /// The system that keeps this secret, with its commands; `None` where it goes to a safe.
    pub fn system_of(&self, slot: Slot, kind: SlipKind) -> Option<Commands> {
        let account = self.account(slot)?;
        let name = match kind {
            SlipKind::Password if account.second_half.is_some() => None,
            SlipKind::Password => Some(account.safe.as_str()),
            SlipKind::Pin { .. } => account.pin_safe.as_deref(),
        };
        self.system(name?).map(|system| system.commands(slot, kind))
    }

    /// The systems that keep something, in the order of the plan.
    pub fn systems_in_use(&self) -> impl Iterator<Item = &System> {
        let holds = |system: &&System| {
            let mut places = self
                .accounts
                .iter()
                .flat_map(|account| account.password_safes().chain(account.pin_safe.as_deref()));
            places.any(|place| place == system.name)
        };
        self.systems.iter().filter(holds)
    }
}

/// A command as a person reads it: words apart, each in quotes where it would otherwise not be told from two.
pub fn shown(command: &[String]) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "-_=+/.,:@%{}".contains(c);
    let word = |word: &String| match !word.is_empty() && word.chars().all(is_plain) {
        true => word.clone(),
        false => format!("'{}'", clean(word)),
    };
    command.iter().map(word).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_filled_and_shown_one_by_one() {
        let system = System {
            name: "V".to_owned(),
            store: ["vault", "put", "x/{account}-{what}", "value=-"].map(str::to_owned).to_vec(),
            ..System::default()
        };
        let commands = system.commands(Slot::FIRST, SlipKind::Pin { key: 1 });
        assert_eq!(shown(&commands.store), "vault put x/first-pin-2 value=-");
        assert_eq!(shown(&["a b".to_owned(), String::new(), "c;d".to_owned()]), "'a b' '' 'c;d'");
    }
}
