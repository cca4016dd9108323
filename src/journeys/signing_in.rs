//! Signing in: at the start, and again in the middle of the work when the tenant asks for a fresh or stronger sign-in.
//!
//! What was under way is parked. Afterwards nothing is taken for granted: a reading is made again, and a write is
//! derived again from what is read then. Where a stage writes by itself (a pass, a slip's password), its one write is
//! sent again; doing it twice is the same as doing it once.

use crate::domain::connection::sign_in::{Audience, Demand, Prompt};
use crate::domain::trouble::Trouble;
use crate::domain::write::action::Action;
use crate::journeys::message::{Done, Effect, Msg, Needed, NeededBy, Typed};
use crate::journeys::model::{Model, Parked, SigningIn, Stage, Then, Working};
use crate::journeys::screen::{Block, Choice, Question, Screen, Source, Work};
use crate::journeys::{errand, frame, repair, start, update};

/// Signs in for the first time.
pub(super) fn begin(model: &mut Model) -> Vec<Effect> {
    begin_with(model, SigningIn::default())
}

fn begin_with(model: &mut Model, signing_in: SigningIn) -> Vec<Effect> {
    let demand = signing_in.demand.clone();
    model.stage = Stage::SigningIn(Box::new(signing_in));
    vec![Effect::SignIn(demand)]
}

/// Parks what was under way and signs in again.
pub(super) fn needed(model: &mut Model, needed: Needed) -> Vec<Effect> {
    let Needed { demand, by } = needed;
    let parked = Parked {
        stage: std::mem::replace(&mut model.stage, Stage::Over),
        reading: model.reading.take(),
        by: by.clone(),
    };
    let in_vain = demand.claims.is_some() && model.answered.as_ref() == Some(&demand);
    let signing_in = SigningIn { demand, parked: Some(parked), ..SigningIn::default() };
    if in_vain {
        model.stage = Stage::SigningIn(Box::new(signing_in));
        return without(model, in_vain_trouble());
    }
    begin_with(model, signing_in)
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::SigningIn(signing_in) = &mut model.stage else { return Vec::new() };
    match msg {
        Msg::SignInAt(prompt) => {
            let opened = opened(&prompt);
            signing_in.typing = (prompt == Prompt::Secret).then_some(Typed::ClientSecret);
            signing_in.prompt = Some(prompt);
            opened.map(Effect::Open).into_iter().collect()
        }
        Msg::SignedIn(Ok(())) => signed_in(model),
        Msg::SignedIn(Err(trouble)) => {
            (signing_in.prompt, signing_in.typing) = (None, None);
            model.trouble = Some(trouble);
            Vec::new()
        }
        Msg::NotTaken(trouble) => {
            model.trouble = Some(trouble);
            Vec::new()
        }
        Msg::Elsewhere => {
            signing_in.typing = Some(Typed::Address);
            Vec::new()
        }
        Msg::Entered(secret) => match signing_in.typing.take() {
            Some(typed) => vec![Effect::TakeTyped { secret, typed, audience: signing_in.demand.audience }],
            None => vec![Effect::Forget(secret)],
        },
        Msg::StartOver => begin_again(model),
        Msg::OpenAddress => {
            signing_in.prompt.as_ref().and_then(opened).map(Effect::Open).into_iter().collect()
        }
        Msg::Skip => without(model, declined_trouble()),
        Msg::Back => back(model),
        _ => Vec::new(),
    }
}

fn opened(prompt: &Prompt) -> Option<String> {
    match prompt {
        Prompt::Browser { address, .. } | Prompt::Code { address, .. } => Some(address.clone()),
        Prompt::Secret => None,
    }
}

fn begin_again(model: &mut Model) -> Vec<Effect> {
    let Stage::SigningIn(signing_in) = &mut model.stage else { return Vec::new() };
    (signing_in.prompt, signing_in.typing) = (None, None);
    vec![Effect::SignIn(signing_in.demand.clone())]
}

