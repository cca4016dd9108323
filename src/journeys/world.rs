//! The world of a journey: the plan, what was read, what the record remembers, and the day.
//!
//! What the subjects of this world say is derived when one of the four has changed and kept until it changes again, so
//! that a message or a frame costs nothing that was worked out before. An exercise has a world of its own.

use std::collections::BTreeSet;
use std::sync::{Arc, OnceLock};

use jiff::civil::Date;

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::facts::Facts;
use crate::domain::plan::Plan;
use crate::domain::record::Evidence;
use crate::domain::review::ReviewRow;
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::steps::STEPS;
use crate::steps::Subject;

/// Plan, facts, evidence and day.
#[derive(Debug, Clone)]
pub struct World {
    plan: Arc<Plan>,
    facts: Arc<Facts>,
    evidence: Evidence,
    today: Date,
    begun_at: u64,
    kept: Kept,
}

/// What a subject comes to in a world.
#[derive(Debug, Clone, PartialEq)]
pub struct Derived {
    /// What is true.
    pub checks: Vec<Finding>,
    /// What can be written now, in order.
    pub actions: Vec<Action>,
    /// What only a person can do, in order.
    pub asks: Vec<Ask>,
}

impl Derived {
    fn of(subject: &Subject, case: &Case<'_>) -> Self {
        Self { checks: subject.checks(case), actions: subject.actions(case), asks: subject.asks(case) }
    }
}

/// What was derived since something changed.
#[derive(Debug, Clone, Default)]
struct Kept {
    before: OnceLock<Arc<Derived>>,
    steps: [OnceLock<Arc<Derived>>; STEPS.len()],
    repair: OnceLock<(Subject, Arc<Derived>)>,
    review: [OnceLock<Arc<Derived>>; ReviewRow::ALL.len()],
}

impl World {
    /// A world of which nothing was read yet.
    pub fn new(plan: Plan, evidence: Evidence, today: Date) -> Self {
        let begun_at = evidence.lines;
        let evidence = Evidence { refused_now: BTreeSet::new(), ..evidence };
        Self { plan: Arc::new(plan), facts: Arc::default(), evidence, today, begun_at, kept: Kept::default() }
    }

    /// How many lines the record had when this run began, with the plan as it was then.
    pub fn begun_at(&self) -> u64 {
        self.begun_at
    }

    /// The decisions.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The decisions, to be sent along.
    pub fn shared_plan(&self) -> Arc<Plan> {
        Arc::clone(&self.plan)
    }

    /// The decisions, to be changed.
    pub fn plan_mut(&mut self) -> &mut Plan {
        self.kept = Kept::default();
        Arc::make_mut(&mut self.plan)
    }

    /// What was read from the tenant.
    pub fn facts(&self) -> &Facts {
        &self.facts
    }

    /// What was read, to be sent along.
    pub fn shared_facts(&self) -> Arc<Facts> {
        Arc::clone(&self.facts)
    }

    /// What was read, to be changed by what is read now.
    pub fn facts_mut(&mut self) -> &mut Facts {
        self.kept = Kept::default();
        Arc::make_mut(&mut self.facts)
    }

    /// What the record remembers.
    pub fn evidence(&self) -> &Evidence {
        &self.evidence
    }

    /// What the record remembers, to be added to.
    pub fn evidence_mut(&mut self) -> &mut Evidence {
        self.kept = Kept::default();
        &mut self.evidence
    }

    /// Today, where the administrator is.
    pub fn today(&self) -> Date {
        self.today
    }

    /// It is another day now, or still the same.
    pub fn set_today(&mut self, today: Date) {
        if today != self.today {
            self.kept = Kept::default();
            self.today = today;
        }
    }

    /// What a step looks at.
    pub fn case(&self) -> Case<'_> {
        Case { plan: &self.plan, facts: &self.facts, evidence: &self.evidence, today: self.today }
    }

    /// What `subject` says about this world: its findings, writes and tasks.
    pub fn derived(&self, subject: &Subject) -> Arc<Derived> {
        let derive = || Arc::new(Derived::of(subject, &self.case()));
        match subject {
            Subject::Before => Arc::clone(self.kept.before.get_or_init(derive)),
            Subject::Step(id) => Arc::clone(self.kept.steps[id.index()].get_or_init(derive)),
            Subject::Review(row) => Arc::clone(self.kept.review[row.index()].get_or_init(derive)),
            // It is asked for once or twice in a run, where nobody waits for a frame.
            Subject::Mend(_) => derive(),
            Subject::Repair(_) => match self.kept.repair.get_or_init(|| (subject.clone(), derive())) {
                (known, derived) if known == subject => Arc::clone(derived),
                _ => derive(),
            },
        }
    }

    /// The object id of the account in `slot`, empty when it does not exist; the one that the record remembers while the
    /// accounts could not be read.
    pub fn account_id(&self, slot: Slot) -> String {
        match self.facts.accounts.get() {
            Some(_) => self.facts.account(slot).map(|account| account.id.clone()).unwrap_or_default(),
            None => self.evidence().accounts.get(&slot).cloned().unwrap_or_default(),
        }
    }

    /// The user principal name of the account in `slot`.
    pub fn upn(&self, slot: Slot) -> String {
        self.case().upn(slot)
    }
}
