//! The acts of a script with the keys that each has, and what is wrong with one, in the words of people.

use jiff::civil::Date;
use toml::{Table, Value};

use super::{Wrong, wrong};
use crate::domain::exercise::act::{Act, Response};
use crate::domain::text::{clean, known_near};

/// What stands at a key.
#[derive(Clone, Copy)]
enum Kind {
    Text,
    Number,
    Date,
    Word(&'static [&'static str]),
    With,
    Cast,
}

/// A key of an act.
struct Key {
    name: &'static str,
    kind: Kind,
    is_needed: bool,
}

const fn must(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, is_needed: true }
}

const fn may(name: &'static str, kind: Kind) -> Key {
    Key { name, kind, is_needed: false }
}

/// An act by its word, with its keys.
struct Known {
    word: &'static str,
    keys: &'static [Key],
}

const fn known(word: &'static str, keys: &'static [Key]) -> Known {
    Known { word, keys }
}

const MODES: Kind = Kind::Word(&["real", "paused", "turns"]);
const MARKS: Kind = Kind::Word(&["done", "partly", "not"]);
const READERS: Kind = Kind::Word(&["facilitator", "everybody"]);
const RATINGS: Kind = Kind::Word(&["P", "S", "M", "U"]);

/// Every act there is.
const ACTS: [Known; 18] = [
    known("open", &[must("facilitator", Kind::Text), may("cast", Kind::Cast), may("mode", MODES)]),
    known("clock", &[must("mode", MODES)]),
    known("turn", &[may("minutes", Kind::Number)]),
    known("send", &[must("inject", Kind::Text)]),
    known("withhold", &[must("inject", Kind::Text)]),
    known("away", &[must("role", Kind::Text)]),
    known(
        "decide",
        &[
            must("decision", Kind::Text),
            must("option", Kind::Text),
            must("owner", Kind::Text),
            may("rationale", Kind::Text),
        ],
    ),
    known(
        "mark",
        &[
            must("inject", Kind::Text),
            must("action", Kind::Text),
            must("mark", MARKS),
            may("note", Kind::Text),
        ],
    ),
    known("card", &[must("card", Kind::Text), may("code", Kind::Text)]),
    known("respond", &[must("with", Kind::With)]),
    known("look", &[]),
    known("note", &[must("text", Kind::Text), may("to", READERS)]),
    known("hint", &[must("about", Kind::Text)]),
    known("end", &[may("why", Kind::Text)]),
    known("answer", &[must("question", Kind::Number), must("text", Kind::Text)]),
    known(
        "override",
        &[
            must("objective", Kind::Text),
            must("rating", RATINGS),
            must("reason", Kind::Text),
            must("person", Kind::Text),
        ],
    ),
    known(
        "improve",
        &[
            must("number", Kind::Number),
            may("objective", Kind::Text),
            may("issue", Kind::Text),
            may("action", Kind::Text),
            may("owner", Kind::Text),
            may("due", Kind::Date),
            may("retest", Kind::Date),
        ],
    ),
    known("complete", &[must("person", Kind::Text)]),
];

/// The act that stands there, or all that is wrong with it.
pub(super) fn read(value: &Value) -> Result<Act, Vec<Wrong>> {
    let Some(table) = value.as_table() else {
        return Err(vec![wrong("", "an act is a table with a `do`")]);
    };
    let known = named(table).map_err(|one| vec![one])?;
    let all = of_keys(known, table);
    if !all.is_empty() {
        return Err(all);
    }
    value.clone().try_into::<Act>().map_err(|error| vec![wrong("", clean(error.message()))])
}

fn named(table: &Table) -> Result<&'static Known, Wrong> {
    let Some(word) = table.get("do") else {
        return Err(wrong("", "the key `do` is missing here: it says what is done"));
    };
    let word = word.as_str().unwrap_or_default();
    ACTS.iter().find(|known| known.word == word).ok_or_else(|| {
        let words: Vec<&str> = ACTS.iter().map(|known| known.word).collect();
        let near = known_near(word, words.iter().copied());
        wrong("do", format!("there is no act `{word}`{near}; the acts are {}", words.join(", ")))
    })
}

fn of_keys(known: &Known, table: &Table) -> Vec<Wrong> {
    let names = || known.keys.iter().map(|key| key.name).chain(["do"]);
    let unknown = table.keys().filter(|name| !names().any(|known| known == name.as_str()));
    let unknown = unknown.map(|name| {
        let near = known_near(name, known.keys.iter().map(|key| key.name));
        let all: Vec<String> = names().map(|name| format!("`{name}`")).collect();
        let words = format!("{} has no key `{name}`{near}; its keys are {}", known.word, all.join(", "));
        wrong(name, words)
    });
    let missing = known.keys.iter().filter(|key| key.is_needed && !table.contains_key(key.name));
    let missing = missing
        .map(|key| wrong("", format!("{} needs the key `{}`: {}", known.word, key.name, expected(key.kind))));
    let given = known.keys.iter().filter_map(|key| {
        let why = of_value(key.kind, table.get(key.name)?)?;
        Some(wrong(key.name, format!("`{}`: {why}", key.name)))
    });
    unknown.chain(missing).chain(given).collect()
}

