//! Making a slip, in one act: the secret is made, set, put on paper and typed back.
//!
//! Until the last line is typed back the slip counts as lost: a new run makes a new secret and never looks for the
//! old one (promise 4).

use std::time::Duration;

use crate::domain::facts::Area;
use crate::domain::paper::page;
use crate::domain::record::{Checked, Entry, Half, Slip, SlipKind, SlipState};
use crate::domain::secret::pin;
use crate::domain::secret::typing_back::Judged;
use crate::domain::secret::{SecretId, SecretKind, lines};
use crate::domain::slot::Slot;
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::journeys::message::{Answer, Effect, Msg};
use crate::journeys::model::{ByFile, Maker, Model, Moment, People, SlipWork, SlipWorkState, Stage, Then};
use crate::journeys::paper::printing::{self, to_paper};
use crate::journeys::paper::{halves, own_pin};
use crate::journeys::{overview, update};

/// After so many wrong lines a new print or a new secret is offered.
pub(super) const WRONG_LINES: usize = 3;
/// How often the account is read until the time of its password has moved.
const LOOKS: u8 = 5;

/// Announces the slip of an account's password.
pub(in crate::journeys) fn begin_password(model: &mut Model, slot: Slot) -> Vec<Effect> {
    begin(model, (slot, SlipKind::Password, model.plan.passwords.length))
}

/// Announces the slip of a key's PIN.
pub(in crate::journeys) fn begin_pin(model: &mut Model, slot: Slot, key: usize) -> Vec<Effect> {
    begin(model, (slot, SlipKind::Pin { key }, pin::DIGITS))
}

fn begin(model: &mut Model, (slot, kind, length): (Slot, SlipKind, usize)) -> Vec<Effect> {
    let slip = page::next_slip(&model.case(), (slot, kind));
    let route = model.plan.paper.route;
    model.stage = Stage::Slip(SlipWork {
        people: people(model, &slip),
        slip,
        route,
        qr: model.plan.paper.qr,
        maker: Maker::Program,
        secret: None,
        length,
        state: SlipWorkState::Announced,
        wrong: 0,
        judged: None,
        found: Vec::new(),
    });
    Vec::new()
}

/// For how many people the plan wants the slip; a PIN is nothing without its key and never halved.
fn people(model: &Model, slip: &Slip) -> People {
    let planned = model.plan.account(slip.slot).filter(|_| slip.kind == SlipKind::Password);
    match planned.and_then(|account| account.second_half.as_ref()) {
        Some(_) => People::Two { half: Half::A, other: None },
        None => People::One,
    }
}

pub(in crate::journeys) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    match (work.state.clone(), msg) {
        (SlipWorkState::Announced, Msg::OtherRoute) => {
            work.state = SlipWorkState::Choosing(Moment::Announced);
            Vec::new()
        }
        (_, msg) if printing::is_here(work) => printing::on(model, msg),
        (_, msg) if halves::is_here(work) => halves::on(model, msg),
        (_, msg) if own_pin::is_here(work, &msg) => own_pin::on(model, msg),
        (SlipWorkState::Announced, Msg::ToggleCode) => printing::toggle_code(model),
        (SlipWorkState::Announced, Msg::Consent) => make(work),
        (SlipWorkState::Announced, Msg::Back | Msg::Skip) => overview::show(model),
        (SlipWorkState::Making, Msg::Made(result)) => made(model, result),
        (SlipWorkState::Setting { before }, Msg::Did(done)) => set(model, (before, done.result)),
        (SlipWorkState::Copying, Msg::Continue) => type_back(work, (None, ByFile::No)),
        (SlipWorkState::Printed(file), Msg::Continue) => type_back(work, (Some(file), ByFile::No)),
        (SlipWorkState::Printed(file), Msg::ReadFileBack) => read_back(work, &file),
        (SlipWorkState::TypingBack { .. }, Msg::LineChecked { line, judged }) => checked(model, line, judged),
        (SlipWorkState::TypingBack { .. }, Msg::ShowAgain) => to_paper(model),
        (SlipWorkState::TypingBack { .. } | SlipWorkState::Printed(_), Msg::OtherRoute) => {
            work.state = SlipWorkState::Choosing(Moment::Made);
            Vec::new()
        }
        (SlipWorkState::TypingBack { .. } | SlipWorkState::Printed(_), Msg::StartOver) => start_over(model),
        (SlipWorkState::Revoking, Msg::Did(done)) => {
            model.trouble = done.result.err();
            model.said = Some(on_paper(&work.slip));
            model.stage = Stage::Overview;
            update::read(model, &[Area::Accounts], Then::Overview)
        }
        (
            SlipWorkState::Copying | SlipWorkState::Printed(_) | SlipWorkState::TypingBack { .. },
            Msg::Back,
        ) => abandon(model),
        _ => Vec::new(),
    }
}

