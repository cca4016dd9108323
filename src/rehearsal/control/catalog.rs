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

/// What callers send.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wanted {
    change: String,
    #[serde(default)]
    parameters: Object,
    /// The order of an exercise: asked for again, it is not carried out again.
    #[serde(default)]
    order: Option<String>,
    /// Its place among the changes of that order.
    #[serde(default)]
    number: u32,
}

impl Wanted {
    /// Whether it was made before, by the same order.
    fn is(&self, made: &ChangeMade) -> bool {
        let is_ordered = self.order.is_some() && (&self.order, self.number) == (&made.order, made.number);
        is_ordered && (&self.change, &self.parameters) == (&made.change, &made.parameters)
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

/// What can be changed, and what was.
pub fn overview(world: &World) -> Result<Value, Refused> {
    let ready = ready_made::all()?;
    let shown = |one: &ready_made::ReadyMade| json!({"name": one.name, "does": one.does, "parameters": []});
    let changes: Vec<Value> = all().map(Change::shown).chain(ready.iter().map(shown)).collect();
    Ok(json!({"changes": changes, "done": world.state().changes}))
}

/// Makes one change, keeps the tenant, and says what was done and for how many minutes of the exercise that ordered it;
/// where anything is refused, nothing is done. What an order has made already is not made again.
pub fn make(world: &mut World, body: &[u8]) -> Result<Value, Refused> {
    let wanted: Wanted =
        serde_json::from_slice(body).map_err(|error| Refused::NotAChange(error.to_string()))?;
    let order = wanted.order.clone();
    let known = world.state().changes.iter().find(|made| wanted.is(made)).map(|made| made.did.clone());
    let did = match known {
        Some(did) => did,
        None => made(world, wanted)?,
    };
    let lasts = order.map(|order| lasting::lasts(world, &order)).unwrap_or_default();
    Ok(json!({"did": did, "lasts": lasts}))
}

fn made(world: &mut World, wanted: Wanted) -> Result<String, Refused> {
    let before = world.state().clone();
    let made = made_and_kept(world, wanted);
    if made.is_err() {
        world.take_back(before);
    }
    made
}

/// Makes a ready-made change of a tenant that nobody was served yet: it stands among no changes that somebody asked for.
pub fn drifted(world: &mut World, name: &str) -> Result<(), String> {
    done(world, Asked { name, order: None }, Object::new())
        .map(|_| ())
        .map_err(|refused| format!("{name}: {refused:?}"))
}

fn made_and_kept(world: &mut World, wanted: Wanted) -> Result<String, Refused> {
    let Wanted { change, parameters, order, number } = wanted;
    let asked = Asked { name: &change, order: order.as_deref() };
    let did = done(world, asked, parameters.clone())?;
    let at = world.stamp();
    let made = ChangeMade { at, change, parameters, did: did.clone(), order, number };
    world.edit().changes.push(made);
    world.keep().map_err(|error| Refused::NotKept(error.to_string()))?;
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
        return Err(super::given::bad(stranger, "a ready-made change has no parameters"));
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
