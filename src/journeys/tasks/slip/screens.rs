//! The screens of making a slip.

use crate::domain::plan::Route;
use crate::domain::record::{Half, SlipKind};
use crate::domain::secret::password;
use crate::domain::secret::{Part, SecretId, SecretRef, lines};
use crate::domain::write::action::Action;
use crate::journeys::desk::Desk;
use crate::journeys::exposure;
use crate::journeys::frame;
use crate::journeys::guards::restricted_unit;
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Question, Screen, Work};
use crate::journeys::tasks::slip::printing_screens::lost;
use crate::journeys::tasks::slip::state::{Before, ByFile, MakeSlip, Maker, Msg, People, State, WRONG_LINES};
use crate::journeys::tasks::slip::{halves, own_pin, printing, printing_screens, stopping, system};

impl MakeSlip {
    /// The screen of the slip being made.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        draw(desk, self)
    }
}

fn draw(desk: &Desk, work: &MakeSlip) -> Screen<Msg> {
    let mut screen = frame::of(desk, title(desk, work));
    // Whoever looks between two people learns nothing, not even for how long.
    screen.kept = work.secret.filter(|_| !halves::is_here(work));
    match &work.state {
        State::Announced => announced(desk, work, &mut screen),
        State::Probing => screen.work = Some(Work::endless("trying whether the slip can go there")),
        State::Stopping(_) => stopping::fill(desk, work, &mut screen),
        State::Anew(_) => fill_anew(desk, work, &mut screen),
        State::Making => screen.work = Some(Work::endless("making the secret")),
        State::Setting { .. } => screen.work = Some(Work::endless("setting the password")),
        State::Reading { .. } => screen.work = Some(Work::endless("reading the account again")),
        State::Revoking => screen.work = Some(Work::endless("revoking every session of the account")),
        State::Copying => copying(work, &mut screen),
        State::Printed(file) => printed(work, file, &mut screen),
        State::TypingBack { checked_by_file: ByFile::Yes, .. } => {
            screen.work = Some(Work::endless("reading the file back"));
        }
        State::TypingBack { line, .. } => typing_back(work, *line, &mut screen),
        State::Storing | State::Fetching | State::NotStored => system::fill(work, &mut screen),
        State::Splitting | State::ComingIn | State::TakingHalf { .. } => {
            halves::fill(desk, work, &mut screen);
        }
        State::Writing
        | State::TypingPin { .. }
        | State::Weighing
        | State::Doubting
        | State::Comparing(_) => own_pin::fill(work, &mut screen),
        State::Choosing(_)
        | State::Naming { .. }
        | State::AtPrinter
        | State::Printing
        | State::AtWork { .. }
        | State::Taking => printing_screens::fill(desk, work, &mut screen),
    }
    screen
}

fn title(desk: &Desk, work: &MakeSlip) -> String {
    let slot = work.slip.slot;
    match work.slip.kind {
        SlipKind::Password => {
            let half = apart(work).map(|half| format!(", half {}", half.name())).unwrap_or_default();
            format!("Slip {}{half}: the password of the {slot} account", work.slip.number)
        }
        SlipKind::Pin { key } => {
            let name =
                desk.plan().account(slot).and_then(|a| a.keys.get(key)).map_or("", |k| k.name.as_str());
            format!("Slip {}: the PIN of key \"{name}\", {slot} account", work.slip.number)
        }
    }
}

/// The half on its way, once the secret was taken apart.
fn apart(work: &MakeSlip) -> Option<Half> {
    match work.people {
        People::One | People::Two { half: Half::A, other: None } => None,
        People::Two { half, .. } => Some(half),
    }
}

