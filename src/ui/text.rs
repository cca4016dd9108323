//! A screen as lines of text, for a run without a person.

use crate::domain::check::finding::Verdict;
use crate::domain::record::SlipKind;
use crate::guide::{WIDTH, wrap};
use crate::journeys::Msg;
use crate::journeys::screen::{Block, ConsentLine, Extent, Row, StepState, Work};
use crate::journeys::{Question, Screen};

/// Which marks stand before findings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marks {
    /// Words in brackets, read well by a screen reader.
    Ascii,
    /// Single signs, where the terminal has Unicode.
    Unicode,
}

/// The whole screen without what can be chosen.
pub fn screen(screen: &Screen, marks: Marks) -> String {
    fit(&whole(screen, marks), marks)
}

/// Signs that a terminal without Unicode would not show, as ASCII.
pub fn fit(text: &str, marks: Marks) -> String {
    let sign = |c: char| match c {
        '•' => "*".to_owned(),
        '‹' => "<".to_owned(),
        '›' => ">".to_owned(),
        '…' => "...".to_owned(),
        c => c.to_string(),
    };
    match marks {
        Marks::Ascii => text.chars().map(sign).collect(),
        Marks::Unicode => text.to_owned(),
    }
}

fn whole(screen: &Screen, marks: Marks) -> String {
    let mut text = String::new();
    text.push_str(&head(screen));
    if let Some(trouble) = &screen.trouble {
        push(&mut text, "! ", &trouble.what);
        push(&mut text, "  Why: ", &trouble.reason());
        push(&mut text, "  Next: ", &trouble.next);
        if let Some(request) = &trouble.request {
            push(&mut text, "  Request: ", &request.0);
        }
        text.push('\n');
    }
    if let Some(said) = &screen.done {
        push(&mut text, &format!("{} ", extent(said.extent, marks)), &said.words);
        text.push('\n');
    }
    for block in &screen.prose {
        text.push_str(&piece(block, marks));
    }
    for row in &screen.checklist {
        text.push_str(&checklist_row(row, marks));
    }
    if let Some(Question::Consent(lines)) = &screen.question {
        text.push('\n');
        for (index, line) in lines.iter().enumerate() {
            text.push_str(&consent_line(index, line));
        }
    }
    text
}

fn head(screen: &Screen) -> String {
    let banner = &screen.banner;
    let done = screen.rail.iter().filter(|item| item.state == StepState::Done).count();
    let rail = Some(screen.rail.len())
        .filter(|all| *all > 0)
        .map(|all| format!("{done} of {all} {} in order", screen.rail_of.words()));
    let dry = banner.dry_run.map(str::to_owned);
    let parts =
        [Some(banner.mark.as_str().to_owned()), Some(banner.tenant.clone()), dry, rail, screen.time_left()];
    let title = wrap("", &screen.heading()).join("\n");
    format!("\n{}\n\n{title}\n\n", whole_parts(parts.into_iter().flatten()))
}

/// The parts of the head, each whole on the line where it fits.
fn whole_parts(parts: impl Iterator<Item = String>) -> String {
    let mut text = String::from("breakglass");
    let mut used = text.chars().count();
    for part in parts {
        let wide = part.chars().count() + 2;
        if used + wide > WIDTH {
            text.push('\n');
            used = 0;
        }
        text = text + "  " + &part;
        used += wide;
    }
    text
}

/// Wrapped lines with `first` before the first of them.
fn push(text: &mut String, first: &str, body: &str) {
    for line in wrap(first, body) {
        text.push_str(&line);
        text.push('\n');
    }
}

/// A piece of prose as lines.
pub fn prose(block: &Block, marks: Marks) -> String {
    fit(&piece(block, marks), marks)
}

