//! What protects the memory of this process, switched on as far as the system allows and reported in plain words.
//!
//! Best effort: nothing here fails a run. Secrets stand in pages of their own ([`super::locked`]); beside that the whole
//! process is locked where the system sets no limit to it.

use crate::effects::locked::Kind;

/// How well one protection stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It holds.
    Good,
    /// It does not hold; the line says what that means.
    Weak,
    /// It could not be looked up here.
    Unknown,
}

impl Standing {
    /// The word of the report.
    pub fn word(self) -> &'static str {
        match self {
            Self::Good => "good",
            Self::Weak => "weak",
            Self::Unknown => "unknown",
        }
    }
}

/// One protection: what it is, whether it holds and what that means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guard {
    /// A short name.
    pub name: &'static str,
    /// Whether it holds.
    pub standing: Standing,
    /// One sentence for people.
    pub meaning: String,
}

/// One protection; its meaning is one sentence for people.
pub fn guard(name: &'static str, standing: Standing, meaning: impl Into<String>) -> Guard {
    Guard { name, standing, meaning: meaning.into() }
}

/// What protects secrets in memory on this machine.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Protection {
    /// One guard for each line of the report.
    pub guards: Vec<Guard>,
}

impl Protection {
    /// Whether nothing is known to be weak.
    pub fn is_sound(&self) -> bool {
        self.guards.iter().all(|g| g.standing != Standing::Weak)
    }

    /// The report, one line for each guard.
    pub fn lines(&self) -> Vec<String> {
        self.guards.iter().map(line).collect()
    }
}

fn line(guard: &Guard) -> String {
    format!("{:<8} {}: {}", guard.standing.word(), guard.name, guard.meaning)
}

/// Switches on what can be switched on; called once, before the first secret.
pub fn harden() {
    system::harden();
}

/// Whether other programs of the same user are kept out of this process; `None` where it cannot be looked up.
pub fn is_closed() -> Option<bool> {
    match system::dumpable().standing {
        Standing::Good => Some(true),
        Standing::Weak => Some(false),
        Standing::Unknown => None,
    }
}

/// Looks at what protects this process now.
pub fn report() -> Protection {
    Protection {
        guards: vec![
            system::dumpable(),
            system::core_size(),
            locked(super::locked::kind()),
            swap(std::fs::read_to_string("/proc/swaps").ok().as_deref()),
            recorder(),
        ],
    }
}

/// What `/proc/swaps` says: a heading, then a line for each area.
fn swap(table: Option<&str>) -> Guard {
    let name = "swap space";
    match table.map(|t| t.lines().skip(1).filter(|l| !l.trim().is_empty()).count()) {
        Some(0) => guard(name, Standing::Good, "there is none, so memory is never written to a disk."),
        Some(_) => guard(
            name,
            Standing::Weak,
            "it is on; the system may write a password to the disk while it is shown. Switch it off for this hour, \
             or use a disk that is encrypted.",
        ),
        None => guard(name, Standing::Unknown, "it cannot be looked up on this system."),
    }
}

/// What the memory is in which secrets stand, as the system told it of a page made for the purpose.
fn locked(kind: Kind) -> Guard {
    let name = "locked memory";
    match kind {
        Kind::Secret => guard(
            name,
            Standing::Good,
            "secrets stand in secret memory (memfd_secret): it never gets to swap space, crash files or children, and \
             not even the system reads it for another program.",
        ),
        Kind::Locked => guard(
            name,
            Standing::Good,
            "the pages of secrets are locked (mlock): they never get to swap space, crash files or children.",
        ),
        Kind::Unlocked => guard(
            name,
            Standing::Weak,
            "the system lets this program lock nothing, so swap space may get the pages of secrets; crash files and \
             children do not. Raise its limit (ulimit -l), or switch swap space off for this hour.",
        ),
        Kind::Ordinary => guard(
            name,
            Standing::Unknown,
            "secrets stand in ordinary memory that is wiped after use; nothing more can be looked up on this system.",
        ),
    }
}

/// Whether a terminal recorder can be seen.
fn recorder() -> Guard {
    let name = "recording";
    match super::recording::recording() {
        Some(seen) => guard(name, Standing::Weak, seen),
        None => guard(
            name,
            Standing::Good,
            "no terminal recorder can be seen; one that hides cannot be ruled out.",
        ),
    }
}

#[cfg(target_os = "linux")]
mod system {
    //! Linux: `prctl`, resource limits and, where unlimited, `mlockall`.

    use rustix::{
        mm::{MlockAllFlags, mlockall},
        process::{
            DumpableBehavior, Resource, Rlimit, dumpable_behavior, getrlimit, set_dumpable_behavior,
            setrlimit,
        },
    };

    use super::{Guard, Standing, guard};

    pub(super) fn harden() {
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
        let _ = setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) });
        // Under a limit, a locked process would run out of memory in the middle of a step.
        if may_lock_everything() {
            let _ = mlockall(MlockAllFlags::CURRENT | MlockAllFlags::FUTURE);
        }
    }

    fn may_lock_everything() -> bool {
        getrlimit(Resource::Memlock).current.is_none()
    }

    pub(super) fn dumpable() -> Guard {
        let name = "other programs";
        match dumpable_behavior() {
            Ok(DumpableBehavior::NotDumpable) => {
                guard(name, Standing::Good, "programs of the same user cannot read this one's memory.")
            }
            Ok(_) => guard(name, Standing::Weak, "programs of the same user can read this one's memory."),
            Err(_) => guard(name, Standing::Unknown, "whether they can read this one's memory is not known."),
        }
    }

    pub(super) fn core_size() -> Guard {
        let name = "crash files";
        match getrlimit(Resource::Core).current {
            Some(0) => guard(name, Standing::Good, "a crash leaves no image of the memory behind."),
            _ => guard(name, Standing::Weak, "a crash may write an image of the memory to a file."),
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    //! Elsewhere nothing of this can be switched on or looked up without `unsafe`.

    use super::{Guard, Standing, guard};

    const NOT_HERE: &str = "it cannot be looked up on this system.";

    pub(super) fn harden() {}

    pub(super) fn dumpable() -> Guard {
        guard("other programs", Standing::Unknown, NOT_HERE)
    }

    pub(super) fn core_size() -> Guard {
        guard("crash files", Standing::Unknown, NOT_HERE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swap_is_read_from_the_table() {
        let heading = "Filename Type Size Used Priority\n";
        assert_eq!(swap(Some(heading)).standing, Standing::Good);
        let one = format!("{heading}/dev/sda2 partition 1000 0 -2\n");
        assert_eq!(swap(Some(&one)).standing, Standing::Weak);
        assert_eq!(swap(None).standing, Standing::Unknown);
    }

    #[test]
    fn the_report_has_a_sentence_for_each_guard() {
        let report = report();
        assert_eq!(report.guards.len(), 5);
        assert!(report.lines().iter().all(|line| line.ends_with('.')));
    }
}
