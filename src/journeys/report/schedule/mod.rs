//! What tells a scheduler, or a calendar, to begin the review: text for one that is there already, with program, tenant and
//! plan spelled out. There is no engine of our own, and no secret in any of them.

mod cron;
mod github;
pub mod ics;
mod kubernetes;
mod systemd;

pub use cron::cron;
pub use github::github;
pub use kubernetes::{Cluster, kubernetes};
pub use systemd::systemd;

use crate::domain::text::for_a_file;

/// A review that a machine begins each night.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Job {
    /// The absolute path of the program.
    pub program: String,
    /// What stands behind it, word by word.
    pub words: Vec<String>,
    /// The tenant as it was named; "12 tenants" for several.
    pub tenant: String,
    /// The folders that the review writes to.
    pub records: Vec<String>,
    /// Who runs it, where that is known: whose folders these are.
    pub user: Option<String>,
}

/// A tenant that is reviewed somewhere else, where its files have other paths.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hosted {
    /// What it is called: lower-case letters, digits and hyphens, its own among all of them.
    pub name: String,
    /// Its id or one of its domains.
    pub tenant: String,
    /// Its cloud.
    pub cloud: String,
    /// The application that signs in as the workload.
    pub client_id: String,
    /// The text of its plan, where it has one.
    pub plan: Option<String>,
    /// Its accounts, by the names they sign in with, where no plan tells them.
    pub accounts: Vec<String>,
}

impl Job {
    /// The command as a shell reads it.
    pub fn command(&self) -> String {
        let words = std::iter::once(&self.program).chain(&self.words);
        words.map(|word| shell(word)).collect::<Vec<_>>().join(" ")
    }

    /// A name for files and units: `breakglass-review-contoso-com`.
    pub fn name(&self) -> String {
        format!("breakglass-review-{}", file_name(&self.tenant))
    }

    /// The minute of its hour. Many tenants that are reviewed at the same hour do not all ask in the same minute.
    fn minute(&self) -> u32 {
        minute_of(&self.tenant)
    }
}

/// The hour at which nights are told: few people change anything then.
const HOUR: u32 = 3;

/// A minute that is always the same for the same name (FNV-1a, 32 bits).
fn minute_of(name: &str) -> u32 {
    let mixed =
        name.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    mixed % 60
}

/// Lower-case letters, digits and single hyphens, at most 40 of them; never empty.
pub fn file_name(name: &str) -> String {
    let name = for_a_file(name);
    if name.is_empty() { "tenant".to_owned() } else { name }
}

/// A word as a POSIX shell reads it back.
pub fn shell(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_./:=@+,-".contains(c);
    match !word.is_empty() && word.chars().all(is_plain) {
        true => word.to_owned(),
        false => format!("'{}'", word.replace('\'', r"'\''")),
    }
}

/// A text as YAML reads it back: in double quotes, as JSON has it, which YAML understands.
fn yaml(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}

/// `text` as a block of YAML, `depth` spaces in.
fn block(text: &str, depth: usize) -> String {
    let indented = |line: &str| match line.is_empty() {
        true => "\n".to_owned(),
        false => format!("{:depth$}{line}\n", ""),
    };
    text.lines().map(indented).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read_back_by_a_shell_as_they_were() {
        assert_eq!(shell("/usr/bin/breakglass"), "/usr/bin/breakglass");
        assert_eq!(shell("it's here"), r"'it'\''s here'");
        assert_eq!(shell(""), "''");
        assert_eq!(shell("$HOME;x"), "'$HOME;x'");
    }

    #[test]
    fn names_of_files_hold_nothing_that_leads_elsewhere() {
        assert_eq!(file_name("Contoso.onmicrosoft.com"), "contoso-onmicrosoft-com");
        assert_eq!(file_name("../../etc"), "etc");
        assert_eq!(file_name("¿?"), "tenant");
        assert_eq!(file_name(&"a-".repeat(90)).len(), 39);
    }

    #[test]
    fn the_minute_of_a_tenant_is_always_the_same() {
        assert_eq!(minute_of("contoso.com"), minute_of("contoso.com"));
        assert!(["a", "b", "c", "d"].map(minute_of).iter().all(|minute| *minute < 60));
    }
}
