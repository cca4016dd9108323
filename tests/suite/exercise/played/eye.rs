//! What the checks see of the tenant while it is played: at the beginning, after every damage and at the end, as the
//! exercise's own eye does.

use std::collections::BTreeMap;

use breakglass::app::Program;
use breakglass::app::exercise::OBSERVER;
use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::Finding;
use breakglass::domain::connection::sign_in::SignInWay;
use breakglass::domain::exercise::event::Event;
use breakglass::domain::facts::query::Query;
use breakglass::domain::facts::{Area, Facts};
use breakglass::domain::secret::Secret;
use breakglass::rehearsal::{self, Running};
use breakglass::steps::review;
use breakglass::tenant::{SignIn, Tenant};
use zeroize::Zeroizing;

use super::aside::Aside;
use crate::support::in_process::profile;

/// What was seen at one time.
pub struct Sight {
    /// After the damage of this inject; empty at the beginning, `end` at the end.
    pub after: String,
    /// Every finding by its subject, and what the tenant answers beside them.
    pub said: BTreeMap<String, Said>,
}

/// What one of them says.
#[derive(Clone, PartialEq, Eq)]
pub struct Said {
    /// Whether it is not in order.
    pub is_open: bool,
    /// In words.
    pub words: String,
}

impl Sight {
    /// Whether this is not in order.
    pub fn is_open(&self, subject: &str) -> bool {
        self.said.get(subject).is_some_and(|said| said.is_open)
    }

    /// What is not in order.
    pub fn open(&self) -> impl Iterator<Item = &str> {
        self.said.iter().filter(|(_, said)| said.is_open).map(|(subject, _)| subject.as_str())
    }
}

/// The eye.
pub struct Eye {
    tenant: Tenant,
    aside: Aside,
    /// What it saw.
    pub sights: Vec<Sight>,
}

impl Eye {
    /// On this tenant, which is also asked aside.
    pub fn on(running: &Running, aside: Aside) -> Self {
        let at = running.addresses();
        let how = SignIn {
            way: SignInWay::ClientSecret,
            client_id: Some(OBSERVER.to_owned()),
            secret: Some(Secret::new(Zeroizing::new("the eye of a test".to_owned()))),
            ..SignIn::browser()
        };
        let profile = profile([&at.login, &at.graph, &at.arm, &at.logs]);
        let tenant = Tenant::new(profile, rehearsal::TENANT_ID, &how).expect("a tenant");
        Self { tenant, aside, sights: Vec::new() }
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
        let mut said = self.said(program).await;
        said.extend(self.aside.answers().await);
        let seen = due.into_iter().map(|after| Sight { after: after.to_owned(), said: said.clone() });
        self.sights.extend(seen);
    }

    async fn said(&self, program: &Program) -> BTreeMap<String, Said> {
        let desk = &program.model.desk;
        let query = Query::of(desk.plan(), desk.evidence());
        let mut facts = Facts::default();
        for area in Area::REVIEW {
            let read = self.tenant.read(area, &query, &facts).await;
            facts.absorb(read);
        }
        let (plan, evidence, today) = (desk.plan(), desk.evidence(), desk.world.today());
        let findings = review::findings(&Case { plan, facts: &facts, evidence, today });
        let said = |one: &Finding| Said { is_open: !one.passed(), words: one.detail.clone() };
        findings.iter().map(|one| (one.subject().to_string(), said(one))).collect()
    }
}
