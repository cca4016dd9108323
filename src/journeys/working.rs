//! Consent and writing: what would be written is shown, ticked and consented to once, then written one by one.
//!
//! The list is projected to the end of the step, so that a write that only becomes possible after another one is on
//! it too. While writing, each next write is derived from what was just read; only what was consented to is made.
//! Changed policies are compared whole: the first one alone, then after every twenty-five.

use std::collections::{BTreeSet, VecDeque};
use std::time::Duration;

use crate::domain::facts::Area;
use crate::domain::facts::policy::{MICROSOFT_MANAGED, Policy};
use crate::domain::record::Evidence;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::{Action, ActionKey};
use crate::guide;
use crate::journeys::message::{Done, Effect, Msg};
use crate::journeys::model::{Canary, Consent, Model, SecondLook, Stage, Then, Working};
use crate::journeys::screen::{Block, Choice, ConsentLine, Question, Screen, Work};
use crate::journeys::{errand, frame, overview, projection, update};

/// After how many changed policies the list is read and compared (promise 6).
const COMPARE_EVERY: usize = 25;
/// How long a stale read gets before the second look, in the cloud's time.
const SECOND_LOOK_AFTER: Duration = Duration::from_secs(15);

/// Seconds between two Conditional Access requests (throttling.md: one a second for all, so a little more).
const POLICY_PACE: f64 = 1.1;