fn announced(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    screen.prose.extend(what_is_made(desk, work));
    screen.prose.extend(exposure::told(desk));
    // Before the route, which may have to be scrolled to: nothing is written that was not seen.
    announce_writes(desk, work, screen);
    if let Some(number) = work.slip.replaces {
        screen.prose.push(Block::Text(format!(
            "This slip replaces slip {number}; destroy that one when you are done."
        )));
    }
    screen.prose.extend(replaced_from_before(work).map(Block::Text));
    if let Some(commands) = &work.system {
        screen.prose.extend(system::announced(desk, commands));
        let go = exposure::words(desk, "Make it, put it there and read it back");
        screen.choices.push(Choice::writes('w', go, Msg::Make));
        screen.choices.push(Choice::safe('r', "Put it on paper instead", Msg::OtherRoute));
        screen.choices.push(Choice::back("Back, make nothing", Msg::Back));
        return;
    }
    screen.prose.push(Block::Heading("Route to paper".to_owned()));
    screen.prose.push(Block::Text(match work.maker {
        Maker::Program => {
            let file = work.file_name(desk, work.half());
            printing_screens::words(desk, work.route, &file)
        }
        Maker::Person => own_pin::route_words(desk, work),
    }));
    printing_screens::code(desk, work, screen);
    screen.prose.extend(printing_screens::tried(desk, work));
    let (go, other) = match (work.slip.kind, work.maker) {
        (SlipKind::Password, _) => ("Make the slip now", None),
        (SlipKind::Pin { .. }, Maker::Program) => {
            ("Make the slip now", Some(Choice::safe('o', "I choose the PIN myself", Msg::ChoosePin)))
        }
        (SlipKind::Pin { .. }, Maker::Person) if work.before == Before::Pin => {
            ("Go on with a blank slip", None)
        }
        (SlipKind::Pin { .. }, Maker::Person) => (
            "Go on with a blank slip",
            Some(Choice::safe('o', "Let the program propose a PIN", Msg::ProposePin)),
        ),
    };
    screen.choices.push(Choice::writes('w', exposure::words(desk, go), Msg::Make));
    // Whoever only presses Enter is told the key of what is recommended, and is led nowhere else.
    screen.suggested =
        (matches!(work.slip.kind, SlipKind::Pin { .. }) && desk.weak.is_empty()).then_some('w');
    screen.choices.push(Choice::safe('p', "Look at the page, secret masked", Msg::LookAtPages));
    screen.choices.extend(other);
    screen.choices.extend(printing_screens::try_it(desk, work));
    screen.choices.push(Choice::safe('r', "Choose another route to paper", Msg::OtherRoute));
    screen.choices.push(Choice::back("Back, make nothing", Msg::Back));
}

/// What lies in an envelope from before this record began, and what becomes of it.
fn replaced_from_before(work: &MakeSlip) -> Option<String> {
    let words = match work.before {
        Before::Nothing => return None,
        Before::Password => {
            "This account was there before, and is adopted: once the new password is set, whatever lies in its envelope \
             opens nothing any more. This slip takes its place; destroy the old one when you are done."
        }
        Before::Pin => {
            "This slip takes the place of what lies in the envelope of this key; destroy the old one when you are done."
        }
    };
    Some(words.to_owned())
}

/// What the slip is, for whom, and what is given up by leaving in the middle.
fn what_is_made(desk: &Desk, work: &MakeSlip) -> Vec<Block> {
    if work.maker == Maker::Person {
        return vec![own_pin::announced(work.before)];
    }
    let mut prose = vec![Block::Text(strength(desk, work))];
    if work.people != People::One {
        prose.extend(halves::announced(desk, work));
    }
    let what = match work.system {
        Some(_) => "secret that does not come back",
        None => "slip that is not typed back",
    };
    prose.push(Block::Text(format!(
        "Once begun, finish it: a {what} counts as lost, and the next one gets a new secret."
    )));
    prose
}

fn strength(desk: &Desk, work: &MakeSlip) -> String {
    match work.slip.kind {
        SlipKind::Password if desk.is_by_hand() => format!(
            "A new password of {} characters is made ({:.0} bits), put on paper and typed back, in one act. It becomes \
             the account's password when you choose it, from the paper, at the change that the portal forces at the \
             first sign-in: Show me how tells each click, and afterwards you attest it.",
            work.length,
            password::entropy_bits(work.length)
        ),
        SlipKind::Password => format!(
            "A new password of {} characters is made ({:.0} bits), set, {}, in one act.",
            work.length,
            password::entropy_bits(work.length),
            if work.system.is_some() {
                "put into its system and read back"
            } else {
                "put on paper and typed back"
            }
        ),
        SlipKind::Pin { .. } => format!(
            "A PIN of {} digits is proposed and put {} now; you give it to the key when you register it.",
            work.length,
            if work.system.is_some() { "into its system" } else { "on paper" }
        ),
    }
}

fn announce_writes(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    let slot = work.slip.slot;
    let mut writes = Vec::new();
    if work.slip.kind == SlipKind::Password && !desk.is_by_hand() {
        let id = desk.world.account_id(slot);
        let parts = |part: Action| restricted_unit::parts(desk.facts(), &part);
        let sentences = |part| parts(part).iter().map(Action::sentence).collect::<Vec<String>>();
        writes.extend(sentences(Action::SetPassword { slot, id: id.clone(), secret: SecretId(0) }));
        writes.extend(work.system.iter().flat_map(system::lines));
        writes.extend(sentences(Action::RevokeSessions { slot, id }));
    } else {
        writes.extend(work.system.iter().flat_map(system::lines));
    }
    if work.route == Route::File && work.system.is_none() {
        writes.extend(files(work).map(|(what, half)| {
            format!("Write {what} to {}", printing::path(desk, &work.file_name(desk, half)))
        }));
    }
    if !writes.is_empty() {
        screen.prose.push(Block::Heading("What will be written".to_owned()));
        screen.prose.push(Block::List(writes));
    }
}

