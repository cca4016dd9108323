//! A PIN that a person chooses: no secret is made here, a blank slip is filled in with a pen, and the PIN is typed twice
//! from that paper.
//!
//! Both are compared in the vault and forgotten at once. It is never shown, never printed and never kept.

use crate::domain::paper::printing::Destination;
use crate::domain::plan::Route;
use crate::domain::record::{Checked, Entry, SlipKind};
use crate::domain::secret::SecretId;
use crate::domain::secret::pin::{LONGEST, SHORTEST, Weighed};
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Maker, Model, Moment, SlipWork, SlipWorkState, Stage};
use crate::journeys::paper::printing::{path, to_paper};
use crate::journeys::paper::slips::{abandon, confirm, file_name};
use crate::journeys::screen::{Block, Choice, Question, Screen, Source, Work};

/// Whether `msg` is about a PIN that a person chooses.
pub(super) fn is_here(work: &SlipWork, msg: &Msg) -> bool {
    match work.state {
        SlipWorkState::Announced => {
            let begins = *msg == Msg::Consent && work.maker == Maker::Person;
            begins || matches!(msg, Msg::ChoosePin | Msg::ProposePin)
        }
        SlipWorkState::Writing
        | SlipWorkState::TypingPin { .. }
        | SlipWorkState::Weighing
        | SlipWorkState::Doubting
        | SlipWorkState::Comparing(_) => true,
        _ => false,
    }
}

pub(super) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    match (work.state.clone(), msg) {
        (SlipWorkState::Announced, Msg::ChoosePin) => by(work, Maker::Person),
        (SlipWorkState::Announced, Msg::ProposePin) => by(work, Maker::Program),
        (SlipWorkState::Announced, Msg::Consent) => hand_out(model),
        (SlipWorkState::Writing | SlipWorkState::Doubting, Msg::Continue) => ask(work, None),
        (SlipWorkState::Writing, Msg::OtherRoute) => enter(work, SlipWorkState::Choosing(Moment::Made)),
        (SlipWorkState::TypingPin { .. }, Msg::Entered(typed)) => entered(work, typed),
        (SlipWorkState::Weighing, Msg::Weighed(weighed)) => weighed_as(work, weighed),
        (SlipWorkState::Doubting | SlipWorkState::TypingPin { .. }, Msg::ChoosePin) => another(work),
        (SlipWorkState::Comparing(again), Msg::Compared(same)) => compared(model, again, same),
        (SlipWorkState::Writing | SlipWorkState::TypingPin { .. } | SlipWorkState::Doubting, Msg::Back) => {
            abandon(model)
        }
        _ => Vec::new(),
    }
}

fn enter(work: &mut SlipWork, state: SlipWorkState) -> Vec<Effect> {
    work.state = state;
    Vec::new()
}

fn by(work: &mut SlipWork, maker: Maker) -> Vec<Effect> {
    if matches!(work.slip.kind, SlipKind::Pin { .. }) {
        work.maker = maker;
    }
    Vec::new()
}

/// The slip has its number from now on; a blank one is printed, or any paper will do.
fn hand_out(model: &mut Model) -> Vec<Effect> {
    let Stage::Slip(work) = &model.stage else { return Vec::new() };
    let mut effects = vec![Effect::Remember(Entry::Slip(work.slip.clone()))];
    effects.extend(to_paper(model));
    effects
}

fn ask(work: &mut SlipWork, problem: Option<String>) -> Vec<Effect> {
    enter(work, SlipWorkState::TypingPin { problem })
}

/// Typed for the first time it is looked at, the second time compared.
fn entered(work: &mut SlipWork, typed: SecretId) -> Vec<Effect> {
    match work.secret {
        None => {
            work.secret = Some(typed);
            work.state = SlipWorkState::Weighing;
            vec![Effect::Weigh(typed)]
        }
        Some(first) => {
            work.state = SlipWorkState::Comparing(typed);
            vec![Effect::Compare(first, typed)]
        }
    }
}

fn weighed_as(work: &mut SlipWork, weighed: Weighed) -> Vec<Effect> {
    match weighed {
        Weighed::Fine => ask(work, None),
        Weighed::Guessed => enter(work, SlipWorkState::Doubting),
        Weighed::TooShort | Weighed::TooLong | Weighed::OddCharacter => {
            work.state = SlipWorkState::TypingPin { problem: weighed.problem() };
            forget(work)
        }
    }
}

fn forget(work: &mut SlipWork) -> Vec<Effect> {
    work.secret.take().map(Effect::Forget).into_iter().collect()
}

/// The person thinks of another PIN, and writes it onto another slip.
fn another(work: &mut SlipWork) -> Vec<Effect> {
    work.state = SlipWorkState::Writing;
    forget(work)
}

