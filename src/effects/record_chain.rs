//! The chain of a record: each line carries a hash over itself and the hash of the line before.
//!
//! The hash is taken over the bytes as they stand in the file, so that no rewriting of JSON can change it. The chain
//! shows accidents and careless edits; someone who rewrites the whole file can make a new chain. Pure, no files.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::domain::record::{Entry, Evidence, Head};
use crate::domain::sha256::sha256;

/// The hash that stands before the first line.
pub const START: &str = "0000000000000000000000000000000000000000000000000000000000000000";

/// One line without its hash, in the order in which it is written.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Line {
    /// Running number from 1.
    pub seq: usize,
    /// When it was written.
    pub at: Timestamp,
    /// Hash of the line before.
    pub prev: String,
    /// What is recorded.
    pub entry: Entry,
}

/// What a journal holds, as far as it can be read.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Journal {
    /// The readable entries, oldest first.
    pub entries: Vec<(Timestamp, Entry)>,
    /// The hash that each line carries, oldest first.
    pub hashes: Vec<String>,
    /// How many lines there are.
    pub lines: usize,
    /// Hash of the last line, on which the next one builds.
    pub last: String,
    /// The first line, counted from 1, at which the chain breaks.
    pub broken_at: Option<usize>,
    /// How many bytes hold whole lines; what follows is a torn one.
    pub whole: usize,
    /// Whether the last whole line lacks its line break.
    pub unended: bool,
}

/// The text of `line` as it is written, without a line break, and its hash.
pub fn seal(line: &Line) -> serde_json::Result<(String, String)> {
    let body = serde_json::to_string(line)?;
    let hash = chained(&line.prev, &body);
    let open = body.strip_suffix('}').unwrap_or(&body);
    Ok((format!("{open},\"hash\":\"{hash}\"}}"), hash))
}

fn chained(prev: &str, body: &str) -> String {
    sha256(format!("{prev}{body}").as_bytes())
}

/// Reads a whole journal; a last line that was torn in the middle of a write is left out.
pub fn read(bytes: &[u8]) -> Journal {
    let mut journal = Journal { last: START.to_owned(), ..Journal::default() };
    for piece in bytes.split_inclusive(|b| *b == b'\n') {
        let ended = piece.ends_with(b"\n");
        let text = piece.strip_suffix(b"\n").unwrap_or(piece);
        if !ended && is_torn(text) {
            break;
        }
        journal.take(text);
        journal.whole += piece.len();
        journal.unended = !ended;
    }
    journal
}

/// A torn line is no JSON at all and has no line break, which is written last; an edited one breaks the chain instead.
fn is_torn(text: &[u8]) -> bool {
    serde_json::from_slice::<serde::de::IgnoredAny>(text).is_err()
}

impl Journal {
    /// What the readable entries add up to, and how far they go.
    pub fn evidence(&self) -> Evidence {
        let entries = self.entries.iter().map(|(at, entry)| (*at, entry));
        Evidence { head: self.head(), ..Evidence::of(entries) }
    }

    /// How far it goes; none where there is no line.
    pub fn head(&self) -> Option<Head> {
        (self.lines > 0).then(|| Head { hash: self.last.clone(), lines: self.lines as u64 })
    }

    fn take(&mut self, text: &[u8]) {
        self.lines += 1;
        let text = std::str::from_utf8(text).unwrap_or_default();
        let opened = open(text);
        if !opened.as_ref().is_some_and(|line| self.continues(line, text)) {
            self.broken_at.get_or_insert(self.lines);
        }
        self.last = split(text).map_or_else(|| sha256(text.as_bytes()), |(_, hash)| hash.to_owned());
        self.hashes.push(self.last.clone());
        self.entries.extend(opened.map(|line| (line.at, line.entry)));
    }

    fn continues(&self, line: &Line, text: &str) -> bool {
        let sealed = split(text).is_some_and(|(body, hash)| chained(&self.last, &body) == hash);
        sealed && line.seq == self.lines && line.prev == self.last
    }
}

fn open(text: &str) -> Option<Line> {
    split(text).and_then(|(body, _)| serde_json::from_str(&body).ok())
}

/// The line without its hash, and the hash.
fn split(text: &str) -> Option<(String, &str)> {
    let (body, rest) = text.rsplit_once(",\"hash\":\"")?;
    let hash = rest.strip_suffix("\"}")?;
    let is_hash = hash.len() == START.len() && hash.bytes().all(|b| b.is_ascii_hexdigit());
    is_hash.then(|| (format!("{body}}}"), hash))
}
