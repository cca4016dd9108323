//! Signs that something long goes on above or below what is shown.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::text::Line;

use crate::ui::tui::render::View;

/// Which part of something long is shown.
#[derive(Clone, Copy)]
pub(super) struct Scroll {
    /// Rows scrolled past.
    pub offset: usize,
    /// Rows that there are.
    pub count: usize,
}

/// Signs at the right edge where there is more above or below.
pub(super) fn more(frame: &mut Frame, view: View, area: Rect, scroll: Scroll) {
    let height = usize::from(area.height);
    if area.width == 0 || height == 0 {
        return;
    }
    let [above, below] = view.face.look.signs.more;
    let edge = area.x + area.width - 1;
    let sign = |sign: &'static str| Line::styled(sign, view.face.look.accent());
    if scroll.offset > 0 {
        frame.render_widget(sign(above), Rect::new(edge, area.y, 1, 1));
    }
    if scroll.offset + height < scroll.count {
        frame.render_widget(sign(below), Rect::new(edge, area.y + area.height - 1, 1, 1));
    }
}
