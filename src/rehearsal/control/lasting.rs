//! How long something is out that a change takes away: by this tenant's own clock, or, where an exercise has ordered it, until
//! that exercise says that its minutes are over. The clock of an exercise stands still and goes by turns, and only the
//! exercise knows it.

use super::change::{Change, required};
use super::given::{Given, Refused};
use crate::rehearsal::state::troubles::{Ordered, Span, word_of};
use crate::rehearsal::state::world::World;

/// More minutes than any exercise has.
const LONGEST: u32 = 30 * 24 * 60;

/// All of them.
pub const CHANGES: &[Change] = &[Change {
    name: "order-over",
    does: "What an exercise has taken out for so many of its minutes works again; an exercise sends it by itself.",
    parameters: &[
        required("of", "the order that took it out"),
        required("minutes", "minutes of the exercise it was out for"),
    ],
    apply: over,
}];

/// How long something lasts that begins now, for so many minutes; until it is mended without a number.
pub fn span(world: &World, given: &Given, minutes: Option<u32>) -> Span {
    match (minutes, given.order()) {
        (None, _) => Span::default(),
        (Some(minutes), Some(by)) => {
            Span { until: None, ordered: Some(Ordered { by: by.to_owned(), minutes }) }
        }
        (Some(minutes), None) => {
            Span { until: Some(world.now + world.minutes(i64::from(minutes))), ordered: None }
        }
    }
}

/// For how many minutes of an exercise the things are out that it took out by this order, each number once.
pub fn lasts(world: &World, order: &str) -> Vec<u32> {
    let (troubles, outages) = (&world.state().troubles, &world.state().outages);
    let out = troubles.methods.iter().chain(&troubles.domains).map(|out| &out.span);
    let spans = out.chain(outages.iter().map(|outage| &outage.span));
    let ordered = spans.filter_map(|span| span.ordered.as_ref()).filter(|ordered| ordered.by == order);
    let minutes: std::collections::BTreeSet<u32> = ordered.map(|ordered| ordered.minutes).collect();
    minutes.into_iter().collect()
}

fn over(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (by, minutes) = (given.text("of")?.to_owned(), given.number("minutes", 1, LONGEST)?);
    let is_over = |span: &Span| span.ordered == Some(Ordered { by: by.clone(), minutes });
    let state = world.edit();
    let services = state.outages.extract_if(.., |outage| is_over(&outage.span));
    let mut told: Vec<String> =
        services.map(|outage| format!("The service {} works again.", outage.service)).collect();
    let methods = state.troubles.methods.extract_if(.., |out| is_over(&out.span));
    told.extend(methods.map(|out| format!("Sign-ins by {} are answered again.", word_of(&out.what))));
    let domains = state.troubles.domains.extract_if(.., |out| is_over(&out.span));
    told.extend(domains.map(|out| format!("The sign-in server of {} answers again.", out.what)));
    Ok(if told.is_empty() {
        format!("What was out for {minutes} minutes works already.")
    } else {
        told.join(" ")
    })
}
