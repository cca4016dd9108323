//! What a review keeps in the record folder beside its entries: the plan, once somebody has decided something of it here, and
//! the report of a review that was signed.

use crate::domain::check::ask::Ask;
use crate::domain::facts::Area;
use crate::domain::review::ReviewRow;
use crate::domain::trouble::Trouble;
use crate::journeys::desk::Desk;
use crate::journeys::effect::{Effect, PaperEffect, RecordEffect};
use crate::journeys::reply::Reply;
use crate::journeys::review::{Msg, open, report};
use crate::journeys::tasks::attest;
use crate::journeys::turn::{Start, Turn};
use crate::steps::{self, Subject};

/// Saves the plan as it lies on the desk; a run that writes nothing saves none.
pub(super) fn plan(desk: &Desk) -> Option<Effect<Msg>> {
    let plan = desk.world.shared_plan();
    (!desk.is_dry_run()).then(|| Effect::Record(RecordEffect::SavePlan(plan)))
}

/// The exclusion group that somebody else made becomes the plan's. Nothing is written to the tenant by that: what may be
/// written then is shown before.
pub(super) fn adopt_group(desk: &mut Desk) -> Turn<Msg> {
    let Some(group) = steps::review::foreign_group(&desk.case()) else { return Turn::stay() };
    let (id, name) = (group.id.clone(), group.name.clone());
    desk.done = Some(format!(
        "The plan of the record adopts \"{name}\". A plan file behind --plan counts before it: write there group.adopt = \"{id}\""
    ));
    desk.world.plan_mut().group.adopt = Some(id);
    let saved = plan(desk);
    Turn::stay().read(desk, &[Area::Group, Area::Policies], None).with(saved)
}

/// The next statement about which the plan has somebody's word that counts, and that was not put in this run: where nobody is
/// there, the record takes it. Nobody looks again for a machine, not even on a rehearsal tenant.
pub(super) fn told_by_plan(desk: &Desk) -> Option<Ask> {
    let asks = |row: ReviewRow| desk.world.derived(&Subject::Review(row)).asks.clone();
    let is_told = |ask: &Ask| match ask {
        Ask::Attest(attest) => attest::is_told(desk, &attest.about) && !desk.offered.has_ask(ask),
        _ => false,
    };
    ReviewRow::ALL.into_iter().flat_map(asks).find(is_told)
}

/// Puts it to the plan.
pub(super) fn take_word(desk: &mut Desk) -> Turn<Msg> {
    let Some(ask) = told_by_plan(desk) else { return Turn::stay() };
    desk.offered.ask(&ask);
    Turn::begin(Start::Ask(ask))
}

/// Writes the report as it stands to a PDF in the record folder.
pub(super) fn report_as_pdf(desk: &Desk) -> Turn<Msg> {
    let report = Box::new(report(desk, u8::from(!open(desk).is_empty())));
    let size = desk.plan().paper.size;
    Effect::Paper(PaperEffect::SaveReport(report, size, Reply::to(Msg::Saved))).into()
}

/// Where it lies, or why it does not.
pub(super) fn saved(desk: &mut Desk, saved: Result<String, Trouble>) -> Turn<Msg> {
    match saved {
        Ok(file) => {
            desk.done =
                Some(format!("The report is in {file}. It holds no secret: print it, and let it be signed."));
        }
        Err(trouble) => desk.trouble = Some(trouble),
    }
    Turn::stay()
}
