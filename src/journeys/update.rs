//! One message in, new state and effects out.
//!
//! `update` hands every message to the layer whose own it is, and does what its [`Turn`] says. What a turn leaves to be
//! heard next is heard before it returns. Every effect passes the guards.

use std::collections::VecDeque;

use crate::domain::facts::AreaFacts;
use crate::domain::record::{Entry, Happened, Outcome as Written};
use crate::domain::write::action::Action;
use crate::domain::write::order::Others;
use crate::journeys::course;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Done, ProgramEffect, RecordEffect, TenantEffect};
use crate::journeys::exit::exit_code;
use crate::journeys::exposure;
use crate::journeys::guards::restricted_unit;
use crate::journeys::guards::tenant_name::{self, Gate, TenantName, Verdict};
use crate::journeys::log_read;
use crate::journeys::message::{Effect, Msg, Needed, NeededBy, Now};
use crate::journeys::model::{Model, Presence};
use crate::journeys::reading;
use crate::journeys::reconcile;
use crate::journeys::stack::Layer;
use crate::journeys::tabletop;
use crate::journeys::tasks::board;
use crate::journeys::tasks::sign_in::{self, Occasion, SignIn};
use crate::journeys::told::told;
use crate::journeys::turn::{Go, Outcome, Start, Turn};

/// Takes one message and tells what the world is to do.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    run(model, VecDeque::from([msg]), Vec::new())
}

/// Begins something from the first screen, as the command line says it.
pub fn begin(model: &mut Model, start: Start) -> Vec<Effect> {
    let mut after = Aftermath::default();
    settle(model, model.stack.len() - 1, Turn::begin(start), &mut after);
    run(model, after.next, after.effects)
}

fn run(model: &mut Model, mut messages: VecDeque<Msg>, effects: Vec<Effect>) -> Vec<Effect> {
    let mut after = Aftermath { effects, next: VecDeque::new() };
    while let Some(msg) = messages.pop_front() {
        take(model, msg, &mut after);
        messages.append(&mut after.next);
    }
    give_digits(model);
    guarded(model, after.effects)
}

/// Each task on the board that is shown keeps the digit under which it was first shown.
fn give_digits(model: &mut Model) {
    let Some(subject) = model.top().board() else { return };
    if model.desk.reading.is_none() {
        let shown = board::with_digits(&model.desk, &subject);
        model.desk.digits.note(&subject, shown);
    }
}

/// What a message leaves behind.
#[derive(Default)]
struct Aftermath {
    effects: Vec<Effect>,
    next: VecDeque<Msg>,
}

/// Every effect passes here, so that no task can forget a guard.
fn guarded(model: &mut Model, effects: Vec<Effect>) -> Vec<Effect> {
    if model.guards.gate.holds(&effects) {
        model.stack.push(Layer::TenantName(TenantName::holding(effects)));
        return Vec::new();
    }
    let (detour, facts) = (&mut model.guards.detour, model.desk.world.facts());
    let effects = restricted_unit::around(detour, facts, effects, Msg::RestrictedUnit);
    model.desk.unrecorded += effects.iter().filter(|effect| is_awaited(effect)).count();
    effects
}

/// Effects whose line in the record decides what the next screen says.
fn is_awaited(effect: &Effect) -> bool {
    match effect {
        Effect::Record(effect) => !matches!(
            effect,
            RecordEffect::SavePlan(_) | RecordEffect::ForgetAnswers | RecordEffect::AtHome(_)
        ),
        _ => false,
    }
}

/// Entries that are written for their own sake; the others come with a message of their own. What is missing here would be
/// waited for without an end, so each is named.
fn is_remembered(entry: &Entry) -> bool {
    match entry {
        Entry::Attested { .. }
        | Entry::Accepted(_)
        | Entry::TakenBack { .. }
        | Entry::Slip(_)
        | Entry::Key { .. }
        | Entry::Tested(_)
        | Entry::Logged(_)
        | Entry::Stranger(_)
        | Entry::Change(_)
        | Entry::Classified(_)
        | Entry::LogRead(_)
        | Entry::Used(_)
        | Entry::AlertTested(_)
        | Entry::Identified { .. }
        | Entry::Began { .. }
        | Entry::HandedBack { .. }
        | Entry::Concluded { .. }
        | Entry::Reconciled { .. }
        | Entry::Stood { .. }
        | Entry::Exercised(_)
        | Entry::Improved(_)
        | Entry::Exposed { .. }
        | Entry::Moment(_)
        | Entry::ReviewBegan(_)
        | Entry::ReviewSigned(_)
        | Entry::Reviewed(_) => true,
        Entry::Planned { .. }
        | Entry::Intends { .. }
        | Entry::Receipt { .. }
        | Entry::Notified { .. }
        | Entry::Documented { .. }
        | Entry::HandedOver { .. }
        | Entry::FileGone { .. } => false,
    }
}

