//! The `breakglass` program: protects its memory, reads the command line, runs a face, tells the exit code.

use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;
use std::time::Duration;

use breakglass::app::{Asked, Looked, Served, tabletop, usage, usage_review};
use breakglass::cli::{
    self, Cli, Command, ManOptions, Options, PlanCommand, RecordCommand, RehearsalCommand, ReviewCommand,
    ReviewOptions, TabletopOptions,
};
use breakglass::domain::check::repair::RepairCase;
use breakglass::domain::plan::plan_file;
use breakglass::domain::review::Format;
use breakglass::domain::slot::Slot;
use breakglass::domain::trouble::Trouble;
use breakglass::effects::record_compared::Noted;
use breakglass::effects::{files, protect, selftest, signal};
use breakglass::guide::{self, Topic};
use breakglass::journeys::report::exercise::Format as ExerciseFormat;
use breakglass::journeys::report::review as report;
use breakglass::journeys::report::review::export::Scanner;
use breakglass::journeys::turn::Start;
use breakglass::journeys::{repair, review};
use breakglass::rehearsal::Control;
use breakglass::ui::text::Marks;
use breakglass::ui::{self, FaceKind, plain, players, tui, unattended};
use breakglass::{app, rehearsal};
use clap::FromArgMatches as _;

/// Wipes every piece of memory as it is freed, so that copies made by libraries do not outlive their use.
#[global_allocator]
static WIPING: zeroizing_alloc::ZeroAlloc<std::alloc::System> =
    zeroizing_alloc::ZeroAlloc(std::alloc::System);

/// Wrong usage (sysexits.h EX_USAGE).
const USAGE: u8 = 64;
/// Nothing usable could be read, or the result could not be written.
const UNREADABLE: u8 = 3;

fn main() -> ExitCode {
    ui::defect::on_panic_end();
    selftest::probe();
    protect::harden();
    signal::outlive_the_size_limit();
    let code = match typed() {
        Ok(cli) => run(cli),
        Err(code) => code,
    };
    ExitCode::from(code.unwrap_or_else(|trouble| {
        ui::complain(trouble);
        UNREADABLE
    }))
}

/// What was typed; or with what the program ends already: help, or wrong usage.
fn typed() -> Result<Cli, Result<u8, Trouble>> {
    let matches = cli::command().try_get_matches().map_err(|error| told(&error))?;
    match cli::refused(&matches) {
        Some(trouble) => Err(Ok(misused(&trouble))),
        None => Cli::from_arg_matches(&matches).map_err(|error| told(&error)),
    }
}

/// Help goes where a result goes; usage where troubles go, closed or not.
fn told(error: &clap::Error) -> Result<u8, Trouble> {
    if error.use_stderr() {
        let _printed = error.print();
        return Ok(USAGE);
    }
    let help = error.render();
    let styled = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    ui::print(if styled { help.ansi().to_string() } else { help.to_string() }.as_bytes()).map(|()| 0)
}

