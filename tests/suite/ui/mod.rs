//! The faces.

#[cfg(unix)]
mod ends;
mod face;
mod keys_at_random;
mod nothing_cut;
mod plain_words;
#[cfg(unix)]
mod recorded;
mod room;
mod window;

/// What runs whole setups, kills, paces or takes seconds: `--skip slow` leaves it out. The files stand beside this one.
#[path = "."]
mod slow {
    mod by_keys;
    mod plain;
    mod plain_lines;
}
