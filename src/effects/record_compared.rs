//! A record beside a head that was noted elsewhere: on a page, in a report, on the last screen of a run. Pure, no files.
//!
//! A chain without a key shows what happened to lines in its middle. That lines were cut off at its end, or that all of it
//! was made anew by somebody who knows how, shows only here.

use crate::domain::record::Head;

/// So many digits of a hash are enough to name a line: nobody makes another line that begins like it (64 bits).
const FEWEST_DIGITS: usize = 16;

/// A head as it was noted: the hash or its beginning, and how many lines there were, where that is known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Noted {
    hash: String,
    lines: Option<u64>,
}

/// How a record stands to a head that was noted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Compared {
    /// It ends with that line.
    EndsThere,
    /// It holds that line, counted from 1, and goes on after it.
    GoesOn {
        /// Which line it is.
        line: u64,
        /// How many follow.
        since: u64,
    },
    /// It holds a line with that hash, and another number was noted.
    OtherNumber {
        /// Which line it is.
        line: u64,
    },
    /// It has fewer lines than there were.
    CutOff {
        /// How many there were.
        were: u64,
    },
    /// It has that line, with another hash.
    MadeAnew {
        /// Which line was noted.
        line: u64,
    },
    /// No line has that hash, and how many there were was not noted.
    NotThere,
    /// Its chain breaks, so that the hashes in it prove nothing.
    Broken,
}

/// Whether text can be the hash of a line, or the beginning of one: 16 to 64 hexadecimal digits.
pub fn is_hash(text: &str) -> bool {
    (FEWEST_DIGITS..=64).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

impl Noted {
    /// A head that somebody has noted; `hash` is the whole hash, or its beginning (see [`is_hash`]).
    pub fn new(hash: &str, lines: Option<u64>) -> Self {
        Self { hash: hash.to_ascii_lowercase(), lines }
    }

    /// How a record whose chain is whole, and whose lines carry these hashes, oldest first, stands to it.
    pub fn compared(&self, hashes: &[String]) -> Compared {
        let there = hashes.len() as u64;
        let found = (1..).zip(hashes).find(|(_, hash)| hash.starts_with(&self.hash)).map(|(line, _)| line);
        match (found, self.lines) {
            (Some(line), Some(noted)) if line != noted => Compared::OtherNumber { line },
            (Some(line), _) if line == there => Compared::EndsThere,
            (Some(line), _) => Compared::GoesOn { line, since: there - line },
            (None, Some(were)) if were > there => Compared::CutOff { were },
            (None, Some(line)) => Compared::MadeAnew { line },
            (None, None) => Compared::NotThere,
        }
    }
}

impl From<Head> for Noted {
    fn from(head: Head) -> Self {
        Self { hash: head.hash, lines: Some(head.lines) }
    }
}

impl Compared {
    /// What was seen, in a sentence; `there` is how many lines there are.
    pub fn words(self, there: usize) -> String {
        match self {
            Self::EndsThere => "It ends with the head that you named: nothing was added, changed or cut off since.".to_owned(),
            Self::GoesOn { line, since } => format!(
                "It holds the head that you named, as line {line}, and goes on for {since} more: nothing up to there was changed."
            ),
            Self::OtherNumber { line } => format!(
                "The hash that you named is that of line {line}, and you named another number: look at your note again."
            ),
            Self::CutOff { were } => format!(
                "It had {were} lines when that head was noted and has {there} now: lines were cut off at its end."
            ),
            Self::MadeAnew { line } => format!(
                "Line {line} has another hash than the head that you named: the record was made anew, or it is another one."
            ),
            Self::NotThere => "No line has the hash that you named: lines were cut off at its end, it was made anew, or it is \
                               another record. Name the number of lines too, with --lines, and it can be told which."
                .to_owned(),
            Self::Broken => "The head that you named was not compared: where the chain is broken, the hashes of its lines \
                             prove nothing."
                .to_owned(),
        }
    }

    /// The same for programs.
    pub fn name(self) -> &'static str {
        match self {
            Self::EndsThere => "ends_there",
            Self::GoesOn { .. } => "goes_on",
            Self::OtherNumber { .. } => "other_number",
            Self::CutOff { .. } => "cut_off",
            Self::MadeAnew { .. } => "made_anew",
            Self::NotThere => "not_there",
            Self::Broken => "broken",
        }
    }

    /// Whether the record holds that head.
    pub fn holds(self) -> bool {
        match self {
            Self::EndsThere | Self::GoesOn { .. } | Self::OtherNumber { .. } => true,
            Self::CutOff { .. } | Self::MadeAnew { .. } | Self::NotThere | Self::Broken => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_noted_is_found_or_what_happened_is_told() {
        let hash = |digit: &str| digit.repeat(64);
        let lines: Vec<String> = ["a", "b", "c"].map(hash).to_vec();
        let noted = |digit: &str, lines: Option<u64>| Noted::new(&digit.repeat(16), lines);
        let table = [
            (noted("c", None), Compared::EndsThere),
            (noted("C", Some(3)), Compared::EndsThere),
            (noted("a", Some(1)), Compared::GoesOn { line: 1, since: 2 }),
            (noted("b", None), Compared::GoesOn { line: 2, since: 1 }),
            (noted("b", Some(3)), Compared::OtherNumber { line: 2 }),
            (noted("d", Some(4)), Compared::CutOff { were: 4 }),
            (noted("d", Some(3)), Compared::MadeAnew { line: 3 }),
            (noted("d", None), Compared::NotThere),
        ];
        for (noted, expected) in table {
            assert_eq!(noted.compared(&lines), expected, "{noted:?}");
        }
        assert_eq!(noted("a", Some(1)).compared(&[]), Compared::CutOff { were: 1 });
    }

    #[test]
    fn a_hash_is_named_by_enough_of_its_digits() {
        assert!(is_hash(&"a".repeat(64)) && is_hash(&"0".repeat(16)));
        assert!(!is_hash(&"a".repeat(15)) && !is_hash(&"a".repeat(65)) && !is_hash(&"g".repeat(64)));
    }
}
