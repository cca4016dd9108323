//! The rehearsal tenant in this process: started, turned into a cloud profile, set aside.

use std::path::{Path, PathBuf};

use crate::app::{record_folder, right_clock};
use crate::cli::Options;
use crate::domain::connection::cloud::Cloud;
use crate::domain::mark::Mark;
use crate::domain::text::{capitalized, sentence};
use crate::domain::trouble::Trouble;
use crate::effects::files;
use crate::effects::lock::Lock;
use crate::effects::record;
use crate::rehearsal::{self, Control, RehearsalError};
use crate::tenant::{Clock, Opener, Profile};

/// Where the state of the rehearsal tenant lies within the record folder.
pub const REHEARSAL_STATE: &str = "rehearsal-tenant.json";

/// How the rehearsal tenant's clock runs for `--speed TIMES`.
pub fn time_scale(options: &Options) -> Result<f64, Trouble> {
    if options.speed.is_finite() && (1.0..=100_000.0).contains(&options.speed) {
        return Ok(1.0 / options.speed);
    }
    Err(Trouble::new(
        "That speed is not possible.",
        "--speed says how many times faster than real life the rehearsal runs.",
        "Give a number from 1 to 100000; 50 when left out.",
    ))
}

/// Whether a rehearsal of this seed at this speed is possible; asked before anything is made on disk.
pub fn can_rehearse(options: &Options) -> Result<(), Trouble> {
    time_scale(options)?;
    let seeds: Vec<String> = rehearsal::seeds().iter().map(ToString::to_string).collect();
    if seeds.contains(&options.seed) {
        return Ok(());
    }
    Err(Trouble::new(
        format!("There is no rehearsal tenant called {}.", crate::domain::text::clean(&options.seed)),
        "Their names are fixed.",
        format!("Use one of: {}", seeds.join(", ")),
    ))
}

/// How the rehearsal tenant is reached.
pub struct Served {
    /// Its port; any free one for 0.
    pub port: u16,
    /// The folder of its throw-away authority, where it speaks TLS.
    pub tls: Option<PathBuf>,
    /// Whether it can be changed by name while it runs.
    pub control: Control,
}

impl Served {
    /// As the program itself uses it: on any port, without TLS, and nobody changes it.
    fn within() -> Self {
        Self { port: 0, tls: None, control: Control::Off }
    }

    /// As an exercise uses it: what happens in it comes over its control port.
    pub(super) fn breakable() -> Self {
        Self { control: Control::On, ..Self::within() }
    }
}

/// A folder that nobody else uses as long as this is kept.
pub struct Held {
    /// The folder.
    pub folder: PathBuf,
    _lock: Lock,
}

/// Takes the folder of a rehearsal tenant that is served on its own, as a run takes that of its record.
///
/// # Errors
///
/// It cannot be made or used, or another program has it.
pub fn hold_rehearsal(options: &Options) -> Result<Held, Trouble> {
    let folder = record_folder(options)?;
    record::may_be_used(&folder)?;
    files::make_folder(&folder)?;
    let lock = Lock::take(&folder)?;
    Ok(Held { folder, _lock: lock })
}

/// Starts the rehearsal tenant with its state in `folder`.
pub async fn start_rehearsal(
    options: &Options,
    folder: &Path,
    Served { port, tls, control }: Served,
) -> Result<rehearsal::Running, Trouble> {
    right_clock::today(kept_clock(folder))?;
    let started = rehearsal::start(rehearsal::Options {
        state: folder.join(REHEARSAL_STATE),
        seed: options.seed.clone(),
        port,
        tls,
        time_scale: time_scale(options)?,
        faults: Vec::new(),
        control,
    });
    started.await.map_err(|error| not_started(&error))
}

/// Why the tenant did not start, and what to do about just that.
fn not_started(error: &RehearsalError) -> Trouble {
    let next = match error {
        RehearsalError::UnknownSeed(_) => format!("Seeds are {}.", rehearsal::seeds().join(", ")),
        RehearsalError::OtherSeed { kept, .. } => {
            format!(
                "Go on with --seed {kept}, name another --record, or set it aside: breakglass rehearsal reset"
            )
        }
        RehearsalError::BrokenState { .. } | RehearsalError::BrokenSeed { .. } => {
            "Set it aside with: breakglass rehearsal reset".to_owned()
        }
        RehearsalError::PortTaken(_) => {
            "Name another port with --port, or leave --port out: any free one is taken then.".to_owned()
        }
        RehearsalError::CertificateThere(_) => {
            "Name another folder with --tls, or move that file away.".to_owned()
        }
        RehearsalError::Io { .. } | RehearsalError::Tls(_) => {
            "Look at the folder and its permissions, or name another one (--record, --tls).".to_owned()
        }
    };
    let why = match error {
        RehearsalError::Io { what, source } => format!("{}: {}", capitalized(what), files::reason(source)),
        other => sentence(&capitalized(&other.to_string())),
    };
    Trouble::new("The rehearsal tenant could not start.", why, next)
}

pub(super) async fn rehearse(
    options: &Options,
    folder: &Path,
) -> Result<(Profile, String, Option<rehearsal::Running>), Trouble> {
    let running = start_rehearsal(options, folder, Served::within()).await?;
    let profile = rehearsal_profile(options, &running)?;
    Ok((profile, rehearsal::TENANT_ID.to_owned(), Some(running)))
}

/// The surroundings of a rehearsal tenant in this process.
pub(super) fn rehearsal_profile(options: &Options, running: &rehearsal::Running) -> Result<Profile, Trouble> {
    let at = running.addresses();
    Ok(Profile {
        cloud: Cloud::Global,
        login: at.login.clone(),
        graph: at.graph.clone(),
        arm: at.arm.clone(),
        arm_audience: at.arm.clone(),
        logs: at.logs.clone(),
        portal: at.portal.clone(),
        // A rehearsal has no admin center; instructions show where a real tenant has it.
        entra: Profile::live(Cloud::Global).entra,
        security_info: at.security_info.clone(),
        ca_bundle: None,
        open: Opener::PlainHttp,
        time_scale: time_scale(options)?,
        clock: Clock::ahead_by(running.ahead()),
        mark: Mark::Rehearsal,
    })
}

/// What time it is for the rehearsal tenant kept in `folder`, which may not have begun.
pub(super) fn kept_clock(folder: &Path) -> Clock {
    Clock::ahead_by(rehearsal::kept_ahead(&folder.join(REHEARSAL_STATE)))
}

/// Moves a rehearsal tenant and its record aside and says where; whether they can be read is not asked.
pub fn reset_rehearsal(options: &Options) -> Result<String, Trouble> {
    let folder = record_folder(options)?;
    if folder.join(REHEARSAL_STATE).symlink_metadata().is_err() {
        return Ok(format!("There is no rehearsal tenant in {}; nothing to do.", folder.display()));
    }
    // Only that nobody uses it matters: a record that is broken is set aside as it is.
    drop(Lock::take(&folder)?);
    let aside = free_beside(&folder);
    std::fs::rename(&folder, &aside).map_err(|error| {
        Trouble::new(
            "The rehearsal tenant could not be set aside.",
            error.to_string(),
            "Move its folder by hand.",
        )
    })?;
    Ok(format!("The rehearsal tenant and its record were set aside in {}.", aside.display()))
}

/// A name beside `folder` that nothing has yet.
fn free_beside(folder: &Path) -> PathBuf {
    let name = folder.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let mut number = 1;
    loop {
        let aside = folder.with_file_name(format!("{name}.reset-{number}"));
        if !aside.exists() {
            return aside;
        }
        number += 1;
    }
}
