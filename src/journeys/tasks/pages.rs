//! Looking at pages: every one as it goes to paper, with dots where a secret stands.

use crate::domain::paper::page::Page;
use crate::domain::record::SlipState;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, PaperEffect};
use crate::journeys::frame;
use crate::journeys::reply::Reply;
use crate::journeys::screen::{Block, Choice, Screen, Work};
use crate::journeys::turn::Turn;

/// The list of pages, or one of them.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// Which pages there are.
    pub list: Vec<Page>,
    /// The one on the screen.
    pub open: Option<Open>,
}

/// A page on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Open {
    /// Its place in the list.
    pub index: usize,
    /// Its lines, once it was set.
    pub lines: Option<Vec<String>>,
}

/// What happens while looking.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Msg {
    /// Look at one page of the list.
    Open(usize),
    /// It was set, line by line, its secret masked.
    Set(Vec<String>),
    /// Back to the list, or away.
    Back,
}

impl Pages {
    /// Begins with the list, or with the page itself where there is only one.
    pub fn begin(desk: &mut Desk, list: Vec<Page>) -> (Self, Turn<Msg>) {
        desk.trouble = None;
        let only = list.len() == 1;
        let mut pages = Self { list, open: None };
        let turn = if only { pages.open(desk, 0) } else { Turn::stay() };
        (pages, turn)
    }

    /// What comes of a message.
    pub fn on(&mut self, desk: &Desk, msg: Msg) -> Turn<Msg> {
        match (msg, &mut self.open) {
            (Msg::Open(index), _) => self.open(desk, index),
            (Msg::Set(lines), open) => {
                if let Some(open) = open {
                    open.lines = Some(lines);
                }
                Turn::stay()
            }
            (Msg::Back, open @ Some(_)) if self.list.len() > 1 => {
                *open = None;
                Turn::stay()
            }
            (Msg::Back, _) => Turn::over(),
        }
    }

    fn open(&mut self, desk: &Desk, index: usize) -> Turn<Msg> {
        let Some(page) = self.list.get(index).cloned() else { return Turn::stay() };
        self.open = Some(Open { index, lines: None });
        let tell = Reply::to(Msg::Set);
        Effect::Paper(PaperEffect::SetPage { page, paper: desk.paper(), tell }).into()
    }

    /// The list, or one page.
    pub fn screen(&self, desk: &Desk) -> Screen<Msg> {
        match &self.open {
            Some(open) => self.page(desk, open),
            None => self.list(desk),
        }
    }

    fn list(&self, desk: &Desk) -> Screen<Msg> {
        let mut screen = frame::of(desk, "Pages");
        screen.prose.push(Block::Text(
            "Every page as it goes to paper. Where a secret stands there are dots; nothing secret is on these screens."
                .to_owned(),
        ));
        let listed = |(index, page): (usize, &Page)| {
            Choice::listed(page.label(desk.plan()), state(page), Msg::Open(index))
        };
        screen.choices.extend(self.list.iter().enumerate().map(listed));
        screen.choices.push(Choice::back("Back", Msg::Back));
        screen
    }

    fn page(&self, desk: &Desk, open: &Open) -> Screen<Msg> {
        let page = self.list.get(open.index);
        let mut screen = frame::of(desk, page.map(|page| page.label(desk.plan())).unwrap_or_default());
        match &open.lines {
            None => screen.work = Some(Work::endless("setting the page")),
            Some(lines) => {
                screen.prose.extend(page.and_then(words).map(Block::Text));
                screen.prose.push(Block::Verbatim(lines.clone()));
            }
        }
        if open.index + 1 < self.list.len() {
            screen.choices.push(Choice::safe('n', "The next page", Msg::Open(open.index + 1)));
        }
        let back = if self.list.len() > 1 { "Back to the list" } else { "Back" };
        screen.choices.push(Choice::back(back, Msg::Back));
        screen
    }
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
