//! The self-test: everything that is promised about secrets in memory, looked at on this machine now, for people and programs.
//!
//! Beside what [`protect`] knows: where crash images go, who may look into other processes, and a probe whether memory is
//! wiped as it is freed. The probe reads freed memory back, which the system allows only before the process is closed to
//! others; so it is made at the very start, and its outcome is kept.

use std::sync::OnceLock;

use crate::effects::locked::{self, Kind};
use crate::effects::protect::{self, Guard, Protection, Standing, guard};

/// The version of the names in the JSON (README, "Secrets").
const FORMAT: u32 = 1;

/// How the line begins that says what the report comes to.
const LINE: &str = "This machine:";

/// What the probe of the allocator saw.
static WIPES: OnceLock<Standing> = OnceLock::new();

/// Probes whether freed memory is wiped; before [`protect::harden`], once.
pub fn probe() {
    let _first = WIPES.set(system::probe());
}

/// Everything, as it stands now.
pub fn report() -> Protection {
    let Protection { mut guards } = protect::report();
    let is_closed = protect::is_closed();
    guards.push(crash_images(read("/proc/sys/kernel/core_pattern").as_deref(), is_closed));
    guards.push(onlookers(read("/proc/sys/kernel/yama/ptrace_scope").as_deref(), is_closed));
    guards.push(freed(WIPES.get().copied().unwrap_or(Standing::Unknown)));
    Protection { guards }
}

/// What does not hold, as sentences for people.
pub fn weak() -> Vec<String> {
    let weak = report().guards.into_iter().filter(|guard| guard.standing == Standing::Weak);
    weak.map(|Guard { name, meaning, .. }| format!("{name}: {meaning}")).collect()
}

/// What the report comes to, in one line: what holds, or what does not.
pub fn summary() -> String {
    in_short(&report(), locked::kind())
}

fn in_short(of: &Protection, kind: Kind) -> String {
    let named = |standing| {
        let guards = of.guards.iter().filter(move |guard| guard.standing == standing);
        guards.map(|guard| guard.name).collect::<Vec<_>>().join(", ")
    };
    let (weak, unknown) = (named(Standing::Weak), named(Standing::Unknown));
    match (weak.is_empty(), unknown.is_empty()) {
        (false, _) => format!("{LINE} weak in {weak} (breakglass selftest says more)."),
        (true, false) => format!("{LINE} {}; not known: {unknown}.", kind.words()),
        (true, true) => format!("{LINE} {}, no crash files, no recorder seen.", kind.words()),
    }
}

/// The report as JSON.
pub fn json(of: &Protection) -> serde_json::Value {
    let line = |guard: &Guard| {
        let Guard { name, standing, meaning } = guard;
        serde_json::json!({"name": name, "standing": standing.word(), "meaning": meaning})
    };
    serde_json::json!({
        "format": FORMAT, "program": env!("CARGO_PKG_VERSION"), "sound": of.is_sound(),
        "guards": of.guards.iter().map(line).collect::<Vec<_>>()
    })
}

fn read(path: &str) -> Option<String> {
    std::fs::read_to_string(path).ok().map(|text| text.trim().to_owned())
}

/// A pattern that begins with `|` hands the image to a program, whatever the limit on files says (core(5)); a process that is
/// closed to others leaves none.
fn crash_images(pattern: Option<&str>, is_closed: Option<bool>) -> Guard {
    let name = "crash collector";
    match (pattern, is_closed) {
        (None, _) | (_, None) => guard(name, Standing::Unknown, "it cannot be looked up on this system."),
        (Some(pattern), Some(closed)) if pattern.starts_with('|') => {
            let program = pattern.trim_start_matches('|').split(' ').next().unwrap_or_default();
            match closed {
                true => guard(
                    name,
                    Standing::Good,
                    format!(
                        "crashes go to {program}, but not those of this program: it is closed to others."
                    ),
                ),
                false => guard(
                    name,
                    Standing::Weak,
                    format!(
                        "{program} gets an image of the memory when this program crashes, whatever the limits say."
                    ),
                ),
            }
        }
        (Some(_), Some(_)) => {
            guard(name, Standing::Good, "none is set up that would be given an image of the memory.")
        }
    }
}

/// Who may look into other processes (`ptrace_scope`: 0 is every program of the same user); this one is closed anyway, but
/// not to an administrator of the machine.
fn onlookers(scope: Option<&str>, is_closed: Option<bool>) -> Guard {
    let name = "debuggers";
    match (scope, is_closed) {
        (_, Some(true)) => guard(
            name,
            Standing::Good,
            format!(
                "no program of the same user may attach to this one (ptrace scope {}); an administrator of this machine can.",
                scope.unwrap_or("not limited")
            ),
        ),
        (Some("1" | "2" | "3"), _) => {
            guard(name, Standing::Good, "the system lets no program attach to this one unasked.")
        }
        (_, Some(false)) => {
            guard(name, Standing::Weak, "every program of the same user may attach to this one and read it.")
        }
        (_, None) => guard(name, Standing::Unknown, "it cannot be looked up on this system."),
    }
}

