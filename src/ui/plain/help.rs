//! Help at every question, and one line of a list in full.

use crate::journeys::{Question, Screen};
use crate::ui::plain::{offers, said, words};

const COMMANDS: &str = "\nType the word before a choice, and Enter: a letter, or a number in a list. next takes the way \
on that is recommended.\nAn empty line, say or again says the whole screen; all says the lines that stand as proposed too. \
b goes back, q asks to leave, ? is this help.\ncopy prints requests, queries and addresses bare. show 3 says line 3 of a \
list.\nWhat writes has a letter: w, or the word write. What was typed before it was asked does not count.\n";

const LISTS: &str = "tick 3 and untick 3-7 choose what is written; call 3 shows the request of line 3.\n";

const ANSWERS: &str =
    "Here every line is the answer, so the words have a slash before them: /b, /q, /?, /say, /copy.\n";

const TEXT: &str = "/ok takes what stands in brackets, /none answers with nothing.\n";

/// What can be done here, and what the screen's own help says.
pub fn all(screen: &Screen) -> String {
    let mut text = COMMANDS.to_owned();
    if matches!(screen.question, Some(Question::Consent(_))) {
        text.push_str(LISTS);
    }
    if said::takes_text(screen) {
        text.push_str(ANSWERS);
    }
    if matches!(screen.question, Some(Question::Text { .. })) {
        text.push_str(TEXT);
    }
    for paragraph in &screen.help {
        text.push('\n');
        text.push_str(&words::lines("", paragraph));
    }
    text
}

/// Line `index` of the list on the screen, counted from zero: of the findings, or of a list of choices.
pub fn line(screen: &Screen, index: usize) -> String {
    let word = (index + 1).to_string();
    let listed = offers::offers(screen).into_iter().find(|offer| offer.word == word);
    match (screen.checklist.get(index), listed) {
        (_, Some(offer)) => words::offer(&offer, "", words::Explained::Yes),
        (Some(row), None) => {
            let remedy = screen.remedies.get(index).filter(|remedy| !remedy.is_empty());
            let remedy = remedy.map(|remedy| words::lines("  ", remedy)).unwrap_or_default();
            words::row(row, words::Explained::Yes) + &remedy
        }
        (None, None) => "There is no such line here.\n".to_owned(),
    }
}
