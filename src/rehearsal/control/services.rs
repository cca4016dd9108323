//! Changes of the services themselves: one that is out for a while, and every fault there is, by its name.

use serde_json::json;

use super::change::{Change, optional, required};
use super::given::{Given, Refused, bad};
use super::lasting::span;
use crate::rehearsal::faults::fault::{Fault, FaultKind, Turns};
use crate::rehearsal::faults::outage::{Outage, SERVICES};
use crate::rehearsal::state::time::DAY;
use crate::rehearsal::state::world::World;

/// Tenant minutes of a day: no outage lasts longer.
const LONGEST: u32 = 24 * 60;
/// More requests than any run of the program makes.
const MOST: u32 = 1_000_000;

/// Days that can pass at once: ten years.
const LONGEST_DAYS: u32 = 3660;

/// All of them.
pub const CHANGES: &[Change] = &[
    Change {
        name: "service-out",
        does: "A service answers 503, or not at all, for a time.",
        parameters: &[
            required("service", "login, graph, arm or logs"),
            optional("how", "unavailable (503) or hang; unavailable when left out"),
            optional("minutes", "tenant minutes, or those of the exercise that does it; 30 when left out"),
        ],
        apply: out,
    },
    Change {
        name: "shows-late",
        does: "What was accepted shows late in another part of the services, from now on.",
        parameters: &[
            required("what", "groups-in-policies, policy-reads or memberships-in-what-if"),
            optional("seconds", "tenant seconds; 45 when left out, 0 for at once"),
        ],
        apply: shows_late,
    },
    Change {
        name: "services-back",
        does: "Every service works again, and no fault is left.",
        parameters: &[],
        apply: back,
    },
    Change {
        name: "fault-armed",
        does: "The next requests of one kind meet a fault.",
        parameters: &[
            required("fault", "its name, such as TooManyRequests or DropAfterCommit"),
            optional("at", "part of METHOD /path; every request when left out"),
            optional("times", "how many requests; 1 when left out"),
            optional("request", "only the one with this number, counted from 1 since the tenant is served"),
            optional("every", "with request: also each so-manyth after it"),
        ],
        apply: armed,
    },
    Change {
        name: "time-passes",
        does: "So many days go by in the tenant, in which nobody does anything.",
        parameters: &[optional("days", "how many; 7 when left out")],
        apply: passes,
    },
];

fn out(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("service")?;
    let service = given.word("service", SERVICES)?;
    let (how, words) = match given.word("how", &["unavailable", "hang"])? {
        "hang" => (FaultKind::Hang, "does not answer"),
        _ => (FaultKind::Unavailable, "answers 503"),
    };
    let minutes = given.number("minutes", 30, LONGEST)?;
    let span = span(world, given, Some(minutes));
    let unit = if given.order().is_some() { "minutes" } else { "tenant minutes" };
    let outages = &mut world.edit().outages;
    outages.retain(|outage| outage.service != service);
    outages.push(Outage { service: service.to_owned(), how, span });
    Ok(format!("The service {service} {words} for {minutes} {unit}."))
}

/// The program's own clock has to be told too: `days_ahead` of its cloud profile.
fn passes(world: &mut World, given: &Given) -> Result<String, Refused> {
    let days = given.number("days", 7, LONGEST_DAYS)?;
    world.pass(i64::from(days) * DAY);
    let ahead = world.state().ahead / DAY;
    Ok(format!(
        "{days} days went by; this tenant is {ahead} days ahead: days_ahead = {ahead} in the profile."
    ))
}

fn shows_late(world: &mut World, given: &Given) -> Result<String, Refused> {
    given.text("what")?;
    let what = given.word("what", &["groups-in-policies", "policy-reads", "memberships-in-what-if"])?;
    let seconds = given.number("seconds", 45, LONGEST * 60)?;
    let now = world.now;
    let lags = &mut world.edit().lags;
    lags.from = now;
    let (lag, words) = match what {
        "groups-in-policies" => (&mut lags.groups_in_policies, "New groups are known to Conditional Access"),
        "policy-reads" => (&mut lags.policy_reads, "Changed policies are read as they are"),
        _ => (&mut lags.memberships_in_what_if, "New memberships are known to What-If"),
    };
    *lag = i64::from(seconds);
    Ok(format!("{words} after {seconds} tenant seconds."))
}

fn back(world: &mut World, _: &Given) -> Result<String, Refused> {
    world.edit().outages.clear();
    world.edit().faults.clear();
    Ok("Every service works again.".to_owned())
}

fn armed(world: &mut World, given: &Given) -> Result<String, Refused> {
    let name = given.text("fault")?;
    let kind =
        serde_json::from_value::<FaultKind>(json!(name)).map_err(|error| bad("fault", error.to_string()))?;
    let (path, times) = (given.text_or("at", "")?.to_owned(), given.number("times", 1, MOST)?);
    let place = if path.is_empty() { "any request".to_owned() } else { format!("requests with \"{path}\"") };
    let every = given.has("every").then(|| given.number("every", 1, u32::MAX)).transpose()?;
    let request = given.has("request").then(|| given.number("request", 1, u32::MAX)).transpose()?;
    let request = request.map(|first| Turns::Numbered { first, every });
    world.edit().faults.push(Fault { name: kind, path, times, request });
    Ok(format!("{name} waits for {place}, {times} times."))
}
