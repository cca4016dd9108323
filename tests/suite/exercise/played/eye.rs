//! What the checks see of the tenant while it is played: at the beginning, after every damage and at the end, as the
//! exercise's own eye does.

use std::collections::BTreeMap;

use breakglass::app::Program;
use breakglass::app::exercise::OBSERVER;
use breakglass::domain::check::case::Case;
use breakglass::domain::connection::sign_in::SignInWay;
use breakglass::domain::exercise::event::Event;
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, Facts};
use breakglass::domain::secret::Secret;
use breakglass::rehearsal::{self, Running};
use breakglass::steps::review;
use breakglass::tenant::{SignIn, Tenant};
use zeroize::Zeroizing;

use crate::support::in_process::profile;

/// What was open at one time.
pub struct Sight {
    /// After the damage of this inject; empty at the beginning, `end` at the end.
    pub after: String,
    /// What did not pass, by its subject, with what it says.
    pub open: BTreeMap<String, String>,
}

/// The eye.
pub struct Eye {
    tenant: Tenant,
    /// What it saw.
    pub sights: Vec<Sight>,
}

impl Eye {
    /// On this tenant.
    pub fn on(running: &Running) -> Self {
        let at = running.addresses();
        let how = SignIn {
            way: SignInWay::ClientSecret,
            client_id: Some(OBSERVER.to_owned()),
            secret: Some(Secret::new(Zeroizing::new("the eye of a test".to_owned()))),
            ..SignIn::browser()
        };
        let profile = profile([&at.login, &at.graph, &at.arm, &at.logs]);
        let tenant = Tenant::new(profile, rehearsal::TENANT_ID, &how).expect("a tenant");
        Self { tenant, sights: Vec::new() }
    }

    /// Looks where something was changed since it looked last, and once more when the play has ended.
    pub async fn look(&mut self, program: &Program) {
        let moments = &program.model.desk.evidence().exercise.moments;
        let changed = moments.iter().filter_map(|moment| match &moment.what {
            // What hands did is looked at with what comes next.
            Event::Broke { inject, .. } if !inject.contains(':') => Some(inject.as_str()),
            Event::Ended { .. } => Some("end"),
            _ => None,
        });
        let due: Vec<&str> = std::iter::once("").chain(changed).skip(self.sights.len()).collect();
        if due.is_empty() {
            return;
        }
        let open = self.open(program).await;
        let seen = due.into_iter().map(|after| Sight { after: after.to_owned(), open: open.clone() });
        self.sights.extend(seen);
    }

    async fn open(&self, program: &Program) -> BTreeMap<String, String> {
        let desk = &program.model.desk;
        let query = Query::of(desk.plan(), desk.evidence());
        let mut facts = Facts::default();
        for area in Area::REVIEW {
            let read = self.tenant.read(area, &query, &facts).await;
            facts.absorb(read);
        }
        let (plan, evidence, today) = (desk.plan(), desk.evidence(), desk.world.today());
        let findings = review::findings(&Case { plan, facts: &facts, evidence, today });
        let open = findings.into_iter().filter(|one| !one.passed());
        open.map(|one| (one.subject().to_string(), one.detail.clone())).collect()
    }
}