fn compared(model: &mut Model, again: SecretId, same: bool) -> Vec<Effect> {
    let Stage::Slip(work) = &mut model.stage else { return Vec::new() };
    let mut effects = vec![Effect::Forget(again)];
    if same {
        effects.extend(confirm(model, Checked::ChosenAndTypedTwice));
        return effects;
    }
    work.wrong += 1;
    let problem =
        "You typed two different PINs. Both are forgotten: read the slip again and begin once more.";
    work.state = SlipWorkState::TypingPin { problem: Some(problem.to_owned()) };
    effects.extend(forget(work));
    effects
}

/// What is told before a blank slip is handed out.
pub(super) fn announced() -> Block {
    Block::Text(format!(
        "You choose the PIN yourself, {SHORTEST} to {LONGEST} digits and letters; eight random digits are good. Nothing \
         is made here: you write it onto a blank slip with a pen and type it twice from that paper. It is compared in \
         memory, never shown, and forgotten."
    ))
}

/// By which route the blank slip comes; it holds nothing secret.
pub(super) fn route_words(model: &Model, work: &SlipWork) -> String {
    let file = file_name(model, &work.slip, None);
    match Destination::of(&model.plan.paper, work.route, &file) {
        None if work.route == Route::ByHand => {
            "By hand: a blank slip that lies there, or any sheet of paper.".to_owned()
        }
        None => format!("A blank slip by {}; which one is asked first.", work.route.words()),
        Some(Destination::File(file)) => {
            format!("A blank slip is written to {}, for you to print.", path(model, &file))
        }
        Some(to) => format!("A blank slip by {}; it holds nothing secret.", to.words()),
    }
}

/// The blank slip stands in a file.
pub(super) fn printed(file: &str, screen: &mut Screen) {
    screen.prose.push(Block::Text("The blank slip is in this file; print it now:".to_owned()));
    screen.prose.push(Block::Verbatim(vec![file.to_owned()]));
    screen.choices.push(Choice::safe('n', "It is printed", Msg::Continue));
    screen.choices.push(stop());
}

/// The blank slip was printed.
pub(super) fn taking(screen: &mut Screen) {
    screen.prose.push(Block::Text("Take the blank slip from the printer.".to_owned()));
    screen.choices.push(Choice::safe('n', "I have it", Msg::Continue));
    screen.choices.push(Choice::safe('r', "It did not come; choose another route", Msg::OtherRoute));
    screen.choices.push(stop());
}

/// Fills the screen while a person chooses a PIN.
pub(super) fn fill(work: &SlipWork, screen: &mut Screen) {
    match &work.state {
        SlipWorkState::Writing => writing(work, screen),
        SlipWorkState::TypingPin { problem } => typing(work, problem.as_ref(), screen),
        SlipWorkState::Doubting => doubting(screen),
        SlipWorkState::Weighing => screen.work = Some(Work::endless("looking at the PIN")),
        _ => screen.work = Some(Work::endless("comparing the two")),
    }
}

fn writing(work: &SlipWork, screen: &mut Screen) {
    let paper = match work.route {
        Route::ByHand => format!(
            "Take a blank slip or any sheet of paper, and write onto it: slip {}, which account, which key.",
            work.slip.number
        ),
        _ => "Take the blank slip.".to_owned(),
    };
    screen.prose.push(Block::Steps(vec![
        paper,
        "Choose the PIN. Not a date, not a row of keys, and none that is used anywhere else.".to_owned(),
        "Write it with a pen that does not smear, one character to a box; tell capitals from small letters."
            .to_owned(),
    ]));
    screen.choices.push(Choice::safe('n', "It is on paper; type it", Msg::Continue));
    screen.choices.push(Choice::safe('r', "Get a blank slip by another route", Msg::OtherRoute));
    screen.choices.push(stop());
}

fn typing(work: &SlipWork, problem: Option<&String>, screen: &mut Screen) {
    screen.prose.extend(problem.map(|problem| Block::Text(problem.clone())));
    screen.prose.push(Block::Text(
        "Read it from the paper, not from memory. Spaces do not matter. Nothing is shown as you type."
            .to_owned(),
    ));
    let prompt = match work.secret {
        None => "Type the PIN",
        Some(_) => "Type the PIN once more",
    };
    screen.question = Some(Question::Secret { prompt: prompt.to_owned(), source: Source::Paper });
    screen.choices.push(Choice::safe('c', "Choose another PIN, on another slip", Msg::ChoosePin));
    screen.choices.push(stop());
}

fn doubting(screen: &mut Screen) {
    screen.prose.extend(Weighed::Guessed.problem().map(Block::Text));
    screen.choices.push(Choice::safe('c', "Choose another PIN, on another slip", Msg::ChoosePin));
    screen.choices.push(Choice::safe('k', "Keep it all the same", Msg::Continue));
    screen.choices.push(stop());
}

/// Nothing is lost but the slip.
fn stop() -> Choice {
    Choice::irreversible('b', "Stop; this slip does not count", Msg::Back)
}