/// Back from typing to waiting, else home; work that is parked is never left this way.
fn back(model: &mut Model) -> Vec<Effect> {
    let Stage::SigningIn(signing_in) = &mut model.stage else { return Vec::new() };
    let was_typing = signing_in.typing.take() == Some(Typed::Address);
    if !was_typing && signing_in.parked.is_none() {
        model.stage = Stage::Home;
        if model.repair.is_some() {
            return repair::cases(model);
        }
    }
    Vec::new()
}

fn signed_in(model: &mut Model) -> Vec<Effect> {
    let Stage::SigningIn(signing_in) = std::mem::replace(&mut model.stage, Stage::Over) else {
        return Vec::new();
    };
    model.answered = Some(signing_in.demand);
    match signing_in.parked {
        None => start::first_look(model),
        Some(parked) => resume(model, parked),
    }
}

/// Takes up what was parked.
fn resume(model: &mut Model, parked: Parked) -> Vec<Effect> {
    model.stage = parked.stage;
    match parked.by {
        NeededBy::Reading => match parked.reading {
            Some(looking) => {
                let areas: Vec<_> = looking.left.iter().copied().collect();
                update::read(model, &areas, looking.then)
            }
            None => Vec::new(),
        },
        NeededBy::Watching(area) => vec![update::watch(model, area)],
        NeededBy::Write(action) => again(model, *action),
    }
}

/// In a consent list the write is derived again from facts; elsewhere, and where no step derives it, it is sent again.
fn again(model: &mut Model, action: Action) -> Vec<Effect> {
    if errand::is_about(model, &action) {
        return vec![Effect::Do(action)];
    }
    let Stage::Working(working) = &mut model.stage else { return vec![Effect::Do(action)] };
    if matches!(action, Action::RestorePolicy { .. }) {
        return vec![Effect::Do(action)];
    }
    let stale = put_back(working, &action);
    update::read(model, &stale, Then::Derive)
}

fn put_back(working: &mut Working, action: &Action) -> Vec<crate::domain::facts::Area> {
    working.doing = None;
    working.queue.clear();
    working.consented.insert(action.key());
    action.stale().to_vec()
}

/// Goes on without the sign-in: what needs it stays unread or unwritten, and says why.
fn without(model: &mut Model, trouble: Trouble) -> Vec<Effect> {
    let Stage::SigningIn(signing_in) = std::mem::replace(&mut model.stage, Stage::Over) else {
        return Vec::new();
    };
    let mut effects = vec![Effect::Decline(signing_in.demand.audience)];
    let Some(parked) = signing_in.parked else { return effects };
    match parked.by {
        NeededBy::Write(action) => {
            model.stage = parked.stage;
            let done = Done { action: *action, result: Err(trouble) };
            effects.extend(update::take(model, Msg::Did(Box::new(done))));
        }
        NeededBy::Reading | NeededBy::Watching(_) => effects.extend(resume(model, parked)),
    }
    effects
}

fn in_vain_trouble() -> Trouble {
    Trouble::new(
        "The tenant asks for a stronger sign-in again.",
        "The sign-in just made did not bring what it asks for.",
        "Sign in with another method (a security key), or do this by hand.",
    )
}

fn declined_trouble() -> Trouble {
    Trouble::new(
        "This was not done.",
        "It needs a sign-in, and it was chosen to go on without.",
        "Run the program again and sign in when it asks.",
    )
}

/// The sign-in screen.
pub(super) fn screen(model: &Model, signing_in: &SigningIn) -> Screen {
    let again = if signing_in.parked.is_some() { "Sign in again" } else { "Sign in" };
    let mut screen = frame::of(model, again);
    screen.prose.push(Block::Text(reason(model, signing_in)));
    match (&signing_in.typing, &signing_in.prompt) {
        (Some(Typed::ClientSecret), _) => ask_secret(&mut screen),
        (Some(Typed::Address), Some(prompt)) => elsewhere(&mut screen, prompt),
        (_, prompt) => wait(model, &mut screen, prompt.as_ref()),
    }
    if signing_in.parked.is_some() {
        screen.choices.push(Choice::safe('g', "Go on without; what needs it stays open", Msg::Skip));
        screen.choices.push(Choice::safe('q', "Leave; the next run goes on here", Msg::Quit));
    } else {
        screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    }
    screen
}

