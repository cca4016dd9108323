//! Pages are looked at before anything is printed: every one, from everywhere, and never with a secret on it.

use breakglass::domain::check::case::Case;
use breakglass::domain::paper::page::{self, Page};
use breakglass::domain::plan::SecondHalf;
use breakglass::domain::record::{Checked, Evidence, Half, SlipKind, SlipState};
use breakglass::domain::slot::Slot;
use breakglass::journeys::effect::PaperEffect;
use breakglass::journeys::home::{self, Home as AtHome};
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Block;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::{pages, slip};
use breakglass::journeys::{Choice, Effect, Msg, screen, setup, update};
use breakglass::paper;
use jiff::civil::date;

use crate::support::model::{model_at, slip_mut};
use crate::support::sample::{a_slip, facts, plan};
use crate::support::{Home, Person, choice};

fn preview(evidence: &Evidence, page: &Page) -> Vec<String> {
    let (plan, facts) = (plan(), facts("Fabrikam"));
    let case = Case { plan: &plan, facts: &facts, evidence, today: date(2026, 11, 23) };
    paper::preview(&paper::page(&case, "REHEARSAL", page))
}

fn all(evidence: &Evidence) -> Vec<Page> {
    let (plan, facts) = (plan(), facts("Fabrikam"));
    page::all(&Case { plan: &plan, facts: &facts, evidence, today: date(2026, 11, 23) })
}

#[test]
fn every_page_fits_a_small_window_and_a_secret_is_dots() {
    let evidence = Evidence::default();
    let pages = all(&evidence);
    assert_eq!(pages.len(), 5 + 3 + 2, "five pages without secrets, three PINs, two passwords");
    for page in &pages {
        let lines = preview(&evidence, page);
        assert!(lines[0].starts_with("REHEARSAL"), "{page:?} has no mark");
        assert!(lines.iter().all(|line| line.chars().count() <= 76), "{page:?} is too wide:\n{lines:#?}");
        let text = lines.join("\n");
        assert!(!text.contains('\u{c}') && !text.contains('•'), "{text}");
        let has_secret = matches!(page, Page::Slip(_));
        assert_eq!(text.contains("   | 1  **** ****"), has_secret, "{text}");
        for word in ["november", "seven,", "UPPER K"] {
            assert!(
                !has_secret || !text.contains(word),
                "a slip that is only looked at says {word}:\n{text}"
            );
        }
    }
}

#[test]
fn a_slip_that_was_made_is_shown_as_it_was_made() {
    let mut evidence = Evidence::default();
    let mut slip = a_slip(SlipKind::Pin { key: 0 });
    (slip.state, slip.checked) = (SlipState::Confirmed, Some(Checked::ChosenAndTypedTwice));
    evidence.slips.insert(slip.number, slip);
    let pages = all(&evidence);
    let slips: Vec<_> = pages.iter().filter(|page| matches!(page, Page::Slip(_))).collect();
    let text = preview(&evidence, slips[0]).join("\n");
    assert!(text.contains("   | 1  ____ ____") && !text.contains("****"), "a chosen PIN has boxes:\n{text}");
    assert!(text.contains("Slip:                 3"), "{text}");
    let next = preview(&evidence, slips[1]).join("\n");
    assert!(next.contains("Slip:                 4"), "the next slip has another number:\n{next}");
}

/// What leads to the pages, at home, at a step and at a slip.
const LOOK: [Msg; 3] = [
    Msg::Home(home::Msg::LookAtPages),
    Msg::Setup(setup::Msg::LookAtPages),
    Msg::Slip(slip::Msg::LookAtPages),
];

/// Presses the choice that leads to the pages.
fn look(model: &mut Model) -> Vec<Effect> {
    let choice = screen(model).choices.into_iter().find(|choice| LOOK.contains(&choice.msg));
    update(model, choice.expect("pages can be looked at").msg)
}

/// The page that is to be set, and what says that it was.
fn set(effects: &[Effect]) -> (&Page, Msg) {
    let [Effect::Paper(PaperEffect::SetPage { page, tell, .. })] = effects else { panic!("{effects:?}") };
    (page, tell.with(vec!["a line of the page".to_owned()]))
}

