//! What came out of an exercise stands in every review until a named person says what shows that it was made.

use breakglass::app::Program;
use breakglass::domain::check::case::Case;
use breakglass::domain::check::finding::Verdict;
use breakglass::domain::exercise::event::{Improvement, Players, Rating};
use breakglass::domain::exercise::held::{Held, Improved, Rated};
use breakglass::domain::record::{Checked, Entry, Evidence, Slip, SlipKind, SlipState};
use breakglass::effects::record::{Record, read};
use breakglass::journeys::report::review::{Format, render};
use breakglass::journeys::review as journey;
use breakglass::steps::review;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use serde_json::Value;

use crate::review::looked::Looked;
use crate::support::Home;
use crate::support::home::report;
use crate::support::model::{answered, chosen};
use crate::support::sample::{a_slip, a_word, facts, plan};

const HELD: Date = date(2026, 11, 30);
const FIRST: &str = "exercise.improvements:2026-11-30-block-all:1";
const SECOND: &str = "exercise.improvements:2026-11-30-block-all:2";

fn improvement(number: u32, due: Date) -> Improvement {
    Improvement {
        number,
        objective: "second".to_owned(),
        issue: "Not opened: The phone list.".to_owned(),
        action: format!("Print the phone list again, part {number}"),
        owner: "Sample Person B".to_owned(),
        due: Some(due),
        retest: Some(date(2027, 5, 31)),
    }
}

/// An exercise of a team, with two improvements.
pub fn held() -> Held {
    Held {
        exercise: "2026-11-30-block-all".to_owned(),
        scenario: "block-all".to_owned(),
        title: "The policy of Friday evening".to_owned(),
        date: HELD,
        players: Players::Team,
        facilitator: "Sample Person A".to_owned(),
        seconds: 2400,
        ratings: vec![Rated {
            objective: "second".to_owned(),
            text: "The team signs in with the second account.".to_owned(),
            rating: Rating::S,
        }],
        improvements: vec![improvement(1, date(2027, 1, 31)), improvement(2, date(2027, 2, 28))],
    }
}

fn improved(number: u32) -> Entry {
    Entry::Improved(Improved {
        exercise: "2026-11-30-block-all".to_owned(),
        number,
        person: "Sample Person C".to_owned(),
        date: date(2027, 1, 15),
        note: "It hangs in the safe.".to_owned(),
    })
}

fn evidence(entries: &[Entry]) -> Evidence {
    let checked = Some(Checked::TypedBack);
    let slip = Slip { state: SlipState::Confirmed, checked, date: HELD, ..a_slip(SlipKind::Password) };
    let slip = [Entry::Slip(slip)];
    Evidence::of(slip.iter().chain(entries).map(|entry| (Timestamp::UNIX_EPOCH, entry)))
}

/// What is seen of exercises on that day: subject, verdict, detail.
fn seen(entries: &[Entry], today: Date) -> Vec<(String, Verdict, String)> {
    let (plan, facts, evidence) = (plan(), facts("Fabrikam"), evidence(entries));
    let case = Case { plan: &plan, facts: &facts, evidence: &evidence, today };
    let all = review::findings(&case).into_iter();
    let own = all.filter(|one| one.check.name().starts_with("exercise."));
    own.map(|one| (one.subject().to_string(), one.verdict, one.detail)).collect()
}

fn verdicts(entries: &[Entry], today: Date) -> Vec<(String, Verdict)> {
    seen(entries, today).into_iter().map(|(subject, verdict, _)| (subject, verdict)).collect()
}

fn at(subject: &str, verdict: Verdict) -> (String, Verdict) {
    (subject.to_owned(), verdict)
}

#[test]
fn each_improvement_is_open_until_its_day_fails_after_it_and_is_gone_once_it_is_made() {
    let (pass, wanted, fail) = (Verdict::Pass, Verdict::NeedsPerson, Verdict::Fail);
    let held = || Entry::Exercised(held());
    let on = |day| verdicts(&[held()], day);
    assert_eq!(on(date(2027, 1, 31)), [at("exercise.held", pass), at(FIRST, wanted), at(SECOND, wanted)]);
    assert_eq!(on(date(2027, 2, 1)), [at("exercise.held", pass), at(FIRST, fail), at(SECOND, wanted)]);
    let told = &seen(&[held()], date(2027, 2, 2))[1].2;
    let parts = ["part 1. Sample Person B, by 2027-01-31, tried again on 2027-05-31", "2 days overdue"];
    assert!(parts.iter().all(|part| told.contains(part)), "{told}");
    let one = verdicts(&[held(), improved(1)], date(2027, 2, 1));
    assert_eq!(one, [at("exercise.held", pass), at(SECOND, wanted)]);
    let both = verdicts(&[held(), improved(1), improved(2)], date(2027, 2, 1));
    assert_eq!(both, [at("exercise.held", pass), at("exercise.improvements", pass)]);
}

