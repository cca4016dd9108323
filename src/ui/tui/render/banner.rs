//! The first line: program, mark, tenant, and how far the hour is. The mark is on every screen.

use ratatui::Frame;
use ratatui::layout::Rect;
use ratatui::style::{Modifier, Style};
use ratatui::text::{Line, Span};

use crate::domain::mark::Mark;
use crate::journeys::Screen;
use crate::journeys::screen::{Here, StepState};
use crate::ui::tui::lines;
use crate::ui::tui::render::View;

pub(super) fn render(frame: &mut Frame, view: View, area: Rect) {
    let (screen, look) = (view.screen, view.face.look);
    let mark_style = match screen.banner.mark {
        Mark::Live => look.warning(),
        Mark::Rehearsal | Mark::Exercise | Mark::Manual => look.accent(),
    };
    let Words { name, dry } = words_beside(screen, usize::from(area.width));
    let front = format!("{name} {} ", screen.banner.mark.as_str());
    let used = lines::columns(&front) + lines::columns(&dry) + AROUND;
    let room = usize::from(area.width).saturating_sub(used);
    let right = progress(view, area, room.saturating_sub(lines::columns(&screen.banner.tenant)));
    let room = room.saturating_sub(lines::columns(&right));
    let line = Line::from(vec![
        Span::styled(name, Style::new().add_modifier(Modifier::BOLD)),
        Span::raw(" "),
        Span::styled(
            format!(" {} ", screen.banner.mark.as_str()),
            mark_style.add_modifier(Modifier::REVERSED),
        ),
        Span::raw(format!(" {}", lines::cut(&screen.banner.tenant, room, look.signs.ellipsis))),
        Span::styled(dry, look.accent()),
    ]);
    frame.render_widget(line, area);
    let width = u16::try_from(lines::columns(&right)).unwrap_or(0).min(area.width);
    let corner = Rect { x: area.x + area.width - width, width, ..area };
    frame.render_widget(Line::styled(right, look.quiet()), corner);
}

/// Columns around mark, tenant and dry run.
const AROUND: usize = 3;

/// What stands beside mark and tenant, as far as the whole tenant leaves room for it.
struct Words {
    name: &'static str,
    dry: String,
}

/// The tenant wins over the program's name, and over the words about a dry run.
fn words_beside(screen: &Screen, width: usize) -> Words {
    let dry = screen.banner.dry_run.map(|words| format!("  {words}")).unwrap_or_default();
    let tenant = lines::columns(&screen.banner.tenant) + lines::columns(screen.banner.mark.as_str()) + 2;
    let fits =
        |words: &Words| tenant + lines::columns(words.name) + lines::columns(&words.dry) + AROUND <= width;
    let ways = [(NAME, dry.as_str()), ("", dry.as_str()), ("", "  dry run"), ("", "")];
    let mut ways = ways.into_iter().map(|(name, dry)| Words { name, dry: dry.to_owned() });
    let dry_run = screen.banner.dry_run.is_some();
    ways.find(|words| fits(words) && (dry_run || words.dry.is_empty()))
        .unwrap_or_else(|| Words { name: "", dry: String::new() })
}

/// The program's name.
const NAME: &str = " breakglass ";

/// Step, how many are in order and minutes, as many of them as there is room for beside the whole tenant: narrow windows
/// have them on the line of the steps.
fn progress(view: View, area: Rect, room: usize) -> String {
    let screen = view.screen;
    if screen.rail.is_empty() || area.width < super::WIDE {
        return String::new();
    }
    let here = screen.rail.iter().find(|item| item.here == Here::Yes);
    // The number is the guide's and says nothing of the place on the way: the rail shows that.
    let step = here.map(|item| format!("{} {}", view.screen.rail_of.word(), item.number));
    let done = screen.rail.iter().filter(|item| item.state == StepState::Done).count();
    let done = format!("{done} of {} in order", screen.rail.len());
    let parts: Vec<String> = step.into_iter().chain([done]).chain(screen.time_left()).collect();
    let joined = |from: usize| parts[from..].join(view.face.look.signs.between) + " ";
    (0..parts.len()).map(joined).find(|words| lines::columns(words) <= room).unwrap_or_default()
}
