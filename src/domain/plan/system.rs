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

/// What is said wherever a secret goes to a system.
pub const LOCKED_OUT: &str = "If that system, or its administrators, sign in through this tenant, it is locked out together \
                              with everybody";

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
        // Quotes of the other kind around a quote, so that the line can be typed again.
        false => format!("'{}'", clean(word).replace('\'', "'\"'\"'")),
    };
    command.iter().map(word).collect::<Vec<_>>().join(" ")
}

/// The words of a typed command, apart at spaces; what stands in quotes of either kind stays together. Nothing else is
/// special: no shell reads it.
pub fn split(line: &str) -> Result<Vec<String>, String> {
    let (mut words, mut word, mut quote) = (Vec::new(), None::<String>, None);
    for c in line.chars() {
        match (quote, c) {
            (Some(open), c) if c == open => quote = None,
            (None, '\'' | '"') => {
                quote = Some(c);
                word.get_or_insert_default();
            }
            (None, c) if c.is_whitespace() => words.extend(word.take()),
            (_, c) => word.get_or_insert_default().push(c),
        }
    }
    words.extend(word);
    match quote {
        None => Ok(words),
        Some(open) => Err(format!("A quotation mark ({open}) is opened and not closed.")),
    }
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

    #[test]
    fn a_typed_line_is_split_into_words_and_what_is_shown_can_be_typed_again() {
        for (line, words) in [
            ("pass  insert -m x/{what}", vec!["pass", "insert", "-m", "x/{what}"]),
            (r#""C:\Program Files\v.exe" 'a b'c """#, vec![r"C:\Program Files\v.exe", "a bc", ""]),
            ("a|b > $HOME `c`", vec!["a|b", ">", "$HOME", "`c`"]),
            (r#""it's" '"'"#, vec!["it's", "\""]),
            ("", vec![]),
        ] {
            let read = split(line).expect("a command");
            assert_eq!(read, words, "{line}");
            assert_eq!(split(&shown(&read)).expect("a command"), read, "{line}");
        }
        assert!(split("pass 'insert").is_err_and(|why| why.contains("not closed")));
    }
}
