//! How long something lasts that a change brings, such as a service that is out or a role that ends: by this tenant's own
//! clock, or, where an exercise has ordered it, until that exercise says that its minutes are over. The clock of an exercise
//! stands still and goes by turns, and only the exercise knows it.

use super::change::{Change, required};
use super::given::{Given, Refused};
use crate::rehearsal::state::directory::role_name;
use crate::rehearsal::state::model::Assignment;
use crate::rehearsal::state::troubles::{Ordered, Span, word_of};
use crate::rehearsal::state::world::World;

/// More minutes than any exercise has; a role may be said to end in a year.
const LONGEST: u32 = 365 * 24 * 60;

/// All of them.
pub const CHANGES: &[Change] = &[Change {
    name: "order-over",
    does: "What an exercise has taken out for so many of its minutes works again, and a role that it let end has ended; an \
           exercise sends it by itself.",
    parameters: &[
        required("of", "the order that did it"),
        required("minutes", "minutes of the exercise it was for"),
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

/// For how many minutes of an exercise the things last that it brought by this order, each number once.
pub fn lasts(world: &World, order: &str) -> Vec<u32> {
    let (troubles, outages) = (&world.state().troubles, &world.state().outages);
    let out = troubles.methods.iter().chain(&troubles.domains).map(|out| &out.span);
    let spans = out.chain(outages.iter().map(|outage| &outage.span));
    let roles = world.state().assignments.iter().filter_map(|held| held.ordered.as_ref());
    let ordered = spans.filter_map(|span| span.ordered.as_ref()).chain(roles);
    let ordered = ordered.filter(|ordered| ordered.by == order);
    let minutes: std::collections::BTreeSet<u32> = ordered.map(|ordered| ordered.minutes).collect();
    minutes.into_iter().collect()
}

fn over(world: &mut World, given: &Given) -> Result<String, Refused> {
    let (by, minutes) = (given.text("of")?.to_owned(), given.number("minutes", 1, LONGEST)?);
    let over = Some(Ordered { by, minutes });
    let is_over = |span: &Span| span.ordered == over;
    let state = world.edit();
    let services = state.outages.extract_if(.., |outage| is_over(&outage.span));
    let mut told: Vec<String> =
        services.map(|outage| format!("The service {} works again.", outage.service)).collect();
    let methods = state.troubles.methods.extract_if(.., |out| is_over(&out.span));
    told.extend(methods.map(|out| format!("Sign-ins by {} are answered again.", word_of(&out.what))));
    let domains = state.troubles.domains.extract_if(.., |out| is_over(&out.span));
    told.extend(domains.map(|out| format!("The sign-in server of {} answers again.", out.what)));
    let roles = state.assignments.extract_if(.., |held| held.ordered == over);
    let roles: Vec<Assignment> = roles.collect();
    told.extend(roles.iter().map(|held| has_ended(world, held)));
    Ok(if told.is_empty() {
        format!("What was for {minutes} minutes is over already.")
    } else {
        told.join(" ")
    })
}

fn has_ended(world: &World, held: &Assignment) -> String {
    let holder = world.state().users.iter().find(|user| user.id() == held.principal);
    let holder = holder.map_or(held.principal.as_str(), |user| user.upn());
    format!("{holder} no longer holds {}.", role_name(&held.role).unwrap_or_default())
}
