//! Repairs: one case, one account, one screen that stands until it is in order. Everything done on it is done by the
//! same consent, slips, registrations and tests as in a setup.
//!
//! A setup turns every emergency access account away. A repair accepts the one that it is not about: that is a use,
//! noted the moment it is seen, and a new password and a test have to follow, made by somebody else.

use crate::domain::check::ask::Ask;
use crate::domain::check::case::Case;
use crate::domain::check::finding::Finding;
use crate::domain::check::repair::{Before, RepairCase, Repairing, digits};
use crate::domain::facts::MethodKind;
use crate::domain::plan::plan_file;
use crate::domain::record::{Entry, Use, UseKind};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::journeys::decisions::{self, Field};
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Model, PlanOrigin, RepairStage, Stage, Then, Writing};
use crate::journeys::{identity, overview, presets, signing_in, update};
use crate::steps;

pub(super) mod screens;

/// Begins with the list of cases, or with the case and the account that were named.
pub fn begin(model: &mut Model, named: (Option<RepairCase>, Option<Slot>)) -> Vec<Effect> {
    match named {
        (None, _) => go(model, RepairStage::Cases),
        (Some(case), None) => chosen(model, case),
        (Some(case), Some(slot)) => account(model, (case, slot)),
    }
}

fn go(model: &mut Model, stage: RepairStage) -> Vec<Effect> {
    model.stage = Stage::Repair(stage);
    Vec::new()
}

/// The list again, with nothing under repair.
pub(super) fn cases(model: &mut Model) -> Vec<Effect> {
    model.repair = None;
    go(model, RepairStage::Cases)
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::Repair(stage) = model.stage.clone() else { return Vec::new() };
    match (stage, msg) {
        (RepairStage::Cases, Msg::Begin(index)) => match RepairCase::ALL.get(index) {
            Some(case) => chosen(model, *case),
            None => Vec::new(),
        },
        (RepairStage::Cases, Msg::Back) => {
            model.stage = Stage::Home;
            Vec::new()
        }
        (RepairStage::Accounts(case), Msg::Begin(index)) => account(model, (case, Slot::new(index))),
        (RepairStage::Keys(case, slot), Msg::Begin(index)) => start(model, (case, slot), Some(index)),
        (RepairStage::Helped(_), Msg::Continue) => enter(model),
        (RepairStage::Helped(_), Msg::StartOver) => signing_in::begin(model),
        (RepairStage::Happened, Msg::Vouched) => happened(model),
        (RepairStage::Deciding { decision, .. }, Msg::Answer(text)) => decide(model, decision, &text),
        (RepairStage::Deciding { .. }, Msg::Back) => overview::show(model),
        (_, Msg::Back) => cases(model),
        _ => Vec::new(),
    }
}

/// On the screen of the case, and on its page by hand.
pub(super) fn at_overview(model: &mut Model, msg: &Msg) -> Vec<Effect> {
    match msg {
        Msg::EditDecision(decision) => {
            go(model, RepairStage::Deciding { decision: *decision, problem: None })
        }
        Msg::Back => overview::show(model),
        Msg::NextStep => finish(model),
        Msg::HandOver | Msg::GoTo(_) => Vec::new(),
        other => overview::on(model, other),
    }
}

fn chosen(model: &mut Model, case: RepairCase) -> Vec<Effect> {
    match model.plan.accounts.len() {
        1 => account(model, (case, Slot::FIRST)),
        _ => go(model, RepairStage::Accounts(case)),
    }
}

fn account(model: &mut Model, (case, slot): (RepairCase, Slot)) -> Vec<Effect> {
    let Some(planned) = model.plan.account(slot) else { return go(model, RepairStage::Accounts(case)) };
    match (case, planned.keys.len()) {
        (RepairCase::KeyFails, 0) => {
            model.trouble = Some(no_key(slot));
            go(model, RepairStage::Accounts(case))
        }
        (RepairCase::KeyFails, 2..) => go(model, RepairStage::Keys(case, slot)),
        (RepairCase::KeyFails, 1) => start(model, (case, slot), Some(0)),
        _ => start(model, (case, slot), None),
    }
}

