//! The faces.

mod face;
mod window;

/// Whole setups with the real binary, some killed, some paced: `--skip slow` leaves them out. The files stand beside this one.
#[path = "."]
mod slow {
    mod plain;
}
