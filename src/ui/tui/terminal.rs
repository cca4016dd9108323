//! The terminal: taken over, given back, and written to without leaving copies behind.
//!
//! It is given back on every way out: leaving, an error, a panic, a signal. Writing goes through a buffer of our own
//! that is wiped after each frame, because standard output keeps what was written last in its line buffer.

use std::fs::File;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};

use crossterm::cursor::{MoveTo, RestorePosition, SavePosition, Show};
use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::style::Print;
use crossterm::terminal::{
    BeginSynchronizedUpdate, Clear, ClearType, EndSynchronizedUpdate, EnterAlternateScreen,
    LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use crossterm::{execute, queue};
use ratatui::backend::CrosstermBackend;
use zeroize::Zeroize;

use crate::ui::tui::face::Drawn;
use crate::ui::tui::links::{Link, links};
use crate::ui::tui::render::{View, frame};

/// Whether the terminal is ours now; what the panic hook and every way out look at.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the terminal is gone: the line hung up, the window was closed.
static GONE: AtomicBool = AtomicBool::new(false);

type Screen = ratatui::Terminal<CrosstermBackend<Output>>;

/// Gives the terminal back when it goes out of scope.
pub struct Taken {
    screen: Screen,
    /// Addresses that stand on the screen as links already.
    linked: Vec<Link>,
}

impl Taken {
    /// Takes the terminal over: raw input, alternate screen, mouse and paste reported as such. The alternate screen may
    /// still hold what a run that was killed has drawn, so it is cleared first.
    pub fn take() -> io::Result<Self> {
        give_size();
        let screen = ratatui::Terminal::new(CrosstermBackend::new(Output::open()?))?;
        let mut taken = Self { screen, linked: Vec::new() };
        taken.take_again()?;
        Ok(taken)
    }

    /// Draws one frame, which the terminal shows as a whole where it can (synchronized output), and tells what stands
    /// where.
    pub fn draw(&mut self, view: View) -> io::Result<Drawn> {
        let mut drawn = Drawn::default();
        give_size();
        queue!(self.screen.backend_mut(), BeginSynchronizedUpdate)?;
        let links = links(self.screen.draw(|canvas| drawn = frame(canvas, view))?.buffer);
        // Links need a terminal that understands more than the Linux console does.
        if view.face.look.signs.half_block.is_some() && links != self.linked {
            for link in &links {
                queue!(
                    self.screen.backend_mut(),
                    SavePosition,
                    MoveTo(link.at.x, link.at.y),
                    Print(link.sequence())
                )?;
                queue!(self.screen.backend_mut(), RestorePosition)?;
            }
            self.linked = links;
        }
        execute!(self.screen.backend_mut(), EndSynchronizedUpdate)?;
        match GONE.load(Ordering::SeqCst) {
            true => Err(io::ErrorKind::BrokenPipe.into()),
            false => Ok(drawn),
        }
    }

    /// Gives the terminal back for a while, with `words` as bare lines that can be copied.
    pub fn lend_to_copy(&mut self, words: &[String]) -> io::Result<()> {
        give_back();
        let mut out = Output::open()?;
        for line in words {
            write!(out, "{line}\r\n")?;
        }
        write!(out, "\r\n(Enter goes back)\r\n")?;
        out.flush()?;
        enable_raw_mode()
    }

    /// Takes the terminal over again, after [`Taken::lend_to_copy`] or after the program was stopped and continued.
    pub fn take_again(&mut self) -> io::Result<()> {
        begin()?;
        self.wipe(ClearType::All)
    }

    /// Clears what the terminal may have kept of a secret: both frames, and its scrollback (`CSI 3 J`).
    pub fn forget(&mut self) -> io::Result<()> {
        queue!(self.screen.backend_mut(), Clear(ClearType::Purge))?;
        self.wipe(ClearType::All)
    }

    /// Clears the window and both frames, so that the next one is drawn whole. Ratatui's own `clear` asks the
    /// terminal where its cursor is, which some never answer.
    fn wipe(&mut self, what: ClearType) -> io::Result<()> {
        queue!(self.screen.backend_mut(), Clear(what))?;
        self.screen.swap_buffers();
        self.screen.swap_buffers();
        self.linked.clear();
        Write::flush(self.screen.backend_mut())
    }
}

impl Drop for Taken {
    fn drop(&mut self) {
        give_back();
    }
}

/// The size of a terminal that does not know its own: that of the DEC VT100, which every console can show.
const ASSUMED: (u16, u16) = (80, 24);

/// Serial consoles tell a size of 0x0. One without a size gets the usual one, as `stty rows 24 columns 80` would give it;
/// where a person or an emulator sets another, that counts from then on.
#[cfg(unix)]
fn give_size() {
    let out = io::stdout();
    let Ok(size) = rustix::termios::tcgetwinsize(&out) else { return };
    if size.ws_col == 0 || size.ws_row == 0 {
        let (ws_col, ws_row) = ASSUMED;
        // A terminal that refuses stays without a size, and shows that the window is too small.
        let _given = rustix::termios::tcsetwinsize(&out, rustix::termios::Winsize { ws_col, ws_row, ..size });
    }
}

/// A console window always has a size here.
#[cfg(not(unix))]
fn give_size() {
    let _assumed = ASSUMED;
}

fn begin() -> io::Result<()> {
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = Output::open()?;
    execute!(out, EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste)
}

/// Gives the terminal back, once. Called from every way out, so it never fails.
pub fn give_back() {
    if !TAKEN.swap(false, Ordering::SeqCst) {
        return;
    }
    if let Ok(mut out) = Output::open() {
        // A terminal that is gone needs nothing any more.
        // The alternate screen outlives us in some, so nothing is left on it.
        let _given = execute!(
            out,
            DisableBracketedPaste,
            DisableMouseCapture,
            Clear(ClearType::All),
            LeaveAlternateScreen,
            Show
        );
    }
    let _cooked = disable_raw_mode();
}

/// A panic gives the terminal back first, and tells where it happened but not what it done: its text may hold anything.
pub fn on_panic_give_back() {
    std::panic::set_hook(Box::new(|panic| {
        give_back();
        let place = panic.location().map(|l| format!(" ({}:{})", l.file(), l.line())).unwrap_or_default();
        tell(&format!(
            "breakglass: a defect stopped the program{place}.\n  why:  this should not happen; it is ours to mend\n  \
             next: nothing is lost; run the same command again and it goes on from here"
        ));
    }));
}

/// Says something on standard error, which may be gone together with the terminal.
pub fn tell(words: &str) {
    let _told = writeln!(io::stderr(), "{words}");
}

/// The terminal as a file of its own, without the buffer of standard output; each frame is one write.
pub struct Output {
    terminal: File,
    frame: Vec<u8>,
}

/// Room for a whole frame of a large terminal, so that the buffer rarely moves.
const FRAME: usize = 64 * 1024;

impl Output {
    #[cfg(unix)]
    fn open() -> io::Result<Self> {
        use std::os::fd::AsFd;
        let terminal = io::stdout().as_fd().try_clone_to_owned()?;
        Ok(Self { terminal: File::from(terminal), frame: Vec::with_capacity(FRAME) })
    }

    #[cfg(windows)]
    fn open() -> io::Result<Self> {
        use std::os::windows::io::AsHandle;
        let terminal = io::stdout().as_handle().try_clone_to_owned()?;
        Ok(Self { terminal: File::from(terminal), frame: Vec::with_capacity(FRAME) })
    }
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.frame.extend_from_slice(bytes);
        Ok(bytes.len())
    }

    /// Never fails, because ratatui complains about a failure on a standard error that is gone as well; that the
    /// terminal is gone is noticed at the end of the frame.
    fn flush(&mut self) -> io::Result<()> {
        if self.terminal.write_all(&self.frame).is_err() {
            GONE.store(true, Ordering::SeqCst);
        }
        self.frame.zeroize();
        Ok(())
    }
}
