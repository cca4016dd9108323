//! A text page as bytes for a printer behind a device file: plain ASCII, or Epson ESC/P.
//!
//! Device printers know no UTF-8, so other characters are spelled by their nearest ASCII ones or a question mark; a
//! secret has none of those.

use zeroize::Zeroizing;

use crate::paper::secret_text::LINE_MARK;

/// What the printer understands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Escapes {
    /// Lines and form feeds only.
    None,
    /// ESC/P (Epson ESC/P reference manual): reset, and the secret in double width and height.
    EscP,
}

/// ESC @: initialize the printer.
const RESET: &[u8] = b"\x1b@";
/// ESC W 1, ESC w 1: double width and double height, at 10 characters per inch about 20 point.
const LARGE: &[u8] = b"\x1bW1\x1bw1";
/// ESC W 0, ESC w 0.
const NORMAL: &[u8] = b"\x1bW0\x1bw0";

/// `text` for the device, carriage returns and a last form feed included.
pub fn device(text: &str, escapes: Escapes) -> Zeroizing<Vec<u8>> {
    let mut bytes = Zeroizing::new(Vec::with_capacity(text.len() * 2 + 64));
    let escape = |code: &'static [u8]| if escapes == Escapes::EscP { code } else { b"" };
    bytes.extend_from_slice(escape(RESET));
    for line in text.lines() {
        let is_secret = line.starts_with(LINE_MARK);
        if is_secret {
            // Double height prints upwards into the line before.
            bytes.extend_from_slice(escape(b"\r\n"));
            bytes.extend_from_slice(escape(LARGE));
        }
        let line = if is_secret && escapes == Escapes::EscP { narrowed(line) } else { line };
        line.chars().for_each(|c| bytes.push(ascii(c)));
        if is_secret {
            bytes.extend_from_slice(escape(NORMAL));
        }
        bytes.extend_from_slice(b"\r\n");
    }
    bytes.push(b'\x0c');
    bytes
}

/// A double-wide line begins further left.
fn narrowed(line: &str) -> &str {
    line.trim_start()
}

fn ascii(c: char) -> u8 {
    match c {
        '\u{c}' | ' '..='~' => u8::try_from(u32::from(c)).unwrap_or(b'?'),
        'À'..='Å' => b'A',
        'È'..='Ë' => b'E',
        'Ì'..='Ï' => b'I',
        'Ò'..='Ö' | 'Ø' => b'O',
        'Ù'..='Ü' => b'U',
        'à'..='å' => b'a',
        'è'..='ë' => b'e',
        'ì'..='ï' => b'i',
        'ò'..='ö' | 'ø' => b'o',
        'ù'..='ü' => b'u',
        'ß' => b's',
        'Ç' => b'C',
        'ç' => b'c',
        'Ñ' => b'N',
        'ñ' => b'n',
        '–' | '—' => b'-',
        '•' => b'*',
        _ => b'?',
    }
}