/// The exercise with its first improvement alone.
fn with_one() -> Held {
    Held { improvements: vec![improvement(1, date(2027, 1, 31))], ..held() }
}

/// A later exercise of the same scenario, and how the objective went.
fn later(day: Date, rating: Rating) -> Held {
    let ratings = vec![Rated { rating, ..held().ratings[0].clone() }];
    Held { exercise: format!("{day}-block-all"), date: day, ratings, improvements: Vec::new(), ..held() }
}

fn word(day: Date) -> Entry {
    let Entry::Improved(made) = improved(1) else { panic!("a word") };
    Entry::Improved(Improved { date: day, ..made })
}

#[test]
fn one_that_was_made_comes_back_on_the_day_of_its_retest_until_an_exercise_or_a_word_has_shown_it() {
    let (none, wanted, fail) = ("exercise.improvements", Verdict::NeedsPerson, Verdict::Fail);
    let (made, after) = (date(2027, 1, 15), date(2027, 6, 3));
    let reached = |day| later(day, Rating::S);
    let alone = Held { players: Players::Solo, ..reached(date(2027, 3, 1)) };
    let another = Held { scenario: "lost-phone".to_owned(), ..reached(date(2027, 3, 1)) };
    let never = Held {
        improvements: vec![Improvement { retest: None, ..improvement(1, date(2027, 1, 31)) }],
        ..held()
    };
    let of_none = Held {
        improvements: vec![Improvement { objective: String::new(), ..improvement(1, date(2027, 1, 31)) }],
        ..held()
    };
    let failed = later(date(2027, 3, 1), Rating::M);
    let shown = |held: Held| [Entry::Exercised(with_one()), word(made), Entry::Exercised(held)];
    let with = |held: Held| [Entry::Exercised(held), word(made)];
    let back = |verdict| at(FIRST, verdict);
    let closed = || at(none, Verdict::Pass);
    let table: [(&str, &[Entry], Date, _); 12] = [
        ("the day before", &with(with_one()), date(2027, 5, 30), closed()),
        ("on its day", &with(with_one()), date(2027, 5, 31), back(wanted)),
        ("after it", &with(with_one()), after, back(fail)),
        ("reached since", &shown(reached(date(2027, 3, 1))), after, closed()),
        ("reached late", &shown(reached(date(2027, 6, 2))), after, closed()),
        ("tried again in vain", &shown(failed), after, back(fail)),
        ("reached before it was made", &shown(reached(date(2027, 1, 14))), after, back(fail)),
        ("by somebody alone", &shown(alone), after, back(fail)),
        ("in another scenario", &shown(another), after, back(fail)),
        ("a word on its day", &[Entry::Exercised(with_one()), word(date(2027, 5, 31))], after, closed()),
        ("without a day", &with(never), after, closed()),
        ("of no objective", &with(of_none), after, back(fail)),
    ];
    for (what, entries, today, expected) in table {
        let seen: Vec<_> =
            verdicts(entries, today).into_iter().filter(|(subject, _)| subject != "exercise.held").collect();
        assert_eq!(seen, [expected], "{what}");
    }
    let told = &seen(&with(with_one()), after)[1].2;
    let parts = ["by the word of Sample Person C on 2027-01-15", "again on 2027-05-31", "3 days overdue"];
    assert!(parts.iter().all(|part| told.contains(part)), "{told}");
}

