//! Scenario files: what is refused and how it is told, the twelve that come with the program, and files of any text.

use std::collections::BTreeMap;

use breakglass::domain::exercise::scenario::names::{Names, fill};
use breakglass::domain::exercise::scenario::{self, Channel, Judged, LARGEST, Scenario, shipped};
use breakglass::domain::trouble::Trouble;
use breakglass::{guide, rehearsal};
use proptest::prelude::*;
use serde::Deserialize;

const SOUND: &str = include_str!("cases/sound.toml");

#[derive(Deserialize)]
struct Table {
    bad: Vec<Bad>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Bad {
    name: String,
    change: Vec<[String; 2]>,
    says: String,
}

fn read(text: &str) -> Result<Scenario, Trouble> {
    scenario::read(text, &|damage| rehearsal::objection(&damage.change, &damage.parameters))
}

fn changed(row: &Bad) -> String {
    row.change.iter().fold(SOUND.to_owned(), |text, [from, to]| {
        assert!(text.contains(from.as_str()), "{}: there is no {from:?}", row.name);
        text.replacen(from.as_str(), to, 1)
    })
}

/// The line, counted from 1, on which the first change begins.
fn line(row: &Bad) -> usize {
    let [from, _] = &row.change[0];
    let at = SOUND.find(from.as_str()).expect("it is there");
    1 + SOUND[..at].matches('\n').count()
}

#[test]
fn the_sound_one_is_read() {
    let sound = read(SOUND).expect("nothing is wrong with it");
    assert_eq!((sound.id.as_str(), sound.turn, sound.injects.len()), ("sound", 5, 4));
}

#[test]
fn every_kind_of_mistake_is_told_with_its_line_and_a_remedy() {
    let table: Table = toml::from_str(include_str!("cases/bad_scenarios.toml")).expect("the table is TOML");
    assert!(table.bad.len() >= 60, "{}", table.bad.len());
    let mut silent = Vec::new();
    for row in table.bad {
        let says = row.says.replace("{line}", &line(&row).to_string());
        match read(&changed(&row)) {
            Ok(_) => silent.push(format!("{}: it was read", row.name)),
            Err(trouble) if !trouble.to_string().replace("\n        ", "\n").contains(&says) => {
                silent.push(format!("{}: {says:?} is not in:\n{trouble}", row.name));
            }
            Err(trouble) => assert!(trouble.next.contains("README"), "{}: {trouble}", row.name),
        }
    }
    assert!(silent.is_empty(), "{}", silent.join("\n"));
}

#[test]
fn mistakes_are_told_all_at_once() {
    let text = SOUND
        .replace("minutes = 30", "minutes = 0")
        .replace("owner = \"lead\"", "owner = \"chief\"")
        .replace("{tenant}", "{tennant}");
    let trouble = read(&text).expect_err("three things are wrong");
    assert_eq!(trouble.what, "The scenario needs 3 corrections.");
    assert_eq!(trouble.points.map(|points| points.0.len()), Some(3));
}

/// What a reading of the text finds, a line each.
fn told(text: &str) -> Vec<String> {
    read(text).expect_err("it is wrong").points.map(|points| points.0).unwrap_or_default()
}

#[test]
fn an_empty_file_names_every_key_that_is_missing() {
    let told = told("");
    let keys = [
        "format",
        "id",
        "version",
        "title",
        "summary",
        "audience",
        "minutes",
        "ground_rules",
        "opening",
        "objectives",
        "roles",
        "injects",
        "hot_wash",
    ];
    assert_eq!(told.len(), keys.len(), "{told:#?}");
    for (told, key) in told.iter().zip(keys) {
        assert!(told.contains(&format!("the key `{key}` is missing here")), "{key}: {told}");
    }
}

#[test]
fn unknown_and_missing_keys_and_other_kinds_are_told_together_each_with_its_own_line() {
    let changes = [
        ("format = 1\n", ""),
        ("summary = \"Small, and everything fits together.\"", ""),
        ("minutes = 30", "minutess = 30"),
        ("points = [5, 9]", ""),
        ("by = \"phone\"", "by = \"pigeon\""),
        ("within = 10", "within = true"),
        ("judged = \"good\"", ""),
        ("hard = true", "harder = true"),
    ];
    let text = changes.iter().fold(SOUND.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "there is no {from:?}");
        text.replacen(from, to, 1)
    });
    let told = told(&text);
    let line = |words: &str| 1 + text[..text.find(words).expect(words)].matches('\n').count();
    for says in [
        "the key `format` is missing here".to_owned(),
        "the key `summary` is missing here".to_owned(),
        format!("there is no key `minutess` here; did you mean minutes?; LINE{}", line("minutess")),
        "the key `points` is missing here".to_owned(),
        format!("this is none of the words that may stand here: LINE{}", line("pigeon")),
        format!("and a whole number, not less than 0, is asked for.LINE{}", line("within = true")),
        "the key `judged` is missing here".to_owned(),
        format!("there is no key `harder` here; did you mean hard?LINE{}", line("harder")),
    ] {
        let (words, at) = says.split_once("LINE").unwrap_or((&says, ""));
        let words = words.trim_end_matches("; ");
        let found = told.iter().find(|one| one.contains(words));
        let found = found.unwrap_or_else(|| panic!("{words:?} is not in {told:#?}"));
        assert!(at.is_empty() || found.ends_with(&format!("(line {at})")), "{found}");
    }
    assert_eq!(told.len(), changes.len(), "{told:#?}");
}