fn make(work: &mut SlipWork) -> Vec<Effect> {
    work.state = SlipWorkState::Making;
    vec![Effect::Make(match work.slip.kind {
        SlipKind::Password => SecretKind::Password { length: work.length },
        SlipKind::Pin { .. } => SecretKind::Pin { digits: work.length },
    })]
}

fn made(model: &mut Model, result: Result<SecretId, Trouble>) -> Vec<Effect> {
    let secret = match result {
        Ok(secret) => secret,
        Err(trouble) => return stop(model, trouble),
    };
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    work.secret = Some(secret);
    let remember = Effect::Remember(Entry::Slip(work.slip.clone()));
    let (slot, kind) = (work.slip.slot, work.slip.kind);
    let mut effects = vec![remember];
    match kind {
        SlipKind::Pin { .. } => effects.extend(to_paper(model)),
        // By hand it is chosen at the change that the portal forces, from the paper.
        SlipKind::Password if model.facts.is_by_hand() => effects.extend(halves::begin(model)),
        SlipKind::Password => {
            let before = model.facts.account(slot).and_then(|a| a.password_changed);
            let id = model.account_id(slot);
            enter(model, SlipWorkState::Setting { before });
            effects.push(Effect::Do(Action::SetPassword { slot, id, secret }));
        }
    }
    effects
}

fn enter(model: &mut Model, state: SlipWorkState) {
    if let Stage::Slip(work) = &mut model.stage {
        work.state = state;
    }
}

fn set(
    model: &mut Model,
    (before, result): (Option<jiff::Timestamp>, Result<Answer, Trouble>),
) -> Vec<Effect> {
    match result {
        Ok(_) => {
            enter(model, SlipWorkState::Reading { before, looks: 1 });
            update::read(model, &[Area::Accounts], Then::PasswordSet)
        }
        Err(trouble) => stop(model, trouble),
    }
}

/// The account was read: the time of its password belongs to the slip once it has moved.
pub(in crate::journeys) fn password_read(model: &mut Model) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    let SlipWorkState::Reading { before, looks } = work.state else { return Vec::new() };
    let slot = work.slip.slot;
    let changed = model.facts.account(slot).and_then(|a| a.password_changed);
    if changed == before && looks < LOOKS {
        enter(model, SlipWorkState::Reading { before, looks: looks + 1 });
        return update::read_after(model, &[Area::Accounts], (Then::PasswordSet, Duration::from_secs(5)));
    }
    if let Stage::Slip(work) = &mut model.stage {
        work.slip.changed = changed;
    }
    halves::begin(model)
}

/// The name of the file of a slip, or of its half, below the record folder.
pub(super) fn file_name(model: &Model, slip: &Slip, half: Option<Half>) -> String {
    let folder = model.plan.paper.folder();
    let kind = match slip.kind {
        SlipKind::Password => "password".to_owned(),
        SlipKind::Pin { key } => format!("key-{}", key + 1),
    };
    let half = half.map(|half| format!("-half-{}", half.name().to_lowercase())).unwrap_or_default();
    let ending = model.plan.paper.format.ending();
    format!("{folder}/slip-{}-{}-{kind}{half}.{ending}", slip.number, slip.slot.key())
}

pub(super) fn type_back(
    work: &mut SlipWork,
    (file, checked_by_file): (Option<String>, ByFile),
) -> Vec<Effect> {
    work.state = match work.maker {
        Maker::Program => SlipWorkState::TypingBack { line: 0, file, checked_by_file },
        Maker::Person => SlipWorkState::Writing,
    };
    Vec::new()
}

/// Only a whole slip: a half is typed back by its custodian, a chosen PIN by whoever chose it.
fn read_back(work: &mut SlipWork, file: &str) -> Vec<Effect> {
    let is_whole = work.people == People::One && work.maker == Maker::Program;
    let Some(secret) = work.secret.filter(|_| is_whole) else { return Vec::new() };
    type_back(work, (Some(file.to_owned()), ByFile::Yes));
    vec![Effect::ReadBack { secret, file: file.to_owned() }]
}

