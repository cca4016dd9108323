//! The screens of a slip on its way to paper.

use crate::domain::paper::printing::{Destination, JobState};
use crate::domain::plan::{Qr, Route};
use crate::journeys::desk::Desk;
use crate::journeys::screen::{Block, Choice, Question, Screen, Work};
use crate::journeys::tasks::calibrate;
use crate::journeys::tasks::slip::own_pin;
use crate::journeys::tasks::slip::printing::{calibration, destination, path};
use crate::journeys::tasks::slip::state::{MakeSlip, Maker, Moment, Msg, State, Travel};
use crate::journeys::tasks::slip::stopping;

/// Fills the screen while the slip goes to paper.
pub(super) fn fill(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    match &work.state {
        State::Choosing(moment) => choosing(desk, work, *moment, screen),
        State::Naming { route, moment } => naming(*route, *moment, screen),
        State::AtPrinter => at_printer(desk, work, screen),
        State::AtWork { seen, .. } => at_work(seen, screen),
        State::Taking if work.maker == Maker::Person => own_pin::taking(screen),
        State::Taking => taking(desk, work, screen),
        _ => {
            let doing = "putting the slip on its way".to_owned();
            screen.work = Some(Work::endless(doing));
        }
    }
}

/// A route and what it leaves behind, for the screen that announces the slip.
pub(super) fn words(desk: &Desk, route: Route, file: &str) -> String {
    let to = Destination::of(&desk.plan().paper, route, file);
    match (route, to) {
        (Route::ByHand, _) => {
            "By hand: it is shown in groups of four, you copy it and type it back. Nothing goes to a disk or a printer."
                .to_owned()
        }
        (Route::File, _) => format!(
            "File: it is written once to {}, for you only, never overwriting. Print it, type it back from the \
             paper, and destroy the file. Until then the secret is on this disk.",
            path(desk, file)
        ),
        (_, Some(to)) => format!("By {}, on {}. {}", to.words(), desk.plan().paper.size.words(), to.leaves()),
        (route, None) => format!("By {}; which one is asked first.", route.words()),
    }
}

/// On the screen that announces a slip: whether its printer was tried.
pub(super) fn tried(desk: &Desk, work: &MakeSlip) -> Option<Block> {
    let to = calibration(desk, work)?;
    Some(Block::Text(match calibrate::found_good(desk, &to) {
        Some(word) => format!("Tried: {} found the calibration page good on {}.", word.person, word.date),
        None => "Not tried yet. The calibration page holds no secret and shows whether every sign is clear."
            .to_owned(),
    }))
}

/// The choice to try it.
pub(super) fn try_it(desk: &Desk, work: &MakeSlip) -> Option<Choice<Msg>> {
    let label = match calibrate::found_good(desk, &calibration(desk, work)?) {
        Some(_) => "Print the calibration page again",
        None => "Print the calibration page first",
    };
    Some(Choice::safe('k', label, Msg::Calibrate))
}

/// The choice that gives a secret up; what that costs is said before it is done.
pub(super) fn lost() -> Choice<Msg> {
    Choice::back("Stop; this secret counts as lost", Msg::Back)
}

/// The risk of a QR code with the secret, and the choice to leave it off; where the page is drawn and the plan wants it.
pub(super) fn code(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    let is_drawn = destination(desk, work).is_some_and(|to| to.is_drawn());
    if desk.plan().paper.qr != Qr::SecretToo || work.maker == Maker::Person || !is_drawn {
        return;
    }
    let (words, label) = match work.qr {
        Qr::SecretToo => (
            "The plan puts the secret onto this slip as a QR code too. Any camera that sees the paper then has it, in \
             a moment and from across a room: a phone, a camera on the wall, a copier.",
            "Leave the QR code off this slip",
        ),
        Qr::Documents | Qr::None => {
            ("This slip gets no QR code of the secret.", "Put the QR code onto this slip after all")
        }
    };
    screen.prose.push(Block::Text(words.to_owned()));
    screen.choices.push(Choice::safe('c', label, Msg::ToggleCode));
}

fn label(route: Route) -> (char, &'static str) {
    match route {
        Route::ByHand => ('h', "By hand: shown group by group, copied, typed back"),
        Route::Device => ('d', "Straight to a printer's device file, such as /dev/usb/lp0"),
        Route::Printer => ('p', "To a printer by its network address (IPP)"),
        Route::Spooler => ('l', "Through lp, this computer's print system"),
        Route::Stdout => ('s', "To standard output, which leads into another program"),
        // Not w: pressed once more, it would put the secret on a disk.
        Route::File => ('i', "Into a file that you print and destroy"),
    }
}

