//! The answer of a printer, taken apart only after it was looked at: no printer says much, and none needs deep nesting.
//!
//! The library builds collections within collections as deep as they come, and would run out of stack taking them down.

use std::io::Cursor;

use ::ipp::parser::IppParser;
use ::ipp::prelude::IppRequestResponse;
use ::ipp::reader::IppReader;
use bytes::Bytes;

/// The largest answer that is read, bytes.
pub(super) const LARGEST: usize = 1024 * 1024;
/// How deep collections may lie in each other; those of RFC 8011 and its successors lie three deep.
const DEEPEST: usize = 8;
/// Version, status and number of the request (RFC 8010, 3.1.1).
const HEAD: usize = 8;
/// The tags that begin and end a collection (RFC 8010, 3.5.2); tags below [`VALUES`] begin a group or end everything.
const BEGINS: u8 = 0x34;
const ENDS: u8 = 0x37;
const VALUES: u8 = 0x10;

/// The answer in `bytes`; nothing where it is none.
pub(super) fn parsed(bytes: Bytes) -> Option<IppRequestResponse> {
    if bytes.len() > LARGEST || depth(&bytes) > DEEPEST {
        return None;
    }
    IppParser::new(IppReader::new(Cursor::new(bytes))).parse().ok()
}

/// How deep collections lie in each other, as far as the bytes can be followed.
fn depth(bytes: &[u8]) -> usize {
    let (mut left, mut now, mut deepest) = (bytes.get(HEAD..).unwrap_or_default(), 0_usize, 0);
    while let Some((&tag, rest)) = left.split_first() {
        if tag < VALUES {
            left = rest;
            continue;
        }
        match tag {
            BEGINS => now += 1,
            ENDS => now = now.saturating_sub(1),
            _ => {}
        }
        deepest = deepest.max(now);
        // A name and a value, each behind its length.
        let Some(behind) = field(rest).and_then(field) else { break };
        left = behind;
    }
    deepest
}

/// What lies behind a field that begins with its length in two bytes.
fn field(bytes: &[u8]) -> Option<&[u8]> {
    let (length, rest) = bytes.split_first_chunk::<2>()?;
    rest.get(usize::from(u16::from_be_bytes(*length))..)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn nested(deep: usize) -> Bytes {
        let mut bytes = vec![1, 1, 0, 0, 0, 0, 0, 1, 0x02];
        for level in 0..deep {
            bytes.push(BEGINS);
            // Only the outermost has a name.
            bytes.extend(if level == 0 { [0, 1, b'c', 0, 0].as_slice() } else { &[0, 0, 0, 0] });
        }
        for _ in 0..deep {
            bytes.extend([ENDS, 0, 0, 0, 0]);
        }
        bytes.push(0x03);
        bytes.into()
    }

    #[test]
    fn collections_that_never_end_are_not_followed() {
        assert!(parsed(nested(3)).is_some());
        assert!(parsed(nested(DEEPEST + 1)).is_none());
        assert!(parsed(nested(100_000)).is_none(), "a printer can end the program");
        assert!(parsed(vec![0; LARGEST + 1].into()).is_none());
    }

    proptest! {
        #[test]
        fn no_answer_is_too_odd_to_be_looked_at(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            let mut framed = vec![1, 1, 0, 0, 0, 0, 0, 1];
            framed.extend(&bytes);
            let _one = parsed(bytes.into());
            let _other = parsed(framed.into());
        }
    }
}
