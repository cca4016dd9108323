//! Decisions about paper: a route that knows where it leads, and words about safes that there are.

use crate::domain::check::id::CheckId;
use crate::domain::plan::plan_file::rule::{is_blank, when};
use crate::domain::plan::{Plan, Route};

/// What must be corrected about routes and safes.
pub(super) fn paper(plan: &Plan) -> Vec<String> {
    let paper = &plan.paper;
    let is_empty = |text: &Option<String>| text.as_deref().is_none_or(is_blank);
    let has_scheme = |address: &String| ["ipp://", "ipps://"].iter().any(|s| address.trim().starts_with(s));
    let odd = paper.printer.as_ref().filter(|address| !is_blank(address) && !has_scheme(address));
    let route = [
        when(
            paper.route == Route::Printer && is_empty(&paper.printer),
            "paper.printer must be the address of the printer, like ipp://printer.example.com/ipp/print, or \
             paper.route another route.",
        ),
        when(
            paper.route == Route::Device && is_empty(&paper.device),
            "paper.device must be the device file of the printer, like /dev/usb/lp0, or paper.route another route.",
        ),
        odd.map(|address| format!("paper.printer must begin with ipp:// or ipps://, not \"{address}\".")),
        when(
            paper.queue.as_deref().is_some_and(|queue| queue.trim().starts_with('-')),
            "paper.queue must be the name of a queue; no name begins with a dash.",
        ),
    ];
    route.into_iter().flatten().chain(words_about_safes(plan)).collect()
}

/// Somebody's word about a safe that is not in the plan is about nothing.
fn words_about_safes(plan: &Plan) -> impl Iterator<Item = String> {
    let named = plan
        .attestations
        .iter()
        .filter_map(|word| word.about.thing().filter(|_| word.about.check() == Some(CheckId::PaperProof)));
    named.filter(|name| plan.safe(name).is_none()).map(|name| {
        format!("attestation \"{}\": there is no safe called \"{name}\".", CheckId::PaperProof.about(name))
    })
}
