//! Patience: what may pass by itself is asked again, with the waits that throttling.md names, or those the server asks
//! for. Reads, questions and tokens share it; writes have rules of their own ([`super::write`]).

use std::time::Duration;

use backon::{ExponentialBuilder, Retryable};

use super::fault::Fault;
use super::profile::Profile;

/// First wait before something is asked again, tenant time; it doubles up to [`LAST_WAIT`] (throttling.md).
const FIRST_WAIT: Duration = Duration::from_secs(2);
/// Last wait before something is asked again, tenant time.
const LAST_WAIT: Duration = Duration::from_secs(32);
/// How often something is asked again: after 2, 4, 8, 16 and 32 seconds.
const REPEATS: usize = 5;
/// The longest that a server may ask to wait, tenant time.
const LONGEST_ASKED: Duration = Duration::from_mins(5);

/// The waits where the server asks for none, in real time.
pub(super) fn waits(profile: &Profile) -> ExponentialBuilder {
    ExponentialBuilder::default()
        .with_min_delay(profile.scaled(FIRST_WAIT))
        .with_max_delay(profile.scaled(LAST_WAIT))
        .with_max_times(REPEATS)
        .with_jitter()
}

/// The wait that a server asked for, in real time.
pub(super) fn asked(profile: &Profile, wait: Duration) -> Duration {
    profile.scaled(wait.min(LONGEST_ASKED))
}

/// Asks again while the trouble may pass.
pub(super) async fn patiently<T, F>(profile: &Profile, ask: impl FnMut() -> F) -> Result<T, Fault>
where
    F: Future<Output = Result<T, Fault>>,
{
    let wait = |fault: &Fault, own: Option<Duration>| {
        own.map(|own| fault.retry_after.map_or(own, |wait| asked(profile, wait)))
    };
    ask.retry(waits(profile)).when(Fault::is_passing).adjust(wait).await
}