fn piece(block: &Block, marks: Marks) -> String {
    let mut text = String::new();
    match block {
        Block::Text(body) | Block::Reason(body) => {
            push(&mut text, "", body);
            text.push('\n');
        }
        Block::Heading(heading) => {
            text.push('\n');
            text.push_str(heading);
            text.push('\n');
        }
        Block::Steps(steps) => {
            for (index, step) in steps.iter().enumerate() {
                push(&mut text, &format!("{:>3}. ", index + 1), step);
            }
            text.push('\n');
        }
        Block::List(lines) => {
            for line in lines {
                push(&mut text, "  - ", line);
            }
        }
        Block::Pairs(pairs) => text.push_str(&columns(pairs)),
        Block::Verbatim(lines) => {
            for line in lines {
                text.push_str(line);
                text.push('\n');
            }
        }
        Block::Grid(grid) => {
            for line in grid.lines(WIDTH) {
                text.push_str(&line);
                text.push('\n');
            }
        }
        Block::Checklist(rows) => {
            for row in rows {
                text.push_str(&checklist_row(row, marks));
            }
            text.push('\n');
        }
        // Secrets are never part of a text. The address stands beside a code as text.
        Block::Secret(_) | Block::Qr(_) => {}
    }
    text
}

/// The spaces before and between two columns.
const MARGINS: usize = 4;
/// How many characters the right column has at least, when it needs them.
const RIGHT_AT_LEAST: usize = 28;

/// Two aligned columns; a long right side goes on below itself.
fn columns(pairs: &[(String, String)]) -> String {
    let longest = |side: fn(&(String, String)) -> &String| {
        pairs.iter().map(|pair| side(pair).chars().count()).max().unwrap_or_default()
    };
    // The right side keeps room for a few words even where the left side is long.
    let room = WIDTH - MARGINS - longest(|(_, right)| right).min(RIGHT_AT_LEAST);
    let wide = longest(|(left, _)| left).min(room);
    let mut text = String::new();
    for (left, right) in pairs {
        let gap = wide.saturating_sub(left.chars().count());
        push(&mut text, &format!("  {left}{}  ", " ".repeat(gap)), right);
    }
    text.push('\n');
    text
}

fn checklist_row(row: &Row, marks: Marks) -> String {
    let mut text = String::new();
    push(&mut text, &format!("  {} ", mark(row.verdict, marks)), &row.label);
    if !row.detail.is_empty() {
        let margin = " ".repeat(mark(row.verdict, marks).chars().count() + 3);
        push(&mut text, &margin, &row.detail);
    }
    text
}

fn mark(verdict: Verdict, marks: Marks) -> &'static str {
    match (marks, verdict) {
        (Marks::Ascii, Verdict::Pass) => "[ ok ]",
        (Marks::Ascii, Verdict::Fail) => "[fail]",
        (Marks::Ascii, Verdict::Unknown) => "[ ?? ]",
        (Marks::Ascii, Verdict::NeedsPerson) => "[you ]",
        (Marks::Unicode, Verdict::Pass) => "✓",
        (Marks::Unicode, Verdict::Fail) => "✗",
        (Marks::Unicode, Verdict::Unknown) => "?",
        (Marks::Unicode, Verdict::NeedsPerson) => "!",
    }
}

/// The mark before what was just done.
fn extent(extent: Extent, marks: Marks) -> &'static str {
    match (extent, marks) {
        (Extent::Whole, marks) => mark(Verdict::Pass, marks),
        (Extent::Partly, Marks::Ascii) => "[part]",
        (Extent::Partly, Marks::Unicode) => "◐",
    }
}

fn consent_line(index: usize, line: &ConsentLine<Msg>) -> String {
    let tick = if line.ticked { 'x' } else { ' ' };
    let mut text = String::new();
    push(&mut text, &format!("  [{tick}] {:>3}  ", index + 1), &line.sentence);
    for call in &line.call {
        text.push_str("            ");
        text.push_str(call);
        text.push('\n');
    }
    text
}

/// What is typed back next.
pub fn line_name(kind: SlipKind, line: usize, lines: usize) -> String {
    match (kind, lines) {
        (SlipKind::Pin { .. }, 1) => "The PIN".to_owned(),
        _ => format!("Line {} of {lines}", line + 1),
    }
}

/// Seconds that nobody needs to be told of.
const SOON: u64 = 2;

/// One line of progress.
pub fn work_line(work: &Work) -> String {
    let count = match work.total {
        0 => String::new(),
        total => format!("{} of {total}  ", work.done),
    };
    let left = work.seconds_left.filter(|s| *s > SOON);
    let left = left.map(|s| format!("  about {s} s left")).unwrap_or_default();
    format!("{count}{}{left}", work.doing)
}
