//! The house rules: imports, sizes, pictures, the command line.

mod command_line;
mod exit_codes;
#[cfg(target_os = "linux")]
mod full_disk;
mod libraries;
mod selftest;
mod tidy;

/// What runs whole setups, kills, paces or takes seconds: `--skip slow` leaves it out. The files stand beside this one.
#[path = "."]
mod slow {
    mod pictures;
}
