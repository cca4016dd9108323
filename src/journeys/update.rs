//! One message in, new state and effects out.

use std::time::Duration;

use crate::domain::facts::query::Query;
use crate::domain::facts::{Area, AreaFacts};
use crate::domain::record::Entry;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Looking, Model, Stage, Then};
use crate::journeys::paper::{calibrating, pages, slips};
use crate::journeys::{
    attesting, errand, hand_over, naming, other_tenant, overview, planning, recipients, registering, repair,
    signing_in, start, summary, tasks, testing, working,
};

/// Takes one message and tells what the world is to do.
pub fn update(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let effects = take(model, msg);
    let effects = naming::guarded(model, effects);
    let effects = errand::around(model, effects);
    model.unrecorded += effects.iter().filter(|effect| is_awaited(effect)).count();
    effects
}

/// Effects whose line in the record decides what the next screen says.
fn is_awaited(effect: &Effect) -> bool {
    matches!(effect, Effect::Remember(_) | Effect::WriteDocuments { .. } | Effect::HandOver { .. })
}

/// Entries that only [`Effect::Remember`] writes; the others come with a message of their own.
fn is_remembered(entry: &Entry) -> bool {
    matches!(
        entry,
        Entry::Attested { .. }
            | Entry::Slip(_)
            | Entry::Key { .. }
            | Entry::Tested(_)
            | Entry::Used(_)
            | Entry::Identified { .. }
            | Entry::Began { .. }
            | Entry::HandedBack { .. }
            | Entry::Concluded { .. }
    )
}

pub(super) fn take(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match &model.stage {
        Stage::Leaving(_) if !matches!(msg, Msg::Back | Msg::Quit | Msg::Leave) => {
            behind_the_question(model, msg)
        }
        _ => take_now(model, msg),
    }
}

/// While it is asked whether to leave, the world goes on behind the question: the answer of a write is never lost.
fn behind_the_question(model: &mut Model, msg: Msg) -> Vec<Effect> {
    if let Stage::Leaving(stage) = &mut model.stage {
        model.stage = std::mem::replace(&mut **stage, Stage::Over);
    }
    let effects = take_now(model, msg);
    if !matches!(model.stage, Stage::Stuck(_) | Stage::Over) {
        leave(model);
    }
    effects
}

fn take_now(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match msg {
        Msg::Did(done) if errand::is_about(model, &done.action) => {
            let (mut first, heard) = errand::did(model, *done);
            first.extend(heard.into_iter().flat_map(|msg| by_stage(model, msg)));
            first
        }
        Msg::Tick(now) => {
            model.session.now = now;
            Vec::new()
        }
        Msg::Recorded(at, entry) => {
            model.session.now = at;
            model.evidence.add(at, &entry);
            model.unrecorded = model.unrecorded.saturating_sub(usize::from(is_remembered(&entry)));
            Vec::new()
        }
        Msg::RecordFailed(trouble) => {
            model.stage = Stage::Stuck(trouble);
            Vec::new()
        }
        Msg::Documented(result) => {
            model.unrecorded = model.unrecorded.saturating_sub(1);
            model.trouble = result.err();
            Vec::new()
        }
        Msg::Read(area) => absorb(model, *area),
        Msg::ReadDone => read_done(model),
        Msg::SignInNeeded(needed) => signing_in::needed(model, *needed),
        Msg::Quit => leave(model),
        Msg::Leave => exit(model),
        Msg::LookAtPages => pages::begin(model),
        Msg::Calibrate => calibrating::begin(model),
        // A list of writes goes on after a refusal; what was refused is told when the list is through.
        Msg::Did(done) => by_stage(model, Msg::Did(done)),
        other => {
            model.trouble = None;
            model.said = None;
            by_stage(model, other)
        }
    }
}

