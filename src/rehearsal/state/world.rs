//! The tenant at one moment: its state, its clock and its limits, behind one lock.
//!
//! Reading and changing are two doors, so that a change can never be forgotten when the state is kept. Every tenant
//! duration goes through [`World::seconds`], and what time it is says [`World::clock`].

use std::collections::{BTreeSet, VecDeque};
use std::path::PathBuf;
use std::time::Duration;

use super::model::State;
use super::store;
use super::time::{now, stamp};
use crate::rehearsal::error::RehearsalError;
use crate::rehearsal::faults::fault::{FaultKind, Met, Target};
use crate::rehearsal::faults::throttling::Limits;
use crate::rehearsal::faults::{fault, outage};

/// How many past requests are remembered for tests.
const REMEMBERED_REQUESTS: usize = 2000;

/// The simulated tenant.
pub struct World {
    state: State,
    changed: bool,
    file: PathBuf,
    scale: f64,
    /// Milliseconds since 1970; set when a request comes in.
    pub now: i64,
    /// Throttling, in memory only.
    pub limits: Limits,
    /// `METHOD path status`, newest last.
    pub requests: VecDeque<String>,
    /// The requests that met a fault, as faults see them; in memory only, for tests.
    pub struck: Vec<String>,
    /// How many requests have come in since it is served, people's pages apart.
    number: u32,
    /// Authorization codes already redeemed.
    pub redeemed: BTreeSet<String>,
    /// When recipients of alerts confirm their mailboxes; in memory only.
    pub mailboxes: Mailboxes,
}

/// When recipients of alerts confirm their mailboxes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Mailboxes {
    /// A little after the code was sent.
    #[default]
    ByThemselves,
    /// When somebody opens the page of the mailboxes.
    WhenTold,
}

impl World {
    /// A tenant that keeps itself in `file`.
    pub fn new(state: State, file: PathBuf, scale: f64) -> Self {
        Self {
            now: now() + state.ahead,
            state,
            changed: true,
            file,
            // A scale that is no number would make every duration one that is no duration.
            scale: if scale.is_finite() { scale.max(0.0) } else { 1.0 },
            limits: Limits::default(),
            requests: VecDeque::new(),
            struck: Vec::new(),
            number: 0,
            redeemed: BTreeSet::new(),
            mailboxes: Mailboxes::default(),
        }
    }

    /// This tenant with a file that says already what it remembers: nothing is written before something changes.
    pub fn already_kept(mut self) -> Self {
        self.changed = false;
        self
    }

    /// The state, to read.
    pub fn state(&self) -> &State {
        &self.state
    }

    /// The state, to change: it will be kept before the answer goes out.
    pub fn edit(&mut self) -> &mut State {
        self.changed = true;
        &mut self.state
    }

    /// The fault that a request meets, used up by it, if one was armed for it.
    pub fn take_fault(&mut self, line: &str, met: Met) -> Option<FaultKind> {
        self.number += 1;
        let before = self.state.faults.clone();
        let hit = fault::take(&mut self.state.faults, &Target { line, number: self.number, met });
        self.changed |= before != self.state.faults;
        if hit.is_some() && self.struck.len() < REMEMBERED_REQUESTS {
            self.struck.push(line.to_owned());
        }
        hit
    }

    /// What a request to that path meets of a service that is out.
    pub fn outage(&self, path: &str) -> Option<FaultKind> {
        outage::in_force(&self.state.outages, path, self.clock())
    }

    /// Takes back what was done since `state` was read.
    pub fn take_back(&mut self, state: State) {
        self.state = state;
        self.changed = true;
    }

    /// Writes the state if it changed.
    pub fn keep(&mut self) -> Result<(), RehearsalError> {
        if self.changed {
            store::write(&self.file, &self.state)?;
            self.changed = false;
        }
        Ok(())
    }

    /// The moment by this tenant's clock: the machine's, and as far ahead as time has passed here by name.
    pub fn clock(&self) -> i64 {
        now().saturating_add(self.state.ahead)
    }

    /// Lets time pass: nothing happens in it, and everything that ends by itself ends.
    pub fn pass(&mut self, milliseconds: i64) {
        let ahead = self.state.ahead.saturating_add(milliseconds);
        self.edit().ahead = ahead;
        self.now = self.clock();
    }

    /// So many tenant seconds, in milliseconds of this tenant's clock.
    pub fn seconds(&self, seconds: i64) -> i64 {
        i64::try_from(self.real(seconds).as_millis()).unwrap_or(i64::MAX / 4)
    }

    /// So many tenant minutes, in milliseconds of this tenant's clock.
    pub fn minutes(&self, minutes: i64) -> i64 {
        self.seconds(minutes.saturating_mul(60))
    }

    /// So many tenant seconds as a span of real time.
    pub fn real(&self, seconds: i64) -> Duration {
        let seconds = u32::try_from(seconds.max(0)).unwrap_or(u32::MAX);
        Duration::from_secs_f64((f64::from(seconds) * self.scale).clamp(0.0, 1e9))
    }

    /// This moment as Graph writes it.
    pub fn stamp(&self) -> String {
        stamp(self.now)
    }

    /// Remembers a request for tests.
    pub fn remember(&mut self, line: String) {
        if self.requests.len() >= REMEMBERED_REQUESTS {
            self.requests.pop_front();
        }
        self.requests.push_back(line);
    }
}
