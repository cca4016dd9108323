//! Where logs and alerts go, and what it is called there. Names that Azure would refuse are refused here, with the rule.

use super::typed::{recipients, right, word};
use super::words::word_for;
use super::{Decision, Field, line};
use crate::domain::plan::{Alerts, Destination, Recipient, azure_names};

/// Where logs go.
pub(super) const DESTINATIONS: [(&str, Destination); 2] =
    [("workspace", Destination::Workspace), ("elsewhere", Destination::Elsewhere)];
/// What stands between the parts of a workspace that is there already.
pub(super) const PARTS: char = '/';

/// The destination, and what is made there.
pub(super) fn decisions(alerts: &Alerts) -> Vec<Decision> {
    let destination = word_for(&DESTINATIONS, alerts.destination);
    let mut list = vec![line(Field::Destination, "Logs go to", destination, "alert-destination")];
    if alerts.destination == Destination::Elsewhere {
        let who = alerts.elsewhere.clone().unwrap_or_default();
        list.push(line(Field::Elsewhere, "Where that is, and who watches it", who, "alert-destination"));
        return list;
    }
    let subscription = alerts.subscription.clone().unwrap_or_default();
    list.push(line(Field::Subscription, "Azure subscription", subscription, "alert-destination").optional());
    let workspace = alerts.workspace.clone();
    list.push(line(Field::Workspace, "Workspace", workspace, "alert-destination"));
    let group = alerts.resource_group.clone();
    list.push(line(Field::ResourceGroup, "Resource group", group, "alert-destination"));
    list.push(line(Field::Region, "Azure region", alerts.region.clone(), "alert-destination"));
    let adopted = alerts.action_group.clone().unwrap_or_default();
    list.push(line(Field::ActionGroup, "Action group to adopt", adopted, "action-group").optional());
    let recipients: Vec<String> =
        alerts.recipients.iter().map(|r| format!("{} <{}>", r.name, r.email)).collect();
    list.push(line(Field::Recipients, "Alerts are mailed to", recipients.join("; "), "alert-recipients"));
    list.extend(alerts.recipients.iter().enumerate().map(|(i, one)| {
        let number = one.sms.clone().unwrap_or_default();
        line(Field::Sms(i), &format!("SMS to {}", one.name), number, "alert-recipients").optional()
    }));
    list
}

/// Changes one of them, or says what is wrong with the answer.
pub(super) fn set(alerts: &mut Alerts, field: Field, text: String) -> Result<(), String> {
    match field {
        Field::Destination => alerts.destination = word(&text, &DESTINATIONS)?,
        Field::Elsewhere => alerts.elsewhere = Some(text).filter(|t| !t.is_empty()),
        Field::Subscription => alerts.subscription = Some(text).filter(|t| !t.is_empty()),
        Field::ResourceGroup => alerts.resource_group = right(text, azure_names::wrong_resource_group)?,
        Field::Workspace => set_workspace(alerts, text)?,
        Field::Sms(i) => {
            let named =
                Recipient { sms: Some(text).filter(|t| !t.is_empty()), ..alerts.recipients[i].clone() };
            if named.sms.is_some() && named.number().is_none() {
                return Err(
                    "Write it like +1 2065550100: a plus sign, the country code, a space, the number."
                        .to_owned(),
                );
            }
            alerts.recipients[i] = named;
        }
        Field::Region => alerts.region = right(text, azure_names::wrong_region)?,
        Field::ActionGroup => {
            let named = Some(text).filter(|text| !text.is_empty());
            let wrong = named.as_deref().and_then(azure_names::wrong_action_group);
            alerts.action_group = wrong.map_or(Ok(named), Err)?;
        }
        Field::Recipients => {
            let mut all = recipients(&text)?;
            for one in &mut all {
                let same = |known: &&Recipient| known.email.eq_ignore_ascii_case(&one.email);
                one.sms = alerts.recipients.iter().find(same).and_then(|known| known.sms.clone());
            }
            alerts.recipients = match azure_names::wrong_recipients(&all).into_iter().next() {
                None => all,
                Some(wrong) => return Err(wrong),
            };
        }
        _ => {}
    }
    Ok(())
}

/// A workspace that is there brings its resource group and its region along: `group/name/region`.
fn set_workspace(alerts: &mut Alerts, text: String) -> Result<(), String> {
    let parts: Vec<&str> = text.split(PARTS).collect();
    if let [group, name, region] = parts.as_slice() {
        (alerts.resource_group, alerts.region) = ((*group).to_owned(), (*region).to_owned());
        alerts.workspace = (*name).to_owned();
        return Ok(());
    }
    alerts.workspace = right(text, azure_names::wrong_workspace)?;
    Ok(())
}