fn freed(standing: Standing) -> Guard {
    let meaning = match standing {
        Standing::Good => "a pattern that was written and freed was gone when it was looked for.",
        Standing::Weak => "a pattern that was written and freed was still there: copies outlive their use.",
        Standing::Unknown => "whether it is wiped could not be tried on this system.",
    };
    guard("freed memory", standing, meaning)
}

#[cfg(target_os = "linux")]
mod system {
    use std::fs::File;
    use std::io;
    use std::os::unix::fs::FileExt as _;

    use super::Standing;

    /// Sizes of the pieces that are tried, bytes: of a group, a line, a page of text, a frame.
    const SIZES: [usize; 4] = [48, 200, 3_000, 20_000];
    /// What a list of free pieces may write into one itself, bytes.
    const OWN: usize = 32;
    /// So many bytes of the pattern in a row are no accident.
    const RUN: usize = 8;

    pub(super) fn probe() -> Standing {
        match SIZES.iter().try_fold(true, |all, size| Ok::<_, io::Error>(all & is_wiped(*size)?)) {
            Ok(true) => Standing::Good,
            Ok(false) => Standing::Weak,
            Err(_) => Standing::Unknown,
        }
    }

    fn pattern(size: usize) -> Vec<u8> {
        (0..size).map(|at| u8::try_from((at * 37 + at / 7 + 129) % 251 + 1).unwrap_or(1)).collect()
    }

    /// Writes a pattern, frees it, and looks at where it stood through the system's own view of this process.
    fn is_wiped(size: usize) -> io::Result<bool> {
        let memory = File::open("/proc/self/mem")?;
        let (mut before, mut after) = (vec![0; size], vec![0; size]);
        let written = pattern(size);
        let place = u64::try_from(written.as_ptr().addr()).map_err(io::Error::other)?;
        memory.read_exact_at(&mut before, place)?;
        // Nothing may take its place before it is looked at.
        drop(written);
        memory.read_exact_at(&mut after, place)?;
        let expected = pattern(size);
        if before != expected {
            return Err(io::Error::other("it was looked for in the wrong place"));
        }
        let runs = expected[OWN..].windows(RUN);
        Ok(!runs.zip(after[OWN..].windows(RUN)).any(|(was, is)| was == is))
    }
}

#[cfg(not(target_os = "linux"))]
mod system {
    use super::Standing;

    /// Nothing shows a process its own freed memory here.
    pub(super) fn probe() -> Standing {
        Standing::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_collector_of_crashes_counts_only_where_it_gets_something() {
        let standing = |pattern, closed| crash_images(pattern, closed).standing;
        assert_eq!(standing(Some("core"), Some(false)), Standing::Good);
        assert_eq!(standing(Some("|/usr/share/apport/apport -p%p"), Some(true)), Standing::Good);
        assert_eq!(standing(Some("|/usr/share/apport/apport -p%p"), Some(false)), Standing::Weak);
        assert_eq!(standing(None, Some(true)), Standing::Unknown);
    }

    #[test]
    fn one_line_says_what_holds_or_what_does_not() {
        let of = |standings: &[(&'static str, Standing)]| {
            let guards = standings.iter().map(|(name, standing)| guard(name, *standing, "")).collect();
            in_short(&Protection { guards }, Kind::Secret)
        };
        let (swap, files) = (("swap space", Standing::Weak), ("crash files", Standing::Unknown));
        assert_eq!(
            of(&[("other programs", Standing::Good)]),
            "This machine: secret memory (memfd_secret), no crash files, no recorder seen."
        );
        assert_eq!(of(&[files]), "This machine: secret memory (memfd_secret); not known: crash files.");
        assert_eq!(
            of(&[swap, files, ("recording", Standing::Weak)]),
            "This machine: weak in swap space, recording (breakglass selftest says more)."
        );
    }

    #[test]
    fn whoever_may_attach_is_told() {
        let standing = |scope, closed| onlookers(scope, closed).standing;
        assert_eq!(standing(Some("0"), Some(false)), Standing::Weak);
        assert_eq!(standing(None, Some(false)), Standing::Weak);
        assert_eq!(standing(Some("1"), Some(false)), Standing::Good);
        assert_eq!(standing(Some("0"), Some(true)), Standing::Good);
        assert_eq!(standing(None, None), Standing::Unknown);
    }

    /// Tests run with the allocator of the system, which wipes nothing: the probe has to see that.
    #[cfg(target_os = "linux")]
    #[test]
    fn the_probe_finds_what_was_not_wiped() {
        assert_eq!(system::probe(), Standing::Weak);
    }
}