#[test]
fn from_home_and_from_step_8_every_page_is_two_choices_away_and_the_way_back_is_the_same() {
    let mut at_home = model_at(8);
    at_home.stack = vec![Layer::Home(AtHome::First)];
    for mut model in [at_home, model_at(8)] {
        let before = model.stack.clone();
        assert!(look(&mut model).is_empty());
        let listed: Vec<Choice> =
            screen(&model).choices.into_iter().filter(|c| c.key == Choice::LISTED).collect();
        assert_eq!(listed.len(), 10);
        for choice in listed {
            let effects = update(&mut model, choice.msg);
            let (_, was_set) = set(&effects);
            assert!(screen(&model).work.is_some(), "nothing says that the page is being set");
            update(&mut model, was_set);
            let shown = screen(&model);
            assert!(shown.prose.contains(&Block::Verbatim(vec!["a line of the page".to_owned()])));
            update(&mut model, Msg::Pages(pages::Msg::Back));
        }
        update(&mut model, Msg::Pages(pages::Msg::Back));
        assert_eq!(model.stack, before);
    }
    let model = model_at(3);
    assert!(screen(&model).choices.iter().all(|choice| !LOOK.contains(&choice.msg)));
}

fn announced(two_people: Option<SecondHalf>) -> Model {
    let mut model = crate::support::model::model();
    model.desk.world.plan_mut().accounts[0].second_half = two_people;
    crate::support::console::Console::with(model, (8, "pin-slip:first:0")).model
}

#[test]
fn a_slip_is_looked_at_before_it_is_made_and_not_once_there_is_a_secret() {
    let mut model = announced(None);
    let before = model.stack.clone();
    let effects = look(&mut model);
    assert!(matches!(set(&effects).0, Page::Slip(_)), "{effects:?}");
    update(&mut model, Msg::Pages(pages::Msg::Back));
    assert_eq!(model.stack, before);
    slip_mut(&mut model).state = slip::State::Taking;
    let (stack, effects) = (model.stack.clone(), update(&mut model, Msg::Slip(slip::Msg::LookAtPages)));
    assert!(effects.is_empty() && model.stack == stack, "a secret in memory waits behind a page");
}

#[test]
fn with_two_people_there_are_two_pages() {
    let second = SecondHalf { safe: "A2".to_owned(), custodian: "Sample Person C".to_owned() };
    let mut model = announced(Some(second));
    slip_mut(&mut model).slip = a_slip(SlipKind::Password);
    look(&mut model);
    let labels: Vec<String> =
        screen(&model).choices.iter().map(Choice::whole).filter(|label| label.starts_with("Slip")).collect();
    assert_eq!(labels.len(), Half::BOTH.len());
    assert!(labels[1].starts_with(&format!("Slip: password of the {} account, half B", Slot::FIRST)));
}

#[test]
fn the_real_program_shows_a_masked_slip_at_home() {
    let home = Home::new();
    let mut command = home.breakglass();
    command.arg("--plain").arg("--record").arg(home.record()).arg("--plan").arg(home.plan());
    let mut person = Person::at(command);
    let mut shown = String::new();
    for words in ["Look at the pages", "Slip: password of the Second account", "Back to the list", "Back"] {
        shown = person.next_question().expect("a question");
        let number = choice(&shown, words).unwrap_or_else(|| panic!("no {words} in:\n{shown}"));
        person.type_line(&number);
        shown = person.seen.clone();
    }
    assert!(shown.contains("   | 2  **** **** **** ****"), "{shown}");
    assert!(shown.contains("meadow.compass@"), "{shown}");
    person.leave();
}

#[test]
fn a_masked_slip_can_be_saved_as_a_specimen() {
    let home = Home::new();
    let save = |file: &str| {
        let mut command = home.breakglass();
        command.args(["sheet", "slip", "--output", file]).arg("--plan").arg(home.plan());
        assert!(command.status().expect("it runs").success());
        std::fs::read(home.path(file)).expect("the file")
    };
    let text = String::from_utf8(save("slips.txt")).expect("text");
    assert_eq!(text.matches("   | 1  ").count(), 5, "{text}");
    assert!(!text.contains("check of the whole: A"), "{text}");
    let pages = crate::support::pdf_reader::pages(&save("slips.pdf"));
    assert_eq!(pages.len(), 5);
}
