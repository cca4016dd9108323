//! A small program in a window: a face, one screen, a real record and a real vault, and no tenant. This test binary runs
//! itself for it, so that it begins where a test wants it, in no time, and can be made to panic.

use std::path::Path;
use std::process::Command;

use breakglass::app::Program;
use breakglass::domain::mark::Mark;
use breakglass::domain::plan::Route;
use breakglass::domain::secret::Secret;
use breakglass::domain::slot::Slot;
use breakglass::effects::perform::{Performer, Surroundings};
use breakglass::effects::print::Wire;
use breakglass::effects::record::Record;
use breakglass::effects::vault::Vault;
use breakglass::journeys::Msg;
use breakglass::journeys::model::Model;
use breakglass::journeys::session::Writing;
use breakglass::journeys::stack::Layer;
use breakglass::journeys::tasks::slip::{ByFile, MakeSlip, State};
use breakglass::journeys::turn::Start;
use breakglass::ui::{Marks, plain, tui, unattended};
use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::mpsc::unbounded_channel;
use zeroize::Zeroizing;

use super::console::WHOLE;
use super::face::COLORED;
use super::model::model_at;
use super::terminal::Window;

const FACE: &str = "BREAKGLASS_LITTLE_FACE";
const SCREEN: &str = "BREAKGLASS_LITTLE_SCREEN";
const RECORD: &str = "BREAKGLASS_LITTLE_RECORD";
/// What panics say, and no terminal shows.
pub const PAYLOAD: &str = "secret words of a panic";

/// What it shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// A board.
    Ordinary,
    /// A secret that is copied by hand.
    Secret,
    /// A question for a line of a secret.
    Typing,
}

/// Opens a window with the program in it.
pub fn open(face: &str, shown: Shown, record: &Path) -> Window {
    Window::open(&command(face, shown, record), (80, 24))
}

/// Opens one in a terminal that script(1) records, as far as its variable tells.
pub fn open_recorded(face: &str, record: &Path) -> Window {
    let mut command = command(face, Shown::Secret, record);
    command.env("SCRIPT", "typescript");
    Window::open(&command, (80, 24))
}

fn command(face: &str, shown: Shown, record: &Path) -> Command {
    let mut command = Command::new(std::env::current_exe().expect("this test"));
    command.args(["--exact", "ui::ends::a_little_program", "--nocapture"]);
    command.env(FACE, face).env(SCREEN, format!("{shown:?}")).env(RECORD, record);
    command.env_remove("TMUX").env_remove("STY").env_remove("SCRIPT");
    command
}

/// What runs in the window; nothing where no window asks for it.
pub fn run() {
    let Ok(face) = std::env::var(FACE) else { return };
    breakglass::ui::defect::on_panic_end();
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build();
    let code = runtime.expect("a runtime").block_on(live(&face));
    std::process::exit(i32::from(code));
}

async fn live(face: &str) -> u8 {
    panic_on(SignalKind::user_defined1(), || drop(tokio::spawn(async { panic_now() })));
    panic_on(SignalKind::user_defined2(), || drop(std::thread::spawn(panic_now)));
    let mut program = program();
    match face {
        "full" => tui::run(&mut program, COLORED).await.expect("a window"),
        "plain" => plain::run(&mut program, Marks::Unicode).await,
        _ => {
            eprintln!("it begins\r");
            unattended::run(program, Start::Setup, unattended::Result::Text).await
        }
    }
}

fn panic_on(kind: SignalKind, panics: impl Fn() + Send + 'static) {
    let mut asked = signal(kind).expect("it can be listened to");
    tokio::spawn(async move {
        asked.recv().await;
        panics();
    });
}

fn panic_now() {
    panic!("{PAYLOAD} {WHOLE}");
}

fn program() -> Program {
    let folder = std::path::PathBuf::from(std::env::var_os(RECORD).expect("a folder"));
    let (vault, record) = (Vault::new(), Record::open(&folder).expect("a record"));
    let model = model(&vault);
    let around = Surroundings {
        tenant: None,
        mark: Mark::Rehearsal,
        vault: vault.clone(),
        wire: Wire::to(None),
        record,
        folder,
        writing: Writing::Allowed,
        exercise: None,
    };
    let (performer, inbox) = Performer::start(around);
    if std::env::var(FACE).is_ok_and(|face| face == "unattended") {
        // Nobody ever answers, so it waits until it is made to panic.
        let (sender, silence) = unbounded_channel::<Msg>();
        std::mem::forget((sender, inbox));
        return Program::new(model, vault, performer, silence);
    }
    Program::new(model, vault, performer, inbox)
}

/// At the board of step 8, or on the way of a slip from there.
fn model(vault: &Vault) -> Model {
    let mut model = model_at(8);
    model.desk.world.plan_mut().paper.route = Route::ByHand;
    let state = match std::env::var(SCREEN).as_deref() {
        Ok("Secret") => State::Copying,
        Ok("Typing") => State::TypingBack { line: 0, file: None, checked_by_file: ByFile::No },
        _ => return model,
    };
    let id = vault.keep(Secret::new(Zeroizing::new(WHOLE.to_owned())));
    let mut slip = MakeSlip::of_password(&model.desk, Slot::FIRST);
    (slip.secret, slip.state, slip.length) = (Some(id), state, WHOLE.len());
    model.stack.push(Layer::Slip(Box::new(slip)));
    model
}
