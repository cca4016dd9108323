//! Projections: what the writes and the people's tasks of a step, or of the whole setup, would come to.
//!
//! A copy of the facts is changed by what each write should do, until nothing new appears. Nothing leaves this file.

use std::collections::BTreeSet;

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::subject::CheckSubject;
use crate::domain::facts::{Facts, MethodKind, Registered};
use crate::domain::plan::{Account, Plan, Route};
use crate::domain::record::{
    AdministrativeRead, Checked, Entry, Evidence, Half, HalfSlip, Slip, SlipKind, SlipState, Test,
    TestedWith, Voice,
};
use crate::domain::secret::SecretId;
use crate::domain::slot::Slot;
use crate::domain::write::action::{Action, ActionKey};
use crate::domain::write::expect::account_placeholder;
use crate::steps::{self, ORDER, STEPS, StepId};

/// More writes than any setup has; a step that never comes to rest is a mistake, and this ends it.
const LIMIT: usize = 2_000;

/// A line of a projected setup.
#[derive(Debug, Clone, PartialEq)]
pub enum Line {
    /// A step begins.
    Step(u8),
    /// A write.
    Write(Action),
    /// What a person does or says.
    Person(String),
}

/// The writes that `actions` derives, in order, until none is new.
pub(super) fn to_the_end(case: &Case<'_>, actions: impl Fn(&Case<'_>) -> Vec<Action>) -> Vec<Action> {
    let mut facts = case.facts.clone();
    let mut writes: Vec<Action> = Vec::new();
    while writes.len() < LIMIT {
        let now = Case { facts: &facts, ..*case };
        let known: BTreeSet<ActionKey> = writes.iter().map(Action::key).collect();
        let fresh: Vec<Action> = actions(&now).into_iter().filter(|a| !known.contains(&a.key())).collect();
        if fresh.is_empty() {
            break;
        }
        for action in &fresh {
            action.expect(&mut facts);
        }
        writes.extend(fresh);
    }
    writes
}

/// The whole setup: every write and every task, in the order in which the wizard suggests them. What becomes possible only
/// later in a step that lies behind comes after the last one, as in the setup itself.
pub fn of_setup(case: &Case<'_>) -> Vec<Line> {
    let mut world = Projected { plan: case.plan, facts: case.facts.clone(), evidence: case.evidence.clone() };
    let mut lines = Vec::new();
    let mut put = BTreeSet::new();
    let mut at = None;
    while lines.len() < LIMIT {
        let now = Case { facts: &world.facts, evidence: &world.evidence, ..*case };
        let Some((step, next)) = next(&now, &put, at) else { break };
        if at != Some(step) {
            lines.push(Line::Step(step.number()));
            at = Some(step);
        }
        let today = case.today;
        match next {
            Next::Writes(actions) => {
                for action in actions {
                    put.insert(action.key().to_string());
                    world.write(&action, today);
                    lines.push(Line::Write(action));
                }
            }
            Next::Ask(ask) => {
                put.insert(ask.key());
                lines.push(Line::Person(ask.label(case.plan)));
                let writes = expect_ask(&mut world, &ask, today);
                lines.extend(writes.into_iter().map(Line::Write));
            }
        }
    }
    lines
}

struct Projected<'a> {
    plan: &'a Plan,
    facts: Facts,
    evidence: Evidence,
}

impl Projected<'_> {
    fn remember(&mut self, entry: &Entry) {
        self.evidence.add(jiff::Timestamp::UNIX_EPOCH, entry);
    }

    /// What a write should do; of a notification the record knows, not the tenant.
    fn write(&mut self, action: &Action, today: jiff::civil::Date) {
        action.expect(&mut self.facts);
        if let Action::TestNotification { id, .. } = action {
            let (detail, group) = (String::new(), Some(id.clone()));
            self.remember(&Entry::Notified { sent: true, detail, date: Some(today), group });
        }
    }

    fn vouch(&mut self, about: &CheckSubject, today: jiff::civil::Date) {
        self.remember(&Entry::Attested {
            about: about.clone(),
            tenant: String::new(),
            person: String::new(),
            date: today,
            note: String::new(),
            thing: None,
            voice: Voice::Person,
        });
    }
}

enum Next {
    Writes(Vec<Action>),
    Ask(Ask),
}

/// Of the first step that has any, from the step `at` on and then from the first one again: its writes that are new, or
/// else its first new task.
fn next(case: &Case<'_>, put: &BTreeSet<String>, at: Option<StepId>) -> Option<(StepId, Next)> {
    let here = at.map_or(0, StepId::place);
    let way = ORDER.into_iter().cycle().skip(here).take(ORDER.len());
    way.map(|id| &STEPS[id.index()]).find_map(|step| {
        let is_new = |action: &Action| !put.contains(action.key().as_str());
        let writes: Vec<Action> = step.actions(case).into_iter().filter(is_new).collect();
        let next = match writes.is_empty() {
            false => Next::Writes(writes),
            true => Next::Ask(step.asks(case).into_iter().find(|ask| !put.contains(&ask.key()))?),
        };
        Some((step.id, next))
    })
}