fn run(cli: Cli) -> Result<u8, Trouble> {
    let Cli { command, options } = cli;
    match command {
        None => in_runtime(journey(options, Journey::Home)),
        Some(Command::Setup) => in_runtime(journey(options, Journey::Setup)),
        Some(Command::Review(review)) => match &review.command {
            Some(ReviewCommand::Schedule(wanted)) => print_schedule(&options, wanted),
            Some(ReviewCommand::Schema) => ui::print(report::schema().as_bytes()).map(|()| 0),
            Some(ReviewCommand::Export { scanner }) => export(&options, *scanner),
            None => in_runtime(begin_review(options, *review)),
        },
        Some(Command::Repair(repair)) if repair.list => print_lines(&guide::repair_list()),
        Some(Command::Repair(repair)) => {
            let case = repair.case.as_deref().and_then(RepairCase::named);
            in_runtime(journey(options, Journey::Repair(case, repair.account)))
        }
        Some(Command::Tabletop(wanted)) => exercise(options, *wanted),
        Some(Command::Sheet(sheet)) => make_sheet(options, sheet),
        Some(Command::Guide { topic }) => show_guide(topic.as_deref().and_then(Topic::named)),
        Some(Command::Plan(PlanCommand::Example)) => ui::print(plan_file::example().as_bytes()).map(|()| 0),
        Some(Command::Plan(PlanCommand::Check { file, live })) => {
            let asked = if live { Asked::Live } else { Asked::Complete };
            show(&options, &app::check_plan(&file, asked)?)
        }
        Some(Command::Record(RecordCommand::Verify { folder, head, lines })) => {
            let noted = head.map(|hash| Noted::new(&hash, lines));
            show(&options, &app::verify_record(&folder, noted.as_ref())?)
        }
        Some(Command::Record(RecordCommand::Show { folder })) => show(&options, &app::show_record(&folder)?),
        Some(Command::Rehearsal(RehearsalCommand::Serve { port, tls, control })) => {
            let control = if control { Control::On } else { Control::Off };
            in_runtime(serve(options, Served { port, tls, control }))
        }
        Some(Command::Rehearsal(RehearsalCommand::Reset)) => print_lines(&[app::reset_rehearsal(&options)?]),
        Some(Command::Completions { shell }) => ui::print(&cli::completions(shell)).map(|()| 0),
        Some(Command::Man(wanted)) => print_manual(&wanted),
        Some(Command::Selftest) => {
            let report = selftest::report();
            let lines = match options.json {
                true => vec![serde_json::to_string_pretty(&selftest::json(&report)).unwrap_or_default()],
                false => report.lines(),
            };
            print_lines(&lines).map(|_| u8::from(!report.is_sound()))
        }
    }
}

/// What was seen, for people or for programs.
fn show(options: &Options, looked: &Looked) -> Result<u8, Trouble> {
    if options.json {
        let text = serde_json::to_string_pretty(&looked.json).unwrap_or_default();
        return print_lines(&[text]).map(|_| looked.code);
    }
    if let Some(trouble) = &looked.trouble {
        ui::complain(trouble);
        return Ok(looked.code);
    }
    print_lines(&looked.lines).map(|_| looked.code)
}

fn make_sheet(options: Options, wanted: cli::SheetOptions) -> Result<u8, Trouble> {
    if let Err(trouble) = usage::of_sheet(&options, &wanted) {
        return Ok(misused(&trouble));
    }
    in_runtime(async move {
        let made_from = app::sheet(&options, &wanted).await?;
        made_from.into_iter().for_each(ui::complain);
        Ok(0)
    })
}

/// The file goes where a result goes; what the scanner will report all the same, where troubles go.
fn export(options: &Options, scanner: Scanner) -> Result<u8, Trouble> {
    let made = app::export(options, scanner)?;
    for told in &made.still_fails {
        eprintln!("{told}");
    }
    ui::print(made.text.as_bytes()).map(|()| 0)
}

fn print_schedule(options: &Options, wanted: &cli::ScheduleOptions) -> Result<u8, Trouble> {
    if let Err(trouble) = usage_review::of_schedule(options, wanted) {
        return Ok(misused(&trouble));
    }
    ui::print(app::schedule(options, wanted)?.as_bytes()).map(|()| 0)
}

fn print_manual(wanted: &ManOptions) -> Result<u8, Trouble> {
    let Some(folder) = &wanted.all else {
        return match cli::manual(&wanted.about) {
            Ok(page) => ui::print(&page.text).map(|()| 0),
            Err(trouble) => Ok(misused(&trouble)),
        };
    };
    files::make_folder(folder)?;
    for page in cli::manual_pages()? {
        files::write_new(&folder.join(page.file), &page.text)?;
    }
    Ok(0)
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
    Tabletop,
}