fn reason(model: &Model, signing_in: &SigningIn) -> String {
    let Demand { audience, claims } = &signing_in.demand;
    match (&signing_in.parked, claims) {
        (None, _) if model.repair.is_some() => {
            "Sign in as another administrator than the account that is repaired. The other emergency access account is \
             accepted where nobody else gets in; that is a use, and is recorded as one."
                .to_owned()
        }
        (None, _) => {
            "Sign in as an administrator of the tenant, not as an emergency access account. The program \
                      waits here."
                .to_owned()
        }
        (Some(_), Some(_)) => format!(
            "{} asks for a stronger sign-in before this goes on: sign in as before, with the second factor it asks \
             for. What was under way is kept and derived again afterwards.",
            audience.words()
        ),
        (Some(_), None) if *audience != Audience::Graph => format!(
            "{} wants a sign-in of its own. Sign in as before; what was under way goes on afterwards.",
            audience.words()
        ),
        (Some(_), None) => {
            "The sign-in has ended. Sign in as before; what was under way is kept and derived again \
                            afterwards."
                .to_owned()
        }
    }
}

fn wait(model: &Model, screen: &mut Screen, prompt: Option<&Prompt>) {
    if model.trouble.is_some() && prompt.is_none() {
        screen.choices.push(Choice::safe('r', "Try again", Msg::StartOver));
        return;
    }
    screen.work = Some(Work::endless("waiting for the sign-in"));
    match prompt {
        Some(Prompt::Browser { short, .. }) => {
            screen.prose.push(Block::Text(
                "The sign-in page opens in the browser. If it does not, open this address on this machine:"
                    .to_owned(),
            ));
            screen.prose.push(Block::Verbatim(vec![short.clone()]));
            screen.choices.push(Choice::safe('o', "Open the page again", Msg::OpenAddress));
            screen.choices.push(Choice::safe('l', "Sign in on another computer (over SSH)", Msg::Elsewhere));
        }
        Some(Prompt::Code { address, code, minutes }) => {
            screen.prose.push(Block::Text("On any device, open this page and enter the code:".to_owned()));
            screen.prose.push(Block::Pairs(vec![
                ("Page".to_owned(), address.clone()),
                ("Code".to_owned(), code.clone()),
                ("Good for".to_owned(), format!("{minutes} minutes")),
            ]));
            screen.prose.push(Block::Qr(address.clone()));
            screen.choices.push(Choice::safe('o', "Open the page on this machine", Msg::OpenAddress));
        }
        Some(Prompt::Secret) | None => {}
    }
}

fn ask_secret(screen: &mut Screen) {
    screen.prose.push(Block::Text(
        "The app signs in with its client secret. It is kept in memory only, for this run.".to_owned(),
    ));
    screen.question = Some(Question::Secret { prompt: "Client secret".to_owned(), source: Source::Screen });
}

/// The sign-in on another computer: the long address there, and the way back by pasting. Also for the sign-in test.
pub(super) fn elsewhere(screen: &mut Screen, prompt: &Prompt) {
    let Prompt::Browser { address, .. } = prompt else { return };
    screen.prose.push(Block::Steps(vec![
        "Open the address below in a browser on the other computer and sign in there.".to_owned(),
        "At the end that browser shows that it cannot reach a page at http://localhost. That is expected.".to_owned(),
        "Copy the whole address out of its address line and paste it here. It is not shown, and it is good once."
            .to_owned(),
    ]));
    screen.prose.push(Block::Verbatim(vec![address.clone()]));
    screen.question =
        Some(Question::Secret { prompt: "Address of the last page".to_owned(), source: Source::Screen });
    screen.choices.push(Choice::safe('w', "Wait for the browser on this machine", Msg::Back));
}
