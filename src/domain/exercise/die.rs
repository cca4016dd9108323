//! The die of an exercise: what it shows follows from a number that was drawn when the exercise began, so that an exercise
//! that is gone on with shows the same. Nothing depends on its being hard to guess.

use crate::domain::sha256::sha256;

/// Its sides.
pub const SIDES: u8 = 6;

/// What the die shows for `what`, 1 to 6.
pub fn shows(dice: u64, what: &str) -> u8 {
    u8::try_from(number(dice, what) % u64::from(SIDES)).unwrap_or_default() + 1
}

/// One of `all`, drawn for `what`; none of none.
pub fn draw<'a, T>(dice: u64, what: &str, all: &'a [T]) -> Option<&'a T> {
    let count = u64::try_from(all.len()).ok().filter(|count| *count > 0)?;
    usize::try_from(number(dice, what) % count).ok().and_then(|index| all.get(index))
}

fn number(dice: u64, what: &str) -> u64 {
    let hash = sha256(format!("{dice} {what}").as_bytes());
    u64::from_str_radix(&hash[..15], 16).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_side_comes_and_the_same_throw_comes_again() {
        let sides: std::collections::BTreeSet<u8> = (0..200).map(|dice| shows(dice, "caller")).collect();
        assert_eq!(sides.into_iter().collect::<Vec<_>>(), [1, 2, 3, 4, 5, 6]);
        assert_eq!(shows(7, "caller"), shows(7, "caller"));
        assert_eq!(draw::<u8>(7, "nobody", &[]), None);
    }
}