impl Journey {
    /// What the record says this run begins with.
    fn name(&self) -> &'static str {
        match self {
            Self::Home | Self::Setup | Self::Tabletop => "setup",
            Self::Repair(..) => repair::JOURNEY,
        }
    }

    /// The account that was named is not in the plan.
    fn unplanned(&self, program: &app::Program) -> Option<Trouble> {
        let Self::Repair(_, Some(slot)) = self else { return None };
        let plan = program.model.desk.plan();
        let known: Vec<&str> = plan.slots().map(|(slot, _)| slot.key()).collect();
        plan.account(*slot).is_none().then(|| {
            Trouble::new(
                format!("There is no {slot} account."),
                format!("The plan of this record has {} accounts.", known.len()),
                format!("Use one of: {}", known.join(", ")),
            )
        })
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
    if let Err(trouble) = usage::of_journey(&options) {
        return Ok(misused(&trouble));
    }
    // A dry run for a program is read by nobody at the console.
    let options = Options { unattended: options.unattended || options.json, ..options };
    if options.unattended && matches!(journey, Journey::Repair(..)) {
        return Ok(misused(&needs_person()));
    }
    let launched = app::launch(&options, journey.name()).await?;
    let mut program = launched.program.switchable(options.clone());
    if let Some(trouble) = journey.unplanned(&program) {
        stop(launched.rehearsal).await;
        return Ok(misused(&trouble));
    }
    if options.unattended {
        let result = if options.json { unattended::Result::Json } else { unattended::Result::Text };
        let code = unattended::run(program, Start::Setup, result).await;
        stop(launched.rehearsal).await;
        return Ok(code);
    }
    match journey {
        Journey::Setup => program.begin(Start::Setup),
        Journey::Repair(case, slot) => program.begin(Start::Repair { case, slot }),
        Journey::Tabletop => program.begin(Start::Tabletop),
        Journey::Home => {}
    }
    sat_through(&options, program, launched.rehearsal).await
}

/// What somebody at the console does, until they leave.
async fn sat_through(
    options: &Options,
    mut program: app::Program,
    rehearsal: Option<rehearsal::Running>,
) -> Result<u8, Trouble> {
    let code = match ui::face(options) {
        FaceKind::Plain(marks) => Box::pin(plain::run(&mut program, marks)).await,
        FaceKind::Full(look) => Box::pin(tui::run(&mut program, look)).await?,
    };
    let told = tell_record(&program.model.desk.session.record);
    stop(rehearsal).await;
    told.map(|()| code)
}

async fn begin_review(options: Options, wanted: ReviewOptions) -> Result<u8, Trouble> {
    if let Some(file) = &wanted.tenants {
        return review_several(&options, &wanted, file).await;
    }
    if let Err(trouble) = usage_review::of_review(&options, &wanted) {
        return Ok(misused(&trouble));
    }
    // A result is read by nobody at the console.
    let unattended = options.unattended || options.json || wanted.format.is_some();
    let options = Options { unattended, ..options };
    wanted.output.as_deref().map_or(Ok(()), files::can_be_made)?;
    let wish = app::wish(&options, &wanted)?;
    if options.unattended {
        app::wait_for_record(&options, Duration::from_secs(wanted.wait)).await?;
    }
    let launched = app::launch(&options, review::JOURNEY).await?;
    let mut program = launched.program.switchable(options.clone());
    app::prepare(&mut program, &options, &wanted, wish);
    if !options.unattended {
        program.begin(Start::Review);
        return sat_through(&options, program, launched.rehearsal).await;
    }
    let format = if options.json { Format::Json } else { wanted.format.unwrap_or_default() };
    let code =
        unattended::run(program, Start::Review, unattended::Result::Review(format, wanted.output)).await;
    stop(launched.rehearsal).await;
    Ok(code)
}

