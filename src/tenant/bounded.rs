//! Numbers that servers send, bounded where they are read.
//!
//! Services write numbers as numbers, as text, with a fraction; a broken or hostile one writes what no clock can hold. What
//! is no number counts as unsaid, a number beyond its bound as the bound: so nothing behind this file can overflow, and no
//! answer is thrown away for a number in it. What a number means is for whoever reads it.

use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A token is never believed to live longer than this, seconds: those with continuous access evaluation live 28 hours
/// (common knowledge; the contract names no bound).
pub(super) const LONGEST_LIFETIME: u64 = 48 * 3600;
/// A pass never lives longer than this, minutes: thirty days is the most that a policy takes (common knowledge).
const LONGEST_PASS: u64 = 43_200;

/// A whole number from 0 to `most`, a fraction rounded up; nothing where it is none, or below zero.
pub(super) fn whole(value: &Value, most: u64) -> Option<u64> {
    let number = match value {
        Value::Number(number) => match number.as_u64() {
            Some(exact) => return Some(exact.min(most)),
            None => number.as_f64()?,
        },
        Value::String(text) => match text.trim().parse::<u64>() {
            Ok(exact) => return Some(exact.min(most)),
            Err(_) => text.trim().parse().ok()?,
        },
        _ => return None,
    };
    // A float beyond the bound is the bound; below it, it is exact enough for seconds and minutes.
    let is_number = number.is_finite() && number >= 0.0;
    is_number.then(|| {
        std::time::Duration::try_from_secs_f64(number.ceil()).map_or(most, |all| all.as_secs()).min(most)
    })
}

/// How long a token lives, seconds; one that says it lives no time says nothing.
pub(super) fn lifetime<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u64>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(whole(&value, LONGEST_LIFETIME).filter(|seconds| *seconds > 0))
}

/// How long a pass may live, minutes.
pub(super) fn minutes<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    let value = Value::deserialize(deserializer)?;
    Ok(whole(&value, LONGEST_PASS).and_then(|minutes| u32::try_from(minutes).ok()))
}

/// A number that names something, such as an error; one that cannot be read is -1, which is nobody's.
pub(super) fn code<'de, D: Deserializer<'de>>(deserializer: D) -> Result<i64, D::Error> {
    let value = Value::deserialize(deserializer)?;
    let text = || value.as_str().and_then(|text| text.trim().parse().ok());
    Ok(match &value {
        Value::Null => 0,
        value => value.as_i64().or_else(text).unwrap_or(-1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    /// What servers wrote, and would never write.
    const ABSURD: [&str; 16] = [
        "0",
        "-1",
        "1.5",
        "-0.5",
        "1e300",
        "-1e300",
        "18446744073709551615",
        "18446744073709551616",
        "9223372036854775808",
        "\"3600\"",
        "\" 90.2 \"",
        "\"NaN\"",
        "\"inf\"",
        "\"soon\"",
        "null",
        "[7]",
    ];

    #[test]
    fn a_number_is_whole_and_bounded_whatever_was_written() {
        let cases = [
            (json!(3599), Some(3599)),
            (json!("3599"), Some(3599)),
            (json!(1.2), Some(2)),
            (json!("90.2"), Some(91)),
            (json!(0), Some(0)),
            (json!(u64::MAX), Some(5000)),
            (json!("18446744073709551615"), Some(5000)),
            (json!("1e300"), Some(5000)),
            (json!(-1), None),
            (json!(-0.5), None),
            (json!("NaN"), None),
            (json!("inf"), None),
            (json!("soon"), None),
            (json!(null), None),
            (json!([7]), None),
            (json!(true), None),
        ];
        for (value, wanted) in cases {
            assert_eq!(whole(&value, 5000), wanted, "{value}");
        }
    }

    #[derive(Deserialize)]
    struct Read {
        #[serde(default, deserialize_with = "lifetime")]
        lives: Option<u64>,
        #[serde(default, deserialize_with = "minutes")]
        pass: Option<u32>,
        #[serde(default, deserialize_with = "code")]
        code: i64,
    }

    #[test]
    fn no_answer_is_thrown_away_for_a_number_in_it() {
        for text in ABSURD {
            let text = format!(r#"{{"lives": {text}, "pass": {text}, "code": {text}}}"#);
            let read: Read = serde_json::from_str(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
            assert!(read.lives.is_none_or(|lives| (1..=LONGEST_LIFETIME).contains(&lives)), "{text}");
            assert!(read.pass.is_none_or(|pass| u64::from(pass) <= LONGEST_PASS), "{text}");
        }
        let none: Read = serde_json::from_str("{}").expect("nothing was said");
        assert_eq!((none.lives, none.pass, none.code), (None, None, 0));
    }

    proptest! {
        #[test]
        fn no_number_is_above_its_bound(bits in any::<u64>(), most in any::<u64>()) {
            for value in [json!(bits), json!(f64::from_bits(bits)), json!(bits.to_string()), json!(bits.cast_signed())] {
                prop_assert!(whole(&value, most).is_none_or(|read| read <= most));
            }
        }
    }
}
