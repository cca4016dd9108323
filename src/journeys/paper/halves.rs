//! A password for two people, as states: one is in the room and the other is not, then nothing is shown, then it is the
//! other's turn.
//!
//! Once the password is set it is taken apart in the vault and the whole is forgotten. From then on no screen, page or
//! message can name more than the half whose custodian is in the room; the first half is forgotten before the second
//! one's custodian comes in. A half alone is worth nothing: until both are typed back, the slip counts as lost.

use crate::domain::record::{Checked, Entry, Half, HalfSlip, SlipState};
use crate::domain::secret::SecretId;
use crate::domain::text::clean;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Model, People, SlipWork, SlipWorkState, Stage};
use crate::journeys::paper::printing::to_paper;
use crate::journeys::paper::slip_screens::lost;
use crate::journeys::paper::slips::{abandon, confirm, stop};
use crate::journeys::screen::{Block, Choice, Question, Screen, Work};

/// The secret goes to paper; one for two people is taken apart first.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    match (work.people, work.secret) {
        (People::Two { .. }, Some(whole)) => {
            work.state = SlipWorkState::Splitting;
            vec![Effect::Split(whole)]
        }
        _ => to_paper(model),
    }
}

/// Whether the slip is between two people, where this file decides.
pub(super) fn is_here(work: &SlipWork) -> bool {
    matches!(
        work.state,
        SlipWorkState::Splitting | SlipWorkState::ComingIn | SlipWorkState::TakingHalf { .. }
    )
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::Slip(work) = &model.stage else { return Vec::new() };
    match (work.state.clone(), msg) {
        (SlipWorkState::Splitting, Msg::Split(Ok(halves))) => apart(model, halves),
        (SlipWorkState::Splitting, Msg::Split(Err(trouble))) => stop(model, trouble),
        (SlipWorkState::ComingIn, Msg::Continue) => to_paper(model),
        (SlipWorkState::TakingHalf { custodian: None, .. }, Msg::Answer(text)) => named(model, &text),
        (SlipWorkState::TakingHalf { custodian: Some(custodian), .. }, Msg::Answer(text)) => {
            sealed(model, custodian, &text)
        }
        (SlipWorkState::ComingIn | SlipWorkState::TakingHalf { .. }, Msg::Back) => abandon(model),
        _ => Vec::new(),
    }
}

fn apart(model: &mut Model, (a, b): (SecretId, SecretId)) -> Vec<Effect> {
    turn(model, (Half::A, a, Some(b)));
    Vec::new()
}

/// It is the turn of the custodian of `half`; nothing is shown before they say that they are there.
fn turn(model: &mut Model, (half, secret, other): (Half, SecretId, Option<SecretId>)) {
    let Stage::Slip(work) = &mut model.stage else { return };
    work.secret = Some(secret);
    work.people = People::Two { half, other };
    (work.wrong, work.judged) = (0, None);
    work.state = SlipWorkState::ComingIn;
}

/// The last line of a half was right: its custodian takes it.
pub(super) fn typed_back(work: &mut SlipWork) -> Vec<Effect> {
    work.state = SlipWorkState::TakingHalf { custodian: None, problem: None };
    Vec::new()
}

/// Who takes the half: the plan's custodian, unless another name is typed; never who took the other one.
fn named(model: &mut Model, text: &str) -> Vec<Effect> {
    let (_, planned) = keeper(model);
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    let typed = clean(text.trim());
    let name = if typed.is_empty() { planned } else { typed };
    let has_other = |half: &HalfSlip| half.custodian.trim().to_lowercase() == name.trim().to_lowercase();
    let problem = match work.slip.halves.iter().find(|half| has_other(half)) {
        Some(half) => {
            Some(format!("{name} has half {} already; nobody takes both halves.", half.half.name()))
        }
        None if name.is_empty() => Some("Somebody must take it: write the name.".to_owned()),
        None => None,
    };
    let custodian = problem.is_none().then_some(name);
    work.state = SlipWorkState::TakingHalf { custodian, problem };
    Vec::new()
}

/// Safe, with its place, and custodian that the plan has for the half that is on its way.
fn keeper(model: &Model) -> (String, String) {
    match &model.stage {
        Stage::Slip(work) => work.half().map(|half| planned(model, work, half)).unwrap_or_default(),
        _ => Default::default(),
    }
}

/// The same for either half.
fn planned(model: &Model, work: &SlipWork, half: Half) -> (String, String) {
    let account = model.plan.account(work.slip.slot);
    let (safe, custodian) = account.map(|account| account.keeper(half)).unwrap_or_default();
    (model.plan.safe_and_place(safe), custodian.to_owned())
}

