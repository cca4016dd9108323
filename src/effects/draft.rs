//! Answers of the plan as they are given, in a file beside the plan of the record. They are there after a kill, and no plan
//! stands with them before a person says so: whoever reads the plan of the record does not see them.

use std::path::Path;

use crate::domain::plan::Plan;
use crate::domain::plan::plan_file;
use crate::domain::trouble::Trouble;
use crate::effects::files::{read_own, reason, sync_folder, text_of};
use crate::effects::record::replace;

pub use crate::effects::record_folder::DRAFT;

/// Keeps the answers so far, whole or not at all (0600).
///
/// # Errors
///
/// The disk does not take them; those that were kept before are still there.
pub fn save(folder: &Path, plan: &Plan) -> Result<(), Trouble> {
    replace(folder, DRAFT, &plan_file::write(plan)).map_err(|error| {
        Trouble::new(
            format!("Your answer was not saved in {}.", folder.display()),
            reason(&error),
            "It stands in this run; make room or correct the permissions, and change any answer to save all of them.",
        )
    })
}

/// The answers that were kept, if there are any.
///
/// # Errors
///
/// There is a file and it cannot be read.
pub fn read(folder: &Path) -> Result<Option<Plan>, Trouble> {
    let path = folder.join(DRAFT);
    let refused = |why: String| {
        let what = format!("The answers kept in {} could not be read.", path.display());
        Trouble::new(what, why, "Correct the file or its permissions, or move it away and answer anew.")
    };
    text_of(read_own(&path), refused)?.map(|text| plan_file::read_unfinished(&text)).transpose()
}

/// A plan stands now: the answers on the way to it are no longer needed. Where they cannot be taken away they say the same
/// as the plan, and are taken up by nobody.
pub fn forget(folder: &Path) {
    let _gone = std::fs::remove_file(folder.join(DRAFT)).and_then(|()| sync_folder(folder));
}
