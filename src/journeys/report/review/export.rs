//! The accounts in the words of scanners that would otherwise report them as faults, and what these will report all the same.
//!
//! Shapes and reasons are read from the scanners' own sources: all three as of August 2026.

use serde_json::{Value, json};

use crate::domain::text::{clean, is_guid};

/// Which scanner.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scanner {
    /// Maester: `maester-config.json`.
    Maester,
    /// Microsoft Zero Trust Assessment: the file of `-ConfigurationFile`.
    ZeroTrust,
    /// ScubaGear: the file of `-ConfigFilePath`.
    ScubaGear,
}

/// Who is to be told to a scanner.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Accounts {
    /// The accounts.
    pub users: Vec<Identity>,
    /// The group that policies exclude.
    pub group: Option<Identity>,
}

/// An object by its id and a name for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Object id; empty where it is not known.
    pub id: String,
    /// User principal name, or the group's name.
    pub name: String,
}

/// What a scanner is given.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// The file's text.
    pub text: String,
    /// What it reports all the same and why, and what is left out, one sentence each.
    pub still_fails: Vec<String>,
}

impl Scanner {
    /// Every scanner.
    pub const ALL: [Self; 3] = [Self::Maester, Self::ZeroTrust, Self::ScubaGear];

    /// Its name on the command line.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Maester => "maester",
            Self::ZeroTrust => "zero-trust",
            Self::ScubaGear => "scubagear",
        }
    }

    /// The scanner with this name.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scanner| scanner.name() == name)
    }
}

/// The accounts as `scanner` reads them.
pub fn export(scanner: Scanner, accounts: &Accounts) -> Export {
    let known = Accounts {
        users: known(accounts.users.iter()),
        group: known(accounts.group.iter()).into_iter().next(),
    };
    let text = match scanner {
        Scanner::Maester => maester(&known),
        Scanner::ZeroTrust => settings(&known.users, "User"),
        Scanner::ScubaGear => scubagear(&known),
    };
    let missing = accounts.users.iter().chain(&accounts.group).filter(|one| !is_guid(one.id.trim()));
    let missing = missing.map(|one| {
        format!("{} is left out: its object id is not known. Review the tenant first.", clean(&one.name))
    });
    Export { text, still_fails: missing.chain(told(scanner, &known)).collect() }
}

/// Those whose id is known.
fn known<'a>(all: impl Iterator<Item = &'a Identity>) -> Vec<Identity> {
    let known = all.filter(|one| is_guid(one.id.trim()));
    known.map(|one| Identity { id: one.id.trim().to_lowercase(), name: clean(&one.name) }).collect()
}

/// With a user named, Maester (MT.1005) wants that user in every policy's `excludeUsers`; excluded by their group, the accounts
/// would fail on all of them. So it is given the group alone where there is one.
fn maester(accounts: &Accounts) -> String {
    match &accounts.group {
        Some(group) => settings(std::slice::from_ref(group), "Group"),
        None => settings(&accounts.users, "User"),
    }
}

fn settings(all: &[Identity], kind: &str) -> String {
    let entries: Vec<Value> = all.iter().map(|one| json!({ "Type": kind, "Id": one.id })).collect();
    let file = json!({ "GlobalSettings": { "EmergencyAccessAccounts": entries } });
    serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
}

/// Policies of the baseline that take exclusions from Conditional Access.
const CAP: [&str; 9] = [
    "MS.AAD.1.1v1",
    "MS.AAD.2.1v1",
    "MS.AAD.2.3v1",
    "MS.AAD.3.1v1",
    "MS.AAD.3.2v2",
    "MS.AAD.3.6v1",
    "MS.AAD.3.7v1",
    "MS.AAD.3.8v1",
    "MS.AAD.3.9v1",
];

/// The only one that takes exclusions from the rules of roles.
const ROLE: &str = "MS.AAD.7.4v1";

/// YAML by hand: ids are checked, and names stand in comments, on one line.
fn scubagear(accounts: &Accounts) -> String {
    let mut yaml = String::from("Aad:\n");
    let group: Vec<Identity> = accounts.group.iter().cloned().collect();
    for policy in CAP {
        yaml.push_str(&format!("  {policy}:\n    CapExclusions:\n"));
        yaml.push_str(&list("Users", &accounts.users));
        yaml.push_str(&list("Groups", &group));
    }
    yaml.push_str(&format!("  {ROLE}:\n    RoleExclusions:\n"));
    // The role is assigned to the accounts themselves, never to the group.
    yaml.push_str(&list("Users", &accounts.users));
    yaml.push_str(&list("Groups", &[]));
    yaml
}

fn list(name: &str, all: &[Identity]) -> String {
    if all.is_empty() {
        return format!("      {name}: []\n");
    }
    let lines = all.iter().map(|one| format!("        - \"{}\"  # {}\n", one.id, one.name));
    [format!("      {name}:\n")].into_iter().chain(lines).collect()
}

/// What is reported all the same, and why.
fn told(scanner: Scanner, accounts: &Accounts) -> Vec<String> {
    let always: &[&str] = match scanner {
        Scanner::Maester => &[
            "MT.1029 still fails: accounts that nobody uses look stale to it, and it reads no exceptions (maester#863).",
            "MT.1036 still fails: it wants another policy to include what one excludes, the opposite of MT.1005 (maester#717).",
            "MT.1034 still looks at five accounts that it guesses from exclusions, not at those named here.",
        ],
        Scanner::ZeroTrust => &[
            "21835 does not read this file: it finds the accounts by role, methods and exclusions, and one with a leftover pass \
             or phone does not count.",
            "21816 does not read this file: it says Investigate where more than two hold the role for good, and fails where \
             nobody is eligible for it.",
        ],
        Scanner::ScubaGear => &[
            "MS.AAD.7.1v1 still counts them among the Global Administrators: two to eight in all.",
            "MS.AAD.7.5v1 still fails where the role was given outside Privileged Identity Management; it takes no exclusions.",
        ],
    };
    let more = match (scanner, accounts.users.len()) {
        (Scanner::ZeroTrust, more) if more > 2 => Some(format!(
            "21835 says Investigate: it wants exactly two emergency access accounts, and there are {more}."
        )),
        (Scanner::Maester, _) if accounts.group.is_none() => Some(
            "MT.1005 fails for each policy that excludes the accounts by a group: the group is not known."
                .to_owned(),
        ),
        _ => None,
    };
    always.iter().map(|told| (*told).to_owned()).chain(more).collect()
}
