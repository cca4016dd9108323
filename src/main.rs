//! The `breakglass` program: protects its memory, reads the command line, runs a face, tells the exit code.

use std::io::Write;
use std::process::ExitCode;

use breakglass::app::Served;
use breakglass::cli::{Cli, Command, Options, PlanCommand, RecordCommand, RehearsalCommand};
use breakglass::domain::check::repair::RepairCase;
use breakglass::domain::plan::{Plan, plan_file};
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::effects::{clock, protect, record, record_show};
use breakglass::guide::{self, Topic};
use breakglass::journeys::repair;
use breakglass::journeys::turn::Start;
use breakglass::rehearsal::Control;
use breakglass::ui::{self, FaceKind, plain, tui, unattended};
use breakglass::{app, rehearsal};
use clap::{CommandFactory, Parser};

/// Wipes every piece of memory as it is freed, so that copies made by libraries do not outlive their use.
#[global_allocator]
static WIPING: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Wrong usage (sysexits.h EX_USAGE).
const USAGE: u8 = 64;
/// Something needs a person.
const NEEDS_PERSON: u8 = 2;
/// Nothing usable could be read.
const UNREADABLE: u8 = 3;

fn main() -> ExitCode {
    protect::harden();
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { USAGE } else { 0 };
            // Help and usage go where clap sends them; a closed output changes nothing.
            let _printed = error.print();
            return ExitCode::from(code);
        }
    };
    match run(cli) {
        Ok(code) => ExitCode::from(code),
        Err(trouble) => {
            ui::complain(trouble);
            ExitCode::from(UNREADABLE)
        }
    }
}

fn run(cli: Cli) -> Result<u8, Trouble> {
    match cli.command {
        None => in_runtime(journey(cli.options, Journey::Home)),
        Some(Command::Setup) => in_runtime(journey(cli.options, Journey::Setup)),
        Some(Command::Repair(repair)) if repair.list => {
            print_lines(&guide::repair_list());
            Ok(0)
        }
        Some(Command::Repair(repair)) => {
            let case = repair.case.as_deref().and_then(RepairCase::named);
            in_runtime(journey(cli.options, Journey::Repair(case, repair.account)))
        }
        Some(Command::Sheet(sheet)) => {
            in_runtime(async move { app::sheet(&cli.options, &sheet).await.map(|()| 0) })
        }
        Some(Command::Guide { topic }) => show_guide(topic.as_deref()),
        Some(Command::Plan(PlanCommand::Example)) => {
            ui::say(plan_file::example());
            Ok(0)
        }
        Some(Command::Plan(PlanCommand::Check { file, live })) => {
            check_plan(&file, live.then_some(app::missing))
        }
        Some(Command::Record(RecordCommand::Verify { folder })) => verify(&folder),
        Some(Command::Record(RecordCommand::Show { folder })) => {
            print_lines(&record_show::show(&folder)?);
            Ok(0)
        }
        Some(Command::Rehearsal(RehearsalCommand::Serve { port, tls, control })) => {
            let control = if control { Control::On } else { Control::Off };
            in_runtime(serve(cli.options, Served { port, tls, control }))
        }
        Some(Command::Rehearsal(RehearsalCommand::Reset)) => {
            ui::say(&(app::reset_rehearsal(&cli.options)? + "\n"));
            Ok(0)
        }
        Some(Command::Completions { shell }) => {
            let mut script = Vec::new();
            clap_complete::generate(shell, &mut Cli::command(), "breakglass", &mut script);
            print_bytes(&script);
            Ok(0)
        }
        Some(Command::Man) => {
            let mut page = Vec::new();
            clap_mangen::Man::new(Cli::command()).render(&mut page).map_err(|error| {
                Trouble::new("The manual page could not be made.", error.to_string(), "Try again.")
            })?;
            print_bytes(&page);
            Ok(0)
        }
        Some(Command::Selftest) => {
            let report = protect::report();
            print_lines(&report.lines());
            Ok(u8::from(!report.is_sound()))
        }
    }
}

fn in_runtime(task: impl Future<Output = Result<u8, Trouble>>) -> Result<u8, Trouble> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        // One beside the thread that draws: each has a heap of its own, and 300 policies lie in all of them.
        .worker_threads(1)
        .enable_all()
        .build()
        .map_err(|error| {
            Trouble::new("The program could not start.", error.to_string(), "Free some memory and try again.")
        })?;
    let code = runtime.block_on(task);
    runtime.shutdown_background();
    code
}

enum Journey {
    Home,
    Setup,
    Repair(Option<RepairCase>, Option<Slot>),
}

impl Journey {
    /// What the record says this run begins with.
    fn name(&self) -> &'static str {
        match self {
            Self::Home | Self::Setup => "setup",
            Self::Repair(..) => repair::JOURNEY,
        }
    }
}

/// A repair has no plan that could answer for a person.
fn needs_person() -> Trouble {
    Trouble::new(
        "A repair needs a person.",
        "What happened, and to which key or phone, stands in no plan.",
        "Leave --unattended out.",
    )
}

