//! What rules are made of: a sentence where something is so, and what counts as left empty.

/// The sentence, when it is so.
pub(super) fn when(is_so: bool, sentence: &str) -> Option<String> {
    is_so.then(|| sentence.to_owned())
}

/// Whether nothing was written.
pub(super) fn is_blank(text: impl AsRef<str>) -> bool {
    text.as_ref().trim().is_empty()
}