fn no_key(slot: Slot) -> Trouble {
    Trouble::new(
        format!("The {slot} account has no security key in the plan."),
        "Nothing can take the place of a key that nobody planned.",
        "Choose another account, or change its second factor in the setup.",
    )
}

fn start(model: &mut Model, (case, slot): (RepairCase, Slot), key: Option<usize>) -> Vec<Effect> {
    let (since, tests) = (model.evidence.next_slip(), model.evidence.tests.len());
    model.repair = Some(Repairing { case, slot, key, since, tests, before: None });
    let mut effects = began(model);
    effects.extend(match model.facts.operator.get() {
        // Whoever is signed in may go on; without a connection nobody is.
        None if !model.facts.is_by_hand() => signing_in::begin(model),
        _ => look(model),
    });
    effects
}

/// The record of a run that began with something else learns that it is a repair now.
fn began(model: &mut Model) -> Vec<Effect> {
    let is_new = model.session.journey != JOURNEY && model.put.insert(JOURNEY.to_owned());
    if !is_new || model.session.writing == Writing::DryRun {
        return Vec::new();
    }
    let begun = Entry::Began {
        journey: JOURNEY.to_owned(),
        tenant: model.evidence.begun.clone().unwrap_or_default(),
        name: model.session.tenant.clone(),
        mark: model.session.mark.clone(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
    };
    vec![Effect::Remember(begun)]
}

/// What the journey is called in the record.
pub const JOURNEY: &str = "repair";

/// Reads what the case looks at, for the first time.
pub(super) fn look(model: &mut Model) -> Vec<Effect> {
    overview::show(model);
    update::read(model, &areas(model), Then::Repair)
}

/// It was read: whether the account is there, and who is at work.
pub(super) fn looked(model: &mut Model) -> Vec<Effect> {
    if model.session.plan_origin == PlanOrigin::Preset && model.evidence.accounts.is_empty() {
        presets::adapt(&mut model.plan, &model.facts);
    }
    let mut effects = identity::seen(model);
    if !matches!(model.stage, Stage::Stuck(_)) {
        effects.extend(looked_at_account(model));
    }
    effects
}

fn looked_at_account(model: &mut Model) -> Vec<Effect> {
    let Some(at) = model.repair.clone() else { return Vec::new() };
    if model.facts.accounts.get().is_some() && model.facts.account(at.slot).is_none() {
        model.trouble = Some(not_there(model, at.slot));
        return cases(model);
    }
    if at.before.is_none() {
        let before = before(model, &at);
        model.repair = Some(Repairing { before: Some(before), ..at.clone() });
    }
    match steps::repair::helping_account(&model.case(), &at) {
        Err(refused) => {
            model.trouble = Some(refused);
            model.stage = Stage::SigningIn(Box::default());
            Vec::new()
        }
        Ok(Some(helper)) => helped(model, helper),
        Ok(None) => enter(model),
    }
}

fn not_there(model: &Model, slot: Slot) -> Trouble {
    Trouble::new(
        format!("The {slot} account is not in this tenant."),
        format!("Looked for: {}.", model.upn(slot)),
        "Name the plan that the accounts were set up with (--plan), or the folder of its record (--record).",
    )
}

fn before(model: &Model, at: &Repairing) -> Before {
    let key = at.key.and_then(|key| steps::repair::key_in_place(&model.case(), at.slot, key));
    let phones = model.facts.methods_of(at.slot).filter(|method| method.kind == MethodKind::Phone);
    Before { key, numbers: phones.filter_map(|phone| phone.number.as_deref()).map(digits).collect() }
}

/// The other account is at work: noted at once, because the sign-in itself is the use.
fn helped(model: &mut Model, helper: Slot) -> Vec<Effect> {
    if !model.put.insert(format!("use:{}", helper.key())) {
        return enter(model);
    }
    model.stage = Stage::Repair(RepairStage::Helped(helper));
    let Some(at) = &model.repair else { return Vec::new() };
    let why = format!("{} ({})", crate::guide::repair(at.case).name, at.slot);
    note(model, (helper, UseKind::Operator, why))
}

fn note(model: &Model, (slot, kind, why): (Slot, UseKind, String)) -> Vec<Effect> {
    match model.session.writing {
        Writing::DryRun => Vec::new(),
        Writing::Allowed => {
            vec![Effect::Remember(Entry::Used(Use { slot, at: model.session.now, kind, why }))]
        }
    }
}

/// The screen of the case; a misuse is said to be one first, so that all that follows is known to follow it.
fn enter(model: &mut Model) -> Vec<Effect> {
    let is_told = |at: &Repairing| steps::repair::is_noted(&model.case(), at);
    match &model.repair {
        Some(at) if at.case == RepairCase::Misuse && !is_told(at) => go(model, RepairStage::Happened),
        _ => overview::show(model),
    }
}

fn happened(model: &mut Model) -> Vec<Effect> {
    let Some(slot) = model.repair.as_ref().map(|at| at.slot) else { return Vec::new() };
    overview::show(model);
    note(model, (slot, UseKind::Unauthorized, String::new()))
}

/// The decision of the plan that a repair changes: the number of a phone, the serial number of a key.
pub(super) fn decision(model: &Model) -> Option<usize> {
    let at = model.repair.as_ref()?;
    let wanted = match (at.case, at.key) {
        (RepairCase::LostPhone, _) => Field::Phone(at.slot.index()),
        (RepairCase::KeyFails, Some(key)) => Field::Serial(at.slot.index(), key),
        _ => return None,
    };
    decisions::of(&model.plan).iter().position(|decision| decision.field == wanted)
}

/// A plan that would not stand is not taken.
fn decide(model: &mut Model, index: usize, text: &str) -> Vec<Effect> {
    let Some(decision) = decisions::of(&model.plan).into_iter().nth(index) else {
        return overview::show(model);
    };
    let mut plan = model.plan.clone();
    let result = decisions::set(&mut plan, decision.field, text);
    let problem = result.err().or_else(|| plan_file::validate(&plan).into_iter().next());
    if problem.is_some() {
        return go(model, RepairStage::Deciding { decision: index, problem });
    }
    model.plan = plan;
    overview::show(model);
    match model.session.writing {
        Writing::Allowed => vec![Effect::SavePlan(Box::new(model.plan.clone()))],
        Writing::DryRun => Vec::new(),
    }
}

/// What the checks saw goes into the record, and the list comes again.
fn finish(model: &mut Model) -> Vec<Effect> {
    let findings = checks(model);
    let complete = findings.iter().all(Finding::passed);
    model.repaired.extend(findings.clone());
    cases(model);
    match model.session.writing {
        Writing::Allowed => vec![Effect::Remember(Entry::Concluded {
            findings: findings.into_iter().map(Into::into).collect(),
            complete,
        })],
        Writing::DryRun => Vec::new(),
    }
}

/// What is true of the case on the screen.
pub(super) fn checks(model: &Model) -> Vec<Finding> {
    model.repair.as_ref().map(|at| steps::repair::checks(&model.case(), at)).unwrap_or_default()
}

/// Findings of every repair of this run, the present one last; `None` when there was none.
pub(super) fn findings(model: &Model) -> Option<Vec<Finding>> {
    let any = model.repair.is_some() || !model.repaired.is_empty();
    any.then(|| model.repaired.iter().cloned().chain(checks(model)).collect())
}

/// What a repair can write, where one is under way.
pub(super) fn actions(at: Option<&Repairing>, case: &Case<'_>) -> Option<Vec<Action>> {
    at.map(|at| steps::repair::actions(case, at))
}

/// What a repair asks of a person, where one is under way.
pub(super) fn asks(model: &Model) -> Option<Vec<Ask>> {
    model.repair.as_ref().map(|at| steps::repair::asks(&model.case(), at))
}

/// What it looks at.
pub(super) fn areas(model: &Model) -> Vec<crate::domain::facts::Area> {
    model.repair.as_ref().map(|at| steps::repair::areas(at.case)).unwrap_or_default()
}