/// The sentence of a write that this receipt says was made.
fn written(desk: &Desk, entry: &Entry) -> Option<String> {
    match entry {
        Entry::Receipt { key, outcome: Written::Done, .. } => desk.evidence().pending.get(key).cloned(),
        _ => None,
    }
}

fn take(model: &mut Model, msg: Msg, after: &mut Aftermath) {
    if !msg.is_news() {
        (model.desk.trouble, model.desk.alarm, model.desk.done) = (None, None, None);
    }
    match msg {
        Msg::Quit if model.presence == Presence::Asked => leave(model, after),
        Msg::Quit => model.presence = Presence::Asked,
        Msg::Leave => leave(model, after),
        Msg::Stay => model.presence = Presence::Here,
        Msg::Tick(Now { at, today }) => {
            model.desk.session.now = at;
            model.desk.world.set_today(today);
            after.next.extend(model.desk.exercise.is_some().then_some(Msg::Tabletop(tabletop::Msg::Tick)));
        }
        Msg::Head(head) => model.desk.world.evidence_mut().head = Some(head),
        Msg::Recorded(at, entry) => {
            model.desk.session.now = at;
            // With its receipt a write is over, and so is what it waited for.
            model.desk.waiting = None;
            let written = written(&model.desk, &entry);
            course::note(&mut model.desk, at, &entry, written.as_deref());
            model.desk.written.extend(written);
            model.desk.world.evidence_mut().add(at, &entry);
            model.desk.offered.renewed(&entry);
            let told =
                told(&entry, model.desk.done.as_ref().map(|done| done.words.as_str()), model.desk.plan());
            model.desk.done = told.or(model.desk.done.take());
            recorded(model, usize::from(is_remembered(&entry)));
            if let Entry::Moment(moment) = *entry {
                after.next.push_back(Msg::Tabletop(tabletop::Msg::Recorded(Box::new(moment))));
            }
        }
        Msg::RecordFailed(trouble) => model.presence = Presence::Stopped(trouble),
        Msg::Filed(result) => {
            recorded(model, 1);
            // What was promised when it began did not come about.
            if result.is_err() {
                model.desk.done = None;
            }
            model.desk.trouble = result.err();
        }
        Msg::Read(area) => {
            let log = match *area {
                AreaFacts::SignIns(_) => Some(Happened::SignIn),
                AreaFacts::Audits(_) => Some(Happened::Change),
                _ => None,
            };
            absorb(model, *area);
            after.effects.extend(match log {
                Some(Happened::SignIn) => log_read::sign_ins(&mut model.desk),
                Some(Happened::Change) => log_read::changes(&model.desk),
                None => Vec::new(),
            });
        }
        Msg::ReadDone(then) => {
            model.desk.reading = None;
            after.effects.extend(reconcile::reconcile(&mut model.desk));
            after.next.extend(then.map(|then| *then));
        }
        Msg::Exposed(danger) => {
            after.effects.push(Effect::remember(exposure::shown(&model.desk, vec![danger])));
        }
        Msg::Waiting(why) => model.desk.waiting = Some(why),
        Msg::SignInNeeded(needed) => sign_in_needed(model, *needed, after),
        Msg::TenantName(msg) => tenant_named(model, &msg, after),
        Msg::RestrictedUnit(msg) => {
            let (detour, desk) = (&mut model.guards.detour, &mut model.desk);
            let turn = restricted_unit::on(detour, desk, msg, Msg::RestrictedUnit);
            settle(model, model.stack.len() - 1, turn, after);
        }
        other => deliver(model, other, after),
    }
}

fn recorded(model: &mut Model, lines: usize) {
    model.desk.unrecorded = model.desk.unrecorded.saturating_sub(lines);
}

fn absorb(model: &mut Model, area: AreaFacts) {
    model.desk.world.facts_mut().absorb(area);
    if let Some(reading) = model.desk.reading.as_mut().filter(|reading| reading.left.len() > 1) {
        reading.read.extend(reading.left.pop_front());
    }
}

/// The topmost layer whose own the message is hears it. What comes for a layer that is gone is heard by nobody: an
/// answer that nobody waits for any longer changes nothing.
fn deliver(model: &mut Model, msg: Msg, after: &mut Aftermath) {
    if matches!(model.presence, Presence::Stopped(_) | Presence::Gone) {
        return;
    }
    let mut msg = msg;
    for at in (0..model.stack.len()).rev() {
        match model.stack[at].hear(&mut model.desk, msg) {
            Ok(turn) => return settle(model, at, turn, after),
            Err(other) => msg = other,
        }
    }
}