/// Shows what the step would write.
pub(super) fn announce(model: &mut Model) -> Vec<Effect> {
    let actions = projection::to_the_end(&model.case(), |case| overview::actions(model, case));
    model.stage = Stage::Consent(Consent { actions, unticked: BTreeSet::new(), shown: BTreeSet::new() });
    Vec::new()
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match (&mut model.stage, msg) {
        (Stage::Consent(consent), Msg::Toggle(index)) => {
            toggle(consent, index);
            Vec::new()
        }
        (Stage::Consent(consent), Msg::ShowCall(index)) => {
            if !consent.shown.remove(&index) {
                consent.shown.insert(index);
            }
            Vec::new()
        }
        (Stage::Consent(consent), Msg::ShowCalls) => {
            let ticked = ticked(consent);
            let all_shown = ticked.is_subset(&consent.shown);
            consent.shown = if all_shown { BTreeSet::new() } else { ticked };
            Vec::new()
        }
        (Stage::Consent(consent), Msg::Consent) => {
            let consent = consent.clone();
            begin(model, &consent)
        }
        (Stage::Consent(_), Msg::Back) => overview::show(model),
        (Stage::Working(_), Msg::Did(done)) => did(model, *done),
        (Stage::Working(working), Msg::Back) => {
            working.queue.clear();
            working.consented.clear();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

/// Indexes of the writes that are ticked.
fn ticked(consent: &Consent) -> BTreeSet<usize> {
    let is_ticked = |(_, action): &(usize, &Action)| !consent.unticked.contains(&action.key());
    consent.actions.iter().enumerate().filter(is_ticked).map(|(index, _)| index).collect()
}

fn toggle(consent: &mut Consent, index: usize) {
    let Some(action) = consent.actions.get(index) else { return };
    let key = action.key();
    if !consent.unticked.remove(&key) {
        consent.unticked.insert(key);
    }
}

fn begin(model: &mut Model, consent: &Consent) -> Vec<Effect> {
    let keys: Vec<ActionKey> = consent.actions.iter().map(Action::key).collect();
    model.put.extend(keys.iter().map(ToString::to_string));
    let consented: BTreeSet<ActionKey> = keys.into_iter().filter(|k| !consent.unticked.contains(k)).collect();
    let total = consented.len();
    // Putting a policy back is never derived from a step: it is made because it was consented to here.
    let is_restore = |a: &&Action| matches!(a, Action::RestorePolicy { .. }) && consented.contains(&a.key());
    let queue: VecDeque<Action> = consent.actions.iter().filter(is_restore).cloned().collect();
    let restores = !queue.is_empty();
    let began = Some(model.session.now);
    model.stage = Stage::Working(Working { consented, queue, total, began, ..Working::default() });
    if restores { advance(model) } else { derive(model) }
}

/// Derives the writes that can be made now from what was read, and makes the first of them.
pub(super) fn derive(model: &mut Model) -> Vec<Effect> {
    let possible = overview::actions(model, &model.case());
    let Stage::Working(working) = &mut model.stage else { return Vec::new() };
    working.queue = possible.into_iter().filter(|a| working.consented.contains(&a.key())).collect();
    match working.queue.is_empty() {
        true => finish(model),
        false => advance(model),
    }
}

/// Makes the next write, or reads again when none is left that can be made now.
fn advance(model: &mut Model) -> Vec<Effect> {
    let Stage::Working(working) = &mut model.stage else { return Vec::new() };
    if let Some(action) = working.queue.pop_front() {
        working.consented.remove(&action.key());
        working.doing = Some(action.clone());
        return vec![Effect::Do(action)];
    }
    working.doing = None;
    if !working.changed.is_empty() {
        return look_at_changed(model);
    }
    let stale: Vec<Area> = std::mem::take(&mut working.stale).into_iter().collect();
    match stale.is_empty() {
        true => finish(model),
        false => update::read(model, &stale, Then::Derive),
    }
}

fn finish(model: &mut Model) -> Vec<Effect> {
    if let Stage::Working(working) = &model.stage {
        model.said = match (working.done, working.total) {
            (0, _) => None,
            (1, 1) => Some("The write was made, and the tenant was read again.".to_owned()),
            (done, total) if done == total => {
                Some(format!("All {total} writes were made, and the tenant was read again."))
            }
            (done, total) => Some(format!("{done} of {total} writes were made. What was not stands below.")),
        };
    }
    overview::show(model)
}

fn did(model: &mut Model, done: Done) -> Vec<Effect> {
    let Stage::Working(working) = &mut model.stage else { return Vec::new() };
    working.doing = None;
    working.stale.extend(done.action.stale());
    match done.result {
        Ok(answer) => {
            working.done += 1;
            if let (Action::ExcludeGroup { group, .. }, Some(before)) = (&done.action, answer.before) {
                working.changed.push(before.with_group_excluded(group));
            }
            let compare = working.canary == Canary::Waiting || working.changed.len() >= COMPARE_EVERY;
            match compare && !working.changed.is_empty() {
                true => look_at_changed(model),
                false => advance(model),
            }
        }
        // A policy that refuses for good is one item to do by hand; anything else stops the list.
        Err(trouble) if is_for_hand(&model.evidence, &done.action) => {
            model.trouble = Some(by_hand(&done.action, &trouble));
            advance(model)
        }
        Err(trouble) => {
            working.queue = VecDeque::new();
            working.consented.clear();
            model.trouble = Some(trouble);
            advance(model)
        }
    }
}

/// The receipt has come before the answer: only a refusal that is about the policy itself stands in the record.
fn is_for_hand(evidence: &Evidence, action: &Action) -> bool {
    matches!(action, Action::ExcludeGroup { .. }) && evidence.refused.contains_key(&action.key())
}

fn by_hand(action: &Action, trouble: &Trouble) -> Trouble {
    let next =
        "Exclude the group by hand in the portal. The other policies go on; this one stays on the list.";
    // Nobody's rights are missing where Microsoft keeps a policy to itself.
    let managed = matches!(action, Action::ExcludeGroup { name, .. } if name.starts_with(MICROSOFT_MANAGED));
    let why = if managed { trouble.why.split(" Missing: ").next() } else { None };
    let why = why.unwrap_or(&trouble.why);
    let told = Trouble::new(format!("Refused: {}.", action.sentence()), why, next);
    Trouble { request: trouble.request.clone(), ..told }
}

fn look_at_changed(model: &mut Model) -> Vec<Effect> {
    update::read(model, &[Area::Policies], Then::Compare)
}

/// Compares every changed policy with what it should be, whole.
pub(super) fn compare(model: &mut Model) -> Vec<Effect> {
    let unlike = unlike(model);
    let Stage::Working(working) = &mut model.stage else { return Vec::new() };
    let Some(unlike) = unlike else {
        working.changed.clear();
        working.second_look = SecondLook::NotNeeded;
        working.canary = Canary::Sings;
        return advance(model);
    };
    if working.second_look == SecondLook::NotNeeded {
        working.second_look = SecondLook::Taken;
        return update::read_after(model, &[Area::Policies], (Then::Compare, SECOND_LOOK_AFTER));
    }
    model.trouble = Some(Trouble::new(
        format!("Policy \"{}\" is not as it should be after the change.", unlike.policy.name),
        format!(
            "More than its exclusions differs, or the exclusion is missing: {}. Someone else may be editing it.",
            unlike.differences
        ),
        "Nothing further is written. Compare it in the portal; you can put it back as it was read before.",
    ));
    offer_original(model, &unlike.policy)
}

/// Stops the run and offers to write the policy back as it was read before it was changed.
fn offer_original(model: &mut Model, policy: &Policy) -> Vec<Effect> {
    let Some(original) = model.evidence.originals.get(&policy.id).cloned() else {
        return overview::show(model);
    };
    let restore = Action::RestorePolicy { policy: policy.id.clone(), name: policy.name.clone(), original };
    model.stage =
        Stage::Consent(Consent { actions: vec![restore], unticked: BTreeSet::new(), shown: BTreeSet::new() });
    Vec::new()
}

/// A policy that is not as it should be.
struct Unlike {
    policy: Policy,
    differences: String,
}

fn unlike(model: &Model) -> Option<Unlike> {
    let Stage::Working(working) = &model.stage else { return None };
    let now = model.facts.policies.get()?;
    working.changed.iter().find_map(|expected| {
        let differences = match now.iter().find(|p| p.id == expected.id) {
            Some(policy) => policy.differences(expected),
            None => vec!["the policy is gone".to_owned()],
        };
        (!differences.is_empty())
            .then(|| Unlike { policy: expected.clone(), differences: differences.join(", ") })
    })
}

/// The consent screen.
pub(super) fn consent_screen(model: &Model, consent: &Consent) -> Screen {
    let mut screen = frame::with_rail(model, overview::numbered(model, "What will be written"));
    let indexes = ticked(consent);
    let ticked = indexes.len();
    screen.prose.push(Block::Text(match ticked {
        0 => "Nothing is ticked.".to_owned(),
        1 => "One write, in this order. Nothing else will be written.".to_owned(),
        n => format!("{n} writes, in this order. Nothing else will be written."),
    }));
    screen.question = Some(Question::Consent(
        consent
            .actions
            .iter()
            .enumerate()
            .map(|(index, action)| line(model, consent, (index, action)))
            .collect(),
    ));
    if ticked > 0 {
        screen.choices.push(Choice::writes('w', write_label(ticked, consent.actions.len()), Msg::Consent));
    }
    if ticked > 0 {
        let label = if indexes.is_subset(&consent.shown) { "Hide the calls" } else { "Show every HTTP call" };
        screen.choices.push(Choice::safe('c', label, Msg::ShowCalls));
    }
    screen.choices.push(Choice::safe('b', "Back, write nothing", Msg::Back));
    screen
}

fn line(model: &Model, consent: &Consent, (index, action): (usize, &Action)) -> ConsentLine {
    let parts = errand::parts(model, action);
    let call = match consent.shown.contains(&index) {
        true => parts.iter().flat_map(call_lines).collect(),
        false => Vec::new(),
    };
    let way = match parts.len() {
        1 => "",
        _ => "; for it the account leaves its restricted unit and is put back",
    };
    let sentence = format!("{}{way}", action.sentence());
    ConsentLine { sentence, ticked: !consent.unticked.contains(&action.key()), call }
}

fn write_label(ticked: usize, all: usize) -> String {
    match (ticked, all) {
        (1, 1) => "Write it".to_owned(),
        (ticked, all) if ticked == all => format!("Write all {all}"),
        (ticked, all) => format!("Write {ticked} of {all} ticked"),
    }
}

/// The HTTP call of an action as lines.
pub fn call_lines(action: &Action) -> Vec<String> {
    let call = action.call();
    let mut lines = vec![format!("{} {}", call.verb.as_str(), call.path)];
    if !call.body.is_null() {
        let body = serde_json::to_string_pretty(&call.body).unwrap_or_default();
        lines.extend(body.lines().map(str::to_owned));
    }
    lines
}

/// The writing screen.
pub(super) fn working_screen(model: &Model, working: &Working) -> Screen {
    let (title, why) = match &model.repair {
        Some(at) => (guide::repair(at.case).name.as_str(), &guide::repair(at.case).what),
        None => (guide::step(model.step).title.as_str(), &guide::step(model.step).why),
    };
    let mut screen = frame::with_rail(model, overview::numbered(model, title));
    screen.prose.extend(why.first().cloned().map(Block::Text));
    let doing = match (&working.doing, &model.reading) {
        (Some(action), _) => action.sentence(),
        (None, Some(looking)) => {
            format!("looking again at {}", looking.left.front().map_or("the tenant", |a| a.words()))
        }
        (None, None) => "done".to_owned(),
    };
    let seconds_left = seconds_left(model, working);
    screen.work = Some(Work { doing, done: working.done, total: working.total, seconds_left });
    screen.choices.push(Choice::safe('s', "Stop after this write", Msg::Back));
    screen
}

/// How many policies must be behind us before their pace is believed: the canary and a list of them all come first.
const PACE_IS_KNOWN: usize = COMPARE_EVERY + 1;

/// Real seconds. At first two paced requests for each policy that is left, and one list for every twenty-five; as soon
/// as there is something to measure, what was measured: how many pages a list has shows only in the time it takes.
fn seconds_left(model: &Model, working: &Working) -> Option<u64> {
    let policies = working.queue.iter().filter(|a| matches!(a, Action::ExcludeGroup { .. })).count();
    if policies == 0 {
        return None;
    }
    if working.done >= PACE_IS_KNOWN {
        return measured(model, (working, policies));
    }
    let requests = u32::try_from(policies * 2 + policies / COMPARE_EVERY + 1).unwrap_or(u32::MAX);
    let seconds = Duration::try_from_secs_f64(f64::from(requests) * POLICY_PACE * model.session.time_scale)
        .unwrap_or(Duration::MAX);
    Some(seconds.as_secs().max(1))
}

fn measured(model: &Model, (working, left): (&Working, usize)) -> Option<u64> {
    let passed = model.session.now.duration_since(working.began?).as_millis();
    let done = i128::try_from(working.done).ok()?;
    let left = passed / done * i128::try_from(left).ok()?;
    Some(u64::try_from(left / 1000).unwrap_or_default().max(1))
}
