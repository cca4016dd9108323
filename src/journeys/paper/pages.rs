//! Looking at the pages: every one as it goes to paper, with dots where a secret stands.

use crate::domain::paper::page::{self, MaskedSlip, Page, Shape};
use crate::domain::record::SlipState;
use crate::journeys::frame;
use crate::journeys::message::{Effect, Msg};
use crate::journeys::model::{Maker, Model, Open, Pages, SlipWork, SlipWorkState, Stage};
use crate::journeys::screen::{Block, Choice, Screen, Work};

/// The choice that leads here.
pub(in crate::journeys) fn choice(label: &str) -> Choice {
    Choice::safe('p', label, Msg::LookAtPages)
}

/// Begins with the list, or with the page itself where there is only one.
pub(in crate::journeys) fn begin(model: &mut Model) -> Vec<Effect> {
    let Some(list) = list(model) else { return Vec::new() };
    model.trouble = None;
    let only = list.len() == 1;
    let back = Box::new(model.stage.clone());
    model.stage = Stage::Pages(Pages { list, open: None, back });
    if only { open(model, 0) } else { Vec::new() }
}

/// Which pages there are to look at from here; `None` where nothing is to be looked at.
fn list(model: &Model) -> Option<Vec<Page>> {
    match &model.stage {
        Stage::Home | Stage::Overview => Some(page::all(&model.case())),
        Stage::Slip(work) if work.state == SlipWorkState::Announced => Some(of_slip(model, work)),
        _ => None,
    }
}

/// The pages of the slip that is about to be made.
fn of_slip(model: &Model, work: &SlipWork) -> Vec<Page> {
    match work.maker {
        Maker::Program => page::masked(&model.case(), &work.slip),
        Maker::Person => {
            vec![Page::Slip(Box::new(MaskedSlip { slip: work.slip.clone(), shape: Shape::Blank }))]
        }
    }
}

pub(in crate::journeys) fn on(model: &mut Model, msg: Msg) -> Vec<Effect> {
    let Stage::Pages(pages) = &mut model.stage else { return Vec::new() };
    match (msg, &mut pages.open) {
        (Msg::OpenPage(index), _) => open(model, index),
        (Msg::PageSet(lines), Some(open)) => {
            open.lines = Some(lines);
            Vec::new()
        }
        (Msg::Back, open @ Some(_)) if pages.list.len() > 1 => {
            *open = None;
            Vec::new()
        }
        (Msg::Back, _) => {
            model.stage = (*pages.back).clone();
            Vec::new()
        }
        _ => Vec::new(),
    }
}

fn open(model: &mut Model, index: usize) -> Vec<Effect> {
    let (plan, facts) = (Box::new(model.plan.clone()), Box::new(model.facts.clone()));
    let Stage::Pages(pages) = &mut model.stage else { return Vec::new() };
    let Some(page) = pages.list.get(index).cloned() else { return Vec::new() };
    pages.open = Some(Open { index, lines: None });
    vec![Effect::SetPage { page, plan, facts }]
}

/// The list, or one page.
pub(in crate::journeys) fn screen(model: &Model, pages: &Pages) -> Screen {
    match &pages.open {
        Some(open) => page_screen(model, pages, open),
        None => list_screen(model, pages),
    }
}

fn list_screen(model: &Model, pages: &Pages) -> Screen {
    let mut screen = frame::of(model, "Pages");
    screen.prose.push(Block::Text(
        "Every page as it goes to paper. Where a secret stands there are dots; nothing secret is on these screens."
            .to_owned(),
    ));
    let listed = |(index, page): (usize, &Page)| {
        Choice::listed(page.label(&model.plan), state(page), Msg::OpenPage(index))
    };
    screen.choices.extend(pages.list.iter().enumerate().map(listed));
    screen.choices.push(Choice::safe('b', "Back", Msg::Back));
    screen
}

/// How a page stands, in a few words.
fn state(page: &Page) -> String {
    match page {
        Page::Slip(masked) => match masked.slip.state {
            SlipState::Confirmed => format!("slip {} of {}, masked", masked.slip.number, masked.slip.date),
            SlipState::Made => "not made yet, masked".to_owned(),
        },
        _ => "no secret on it".to_owned(),
    }
}

fn page_screen(model: &Model, pages: &Pages, open: &Open) -> Screen {
    let label = pages.list.get(open.index).map(|page| page.label(&model.plan)).unwrap_or_default();
    let mut screen = frame::of(model, label);
    match &open.lines {
        None => screen.work = Some(Work::endless("setting the page")),
        Some(lines) => {
            screen.prose.extend(pages.list.get(open.index).and_then(words).map(Block::Text));
            screen.prose.push(Block::Verbatim(lines.clone()));
        }
    }
    if open.index + 1 < pages.list.len() {
        screen.choices.push(Choice::safe('n', "The next page", Msg::OpenPage(open.index + 1)));
    }
    let back = if pages.list.len() > 1 { "Back to the list" } else { "Back" };
    screen.choices.push(Choice::safe('b', back, Msg::Back));
    screen
}

/// What the terminal cannot show of a page.
fn words(page: &Page) -> Option<String> {
    let Page::Slip(masked) = page else { return None };
    let number = match masked.slip.state {
        SlipState::Made => " It gets its number when it is made.",
        SlipState::Confirmed => "",
    };
    Some(format!(
        "Where the secret stands there are dots, or boxes for a pen. On paper its characters are large, and a pattern \
         covers them once the sheet is folded.{number}"
    ))
}
