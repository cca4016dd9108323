//! Text files as people's programs write them: UTF-8, or by its mark UTF-16 (what PowerShell 5.1 makes of `>`).
//!
//! Without a mark nothing is guessed: what is not UTF-8 is told by what it looks like.

use zeroize::Zeroizing;

/// The text in `bytes`, wiped when it is dropped.
///
/// # Errors
///
/// What the bytes are instead, in a sentence for people.
pub fn text_of(bytes: &[u8]) -> Result<Zeroizing<String>, String> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf_8(rest),
        [0xFF, 0xFE, rest @ ..] => utf_16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf_16(rest, u16::from_be_bytes),
        _ => utf_8(bytes),
    }
}

fn utf_8(bytes: &[u8]) -> Result<Zeroizing<String>, String> {
    if bytes.contains(&0) {
        return Err("It looks like UTF-16 without a mark, or is no text; save it as UTF-8.".to_owned());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Zeroizing::new(text.to_owned())),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].split(|byte| *byte == b'\n').count();
            Err(format!("It is not UTF-8 (line {line}); save it as UTF-8."))
        }
    }
}

fn utf_16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<Zeroizing<String>, String> {
    let broken = || "It begins as UTF-16 and is none; save it as UTF-8.".to_owned();
    let (pairs, []) = bytes.as_chunks::<2>() else { return Err(broken()) };
    // No character takes more than three bytes for each of its units, so the text never moves in memory.
    let mut text = Zeroizing::new(String::with_capacity(pairs.len() * 3));
    for character in char::decode_utf16(pairs.iter().map(|pair| unit(*pair))) {
        text.push(character.map_err(|_| broken())?);
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wide(text: &str, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn a_mark_says_how_a_text_is_written() {
        let text = "[passwords]\r\nlength = 32 # Zürich 🔑\r\n";
        let marked = |mark: &[u8], rest: Vec<u8>| [mark.to_vec(), rest].concat();
        for bytes in [
            text.as_bytes().to_vec(),
            marked(&[0xEF, 0xBB, 0xBF], text.as_bytes().to_vec()),
            marked(&[0xFF, 0xFE], wide(text, u16::to_le_bytes)),
            marked(&[0xFE, 0xFF], wide(text, u16::to_be_bytes)),
        ] {
            assert_eq!(text_of(&bytes).as_deref().map(String::as_str), Ok(text));
        }
    }

    #[test]
    fn without_a_mark_it_is_told_what_it_looks_like() {
        let why = |bytes: &[u8]| text_of(bytes).expect_err("no text");
        assert!(why(&wide("length = 32", u16::to_le_bytes)).contains("UTF-16"));
        assert!(why(b"a = 1\nb = \"Z\xFCrich\"").contains("line 2"));
        assert!(why(&[0xFF, 0xFE, b'a']).contains("UTF-16"));
        assert!(why(&[0xFF, 0xFE, 0x00, 0xD8]).contains("UTF-16"));
    }
}
