//! Pacing: how often a service may be asked, kept by one queue for the whole program.
//!
//! The limits hold for a tenant and all of its tools together, so a request also waits when another part of this
//! program made the last one. What is not paced here is far above anything a console can reach (throttling.md).

use std::time::Duration;

use tokio::sync::{Mutex, MutexGuard};
use tokio::time::{Instant, sleep_until};

use super::profile::Profile;

/// Between the answer to one request about Conditional Access and the next request: one a second is allowed for the
/// whole tenant, questions, What-If and risky users included.
const CONDITIONAL_ACCESS: Duration = Duration::from_millis(1100);
/// Between two requests about authentication methods or logs: five in ten seconds are allowed.
const REPORTS: Duration = Duration::from_millis(2100);

static CONDITIONAL_ACCESS_QUEUE: Queue = Queue::new();
static REPORT_QUEUE: Queue = Queue::new();

/// The moment from which the next request may go out.
struct Queue(Mutex<Option<Instant>>);

impl Queue {
    const fn new() -> Self {
        Self(Mutex::const_new(None))
    }

    /// Waits for a turn. Whoever has it holds the lock, so turns are given in the order of asking.
    async fn turn(&'static self, gap: Duration) -> Turn {
        let next = self.0.lock().await;
        if let Some(at) = *next {
            sleep_until(at).await;
        }
        Turn { next, gap }
    }
}

/// A turn, until its request was answered: counted from there, two requests never reach the service closer together
/// than the gap, however long each was on its way.
pub(super) struct Turn {
    next: MutexGuard<'static, Option<Instant>>,
    gap: Duration,
}

impl Drop for Turn {
    fn drop(&mut self) {
        *self.next = Some(Instant::now() + self.gap);
    }
}

/// Waits until a request to `path` may go out. The turn is to be held until the answer is there.
pub(super) async fn wait_for_turn(profile: &Profile, path: &str) -> Option<Turn> {
    if is_conditional_access(path) {
        Some(CONDITIONAL_ACCESS_QUEUE.turn(profile.scaled(CONDITIONAL_ACCESS)).await)
    } else if is_report(path) {
        Some(REPORT_QUEUE.turn(profile.scaled(REPORTS)).await)
    } else {
        None
    }
}

fn is_conditional_access(path: &str) -> bool {
    let counted = ["identity/conditionalAccess/", "identityProtection/"];
    below_version(path).is_some_and(|rest| counted.iter().any(|part| rest.starts_with(part)))
}

fn is_report(path: &str) -> bool {
    let segments: Vec<&str> = below_version(path).unwrap_or_default().split('/').collect();
    matches!(
        segments.as_slice(),
        ["auditLogs" | "reports", ..] | ["users", _, "authentication", ..] | ["me", "authentication", ..]
    )
}

/// The part of an address of Graph that names what is asked for: no host and no id can look like it. Other services
/// have no such version in their paths.
fn below_version(path: &str) -> Option<&str> {
    path.split_once("/v1.0/").or_else(|| path.split_once("/beta/")).map(|(_, rest)| rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn method_policies_are_not_methods() {
        assert!(is_report("/v1.0/users/x/authentication/methods"));
        assert!(!is_report("/v1.0/policies/authenticationMethodsPolicy"));
        assert!(is_conditional_access("/v1.0/identity/conditionalAccess/evaluate"));
        assert!(is_conditional_access("/v1.0/identityProtection/riskyUsers/x"));
    }

    #[test]
    fn what_only_holds_the_words_of_another_service_is_not_paced() {
        for other in [
            "https://graph.example.com/v1.0/users/reports",
            "https://graph.example.com/v1.0/groups/auditLogs/members",
            "https://arm.example.com/subscriptions/s/resourceGroups/reports/providers/x",
            "https://identity.example.com/identity/conditionalAccess/",
        ] {
            assert!(!is_report(other) && !is_conditional_access(other), "{other}");
        }
        for paced in ["http://127.0.0.1:5/graph/v1.0/auditLogs/signIns", "https://g/beta/reports/x/y"] {
            assert!(is_report(paced), "{paced}");
        }
    }
}
