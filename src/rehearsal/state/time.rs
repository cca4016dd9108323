//! Moments: milliseconds since 1970 here, RFC 3339 on the wire.
//!
//! Durations in tenant time are the business of the world, which knows the time scale.

/// Milliseconds since 1970 by the wall clock.
pub fn now() -> i64 {
    jiff::Timestamp::now().as_millisecond()
}

/// A moment as Graph writes it, to the millisecond: two changes in one second of a fast rehearsal stay apart.
pub fn stamp(at: i64) -> String {
    jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH).to_string()
}

/// A moment as HTTP writes it in `Date`.
pub fn http_date(at: i64) -> String {
    let at = jiff::Timestamp::from_millisecond(at).unwrap_or(jiff::Timestamp::UNIX_EPOCH);
    at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string()
}

/// A moment a client wrote, or none.
pub fn moment(text: &str) -> Option<i64> {
    text.parse::<jiff::Timestamp>().ok().map(jiff::Timestamp::as_millisecond)
}

/// Milliseconds of a day, for things that are older than the rehearsal.
pub const DAY: i64 = 24 * 3600 * 1000;
/// Milliseconds of a minute.
pub const MINUTE: i64 = 60_000;
