//! Long work: what is done now, how far, how long still. What is done now is never cut; its lines never become fewer while
//! the work goes on, so that nothing below them jumps.

use ratatui::text::{Line, Span};

use crate::journeys::screen::Work;
use crate::ui::tui::lines;
use crate::ui::tui::render::View;

/// Rows of what is done now at the most; what is written stood on the list that was consented to, as long as it is.
const DOING: usize = 4;
/// Columns of the bar at the most.
const BAR: usize = 24;
/// From so many seconds on, minutes are told.
const MINUTE: u64 = 60;

/// The lines of work under way; none where there is none.
pub(super) fn lines(view: View, width: usize) -> Vec<Line<'static>> {
    let Some(work) = &view.screen.work else { return Vec::new() };
    let look = view.face.look;
    let sign = Span::styled(format!("{} ", look.signs.working), look.accent());
    let rows = lines::wrap("", &work.doing, width.saturating_sub(2));
    let doing = lines::at_most(rows, DOING, look.signs.ellipsis);
    let mut text = lines::under(&sign, doing);
    let doing = view.face.drawn.work.max(text.len() + 1) - 1;
    text.resize(doing, Line::default());
    text.push(if work.total > 0 { bar(view, work, width) } else { waited(view) });
    text
}

fn bar(view: View, work: &Work, width: usize) -> Line<'static> {
    let look = view.face.look;
    let digits = work.total.to_string().len();
    let count = format!("  {:>digits$} of {}  ", work.done, work.total);
    let room = BAR.min(width.saturating_sub(count.len() + 16));
    let full = room * work.done.min(work.total) / work.total.max(1);
    let left = work.seconds_left.map(|seconds| format!("  ~{} left", time(seconds))).unwrap_or_default();
    Line::from(vec![
        Span::raw(count),
        Span::styled(look.signs.bar[0].repeat(full), look.accent()),
        Span::styled(look.signs.bar[1].repeat(room - full), look.quiet()),
        Span::raw(left),
    ])
}

/// How long it was waited so far; quiet for the first seconds, so that short work does not flicker.
fn waited(view: View) -> Line<'static> {
    match view.face.waited {
        0..3 => Line::default(),
        seconds => Line::styled(format!("  waiting for {}", time(seconds)), view.face.look.quiet()),
    }
}

fn time(seconds: u64) -> String {
    match seconds {
        s if s < 2 * MINUTE => format!("{s} s"),
        s => format!("{} min", s.div_ceil(MINUTE)),
    }
}
