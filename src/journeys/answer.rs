//! What the plan answers, when nobody sits at the console. It never guesses: where the plan is silent, the question is
//! skipped and stays open.

use crate::domain::check::id::CheckId;
use crate::domain::check::subject::CheckSubject;
use crate::domain::connection::sign_in::Audience;
use crate::domain::plan::Route;
use crate::domain::slot::Slot;
use crate::domain::write::action::Action;
use crate::journeys::message::Msg;
use crate::journeys::model::{
    Attesting, Consent, Model, People, RegisteringState, SlipWork, SlipWorkState, Stage, TestingState,
};
use crate::journeys::{overview, start, tasks};
use crate::steps::custody;

/// Who signs in at a rehearsal.
const SIMULATED: &str = "simulated person of the rehearsal";

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
        // What needs Azure stays open; the rest goes on.
        Stage::SigningIn(stage)
            if model.trouble.is_some()
                && stage.parked.is_some()
                && stage.demand.audience != Audience::Graph =>
        {
            Answer::Say(Msg::Skip)
        }
        Stage::SigningIn(stage) if model.trouble.is_some() || stage.typing.is_some() => Answer::Stop,
        Stage::SigningIn(_) | Stage::Working(_) | Stage::AwaitingRecipients(_) => Answer::Wait,
        Stage::Looked if start::readable(model) => Answer::Say(next_ask(model).unwrap_or(Msg::Continue)),
        Stage::Planning(_) if model.trouble.is_none() => Answer::Say(Msg::AcceptPlan),
        Stage::Overview => overview_answer(model),
        Stage::ByHand | Stage::Tasks(_) => Answer::Say(Msg::Back),
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
            TestingState::Announced => Answer::Say(test_answer(model, testing.slot)),
            TestingState::Who(_) => Answer::Say(tester(model, testing.slot)),
            TestingState::ByHand { .. } => Answer::Say(Msg::Back),
            TestingState::Awaiting(_)
            | TestingState::Elsewhere(_)
            | TestingState::Revoking
            | TestingState::AwaitingLog(_) => Answer::Wait,
        },
        // The last look may show what an earlier one did not show yet.
        Stage::Summary => Answer::Say(overview::suggestion(model).map_or(Msg::Leave, Msg::GoTo)),
        Stage::Projected => Answer::Say(Msg::Leave),
        // Nobody is there to type it; with --yes-write-to it is never asked.
        Stage::Naming(_) => Answer::Stop,
        Stage::HandOver(_) | Stage::Pages(_) | Stage::Calibrating(_) => Answer::Say(Msg::Back),
        Stage::Looked
        | Stage::Repair(_)
        | Stage::OtherTenant { .. }
        | Stage::Planning(_)
        | Stage::Stuck(_)
        | Stage::Leaving(_)
        | Stage::Over => Answer::Stop,
    }
}

/// Writes first, then questions, then the next step that has something, then the end.
fn overview_answer(model: &Model) -> Answer {
    let here = overview::step(model);
    if !overview::has_more(model, here) {
        return Answer::Say(Msg::NextStep);
    }
    if here.actions(&model.case()).iter().any(|a| !model.put.contains(a.key().as_str())) {
        return Answer::Say(Msg::DoForMe);
    }
    Answer::Say(next_ask(model).unwrap_or(Msg::NextStep))
}

/// The first question of the screen that was not put yet. Before step 1 there are some only without a connection.
fn next_ask(model: &Model) -> Option<Msg> {
    if model.stage == Stage::Looked && !model.facts.is_by_hand() {
        return None;
    }
    tasks::asks(model).iter().position(|ask| !model.put.contains(&ask.key())).map(Msg::Begin)
}

/// The plan consents to what it asks for; putting a policy back is for a person to decide.
fn consent_answer(consent: &Consent) -> Msg {
    let restores = consent.actions.iter().any(|a| matches!(a, Action::RestorePolicy { .. }));
    if consent.actions.is_empty() || restores { Msg::Back } else { Msg::Consent }
}

fn attest(model: &Model, attesting: &Attesting) -> Msg {
    let about = attesting.about.first().map(|attest| &attest.about);
    about.and_then(|about| vouch(model, about)).unwrap_or(Msg::Skip)
}

/// What the plan says about `subject` in this tenant; a word about what the safes withstand may be about all of them.
fn vouch(model: &Model, subject: &CheckSubject) -> Option<Msg> {
    let case = model.case();
    let word = |about: &CheckSubject| model.plan.attestation(about, case.tenant());
    let found = word(subject).or_else(|| word(&custody::of_all(subject)?))?;
    Some(Msg::Vouch { person: found.person.clone(), date: found.date, note: found.note.clone() })
}

/// By hand a test is what somebody says about it.
fn test_answer(model: &Model, slot: Slot) -> Msg {
    match model.facts.is_by_hand() {
        true => vouch(model, &CheckId::TestSignIn.of(slot)).unwrap_or(Msg::Back),
        false => Msg::Consent,
    }
}

/// Who tests: the person named by the plan's word about this sign-in; in a rehearsal it is the simulated one. Elsewhere
/// nobody's name is made up.
fn tester(model: &Model, slot: Slot) -> Msg {
    let planned = model.plan.attestation(&CheckId::TestSignIn.of(slot), model.case().tenant());
    match planned {
        Some(word) => Msg::Answer(word.person.clone()),
        None if model.session.mark == "LIVE" => Msg::Skip,
        None => Msg::Answer(SIMULATED.to_owned()),
    }
}

/// Only a written file can be read back by the program; copying by hand needs a hand.
fn slip_answer(work: &SlipWork) -> Answer {
    match &work.state {
        // Two people type their halves themselves: no file can stand in for either.
        SlipWorkState::Announced if work.route == Route::File && work.people == People::One => {
            Answer::Say(Msg::Consent)
        }
        SlipWorkState::Announced => Answer::Say(Msg::Skip),
        SlipWorkState::Printed(_) => Answer::Say(Msg::ReadFileBack),
        SlipWorkState::Copying
        | SlipWorkState::Choosing(_)
        | SlipWorkState::Naming { .. }
        | SlipWorkState::AtPrinter
        | SlipWorkState::AtWork { .. }
        | SlipWorkState::Taking
        | SlipWorkState::ComingIn
        | SlipWorkState::TakingHalf { .. }
        | SlipWorkState::Writing
        | SlipWorkState::TypingPin { .. }
        | SlipWorkState::Doubting => Answer::Say(Msg::Back),
        SlipWorkState::TypingBack { .. } if work.wrong > 0 => Answer::Say(Msg::Back),
        SlipWorkState::TypingBack { .. }
        | SlipWorkState::Making
        | SlipWorkState::Setting { .. }
        | SlipWorkState::Reading { .. }
        | SlipWorkState::Printing
        | SlipWorkState::Splitting
        | SlipWorkState::Weighing
        | SlipWorkState::Comparing(_)
        | SlipWorkState::Revoking => Answer::Wait,
    }
}
