//! What kind of terminal this is: which face it can show, which signs, whether color, how fast.

use std::io::IsTerminal;

use crate::cli::Options;
use crate::ui::Marks;
use crate::ui::tui::{ASCII, CONSOLE, Look, Pace, Paint, UNICODE};

/// Which face suits the terminal and the wishes.
#[derive(Debug, Clone, Copy)]
pub enum FaceKind {
    /// Line by line.
    Plain(Marks),
    /// Full screen.
    Full(Look),
}

/// Below this speed the line is too slow for anything that moves (bits per second).
const SLOW_LINE: u32 = 9_600;

/// The face for this terminal: full screen where both sides are a terminal that knows how, plain elsewhere.
pub fn face(options: &Options) -> FaceKind {
    let kind = std::env::var("TERM").unwrap_or_default();
    let at_terminal = std::io::stdin().is_terminal() && std::io::stdout().is_terminal();
    if options.plain || !at_terminal || is_dumb(&kind) {
        return FaceKind::Plain(marks(options));
    }
    let signs = match marks(options) {
        Marks::Ascii => &ASCII,
        Marks::Unicode if kind == "linux" => &CONSOLE,
        Marks::Unicode => &UNICODE,
    };
    let is_mono = options.no_color || is_set("NO_COLOR");
    FaceKind::Full(Look {
        signs,
        paint: if is_mono { Paint::Mono } else { Paint::Color },
        pace: pace(options),
    })
}

/// Windows sets no `TERM`; elsewhere a terminal without a name can do nothing.
fn is_dumb(kind: &str) -> bool {
    kind == "dumb" || kind.is_empty() && cfg!(unix)
}

/// <https://no-color.org>: set and not empty, whatever it says.
fn is_set(name: &str) -> bool {
    std::env::var_os(name).is_some_and(|value| !value.is_empty())
}

/// ASCII when asked for, or when the locale is not UTF-8.
pub fn marks(options: &Options) -> Marks {
    let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|v| !v.is_empty()));
    let utf8 = locale.is_some_and(|l| l.to_ascii_lowercase().replace('-', "").contains("utf8"));
    if options.ascii || !utf8 { Marks::Ascii } else { Marks::Unicode }
}

fn pace(options: &Options) -> Pace {
    if options.slow || line_speed().is_some_and(|speed| speed < SLOW_LINE) {
        Pace::Slow
    } else {
        Pace::Lively
    }
}

/// The speed of the line in bits per second, where the system tells one.
#[cfg(unix)]
fn line_speed() -> Option<u32> {
    let attributes = rustix::termios::tcgetattr(std::io::stdout()).ok()?;
    Some(attributes.output_speed()).filter(|speed| *speed > 0)
}

#[cfg(not(unix))]
fn line_speed() -> Option<u32> {
    None
}
