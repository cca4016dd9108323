//! Looks through every readable page of another process for secrets: whole, and any run of eight characters, contiguous or
//! at any constant stride up to 64 bytes, as cells of a screen, UTF-16, UTF-32 or events of a keyboard have them.
//!
//! Secret memory cannot be read by anybody but its owner, and is counted. Pages of a file that nobody has written to hold the
//! file and nothing else; they are left out.

use std::collections::BTreeMap;
use std::fs::File;
use std::os::unix::fs::FileExt as _;

use crate::support::terminal::wait_until_so;

/// So many characters in a row are no accident.
const RUN: usize = 8;
/// The widest step from one character to the next, bytes.
const WIDEST: usize = 64;
/// Characters that stand together, on paper, on the screen and when they are typed.
const GROUP: usize = 4;

/// Bytes that are looked at together.
const EMPTY: [u8; 512] = [0; 512];

fn pair(first: u8, second: u8) -> usize {
    usize::from(first) << 8 | usize::from(second)
}

/// What is looked for.
#[derive(Default)]
pub struct Needles {
    /// Each run with the name of its secret.
    runs: Vec<([u8; RUN], String)>,
    /// Runs by their first two bytes.
    by_pair: BTreeMap<[u8; 2], Vec<usize>>,
    /// Whether a run begins with this byte, and with this pair of bytes: asked for every byte of the memory.
    begins: Vec<bool>,
    pairs: Vec<bool>,
}

/// A run that was found.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Found {
    /// The name of the secret.
    pub name: String,
    /// The memory: a file, `[heap]`, or where it begins.
    pub place: String,
    /// Bytes from one character to the next.
    pub stride: usize,
}

/// What a scan came to.
#[derive(Debug, Default)]
pub struct Scan {
    /// Runs that were found, by what, where and how; how many of each.
    pub found: BTreeMap<Found, usize>,
    /// Bytes that were looked at.
    pub bytes: usize,
    /// Bytes that nobody but the process can read.
    pub sealed: usize,
}

impl Needles {
    /// Looks for `secret` too: as it is, in groups as it is typed, and in groups as a screen has them.
    pub fn add(&mut self, name: &str, secret: &str) {
        let bare: String = secret.chars().filter(|c| !c.is_whitespace()).collect();
        let groups: Vec<&str> =
            bare.as_bytes().chunks(GROUP).map(|group| std::str::from_utf8(group).expect("ASCII")).collect();
        let forms = [bare.clone(), groups.join(" "), groups.join("   ")];
        for run in forms.iter().flat_map(|form| form.as_bytes().windows(RUN)) {
            self.add_run(name, run.try_into().expect("a run"));
        }
    }

    fn add_run(&mut self, name: &str, run: [u8; RUN]) {
        // A run that is mostly gaps between groups would be found everywhere.
        let letters = run.iter().filter(|byte| !byte.is_ascii_whitespace()).count();
        if letters < RUN - 3 || run[0] == b' ' || self.runs.iter().any(|(known, _)| *known == run) {
            return;
        }
        self.begins.resize(256, false);
        self.begins[usize::from(run[0])] = true;
        self.pairs.resize(1 << 16, false);
        self.pairs[pair(run[0], run[1])] = true;
        self.by_pair.entry([run[0], run[1]]).or_default().push(self.runs.len());
        self.runs.push((run, name.to_owned()));
    }

    /// How many runs are looked for.
    pub fn len(&self) -> usize {
        self.runs.len()
    }

    /// Every run in `bytes`: which secret, at which stride.
    pub fn within(&self, bytes: &[u8]) -> Vec<(&str, usize)> {
        let mut found = Vec::new();
        if self.runs.is_empty() {
            return found;
        }
        let mut from = 0;
        while from < bytes.len() {
            let to = bytes.len().min(from + EMPTY.len());
            // Most of the memory of a program is nothing at all.
            if bytes[from..to] != EMPTY[..to - from] {
                for at in from..to {
                    if self.begins[usize::from(bytes[at])] {
                        self.at(&bytes[at..], &mut found);
                    }
                }
            }
            from = to;
        }
        found
    }

    /// Every run in what is text, as it is, as UTF-16 or as UTF-32: what is wider apart there is an accident among numbers, of
    /// which pages are full.
    pub fn in_text(&self, bytes: &[u8]) -> Vec<(&str, usize)> {
        let mut found = self.within(bytes);
        found.retain(|(_, stride)| matches!(stride, 1 | 2 | 4));
        found
    }

    fn at<'a>(&'a self, bytes: &[u8], found: &mut Vec<(&'a str, usize)>) {
        for stride in 1..=WIDEST.min((bytes.len() - 1) / (RUN - 1)) {
            if !self.pairs[pair(bytes[0], bytes[stride])] {
                continue;
            }
            let runs = &self.by_pair[&[bytes[0], bytes[stride]]];
            let is =
                |run: &[u8; RUN]| run.iter().enumerate().all(|(place, byte)| bytes[place * stride] == *byte);
            found.extend(
                runs.iter()
                    .filter(|run| is(&self.runs[**run].0))
                    .map(|run| (self.runs[*run].1.as_str(), stride)),
            );
        }
    }

    /// Looks through the memory of a process; `None` where this is not allowed to whoever runs the test.
    pub fn scan(&self, process: u32) -> Option<Scan> {
        let memory = File::open(format!("/proc/{process}/mem")).ok()?;
        let maps = std::fs::read_to_string(format!("/proc/{process}/smaps")).ok()?;
        let mut scan = Scan::default();
        for mapping in mappings(&maps) {
            self.scan_mapping(&memory, &mapping, &mut scan);
        }
        (scan.bytes > 0).then_some(scan)
    }