#[test]
fn an_exercise_is_held_twice_a_year_by_a_team_here_or_elsewhere() {
    let of = |entries: &[Entry], today| seen(entries, today)[0].clone();
    let just = of(&[], date(2027, 5, 30));
    assert_eq!(just.1, Verdict::Pass, "asked for the first time in time: {}", just.2);
    assert_eq!(of(&[], date(2027, 5, 31)).1, Verdict::NeedsPerson);
    let team = Entry::Exercised(held());
    assert_eq!(of(std::slice::from_ref(&team), date(2027, 5, 30)).1, Verdict::Pass);
    let late = of(std::slice::from_ref(&team), date(2027, 5, 31));
    assert_eq!(late.1, Verdict::Fail);
    assert!(late.2.contains("the next was due on 2027-05-30"), "{}", late.2);
    let alone = Entry::Exercised(Held { players: Players::Solo, date: date(2027, 5, 1), ..held() });
    assert_eq!(of(&[alone], date(2027, 5, 31)).1, Verdict::NeedsPerson, "one alone is no exercise");
    let elsewhere = a_word("exercise.held", date(2027, 5, 20));
    assert_eq!(of(&[team, elsewhere], date(2027, 6, 1)).1, Verdict::Pass);
}

#[test]
fn records_of_before_are_read_and_what_is_written_is_read_again() {
    for entry in [Entry::Exercised(held()), improved(1)] {
        let text = serde_json::to_string(&entry).expect("JSON");
        assert_eq!(serde_json::from_str::<Entry>(&text).expect("an entry"), entry, "{text}");
    }
    let before = r#"{"check":"account.exists","slot":"first","verdict":"pass","detail":""}"#;
    let before: breakglass::domain::record::Concluded = serde_json::from_str(before).unwrap_or_else(|_| {
        // Slots are written as numbers in records.
        serde_json::from_str(&before.replace("\"first\"", "0")).expect("what a check saw")
    });
    assert_eq!(before.thing, None);
}

fn say(program: &mut Program, words: &str) {
    let msg = chosen(&program.model, words);
    program.say(msg);
}

/// Hears what the world answers until somebody's word about an improvement stands in the record.
async fn closed(program: &mut Program) {
    let heard = async {
        loop {
            program.turn().await;
            if !program.model.desk.evidence().exercises.improved.is_empty() {
                break;
            }
            let msg = program.hear().await.expect("an answer");
            program.say(msg);
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), heard).await.expect("the record takes it");
}

/// Over the wire: a tenant that is set up, a review that finds both, and somebody who closes one of them by name.
#[tokio::test(flavor = "multi_thread")]
async fn a_review_shows_what_is_open_and_a_named_person_closes_it_with_what_shows_it() {
    let home = Home::new();
    let (code, first) = report(&home, "fresh");
    assert_eq!(code, Some(0), "{first:#}");
    let today = Looked::at(&home, "fresh").await;
    let date = today.program.model.desk.world.today();
    today.leave().await;
    let day = |months: i64| date.checked_add(jiff::Span::new().months(months)).expect("a day");
    let held = Held { date, improvements: vec![improvement(1, day(2)), improvement(2, day(-1))], ..held() };
    let mut record = Record::open(&home.record()).expect("the record opens");
    record.append(Timestamp::now(), &Entry::Exercised(held)).expect("a line");
    drop(record);
    let mut looked = Looked::going_on(&home, "fresh").await;
    assert_eq!(looked.open(), [format!("{FIRST} needs a person"), format!("{SECOND} failed")]);
    let program = &mut looked.program;
    for words in ["Due work", "Attest: ", "Sample Person A", "part 2", "Yes, this is so"] {
        say(program, words);
    }
    let noted = answered(&program.model, "It hangs in the safe of site A.");
    program.say(noted);
    for words in ["part 2", "Yes, this is so"] {
        say(program, words);
    }
    closed(program).await;
    assert_eq!(looked.open(), [format!("{FIRST} needs a person")]);
    let made = journey::report(&looked.program.model.desk, 2);
    let json: Value = serde_json::from_str(&render(&made, Format::Json)).expect("JSON");
    let text = json.to_string();
    assert!(text.contains(FIRST) && !text.contains(SECOND), "{text}");
    let markdown = render(&made, Format::Markdown);
    assert!(markdown.contains("Improvement after an exercise: 2026-11-30-block-all, 1"), "{markdown}");
    looked.leave().await;
    let (journal, _) = read(&home.record()).expect("the record");
    let closed = journal.entries.iter().filter_map(|(_, entry)| match entry {
        Entry::Improved(done) => Some((done.number, done.person.clone(), done.note.clone())),
        _ => None,
    });
    let expected = (2, "Sample Person A".to_owned(), "It hangs in the safe of site A.".to_owned());
    assert_eq!(closed.collect::<Vec<_>>(), [expected]);
}
