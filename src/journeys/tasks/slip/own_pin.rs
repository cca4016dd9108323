//! A PIN that a person chooses: no secret is made here, a blank slip is filled in with a pen, and the PIN is typed twice
//! from that paper.
//!
//! Both are compared in the vault and forgotten at once. It is never shown, never printed and never kept.

use crate::domain::paper::printing::Destination;
use crate::domain::plan::Route;
use crate::domain::record::{Checked, Entry, SlipKind};
use crate::domain::secret::SecretId;
use crate::domain::secret::pin::{LONGEST, SHORTEST, Weighed};
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, VaultEffect};
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Question, Screen, Source, Work};
use crate::journeys::tasks::slip::printing::path;
use crate::journeys::tasks::slip::state::{Before, MakeSlip, Maker, Moment, Msg, State};
use crate::journeys::tasks::slip::stopping;
use crate::journeys::turn::Turn;

/// Whether `msg` is about a PIN that a person chooses.
pub(super) fn is_here(work: &MakeSlip, msg: &Msg) -> bool {
    match work.state {
        State::Announced => {
            let begins = *msg == Msg::Make && work.maker == Maker::Person;
            begins || matches!(msg, Msg::ChoosePin | Msg::ProposePin)
        }
        State::Writing
        | State::TypingPin { .. }
        | State::Weighing
        | State::Doubting
        | State::Comparing(_) => true,
        _ => false,
    }
}

impl MakeSlip {
    pub(super) fn own_pin(&mut self, desk: &mut Desk, msg: Msg) -> Turn<Msg> {
        match (self.state.clone(), msg) {
            (State::Announced, Msg::ChoosePin) => self.made_by(Maker::Person),
            (State::Announced, Msg::ProposePin) => self.made_by(Maker::Program),
            (State::Announced, Msg::Make) => {
                // The slip has its number from now on; a blank one is printed, or any paper will do.
                let remember = Effect::remember(Entry::Slip(self.slip.clone()));
                self.go_to_paper(desk).after([remember])
            }
            (State::Writing | State::Doubting, Msg::Continue) => {
                self.enter(State::TypingPin { problem: None })
            }
            (State::Writing, Msg::OtherRoute) => self.enter(State::Choosing(Moment::Made)),
            (State::TypingPin { .. }, Msg::Entered(typed)) => {
                self.entered(typed).with([stopping::forget_in_time(desk, typed)])
            }
            (State::Weighing, Msg::Weighed(weighed)) => self.weighed(weighed),
            (State::Doubting | State::TypingPin { .. }, Msg::ChoosePin) => {
                // The person thinks of another PIN, and writes it onto another slip.
                self.state = State::Writing;
                self.forget_typed()
            }
            (State::Comparing(again), Msg::Compared(true)) => self.typed_twice(desk, again),
            (State::Comparing(again), Msg::Compared(false)) => self.typed_otherwise(again),
            (State::Writing | State::TypingPin { .. } | State::Doubting, Msg::Back) => self.ask_to_stop(),
            _ => Turn::stay(),
        }
    }

    fn made_by(&mut self, maker: Maker) -> Turn<Msg> {
        if matches!(self.slip.kind, SlipKind::Pin { .. }) && self.system.is_none() {
            self.maker = maker;
        }
        Turn::stay()
    }

    /// Typed for the first time it is looked at, the second time compared.
    fn entered(&mut self, typed: SecretId) -> Turn<Msg> {
        let (state, effect) = match self.secret {
            None => (State::Weighing, VaultEffect::Weigh(typed, Reply::to(Msg::Weighed))),
            Some(first) => {
                (State::Comparing(typed), VaultEffect::Compare(first, typed, Reply::to(Msg::Compared)))
            }
        };
        self.secret.get_or_insert(typed);
        self.enter(state).with([Effect::Vault(effect)])
    }

    fn weighed(&mut self, weighed: Weighed) -> Turn<Msg> {
        match weighed {
            Weighed::Fine => self.enter(State::TypingPin { problem: None }),
            Weighed::Guessed => self.enter(State::Doubting),
            Weighed::TooShort | Weighed::TooLong | Weighed::OddCharacter => {
                self.state = State::TypingPin { problem: weighed.problem() };
                self.forget_typed()
            }
        }
    }

    fn forget_typed(&mut self) -> Turn<Msg> {
        Turn::stay().with(self.secret.take().map(Effect::forget))
    }

    fn typed_twice(&mut self, desk: &mut Desk, again: SecretId) -> Turn<Msg> {
        self.confirm(desk, Checked::ChosenAndTypedTwice).after([Effect::forget(again)])
    }

    fn typed_otherwise(&mut self, again: SecretId) -> Turn<Msg> {
        self.wrong += 1;
        let problem =
            "You typed two different PINs. Both are forgotten: read the slip again and begin once more.";
        self.state = State::TypingPin { problem: Some(problem.to_owned()) };
        self.forget_typed().after([Effect::forget(again)])
    }
}

