//! The full-screen face: drawing the busiest screen, what one step of progress costs on the line, how soon the first
//! frame stands, how soon a key shows.

use std::cell::Cell;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::io::{Read, Write};
use std::rc::Rc;

use breakglass::domain::facts::policy::Policy;
use breakglass::domain::secret::SecretKind;
use breakglass::domain::write::action::Action;
use breakglass::effects::vault::Vault;
use breakglass::journeys::Screen;
use breakglass::journeys::model::Model;
use breakglass::journeys::screen::Work;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::consent::Consent;
use breakglass::steps::StepId;
use breakglass::steps::Subject;
use breakglass::ui::tui::{self, Face, Look, Pace, Paint, View};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use divan::Bencher;
use portable_pty::{CommandBuilder, PtySize, native_pty_system};
use ratatui::backend::{CrosstermBackend, TestBackend};
use ratatui::layout::Rect;
use ratatui::{Terminal, TerminalOptions, Viewport};

const LOOK: Look = Look { signs: &tui::UNICODE, paint: Paint::Color, pace: Pace::Lively };

/// A model at the consent list of step 5 with 300 policies.
fn consenting() -> Model {
    let mut model = crate::model();
    let exclude = |policy: &Policy| Action::ExcludeGroup {
        policy: policy.id.clone(),
        name: policy.name.clone(),
        state: policy.state,
        groups: vec!["one".to_owned(), "two".to_owned(), "three".to_owned()],
        group: "three".to_owned(),
    };
    let actions = crate::policies().iter().map(exclude).collect();
    let subject = Subject::Step(StepId::new(5).expect("a step"));
    let (unticked, shown) = (BTreeSet::new(), BTreeSet::new());
    model.stack.push(Layer::Consent(Consent {
        subject,
        actions,
        underived: BTreeSet::new(),
        unticked,
        shown,
    }));
    model
}

fn consent() -> Screen {
    let screen = breakglass::journeys::screen(&consenting());
    assert_eq!(Face::stops(&screen).len() - screen.choices.len(), 300, "a stop for each write");
    screen
}

/// Drawing the consent list of 300 policies from nothing.
#[divan::bench(args = [(80, 24), (300, 100)])]
fn draw_300_writes(bencher: Bencher, size: (u16, u16)) {
    let (screen, vault) = (consent(), Vault::new());
    let mut face = Face::new(LOOK);
    face.attend(&screen);
    bencher
        .with_inputs(|| Terminal::new(TestBackend::new(size.0, size.1)).expect("memory"))
        .bench_local_refs(|terminal| {
            let view = View { screen: &screen, face: &face, vault: &vault };
            terminal.draw(|canvas| drop(black_box(tui::frame(canvas, view)))).map(drop).expect("memory");
        });
}

/// From a key to the frame that shows it, on the consent list of 300 policies: event, screen, a look for words that repeat
/// the one password that is kept, drawing.
#[divan::bench]
fn key_to_frame_with_300_policies(bencher: Bencher) {
    let model = consenting();
    let vault = Vault::new();
    vault.make(SecretKind::Password { length: 32 }).expect("a password");
    let mut face = Face::new(LOOK);
    let mut terminal = Terminal::new(TestBackend::new(80, 24)).expect("memory");
    let key = Event::Key(KeyEvent::new(KeyCode::Down, KeyModifiers::NONE));
    bencher.bench_local(|| {
        let screen = vault.bare(breakglass::journeys::screen(&model));
        face.attend(&screen);
        black_box(tui::on_event(&mut face, &key, &screen));
        let mut drawn = None;
        let view = View { screen: &screen, face: &face, vault: &vault };
        terminal.draw(|canvas| drawn = Some(tui::frame(canvas, view))).map(drop).expect("memory");
        face.drew(drawn.expect("a frame"));
    });
}

fn working(done: usize) -> Screen {
    let doing =
        format!("Exclude group \"Emergency Access Exclusions\" from policy \"CA{done:03} Require MFA\"");
    let work =
        Work { doing, done, total: 300, seconds_left: Some(600 - 2 * u64::try_from(done).unwrap_or(0)) };
    Screen { title: "5  Exclude from Conditional Access".to_owned(), work: Some(work), ..Screen::default() }
}

/// A line that counts what is written to it.
struct Line(Rc<Cell<usize>>);

impl Write for Line {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.set(self.0.get() + bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// The bytes that one policy more costs on the line, cursor and synchronization apart.
pub fn bytes_of_one_step() -> usize {
    let viewport = Viewport::Fixed(Rect::new(0, 0, 80, 24));
    let line = Rc::new(Cell::new(0));
    let backend = CrosstermBackend::new(Line(Rc::clone(&line)));
    let mut terminal = Terminal::with_options(backend, TerminalOptions { viewport }).expect("memory");
    let (vault, mut face) = (Vault::new(), Face::new(LOOK));
    let mut sizes = Vec::new();
    for done in [23, 24] {
        let screen = working(done);
        face.attend(&screen);
        let view = View { screen: &screen, face: &face, vault: &vault };
        terminal.draw(|canvas| drop(tui::frame(canvas, view))).map(drop).expect("memory");
        sizes.push(line.get());
    }
    sizes[1] - sizes[0]
}

/// From the start of the process to the end of its first frame, the rehearsal tenant included.
#[divan::bench(sample_count = 20, sample_size = 1)]
fn start_to_first_frame(bencher: Bencher) {
    bencher.with_inputs(|| tempfile::tempdir().expect("a folder")).bench_local_refs(|folder| {
        let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
        let pair = native_pty_system().openpty(size).expect("a pseudo-terminal");
        let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_breakglass"));
        command.env("TERM", "xterm");
        command.args(["--record".as_ref(), folder.path().as_os_str()]);
        let child = pair.slave.spawn_command(command).expect("it starts");
        let mut reader = pair.master.try_clone_reader().expect("a reader");
        let (mut seen, mut buffer) = (Vec::new(), [0; 8192]);
        while !seen.windows(8).any(|bytes| bytes == b"\x1b[?2026l") {
            let read = reader.read(&mut buffer).expect("it writes");
            seen.extend_from_slice(&buffer[..read]);
        }
        Started(child)
    });
}

/// A program that is ended when it is dropped, which is not measured: that alone waits 50 ms for it to leave by itself.
struct Started(Box<dyn portable_pty::Child + Send + Sync>);

impl Drop for Started {
    fn drop(&mut self) {
        self.0.kill().and_then(|()| self.0.wait()).map(drop).expect("it ends");
    }
}