/// The summary of several reviews goes where the result of one would go.
async fn review_several(options: &Options, wanted: &ReviewOptions, file: &Path) -> Result<u8, Trouble> {
    if let Err(trouble) = usage_review::of_tenants(options, wanted) {
        return Ok(misused(&trouble));
    }
    wanted.output.as_deref().map_or(Ok(()), files::can_be_made)?;
    let summary = app::many(options, wanted, file).await?;
    let is_json = options.json || wanted.format == Some(Format::Json);
    let text = if is_json { summary.json() } else { summary.text() };
    match &wanted.output {
        Some(file) => files::write_new(file, text.as_bytes())?,
        None => ui::print(text.as_bytes())?,
    }
    Ok(summary.exit)
}

fn exercise(options: Options, wanted: TabletopOptions) -> Result<u8, Trouble> {
    if let Some(told) = tabletop::told(&options, &wanted)? {
        return ui::print(told.as_bytes()).map(|()| 0);
    }
    if let Err(trouble) = tabletop::misused(&options, &wanted) {
        return Ok(misused(&trouble));
    }
    match &wanted.scenario {
        None => in_runtime(journey(options, Journey::Tabletop)),
        Some(_) => in_runtime(play(options, wanted)),
    }
}

/// Plays one exercise, at the console or by a script.
async fn play(options: Options, wanted: TabletopOptions) -> Result<u8, Trouble> {
    let named = wanted.scenario.clone().unwrap_or_default();
    let scenario = tabletop::scenario(&named)?;
    let script = tabletop::script(&options, &wanted, &scenario)?;
    let marks = if options.ascii { Marks::Ascii } else { Marks::Unicode };
    let view = wanted.players.clone().map(|file| players::watcher(file, marks)).transpose()?;
    let exercise = app::exercise::launch(&options, &scenario, |told| eprintln!("{told}")).await?;
    let launched = exercise.seated(tabletop::players(&wanted), script);
    let mut program = launched.program.switchable(options.clone()).followed(view);
    if options.unattended {
        let format = if options.json { ExerciseFormat::Json } else { ExerciseFormat::Markdown };
        let code = unattended::run(program, Start::Tabletop, unattended::Result::Exercise(format)).await;
        stop(launched.rehearsal).await;
        return Ok(code);
    }
    program.begin(Start::Tabletop);
    sat_through(&options, program, launched.rehearsal).await
}

async fn stop(rehearsal: Option<rehearsal::Running>) {
    if let Some(rehearsal) = rehearsal {
        rehearsal.stop().await;
    }
}

/// Where everything stands that was done, for whoever comes back tomorrow: of the tenant that was worked on last.
fn tell_record(folder: &str) -> Result<(), Trouble> {
    ui::print(format!("The record is in {folder}; the next run on this tenant goes on from it.\n").as_bytes())
}

fn show_guide(topic: Option<Topic>) -> Result<u8, Trouble> {
    let topics = topic.map_or(Topic::ALL.to_vec(), |topic| vec![topic]);
    let pages = topics.into_iter().map(|topic| guide::page(topic).join("\n") + "\n\n");
    ui::print(pages.collect::<String>().as_bytes()).map(|()| 0)
}

/// Wrong usage, told as any other trouble.
fn misused(trouble: &Trouble) -> u8 {
    ui::complain(trouble);
    USAGE
}

async fn serve(options: Options, served: Served) -> Result<u8, Trouble> {
    if let Err(trouble) = app::can_rehearse(&options) {
        return Ok(misused(&trouble));
    }
    let held = app::hold_rehearsal(&options)?;
    let running = app::start_rehearsal(&options, &held.folder, served).await?;
    // Listening comes before the line: whoever has read it may stop us at once.
    let stop = signal::stop();
    let line = serde_json::to_string(running.addresses()).unwrap_or_default() + "\n";
    let told = ui::print(line.as_bytes());
    if told.is_ok() {
        stop.await;
    }
    running.stop().await;
    told.map(|()| 0)
}

fn print_lines(lines: &[String]) -> Result<u8, Trouble> {
    ui::print((lines.join("\n") + "\n").as_bytes()).map(|()| 0)
}