/// What is written to files, and which half each is.
fn files(work: &MakeSlip) -> impl Iterator<Item = (String, Option<Half>)> {
    let halves = match work.people {
        People::One => vec![None],
        People::Two { .. } => Half::BOTH.map(Some).to_vec(),
    };
    let maker = work.maker;
    halves.into_iter().map(move |half| match (half, maker) {
        (Some(half), _) => (format!("half {}", half.name()), Some(half)),
        (None, Maker::Program) => ("the slip".to_owned(), None),
        (None, Maker::Person) => ("the blank slip".to_owned(), None),
    })
}

fn copying(work: &MakeSlip, screen: &mut Screen<Msg>) {
    let exactly = match work.slip.kind {
        SlipKind::Password => {
            "Copy each group exactly; capitals and small letters differ. The digits 0 1 5 6 8 and the letters I O S Z \
             do not occur."
        }
        SlipKind::Pin { .. } => "Copy each group exactly; there are digits only.",
    };
    screen.prose.push(Block::Text(format!(
        "Make sure nobody looks over your shoulder and nothing records this screen. {exactly}"
    )));
    if let Some(id) = work.secret {
        let secret = SecretRef { id, part: Part::Whole, length: work.length_now() };
        screen.question = Some(Question::CopyByHand { slip: work.slip.clone(), secret });
    }
    screen.choices.push(Choice::safe('n', "It is on paper; type it back", Msg::Continue));
    screen.choices.push(lost());
}

fn printed(work: &MakeSlip, file: &str, screen: &mut Screen<Msg>) {
    if work.maker == Maker::Person {
        return own_pin::printed(file, screen);
    }
    screen.prose.push(Block::Text("The slip is in this file, readable by you only:".to_owned()));
    screen.prose.push(Block::Verbatim(vec![file.to_owned()]));
    screen.prose.push(Block::Text(
        "Print it now. Then type it back from the paper, not from the screen, and destroy the file."
            .to_owned(),
    ));
    screen.choices.push(Choice::safe('n', "It is on paper; type it back", Msg::Continue));
    screen.choices.push(stopping::new_secret());
    screen.choices.push(lost());
}

/// How a line is typed back; a PIN is one short line of digits.
fn how_to_type(work: &MakeSlip, line: usize, lines: usize) -> String {
    let what = match (work.slip.kind, lines, work.half()) {
        (SlipKind::Pin { .. }, 1, _) => {
            return "Type the PIN from the paper. Spaces do not matter. Nothing is shown as you type."
                .to_owned();
        }
        (_, 1, Some(half)) => format!("half {}", half.name()),
        _ => format!("line {} of {lines}", line + 1),
    };
    format!("Type {what} from the paper. Spaces do not matter, capitals do. Nothing is shown as you type.")
}

fn typing_back(work: &MakeSlip, line: usize, screen: &mut Screen<Msg>) {
    let lines = lines(work.length_now());
    screen.prose.push(Block::Text(how_to_type(work, line, lines)));
    let problem =
        work.judged.and_then(|judged| judged.problem(work.slip.kind)).map(|problem| match work.wrong {
            n if n < WRONG_LINES => problem,
            _ if matches!(work.slip.kind, SlipKind::Pin { .. }) => {
                format!("{problem} It was wrong three times: print or copy it again, or make a new PIN.")
            }
            _ => format!("{problem} Three lines were wrong: print or copy it again, or make a new secret."),
        });
    if let Some(secret) = work.secret {
        let kind = work.slip.kind;
        screen.question = Some(Question::SecretLine {
            secret,
            kind,
            line,
            lines,
            problem,
            checked: Reply::to(Msg::Checked),
        });
    }
    if work.wrong >= WRONG_LINES {
        let again = match work.route {
            Route::ByHand => Some("Show it again, from the start"),
            Route::Printer | Route::Spooler | Route::Device | Route::Stdout => Some("Print it again"),
            Route::File => None,
        };
        screen.choices.extend(again.map(|label| Choice::safe('a', label, Msg::ShowAgain)));
        screen.choices.push(Choice::safe('r', "Choose another route to paper", Msg::OtherRoute));
        screen.choices.push(stopping::new_secret());
    }
    screen.choices.push(lost());
}

/// Fills the screen that asks whether a new secret takes its place.
fn fill_anew(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    let number = work.slip.number;
    screen.prose.push(Block::Heading("Make a new secret instead?".to_owned()));
    screen.prose.extend(work.at_stake(desk).into_iter().map(Block::Text));
    announce_writes(desk, &work.next(desk), screen);
    screen.choices.push(Choice::back(format!("Go on with slip {number}"), Msg::Back));
    let make = format!("Give slip {number} up and make a new one");
    screen.choices.push(Choice::writes('w', make, Msg::Make));
}
