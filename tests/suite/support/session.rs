//! What the state machine knows of a run before anything was read; the fuzz targets and the benchmarks include this file too.

use breakglass::domain::mark::Mark;
use breakglass::journeys::session::{PlanOrigin, Session, TenantChoice, Writing};
use jiff::Timestamp;

/// A run in a tenant of this mark.
pub fn session(mark: Mark) -> Session {
    Session {
        journey: "setup".to_owned(),
        choice: TenantChoice::Open,
        requests: None,
        mark,
        tenant: "test".to_owned(),
        writing: Writing::Allowed,
        plan_origin: PlanOrigin::Given,
        security_info: "http://localhost/".to_owned(),
        mailboxes: None,
        portal: String::new(),
        entra: String::new(),
        record: "record".to_owned(),
        under_way: Vec::new(),
        time_scale: 1.0,
        now: Timestamp::UNIX_EPOCH,
    }
}
