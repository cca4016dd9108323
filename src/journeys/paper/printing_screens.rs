//! The screens of a slip on its way to paper.

use crate::domain::paper::printing::{Destination, JobState};
use crate::domain::plan::{Hold, Qr, Route};
use crate::journeys::message::Msg;
use crate::journeys::model::{Maker, Model, Moment, SlipWork, SlipWorkState};
use crate::journeys::paper::own_pin;
use crate::journeys::paper::printing::{destination, path};
use crate::journeys::paper::slip_screens::lost;
use crate::journeys::screen::{Block, Choice, Question, Screen, Work};

/// Fills the screen while the slip goes to paper.
pub(super) fn fill(model: &Model, work: &SlipWork, screen: &mut Screen) {
    match &work.state {
        SlipWorkState::Choosing(moment) => choosing(model, (work, *moment), screen),
        SlipWorkState::Naming { route, moment } => naming((*route, *moment), screen),
        SlipWorkState::AtPrinter => at_printer(model, screen),
        SlipWorkState::AtWork { seen, .. } => at_work(seen, screen),
        SlipWorkState::Taking if work.maker == Maker::Person => own_pin::taking(screen),
        SlipWorkState::Taking => taking(model, screen),
        _ => {
            let doing = "putting the slip on its way".to_owned();
            screen.work = Some(Work::endless(doing));
        }
    }
}

/// A route and what it leaves behind, for the screen that announces the slip.
pub(super) fn words(model: &Model, (route, file): (Route, &str)) -> String {
    let to = Destination::of(&model.plan.paper, route, file);
    match (route, to) {
        (Route::ByHand, _) => {
            "By hand: it is shown in groups of four, you copy it and type it back. Nothing goes to a disk or a printer."
                .to_owned()
        }
        (Route::File, _) => format!(
            "File: it is written once to {}, for you only, never overwriting. Print it, type it back from the \
             paper, and destroy the file. Until then the secret is on this disk.",
            path(model, file)
        ),
        (_, Some(to)) => format!("By {}, on {}. {}", to.words(), model.plan.paper.size.words(), to.leaves()),
        (route, None) => format!("By {}; which one is asked first.", route.words()),
    }
}

/// The risk of a QR code with the secret, and the choice to leave it off; where the page is drawn and the plan wants it.
pub(super) fn code(model: &Model, work: &SlipWork, screen: &mut Screen) {
    let is_drawn = destination(model).is_some_and(|to| to.is_drawn());
    if model.plan.paper.qr != Qr::SecretToo || work.maker == Maker::Person || !is_drawn {
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

fn choosing(model: &Model, (work, moment): (&SlipWork, Moment), screen: &mut Screen) {
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
        let named = Destination::of(&model.plan.paper, route, "").filter(|_| route != Route::File);
        let named = named.map_or_else(String::new, |to| format!(" ({})", to.words()));
        screen.choices.push(offer(key, format!("{label}{named}"), Msg::ChooseRoute(route)));
    }
    for (index, (name, address)) in work.found.iter().enumerate().take(8) {
        let key = u32::try_from(index + 1).ok().and_then(|n| char::from_digit(n, 10)).unwrap_or('9');
        screen.choices.push(offer(key, format!("Printer {name}, {address}"), Msg::UsePrinter(index)));
    }
    screen.choices.push(Choice::safe('f', "Look for printers (CUPS on this computer)", Msg::FindPrinters));
    screen.choices.push(match moment {
        Moment::Announced => Choice::safe('b', "Back", Msg::Back),
        Moment::Made => lost(),
    });
}

fn naming((route, moment): (Route, Moment), screen: &mut Screen) {
    let (prompt, preset) = match route {
        Route::Device => ("The device file of the printer", "/dev/usb/lp0"),
        _ => ("The address of the printer", "ipp://"),
    };
    let prompt = prompt.to_owned();
    screen.prose.push(Block::Text(
        "The printer's own address is better than that of a print server: nothing is written to a disk in between."
            .to_owned(),
    ));
    screen.question = Some(Question::Text { prompt, preset: preset.to_owned(), problem: None });
    screen.choices.push(Choice::safe('o', "Choose another route", Msg::Skip));
    if moment == Moment::Made {
        screen.choices.push(lost());
    }
}

fn at_printer(model: &Model, screen: &mut Screen) {
    let Some(to) = destination(model) else { return };
    screen.prose.push(Block::Text(format!("The next page holds the secret. It goes by {}.", to.words())));
    screen.prose.push(Block::Text(to.leaves().to_owned()));
    let waits = matches!(
        to,
        Destination::Printer { hold: Hold::UntilReleased, .. }
            | Destination::Spooler { hold: Hold::UntilReleased, .. }
    );
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
    screen.choices.push(Choice::safe('r', "Choose another route", Msg::OtherRoute));
    screen.choices.push(lost());
}

fn at_work(seen: &JobState, screen: &mut Screen) {
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

fn taking(model: &Model, screen: &mut Screen) {
    screen.prose.push(Block::Text("Take the page now; nobody else may pick it up.".to_owned()));
    if let Some(to) = destination(model) {
        screen.prose.push(Block::Text(to.leaves().to_owned()));
    }
    screen.choices.push(Choice::safe('n', "I have it; type it back", Msg::Continue));
    screen.choices.push(Choice::safe('r', "It did not come; choose how to print it again", Msg::OtherRoute));
    screen.choices.push(Choice::writes('x', "Make a new secret instead", Msg::StartOver));
    screen.choices.push(lost());
}