#[test]
fn a_file_that_is_too_large_is_not_even_read() {
    let trouble = read(&"#".repeat(LARGEST + 1)).expect_err("it is too large");
    assert_eq!(trouble.what, "The scenario is too large.");
}

#[test]
fn the_twelve_are_in_order_and_nothing_is_wrong_with_them() {
    let names: Vec<&str> = scenario::shipped().iter().map(|one| one.id.as_str()).collect();
    assert_eq!(names, scenario::ids().collect::<Vec<_>>());
    assert_eq!(names.len(), 12);
    let wrong = scenario::texts().filter_map(|(id, text)| {
        let trouble = read(text).err()?;
        Some(format!("{id}: {trouble}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn each_of_the_twelve_has_all_that_makes_an_exercise() {
    for one in scenario::shipped() {
        let id = &one.id;
        let within = |what: &str, count: usize, bounds: std::ops::RangeInclusive<usize>| {
            assert!(bounds.contains(&count), "{id}: {count} {what}");
        };
        within("minutes", one.minutes as usize, 30..=45);
        within("objectives", one.objectives.len(), 3..=4);
        within("roles", one.roles.len(), 4..=6);
        within("injects", one.injects.len(), 6..=9);
        within("milestones", one.milestones.len(), 3..=5);
        within("questions", one.hot_wash.len(), 5..=6);
        within("cards", one.cards.len(), 2..=3);
        let hard = one.decisions.iter().find(|decision| decision.hard).expect("a hard decision");
        within("options", hard.options.len(), 2..=4);
        let has = |what: &str, is_there: bool| assert!(is_there, "{id}: {what}");
        has("a branch", one.injects.iter().any(|inject| inject.when.option.is_some()));
        has("a die", one.injects.iter().any(|inject| inject.when.die.is_some()));
        has("a milestone that leads on", one.injects.iter().any(|inject| inject.when.milestone.is_some()));
        has("something that breaks", one.injects.iter().any(|inject| !inject.damage.is_empty()));
        has("something to look at", one.injects.iter().any(|inject| inject.artefact.is_some()));
        has("notes", one.injects.iter().all(|inject| !inject.notes.is_empty()));
        has("actions", one.injects.iter().all(|inject| !inject.expected.is_empty()));
        has("hints", one.milestones.iter().all(|milestone| !milestone.hints.is_empty()));
        has("hints for actions", one.expected().all(|(_, action)| !action.hints.is_empty()));
        has("somebody away", one.injects.iter().any(|inject| inject.away.is_some()));
        has("paper to open", one.expected().any(|(_, action)| action.card.is_some()));
        let used = |milestone: &str| {
            one.objectives.iter().any(|objective| objective.milestones.iter().any(|m| m == milestone))
        };
        has("each milestone measures something", one.milestones.iter().all(|milestone| used(&milestone.id)));
    }
}

#[test]
fn the_library_as_a_whole_uses_every_way_there_is() {
    let injects: Vec<_> = scenario::shipped().iter().flat_map(|one| &one.injects).collect();
    assert!(injects.iter().any(|inject| inject.when.hand));
    assert!(injects.iter().any(|inject| inject.unless.is_some()));
    assert!(injects.iter().any(|inject| inject.away.as_deref() == Some("die")));
    for channel in [Channel::Mail, Channel::Chat] {
        assert!(injects.iter().any(|inject| inject.gone.contains(&channel)));
        assert!(injects.iter().any(|inject| inject.back.contains(&channel)));
    }
    for channel in
        [Channel::Person, Channel::Mail, Channel::Chat, Channel::Phone, Channel::Screen, Channel::Paper]
    {
        assert!(injects.iter().any(|inject| inject.by == channel), "{channel:?}");
    }
    let points: std::collections::BTreeSet<u8> = scenario::shipped()
        .iter()
        .flat_map(|one| &one.objectives)
        .flat_map(|one| one.points.clone())
        .collect();
    assert!(points.is_superset(&[1, 2, 4, 5, 6, 7, 8, 9, 11].into()), "{points:?}");
}

#[test]
fn the_five_cases_of_the_guide_are_among_them() {
    let heads: Vec<&str> =
        scenario::texts().map(|(_, text)| text.split("format =").next().unwrap_or_default()).collect();
    for case in guide::troubleshooting() {
        let named = format!("The guide's case: {}.", case.id);
        assert_eq!(heads.iter().filter(|head| head.contains(&named)).count(), 1, "{named}");
    }
}

#[test]
fn names_are_filled_everywhere_and_nothing_is_left_in_braces() {
    let names = Names::sample();
    for one in scenario::shipped() {
        let told = format!("{:?}", fill(one, &names));
        for placeholder in scenario::names::PLACEHOLDERS {
            assert!(!told.contains(&format!("{{{placeholder}}}")), "{}: {placeholder}", one.id);
        }
    }
    let used = scenario::texts().map(|(_, text)| text).collect::<String>();
    let unused = scenario::names::PLACEHOLDERS.iter().filter(|name| !used.contains(&format!("{{{name}}}")));
    assert_eq!(unused.collect::<Vec<_>>(), Vec::<&&str>::new(), "what no scenario uses");
}

#[test]
fn what_names_hold_is_foreign_text_and_is_made_safe() {
    let names = Names { tenant: "Bad\u{1b}[31m {first}".to_owned(), ..Names::sample() };
    let filled = fill(&read(SOUND).expect("it is sound"), &names);
    assert_eq!(filled.opening, ["It is Monday at Bad[31m {first}."]);
}

/// Every sentence for people, with the scenarios that have it.
fn sentences() -> BTreeMap<String, Vec<String>> {
    let mut all: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (id, text) in scenario::texts() {
        let table: toml::Value = text.parse::<toml::Table>().expect("TOML").into();
        gather(&table, "", &mut |key, text| {
            let is_text = !["id", "when", "damage", "changes", "artefact", "audience", "title"]
                .iter()
                .any(|no| key.contains(no));
            for sentence in text.split_inclusive(['.', '?', '!']).map(str::trim).filter(|_| is_text) {
                if sentence.split(' ').count() > 3 {
                    all.entry(sentence.to_owned()).or_default().push(format!("{id} {key}"));
                }
            }
        });
    }
    all
}

fn gather(value: &toml::Value, key: &str, each: &mut dyn FnMut(&str, &str)) {
    match value {
        toml::Value::String(text) => each(key, text),
        toml::Value::Table(table) => {
            table.iter().for_each(|(part, value)| gather(value, &format!("{key}.{part}"), each));
        }
        toml::Value::Array(items) => items.iter().for_each(|value| gather(value, key, each)),
        _ => {}
    }
}

#[test]
fn no_sentence_stands_twice_in_the_library() {
    let twice: Vec<_> = sentences().into_iter().filter(|(_, places)| places.len() > 1).collect();
    assert!(twice.is_empty(), "{twice:#?}");
}

#[test]
fn the_readme_has_every_placeholder_and_deed() {
    let readme = include_str!("../../../README.md");
    for name in scenario::names::PLACEHOLDERS {
        assert!(readme.contains(&format!("`{{{name}}}`")), "{name}");
    }
    for deed in scenario::DEEDS.split(", ") {
        assert!(readme.contains(&format!("`{deed}`")), "{deed}");
    }
}

proptest! {
    #![proptest_config(crate::support::cases::cases(256))]

    #[test]
    fn any_text_is_read_or_refused_with_what_why_and_next(text in any::<String>()) {
        if let Err(trouble) = read(&text) {
            prop_assert!(!trouble.what.is_empty() && !trouble.why.is_empty() && !trouble.next.is_empty());
        }
    }

    #[test]
    fn a_scenario_with_any_piece_changed_is_read_or_refused(
        which in 0_usize..12, from in 0_usize..20_000, length in 0_usize..400, with in "[\"'\\\\\n\t#=\\[\\]{}a-z0-9]{0,20}"
    ) {
        let (_, text) = scenario::texts().nth(which).expect("one of the twelve");
        let edge = |at: usize| (0..=at.min(text.len())).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
        let (start, end) = (edge(from), edge(from + length));
        let mutated = format!("{}{with}{}", &text[..start], &text[end..]);
        if let Err(trouble) = read(&mutated) {
            let told = trouble.to_string();
            prop_assert!(told.contains("why:") && told.contains("next:"));
        }
    }
}

/// Whoever has played two of them would know the answer to the third otherwise.
#[test]
fn the_good_option_stands_anywhere_among_the_others() {
    let decisions = shipped().iter().flat_map(|scenario| &scenario.decisions);
    let mut places = [0_usize; 3];
    for decision in decisions {
        let good = decision.options.iter().position(|option| option.judged == Judged::Good);
        places[good.expect("one is good")] += 1;
    }
    assert!(places.iter().all(|count| *count >= 2), "{places:?}");
}
