//! Decisions about paper: a route that knows where it leads.

use crate::domain::plan::plan_file::rule::{Wrong, is_blank, when};
use crate::domain::plan::{Plan, Route};

/// What must be corrected about the route.
pub(super) fn paper(plan: &Plan) -> Vec<Wrong> {
    let paper = &plan.paper;
    let is_empty = |text: &Option<String>| text.as_deref().is_none_or(is_blank);
    let odd = paper.printer.as_ref().filter(|address| !is_blank(address) && !is_printer(address));
    [
        when(
            paper.route == Route::Printer && is_empty(&paper.printer),
            "paper.printer",
            "must be the address of the printer, like ipp://printer.example.com/ipp/print, or slips go to paper by another \
             route.",
        ),
        when(
            paper.route == Route::Device && is_empty(&paper.device),
            "paper.device",
            "must be the device file of the printer, like /dev/usb/lp0, or slips go to paper by another route.",
        ),
        odd.map(|address| {
            Wrong::about("paper.printer", format!("must begin with ipp:// or ipps:// and name a host, not \"{address}\"."))
        }),
        when(
            paper.queue.as_deref().is_some_and(|queue| queue.trim().starts_with('-')),
            "paper.queue",
            "must be the name of a queue; no name begins with a dash.",
        ),
        when(
            paper.folder.as_deref().is_some_and(is_blank),
            "paper.folder",
            "must name a folder, or be left out: then it is \"slips\" in the record folder.",
        ),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A scheme that printers speak, and something of a host behind it.
fn is_printer(address: &str) -> bool {
    let behind = ["ipp://", "ipps://"].iter().find_map(|scheme| address.trim().strip_prefix(scheme));
    let host = behind.and_then(|rest| rest.split(['/', '?']).next()).unwrap_or_default();
    !host.is_empty() && !host.starts_with(':') && !host.contains(char::is_whitespace)
}
