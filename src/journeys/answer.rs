//! What the plan answers, when nobody sits at the console. It never guesses: where the plan is silent, the question is
//! skipped and stays open.

use crate::domain::action::Action;
use crate::domain::ask::Ask;
use crate::domain::plan::Route;
use crate::journeys::message::Msg;
use crate::journeys::model::{
    Attesting, Consent, Model, RegisteringState, SlipWork, SlipWorkState, Stage, TestingState,
};
use crate::journeys::{overview, start};

/// What to do without a person.
#[derive(Debug, Clone, PartialEq)]
pub enum Answer {
    /// Say this.
    Say(Msg),
    /// Wait for the world.
    Wait,
    /// Nothing can be said; leave.
    Stop,
}

/// What the plan answers to the present screen.
pub fn answer(model: &Model) -> Answer {
    if model.reading.is_some() || model.unrecorded > 0 && !matches!(model.stage, Stage::Stuck(_)) {
        return Answer::Wait;
    }
    match &model.stage {
        Stage::Home => Answer::Say(Msg::BeginSetup),
        Stage::Guide(_) => Answer::Say(Msg::Back),
        Stage::SigningIn(_) if model.trouble.is_some() => Answer::Stop,
        Stage::SigningIn(_) | Stage::Working(_) | Stage::AwaitingRecipients(_) => Answer::Wait,
        Stage::Looked if start::readable(model) => Answer::Say(Msg::Continue),
        Stage::Planning(_) if model.trouble.is_none() => Answer::Say(Msg::AcceptPlan),
        Stage::Overview => overview_answer(model),
        Stage::ByHand => Answer::Say(Msg::Back),
        Stage::Consent(consent) => Answer::Say(consent_answer(consent)),
        Stage::Attesting(attesting) => Answer::Say(attest(model, attesting)),
        Stage::Registering(registering) => match registering.state {
            RegisteringState::Announced => Answer::Say(Msg::Consent),
            RegisteringState::Issuing | RegisteringState::Awaiting { .. } | RegisteringState::Closing => {
                Answer::Wait
            }
        },
        Stage::Slip(work) => slip_answer(work),
        Stage::Testing(testing) => match testing.state {
            TestingState::Announced => Answer::Say(Msg::Consent),
            TestingState::ByHand { .. } => Answer::Say(Msg::Back),
            TestingState::Awaiting(_) | TestingState::Revoking | TestingState::AwaitingLog(_) => Answer::Wait,
        },
        // The last look may show what an earlier one did not show yet.
        Stage::Summary => Answer::Say(overview::suggestion(model).map_or(Msg::Leave, Msg::GoTo)),
        Stage::Projected => Answer::Say(Msg::Leave),
        Stage::Looked | Stage::Planning(_) | Stage::Stuck(_) | Stage::Leaving(_) | Stage::Over => {
            Answer::Stop
        }
    }
}

/// Writes first, then questions, then the next step that has something, then the end.
fn overview_answer(model: &Model) -> Answer {
    let here = overview::step(model);
    let case = model.case();
    let is_new = |key: &String| !model.put.contains(key);
    if (here.actions)(&case).iter().any(|a| is_new(&a.key())) {
        return Answer::Say(Msg::DoForMe);
    }
    if let Some(index) = (here.asks)(&case).iter().map(Ask::key).position(|key| is_new(&key)) {
        return Answer::Say(Msg::Begin(index));
    }
    Answer::Say(Msg::NextStep)
}

/// The plan consents to what it asks for; putting a policy back is for a person to decide.
fn consent_answer(consent: &Consent) -> Msg {
    let restores = consent.actions.iter().any(|a| matches!(a, Action::RestorePolicy { .. }));
    if consent.actions.is_empty() || restores { Msg::Back } else { Msg::Consent }
}

fn attest(model: &Model, attesting: &Attesting) -> Msg {
    match model.plan.attestation(&attesting.about, model.case().tenant()) {
        Some(found) => {
            Msg::Vouch { person: found.person.clone(), date: found.date, note: found.note.clone() }
        }
        None => Msg::Skip,
    }
}

/// Only a written file can be read back by the program; copying by hand needs a hand.
fn slip_answer(work: &SlipWork) -> Answer {
    match &work.state {
        SlipWorkState::Announced if work.route == Route::File => Answer::Say(Msg::Consent),
        SlipWorkState::Announced => Answer::Say(Msg::Skip),
        SlipWorkState::Printed(_) => Answer::Say(Msg::ReadFileBack),
        SlipWorkState::Copying => Answer::Say(Msg::Back),
        SlipWorkState::TypingBack { .. } if work.wrong > 0 => Answer::Say(Msg::Back),
        SlipWorkState::TypingBack { .. }
        | SlipWorkState::Making
        | SlipWorkState::Setting { .. }
        | SlipWorkState::Reading { .. }
        | SlipWorkState::Printing
        | SlipWorkState::Revoking => Answer::Wait,
    }
}
