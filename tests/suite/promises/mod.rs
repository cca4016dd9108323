//! What breakglass promises, and what fails when a promise is broken. The best place to begin reading.
//!
//! 1. **The tenant is the source of truth.** What to write is derived from what was just read, never from a list that
//!    was kept: a second run writes nothing, and what somebody else changed in between is seen.
//! 2. **"Done" is looked up.** A check reads the tenant after every write and after every "I did it"; only what no API
//!    can see is taken on the word of a named person, with a date, for one tenant.
//! 3. **A password is in locked memory for minutes, and on paper.** Whatever the way to paper, no file, log, record or
//!    argument of this computer holds a character of it, but for the one file that a person named.
//! 4. **What is not confirmed as on paper is lost.** An act that ends in the middle leaves nothing to recover; the next
//!    one makes a new secret.
//! 5. **Killed anywhere and run again, it arrives at the same tenant.** No account twice, no exclusion lost, no policy
//!    changed by half.
//! 6. **A policy gains an exclusion, and nothing else.** The first one is changed alone; whole policies are compared; a
//!    difference that stays stops the run and offers the original.
//! 7. **Nothing is written that was not seen first.** Writes stand as sentences before they are sent, a live tenant is
//!    named by hand, and a dry run writes none.
//! 8. **The rehearsal runs the same code as live.** The two differ in their cloud profile, and its mark is on everything
//!    that is shown, printed or kept.
//! 9. **Every screen works everywhere.** In 80x24, without color, without Unicode, line by line: the same content.
//! 10. **Every error says what happened, why, and what to do next.**

mod p02_done_is_looked_up;
mod p04_not_on_paper_is_lost;
mod p06_a_policy_gains_an_exclusion_and_nothing_else;
mod p07_seen_before_it_is_written;
mod p09_every_screen_on_every_terminal;
mod p10_an_error_says_what_to_do;

/// What runs whole setups, kills, paces or takes seconds: `--skip slow` leaves it out. The files stand beside this one.
#[path = "."]
mod slow {
    mod p01_the_tenant_is_the_source_of_truth;
    #[cfg(unix)]
    mod p03_a_password_lives_in_memory_and_on_paper;
    mod p05_killed_anywhere_it_arrives;
    #[cfg(unix)]
    mod p05_killed_at_every_request;
    #[cfg(unix)]
    mod p05_the_record_breaks_in_the_middle;
    mod p08_an_exercise_touches_nothing_live;
    mod p08_the_rehearsal_runs_the_code_of_live;
}