/// What is wrong with a value; nothing where it fits.
fn of_value(kind: Kind, value: &Value) -> Option<String> {
    let text = value.as_str();
    let fits = match kind {
        Kind::Text => text.is_some(),
        Kind::Number => value.as_integer().is_some_and(|number| u32::try_from(number).is_ok()),
        Kind::Date => is_day(value),
        Kind::Word(words) => text.is_some_and(|text| words.contains(&text)),
        Kind::With => match text.map(|text| Response::try_from(text.to_owned())) {
            Some(Err(why)) => return Some(why),
            Some(Ok(_)) => true,
            None => false,
        },
        Kind::Cast => value.as_array().is_some_and(|all| all.iter().all(is_cast)),
    };
    (!fits).then(|| format!("{} is asked for", expected(kind)))
}

/// A day, with quotes or without.
fn is_day(value: &Value) -> bool {
    match value {
        Value::String(text) => text.parse::<Date>().is_ok(),
        Value::Datetime(day) => day.date.is_some() && day.time.is_none(),
        _ => false,
    }
}

fn is_cast(value: &Value) -> bool {
    let Some(table) = value.as_table() else { return false };
    let is_text = |key: &str| table.get(key).is_some_and(Value::is_str);
    table.len() == 2 && is_text("role") && is_text("person")
}

/// What is to stand there.
fn expected(kind: Kind) -> String {
    match kind {
        Kind::Text => "text in quotes".to_owned(),
        Kind::Number => "a whole number, not less than 0,".to_owned(),
        Kind::Date => "a day like 2027-02-01, with quotes or without,".to_owned(),
        Kind::Word(words) => {
            let words: Vec<String> = words.iter().map(|word| format!("\"{word}\"")).collect();
            format!("one of {}", words.join(", "))
        }
        Kind::With => crate::domain::exercise::act::RESPONSES.to_owned(),
        Kind::Cast => "a list of { role = \"…\", person = \"…\" }".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The word of an act; whoever adds one to [`Act`] is asked for it here.
    fn word(act: &Act) -> &'static str {
        match act {
            Act::Open { .. } => "open",
            Act::Clock { .. } => "clock",
            Act::Turn { .. } => "turn",
            Act::Send { .. } => "send",
            Act::Withhold { .. } => "withhold",
            Act::Away { .. } => "away",
            Act::Decide { .. } => "decide",
            Act::Mark { .. } => "mark",
            Act::Card { .. } => "card",
            Act::Respond { .. } => "respond",
            Act::Look => "look",
            Act::Note { .. } => "note",
            Act::Hint { .. } => "hint",
            Act::End { .. } => "end",
            Act::Answer { .. } => "answer",
            Act::Override { .. } => "override",
            Act::Improve { .. } => "improve",
            Act::Complete { .. } => "complete",
        }
    }

    fn sample(kind: Kind) -> Value {
        let cast =
            [("role", "lead"), ("person", "Sample Person")].map(|(key, text)| (key.to_owned(), text.into()));
        match kind {
            Kind::Text => "Sample".into(),
            Kind::Number => 1.into(),
            Kind::Date => "2027-02-01".into(),
            Kind::Word(words) => words[0].into(),
            Kind::With => "sign-in:first".into(),
            Kind::Cast => Value::Array(vec![Value::Table(cast.into_iter().collect())]),
        }
    }

    fn act(known: &Known, is_given: impl Fn(&Key) -> bool) -> Value {
        let keys = known.keys.iter().filter(|key| is_given(key));
        let keys = keys.map(|key| (key.name.to_owned(), sample(key.kind)));
        Value::Table(keys.chain([("do".to_owned(), known.word.into())]).collect())
    }

    /// The list of keys and the type say the same: whole, without what may be missing, and without each that may not.
    #[test]
    fn every_act_is_read_with_the_keys_that_it_is_said_to_have() {
        for known in &ACTS {
            for given in [act(known, |_| true), act(known, |key| key.is_needed)] {
                let read: Act = given.clone().try_into().unwrap_or_else(|error| panic!("{given}: {error}"));
                assert_eq!(word(&read), known.word);
            }
            for needed in known.keys.iter().filter(|key| key.is_needed) {
                let without = act(known, |key| key.name != needed.name);
                assert!(without.clone().try_into::<Act>().is_err(), "{without} needs no {}", needed.name);
            }
        }
    }
}
