//! What the system says of the pages of secrets (`/proc/self/smaps`, proc_pid_smaps(5)): looked up, not assumed.

use super::Kind;
use super::pages::Pages;

/// What these pages are.
pub fn seen(pages: &Pages) -> Kind {
    let told = std::fs::read_to_string("/proc/self/smaps").unwrap_or_default();
    judged(&told, pages.address())
}

/// `lo` is locked, `dd` not in dumps, `wf` empty in a child, `dc` not in a child at all.
fn judged(told: &str, address: usize) -> Kind {
    let Some((name, flags)) = of_mapping(told, address) else { return Kind::Ordinary };
    let has = |flag: &str| flags.split_whitespace().any(|word| word == flag);
    let stays_here = has("dd") && (has("wf") || has("dc"));
    match (stays_here, has("lo"), name.contains("secretmem")) {
        (true, true, true) => Kind::Secret,
        (true, true, false) => Kind::Locked,
        (true, false, _) => Kind::Unlocked,
        (false, ..) => Kind::Ordinary,
    }
}

/// The heading and the flags of the mapping that `address` lies in.
fn of_mapping(told: &str, address: usize) -> Option<(&str, &str)> {
    let mut heading = None;
    for line in told.lines() {
        if let Some((from, to)) = range(line) {
            heading = (from..to).contains(&address).then_some(line);
        } else if let (Some(heading), Some(flags)) = (heading, line.strip_prefix("VmFlags:")) {
            return Some((heading, flags));
        }
    }
    None
}

fn range(line: &str) -> Option<(usize, usize)> {
    let (from, to) = line.split_whitespace().next()?.split_once('-')?;
    Some((usize::from_str_radix(from, 16).ok()?, usize::from_str_radix(to, 16).ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    const TOLD: &str = "\
7f10000000-7f10001000 ---p 00000000 00:00 0
VmFlags: mr mw me nr sd
7f10001000-7f10002000 rw-s 00000000 00:11 2001 /secretmem (deleted)
Rss: 0 kB
VmFlags: rd wr sh mr mw me ms lo dc dd
7f10003000-7f10004000 rw-p 00000000 00:00 0
VmFlags: rd wr mr mw me lo wf dd
7f10005000-7f10006000 rw-p 00000000 00:00 0
VmFlags: rd wr mr mw me wf dd
";

    #[test]
    fn each_kind_of_memory_is_told_by_its_flags() {
        for (address, kind) in [
            (0x7f_1000_0000, Kind::Ordinary),
            (0x7f_1000_1800, Kind::Secret),
            (0x7f_1000_3000, Kind::Locked),
            (0x7f_1000_5fff, Kind::Unlocked),
            (0x7f_1000_6000, Kind::Ordinary),
        ] {
            assert_eq!(judged(TOLD, address), kind, "{address:x}");
        }
    }
}