/// What is told before a blank slip is handed out.
pub(super) fn announced(before: Before) -> Block {
    if before == Before::Pin {
        return Block::Text(
            "This key was registered before this record began, so it has a PIN already, and keeps it. Nothing is made \
             here: you write the PIN it has onto a blank slip with a pen and type it twice from that paper. It is \
             compared in memory, never shown, and forgotten. Where nobody knows it, the key is reset and registered anew."
                .to_owned(),
        );
    }
    Block::Text(format!(
        "You choose the PIN yourself, {SHORTEST} to {LONGEST} digits and letters; eight random digits are good. Nothing \
         is made here: you write it onto a blank slip with a pen and type it twice from that paper. It is compared in \
         memory, never shown, and forgotten."
    ))
}

/// By which route the blank slip comes; it holds nothing secret.
pub(super) fn route_words(desk: &Desk, work: &MakeSlip) -> String {
    let file = work.file_name(desk, None);
    match Destination::of(&desk.plan().paper, work.route, &file) {
        None if work.route == Route::ByHand => {
            "By hand: a blank slip that lies there, or any sheet of paper.".to_owned()
        }
        None => format!("A blank slip by {}; which one is asked first.", work.route.words()),
        Some(Destination::File(file)) => {
            format!("A blank slip is written to {}, for you to print.", path(desk, &file))
        }
        Some(to) => format!("A blank slip by {}; it holds nothing secret.", to.words()),
    }
}

/// The blank slip stands in a file.
pub(super) fn printed(file: &str, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text("The blank slip is in this file; print it now:".to_owned()));
    screen.prose.push(Block::Verbatim(vec![file.to_owned()]));
    screen.choices.push(Choice::safe('n', "It is printed", Msg::Continue));
    screen.choices.push(stop());
}

/// The blank slip was printed.
pub(super) fn taking(screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text("Take the blank slip from the printer.".to_owned()));
    screen.choices.push(Choice::safe('n', "I have it", Msg::Continue));
    screen.choices.push(Choice::safe('r', "It did not come; choose another route", Msg::OtherRoute));
    screen.choices.push(stop());
}

/// Fills the screen while a person chooses a PIN.
pub(super) fn fill(work: &MakeSlip, screen: &mut Screen<Msg>) {
    match &work.state {
        State::Writing => writing(work, screen),
        State::TypingPin { problem } => typing(work, problem.as_ref(), screen),
        State::Doubting => doubting(screen),
        State::Weighing => screen.work = Some(Work::endless("looking at the PIN")),
        _ => screen.work = Some(Work::endless("comparing the two")),
    }
}

fn writing(work: &MakeSlip, screen: &mut Screen<Msg>) {
    let paper = match work.route {
        Route::ByHand => format!(
            "Take a blank slip or any sheet of paper, and write onto it: slip {}, which account, which key.",
            work.slip.number
        ),
        _ => "Take the blank slip.".to_owned(),
    };
    let pin = match work.before {
        Before::Pin => {
            "Take the PIN that the key has, from the slip in its envelope or from whoever knows it."
        }
        Before::Nothing | Before::Password => {
            "Choose the PIN. Not a date, not a row of keys, and none that is used anywhere else."
        }
    };
    screen.prose.push(Block::Steps(vec![
        paper,
        pin.to_owned(),
        "Write it with a pen that does not smear, one character to a box; tell capitals from small letters."
            .to_owned(),
    ]));
    screen.choices.push(Choice::safe('n', "It is on paper; type it", Msg::Continue));
    screen.choices.push(Choice::safe('r', "Get a blank slip by another route", Msg::OtherRoute));
    screen.choices.push(stop());
}

fn typing(work: &MakeSlip, problem: Option<&String>, screen: &mut Screen<Msg>) {
    screen.prose.extend(problem.map(|problem| Block::Text(problem.clone())));
    screen.prose.push(Block::Text(
        "Read it from the paper, not from memory. Spaces do not matter. Nothing is shown as you type."
            .to_owned(),
    ));
    let prompt = match work.secret {
        None => "Type the PIN",
        Some(_) => "Type the PIN once more",
    };
    let entered = Reply::to(Msg::Entered);
    screen.question = Some(Question::Secret { prompt: prompt.to_owned(), source: Source::Paper, entered });
    screen.choices.push(Choice::safe('c', "Choose another PIN, on another slip", Msg::ChoosePin));
    screen.choices.push(stop());
}

fn doubting(screen: &mut Screen<Msg>) {
    screen.prose.extend(Weighed::Guessed.problem().map(Block::Text));
    screen.choices.push(Choice::safe('c', "Choose another PIN, on another slip", Msg::ChoosePin));
    screen.choices.push(Choice::safe('k', "Keep it all the same", Msg::Continue));
    screen.choices.push(stop());
}

/// Nothing is lost but the slip, and that is asked first.
fn stop() -> Choice<Msg> {
    Choice::back("Stop; this slip does not count", Msg::Back)
}
