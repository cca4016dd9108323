//! The paper of an exercise: what players get says nothing of what is to come, what the facilitator gets says everything.

use breakglass::domain::exercise::cards::code;
use breakglass::domain::exercise::event::Cast;
use breakglass::domain::exercise::scenario::Scenario;
use breakglass::domain::plan::PaperSize;
use breakglass::paper::exercise::{Printed, for_players, guide, manual, paper_cards, role_cards};
use breakglass::paper::{self, Ink, Sheet};
use jiff::civil::date;

use super::rating::sample;
use crate::support::pdf_reader::{self, Page};

const NAME: &str = "2026-11-30-block-all";

fn with<T>(of: impl FnOnce(&Printed<'_>) -> T) -> T {
    let scenario = sample();
    let cast = [Cast { role: "lead".to_owned(), person: "Sample Person A".to_owned() }];
    of(&printed(&scenario, &cast))
}

fn printed<'a>(scenario: &'a Scenario, cast: &'a [Cast]) -> Printed<'a> {
    Printed {
        exercise: NAME,
        scenario,
        cast,
        tenant: "Fabrikam (fabrikam.onmicrosoft.com)",
        date: date(2026, 11, 30),
    }
}

fn pages(sheet: &Sheet, size: PaperSize) -> Vec<Page> {
    pdf_reader::pages(&paper::pdf(sheet, Ink::Blank, size).expect("a PDF"))
}

fn solid(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn text(sheets: &[Sheet]) -> String {
    sheets.iter().map(|sheet| paper::text(sheet, Ink::Blank).to_string()).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_page_of_every_paper_says_exercise_and_clips_nothing() {
    let sheets = with(|printed| [for_players(printed), vec![guide(printed)]].concat());
    for (sheet, size) in sheets.iter().flat_map(|sheet| [(sheet, PaperSize::A4), (sheet, PaperSize::Letter)])
    {
        for page in pages(sheet, size) {
            assert!(page.text().starts_with("EXERCISE"), "{}: {}", sheet.name, page.text());
            assert_eq!(page.clips(20.0), None, "{}", sheet.name);
        }
        for line in paper::text(sheet, Ink::Blank).lines() {
            let line = line.trim_start_matches('\u{c}');
            assert!(textwrap::core::display_width(line) <= paper::COLUMNS, "{line}");
        }
        assert!(paper::text(sheet, Ink::Blank).contains("EXERCISE"));
    }
}

#[test]
fn players_learn_nothing_of_what_is_to_come() {
    let scenario = sample();
    let told = with(|printed| text(&for_players(printed)));
    let solid_told = solid(&told);
    let injects = scenario.injects.iter().flat_map(|one| one.text.iter().chain(&one.notes));
    let expected = scenario.expected().map(|(_, expected)| &expected.text);
    let options =
        scenario.decisions.iter().flat_map(|one| &one.options).flat_map(|one| [&one.text, &one.why]);
    let milestones = scenario.milestones.iter().flat_map(|one| [&one.title].into_iter().chain(&one.hints));
    let secret = injects.chain(expected).chain(options).chain(milestones).chain([&scenario.summary]);
    for text in secret {
        assert!(!solid_told.contains(&solid(text)), "players read: {text}");
    }
    insta::assert_snapshot!("exercise_players_paper", told);
}

#[test]
fn the_manual_has_rules_roles_and_the_situation() {
    let (scenario, told) = (sample(), with(|printed| solid(&text(&[manual(printed)]))));
    let objectives = scenario.objectives.iter().map(|one| &one.text);
    let said = scenario.opening.iter().chain(&scenario.ground_rules).chain(&scenario.artificialities);
    for text in said.chain(objectives).chain([&scenario.title]) {
        assert!(told.contains(&solid(text)), "{text}");
    }
    assert!(told.contains("SamplePersonA"));
}

#[test]
fn there_is_a_card_for_each_role_and_one_with_its_code_for_each_paper() {
    let (roles, cards) = with(|printed| (role_cards(printed), paper_cards(printed)));
    assert_eq!((roles.len(), cards.len()), (2, 2));
    assert!(text(&roles[..1]).contains("Sample Person A"));
    assert!(text(&roles[1..]).contains("________"), "a line for whoever plays it");
    for (card, sheet) in sample().cards.iter().zip(&cards) {
        let code = code(NAME, &card.id);
        assert!(text(std::slice::from_ref(sheet)).contains(&code), "{code}");
        let drawn: String = pages(sheet, PaperSize::A4).iter().map(Page::text).collect();
        assert!(drawn.contains(&code), "{drawn}");
    }
}

#[test]
fn the_facilitator_has_everything() {
    let scenario = sample();
    let told = with(|printed| text(&[guide(printed)]));
    insta::assert_snapshot!("exercise_facilitators_guide", told);
    let drawn: String =
        with(|printed| pages(&guide(printed), PaperSize::A4)).iter().map(Page::text).collect();
    let injects = scenario.injects.iter().flat_map(|one| one.text.iter().chain(&one.notes));
    let lines = scenario.injects.iter().flat_map(|one| &one.artefact).flat_map(|one| &one.lines);
    let expected = scenario.expected().map(|(_, expected)| &expected.text);
    let options =
        scenario.decisions.iter().flat_map(|one| &one.options).flat_map(|one| [&one.text, &one.why]);
    let by_hand = scenario.by_hand.iter().flat_map(|one| [&one.title, &one.why]);
    let asked = scenario.hot_wash.iter().chain(&scenario.before);
    for text in injects.chain(lines).chain(expected).chain(options).chain(by_hand).chain(asked) {
        assert!(drawn.contains(&solid(text)), "{text}");
    }
    for card in &scenario.cards {
        assert!(drawn.contains(&code(NAME, &card.id)));
    }
    assert!(told.contains("17:41  53003  Block everyone"), "the columns of an artefact stay: {told}");
}

#[test]
fn every_shipped_scenario_fits_its_paper() {
    for scenario in breakglass::domain::exercise::scenario::shipped() {
        let printed = printed(scenario, &[]);
        for sheet in for_players(&printed) {
            for page in pages(&sheet, PaperSize::Letter) {
                assert_eq!(page.clips(20.0), None, "{}: {}", scenario.id, sheet.name);
            }
        }
        let all = pages(&guide(&printed), PaperSize::Letter);
        let words: Vec<String> = all.iter().map(|page| solid(&page.text())).collect();
        for (page, words) in all.iter().zip(&words) {
            assert_eq!(page.clips(20.0), None, "{}", scenario.id);
            let is_last = all.last().is_some_and(|last| std::ptr::eq(last, page));
            assert!(is_last || words.len() > 400, "{}: a page with nearly nothing: {words}", scenario.id);
        }
        for question in &scenario.hot_wash {
            let whole = words.iter().any(|page| page.contains(&solid(question)));
            assert!(whole, "{}: a question goes over two pages: {question}", scenario.id);
        }
    }
}
