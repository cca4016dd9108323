//! `cargo run --example pictures`: makes the pictures of the README from the real program in a real window; with `exercise`
//! behind it, those of an exercise alone.
//!
//! The rehearsal tenant is set up by keys; the first screen, step 5 at work and the end are drawn as they stand. The
//! secret screen shows a sample secret, drawn by the same code.

#[path = "../suite/support/album.rs"]
mod album;
#[path = "../suite/support/by_keys.rs"]
mod person;
mod svg;
#[allow(dead_code, reason = "signals and sizes are for the tests")]
#[path = "../suite/support/terminal.rs"]
mod terminal;

use std::path::{Path, PathBuf};
use std::process::Command;

use breakglass::ui::tui::{self, Face, Look, Pace, Paint, View};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;
use ratatui::layout::Rect;
use ratatui::{TerminalOptions, Viewport};

/// Columns and rows of the pictures.
const SIZE: (u16, u16) = (104, 30);
/// Where they go.
const FOLDER: &str = "assets/pictures";

fn main() {
    let folder = tempfile::tempdir().expect("a folder");
    if std::env::args().nth(1).as_deref() == Some("exercise") {
        return exercise(folder.path());
    }
    let mut window = terminal::Window::open(&program(folder.path()), SIZE);
    window.wait_for("Set up the accounts");
    picture("first-screen", window.screen.screen());
    window.wait_for("Set up the accounts");
    person::go_to(&mut window, "5  What will be written");
    window.keys("w");
    // Before the one that Microsoft manages, which is refused and told at length.
    window.wait_until("the first policies", |text| {
        text.lines().any(|line| line.contains("━━━╌") && line.contains(" left"))
    });
    picture("step-5", window.screen.screen());
    person::go_to(&mut window, "The setup is complete");
    picture("end", window.screen.screen());
    picture("secret", secret().screen());
    let mut window = terminal::Window::open(&review(folder.path()), SIZE);
    window.wait_for("Sign off");
    picture("review-board", window.screen.screen());
    exercise(folder.path());
}

/// An exercise from its beginning to its report.
fn exercise(folder: &Path) {
    let mut command = bare(folder);
    command.args(["tabletop", "block-all", "--record", "exercise", "--speed", "1000"]);
    let mut window = terminal::Window::open(&command, SIZE);
    window.wait_for("Write the papers");
    window.keys("s");
    for (asked, name) in [
        ("Who leads", "Lead"),
        ("Role 1 of 5", "A"),
        ("Role 2 of 5", "B"),
        ("Role 3 of 5", "C"),
        ("Role 4 of 5", "D"),
        ("Role 5 of 5", "E"),
    ] {
        window.wait_for(asked);
        window.keys(&format!("Sample Person {name}\r"));
    }
    window.wait_for("open since 00:00, 32 min");
    picture("exercise", window.screen.screen());
    // The way in: a sign-in that the tenant's policies let through, which the checks see by themselves.
    window.keys("t").wait_for("Sign in as the Second").keys("2").wait_for("Begin the test").keys("w");
    window.wait_for("Who signs in?").keys("1").wait_for("Go on without").keys("g");
    window.wait_for("✓ The Second account has signed in").keys("u");
    window.wait_for("last  The author calls back").keys("d").wait_for("Decisions · ").keys("1");
    window.wait_for("┌ Decide").wait_for(" decides, until");
    picture("exercise-decision", window.screen.screen());
    window.keys("2").wait_for("Who decides?").keys("1").wait_for("Why, in one sentence");
    window.keys("Work goes on at once\r").wait_for("✓ You are in again");
    window.keys("f").wait_for("End the play?").keys("e").wait_for("left until it is complete");
    picture("exercise-ratings", window.screen.screen());
    afterwards(&mut window);
    picture("exercise-end", window.screen.screen());
}

/// What is to be better.
const BETTER: [&str; 4] = [
    "Walk the way to the envelopes with the late shift",
    "Test the exclusion after every change of a policy",
    "Print who may decide, and pin it to the safe",
    "Rotate on the same evening, by two people",
];

