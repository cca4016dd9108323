//! What earlier runs on this record decided beside the plan that this run begins with.
//!
//! A plan file that was named counts, and what it overrules is told. Without one, answers that were kept on the way to a plan
//! are taken up by whoever sits at the console; where nobody does, only a plan that stands counts.

use crate::cli::Options;
use crate::domain::plan::Plan;
use crate::domain::trouble::Trouble;
use crate::effects::draft;
use crate::effects::record::Record;
use crate::journeys::decisions::{Earlier, differences};

/// What there is beside the plan that was `given`.
pub(super) fn of(options: &Options, record: &Record, given: Option<&Plan>) -> Result<Earlier, Trouble> {
    if let (Some(_), Some(given)) = (&options.plan, given) {
        // What cannot be read overrules nothing: the plan file counts anyway.
        let kept = draft::read(record.folder()).ok().flatten();
        let own = kept.or_else(|| record.load_plan().ok().flatten());
        let other = own.filter(|own| !differences(given, own).is_empty());
        return Ok(other.map_or(Earlier::Nothing, |own| Earlier::Overruled(Box::new(own))));
    }
    if options.unattended {
        return Ok(Earlier::Nothing);
    }
    let kept = draft::read(record.folder())?;
    Ok(kept.map_or(Earlier::Nothing, |answers| Earlier::Unfinished(Box::new(answers))))
}
