//! The two throttles that matter to this product, in tenant time.
//!
//! Conditional Access takes one request a second for the whole tenant and says nothing about when to come back;
//! authentication methods and audit logs take five in ten seconds and do. Numbers: "Microsoft Graph service-specific
//! throttling limits". The other families are far above what a console can reach and are left out.

use std::collections::VecDeque;
use std::time::{Duration, Instant};

use crate::rehearsal::http::refusal::Refusal;

/// Requests in [`REPORT_WINDOW`] tenant seconds for authentication methods and logs.
const REPORTS_PER_WINDOW: usize = 5;
/// Tenant seconds.
pub const REPORT_WINDOW: i64 = 10;

/// What was asked lately.
#[derive(Debug, Default)]
pub struct Limits {
    conditional_access: Option<Instant>,
    reports: VecDeque<Instant>,
}

impl Limits {
    /// Takes the one token of Conditional Access; `second` is a tenant second.
    pub fn conditional_access(&mut self, second: Duration) -> Result<(), Refusal> {
        let now = Instant::now();
        if self.conditional_access.is_some_and(|last| now.duration_since(last) < second) {
            return Err(too_many());
        }
        self.conditional_access = Some(now);
        Ok(())
    }

    /// Takes one of five; `window` is ten tenant seconds. `Retry-After` counts tenant seconds too.
    pub fn reports(&mut self, window: Duration) -> Result<(), Refusal> {
        let now = Instant::now();
        self.reports.retain(|at| now.duration_since(*at) < window);
        if self.reports.len() >= REPORTS_PER_WINDOW {
            return Err(too_many().with("retry-after", &REPORT_WINDOW.to_string()));
        }
        self.reports.push_back(now);
        Ok(())
    }
}

/// 429 as Graph words it.
pub fn too_many() -> Refusal {
    Refusal::new(429, "TooManyRequests", "Too many requests.")
}

/// 429 with a date (RFC 9110, 10.2.3), counted from the answer's own; the difference is tenant time.
pub fn until_a_date() -> Refusal {
    let now = jiff::Timestamp::now();
    let http = |at: jiff::Timestamp| at.strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
    let later = now.checked_add(jiff::SignedDuration::from_secs(2)).unwrap_or(now);
    too_many().with("retry-after", &http(later)).with("date", &http(now))
}