fn choosing(desk: &Desk, work: &MakeSlip, moment: Moment, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(
        match moment {
            Moment::Announced => {
                "By which route does the slip go to paper? Those that leave the least behind come first."
            }
            Moment::Made if work.maker == Maker::Person => "How does a blank slip get here?",
            Moment::Made => "The secret is still in memory and nothing is lost. How does it go to paper?",
        }
        .to_owned(),
    ));
    let offer = |key, label: String, msg| match moment {
        Moment::Announced => Choice::safe(key, label, msg),
        Moment::Made => Choice::writes(key, label, msg),
    };
    for route in Route::ALL {
        let (key, label) = label(route);
        let named = Destination::of(&desk.plan().paper, route, "").filter(|_| route != Route::File);
        let named = named.map_or_else(String::new, |to| format!(" ({})", to.words()));
        screen.choices.push(offer(key, format!("{label}{named}"), Msg::ChooseRoute(route)));
    }
    for (index, (name, address)) in work.found.iter().enumerate().take(8) {
        let key = u32::try_from(index + 1).ok().and_then(|n| char::from_digit(n, 10)).unwrap_or('9');
        screen.choices.push(offer(key, format!("Printer {name}, {address}"), Msg::UsePrinter(index)));
    }
    screen.choices.push(Choice::safe('f', "Look for printers (CUPS on this computer)", Msg::FindPrinters));
    screen.choices.push(match moment {
        Moment::Announced => Choice::back("Back", Msg::Back),
        Moment::Made => lost(),
    });
}

fn naming(route: Route, moment: Moment, screen: &mut Screen<Msg>) {
    let (prompt, preset) = match route {
        Route::Device => ("The device file of the printer", "/dev/usb/lp0"),
        _ => ("The address of the printer", "ipp://"),
    };
    screen.prose.push(Block::Text(
        "The printer's own address is better than that of a print server: nothing is written to a disk in between."
            .to_owned(),
    ));
    screen.question = Some(Question::text(prompt, Msg::Answer).preset(preset));
    screen.choices.push(Choice::safe('o', "Choose another route", Msg::OtherRoute).leading_back());
    if moment == Moment::Made {
        screen.choices.push(lost());
    }
}

fn at_printer(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    let Some(to) = destination(desk, work) else { return };
    screen.prose.push(Block::Text(format!("The next page holds the secret. It goes by {}.", to.words())));
    screen.prose.push(Block::Text(to.leaves().to_owned()));
    if work.travel == Travel::OnlyInClear {
        return only_in_clear(screen);
    }
    let waits = to.waits();
    screen.prose.push(Block::Text(
        if waits {
            "It is sent now and waits there. Go to the printer, see that nobody else is near, and release it: at the \
             printer's panel, or here by somebody you can call to."
        } else {
            "Somebody must stand at the printer before it is sent, alone, until the page lies in their hand."
        }
        .to_owned(),
    ));
    let label =
        if waits { "Send it; it waits at the printer" } else { "Somebody stands at the printer; send it" };
    screen.choices.push(Choice::writes('n', label, Msg::Continue));
    screen.suggested = Some('n');
    screen.choices.push(Choice::safe('r', "Choose another route", Msg::OtherRoute));
    screen.choices.push(lost());
}

/// The secret would be readable on its way: nothing that is pressed without a look sends it.
fn only_in_clear(screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(
        "This printer takes pages in clear only. Whoever can watch the network between here and there, a switch, a wireless \
         network or the print server, can read the secret on its way and keep it, and nobody would notice."
            .to_owned(),
    ));
    screen.choices.push(Choice::safe('r', "Choose another route", Msg::OtherRoute));
    screen.suggested = Some('r');
    screen.choices.push(Choice::irreversible(
        'u',
        "Send it in clear all the same; somebody stands at the printer",
        Msg::SendInClear,
    ));
    screen.choices.push(lost());
}

fn at_work(seen: &JobState, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text(format!("{}.", crate::domain::text::capitalized(&seen.words()))));
    match seen {
        JobState::Held => {
            screen.prose.push(Block::Text(
                "Stand at the printer before it is released, and stay until you have the page.".to_owned(),
            ));
            screen.choices.push(Choice::writes('n', "Somebody stands there; release it", Msg::ReleaseJob));
        }
        JobState::Stopped(_) => screen.prose.push(Block::Text(
            "Mend it and the job goes on by itself; this screen follows. Or cancel the job and choose another route: \
             destroy what has come out so far."
                .to_owned(),
        )),
        JobState::Silent => screen.prose.push(Block::Text(
            "The page may be printed all the same. Look at the printer before you print it anywhere else.".to_owned(),
        )),
        JobState::Waiting | JobState::Printing | JobState::Done | JobState::Canceled | JobState::Aborted(_) => {}
    }
    if *seen != JobState::Held {
        screen.work = Some(Work::endless(seen.words()));
    }
    screen.choices.push(Choice::safe('h', "The page is in my hand", Msg::Continue));
    screen.choices.push(Choice::writes('r', "Cancel the job and choose another route", Msg::OtherRoute));
    screen.choices.push(lost());
}

fn taking(desk: &Desk, work: &MakeSlip, screen: &mut Screen<Msg>) {
    screen.prose.push(Block::Text("Take the page now; nobody else may pick it up.".to_owned()));
    if let Some(to) = destination(desk, work) {
        screen.prose.push(Block::Text(to.leaves().to_owned()));
    }
    screen.choices.push(Choice::safe('n', "I have it; type it back", Msg::Continue));
    screen.choices.push(Choice::safe('r', "It did not come; choose how to print it again", Msg::OtherRoute));
    screen.choices.push(stopping::new_secret());
    screen.choices.push(lost());
}
