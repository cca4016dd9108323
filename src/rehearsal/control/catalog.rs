//! All changes by name: what there is, what was done, and how one is made, wholly or not at all.

use serde::Deserialize;
use serde_json::{Value, json};

use super::change::Change;
use super::given::{Given, Refused};
use super::{
    accounts, azure, azure_by_hand, edits, groups, lasting, methods, policies, ready_made, roles, services,
    sign_ins, troubles,
};
use crate::rehearsal::http::json::Object;
use crate::rehearsal::state::model::ChangeMade;
use crate::rehearsal::state::world::World;

/// What callers send: a change,
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    change: String,
    #[serde(default)]
    parameters: Object,
}

/// or all changes of an exercise's order: they are made together or not at all, and asked for again, not again.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Order {
    order: String,
    changes: Vec<Wanted>,
}

/// The order that a change belongs to, and its place in it.
#[derive(Clone, Copy, Default)]
struct Place<'a> {
    order: Option<&'a str>,
    number: u32,
}

impl Place<'_> {
    /// Whether this change was made here before.
    fn has(self, wanted: &Wanted, made: &ChangeMade) -> bool {
        let is_here =
            self.order.is_some() && (self.order, self.number) == (made.order.as_deref(), made.number);
        is_here && (&wanted.change, &wanted.parameters) == (&made.change, &made.parameters)
    }
}

fn all() -> impl Iterator<Item = &'static Change> {
    let tables = [
        accounts::CHANGES,
        roles::CHANGES,
        methods::CHANGES,
        policies::CHANGES,
        groups::CHANGES,
        services::CHANGES,
        sign_ins::CHANGES,
        troubles::CHANGES,
        lasting::CHANGES,
        azure::CHANGES,
        azure_by_hand::CHANGES,
        edits::CHANGES,
    ];
    tables.into_iter().flatten()
}

/// The names of all changes, ready-made ones last.
pub fn names() -> Vec<String> {
    let ready = ready_made::all().unwrap_or_default();
    let plain = all().map(|change| change.name.to_owned());
    plain.chain(ready.into_iter().map(|one| one.name)).collect()
}

/// What is wrong with asking for a change, whatever the tenant is like; nothing where it can be asked for.
pub fn objection(name: &str, parameters: Object) -> Option<String> {
    let refused = match all().find(|change| change.name == name) {
        Some(change) => change.check(&Given::new(parameters)).err(),
        None if !names().iter().any(|known| known == name) => Some(Refused::UnknownChange(name.to_owned())),
        None => parameters.keys().next().map(|stranger| super::given::bad(stranger, NONE)),
    };
    Some(match refused? {
        Refused::BadParameter { parameter, reason } => format!("The parameter \"{parameter}\": {reason}."),
        _ => format!("No rehearsal tenant knows a change called \"{name}\"."),
    })
}

/// Why a ready-made change takes no parameter.
const NONE: &str = "a ready-made change has no parameters";

/// What can be changed, and what was.
pub fn overview(world: &World) -> Result<Value, Refused> {
    let ready = ready_made::all()?;
    let shown = |one: &ready_made::ReadyMade| json!({"name": one.name, "does": one.does, "parameters": []});
    let changes: Vec<Value> = all().map(Change::shown).chain(ready.iter().map(shown)).collect();
    Ok(json!({"changes": changes, "done": world.state().changes}))
}

/// Makes one change, or all of an order, keeps the tenant, and says what was done and for how many minutes of the exercise
/// that ordered it; where anything is refused, nothing is done. What an order has made already is not made again.
pub fn make(world: &mut World, body: &[u8]) -> Result<Value, Refused> {
    let sent: Value = serde_json::from_slice(body).map_err(|error| not_a_change(&error))?;
    if sent.get("changes").is_some() {
        let order: Order = serde_json::from_value(sent).map_err(|error| not_a_change(&error))?;
        return wholly(world, |world| ordered(world, &order));
    }
    let wanted: Wanted = serde_json::from_value(sent).map_err(|error| not_a_change(&error))?;
    wholly(world, |world| Ok(json!({"did": made(world, &wanted, Place::default())?})))
}

fn not_a_change(error: &serde_json::Error) -> Refused {
    Refused::NotAChange(error.to_string())
}

/// What it does is kept, or taken back.
fn wholly(
    world: &mut World,
    make: impl FnOnce(&mut World) -> Result<Value, Refused>,
) -> Result<Value, Refused> {
    let before = world.state().clone();
    let kept = |world: &mut World| world.keep().map_err(|error| Refused::NotKept(error.to_string()));
    let made = make(world).and_then(|told| kept(world).map(|()| told));
    if made.is_err() {
        world.take_back(before);
    }
    made
}

fn ordered(world: &mut World, order: &Order) -> Result<Value, Refused> {
    let Order { order, changes } = order;
    let did = changes.iter().zip(0..).map(|(wanted, number)| {
        let place = Place { order: Some(order), number };
        made_once(world, wanted, place)
            .map_err(|why| Refused::InOrder { change: wanted.change.clone(), why: Box::new(why) })
    });
    let did = did.collect::<Result<Vec<_>, _>>()?;
    Ok(json!({"did": did, "lasts": lasting::lasts(world, order)}))
}

fn made_once(world: &mut World, wanted: &Wanted, place: Place<'_>) -> Result<String, Refused> {
    let known = world.state().changes.iter().find(|made| place.has(wanted, made));
    match known.map(|made| made.did.clone()) {
        Some(did) => Ok(did),
        None => made(world, wanted, place),
    }
}

/// Makes a ready-made change of a tenant that nobody was served yet: it stands among no changes that somebody asked for.
pub fn drifted(world: &mut World, name: &str) -> Result<(), String> {
    done(world, Asked { name, order: None }, Object::new())
        .map(|_| ())
        .map_err(|refused| format!("{name}: {refused:?}"))
}

fn made(world: &mut World, wanted: &Wanted, place: Place<'_>) -> Result<String, Refused> {
    let asked = Asked { name: &wanted.change, order: place.order };
    let did = done(world, asked, wanted.parameters.clone())?;
    let made = ChangeMade {
        at: world.stamp(),
        change: wanted.change.clone(),
        parameters: wanted.parameters.clone(),
        did: did.clone(),
        order: place.order.map(str::to_owned),
        number: place.number,
    };
    world.edit().changes.push(made);
    Ok(did)
}

/// A change by its name, and the order that it belongs to.
#[derive(Clone, Copy)]
struct Asked<'a> {
    name: &'a str,
    order: Option<&'a str>,
}

fn done(world: &mut World, asked: Asked<'_>, parameters: Object) -> Result<String, Refused> {
    let Asked { name, order } = asked;
    if let Some(change) = all().find(|change| change.name == name) {
        return applied(world, change, &Given::new(parameters).ordered(order));
    }
    let ready = ready_made::all()?.into_iter().find(|one| one.name == name);
    let ready = ready.ok_or_else(|| Refused::UnknownChange(name.to_owned()))?;
    if let Some(stranger) = parameters.keys().next() {
        return Err(super::given::bad(stranger, NONE));
    }
    let sentences = ready.steps.into_iter().map(|step| {
        let change = all().find(|change| change.name == step.change);
        let change = change.ok_or_else(|| Refused::UnknownChange(step.change.clone()))?;
        applied(world, change, &Given::new(step.parameters).ordered(order))
    });
    sentences.collect::<Result<Vec<_>, _>>().map(|sentences| sentences.join(" "))
}

fn applied(world: &mut World, change: &Change, given: &Given) -> Result<String, Refused> {
    change.check(given)?;
    (change.apply)(world, given)
}
