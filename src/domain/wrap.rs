//! Text broken into lines, for screens, pages and paper alike. Only a PDF measures its letters otherwise.

use textwrap::{Options, WordSeparator, WordSplitter, WrapAlgorithm};

/// What becomes of a word that is longer than a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LongWord {
    /// It stays whole on a line of its own, so that it can be copied.
    Whole,
    /// It is broken, so that nothing is ever clipped.
    Broken,
}

/// The words of `text` gathered into lines of at most `room` columns; none where there are no words.
pub fn lines(text: &str, room: usize, long: LongWord) -> Vec<String> {
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if words.is_empty() {
        return Vec::new();
    }
    let words = match long {
        LongWord::Broken => words.split(' ').map(|word| parted(word, room)).collect::<Vec<_>>().join(" "),
        LongWord::Whole => words,
    };
    let options = Options::new(room.max(1))
        .break_words(long == LongWord::Broken)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .wrap_algorithm(WrapAlgorithm::FirstFit);
    textwrap::wrap(&words, options).into_iter().map(std::borrow::Cow::into_owned).collect()
}

/// A user name that is longer than a line, taken apart behind its last `@` or `.` that fits, so that each part can be read.
fn parted(word: &str, room: usize) -> String {
    let ends = |part: &str| part.rfind(['@', '.']).filter(|at| at + 1 < part.len());
    let first = word.char_indices().nth(room).map(|(end, _)| &word[..end]);
    match first.filter(|_| word.contains('@')).and_then(ends) {
        Some(at) => format!("{} {}", &word[..=at], parted(&word[at + 1..], room)),
        None => word.to_owned(),
    }
}

/// `lines` with `first` before the first of them, and as many spaces as `margin` before the others.
pub fn behind(first: &str, margin: usize, lines: Vec<String>) -> Vec<String> {
    if lines.is_empty() {
        return vec![first.to_owned()];
    }
    let rest = " ".repeat(margin);
    let starts = std::iter::once(first).chain(std::iter::repeat(rest.as_str()));
    starts.zip(lines).map(|(start, line)| format!("{start}{line}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_fill_lines_and_a_long_one_is_broken_or_stays_whole() {
        assert_eq!(lines("ab  cd\n ef", 5, LongWord::Whole), ["ab cd", "ef"]);
        assert_eq!(lines("a long-word-here b", 6, LongWord::Whole), ["a", "long-word-here", "b"]);
        assert_eq!(lines("a long-word-here b", 6, LongWord::Broken), ["a", "long-w", "ord-he", "re b"]);
        let name = "riley.operator@fabrikam.example";
        assert_eq!(lines(name, 26, LongWord::Broken), ["riley.operator@fabrikam.", "example"]);
        assert_eq!(lines(name, 16, LongWord::Broken), ["riley.operator@", "fabrikam.example"]);
        assert_eq!(lines(name, 31, LongWord::Broken), [name]);
        assert!(lines(" \n", 6, LongWord::Broken).is_empty());
    }

    #[test]
    fn what_stands_in_front_is_as_wide_as_the_margin_below_it() {
        assert_eq!(behind("- ", 2, lines("ab cd", 2, LongWord::Whole)), ["- ab", "  cd"]);
        assert_eq!(behind("- ", 2, Vec::new()), ["- "]);
    }
}
