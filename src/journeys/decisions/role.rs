//! The role and the exclusion group as decisions, and what is rarely needed: what to do where Privileged Identity Management
//! forbids an assignment without end, the ticket it may ask for, the models of keys.

use super::typed::word;
use super::words::word_for;
use super::{Decision, Field, line};
use crate::domain::plan::{Group, IfForbidden, Plan, Role, RoleOrder, Ticket};
use crate::domain::slot::Slot;

/// When the role is assigned.
pub(super) const ORDERS: [(&str, RoleOrder); 2] =
    [("after exclusion and keys", RoleOrder::AfterProof), ("in step 2", RoleOrder::AsInGuide)];
/// What to do where an assignment without end is forbidden.
pub(super) const FORBIDDEN: [(&str, IfForbidden); 2] =
    [("ask then", IfForbidden::Ask), ("assign it directly", IfForbidden::AssignDirectly)];

/// The role's order and the exclusion group.
pub(super) fn decisions(plan: &Plan) -> Vec<Decision> {
    let group = &plan.group;
    let adopt = group.adopt.clone().unwrap_or_default();
    let mut list = vec![
        line(Field::RoleOrder, "Role is assigned", word_for(&ORDERS, plan.role.order), "role-order"),
        line(Field::Group, "Exclusion group to adopt", adopt, "exclusion-group").optional(),
    ];
    if group.adopt.is_none() {
        list.push(line(Field::GroupName, "Exclusion group's name", group.name.clone(), "exclusion-group"));
    }
    list
}

/// What hardly anybody has to decide; it stands behind everything else.
pub(super) fn rarely_needed(plan: &Plan) -> Vec<Decision> {
    let role = &plan.role;
    let forbidden = word_for(&FORBIDDEN, role.if_forbidden);
    let ticket = role.ticket.as_ref().map(|ticket| format!("{}; {}", ticket.number, ticket.system));
    let mut list = vec![
        line(Field::IfForbidden, "Rarely needed: if the role may not last", forbidden, "role-order"),
        line(Field::Ticket, "Rarely needed: ticket for the role", ticket.unwrap_or_default(), "role-order")
            .optional(),
    ];
    for (i, account) in plan.accounts.iter().enumerate() {
        for (k, key) in account.keys.iter().enumerate() {
            let name = format!("Rarely needed: model of {}'s {}", Slot::new(i), account.key_name(k));
            let model = key.aaguid.clone().unwrap_or_default();
            list.push(line(Field::Model(i, k), &name, model, "key-model").optional());
        }
    }
    list
}

/// Changes one decision about the role, or says what is wrong with the answer.
pub(super) fn set(role: &mut Role, field: Field, text: &str) -> Result<(), String> {
    match field {
        Field::RoleOrder => role.order = word(text, &ORDERS)?,
        Field::IfForbidden => role.if_forbidden = word(text, &FORBIDDEN)?,
        Field::Ticket => role.ticket = ticket(text)?,
        _ => {}
    }
    Ok(())
}

fn ticket(text: &str) -> Result<Option<Ticket>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let parts = text.split_once(';').map(|(number, system)| (number.trim(), system.trim()));
    let (number, system) = parts
        .filter(|(number, system)| !number.is_empty() && !system.is_empty())
        .ok_or("Write the ticket's number, a semicolon, and the system it is in.")?;
    Ok(Some(Ticket { number: number.to_owned(), system: system.to_owned() }))
}

/// A group is adopted, or a new one gets its name.
pub(super) fn set_group(group: &mut Group, field: Field, text: String) {
    match field {
        Field::Group => group.adopt = Some(text).filter(|text| !text.is_empty()),
        Field::GroupName => group.name = text,
        _ => {}
    }
}