fn by_stage(model: &mut Model, msg: Msg) -> Vec<Effect> {
    match &model.stage {
        Stage::Home | Stage::Guide(_) | Stage::Looked => start::on(model, msg),
        Stage::OtherTenant { .. } => other_tenant::on(model, msg),
        Stage::SigningIn(_) => signing_in::on(model, msg),
        Stage::Planning(_) | Stage::Projected => planning::on(model, msg),
        Stage::Repair(_) => repair::on(model, msg),
        Stage::Overview | Stage::ByHand if model.repair.is_some() => repair::at_overview(model, &msg),
        Stage::Overview | Stage::ByHand => overview::on(model, &msg),
        Stage::Tasks(_) => tasks::on(model, &msg),
        Stage::Consent(_) | Stage::Working(_) => working::on(model, msg),
        Stage::Attesting(_) => attesting::on(model, msg),
        Stage::Registering(_) => registering::on(model, msg),
        Stage::Slip(_) => slips::on(model, msg),
        Stage::Testing(_) => testing::on(model, msg),
        Stage::AwaitingRecipients(_) => recipients::on(model, &msg),
        Stage::Naming(_) => naming::on(model, msg),
        Stage::HandOver(_) => hand_over::on(model, msg),
        Stage::Pages(_) => pages::on(model, msg),
        Stage::Calibrating(_) => calibrating::on(model, msg),
        Stage::Summary => summary::on(model, &msg),
        Stage::Leaving(_) => stay(model, &msg),
        Stage::Stuck(_) | Stage::Over => Vec::new(),
    }
}

/// Begins a reading of `areas`, each once, and says what happens afterwards.
pub fn read(model: &mut Model, areas: &[Area], then: Then) -> Vec<Effect> {
    read_after(model, areas, (then, Duration::ZERO))
}

/// The same after a pause, in the cloud's time, for a second look.
pub fn read_after(model: &mut Model, areas: &[Area], (then, pause): (Then, Duration)) -> Vec<Effect> {
    if model.facts.is_by_hand() {
        // There is nothing to read from; what comes after it comes at once.
        return settled(model, then);
    }
    let areas: Vec<Area> = Area::ALL.into_iter().filter(|a| areas.contains(a)).collect();
    model.reading = Some(Looking { left: areas.iter().copied().collect(), total: areas.len(), then });
    let query = Query::of(&model.plan, &model.evidence);
    vec![Effect::Read { areas, query, known: Box::new(model.facts.clone()), pause }]
}

/// The effect that reads one area again and again.
pub fn watch(model: &Model, area: Area) -> Effect {
    let query = Query::of(&model.plan, &model.evidence);
    Effect::Watch { area, query, known: Box::new(model.facts.clone()), every: Duration::from_secs(5) }
}

fn absorb(model: &mut Model, area: AreaFacts) -> Vec<Effect> {
    model.facts.absorb(area);
    if let Some(looking) = &mut model.reading {
        if looking.left.len() > 1 {
            looking.left.pop_front();
        }
        return Vec::new();
    }
    match &model.stage {
        Stage::Registering(_) => registering::looked(model),
        Stage::AwaitingRecipients(_) => recipients::looked(model),
        Stage::Testing(_) => testing::looked(model),
        _ => Vec::new(),
    }
}

fn read_done(model: &mut Model) -> Vec<Effect> {
    let Some(looking) = model.reading.take() else { return Vec::new() };
    settled(model, looking.then)
}

/// What was to be read is known, as far as it can be.
fn settled(model: &mut Model, then: Then) -> Vec<Effect> {
    match then {
        Then::Looked => start::looked(model),
        Then::Planned => planning::planned(model),
        Then::Overview => Vec::new(),
        Then::Derive => working::derive(model),
        Then::Compare => working::compare(model),
        Then::PasswordSet => slips::password_read(model),
        Then::Conclude => summary::concluded(model),
        Then::Repair => repair::looked(model),
    }
}

fn leave(model: &mut Model) -> Vec<Effect> {
    if matches!(model.stage, Stage::Leaving(_)) {
        return exit(model);
    }
    let stage = std::mem::replace(&mut model.stage, Stage::Over);
    model.stage = Stage::Leaving(Box::new(stage));
    Vec::new()
}

fn stay(model: &mut Model, msg: &Msg) -> Vec<Effect> {
    if let Stage::Leaving(stage) = &mut model.stage
        && *msg == Msg::Back
    {
        model.stage = std::mem::replace(&mut **stage, Stage::Over);
    }
    Vec::new()
}

fn exit(model: &mut Model) -> Vec<Effect> {
    let code = summary::exit_code(model);
    model.stage = Stage::Over;
    vec![Effect::Exit(code)]
}
