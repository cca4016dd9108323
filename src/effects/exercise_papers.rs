//! The papers of an exercise and its report, as files of the exercise's record: text and PDF beside one another.

use crate::domain::exercise::event::Cast;
use crate::domain::plan::PaperSize;
use crate::domain::trouble::Trouble;
use crate::effects::pages::Press;
use crate::effects::{files, sheets};
use crate::journeys::effect::Handout;
use crate::journeys::report::exercise::{self, Format, Report};
use crate::paper::Sheet;
use crate::paper::exercise::{Printed, for_players, guide, report as on_paper};

/// What the after-action report is called.
const REPORT: &str = "after-action-report";

/// Writes the after-action report in its formats; the names of the files.
///
/// # Errors
///
/// A file cannot be written.
pub(super) fn report(press: &Press, report: &Report, size: PaperSize) -> Result<Vec<String>, Trouble> {
    let date = press.clock.today();
    let pdf = sheets::as_pdf(&[on_paper(report, date)], size)?;
    let all = [
        ("md", exercise::render(report, Format::Markdown).into_bytes()),
        ("json", exercise::render(report, Format::Json).into_bytes()),
        ("pdf", pdf),
    ];
    all.into_iter().map(|(end, bytes)| written(press, &format!("{REPORT}.{end}"), &bytes)).collect()
}

/// Writes what is handed out before an exercise, and the guide of whoever leads it.
///
/// # Errors
///
/// A file cannot be written.
pub(super) fn before(press: &Press, handout: &Handout) -> Result<Vec<String>, Trouble> {
    let all = papers(handout, &[], handout.size)?;
    all.into_iter().map(|(name, bytes)| written(press, &name, &bytes)).collect()
}

/// The papers of an exercise by the names of their files.
///
/// # Errors
///
/// A PDF cannot be made.
pub fn papers(handout: &Handout, cast: &[Cast], size: PaperSize) -> Result<Vec<(String, Vec<u8>)>, Trouble> {
    let Handout { exercise, scenario, tenant, date, .. } = handout;
    let printed = Printed { exercise, scenario, cast, tenant, date: *date };
    let bundle = |name: &str, sheets: &[Sheet]| Ok((format!("{name}.pdf"), sheets::as_pdf(sheets, size)?));
    let players = for_players(&printed);
    Ok(vec![bundle("for-players", &players)?, bundle("for-the-facilitator", &[guide(&printed)])?])
}

/// Writes a file that this program may have written before.
fn written(press: &Press, name: &str, bytes: &[u8]) -> Result<String, Trouble> {
    files::replace(&press.folder.join(name), bytes)?;
    Ok(name.to_owned())
}