/// Does what a turn of the layer `at` says, until nothing further follows from it.
fn settle(model: &mut Model, at: usize, turn: Turn<Msg>, after: &mut Aftermath) {
    let (mut at, mut turn) = (at, turn);
    loop {
        after.effects.extend(turn.effects);
        after.next.extend(turn.next);
        match turn.go {
            Go::Stay => return,
            Go::Stop(trouble) => return model.presence = Presence::Stopped(trouble),
            Go::Begin(start) => {
                let (layer, begun) = Layer::begin(&mut model.desk, start);
                model.stack.push(layer);
                (at, turn) = (model.stack.len() - 1, begun);
            }
            Go::Become(start) => {
                model.stack.remove(at);
                let (layer, begun) = Layer::begin(&mut model.desk, start);
                model.stack.push(layer);
                (at, turn) = (model.stack.len() - 1, begun);
            }
            Go::End(outcome) => {
                let Some(below) = at.checked_sub(1) else { return };
                let ended = model.stack.remove(at);
                (at, turn) = (below, resumed(model, ended, below, outcome));
            }
        }
    }
}

/// What lay beneath goes on, or what waited for a sign-in.
fn resumed(model: &mut Model, ended: Layer, below: usize, outcome: Outcome) -> Turn<Msg> {
    let Layer::SignIn(sign_in, waiting) = ended else {
        return model.stack[below].resumed(&mut model.desk, outcome);
    };
    let is_signed_in = outcome == Outcome::SignedIn;
    if is_signed_in {
        model.answered = Some(sign_in.demand);
    }
    match waiting.map(|waiting| *waiting) {
        None => model.stack[below].resumed(&mut model.desk, outcome),
        Some(NeededBy::Write(write)) if !is_signed_in => {
            let result = Err(sign_in::declined(&model.desk, &write.action));
            let done = Done { action: write.action, result, others: Others::Stop };
            Turn { next: Some(write.tell.with(done)), ..Turn::stay() }
        }
        Some(waiting) => again(model, waiting),
    }
}

/// Takes up what waited for a sign-in. Nothing is taken for granted: a reading is made again, and a write whose list is
/// derived from facts is derived again from what is read then.
fn again(model: &mut Model, waiting: NeededBy) -> Turn<Msg> {
    let desk = &mut model.desk;
    match waiting {
        NeededBy::Read(read) => Turn::stay().read(desk, &read.areas, read.then),
        NeededBy::Watch(watch) => reading::watch(desk, watch.area, watch.then).into(),
        NeededBy::Write(write) => match write.renewed {
            Some(renewed) => Turn { next: Some(renewed), ..Turn::stay() },
            None => Effect::Tenant(TenantEffect::Write(write)).into(),
        },
    }
}

/// Signs in again for what cannot go on; asking twice for a stronger sign-in that brings nothing is in vain.
fn sign_in_needed(model: &mut Model, Needed { demand, by }: Needed, after: &mut Aftermath) {
    model.desk.reading = None;
    let is_in_vain = demand.claims.is_some() && model.answered.as_ref() == Some(&demand);
    let top = model.stack.len() - 1;
    if is_in_vain {
        after.effects.push(Effect::Tenant(TenantEffect::Decline(demand.audience)));
        let turn = match by {
            NeededBy::Write(write) => {
                let done =
                    Done { action: write.action, result: Err(sign_in::in_vain()), others: Others::Stop };
                Turn { next: Some(write.tell.with(done)), ..Turn::stay() }
            }
            waiting => again(model, waiting),
        };
        return settle(model, top, turn, after);
    }
    let (mut sign_in, turn) = SignIn::begin(&mut model.desk, demand, Occasion::Renewal);
    if let NeededBy::Write(write) = &by {
        sign_in.write = write.action.sentence();
    }
    model.stack.push(Layer::SignIn(sign_in, Some(Box::new(by))));
    settle(model, top + 1, turn.lift(Msg::SignIn), after);
}

/// The first write to a live tenant goes on, waits, or is dropped together with the secrets in it.
fn tenant_named(model: &mut Model, msg: &tenant_name::Msg, after: &mut Aftermath) {
    let top = model.stack.len() - 1;
    let Some(Layer::TenantName(name)) = model.stack.last_mut() else { return };
    match name.on(&model.desk, msg) {
        Verdict::Waits => {}
        Verdict::Sent => {
            after.effects.append(&mut name.held);
            model.guards.gate = Gate::Open;
            model.stack.pop();
        }
        Verdict::Dropped => {
            let secret = |effect: &Effect| match &effect.as_write()?.action {
                Action::SetPassword { secret, .. } => Some(Effect::forget(*secret)),
                _ => None,
            };
            after.effects.extend(name.held.iter().filter_map(secret).collect::<Vec<_>>());
            settle(model, top, Turn::end(Outcome::GivenUp), after);
        }
    }
}

fn leave(model: &mut Model, after: &mut Aftermath) {
    let code = exit_code(model);
    let kept = model.tabletop().and_then(|tabletop| tabletop.kept(&model.desk));
    after.effects.extend(kept.map(Effect::remember));
    model.presence = Presence::Gone;
    after.effects.push(Effect::Program(ProgramEffect::Exit(code)));
}