async fn journey(options: Options, journey: Journey) -> Result<u8, Trouble> {
    if let Err(trouble) = app::may_run_unattended(&options).and_then(|()| app::can_rehearse(&options)) {
        return Ok(misused(&trouble));
    }
    if options.unattended && matches!(journey, Journey::Repair(..)) {
        return Ok(misused(&needs_person()));
    }
    let launched = app::launch(&options, journey.name()).await?;
    let mut program = launched.program.switchable(options.clone());
    let result = if options.json { unattended::Result::Json } else { unattended::Result::Text };
    match journey {
        Journey::Setup if !options.unattended => program.begin(Start::Setup),
        Journey::Repair(case, slot) => program.begin(Start::Repair { case, slot }),
        Journey::Setup | Journey::Home => {}
    }
    if options.unattended {
        let code = unattended::run(program, result).await;
        stop(launched.rehearsal).await;
        return Ok(code);
    }
    let code = match ui::face(&options) {
        FaceKind::Plain(marks) => Box::pin(plain::run(&mut program, marks)).await,
        FaceKind::Full(look) => Box::pin(tui::run(&mut program, look)).await?,
    };
    tell_record(&program.model.desk.session.record);
    stop(launched.rehearsal).await;
    Ok(code)
}

async fn stop(rehearsal: Option<rehearsal::Running>) {
    if let Some(rehearsal) = rehearsal {
        rehearsal.stop().await;
    }
}

/// Where everything stands that was done, for whoever comes back tomorrow: of the tenant that was worked on last.
fn tell_record(folder: &str) {
    ui::say(&format!("The record is in {folder}; the next run on this tenant goes on from it.\n"));
}

fn show_guide(topic: Option<&str>) -> Result<u8, Trouble> {
    let topics = match topic {
        None => Topic::ALL.to_vec(),
        Some(name) => match Topic::named(name) {
            Some(topic) => vec![topic],
            None => return Ok(misused(&unknown_topic(name))),
        },
    };
    for topic in topics {
        print_lines(&guide::page(topic));
        ui::say("\n");
    }
    Ok(0)
}

/// Wrong usage, told as any other trouble.
fn misused(trouble: &Trouble) -> u8 {
    ui::complain(trouble);
    USAGE
}

fn unknown_topic(name: &str) -> Trouble {
    let names: Vec<&str> = Topic::ALL.iter().map(|t| t.name()).collect();
    Trouble::new(
        format!("The guide has no part called {name}."),
        "Its parts have fixed names.",
        format!("Use one of: {}", names.join(", ")),
    )
}

/// Checks a plan, and with `live` what a live run would still miss.
fn check_plan(file: &std::path::Path, live: Option<fn(&Plan) -> app::Missing>) -> Result<u8, Trouble> {
    let plan = match plan_file::read_on(&app::plan_text(file)?, clock::today()) {
        Ok(plan) => plan,
        Err(trouble) => {
            ui::complain(trouble);
            return Ok(UNREADABLE);
        }
    };
    for warning in plan_file::warnings(&plan) {
        ui::say(&format!("note: {warning}\n"));
    }
    ui::say("The plan is complete.\n");
    let Some(missing) = live.map(|missing| missing(&plan)) else { return Ok(0) };
    print_lines(&missing.lines);
    Ok(if missing.words == 0 { 0 } else { NEEDS_PERSON })
}

fn verify(folder: &std::path::Path) -> Result<u8, Trouble> {
    let verified = record::verify(folder)?;
    match verified.broken_at {
        None => ui::say(&format!("The chain is whole: {} lines.\n", verified.lines)),
        Some(line) => ui::say(&format!("The chain is broken at line {line} of {}.\n", verified.lines)),
    }
    if verified.torn {
        ui::say("A last line was torn in the middle of being written; the next run sets it aside.\n");
    }
    Ok(u8::from(verified.broken_at.is_some()))
}

async fn serve(options: Options, served: Served) -> Result<u8, Trouble> {
    if let Err(trouble) = app::can_rehearse(&options) {
        return Ok(misused(&trouble));
    }
    let folder = app::record_folder(&options)?;
    breakglass::effects::files::make_folder(&folder)?;
    let running = app::start_rehearsal(&options, &folder, served).await?;
    // Listening comes before the line: whoever has read it may stop us at once.
    let stop = stop_signal();
    ui::say(&(serde_json::to_string(running.addresses()).unwrap_or_default() + "\n"));
    stop.await;
    running.stop().await;
    Ok(0)
}

/// Begins to listen for SIGTERM and Ctrl-C, and ends when one of them comes.
#[cfg(unix)]
fn stop_signal() -> impl Future<Output = ()> {
    use tokio::signal::unix::{SignalKind, signal};
    let listeners = [SignalKind::terminate(), SignalKind::interrupt()].map(signal);
    async move {
        let [terminate, interrupt] = listeners;
        let heard = |listener: std::io::Result<tokio::signal::unix::Signal>| async {
            match listener {
                Ok(mut signal) => drop(signal.recv().await),
                Err(_) => std::future::pending().await,
            }
        };
        tokio::select! {
            () = heard(terminate) => {}
            () = heard(interrupt) => {}
        }
    }
}

#[cfg(not(unix))]
async fn stop_signal() {
    drop(tokio::signal::ctrl_c().await);
}

/// A closed output is the reader's wish, not a failure.
fn print_bytes(bytes: &[u8]) {
    let _printed = std::io::stdout().write_all(bytes);
}

fn print_lines(lines: &[String]) {
    ui::say(&(lines.join("\n") + "\n"));
}