/// What a task comes to, and the writes made within it.
fn expect_ask(world: &mut Projected<'_>, ask: &Ask, today: jiff::civil::Date) -> Vec<Action> {
    match ask {
        Ask::Attest(attest) => {
            world.vouch(&attest.about, today);
            Vec::new()
        }
        Ask::MakePinSlip { slot, key } => {
            confirm_slip(world, *slot, SlipKind::Pin { key: *key }, today);
            Vec::new()
        }
        Ask::RegisterKey { slot, .. } => register(world, *slot),
        Ask::MakePasswordSlip { slot } => {
            confirm_slip(world, *slot, SlipKind::Password, today);
            if world.facts.is_by_hand() {
                return Vec::new();
            }
            let id = id_of(world, *slot);
            vec![
                Action::SetPassword { slot: *slot, id: id.clone(), secret: SecretId(0) },
                Action::RevokeSessions { slot: *slot, id },
            ]
        }
        Ask::TestSignIn { slot } => {
            // Nothing can be newer than what has not happened yet.
            let with = TestedWith { password: Some(jiff::Timestamp::MAX), ..TestedWith::default() };
            let test = Test {
                slot: *slot,
                at: jiff::Timestamp::UNIX_EPOCH,
                day: Some(today),
                person: String::new(),
                passed: true,
                administrator: true,
                read: Some(AdministrativeRead::Worked),
                azure: Some(AdministrativeRead::Worked),
                with: Some(Box::new(with)),
                issues: String::new(),
                seconds: 0,
            };
            world.evidence.tests.push(test);
            world.evidence.overtaken.remove(slot);
            if world.facts.is_by_hand() {
                return Vec::new();
            }
            vec![Action::RevokeSessions { slot: *slot, id: id_of(world, *slot) }]
        }
        // A dry run makes no files, and touches none; nobody gets a mail of it, and it does
        // not say what somebody else did.
        Ask::DestroyFiles { .. } | Ask::TestAlert { .. } | Ask::Classify => Vec::new(),
        Ask::AwaitRecipients => {
            let group = world.facts.monitoring.get_mut().and_then(|m| m.action_group.as_mut());
            for (_, confirmed) in group.into_iter().flat_map(|g| &mut g.recipients) {
                *confirmed = Some(true);
            }
            Vec::new()
        }
        Ask::WriteDocument => {
            world.remember(&Entry::Documented {
                files: vec!["‹folder of the pages›/document".to_owned()],
                date: Some(today),
                procedure: Some(world.plan.procedure.clone()),
                names: None,
            });
            Vec::new()
        }
    }
}

fn id_of(world: &Projected<'_>, slot: Slot) -> String {
    world.facts.account(slot).map_or_else(|| account_placeholder(slot), |a| a.id.clone())
}

fn confirm_slip(world: &mut Projected<'_>, slot: Slot, kind: SlipKind, today: jiff::civil::Date) {
    let number = world.evidence.next_slip();
    let changed = Some(jiff::Timestamp::UNIX_EPOCH);
    let halves = if kind == SlipKind::Password { halves(world.plan, slot) } else { Vec::new() };
    let in_file = world.plan.paper.route == Route::File
        && halves.is_empty()
        && world.plan.system_of(slot, kind).is_none();
    let slip = Slip {
        number,
        slot,
        kind,
        state: SlipState::Confirmed,
        date: today,
        replaces: None,
        route: String::new(),
        changed,
        checked: in_file.then_some(Checked::FileReadBack),
        file: in_file.then(|| format!("‹file of slip {number}›")),
        safe: String::new(),
        halves,
    };
    world.remember(&Entry::Slip(slip));
    if kind == SlipKind::Password {
        world.evidence.revoked.insert(slot, jiff::Timestamp::UNIX_EPOCH);
        let accounts = world.facts.accounts.get_mut().map(|a| &mut a.in_slots);
        if let Some(found) = accounts.and_then(|a| a.iter_mut().find(|a| a.slot == slot)) {
            (found.account.password_changed, found.account.sessions_valid_from) = (changed, changed);
        }
    }
}

/// The halves of a password that two people will have taken.
fn halves(plan: &Plan, slot: Slot) -> Vec<HalfSlip> {
    let planned = plan.account(slot).filter(|account| account.second_half.is_some());
    let taken = |account: &Account| {
        Half::BOTH.map(|half| {
            let (safe, custodian) = (account.keeper(half).0, plan.custodian_of(account, half));
            let (custodian, seal) = (custodian.to_owned(), "‹its number›".to_owned());
            HalfSlip { half, custodian, safe: plan.safe_and_place(safe), seal, file: None }
        })
    };
    planned.map(taken).map(Vec::from).unwrap_or_default()
}

fn register(world: &mut Projected<'_>, slot: Slot) -> Vec<Action> {
    let id = id_of(world, slot);
    if let Some(methods) = world.facts.methods.get_mut() {
        let count = methods.len();
        let id = format!("‹id of key {}›", count + 1);
        methods.push(Registered {
            name: "security key".to_owned(),
            attested: Some(true),
            synced: Some(false),
            ..Registered::new(slot, MethodKind::Fido2, id)
        });
    }
    vec![
        steps::pass_for(&world.facts, slot, id.clone()),
        Action::DeletePass { slot, id, pass: "‹id of the pass›".to_owned() },
    ]
}