fn checked(model: &mut Model, line: usize, judged: Judged) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    let last = lines(work.length_now());
    let SlipWorkState::TypingBack { line: expected, checked_by_file, .. } = &mut work.state else {
        return Vec::new();
    };
    if line != *expected {
        return Vec::new();
    }
    work.judged = Some(judged);
    if judged != Judged::Right {
        work.wrong += 1;
        return Vec::new();
    }
    *expected += 1;
    let by = match checked_by_file {
        ByFile::Yes => Checked::FileReadBack,
        ByFile::No => Checked::TypedBack,
    };
    match (*expected < last, work.people) {
        (true, _) => Vec::new(),
        (false, People::One) => confirm(model, by),
        (false, People::Two { .. }) => halves::typed_back(work),
    }
}

/// The slip is on paper, and was read from there: it counts from now on.
pub(super) fn confirm(model: &mut Model, by: Checked) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    work.slip.state = SlipState::Confirmed;
    work.slip.checked = Some(by);
    let mut effects = vec![Effect::Remember(Entry::Slip(work.slip.clone()))];
    effects.extend(work.secrets().into_iter().map(Effect::Forget));
    work.secret = None;
    let slot = work.slip.slot;
    match work.slip.kind {
        SlipKind::Password if !model.facts.is_by_hand() => {
            work.state = SlipWorkState::Revoking;
            effects.push(Effect::Do(Action::RevokeSessions { slot, id: model.account_id(slot) }));
        }
        SlipKind::Password | SlipKind::Pin { .. } => {
            model.said = Some(on_paper(&work.slip));
            overview::show(model);
        }
    }
    effects
}

/// What was reached, and what the hands do next.
fn on_paper(slip: &Slip) -> String {
    let number = slip.number;
    match (slip.checked, slip.halves.is_empty(), slip.safe.as_str()) {
        (Some(Checked::FileReadBack), _, _) => {
            format!("Slip {number} stands in its file and was read back. Print the file and destroy it.")
        }
        (_, true, "") => format!("Slip {number} is on paper and was typed back. Seal it into its envelope."),
        (_, true, safe) => {
            format!(
                "Slip {number} is on paper and was typed back. Seal it into its envelope, for safe {safe}."
            )
        }
        (_, false, _) => format!("Both halves of slip {number} are on paper, typed back and sealed."),
    }
}

pub(super) fn start_over(model: &mut Model) -> Vec<Effect> {
    let Stage::Slip(work) = &model.stage else { return Vec::new() };
    let (slot, kind, length) = (work.slip.slot, work.slip.kind, work.length);
    let (route, qr) = (work.route, work.qr);
    let mut effects: Vec<Effect> = work.secrets().into_iter().map(Effect::Forget).collect();
    effects.extend(begin(model, (slot, kind, length)));
    if let Stage::Slip(work) = &mut model.stage {
        (work.route, work.qr) = (route, qr);
        effects.extend(make(work));
    }
    effects
}

/// Leaves in the middle: the secret is forgotten and counts as lost.
pub(super) fn abandon(model: &mut Model) -> Vec<Effect> {
    let Stage::Slip(work) = &model.stage else { return Vec::new() };
    let effects = work.secrets().into_iter().map(Effect::Forget).collect();
    let why = match work.maker {
        Maker::Program => "It was not typed back, so its secret counts as lost.",
        Maker::Person => "Its PIN was not typed twice from it, so nobody knows whether it can be read.",
    };
    let next = match work.people {
        People::One => "Destroy what was printed or copied, and make a new slip.",
        People::Two { .. } => {
            "Destroy what was printed or copied of either half, and make a new slip with both people."
        }
    };
    model.trouble = Some(Trouble::new("The slip was not confirmed.", why, next));
    overview::show(model);
    effects
}

/// The slip cannot go on: everything in memory about it is forgotten.
pub(super) fn stop(model: &mut Model, trouble: Trouble) -> Vec<Effect> {
    let secrets = match &model.stage {
        Stage::Slip(work) => work.secrets(),
        _ => Vec::new(),
    };
    model.trouble = Some(trouble);
    overview::show(model);
    secrets.into_iter().map(Effect::Forget).collect()
}
