//! How long a server asks to wait: `Retry-After` as seconds or as a date (RFC 9110, 10.2.3).
//!
//! Seen in the wild besides: fractions of a second, and two values in one line. What says nothing is left to the own
//! back-off of whoever asks.

use std::time::{Duration, SystemTime};

use httpdate::parse_http_date;

/// No server is believed to mean a longer wait; whoever waits bounds it further.
const LONGEST: Duration = Duration::from_hours(24);

/// The wait in `header`, never none at all: zero, and a moment that has passed, say nothing about how long to wait, and
/// asking again at once would use up every attempt within milliseconds. A date is counted from the answer's own `date`, so
/// that this machine's clock does not matter; without one, from now.
pub(super) fn wait(header: &str, date: Option<&str>) -> Option<Duration> {
    let header = header.trim();
    if let Ok(until) = parse_http_date(header) {
        let from = date.and_then(|date| parse_http_date(date.trim()).ok()).unwrap_or_else(SystemTime::now);
        return until.duration_since(from).ok().filter(|wait| !wait.is_zero()).map(|wait| wait.min(LONGEST));
    }
    header.split(',').filter_map(seconds).max().filter(|wait| !wait.is_zero())
}

/// Whole seconds, rounded up: too early is asked in vain.
fn seconds(text: &str) -> Option<Duration> {
    let seconds = text.trim().parse::<f64>().ok().filter(|seconds| seconds.is_finite())?;
    Duration::try_from_secs_f64(seconds.min(LONGEST.as_secs_f64()).ceil()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const DATE: &str = "Sun, 29 Nov 2026 13:00:00 GMT";

    fn waits(header: &str) -> Option<u64> {
        wait(header, Some(DATE)).map(|wait| wait.as_secs())
    }

    #[test]
    fn seconds_fractions_lists_and_dates_are_understood() {
        let cases = [
            ("40", Some(40)),
            (" 2.5 ", Some(3)),
            ("0, 120", Some(120)),
            ("0", None),
            ("0, 0", None),
            ("Sun, 29 Nov 2026 13:00:40 GMT", Some(40)),
            ("Sunday, 29-Nov-26 13:00:40 GMT", Some(40)),
            ("Sun, 29 Nov 2026 13:00:00 GMT", None),
            ("Sun, 29 Nov 2026 12:59:00 GMT", None),
            ("soon", None),
            ("", None),
            ("-5", None),
            ("NaN", None),
            ("inf", None),
            ("18446744073709551615", Some(86_400)),
            ("18446744073709549568.5", Some(86_400)),
            ("1e30", Some(86_400)),
            ("-18446744073709551615", None),
            ("Fri, 31 Dec 9999 23:59:59 GMT", Some(86_400)),
        ];
        for (header, seconds) in cases {
            assert_eq!(waits(header), seconds, "{header:?}");
        }
    }

    #[test]
    fn without_the_answer_s_date_a_date_counts_from_now() {
        let long_ago = wait("Sun, 06 Nov 1994 08:49:37 GMT", None);
        assert_eq!(long_ago, None);
        assert!(wait("Tue, 31 Dec 2199 00:00:00 GMT", Some("never")).is_some_and(|wait| !wait.is_zero()));
    }

    proptest! {
        #[test]
        fn whatever_a_server_writes_the_wait_is_some_time_and_at_most_a_day(text in "[ -~]{0,40}", number in any::<f64>()) {
            for header in [text, number.to_string()] {
                let wait = wait(&header, Some(DATE));
                prop_assert!(wait.is_none_or(|wait| !wait.is_zero() && wait <= LONGEST), "{}", header);
            }
        }
    }
}
