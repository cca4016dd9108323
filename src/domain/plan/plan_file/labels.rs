//! What an answer is called: its name in the plan list, found by its key in the file.
//!
//! The list itself is made in `journeys/decisions`; a test holds both against each other.

use crate::domain::slot::Slot;

/// The name of the answer at `key`, lists counted from 0: "First: user name" for `accounts.0.user_name`.
pub(super) fn label(key: &str) -> String {
    let parts: Vec<&str> = key.split('.').collect();
    match parts.as_slice() {
        ["accounts", slot] => format!("{} account", slot_name(slot)),
        ["accounts", slot, rest @ ..] => format!("{}: {}", slot_name(slot), of_account(rest)),
        ["safes", place, field] => format!("Safe {}: {}", number(place), of_safe(field)),
        ["attestations", place, field] => format!("Word {}: {}", number(place), of_word(field)),
        ["accepts", place, field] => format!("Accepted {}: {}", number(place), field),
        ["upkeep", task] if *task != "owner" => format!("How often: {}", task.replace('_', "-")),
        ["alerts", "recipients", place, field] => {
            format!(
                "Alerts are mailed to: {} {}",
                number(place),
                if *field == "email" { "mailbox" } else { field }
            )
        }
        _ => of_whole(key),
    }
}

fn slot_name(place: &str) -> &'static str {
    place.parse().map_or("Every", |place| Slot::new(place).name())
}

/// The number people count with.
fn number(place: &str) -> usize {
    place.parse::<usize>().map_or(0, |place| place + 1)
}

fn of_account(rest: &[&str]) -> String {
    match rest {
        ["user_name"] => "user name".to_owned(),
        ["display_name"] => "display name".to_owned(),
        ["adopt"] => "adopt existing".to_owned(),
        ["method"] => "second factor".to_owned(),
        ["keys"] => "keys".to_owned(),
        ["keys", place, field] => format!("key {} {}", number(place), of_key(field)),
        ["pin_safe"] => "PIN slip in safe".to_owned(),
        ["phone", "number"] => "phone's number".to_owned(),
        ["phone", "place"] => "phone's place".to_owned(),
        ["phone", "unlock"] => "phone's codes lie in".to_owned(),
        ["phone"] => "phone; its place".to_owned(),
        ["safe"] => "password in safe".to_owned(),
        ["custodian"] => "custodian".to_owned(),
        ["second_half", "safe"] => "second half in safe".to_owned(),
        ["second_half", "custodian"] => "second half's custodian".to_owned(),
        ["second_half"] => "password is kept by two people".to_owned(),
        other => other.join(" ").replace('_', " "),
    }
}

fn of_key(field: &str) -> &str {
    match field {
        "safe" => "in safe",
        "aaguid" => "model (AAGUID)",
        other => other,
    }
}

fn of_safe(field: &str) -> &str {
    match field {
        "fireproof" | "waterproof" => "withstands",
        other => other,
    }
}

fn of_word(field: &str) -> &str {
    match field {
        "about" => "what it is about",
        other => other,
    }
}

/// Answers of which there is one, by their key.
const WHOLE: [(&str, &str); 41] = [
    ("accounts", "Accounts"),
    ("safes", "Safes"),
    ("passwords.length", "Password length"),
    ("passwords.forget_after", "Secrets are forgotten after"),
    ("role.order", "Role is assigned"),
    ("role.justification", "Role's reason"),
    ("role.ticket", "Ticket for the role"),
    ("role.ticket.number", "Ticket for the role: number"),
    ("role.ticket.system", "Ticket for the role: system"),
    ("role.if_forbidden", "If the role may not last"),
    ("group.name", "Exclusion group's name"),
    ("group.description", "Exclusion group's description"),
    ("group.adopt", "Exclusion group to adopt"),
    ("policies.allow", "Policies that may apply"),
    ("security_defaults.decision", "Security defaults"),
    ("security_defaults.enable", "Policies enabled instead"),
    ("alerts.destination", "Logs go to"),
    ("alerts.elsewhere", "Where that is, and who watches it"),
    ("alerts.subscription", "Azure subscription"),
    ("alerts.resource_group", "Resource group"),
    ("alerts.workspace", "Workspace"),
    ("alerts.region", "Azure region"),
    ("alerts.action_group", "Action group to adopt"),
    ("alerts.recipients", "Alerts are mailed to"),
    ("procedure.approvers", "Approvers"),
    ("procedure.retrievers", "Retrievers"),
    ("procedure.incident_system", "Incident system"),
    ("upkeep.owner", "Upkeep is owned by"),
    ("review.profiles", "Profiles of the review"),
    ("paper.route", "Slips go to paper"),
    ("paper.printer", "Printer's address"),
    ("paper.queue", "Queue of lp"),
    ("paper.device", "Printer's device"),
    ("paper.folder", "Folder of the files"),
    ("paper.hold", "A page at the printer"),
    ("tenant.name", "Tenant: name"),
    ("tenant.initial_domain", "Tenant: initial domain"),
    ("tenant.id", "Tenant: id"),
    ("sign_in.client_id", "Signing in: application id"),
    ("sign_in.way", "Signing in: way"),
    ("sign_in.azure", "Signing in: way to Azure"),
];

/// An answer of which there is one; an entry of a list goes by the list's name.
fn of_whole(key: &str) -> String {
    let list = key.trim_end_matches(|c: char| c.is_ascii_digit()).trim_end_matches('.');
    let named = WHOLE.iter().find(|(known, _)| *known == list);
    named.map_or_else(|| key.replace('_', " "), |(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::label;

    #[test]
    fn answers_are_called_as_in_the_list() {
        assert_eq!(label("accounts.0.user_name"), "First: user name");
        assert_eq!(label("accounts.1.keys.0.serial"), "Second: key 1 serial");
        assert_eq!(label("procedure.retrievers.1"), "Retrievers");
        assert_eq!(label("safes.2.place"), "Safe 3: place");
        assert_eq!(label("alerts.recipients.0.email"), "Alerts are mailed to: 1 mailbox");
        assert_eq!(label("no.such_key"), "no.such key");
    }
}
