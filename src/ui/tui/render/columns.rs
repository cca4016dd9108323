//! Prose in two columns, where a window has room: parts under headings of their own stand beside each other, as on a board.
//! What is copied, painted or scanned keeps the whole width.

use ratatui::layout::Size;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

use crate::journeys::screen::Block;
use crate::ui::tui::render::View;
use crate::ui::tui::render::blocks::block_lines;

/// Fewer columns than this are one column: two would be too narrow to read.
const TWO: u16 = 92;
/// Columns between them.
const GAP: usize = 4;

/// All lines of the prose.
pub(super) fn lines(view: View, blocks: &[Block], size: Size) -> Vec<Line<'static>> {
    let parts = parts(blocks);
    if size.width < TWO || parts.iter().filter(|part| may_stand_beside(part)).count() < 2 {
        return stacked(view, blocks, size);
    }
    let beside = |one: &&[Block], other: &&[Block]| may_stand_beside(one) && may_stand_beside(other);
    parts.chunk_by(beside).flat_map(|run| run_lines(view, run, size)).collect()
}

fn stacked(view: View, blocks: &[Block], size: Size) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for (place, block) in blocks.iter().enumerate() {
        let is_behind_list = place > 0 && matches!(blocks[place - 1], Block::List(_));
        if is_behind_list && matches!(block, Block::Text(_)) {
            lines.push(Line::default());
        }
        lines.extend(block_lines(view, block, size));
    }
    lines
}

/// The blocks in parts that begin with a heading each; what comes before the first is a part as well.
fn parts(blocks: &[Block]) -> Vec<&[Block]> {
    blocks.chunk_by(|_, next| !matches!(next, Block::Heading(_))).collect()
}

/// Whether a part has a heading and nothing that needs the whole width.
fn may_stand_beside(part: &[Block]) -> bool {
    let is_narrow = |block: &Block| match block {
        Block::Text(_)
        | Block::Reason(_)
        | Block::Heading(_)
        | Block::List(_)
        | Block::Pairs(_)
        | Block::Checklist(_) => true,
        Block::Steps(_) | Block::Verbatim(_) | Block::Grid(_) | Block::Secret(_) | Block::Qr(_) => false,
    };
    matches!(part.first(), Some(Block::Heading(_))) && part.iter().all(is_narrow)
}

/// Parts that follow each other: alone in the whole width, or several in two columns, read down the left one first.
fn run_lines(view: View, run: &[&[Block]], size: Size) -> Vec<Line<'static>> {
    if run.len() < 2 {
        return stacked(view, &run.concat(), size);
    }
    let width = (usize::from(size.width) - GAP) / 2;
    let half = Size { width: u16::try_from(width).unwrap_or(size.width), ..size };
    let mut texts: Vec<Vec<Line>> = run.iter().map(|part| stacked(view, part, half)).collect();
    let right = texts.split_off(split(&texts)).concat();
    let mut text = beside(texts.concat(), right, width);
    text.push(Line::default());
    text
}

/// How many of the texts stand on the left, so that the columns are as even as they can be.
fn split(texts: &[Vec<Line>]) -> usize {
    let height = |texts: &[Vec<Line>]| texts.iter().map(Vec::len).sum::<usize>();
    let taller = |at: &usize| height(&texts[..*at]).max(height(&texts[*at..]));
    (1..texts.len()).min_by_key(taller).unwrap_or(1)
}

fn beside(left: Vec<Line<'static>>, right: Vec<Line<'static>>, width: usize) -> Vec<Line<'static>> {
    let rows = left.len().max(right.len());
    let (mut left, mut right) = (left.into_iter(), right.into_iter());
    let row = |_| {
        let (mut line, other) = (left.next().unwrap_or_default(), right.next().unwrap_or_default());
        let gap = if other.width() == 0 { 0 } else { (width + GAP).saturating_sub(line.width()) };
        line.spans.push(Span::raw(" ".repeat(gap)));
        // A line may have a style of its own, which must not run into the other column.
        let style = std::mem::take(&mut line.style);
        let styles = [style, other.style];
        let halves = [line.spans, other.spans].into_iter().zip(styles);
        Line::from(halves.flat_map(|(spans, style)| styled(spans, style)).collect::<Vec<_>>())
    };
    (0..rows).map(row).collect()
}

/// Spans with the style of the line they stood on below their own.
fn styled(spans: Vec<Span<'static>>, line: Style) -> impl Iterator<Item = Span<'static>> {
    spans.into_iter().map(move |span| {
        let style = line.patch(span.style);
        span.style(style)
    })
}