fn sealed(model: &mut Model, custodian: String, text: &str) -> Vec<Effect> {
    let seal = clean(text.trim());
    let (safe, _) = keeper(model);
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    let People::Two { half, other } = work.people else { return Vec::new() };
    if seal.is_empty() {
        let problem = Some("Write the number on the seal, or \"none\" if it has none.".to_owned());
        work.state = SlipWorkState::TakingHalf { custodian: Some(custodian), problem };
        return Vec::new();
    }
    let file = work.slip.file.take();
    work.slip.halves.push(HalfSlip { half, custodian, safe, seal, file });
    match other {
        Some(other) => next(model, other),
        None => confirm(model, Checked::TypedBack),
    }
}

/// The first half is out of the room and out of the vault; the slip does not count before the second one is.
fn next(model: &mut Model, other: SecretId) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    let mut effects = vec![Effect::Remember(Entry::Slip(work.slip.clone()))];
    effects.extend(work.secret.take().map(Effect::Forget));
    turn(model, (Half::B, other, None));
    effects
}

/// What is told before the secret is made: who takes what, one after the other.
pub(super) fn announced(model: &Model, work: &SlipWork) -> Vec<Block> {
    let line = |half: Half| {
        let (safe, custodian) = planned(model, work, half);
        format!("Half {}: {custodian}, for safe {safe}", half.name())
    };
    let mut blocks = vec![
        Block::Text(
            "It is made for two people. Each sees, prints or copies, and types back their own half only, alone in the \
             room, and takes it away in a sealed envelope. Both have to be at hand now."
                .to_owned(),
        ),
        Block::List(Half::BOTH.map(line).to_vec()),
    ];
    if model.facts.is_by_hand() {
        blocks.push(Block::Text(
            "Seal the envelopes only after the change at the portal: there, too, each types their own half, half A \
             first, while the other one looks away."
                .to_owned(),
        ));
    }
    blocks
}

/// Fills the screen between two people.
pub(super) fn fill(model: &Model, work: &SlipWork, screen: &mut Screen) {
    match &work.state {
        SlipWorkState::ComingIn => coming_in(model, work, screen),
        SlipWorkState::TakingHalf { custodian, problem } => {
            taking(model, (custodian.as_deref(), problem.as_ref()), screen);
        }
        _ => screen.work = Some(Work::endless("taking the password apart for two people")),
    }
}

/// The hidden screen: whoever looks at it learns nothing.
fn coming_in(model: &Model, work: &SlipWork, screen: &mut Screen) {
    let Some(half) = work.half() else { return };
    let (safe, custodian) = planned(model, work, half);
    screen.prose.push(Block::Text("Nothing secret is on this screen.".to_owned()));
    screen.prose.push(Block::Steps(match half {
        Half::A => {
            let (_, other) = planned(model, work, Half::B);
            let alone = format!("{other} leaves the room, and so does everybody else.");
            lost_before(model, work).into_iter().chain([alone, stays(&custodian, &safe)]).collect()
        }
        Half::B => leaving(work).into_iter().chain([comes(&custodian, &safe)]).collect(),
    }));
    let label = format!("{custodian} is here, alone: go on with half {}", half.name());
    screen.choices.push(Choice::writes('y', label, Msg::Continue));
    screen.choices.push(lost());
}

/// A slip that was given up: its halves are not mistaken for these.
fn lost_before(model: &Model, work: &SlipWork) -> Option<String> {
    let before = work.slip.replaces.and_then(|number| model.evidence.slips.get(&number))?;
    let is_lost = before.state == SlipState::Made;
    is_lost.then(|| format!("Whatever there is of slip {} is destroyed: it was given up.", before.number))
}

fn stays(custodian: &str, safe: &str) -> String {
    format!("{custodian} stays here alone, and gets half A, for safe {safe}.")
}

fn comes(custodian: &str, safe: &str) -> String {
    format!("{custodian} comes in, alone, and gets half B, for safe {safe}.")
}

/// What has to be gone before the second person comes in.
fn leaving(work: &SlipWork) -> Vec<String> {
    let taken = work.slip.halves.iter().map(|taken| {
        let (who, name) = (&taken.custodian, taken.half.name());
        let file = taken.file.as_ref().map(|file| format!("{who} destroys the file {file}."));
        let leaves = format!("{who} leaves the room with half {name} in its envelope, seal {}.", taken.seal);
        file.into_iter().chain([leaves])
    });
    taken.flatten().collect()
}

/// Who takes the half, and under which seal.
fn taking(model: &Model, (custodian, problem): (Option<&str>, Option<&String>), screen: &mut Screen) {
    let Stage::Slip(work) = &model.stage else { return };
    let Some(half) = work.half() else { return };
    let (safe, planned) = keeper(model);
    let name = half.name();
    screen.prose.push(Block::Text(format!(
        "Half {name} is on paper and was read from there. Fold it, put it into an envelope alone, and seal the \
         envelope. It goes to safe {safe}."
    )));
    let (prompt, preset) = match custodian {
        None => (format!("Who takes half {name} (name)"), planned),
        Some(_) => (format!("Seal number of the envelope with half {name}"), String::new()),
    };
    screen.question = Some(Question::Text { prompt, preset, problem: problem.cloned() });
    screen.choices.push(lost());
}
