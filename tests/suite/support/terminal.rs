//! A person at a terminal window: the real binary in a pseudo-terminal, its screen read back by a terminal emulator.
//!
//! Waits for text and for whole frames, never for time.

use std::io::{Read, Write};
use std::num::NonZero;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// The longest a test waits before it gives up; never part of what is tested.
const PATIENCE: Duration = Duration::from_mins(2);
/// The longest it waits while something goes on.
const LONGEST: Duration = Duration::from_mins(5);
/// The end of a frame (synchronized output, DEC private mode 2026 reset).
const FRAME_END: &[u8] = b"\x1b[?2026l";
/// Lines of scrollback that are kept.
const SCROLLBACK: usize = 500;

/// Waits until something is so that no output tells; a test that waits in vain says for what.
pub fn wait_until_so(what: &str, mut is_so: impl FnMut() -> bool) {
    let end = Instant::now() + PATIENCE;
    while !is_so() {
        assert!(Instant::now() < end, "waited in vain for {what}");
        std::thread::sleep(Duration::from_millis(1));
    }
}

/// A window with the program in it.
pub struct Window {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    input: Box<dyn Write + Send>,
    output: Receiver<Vec<u8>>,
    /// What the window shows.
    pub screen: vt100::Parser,
    /// Every byte so far.
    pub bytes: Vec<u8>,
}

impl Window {
    /// Opens a window of `columns` and `rows` with a program in it.
    pub fn open(command: &std::process::Command, shown: (u16, u16)) -> Self {
        Self::told(command, shown, shown)
    }

    /// A window of this size behind a line that tells none, as serial consoles do.
    pub fn without_size(command: &std::process::Command, shown: (u16, u16)) -> Self {
        Self::told(command, (0, 0), shown)
    }

    fn told(command: &std::process::Command, told: (u16, u16), (columns, rows): (u16, u16)) -> Self {
        let pair = native_pty_system().openpty(size(told.0, told.1)).expect("a pseudo-terminal");
        let child = pair.slave.spawn_command(builder(command)).expect("it starts");
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = vec![0; 65_536];
            while let Ok(n) = reader.read(&mut buffer) {
                if n == 0 || sender.send(buffer[..n].to_vec()).is_err() {
                    return;
                }
            }
        });
        let input = pair.master.take_writer().expect("a writer");
        let screen = vt100::Parser::new(cells(rows), cells(columns), SCROLLBACK);
        Self { child, master: pair.master, input, output, screen, bytes: Vec::new() }
    }

    /// What the window shows, as text.
    pub fn text(&self) -> String {
        self.screen.screen().contents()
    }

    /// Takes output until the last frame begun is whole; `false` when nothing came in all that time or it ended.
    pub fn next_frame(&mut self) -> bool {
        loop {
            match self.output.recv_timeout(PATIENCE) {
                Ok(bytes) => self.feed(&bytes),
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => return false,
            }
            while let Ok(bytes) = self.output.try_recv() {
                self.feed(&bytes);
            }
            if self.bytes.ends_with(FRAME_END) || !self.screen.screen().alternate_screen() {
                return true;
            }
        }
    }

    fn feed(&mut self, bytes: &[u8]) {
        self.screen.process(bytes);
        self.bytes.extend_from_slice(bytes);
    }

    /// Waits until the window shows `words`.
    pub fn wait_for(&mut self, words: &str) -> &mut Self {
        self.wait_until(words, |text| text.contains(words))
    }

    /// Waits until what the window shows is as it should be.
    pub fn wait_until(&mut self, what: &str, is_so: impl Fn(&str) -> bool) -> &mut Self {
        // A clock on the screen draws frames for ever.
        let end = Instant::now() + LONGEST;
        while !is_so(&self.text()) {
            let goes_on = Instant::now() < end && self.next_frame();
            assert!(goes_on, "waited in vain for {what:?}; the window shows:\n{}", self.text());
        }
        self
    }

    /// Types characters or control sequences.
    pub fn keys(&mut self, keys: &str) -> &mut Self {
        self.input.write_all(keys.as_bytes()).and_then(|()| self.input.flush()).expect("it listens");
        self
    }

    /// Changes the size of the window.
    pub fn resize(&mut self, (columns, rows): (u16, u16)) -> &mut Self {
        self.master.resize(size(columns, rows)).expect("it can be resized");
        self.screen.screen_mut().set_size(cells(rows), cells(columns));
        self
    }

    /// Another handle to the terminal in the window, to see how it is set.
    #[cfg(unix)]
    pub fn device(&self) -> std::fs::File {
        std::fs::File::open(self.master.tty_name().expect("it has a name")).expect("it opens")
    }

    /// The number of the process.
    pub fn process(&self) -> u32 {
        self.child.process_id().expect("it runs")
    }

    /// Sends a signal by its name.
    pub fn signal(&self, name: &str) {
        let process = self.process().to_string();
        let sent = std::process::Command::new("kill").args(["-s", name, &process]).status();
        assert!(sent.expect("kill runs").success());
    }

    /// Waits until the process is stopped (state T of proc(5)).
    pub fn wait_stopped(&mut self) -> &mut Self {
        let stat = format!("/proc/{}/stat", self.process());
        wait_until_so("a stop", || std::fs::read_to_string(&stat).is_ok_and(|stat| stat.contains(") T ")));
        self
    }

    /// Waits for the end and returns the exit code.
    pub fn ended(&mut self) -> u32 {
        let code = self.exit_code();
        while let Ok(bytes) = self.output.recv_timeout(PATIENCE) {
            self.feed(&bytes);
        }
        code
    }

    /// Whether the process ends with this code.
    pub fn has_ended_with(&mut self, code: u32) -> bool {
        self.exit_code() == code
    }

    fn exit_code(&mut self) -> u32 {
        let mut ended = None;
        wait_until_so("its end", || {
            ended = self.child.try_wait().expect("a child");
            ended.is_some()
        });
        ended.expect("it has ended").exit_code()
    }

    /// Whether the terminal was given back: no alternate screen, cursor shown, no mouse, no bracketed paste.
    pub fn is_given_back(&self) -> bool {
        let screen = self.screen.screen();
        !screen.alternate_screen()
            && !screen.hide_cursor()
            && !screen.bracketed_paste()
            && screen.mouse_protocol_mode() == vt100::MouseProtocolMode::None
    }
}

impl Drop for Window {
    fn drop(&mut self) {
        // It has ended already, most of the time.
        let _killed = self.child.kill();
    }
}

fn size(columns: u16, rows: u16) -> PtySize {
    PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }
}

/// The command as it is built for the pseudo-terminal.
fn builder(command: &std::process::Command) -> CommandBuilder {
    let mut builder = CommandBuilder::new(command.get_program());
    builder.args(command.get_args());
    for (name, value) in command.get_envs() {
        match value {
            Some(value) => builder.env(name, value),
            None => builder.env_remove(name),
        }
    }
    if let Some(folder) = command.get_current_dir() {
        builder.cwd(folder);
    }
    builder.env("TERM", "xterm-256color");
    builder
}

/// A number of cells.
pub fn cells(count: u16) -> NonZero<u16> {
    NonZero::new(count).expect("a window has cells")
}