    fn scan_mapping(&self, memory: &File, mapping: &Mapping, scan: &mut Scan) {
        let mut bytes = vec![0; mapping.to - mapping.from];
        let mut read = 0;
        while read < bytes.len() {
            match memory.read_at(&mut bytes[read..], (mapping.from + read) as u64) {
                Ok(0) | Err(_) => break,
                Ok(count) => read += count,
            }
        }
        scan.bytes += read;
        scan.sealed += bytes.len() - read;
        for (name, stride) in self.within(&bytes[..read]) {
            let found = Found { name: name.to_owned(), place: mapping.name.clone(), stride };
            *scan.found.entry(found).or_default() += 1;
        }
    }
}

struct Mapping {
    from: usize,
    to: usize,
    name: String,
}

/// Every readable mapping with pages of its own (smaps of proc(5)).
fn mappings(smaps: &str) -> Vec<Mapping> {
    let mut all: Vec<(Mapping, bool)> = Vec::new();
    for line in smaps.lines() {
        if let Some((mapping, readable)) = heading(line) {
            all.push((mapping, readable));
        } else if let (Some(pages), Some((mapping, readable))) =
            (line.strip_prefix("Anonymous:"), all.last_mut())
        {
            let is_unwritten_file = pages.trim() == "0 kB" && mapping.name.starts_with('/');
            *readable &= !is_unwritten_file || mapping.name.contains("secretmem");
        }
    }
    all.into_iter().filter(|(_, readable)| *readable).map(|(mapping, _)| mapping).collect()
}

fn heading(line: &str) -> Option<(Mapping, bool)> {
    let mut words = line.split_whitespace();
    let (from, to) = words.next()?.split_once('-')?;
    let (from, to) = (usize::from_str_radix(from, 16).ok()?, usize::from_str_radix(to, 16).ok()?);
    let readable = words.next()?.starts_with('r');
    let name = words.nth(3).map_or_else(|| format!("{from:x}"), str::to_owned);
    // The kernel's own, which nobody reads from outside.
    let is_kernels = ["[vvar]", "[vvar_vclock]", "[vsyscall]"].contains(&name.as_str());
    Some((Mapping { from, to, name }, readable && !is_kernels))
}

const PLANTED: &str = "Kp7RtX4mHcN9aFdE";

/// `text` with its characters `stride` bytes apart, in the middle of other bytes.
fn planted(text: &str, stride: usize) -> Vec<u8> {
    let mut bytes = vec![0xa5; 40 + text.len() * stride];
    text.bytes().enumerate().for_each(|(place, byte)| bytes[17 + place * stride] = byte);
    bytes
}

#[test]
fn a_planted_copy_is_found_at_every_stride_and_so_is_a_piece_of_it() {
    let mut needles = Needles::default();
    needles.add("planted", PLANTED);
    for stride in 1..=WIDEST {
        let strides: Vec<usize> =
            needles.within(&planted(PLANTED, stride)).iter().map(|(_, stride)| *stride).collect();
        assert_eq!(strides, vec![stride; PLANTED.len() - RUN + 1], "whole, stride {stride}");
        assert_eq!(needles.within(&planted(&PLANTED[5..13], stride)), [("planted", stride)]);
        assert_eq!(needles.within(&planted(&PLANTED[..7], stride)), [], "seven characters, stride {stride}");
    }
    assert!(!needles.within(b"x Kp7R tX4m HcN9 x").is_empty(), "in groups, as it is typed");
    assert!(!needles.within(b"x Kp7R   tX4m   HcN9").is_empty(), "in groups, as it is shown");
    assert!(needles.within(b"Kp7R    tX4m").is_empty() && needles.within(b"").is_empty());
}

/// A process that holds a copy, so that the scan itself is proved and not the search alone: an environment lies in the
/// memory of its process.
#[test]
fn a_copy_in_another_process_is_found_and_none_where_there_is_none() {
    let spread = |stride: usize| {
        let filled = |c: char| std::iter::once(c).chain(std::iter::repeat_n('~', stride - 1));
        PLANTED.chars().flat_map(filled).collect::<String>()
    };
    let mut child = std::process::Command::new("sleep")
        .args(["600"])
        .envs([("WHOLE", PLANTED.to_owned()), ("SPREAD", spread(24)), ("PIECE", PLANTED[4..12].to_owned())])
        .spawn()
        .expect("it starts");
    let (mut planted, mut other) = (Needles::default(), Needles::default());
    planted.add("planted", PLANTED);
    other.add("other", &PLANTED.chars().rev().collect::<String>());
    // Before it has become the other program, it is a copy of this one.
    let is_there = || {
        std::fs::read(format!("/proc/{}/cmdline", child.id())).is_ok_and(|line| line.starts_with(b"sleep"))
    };
    wait_until_so("the other program", is_there);
    let scans = (planted.scan(child.id()), other.scan(child.id()));
    child.kill().and_then(|()| child.wait()).expect("it is over");
    let (Some(planted), Some(other)) = scans else { return super::cannot_look() };
    for stride in [1, 24] {
        assert!(planted.found.keys().any(|found| found.stride == stride), "{planted:?}");
    }
    assert!(other.found.is_empty(), "{other:?}");
}