/// The questions, what is to be better, and the end.
fn afterwards(window: &mut terminal::Window) {
    window.keys("a");
    for number in 1..=6 {
        window.wait_for(&format!("question {number} of 6")).keys("Sample answer\r");
    }
    window.wait_for("[i] What is to be better").keys("i").wait_for("[a] Add one");
    for (action, left) in BETTER.into_iter().zip((0..BETTER.len()).rev()) {
        window.keys("\r").wait_for("What is done about it");
        window.keys(&format!("{action}\r")).wait_for("Who does it");
        window.keys("Sample Person D\r").wait_for("Until when").keys("\r").wait_for("When it is tried");
        window.keys("\r").wait_until("the list", |text| {
            text.contains("[a] Add one") && text.matches("  to say").count() == left
        });
    }
    window.keys("\u{1b}").wait_for("Complete it, by name").keys("s").wait_for("Who completes it");
    window.keys("\r").wait_for("The exercise is complete");
}

/// The review of a tenant that was set up a year ago.
fn review(folder: &Path) -> Command {
    let mut command = bare(folder);
    command.args(["review", "--tenant", "rehearsal", "--seed", "drifted", "--speed", "300"]);
    command
}

/// The program beside this one, on the rehearsal tenant, with a complete plan.
fn program(folder: &Path) -> Command {
    let plan =
        breakglass::domain::plan::plan_file::example().replace("route = \"file\"", "route = \"by-hand\"");
    std::fs::write(folder.join("plan.toml"), plan).expect("the plan can be written");
    let mut command = bare(folder);
    command.args(["--speed", "300", "--plan", "plan.toml"]);
    command
}

/// The program beside this one, with everything it keeps in `folder`.
fn bare(folder: &Path) -> Command {
    let here = std::env::current_exe().expect("this program");
    let built: PathBuf = here.parent().and_then(Path::parent).expect("the build folder").join("breakglass");
    let mut command = Command::new(built);
    command.current_dir(folder).env("XDG_DATA_HOME", folder);
    command.env("LC_ALL", "C.UTF-8").env("HOME", folder).env_remove("TMUX");
    command
}

/// The secret screen with the sample secret shown.
fn secret() -> vt100::Parser {
    let (vault, id) = album::vault();
    let screens = album::screens(id);
    let (_, screen) = screens.iter().find(|(name, _)| *name == "copying").expect("it is in the album");
    let mut face = Face::new(Look { signs: &tui::UNICODE, paint: Paint::Color, pace: Pace::Lively });
    face.attend(screen);
    tui::on_event(&mut face, &Event::Key(KeyEvent::new(KeyCode::Char(' '), KeyModifiers::NONE)), screen);
    let viewport = Viewport::Fixed(Rect::new(0, 0, SIZE.0, SIZE.1));
    let mut bytes = Vec::new();
    let mut terminal =
        Terminal::with_options(CrosstermBackend::new(&mut bytes), TerminalOptions { viewport })
            .expect("memory");
    let view = View { screen, face: &face, vault: &vault };
    terminal.draw(|canvas| drop(tui::frame(canvas, view))).map(drop).expect("memory");
    drop(terminal);
    let mut parser = vt100::Parser::new(terminal::cells(SIZE.1), terminal::cells(SIZE.0), 0);
    parser.process(&bytes);
    parser
}

/// Draws a window, the place of its files called as on anybody's machine.
fn picture(name: &str, screen: &vt100::Screen) {
    std::fs::create_dir_all(FOLDER).expect("the folder can be made");
    let path = format!("{FOLDER}/{name}.svg");
    let drawn = svg::of(screen);
    let here =
        drawn.find("/tmp/.tmp").map(|start| drawn[start..].split("/exercise").next().unwrap_or_default());
    let drawn = here.map_or(drawn.clone(), |here| drawn.replace(here, "/srv/breakglass"));
    std::fs::write(&path, drawn).expect("the picture can be written");
    println!("{path}");
}
