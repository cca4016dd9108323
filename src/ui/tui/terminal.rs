//! The terminal: taken over, given back, and written to without leaving copies behind.
//!
//! It is given back on every way out: leaving, an error, a panic, a signal. Writing goes through a buffer of our own that is
//! wiped after each frame, because standard output keeps what was written last in its line buffer.

use std::fs::File;
use std::io::{self, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};
use std::time::Duration;

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

use crate::ui::ending;
use crate::ui::input::forget_typed;
use crate::ui::tui::face::Drawn;
use crate::ui::tui::links::{Link, links};
use crate::ui::tui::render::{View, frame};

/// Whether the terminal is ours now; what the panic hook and every way out look at.
static TAKEN: AtomicBool = AtomicBool::new(false);
/// Whether the terminal is gone: the line hung up, the window was closed.
static GONE: AtomicBool = AtomicBool::new(false);
/// Whether the terminal may keep a secret in what has left the window.
static SECRET: AtomicBool = AtomicBool::new(false);
/// Held while a frame is written, so that the terminal is not given back in the middle of one.
static PEN: Mutex<()> = Mutex::new(());
/// How often [`pen`] tries again, and how long it waits between.
const MOMENTS: u32 = 100;
const A_MOMENT: Duration = Duration::from_millis(2);

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
        SECRET.store(false, Ordering::SeqCst);
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
    if ending::is_near() {
        return Err(io::ErrorKind::BrokenPipe.into());
    }
    enable_raw_mode()?;
    TAKEN.store(true, Ordering::SeqCst);
    let mut out = Output::open()?;
    execute!(out, EnterAlternateScreen, EnableMouseCapture, EnableBracketedPaste)
}

/// Gives the terminal back, once, with nothing of ours left on the alternate screen. Called from every way out, so it never
/// fails and waits for nobody for long.
pub fn give_back() {
    if TAKEN.swap(false, Ordering::SeqCst) {
        let _pen = pen();
        // A terminal that is gone needs nothing any more.
        let _given = Output::open().and_then(|mut out| out.terminal.write_all(&last_words()));
    }
    // Bare lines to be copied are read without a frame around them.
    let _cooked = disable_raw_mode();
    // What was typed for a secret is not for whoever reads next, who would echo it.
    forget_typed();
}

/// What a terminal is told last.
fn last_words() -> Vec<u8> {
    let mut words = Vec::new();
    // Nothing can fail that is written into memory.
    let _written = queue!(words, Clear(ClearType::All));
    if SECRET.swap(false, Ordering::SeqCst) {
        let _written = queue!(words, Clear(ClearType::Purge));
    }
    let _written = queue!(words, DisableBracketedPaste, DisableMouseCapture, LeaveAlternateScreen, Show);
    words
}

/// Waits until nobody writes a frame, a moment at the most: whoever has panicked may be the one who writes.
fn pen() -> Option<MutexGuard<'static, ()>> {
    for _ in 0..MOMENTS {
        match PEN.try_lock() {
            Ok(pen) => return Some(pen),
            Err(TryLockError::Poisoned(poisoned)) => return Some(poisoned.into_inner()),
            Err(TryLockError::WouldBlock) => std::thread::sleep(A_MOMENT),
        }
    }
    None
}

/// The last frame has a secret in the clear: the terminal may keep it until it is told to forget.
pub(super) fn shows_secret() {
    SECRET.store(true, Ordering::SeqCst);
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
        let _pen = PEN.lock().unwrap_or_else(PoisonError::into_inner);
        if !ending::is_near() && self.terminal.write_all(&self.frame).is_err() {
            GONE.store(true, Ordering::SeqCst);
        }
        self.frame.zeroize();
        Ok(())
    }
}
