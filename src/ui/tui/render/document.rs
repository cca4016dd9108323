//! The text of a screen: trouble first, then what there is to read, then findings. One list of lines, to be scrolled.

use ratatui::layout::Size;
use ratatui::text::{Line, Span};

use crate::domain::check::finding::Verdict;
use crate::domain::trouble::Trouble;
use crate::journeys::Screen;
use crate::journeys::screen::{Block, Row};
use crate::ui::tui::lines::{self, READABLE};
use crate::ui::tui::look::Look;
use crate::ui::tui::render::blocks::{block_lines, checklist, ended};
use crate::ui::tui::render::{View, columns};

/// Lines of a first paragraph that stays above the findings.
const SHORT: usize = 3;

/// Whether there is something to be copied without borders.
pub(super) fn has_verbatim(screen: &Screen) -> bool {
    screen.prose.iter().any(|block| matches!(block, Block::Verbatim(_) | Block::Steps(_)))
}

/// What comes first below a trouble.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum First {
    /// What there is to read: all of it fits.
    Prose,
    /// The findings: the rest has to be scrolled to.
    Findings,
    /// What there is to read and nothing else: the findings are lines of a list.
    ProseAlone,
}

/// All lines of the text for a region of this size.
pub(super) fn lines(view: View, size: Size, first: First) -> Vec<Line<'static>> {
    let look = view.face.look;
    let width = usize::from(size.width);
    let readable = width.min(READABLE);
    let mut text = Vec::new();
    if let Some(trouble) = &view.screen.trouble {
        text.extend(trouble_lines(trouble, look, readable));
        text.push(Line::default());
    }
    if let Some(said) = &view.screen.done {
        let sign = format!("{} ", look.signs.extent(said.extent));
        text.extend(lines::marked(&Span::styled(sign, look.accent()), &Span::raw(&said.words), readable));
        text.push(Line::default());
    }
    let (reason, prose) = reason(view.screen, readable, first);
    let prose = columns::lines(view, prose, size).into_iter();
    text.extend(reason.into_iter().flat_map(|block| block_lines(view, block, size)));
    let findings = checklist(&findings(view.screen, first), look, width);
    match first {
        First::Prose => text.extend(ended(prose.collect()).into_iter().chain(findings)),
        First::ProseAlone => text.extend(prose),
        First::Findings => text.extend(ended(findings).into_iter().chain(prose)),
    }
    text.dedup_by(|line, before| line.width() == 0 && before.width() == 0);
    let is_blank = |line: Option<&Line>| line.is_some_and(|line| line.width() == 0);
    while is_blank(text.last()) {
        text.pop();
    }
    if is_blank(text.first()) {
        text.remove(0);
    }
    text
}

/// What comes before the findings even when the rest has to be scrolled to: a short first paragraph.
fn reason(screen: &Screen, width: usize, first: First) -> (Option<&Block>, &[Block]) {
    match screen.prose.split_first() {
        Some((block @ (Block::Text(words) | Block::Reason(words)), rest))
            if first == First::Findings && lines::wrap("", words, width).len() <= SHORT =>
        {
            (Some(block), rest)
        }
        _ => (None, &screen.prose),
    }
}

/// The findings in their order; where they have to be scrolled to, what is open before what is in order, once nothing
/// arrives any more.
fn findings(screen: &Screen, first: First) -> Vec<Row> {
    let mut rows = screen.checklist.clone();
    if first == First::Findings && screen.work.is_none() {
        rows.sort_by_key(|row| row.verdict == Verdict::Pass);
    }
    rows
}

fn trouble_lines(trouble: &Trouble, look: Look, width: usize) -> Vec<Line<'static>> {
    let mut text = lines::styled(lines::wrap("! ", &trouble.what, width), look.warning());
    let mut told = |name: &str, words: &str| {
        text.extend(lines::marked(&Span::styled(name, look.quiet()), &Span::raw(words), width));
    };
    told("  why   ", &trouble.reason());
    told("  next  ", &trouble.next);
    if let Some(request) = &trouble.request {
        told("  call  ", &request.0);
    }
    text
}
