//! What somebody else does to the tenant in the very moment of a request: between a client's read and its write.
//!
//! None of it is part of Microsoft's services; each is something another administrator can do at any time.

use serde_json::{Value, json};

use super::fault::FaultKind;
use crate::rehearsal::http::call::Call;
use crate::rehearsal::state::model::Group;
use crate::rehearsal::state::time;
use crate::rehearsal::state::world::World;

/// The group that somebody excludes from a method's policy.
const EXCLUDED_BY_ANOTHER: &str = "0a0a0a0a-0000-4000-8000-00000000e0c1";

/// Does it, before the request is answered.
pub fn interfere(world: &mut World, kind: FaultKind, call: &Call) {
    match kind {
        FaultKind::RoleRevoked => {
            let operator = world.state().operator.clone();
            world.edit().assignments.retain(|held| held.principal != operator);
        }
        FaultKind::SessionsRevoked => {
            let (operator, stamp) = (world.state().operator.clone(), time::stamp(world.clock()));
            for user in world.edit().users.iter_mut().filter(|user| user.id() == operator) {
                user.body.insert("signInSessionsValidFromDateTime".to_owned(), json!(stamp));
            }
        }
        FaultKind::PolicyEdited => {
            let policies = &mut world.edit().policies;
            for policy in policies.iter_mut().filter(|policy| call.path.ends_with(policy.id())) {
                policy.body["displayName"] = json!(format!("{} (edited)", policy.name()));
            }
            let path = call.path.to_lowercase();
            let is_it =
                |one: &&mut Value| one["id"].as_str().is_some_and(|id| path.ends_with(&id.to_lowercase()));
            let configurations = &mut world.edit().configurations;
            for excluded in
                configurations.iter_mut().filter(is_it).filter_map(|one| one["excludeTargets"].as_array_mut())
            {
                excluded.push(json!({"targetType": "group", "id": EXCLUDED_BY_ANOTHER}));
            }
        }
        FaultKind::PolicyDeleted => {
            world.edit().policies.retain(|policy| !call.path.ends_with(policy.id()));
        }
        FaultKind::GroupDeleted => {
            let named = named(call);
            let is_named = |id: &&str| named.contains(*id);
            let ids = world.state().groups.iter().map(Group::id).filter(is_named);
            for id in ids.map(str::to_owned).collect::<Vec<_>>() {
                world.edit().delete_group(&id);
            }
        }
        _ => {}
    }
}

/// The request as text, to find the ids it names.
fn named(call: &Call) -> String {
    let body = call.object().map_or(Value::Null, Value::Object);
    format!("{} {body}", call.path)
}
